"""Profiles: forms from the shapes, an audience for every value, previews, undo, doubts."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from pyoxigraph import Literal, NamedNode

from graph import ANONYMOUS, Viewer
from ontology import CR, DCT, FOAF, KINDS, RDFS, SKOS, XSD, checks
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import Browser, Town, town
from tests.webapp.filled_forms import form_on
from webapp.profiles.forms import Part, fields_of, form_of

FORM = "/profile/organisation/alpha"
PAGE = "/page/organisation/alpha"


def whole(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def staff(number: int) -> dict[str, dict[str, Literal]]:
    return {"organisation/alpha": {CR + "employeeCount": whole(number)}}


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as made:
        tell(
            made.knowledge,
            {
                "topic/metrology": {SKOS + "prefLabel": Literal("Metrology", language="en")},
                "topic/optics": {SKOS + "prefLabel": Literal("Optics", language="en")},
                "competence/optics-skill": {SKOS + "prefLabel": Literal("Optics", language="en")},
                "device/mill": {
                    RDFS + "label": "Mill",
                    CR + "operatedBy": "id/organisation/alpha",
                },
                "organisation/alpha": {CR + "hasCompetence": "id/topic/metrology"},
            },
            source="more",
        )
        tell(made.knowledge, staff(50), source="facts")
        yield made


@pytest.fixture
def member(place: Town) -> Browser:
    return place.browser("member")


def send(browser: Browser, path: str = FORM, **changed: str) -> str:
    """Open a form, change some fields, send it, and give the page that comes of it."""
    page = browser.get(path)
    assert page.status_code == 200, page.text
    fields = form_on(page.text)
    fields.pop("confirm", None)
    answer = browser.post(
        path, **{**fields, **{k.replace("__", "-"): v for k, v in changed.items()}}
    )
    if answer.status_code == 303:
        return browser.get(answer.headers["Location"]).text
    return answer.text


def said(place: Town, prop: str, viewer: Viewer = ANONYMOUS, thing: str = "") -> set[str]:
    view = place.knowledge.view(viewer)
    return {s.object.value for s in view.statements(thing or place.alpha, prop, inferred=False)}


def viewer(place: Town, who: str) -> Viewer:
    return place.accounts.viewer_of(place.people[who])


def test_every_property_of_every_shape_is_asked_for_once() -> None:
    for kind in KINDS:
        paths = [field.path for field in fields_of(kind)]
        assert len(paths) == len(set(paths))
        left_out = {check.path for check in checks(kind).properties} - set(paths)
        assert left_out <= {CR + "asOf", CR + "invented", CR + "operates", CR + "status"}
        shown = [field for section in form_of(kind) for field in section.fields]
        assert sorted(f.key for f in shown) == sorted(f.key for f in fields_of(kind))
        assert all(section.part in Part for section in form_of(kind))


def test_a_form_that_is_sent_untouched_changes_nothing(place: Town, member: Browser) -> None:
    before = place.knowledge.generation
    assert "Nothing has changed" in send(member)
    assert place.knowledge.generation == before


def test_a_member_says_something_and_takes_it_back(place: Town, member: Browser) -> None:
    text = send(member, employeeCount__0__text="60")
    assert said(place, CR + "employeeCount") == {"60"}
    undo = re.search(r'action="(/profile/undo/[^"?]+)', text)
    assert undo and "It is saved" in text
    assert member.post(undo[1]).status_code == 303
    assert said(place, CR + "employeeCount") == {"50"}


def test_only_who_saved_takes_back(place: Town, member: Browser) -> None:
    text = send(member, employeeCount__0__text="60")
    undo = re.search(r'action="(/profile/undo/[^"?]+)', text)
    assert undo
    assert place.browser("stranger").post(undo[1]).status_code == 404
    assert place.browser("manager").post(undo[1]).status_code == 404
    assert said(place, CR + "employeeCount") == {"60"}


def test_a_public_value_can_be_kept_for_few(place: Town, member: Browser) -> None:
    send(member, employeeCount__0__audience="network:cluster/optence")
    assert said(place, CR + "employeeCount") == set()
    assert said(place, CR + "employeeCount", viewer(place, "stranger")) == set()
    assert said(place, CR + "employeeCount", viewer(place, "manager")) == {"50"}


def test_new_values_are_public_only_where_a_list_says_such_things_publicly(
    place: Town, member: Browser
) -> None:
    fields = form_on(member.get(FORM).text)
    assert fields["hasCompetence-add-audience"] == "public"
    assert fields["interestedIn-add-audience"] == "organisation:alpha"
    assert fields["homepage-0-audience"] == "organisation:alpha"
    send(member, homepage__0__text="alpha.example", interestedIn__add__text="Metrology")
    assert said(place, FOAF + "homepage") == set()
    assert said(place, FOAF + "homepage", viewer(place, "member")) == {"https://alpha.example"}
    assert len(said(place, CR + "interestedIn", viewer(place, "member"))) == 1


def test_nobody_writes_to_an_audience_of_others(place: Town, member: Browser) -> None:
    foreign = "network:cluster/other"
    text = send(member, employeeCount__0__audience=foreign, employeeCount__0__text="7")
    assert "You do not belong to this audience" in text
    text = send(member, interestedIn__add__audience=foreign, interestedIn__add__text="Metrology")
    assert "You do not belong to this audience" in text
    assert said(place, CR + "employeeCount", viewer(place, "stranger")) == {"50"}
    assert "network:cluster/other" not in member.get(FORM).text


def test_only_those_who_may_edit_get_the_form(place: Town) -> None:
    assert place.browser().get(FORM).status_code == 302
    assert place.browser("stranger").get(FORM).status_code == 403
    for who in ("member", "manager", "admin"):
        assert place.browser(who).get(FORM).status_code == 200
    stranger = place.browser("stranger")
    assert stranger.post(FORM, **{"label-0-text": "Mine now"}).status_code == 403
    assert place.browser("admin").get("/profile/organisation/nobody").status_code == 404


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(
    place: Town, member: Browser
) -> None:
    before = place.knowledge.generation
    text = send(member, employeeCount__0__text="many", homepage__0__text="alpha.example")
    assert "is not a whole number" in text and "Not saved yet" in text
    # What was typed elsewhere stays in the form.
    assert form_on(text)["homepage-0-text"] == "alpha.example"
    assert "This is needed" in send(member, label__0__text="")
    assert place.knowledge.generation == before


def test_a_word_that_may_mean_several_things_is_asked_back(place: Town, member: Browser) -> None:
    text = send(member, interestedIn__add__text="Optics; Metrology")
    assert "What does “Optics” mean?" in unescape(text)
    fields = form_on(text)
    assert fields["interestedIn-0-text"].endswith("/topic/metrology>")
    chosen = place.knowledge.addresses.thing("topic", "optics")
    answer = member.post(FORM, **{**fields, "interestedIn-answer-0": f"<{chosen}>"})
    assert answer.status_code == 303
    found = said(place, CR + "interestedIn", viewer(place, "member"))
    assert found == {chosen, place.knowledge.addresses.thing("topic", "metrology")}


def test_an_unknown_word_is_kept_until_something_is_called_so(place: Town, member: Browser) -> None:
    fields = form_on(send(member, hasCompetence__add__text="Photoplethysmography"))
    member.post(FORM, **{**fields, "hasCompetence-answer-0": "word"})
    again = member.get(FORM).text
    assert "Photoplethysmography" in again
    # It stays where something else of the same field is changed.
    send(member, hasCompetence__0__drop="1")
    assert "Photoplethysmography" in member.get(FORM).text
    label = Literal("Photoplethysmography", language="en")
    tell(place.knowledge, {"topic/ppg": {SKOS + "prefLabel": label}}, source="thesaurus")
    send(member, interestedIn__add__text="Photoplethysmography")
    assert said(place, CR + "interestedIn", viewer(place, "member"))


def test_a_link_leads_only_to_what_the_editor_reads_and_the_field_takes(
    place: Town, member: Browser
) -> None:
    hidden = {"topic/secret": {SKOS + "prefLabel": Literal("Secret", language="en")}}
    tell(place.knowledge, hidden, source="closed", audience="group:others")
    for iri in (place.knowledge.addresses.thing("topic", "secret"), place.beta):
        fields = form_on(member.get(FORM).text)
        fields |= {"interestedIn-0-text": f"<{iri}>", "interestedIn-0-audience": "public"}
        answer = member.post(FORM, **fields)
        assert answer.status_code == 400 and "cannot be linked to" in answer.text
    assert "Secret" not in send(member, interestedIn__add__text="Secre")


def test_two_who_edit_at_once_do_not_overwrite_each_other(place: Town, member: Browser) -> None:
    fields = form_on(member.get(FORM).text)
    manager = place.browser("manager")
    send(manager, employeeCount__0__text="55")
    answer = member.post(FORM, **{**fields, "employeeCount-0-text": "60"})
    assert answer.status_code == 400 and "in the meantime" in answer.text
    # Whoever did not touch that field goes on without noticing.
    answer = member.post(FORM, **{**fields, "homepage-0-text": "alpha.example"})
    assert answer.status_code == 303
    assert said(place, CR + "employeeCount") == {"55"}


def test_other_sources_are_shown_and_a_doubt_is_settled(place: Town, member: Browser) -> None:
    send(member, employeeCount__0__text="60")
    text = member.get(FORM).text
    assert "1 other source says" in text and "List “facts”" in unescape(text)
    assert "Doubtful" not in text
    facts = place.knowledge
    tell(facts, staff(70), source="facts")
    text = unescape(member.get(FORM).text)
    assert "Doubtful:" in text and "now says “50 · 70”" in text
    assert said(place, CR + "employeeCount") == {"60"}
    send(member, settle="keep employeeCount")
    assert "Doubtful" not in member.get(FORM).text
    assert said(place, CR + "employeeCount") == {"60"}
    tell(facts, staff(80), source="facts")
    send(member, settle="take employeeCount")
    assert "80" in said(place, CR + "employeeCount")


def test_a_page_is_seen_through_the_eyes_of_others(place: Town, member: Browser) -> None:
    send(member, employeeCount__0__text="61234", employeeCount__0__audience="organisation:alpha")
    preview = "/profile/preview/organisation/alpha"
    assert "61,234" in member.get(PAGE).text
    for eyes in ("public", "platform", "network:cluster/optence"):
        text = member.get(f"{preview}?as={eyes}").text
        assert "Preview: seen by" in text and "61,234" not in text
    assert "61,234" in member.get(f"{preview}?as=organisation:alpha").text
    for foreign in ("network:cluster/other", "organisation:beta", "group:any", "person:x"):
        assert member.get(f"{preview}?as={foreign}").status_code == 400
    assert place.browser("stranger").get(preview).status_code == 403


def test_a_device_is_added_for_few_then_shown_to_more_then_removed(
    place: Town, member: Browser
) -> None:
    path = "/profile/add/device/organisation/alpha"
    text = send(member, path, label__0__text="Laser", deviceType__0__text="production")
    assert "Laser" in text
    mine = viewer(place, "member")
    device = next(
        thing for thing in place.knowledge.view(mine).things("device") if thing.slug != "mill"
    )
    assert place.knowledge.view(viewer(place, "manager")).thing(device.iri) is None
    own = f"/profile/device/{device.slug}"
    assert form_on(member.get(own).text)["whole"] == "organisation:alpha"
    send(member, own, whole="network:cluster/optence", capacity__0__text="Mondays")
    assert place.knowledge.view(viewer(place, "manager")).thing(device.iri) is not None
    # Its capacity is still for the organisation alone, and guests know of nothing.
    assert said(place, CR + "capacity", viewer(place, "manager"), device.iri) == set()
    assert place.knowledge.view().thing(device.iri) is None
    unseen = member.get(f"/profile/preview/device/{device.slug}")
    assert "no such page" in unseen.text
    send(member, own, whole="public")
    assert place.knowledge.view().thing(device.iri) is not None
    send(member, own, whole="organisation:alpha")
    assert place.knowledge.view().thing(device.iri) is None
    assert not list(place.knowledge.view().statements(device.iri))
    answer = member.post(f"/profile/remove/device/{device.slug}")
    assert answer.status_code == 303
    assert place.knowledge.view(mine).thing(device.iri) is None
    undo = re.search(r'action="(/profile/undo/[^"?]+)', member.get(answer.headers["Location"]).text)
    assert undo
    member.post(undo[1])
    assert place.knowledge.view(mine).thing(device.iri) is not None


def test_sending_a_new_thing_twice_makes_one(place: Town, member: Browser) -> None:
    path = "/profile/add/person/organisation/alpha"
    fields = {**form_on(member.get(path).text), "label-0-text": "Ida Noddack"}
    assert member.post(path, **fields).status_code == 303
    member.post(path, **fields)
    people = place.knowledge.view(viewer(place, "member")).things("person")
    assert [one.label("en") for one in people] == ["Ida Noddack"]
    refused = member.post(path, **{**form_on(member.get(path).text), "label-0-text": " "})
    assert refused.status_code == 400 and "This is needed" in refused.text


def test_a_thing_of_a_list_is_hidden_and_can_come_back(place: Town, member: Browser) -> None:
    mill = place.knowledge.addresses.thing("device", "mill")
    assert member.get("/profile/remove/device/mill").status_code == 200
    answer = member.post("/profile/remove/device/mill")
    assert place.knowledge.view().thing(mill) is None
    assert not said(place, CR + "operates")
    text = member.get(answer.headers["Location"]).text
    undo = re.search(r'action="(/profile/undo/[^"?]+)', text)
    assert undo
    member.post(undo[1])
    assert place.knowledge.view().thing(mill) is not None
    assert member.post("/profile/remove/organisation/alpha").status_code == 409


def test_an_offer_says_which_way_it_goes(place: Town, member: Browser) -> None:
    path = "/profile/add/listing/organisation/alpha"
    send(
        member,
        path,
        label__0__text="Free hours",
        type__0__text="offer",
        listingType__0__text="capacity",
        whole="public",
    )
    offer = place.knowledge.view().things("listing")[0]
    types = said(place, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", thing=offer.iri)
    assert types == {CR + "Offer", CR + "Listing"}
    assert said(place, CR + "listedBy", thing=offer.iri) == {place.alpha}


def test_texts_have_languages(place: Town, member: Browser) -> None:
    send(
        member,
        description__0__text="Wir messen.",
        description__1__text="We measure.",
        description__0__audience="public",
        description__1__audience="public",
    )
    found = {
        (s.object.value, s.object.language)
        for s in place.knowledge.view().statements(place.alpha, DCT + "description")
        if isinstance(s.object, Literal)
    }
    assert found == {("Wir messen.", "de"), ("We measure.", "en")}


def test_forms_need_their_token(member: Browser) -> None:
    member.get(FORM)
    for path in (FORM, "/profile/confirm/organisation/alpha", "/profile/remove/device/mill"):
        assert member.client.post(path, data={}).status_code == 403


def test_who_acts_no_longer_takes_nothing_back(place: Town, member: Browser) -> None:
    text = send(member, employeeCount__0__text="60")
    undo = re.search(r'action="(/profile/undo/[^"?]+)', text)
    assert undo
    place.accounts.stop_acting(place.people["member"].id, place.alpha)
    assert member.post(undo[1]).status_code == 404
    assert said(place, CR + "employeeCount") == {"60"}
