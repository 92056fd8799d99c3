"""What members write by hand: who reads it, what it does to lists, and when it is doubtful."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from graph import (
    ANONYMOUS,
    PUBLIC,
    Batch,
    Knowledge,
    KnowledgeError,
    PropertyChange,
    Said,
    Viewer,
    create,
    decisions,
    doubts,
    edit,
    erase,
    new_iri,
    open_words,
    others_say,
    remove,
    withdraw,
)
from ontology import CR, DCT, FOAF, KINDS, RDF, RDFS
from tests.graph.saying import ADDRESSES, TEST, adding, day, removing, row, said, thing

ADA = thing("organisation", "ada").value
COMPETENCE = CR + "hasCompetence"
EMPLOYEES = CR + "employeeCount"
FORM = CR + "legalForm"
OWN = "organisation:ada"
MEMBER = Viewer("m", frozenset({OWN, "group:x"}))
STRANGER = Viewer("s", frozenset({"group:secret"}))


@pytest.fixture
def knowledge() -> Iterator[Knowledge]:
    with Knowledge.open() as opened:
        opened.commit(
            adding(
                row("list", "ada", "organisation", "Ada GmbH", legalForm=Literal("GmbH")),
                row("list", "optics", "competence", "Optik"),
                row("list", "lasers", "competence", "Laser"),
            ),
            TEST,
        )
        yield opened


def write(
    knowledge: Knowledge,
    property_: str,
    *values: Said,
    viewer: Viewer = MEMBER,
    now: datetime | None = None,
) -> Batch | None:
    change = PropertyChange(property_, values)
    return edit(knowledge, ADA, [change], account="m", viewer=viewer, now=now or day(5))


def read(knowledge: Knowledge, property_: str, viewer: Viewer = ANONYMOUS) -> set[str]:
    found = knowledge.view(viewer).statements(ADA, property_, inferred=False)
    return {statement.object.value for statement in found}


def test_what_is_written_by_hand_wins_over_lists_and_can_be_undone(knowledge: Knowledge) -> None:
    write(knowledge, EMPLOYEES, Said(Literal(1)))
    before = set(knowledge.dump())
    batch = write(knowledge, FORM, Said(Literal("AG")))
    assert batch is not None
    assert batch.about.kind == "edit"
    assert read(knowledge, FORM) == {"AG"}
    knowledge.undo(batch.number)
    assert set(knowledge.dump()) == before
    assert read(knowledge, FORM) == {"GmbH"}


def test_each_value_has_its_own_audience(knowledge: Knowledge) -> None:
    write(knowledge, EMPLOYEES, Said(Literal(50), "platform"), Said(Literal(53), OWN))
    assert read(knowledge, EMPLOYEES) == set()
    assert read(knowledge, EMPLOYEES, STRANGER) == {"50"}
    assert read(knowledge, EMPLOYEES, MEMBER) == {"50", "53"}


def test_what_a_list_says_to_all_can_be_kept_for_few(knowledge: Knowledge) -> None:
    write(knowledge, FORM, Said(Literal("GmbH"), "group:x"))
    assert read(knowledge, FORM) == set()
    assert read(knowledge, FORM, MEMBER) == {"GmbH"}


def test_a_closed_remark_leaves_the_lists_of_all_others_counting(knowledge: Knowledge) -> None:
    write(knowledge, FORM, Said(Literal("GmbH")), Said(Literal("soon AG"), OWN))
    assert read(knowledge, FORM, MEMBER) == {"GmbH", "soon AG"}
    changed = said("list", "ada", [(FORM, Literal("SE"))])
    gone = said("list", "ada", [(FORM, Literal("GmbH"))])
    knowledge.commit(removing(gone), TEST)
    knowledge.commit(adding(changed), TEST)
    assert read(knowledge, FORM) == {"SE"}
    assert doubts(knowledge, ADA, MEMBER) == []


def test_a_second_edit_replaces_the_first_and_nothing_else(knowledge: Knowledge) -> None:
    other = Viewer("o", frozenset({OWN, "group:secret"}))
    write(knowledge, EMPLOYEES, Said(Literal(7), "group:secret"), viewer=other)
    write(knowledge, EMPLOYEES, Said(Literal(50)), Said(Literal(53), "group:x"))
    write(knowledge, EMPLOYEES, Said(Literal(60)))
    assert read(knowledge, EMPLOYEES, MEMBER) == {"60"}
    assert read(knowledge, EMPLOYEES, other) == {"60", "7"}


def test_the_same_again_changes_nothing(knowledge: Knowledge) -> None:
    assert write(knowledge, FORM, Said(Literal("GmbH"))) is None
    assert write(knowledge, FORM, Said(Literal("AG"))) is not None
    assert write(knowledge, FORM, Said(Literal("AG")), now=day(9)) is None


def test_who_returns_to_what_the_list_says_lets_the_list_count_again(knowledge: Knowledge) -> None:
    before = set(knowledge.dump())
    write(knowledge, FORM, Said(Literal("AG")))
    write(knowledge, FORM, Said(Literal("GmbH")))
    own = ADDRESSES.source_graph("edits", PUBLIC)
    left = {q for q in set(knowledge.dump()) - before if str(q.graph_name) == f"<{own}>"}
    assert {q.subject for q in left} == {NamedNode(ADDRESSES.source("edits"))}
    assert read(knowledge, FORM) == {"GmbH"}
    assert not any(
        q.predicate == decisions.SOURCE and q.object == Literal("edits") for q in knowledge.dump()
    )


def test_an_edit_is_doubtful_once_a_list_says_something_new(knowledge: Knowledge) -> None:
    write(knowledge, FORM, Said(Literal("AG")))
    assert doubts(knowledge, ADA, MEMBER) == []
    knowledge.commit(removing(said("list", "ada", [(FORM, Literal("GmbH"))])), TEST)
    assert doubts(knowledge, ADA, MEMBER) == [], "nobody contradicts any more"
    knowledge.commit(adding(said("list", "ada", [(FORM, Literal("SE"))])), TEST)
    (doubt,) = doubts(knowledge, ADA, ANONYMOUS)
    assert doubt.property == FORM
    assert [term.value for term in doubt.by_hand] == ["AG"]
    assert [(o.source, o.value.value, o.counts) for o in doubt.others] == [("list", "SE", False)]
    assert read(knowledge, FORM) == {"AG"}


def test_a_doubt_is_settled_for_the_hand_or_for_the_lists(knowledge: Knowledge) -> None:
    write(knowledge, FORM, Said(Literal("AG")))
    knowledge.commit(adding(said("list", "ada", [(FORM, Literal("SE"))])), TEST)
    assert doubts(knowledge, ADA, MEMBER)
    assert write(knowledge, FORM, Said(Literal("AG")), now=day(6)) is not None
    assert doubts(knowledge, ADA, MEMBER) == []
    assert read(knowledge, FORM) == {"AG"}
    withdraw(knowledge, ADA, [FORM], account="m", viewer=MEMBER, now=day(7))
    assert read(knowledge, FORM) == {"GmbH", "SE"}


def test_a_list_that_comes_to_agree_is_no_doubt(knowledge: Knowledge) -> None:
    write(knowledge, FORM, Said(Literal("AG")))
    knowledge.commit(
        adding(row("new", "ada-new", "organisation", slug="ada", legalForm=Literal("AG"))), TEST
    )
    assert doubts(knowledge, ADA, MEMBER) == []


def test_a_doubt_of_a_closed_list_is_known_to_its_readers_only(knowledge: Knowledge) -> None:
    write(knowledge, FORM, Said(Literal("AG")))
    closed = row("inner", "ada", "organisation", audience="group:secret", legalForm=Literal("KG"))
    knowledge.commit(adding(closed), TEST)
    assert doubts(knowledge, ADA, MEMBER) == []
    (doubt,) = doubts(knowledge, ADA, STRANGER)
    assert (doubt.audience, doubt.others[0].value.value) == ("group:secret", "KG")
    assert others_say(knowledge, ADA, FORM, MEMBER) == others_say(knowledge, ADA, FORM, ANONYMOUS)
    assert {o.value.value for o in others_say(knowledge, ADA, FORM, STRANGER)} == {"GmbH", "KG"}


def test_words_are_linked_or_wait(knowledge: Knowledge) -> None:
    write(knowledge, COMPETENCE, Said("Optik"), Said("Holografie", "group:x"))
    optics = thing("competence", "optics").value
    assert read(knowledge, COMPETENCE, MEMBER) == {optics}
    (word,) = open_words(knowledge, ADA, MEMBER)
    assert (word.property, word.text, word.audience) == (COMPETENCE, "Holografie", "group:x")
    assert open_words(knowledge, ADA, ANONYMOUS) == []
    again = (Said("Optik"), Said("Holografie", "group:x"))
    assert write(knowledge, COMPETENCE, *again) is None
    assert write(knowledge, COMPETENCE, Said("Optik")) is not None
    assert open_words(knowledge, ADA, MEMBER) == []


def test_nobody_speaks_to_an_audience_of_others(knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError):
        write(knowledge, FORM, Said(Literal("AG"), "group:secret"))


def test_nobody_edits_what_is_not_there_for_them(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("inner", "b", "organisation", audience="group:secret")), TEST)
    told = []
    for slug in ("b", "nothing"):
        change = PropertyChange(FORM, (Said(Literal("AG")),))
        iri = thing("organisation", slug).value
        with pytest.raises(KnowledgeError) as raised:
            edit(knowledge, iri, [change], account="m", viewer=MEMBER, now=day(5))
        told.append(raised.value.text("en"))
    assert told[0] == told[1]


def test_no_value_tells_an_audience_of_something_hidden_from_it(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("inner", "secret", "competence", audience="group:x")), TEST)
    hidden = thing("competence", "secret")
    with pytest.raises(KnowledgeError):
        write(knowledge, COMPETENCE, Said(hidden))
    with pytest.raises(KnowledgeError):
        write(knowledge, COMPETENCE, Said(hidden, OWN))
    assert write(knowledge, COMPETENCE, Said(hidden, "group:x")) is not None
    assert read(knowledge, COMPETENCE, MEMBER) == {hidden.value}


def test_a_thing_stays_of_its_kind(knowledge: Knowledge) -> None:
    write(knowledge, RDF + "type", Said(NamedNode(CR + "Company")))
    assert read(knowledge, RDF + "type") == {CR + "Company", KINDS["organisation"].iri}


def test_what_is_created_has_an_address_that_depends_on_nothing() -> None:
    made = [new_iri(ADDRESSES, "device", "Messgerät", *key) for key in (("m", "1"), ("m", "2"))]
    made.append(new_iri(ADDRESSES, "device", "Messgerät", "n", "1"))
    assert len(set(made)) == 3
    assert all("/device/messgeraet-" in iri for iri in made)
    assert made[0] == new_iri(ADDRESSES, "device", "Messgerät", "m", "1")


def test_sending_the_same_form_twice_creates_one_thing(knowledge: Knowledge) -> None:
    made = [
        create(knowledge, "device", "Laser", account="m", viewer=MEMBER, now=day(5), nonce="1")
        for _ in range(2)
    ]
    assert made[0].iri == made[1].iri
    assert made[0].batch is not None
    assert made[1].batch is None


def test_a_new_thing_is_there_for_its_audience_and_can_be_removed(knowledge: Knowledge) -> None:
    made = create(
        knowledge,
        "device",
        "Messmaschine",
        [PropertyChange(FOAF + "homepage", (Said(NamedNode("https://example.org/m"), "group:x"),))],
        account="m",
        viewer=MEMBER,
        now=day(5),
        audience="group:x",
        nonce="1",
    )
    found = knowledge.view(MEMBER).thing(made.iri)
    assert found is not None
    assert found.label("de") == "Messmaschine"
    assert knowledge.view().thing(made.iri) is None
    write(knowledge, CR + "operates", Said(NamedNode(made.iri), "group:x"))
    remove(knowledge, made.iri, account="m", viewer=MEMBER, now=day(6))
    assert knowledge.view(MEMBER).thing(made.iri) is None
    assert read(knowledge, CR + "operates", MEMBER) == set()


def test_a_concept_is_created_in_its_scheme(knowledge: Knowledge) -> None:
    made = create(
        knowledge,
        "competence",
        Literal("Holografie", language="de"),
        account="m",
        viewer=MEMBER,
        now=day(5),
    )
    found = knowledge.view().find("competence", made.iri.rpartition("/")[2])
    assert found is not None
    assert found.labels == {"de": "Holografie"}


def test_new_things_are_not_told_to_whom_they_are_hidden_from(knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError):
        create(
            knowledge,
            "device",
            "Messmaschine",
            [PropertyChange(CR + "model", (Said(Literal("X1"), PUBLIC),))],
            account="m",
            viewer=MEMBER,
            now=day(5),
            audience="group:x",
        )


def test_what_stands_in_lists_only_is_not_removed(knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError):
        remove(knowledge, ADA, account="m", viewer=MEMBER, now=day(5))
    write(knowledge, FORM, Said(Literal("AG")))
    remove(knowledge, ADA, account="m", viewer=MEMBER, now=day(6))
    assert read(knowledge, FORM) == {"GmbH"}


def test_merged_things_are_edited_as_one(knowledge: Knowledge) -> None:
    other = thing("organisation", "ada-2").value
    knowledge.commit(
        adding(
            row("other", "ada-2", "organisation", time=day(1)),
            decisions.same(ADDRESSES, ADA, other, "ada", day(2)),
        ),
        TEST,
    )
    write(knowledge, RDFS + "label", Said(Literal("Ada AG")))
    assert read(knowledge, RDFS + "label") == {"Ada AG"}


def test_the_store_is_what_building_it_anew_would_give(knowledge: Knowledge) -> None:
    write(knowledge, FORM, Said(Literal("AG")), Said(Literal("KG"), "group:x"))
    write(knowledge, COMPETENCE, Said("Laser", OWN))
    before = set(knowledge.dump())
    knowledge.rebuild()
    assert set(knowledge.dump()) == before


def test_nobody_who_was_erased_comes_back_by_hand(knowledge: Knowledge) -> None:
    works = PropertyChange(CR + "worksFor", (Said(NamedNode(ADA)),))
    by: dict[str, Any] = {"account": "m", "viewer": MEMBER, "now": day(3)}
    mara = create(knowledge, "person", "Mara Lindqvist", [works], **by)
    other = create(knowledge, "person", "Jo Abendroth", [works], **by)
    erase(knowledge, [mara.iri], texts=["mara@ada.example"])
    about = Literal("Ask mara@ada.example", language="en")
    for attempt in (
        lambda: create(knowledge, "person", "Dr. Mara Lindqvist", [works], **by),
        lambda: create(knowledge, "person", "Lindqvist, Mara", **by),
        lambda: edit(
            knowledge,
            other.iri,
            [PropertyChange(RDFS + "label", (Said(Literal("Mara Lindqvist")),))],
            **by,
        ),
        lambda: edit(knowledge, ADA, [PropertyChange(DCT + "description", (Said(about),))], **by),
        lambda: create(
            knowledge,
            "publication",
            "On light",
            [PropertyChange(CR + "hasAuthor", (Said("Mara Lindqvist"),))],
            **by,
        ),
    ):
        with pytest.raises(KnowledgeError, match="must not come back") as refused:
            attempt()
        assert "indqvist" not in refused.value.text("de")
    # Somebody else of the same name, elsewhere, is no return.
    elsewhere = PropertyChange(CR + "worksFor", (Said("Beta AG"),))
    assert create(knowledge, "person", "Mara Lindqvist", [elsewhere], **by).batch
    assert create(knowledge, "device", "Mikroskop", **by).batch
