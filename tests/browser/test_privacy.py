"""In a real browser: somebody reads what is kept about them and is erased; so does a manager."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from ontology import CR, RDFS
from tests.browser.conftest import DESKTOP, PHONE, open_page
from tests.browser.test_profiles import Served, _Quiet
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import PASSWORD, town
from webapp.accounts import Account

MARA = "/page/person/mara-lindqvist"


@pytest.fixture
def served() -> Iterator[Served]:
    """A town with two persons from a list; one of them has an account."""
    with town() as place:
        works = {CR + "worksFor": "id/organisation/alpha"}
        tell(
            place.knowledge,
            {
                "person/mara-lindqvist": {RDFS + "label": "Mara Lindqvist", **works},
                "person/jo": {RDFS + "label": "Jo Abendroth", **works},
                "publication/light": {
                    RDFS + "label": "On light",
                    CR + "hasAuthor": "id/person/mara-lindqvist",
                },
            },
            source="staff",
        )
        with place.accounts.session() as session:
            member = session.get_one(Account, place.people["member"].id)
            member.person = place.knowledge.addresses.thing("person", "mara-lindqvist")
        server = make_server("127.0.0.1", 0, place.app, threaded=True, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Served(place, f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def erase(page: Page) -> None:
    """Answer the question with yes."""
    page.locator("main input[type=password]").fill(PASSWORD)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Erase for good").click()


def test_somebody_reads_what_is_kept_and_goes(
    served: Served, desktop: Page, tmp_path: Path
) -> None:
    served.sign_in(desktop, "member@optence.example")
    desktop.goto(served.address + "/account")
    desktop.get_by_role("link", name="What is kept about me").click()
    expect(desktop.get_by_role("heading", name="Who says this about me")).to_be_visible()
    expect(desktop.get_by_role("link", name="On light")).to_be_visible()
    with desktop.expect_download() as download:
        desktop.get_by_role("link", name="as JSON").click()
    download.value.save_as(tmp_path / "me.json")
    kept = json.loads((tmp_path / "me.json").read_text(encoding="utf-8"))
    assert kept["imported_from"] == [{"source": "staff", "row": "mara-lindqvist"}]
    desktop.get_by_role("link", name="Erase me").click()
    erase(desktop)
    desktop.wait_for_url(lambda url: "/account" not in url)
    assert served.place.accounts.by_email("member@optence.example") is None
    assert served.place.app.test_client().get(MARA).status_code == 404


def test_a_manager_erases_somebody_of_the_cluster(served: Served, phone: Page) -> None:
    served.sign_in(phone, "manager@optence.example")
    phone.goto(served.address + "/page/person/jo")
    phone.get_by_role("link", name="What is kept, and erasing it").click()
    phone.get_by_role("link", name="Erase …").click()
    phone.get_by_role("link", name="No, go back").click()
    phone.get_by_role("link", name="Erase …").click()
    erase(phone)
    expect(phone.get_by_role("heading", name="Erased")).to_be_visible()
    assert served.place.app.test_client().get("/page/person/jo").status_code == 404
    assert served.place.app.test_client().get(MARA).status_code == 200


@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.nightly)])
def test_no_serious_violation(served: Served, browser: Browser, language: str) -> None:
    found = []
    for viewport, scheme in ((DESKTOP, "dark"), (PHONE, "light")):
        with open_page(browser, viewport, color_scheme=scheme) as page:
            served.sign_in(page, "member@optence.example")
            for path in ("/account/data", "/account/erase"):
                page.goto(f"{served.address}{path}?lang={language}")
                found += [f"{path}: {one}" for one in violations(page)]
                assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        with open_page(browser, viewport, color_scheme=scheme) as page:
            served.sign_in(page, "admin@optence.example")
            for path in ("/persons/mara-lindqvist/data", "/persons/mara-lindqvist/erase"):
                page.goto(f"{served.address}{path}?lang={language}")
                found += [f"{path}: {one}" for one in violations(page)]
                assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert not found, "\n".join(found)


def violations(page: Page) -> list[str]:
    """What axe finds, with the places."""
    return [
        f"{one['id']} {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in Axe().run(page).response["violations"]
    ]
