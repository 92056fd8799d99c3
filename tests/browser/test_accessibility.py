"""axe finds nothing serious on any page type, at both sizes, light and dark, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PHONE, open_page

PAGES = {
    "first radar": "",
    "radar of a topic": "radar/sector/optical-technologies",
    "radar beyond": "radar/cluster/optence?lens=beyond",
    "connections": "connect?from=cluster/optence&to=cluster/swissmem",
    "page of a cluster": "page/cluster/optence",
    "page of a listing": "page/listing/li-chromfreier-korrosionsschutz",
    "page of a source": "page/source/go-cluster-clusters",
    "kinds": "things",
    "list of a kind": "things/project",
    "search": "search?q=messtechnik",
    "search without a hit": "search?q=qqqqqqqq",
    "sparql": "sparql",
    "import": "import",
    "ontology": "ontology",
    "nothing here": "page/cluster/no-such-thing",
}


@pytest.mark.parametrize(
    ("size", "language"),
    [
        ("desktop", "de"),
        ("phone", "en"),
        pytest.param("desktop", "en", marks=pytest.mark.nightly),
        pytest.param("phone", "de", marks=pytest.mark.nightly),
    ],
)
def test_no_serious_violation(
    lively_server: str, browser: Browser, size: str, language: str
) -> None:
    viewport = DESKTOP if size == "desktop" else PHONE
    # Both schemes get looked at, without doubling the runs.
    scheme = "dark" if (size == "desktop") == (language == "de") else "light"
    found = []
    context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(f"{lively_server}{path}{'&' if '?' in path else '?'}lang={language}")
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == language
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                where = [node["html"][:160] for node in violation["nodes"][:3]]
                found.append(f"{name} ({size}, {language}, {scheme}): {violation['id']} {where}")
    context.close()
    assert not found, "\n".join(found)


def test_nothing_is_wider_than_a_phone(lively_server: str, browser: Browser) -> None:
    wide = []
    with open_page(browser, PHONE) as page:
        for name, path in PAGES.items():
            if name == "nothing here":
                continue
            page.goto(lively_server + path)
            page.wait_for_load_state("networkidle")
            width = page.evaluate("() => document.documentElement.scrollWidth")
            if width > PHONE["width"]:
                wide.append(f"{name}: {width} px")
    assert not wide, wide
