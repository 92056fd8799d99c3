"""Closed rooms: who is in, who reads, and that a hidden one is nowhere for all others."""

import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from graph import ANONYMOUS, Viewer
from ontology import CR, RDFS, SKOS
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import Browser, Town, town
from webapp.groups.rooms import MOST_INVITED, Rooms


@pytest.fixture
def here() -> Iterator[Town]:
    with town() as made:
        tell(
            made.knowledge,
            {
                "topic/metrology": {SKOS + "prefLabel": "Metrology"},
                "project/lens": {RDFS + "label": "Lens", CR + "about": "id/topic/metrology"},
            },
            source="more",
        )
        yield made


def opened(host: Browser, seen_by: str = "hidden", name: str = "Quiet corner") -> str:
    """The address of a new room."""
    answer = host.post("/groups", name=name, text="For a few.", seen_by=seen_by)
    assert answer.status_code == 303
    return str(answer.location)


def invitations(browser: Browser) -> list[str]:
    """The addresses that accept what somebody is invited to."""
    return re.findall(r'action="(/groups/invitations/\w+/accept)"', browser.get("/groups").text)


def joined(host: Browser, room: str, guest: Browser, q: str) -> None:
    assert host.post(f"{room}/invite", q=q).status_code == 303
    (accept,) = invitations(guest)
    assert guest.post(accept).location == room


def offer(browser: Browser, room: str, title: str = "Measuring time") -> TestResponse:
    return browser.post(
        f"{room}/posts", sort="offer", title=title, topics="Metrology, Unheard", about="capacity"
    )


def found(browser: Browser, words: str) -> list[str]:
    answer = browser.client.get(f"/api/v1/search?q={words}").json
    assert answer is not None
    return [hit["label"] for hit in answer["hits"] if not answer["partial"]]


def same(one: TestResponse, other: TestResponse, *slugs: str) -> bool:
    """Whether two answers differ in nothing but the slugs that were asked for and tokens."""
    texts = []
    for answer in (one, other):
        text = re.sub(r'(name="form_token" value=")[^"]+', r"\1", answer.text)
        for slug in slugs:
            words = slug.replace("-", " ")
            text = (
                text.replace(slug, "SLUG")
                .replace(words, "SLUG")
                .replace(words.replace(" ", "+"), "SLUG")
            )
        texts.append(text)
    return (one.status_code, texts[0]) == (other.status_code, texts[1])


def test_what_is_posted_is_readable_in_the_room_only(here: Town) -> None:
    host, guest, other = (here.browser(who) for who in ("admin", "member", "stranger"))
    room = opened(host)
    joined(host, room, guest, "member@optence.example")
    assert offer(host, room).status_code == 303
    page = guest.get(room).text
    assert "Measuring time" in page and "Offer" in page and "Admin" in page
    assert found(guest, "measuring") == ["Measuring time"] and found(other, "measuring") == []
    near = guest.client.get("/api/v1/radar?centre=topic/metrology").json
    assert near and "Measuring time" in [one["label"] for one in near["suggestions"]]
    listing = re.search(r"/page/listing/[\w-]+", page)
    assert listing and guest.get(listing[0]).status_code == 200
    assert other.get(listing[0]).status_code == 404
    everything = [str(triple) for triple in here.knowledge.view(ANONYMOUS).triples()]
    assert not [line for line in everything if "easuring" in line or "uiet corner" in line]


def test_a_hidden_room_answers_as_one_that_never_was(here: Town) -> None:
    host, other = here.browser("admin"), here.browser("stranger")
    room = opened(host)
    slug = room.rpartition("/")[2]
    never = "quiet-corner-0123456789"
    assert len(never) == len(slug)
    for path in (
        "/groups/{}",
        "/groups/{}/dissolve",
        "/page/group/{}",
        "/radar/group/{}",
        "/id/group/{}.ttl",
    ):
        assert same(other.get(path.format(slug)), other.get(path.format(never)), slug, never), path
    for action in ("", "/invite", "/take-out", "/hand-over", "/posts", "/take-down", "/dissolve"):
        there, nowhere = (
            other.post(f"/groups/{one}{action}", q="a@b.example", name="x", seen_by="hidden")
            for one in (slug, never)
        )
        assert there.status_code == 404 and same(there, nowhere, slug, never), action
    visitor = here.browser()
    assert visitor.get(f"/groups/{slug}").status_code == visitor.get("/groups/x").status_code
    assert found(other, "quiet") == [] and "Quiet" not in other.get("/things/group").text


def test_two_rooms_of_one_name_do_not_meet(here: Town) -> None:
    one, other = here.browser("admin"), here.browser("stranger")
    rooms = {opened(one), opened(one), opened(other)}
    assert len(rooms) == 3
    assert all(re.fullmatch(r"/groups/quiet-corner-[0-9a-f]{10}", room) for room in rooms)


def test_a_shown_room_tells_its_name_and_no_more(here: Town) -> None:
    host, other, visitor = here.browser("admin"), here.browser("stranger"), here.browser()
    room = opened(host, "platform")
    offer(host, room)
    page = room.replace("/groups/", "/page/group/")
    assert other.get(room).location == page
    assert "Quiet corner" in other.get(page).text and "Measuring" not in other.get(page).text
    assert visitor.get(page).status_code == 404
    assert other.post(f"{room}/posts", sort="note", title="Hello").status_code == 403


def test_the_owner_decides_who_may_know_of_it(here: Town) -> None:
    host, other, visitor = here.browser("admin"), here.browser("stranger"), here.browser()
    room = opened(host)
    page = room.replace("/groups/", "/page/group/")
    host.post(room, name="Loud corner", text="Come in.", seen_by="public")
    assert "Loud corner" in visitor.get(page).text and "Come in." in visitor.get(page).text
    host.post(room, name="Silent corner", text="", seen_by="hidden")
    assert visitor.get(page).status_code == other.get(page).status_code == 404
    assert "Silent corner" in host.get(room).text and "Come in." not in host.get(room).text


def test_an_address_is_invited_whether_it_has_an_account_or_not(here: Town) -> None:
    host = here.browser("admin")
    room = opened(host)
    known = host.post(f"{room}/invite", q="Stranger@optence.example")
    unknown = host.post(f"{room}/invite", q="nobody@optence.example")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    members = host.get(room).text
    assert "stranger@optence.example" in members and "nobody@optence.example" in members
    assert "Stranger<" not in members, "whose address it is shows when the account joins"
    mails = [mail for mail in here.sent if "Quiet corner" in mail["Subject"]]
    assert {mail["To"] for mail in mails} == {"stranger@optence.example", "nobody@optence.example"}
    assert mails[0].get_content() == mails[1].get_content()


def test_an_organisation_joins_with_all_who_act_for_it(here: Town) -> None:
    host, member = here.browser("admin"), here.browser("member")
    room = opened(host)
    assert host.post(f"{room}/invite", q="Alpha GmbH").status_code == 303
    assert member.get(room).status_code == 404, "an invitation alone opens nothing"
    assert "for all of Alpha GmbH" in member.get("/groups").text
    assert invitations(here.browser("manager")) == [] == invitations(here.browser("stranger"))
    (accept,) = invitations(member)
    member.post(accept)
    here.accounts.confirm_acting(here.people["manager"].id, here.alpha, how="manager")
    assert here.browser("manager").get(room).status_code == 200
    here.accounts.stop_acting(here.people["member"].id, here.alpha)
    assert member.get(room).status_code == 404


def test_a_whole_cluster_joins_when_its_manager_says_so(here: Town) -> None:
    host, manager, member = (here.browser(who) for who in ("admin", "manager", "member"))
    room = opened(host)
    host.post(f"{room}/invite", thing="cluster/optence")
    assert invitations(member) == [], "a member does not speak for the cluster"
    (accept,) = invitations(manager)
    manager.post(accept)
    assert member.get(room).status_code == manager.get(room).status_code == 200
    assert here.browser("stranger").get(room).status_code == 404
    leave = re.search(r'name="member" value="(\w+)"', manager.get(room).text)
    assert leave and manager.post(f"{room}/take-out", member=leave[1]).location == "/groups"
    assert member.get(room).status_code == 404


def test_an_invitation_can_be_declined_and_is_nobody_elses(here: Town) -> None:
    host, guest, other = (here.browser(who) for who in ("admin", "member", "stranger"))
    room = opened(host)
    host.post(f"{room}/invite", q="member@optence.example")
    (accept,) = invitations(guest)
    never = "/groups/invitations/0123456789abcdef/accept"
    ids = [path.split("/")[3] for path in (accept, never)]
    assert same(other.post(accept), other.post(never), *ids)
    guest.post(accept.replace("accept", "decline"))
    assert invitations(guest) == [] and guest.get(room).status_code == 404
    assert guest.post(accept).status_code == 404


def test_leaving_taking_out_and_handing_over(here: Town) -> None:
    host, guest = here.browser("admin"), here.browser("member")
    room = opened(host)
    joined(host, room, guest, "member@optence.example")
    ids = re.findall(r'name="member" value="(\w+)"', host.get(room).text)
    own = {row.account_id: row.id for row, _ in rooms(here).members(room.rpartition("/")[2])}
    assert ids == [own[here.people["member"].id]], "the owner stays"
    assert host.post(f"{room}/take-out", member=own[here.people["admin"].id]).status_code == 409
    assert guest.post(f"{room}/hand-over", account=here.people["member"].id).status_code == 403
    assert host.post(f"{room}/hand-over", account=here.people["stranger"].id).status_code == 400
    host.post(f"{room}/hand-over", account=here.people["member"].id)
    assert host.post(f"{room}/invite", q="x@optence.example").status_code == 403
    assert host.post(f"{room}/take-out", member=own[here.people["admin"].id]).location == "/groups"
    assert host.get(room).status_code == 404 and guest.get(room).status_code == 200


def test_a_room_whose_owner_is_gone_belongs_to_whoever_is_there_longest(here: Town) -> None:
    host, guest = here.browser("admin"), here.browser("member")
    room = opened(host)
    joined(host, room, guest, "member@optence.example")
    here.accounts.close(here.people["admin"].id, by=None)
    assert guest.post(f"{room}/invite", q="x@optence.example").status_code == 303


def test_one_takes_down_what_is_ones_own(here: Town) -> None:
    host, guest = here.browser("admin"), here.browser("member")
    room = opened(host)
    joined(host, room, guest, "member@optence.example")
    offer(host, room, "Of the host")
    offer(guest, room, "Of the guest")
    view = here.knowledge.view(Viewer("x", frozenset({f"group:{room.rpartition('/')[2]}"})))
    things = {
        view.label(post.thing, "en"): post.thing
        for post, _author in rooms(here).posts(room.rpartition("/")[2])
    }
    assert set(things) == {"Of the host", "Of the guest"}
    assert guest.post(f"{room}/take-down", thing=things["Of the host"]).status_code == 403
    host.post(f"{room}/take-down", thing=things["Of the guest"])
    host.post(f"{room}/take-down", thing=here.alpha)
    page = guest.get(room).text
    assert "Of the guest" not in page and "Of the host" in page
    assert "Alpha GmbH" in host.get("/page/organisation/alpha").text


def test_dissolving_asks_first_and_takes_everything_with_it(here: Town) -> None:
    host, guest = here.browser("admin"), here.browser("member")
    room = opened(host, "platform")
    slug = room.rpartition("/")[2]
    joined(host, room, guest, "member@optence.example")
    offer(host, room)
    assert guest.get(f"{room}/dissolve").status_code == 403
    question = host.get(f"{room}/dissolve").text
    assert "Measuring time" in question and "2 memberships" in question
    assert host.get(room).status_code == 200
    assert host.post(f"{room}/dissolve").location == "/groups"
    for browser in (host, guest):
        assert browser.get(room).status_code == 404 and found(browser, "measuring") == []
        assert browser.get(f"/page/group/{slug}").status_code == 404
    left = [str(quad) for quad in here.knowledge.dump() if slug in str(quad)]
    assert not [line for line in left if "/source/edits/group" in line or "/read/group" in line]
    viewer = Viewer("x", frozenset({f"group:{slug}"}))
    assert here.knowledge.view(viewer).counts() == here.knowledge.view(Viewer("x")).counts()


def test_forms_say_what_is_missing(here: Town) -> None:
    host = here.browser("admin")
    assert "Give the room a name." in host.post("/groups", name=" ", seen_by="hidden").text
    assert host.post("/groups", name="x", seen_by="group:other").status_code == 400
    room = opened(host)
    assert "Give it a title." in host.post(f"{room}/posts", sort="offer", title="").text
    for fields in (
        {"sort": "sale", "title": "x"},
        {"sort": "offer", "title": "x", "about": "gold"},
        {"sort": "offer", "title": "x", "for": here.beta},
    ):
        assert host.post(f"{room}/posts", **fields).status_code == 400, fields
    for q in ("Nowhere GmbH", "@", "cluster/hidden"):
        answer = host.post(f"{room}/invite", q=q)
        assert answer.status_code == 400 and "choose an organisation" in answer.text
    foreign = here.app.test_client().post("/groups", data={"name": "x", "seen_by": "hidden"})
    assert foreign.status_code == 403


def rooms(here: Town) -> Rooms:
    return Rooms(here.accounts, here.knowledge.addresses)


def test_open_invitations_have_a_limit(here: Town) -> None:
    made = rooms(here)
    made.open("r", "group:r", here.people["admin"].id)
    sent = [made.invite("r", by="x", email=f"{n}@a.example") for n in range(MOST_INVITED + 1)]
    assert sent == [True] * MOST_INVITED + [False]
    assert made.invite("r", by="x", email="0@A.example") is False, "once is enough"


def test_only_networks_and_organisations_stand_for_things(here: Town) -> None:
    meant = rooms(here).meant(
        ["organisation:alpha", "network:cluster/optence", "group:x", "person:1", "public"]
    )
    assert meant == [here.alpha, here.optence]
