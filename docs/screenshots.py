"""``make screenshots``: the pictures of the README, taken from a fresh demo."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import (  # noqa: E402
    CHROMIUM_FLAGS,
    DESKTOP,
    PHONE,
    chromium,
    demo_server,
    open_page,
)

IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Take the two pictures."""
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demo_server(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        for name, viewport, path in (
            ("radar-desktop", DESKTOP, "radar/cluster/optence?lang=en"),
            ("radar-phone", PHONE, "radar/cluster/optence?lang=de"),
        ):
            with open_page(browser, viewport) as page:
                page.goto(address + path)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
