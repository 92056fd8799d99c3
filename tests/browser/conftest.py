"""A real server and a real Chromium for tests that use the product as a person does."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
READY = re.compile(r"ready: (http://\S+/)")

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str:
    """The Chromium of this machine; ``make test`` makes sure that there is one."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "No Chromium here: install it (Debian: apt-get install chromium)."
    return found


@contextmanager
def demo_server(folder: Path, *options: str) -> Iterator[str]:
    """``clusterradar demo`` in a process of its own; gives its address."""
    command = [sys.executable, "-m", "webapp.cli", "demo", "--port", "0", "--data-dir", str(folder)]
    # A process that inherits the tests' strictness about warnings would not be the product.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONWARNINGS"}
    with subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            assert process.stdout is not None
            said = []
            for line in process.stdout:
                said.append(line)
                if found := READY.search(line):
                    yield found.group(1)
                    break
            else:
                pytest.fail("the server did not start:\n" + "".join(said))
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo server that tests only read from."""
    with demo_server(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture(scope="session")
def lively_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Like :func:`server`, with the invented layer, so that every wedge is alive."""
    with demo_server(tmp_path_factory.mktemp("lively"), "--invented") as address:
        yield address


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[str]:
    """A demo server for one test that changes its data."""
    with demo_server(tmp_path / "own") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield started
        started.close()


@contextmanager
def open_page(browser: Browser, viewport: dict[str, int], **options: object) -> Iterator[Page]:
    """A page in a context of its own that fails the test on any script error."""
    context = browser.new_context(viewport=viewport, locale="en-GB", **options)  # type: ignore[arg-type]
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(f"{message.text} ({message.location.get('url')})")
            if message.type == "error"
            else None
        ),
    )
    yield page
    context.close()
    assert not errors, errors


@pytest.fixture(params=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page at 1280x800 and, in a second run of the test, at 390x844."""
    phone = request.param == "phone"
    options = {"has_touch": True, "is_mobile": True} if phone else {}
    with open_page(browser, PHONE if phone else DESKTOP, **options) as made:
        yield made


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    """A page at 1280x800."""
    with open_page(browser, DESKTOP) as made:
        yield made


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at 390x844 with touch."""
    with open_page(browser, PHONE, has_touch=True, is_mobile=True) as made:
        yield made
