"""My radar and closed rooms in a real browser: choose, save, open a room, invite, join, read."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from ontology import CR, RDFS, SKOS
from tests.browser.conftest import DESKTOP, open_page
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import PASSWORD, town


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_given: object) -> None:
        """Say nothing."""


@dataclass
class Served:
    """The application of a town at an address."""

    address: str

    def sign_in(self, page: Page, who: str) -> None:
        page.goto(f"{self.address}/sign-in?lang=en")
        page.locator("main input[name=email]").fill(f"{who}@optence.example")
        page.locator("main input[name=password]").fill(PASSWORD)
        page.locator("main input[name=password]").press("Enter")
        page.wait_for_selector("#account-menu", state="attached")


@pytest.fixture
def served() -> Iterator[Served]:
    with town() as place:
        tell(
            place.knowledge,
            {
                "topic/optics": {SKOS + "prefLabel": "Optics"},
                "topic/lasers": {
                    SKOS + "prefLabel": "Lasers",
                    SKOS + "related": "id/topic/optics",
                },
                "project/lens": {
                    RDFS + "label": "Lens",
                    CR + "about": "id/topic/optics",
                    CR + "coordinatedBy": "id/cluster/other",
                },
            },
            source="more",
        )
        server = make_server("127.0.0.1", 0, place.app, threaded=True, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(f"http://127.0.0.1:{server.port}")
        server.shutdown()
        thread.join()
        server.server_close()


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def test_from_nothing_to_a_radar_of_ones_own(served: Served, page: Page) -> None:
    served.sign_in(page, "admin")
    expect(page.get_by_role("heading", name="What interests you, Admin?")).to_be_visible()
    accessible(page)
    box = page.get_by_role("combobox", name="Add a subject")
    box.press_sequentially("opt")
    expect(page.get_by_role("option", name="Optics")).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("button", name="Optics take away")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Show my radar").click()
    entry = page.locator(".entry", has_text="Lens").first
    expect(entry).to_contain_text("Topic: Optics – your interest")
    accessible(page)
    save = entry.get_by_role("button", name="Save this: Lens")
    save.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    page.goto(f"{served.address}/me/saved?lang=en")
    expect(page.get_by_role("link", name="Lens", exact=True)).to_be_visible()
    accessible(page)
    page.goto(f"{served.address}/?lang=en")
    expect(page.locator(".entry", has_text="Other cluster").first).to_contain_text("saved by you")


def test_my_radar_without_scripts(served: Served, browser: Browser) -> None:
    with open_page(browser, DESKTOP, java_script_enabled=False) as page:
        served.sign_in(page, "admin")
        page.get_by_label("Optics").check()
        page.get_by_role("button", name="Show my radar").click()
        page.get_by_role("button", name="Save this: Lens").click()
        expect(page.get_by_text("Saved things (1)")).to_be_visible()


def test_a_room_from_opening_to_dissolving(served: Served, page: Page, browser: Browser) -> None:
    served.sign_in(page, "admin")
    page.goto(f"{served.address}/groups?lang=en")
    accessible(page)
    page.get_by_label("Name").fill("Quiet corner")
    page.get_by_role("button", name="Open the room").click()
    expect(page.get_by_text("exists for its members only")).to_be_visible()
    page.get_by_label("I look for").check(force=True)
    page.get_by_label("Title").fill("A partner for lenses")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("link", name="A partner for lenses")).to_be_visible()
    for typed, option in (("alph", "Alpha GmbH"), ("othe", "Other cluster")):
        box = page.get_by_role("combobox", name="Invite")
        box.press_sequentially(typed)
        expect(page.get_by_role("option", name=option)).to_be_visible()
        box.press("ArrowDown")
        box.press("Enter")
        expect(page.locator(".room-members", has_text=option)).to_contain_text("invited")
    accessible(page)
    with open_page(browser, DESKTOP) as guest:
        served.sign_in(guest, "member")
        hidden = guest.request.get(page.url)
        assert hidden.status == 404 and "Quiet corner" not in hidden.text()
        guest.goto(f"{served.address}/groups?lang=en")
        accessible(guest)
        guest.get_by_role("button", name="Join: Quiet corner").click()
        expect(guest.get_by_role("link", name="A partner for lenses")).to_be_visible()
        accessible(guest)
        page.get_by_text("Settings of the room").click()
        page.get_by_role("link", name="Dissolve the room").click()
        accessible(page)
        page.get_by_role("button", name="Dissolve it, with all of this").click()
        expect(page.get_by_text("You are in no room yet.")).to_be_visible()
        assert guest.request.get(guest.url).status == 404
