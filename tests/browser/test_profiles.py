"""From a claim to a confirmation in a real browser: claim, edit, preview, restrict, confirm."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pyoxigraph import Literal, NamedNode
from werkzeug.serving import WSGIRequestHandler, make_server

from ontology import CR, FOAF, SKOS
from tests.browser.conftest import DESKTOP, PHONE, open_page
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import PASSWORD, Town, town

PAGE = "/page/organisation/alpha"
FORM = "/profile/organisation/alpha"


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_given: object) -> None:
        """Say nothing."""


@dataclass
class Served:
    """The application of a town at an address."""

    place: Town
    address: str

    def mailed(self, to: str) -> str:
        """The whole address of the first link in the last mail to somebody."""
        return self.address + self.place.link(to)

    def sign_in(self, page: Page, email: str) -> None:
        """Sign in with the form."""
        page.goto(f"{self.address}/sign-in?lang=en")
        main = page.locator("main")
        main.locator("input[name=email]").fill(email)
        main.locator("input[name=password]").fill(PASSWORD)
        main.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.fixture
def served() -> Iterator[Served]:
    """Two clusters and their members, served by a thread of this process."""
    with town() as place:
        tell(
            place.knowledge,
            {
                "organisation/alpha": {
                    FOAF + "homepage": NamedNode("https://alpha.example"),
                    CR + "hasCompetence": "id/topic/metrology",
                },
                "topic/metrology": {SKOS + "prefLabel": Literal("Metrology", language="en")},
                "topic/optics": {SKOS + "prefLabel": Literal("Optics", language="en")},
            },
            source="web",
        )
        place.accounts.create("ada@alpha.example", "Ada", PASSWORD)
        server = make_server("127.0.0.1", 0, place.app, threaded=True, request_handler=_Quiet)
        # Mails name the host that the tests' own links expect.
        place.app.extensions["settings"].__dict__["public_url"] = "http://localhost"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(place, f"http://127.0.0.1:{server.port}")
        server.shutdown()
        thread.join()
        server.server_close()


def test_claim_edit_preview_restrict_and_confirm_by_link(
    served: Served, page: Page, browser: Browser
) -> None:
    served.sign_in(page, "ada@alpha.example")
    _claim(served, page)
    _edit(served, page)
    _preview(page)
    _restrict(page)
    _ask(served, browser)
    _confirm(served, browser)
    page.goto(f"{served.address}{PAGE}?lang=en")
    expect(page.locator(".profile-note")).to_contain_text("through a mail to it")


def _claim(served: Served, page: Page) -> None:
    page.goto(f"{served.address}{PAGE}?lang=en")
    page.get_by_role("link", name="I act for this organisation").click()
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_text("Look into your mail")).to_be_visible()
    page.goto(served.mailed("ada@alpha.example"))
    page.get_by_role("button", name="Yes, I act for it").click()
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_role("heading", name="Alpha GmbH")).to_be_visible()


def _edit(served: Served, page: Page) -> None:
    field = page.locator("#field-interestedIn")
    box = field.get_by_role("combobox", name="Add to Interests")
    box.press_sequentially("Opti")
    expect(field.get_by_role("option", name="Optics")).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    chip = field.locator(".value-chip", has_text="Optics")
    expect(chip).to_be_visible()
    # A new kind of statement begins narrow.
    expect(chip.locator("select")).to_have_value("organisation:alpha")
    page.get_by_text("Say more:").first.click()
    page.locator("input[name=employeeCount-0-text]").fill("4711")
    page.locator("select[name=employeeCount-0-audience]").select_option("public")
    page.locator(".profile-save").get_by_role("button", name="Save").click()
    expect(page.get_by_text("It is saved")).to_be_visible()
    view = served.place.knowledge.view()
    assert [s.object.value for s in view.statements(served.place.alpha, CR + "employeeCount")] == [
        "4711"
    ]


def _preview(page: Page) -> None:
    page.get_by_role("link", name="See it as others do").first.click()
    expect(page.locator("article.thing")).to_contain_text("4,711")
    expect(page.locator("article.thing")).not_to_contain_text("Optics")
    page.get_by_role("link", name="a colleague").click()
    expect(page.locator("article.thing")).to_contain_text("Optics")
    page.get_by_role("link", name="Back to the form").click()


def _restrict(page: Page) -> None:
    page.locator("select[name=employeeCount-0-audience]").select_option("network:cluster/optence")
    page.locator(".profile-save").get_by_role("button", name="Save").click()
    expect(page.get_by_text("It is saved")).to_be_visible()
    page.get_by_role("link", name="See it as others do").first.click()
    expect(page.locator("article.thing")).not_to_contain_text("4,711")
    page.get_by_role("link", name="a member of Optence").click()
    expect(page.locator("article.thing")).to_contain_text("4,711")
    # What was saved last can be taken back, and put back by saving again.
    page.get_by_role("link", name="Back to the form").click()
    page.locator("select[name=employeeCount-0-audience]").select_option("organisation:alpha")
    page.locator(".profile-save").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    chosen = page.locator("select[name=employeeCount-0-audience]")
    expect(chosen).to_have_value("network:cluster/optence")


def _ask(served: Served, browser: Browser) -> None:
    with open_page(browser, DESKTOP) as page:
        served.sign_in(page, "manager@optence.example")
        page.goto(f"{served.address}/freshness?cluster=cluster/optence&lang=en")
        page.get_by_role("checkbox", name="Alpha GmbH").check()
        page.get_by_role("button", name="Ask the chosen ones").click()
        expect(page.get_by_text("Is this still true? Alpha GmbH")).to_be_visible()
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("1 mail was sent.")).to_be_visible()


def _confirm(served: Served, browser: Browser) -> None:
    with open_page(browser, PHONE, has_touch=True, is_mobile=True) as guest:
        guest.goto(served.mailed("member@optence.example"))
        guest.get_by_role("button", name="Yes, still true").click()
        expect(guest.get_by_text("Thank you")).to_be_visible()


@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.nightly)])
def test_the_pages_are_accessible_and_fit(served: Served, page: Page, language: str) -> None:
    served.sign_in(page, "admin@optence.example")
    found = []
    for path in (
        FORM,
        "/profile/add/device/organisation/alpha",
        "/profile/preview/organisation/alpha",
        "/profile/claim/organisation/alpha",
        "/freshness",
        PAGE,
    ):
        page.goto(f"{served.address}{path}?lang={language}")
        page.wait_for_load_state("networkidle")
        size = page.viewport_size
        assert size is not None
        if page.evaluate("() => document.documentElement.scrollWidth") > size["width"]:
            found.append(f"{path}: wider than {size['width']}")
        found += [
            f"{path}: {one['id']} {[node['html'][:200] for node in one['nodes'][:3]]}"
            for one in Axe().run(page).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
    assert not found, "\n".join(found)


def test_without_scripts_words_are_understood_when_they_are_sent(
    served: Served, browser: Browser
) -> None:
    with open_page(browser, DESKTOP, java_script_enabled=False) as page:
        served.sign_in(page, "admin@optence.example")
        page.goto(f"{served.address}{FORM}?lang=en")
        page.get_by_role("textbox", name="Add to Interests").fill("Optic")
        page.locator(".profile-save").get_by_role("button", name="Save").click()
        page.get_by_label("Optics", exact=False).first.check()
        page.locator(".profile-save").get_by_role("button", name="Save").click()
        expect(page.get_by_text("It is saved")).to_be_visible()
        expect(page.locator("#field-interestedIn .value-chip")).to_contain_text("Optics")
