"""My radar: from nothing to a first one, and what it goes by."""

import re
from collections.abc import Iterator

import pytest

from graph import About, Change, Knowledge, decisions
from ontology import CR, RDFS, SKOS
from tests.graph.small_knowledge import THEN, tell
from tests.webapp.accounts_app import PASSWORD, Browser, Town, town
from webapp import Settings, create_app
from webapp.addresses import url_radar
from webapp.me.keeping import Keeping

JSON = {"Accept": "application/json"}


@pytest.fixture
def here() -> Iterator[Town]:
    with town() as made:
        tell(
            made.knowledge,
            {
                "topic/optics": {SKOS + "prefLabel": "Optics"},
                "topic/textiles": {SKOS + "prefLabel": "Textiles"},
                "project/lens": {
                    RDFS + "label": "Lens",
                    CR + "about": "id/topic/optics",
                    CR + "coordinatedBy": "id/cluster/other",
                },
                "device/bench": {
                    RDFS + "label": "Bench",
                    CR + "operatedBy": "id/organisation/beta",
                },
            },
            source="more",
        )
        tell(
            made.knowledge,
            {"project/secret": {RDFS + "label": "Secret", CR + "about": "id/topic/optics"}},
            source="inside",
            audience="group:nobody",
        )
        yield made


def labels(browser: Browser, query: str = "") -> list[str]:
    answer = browser.client.get(f"/api/v1/radar?lang=en{query}").json
    assert answer is not None
    return [one["label"] for one in answer["suggestions"]]


def test_a_new_account_is_asked_for_interests_and_gets_a_radar(here: Town) -> None:
    admin = here.browser("admin")
    start = admin.get("/")
    assert start.status_code == 200 and "What interests you, Admin?" in start.text
    offered = re.findall(r'name="interest" value="([^"]+)"', start.text)
    assert offered == ["topic/optics"], "the best linked first, nothing without links"
    chosen = admin.post("/me/interests", interest="topic/optics", radar="1")
    assert (chosen.status_code, chosen.location) == (303, "/")
    radar = admin.get("/")
    assert 'data-kind="me"' in radar.text and "Topic: Optics – your interest" in radar.text
    assert "Secret" not in radar.text and "Edit interests" in radar.text


def test_interests_are_found_by_what_one_types_and_can_go_again(here: Town) -> None:
    admin = here.browser("admin")
    missed = admin.post("/me/interests", q="optics, Unheard")
    assert missed.location == "/me/interests?missed=Unheard"
    page = admin.get(missed.location).text
    assert "No subject is called “Unheard”" in page and 'name="drop" value="topic/optics"' in page
    admin.post("/me/interests", drop="topic/optics")
    assert 'name="drop"' not in admin.get("/me/interests").text


def test_only_subjects_that_one_may_read_are_interests(here: Town) -> None:
    admin = here.browser("admin")
    for words in ("cluster/optence", "topic/nothing", "project/secret", "odd"):
        assert admin.post("/me/interests", interest=words).status_code == 404
    secret = admin.post("/me/saved", save="project/secret")
    nothing = admin.post("/me/saved", save="project/nothing")
    assert secret.status_code == nothing.status_code == 404


def test_the_organisation_that_one_acts_for_is_in_the_middle(here: Town) -> None:
    stranger = here.browser("stranger")
    assert 'data-kind="me"' in stranger.get("/").text
    found = labels(stranger)
    assert "Other cluster" in found and "Lens" in found
    assert "Beta AG" not in found and "Bench" not in found, "what is one's own is nothing new"


def test_saving_brings_what_is_near_onto_the_radar(here: Town) -> None:
    admin = here.browser("admin")
    admin.get("/page/project/lens")
    back = admin.post("/me/saved", save="project/lens", back="/page/project/lens")
    assert back.location == "/page/project/lens"
    assert 'aria-pressed="true"' in admin.get("/page/project/lens").text
    assert "Lens" in admin.get("/me/saved").text
    assert set(labels(admin)) >= {"Other cluster", "Optics"}
    answer = admin.client.post(
        "/me/saved", data={"form_token": admin.token, "unsave": "project/lens"}, headers=JSON
    )
    assert answer.json == {
        "iri": here.knowledge.addresses.thing("project", "lens"),
        "saved": False,
    }
    assert "Nothing saved yet" in admin.get("/me/saved").text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_saving_leads_back_to_this_server_only(here: Town, back: str) -> None:
    answer = here.browser("admin").post("/me/saved", save="project/lens", back=back)
    assert answer.location == "/me/saved"


def test_a_saved_thing_is_the_same_after_a_merge(here: Town) -> None:
    admin = here.browser("admin")
    tell(here.knowledge, {"project/lens-2": {RDFS + "label": "Lens again"}}, source="twice")
    admin.post("/me/saved", save="project/lens-2")
    thing = here.knowledge.addresses.thing
    one, other = thing("project", "lens"), thing("project", "lens-2")
    same = decisions.same(here.knowledge.addresses, one, other, "rule:test", THEN)
    here.knowledge.commit(Change(add=same), About("edit", "", "two are one"))
    kept = re.findall(r'name="unsave" value="([^"]+)"', admin.get("/me/saved").text)
    assert len(kept) == 1
    admin.post("/me/saved", unsave=kept[0])
    assert "Nothing saved yet" in admin.get("/me/saved").text


def test_the_api_without_a_centre_is_my_radar(here: Town) -> None:
    stranger = here.browser("stranger")
    mine = stranger.client.get("/api/v1/radar").json
    assert mine is not None
    assert (mine["centre"]["kind"], mine["centre"]["label"]) == ("me", "Stranger")
    assert mine["viewer"] == here.people["stranger"].id
    assert mine["centre"]["url"] == "/"
    assert mine == stranger.client.get("/api/v1/radar?centre=me").json
    visitor = here.app.test_client()
    assert visitor.get("/api/v1/radar").status_code == 400
    assert visitor.get("/api/v1/radar?centre=me").status_code == 401
    _token, secret = here.accounts.create_token(here.people["stranger"].id, "script")
    by_token = visitor.get("/api/v1/radar", headers={"Authorization": f"Bearer {secret}"}).json
    assert by_token == mine


def test_my_radar_keeps_its_state_in_its_address(here: Town) -> None:
    stranger = here.browser("stranger")
    page = stranger.get("/?kinds=project&lens=beyond").text
    assert "/?lens=beyond" in page and 'href="/radar/me' not in page and "via=me" not in page
    with here.app.test_request_context("/"):
        assert url_radar("me", "me", lens="beyond") == "/?lens=beyond"
    assert stranger.get("/?kinds=odd").status_code == 400


def test_nobody_else_has_my_interests_and_visitors_have_none(here: Town) -> None:
    here.browser("admin").post("/me/interests", interest="topic/optics")
    assert 'name="drop"' not in here.browser("manager").get("/me/interests").text
    visitor = here.browser()
    for path in ("/me/interests", "/me/saved"):
        assert visitor.get(path).status_code == 302
        assert visitor.post(path, save="project/lens").status_code == 401
    assert 'class="save' not in visitor.get("/radar/project/lens").text


def test_what_is_mine_goes_with_my_account(here: Town) -> None:
    admin = here.people["admin"]
    browser = here.browser("admin")
    browser.post("/me/interests", interest="topic/optics")
    browser.post("/me/saved", save="project/lens")
    with here.accounts.session() as session:
        session.delete(session.get_one(type(admin), admin.id))
    kept = Keeping(here.accounts)
    assert (kept.interests(admin.id), kept.saved(admin.id)) == ((), ())


def test_where_there_is_nothing_yet_one_is_told_to_import() -> None:
    empty = create_app(Settings(), knowledge=Knowledge.open())
    accounts = empty.extensions["services"].accounts
    accounts.create("first@optence.example", "First", PASSWORD, administrator=True)
    browser = Browser(empty.test_client())
    browser.sign_in("first@optence.example")
    assert "Import a list" in browser.get("/").text
    empty.extensions["services"].close()
