"""What was written by hand is said to another audience instead, or gone with an audience."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from graph import (
    ANONYMOUS,
    Knowledge,
    KnowledgeError,
    PropertyChange,
    Said,
    Viewer,
    create,
    dissolve,
    edit,
    say_instead,
)
from ontology import CR, RDF, RDFS
from tests.graph.saying import TEST, adding, day, row, thing

ADA = thing("organisation", "ada").value
FORM, EMPLOYEES = CR + "legalForm", CR + "employeeCount"
IN_ROOM = Viewer("m", frozenset({"group:room", "group:other"}))
NAMED = (RDF + "type", RDFS + "label")


@pytest.fixture
def knowledge() -> Iterator[Knowledge]:
    with Knowledge.open() as opened:
        opened.commit(
            adding(row("list", "ada", "organisation", "Ada", legalForm=Literal("GmbH"))), TEST
        )
        yield opened


def room(knowledge: Knowledge, audience: str = "group:room") -> str:
    made = create(
        knowledge, "group", "Room", account="m", viewer=IN_ROOM, now=day(3), audience=audience
    )
    return made.iri


def known_to(knowledge: Knowledge, iri: str) -> list[str]:
    """Which of three readers know a thing."""
    readers = {"all": ANONYMOUS, "signed in": Viewer("x"), "members": IN_ROOM}
    return [name for name, viewer in readers.items() if knowledge.view(viewer).thing(iri)]


@given(st.lists(st.sampled_from(("public", "platform", "group:room")), min_size=1, max_size=5))
def test_the_last_audience_holds_wherever_a_thing_was_before(audiences: list[str]) -> None:
    with Knowledge.open() as knowledge:
        iri = room(knowledge)
        for audience in audiences:
            say_instead(knowledge, iri, NAMED, audience, account="m", viewer=IN_ROOM, now=day(4))
        wanted = {"public": 3, "platform": 2, "group:room": 1}[audiences[-1]]
        assert len(known_to(knowledge, iri)) == wanted
        assert knowledge.view(IN_ROOM).label(iri, "en") == "Room"


def test_what_lists_say_does_not_move(knowledge: Knowledge) -> None:
    edit(
        knowledge,
        ADA,
        [PropertyChange(EMPLOYEES, (Said(Literal(5), "platform"),))],
        account="m",
        viewer=IN_ROOM,
        now=day(3),
    )
    moved = (FORM, EMPLOYEES)
    say_instead(knowledge, ADA, moved, "group:room", account="m", viewer=IN_ROOM, now=day(4))
    assert [one.object for one in knowledge.view(ANONYMOUS).statements(ADA, FORM)] == [
        Literal("GmbH")
    ]
    assert list(knowledge.view(Viewer("x")).statements(ADA, EMPLOYEES)) == []
    assert list(knowledge.view(IN_ROOM).statements(ADA, EMPLOYEES))


def test_saying_it_again_changes_nothing_and_strangers_move_nothing(knowledge: Knowledge) -> None:
    iri = room(knowledge)
    how = {"account": "m", "now": day(4)}
    assert say_instead(knowledge, iri, NAMED, "group:room", viewer=IN_ROOM, **how) is None  # type: ignore[arg-type]
    with pytest.raises(KnowledgeError, match="do not belong"):
        say_instead(knowledge, iri, NAMED, "group:else", viewer=IN_ROOM, **how)  # type: ignore[arg-type]
    with pytest.raises(KnowledgeError, match="nothing here"):
        say_instead(knowledge, iri, NAMED, "public", viewer=Viewer("x"), **how)  # type: ignore[arg-type]


def test_dissolving_takes_what_was_written_for_that_audience_alone(knowledge: Knowledge) -> None:
    before = {str(quad) for quad in knowledge.dump()}
    other = room(knowledge, "group:other")
    kept = {str(quad) for quad in knowledge.dump()}
    iri = room(knowledge)
    edit(
        knowledge,
        ADA,
        [PropertyChange(EMPLOYEES, (Said(Literal(7), "group:room"),))],
        account="m",
        viewer=IN_ROOM,
        now=day(3),
    )
    assert known_to(knowledge, iri) == ["members"]
    assert dissolve(knowledge, "group:room") is not None
    assert {str(quad) for quad in knowledge.dump()} == kept > before
    assert known_to(knowledge, iri) == [] and known_to(knowledge, other) == ["members"]
    assert dissolve(knowledge, "group:room") is None


@pytest.mark.parametrize("audience", ["public", "platform"])
def test_only_a_closed_audience_is_dissolved(knowledge: Knowledge, audience: str) -> None:
    with pytest.raises(ValueError, match="closed"):
        dissolve(knowledge, audience)
