"""Why somebody can or cannot see something, told only to whoever may see it."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal

from graph import (
    ANONYMOUS,
    Knowledge,
    PropertyChange,
    Said,
    Viewer,
    edit,
    explain_access,
    readable,
)
from ontology import CR, RDF
from tests.graph.saying import TEST, adding, day, row, thing

ADA = thing("organisation", "ada").value
FORM = CR + "legalForm"
MANAGER = Viewer("m", frozenset({"group:x"}))
STRANGER = Viewer("s", frozenset({"group:y"}))


@pytest.fixture
def knowledge() -> Iterator[Knowledge]:
    with Knowledge.open() as opened:
        opened.commit(
            adding(
                row("list", "ada", "organisation", legalForm=Literal("GmbH")),
                row("inner", "ada", "organisation", audience="group:x", note=Literal("inside")),
                row("other", "ada", "organisation", audience="group:y", note=Literal("secret")),
                row("inner", "b", "organisation", audience="group:x"),
            ),
            TEST,
        )
        yield opened


def notes(knowledge: Knowledge, of: Viewer, asker: Viewer) -> dict[str, bool]:
    answers = explain_access(knowledge, ADA, readable(of), asker)
    return {
        a.statement.object.value: a.sees for a in answers if a.statement.predicate == CR + "note"
    }


def test_it_tells_who_sees_what_and_why(knowledge: Knowledge) -> None:
    assert notes(knowledge, STRANGER, MANAGER) == {"inside": False}
    assert notes(knowledge, MANAGER, MANAGER) == {"inside": True}
    answers = explain_access(knowledge, ADA, readable(ANONYMOUS), MANAGER)
    assert answers[0].statement.predicate == RDF + "type"
    (form,) = (a for a in answers if a.statement.predicate == FORM)
    assert (form.sees, form.source, form.why.en) == (True, "list", "Everybody reads it.")
    (note,) = (a for a in answers if a.statement.object.value == "inside")
    assert "group:x" in note.why.de


def test_nothing_is_told_of_what_is_hidden_from_the_asker(knowledge: Knowledge) -> None:
    assert "secret" not in notes(knowledge, STRANGER, MANAGER)
    b = thing("organisation", "b").value
    assert explain_access(knowledge, b, readable(MANAGER), STRANGER) == []
    assert explain_access(knowledge, thing("organisation", "c").value, ["public"], STRANGER) == []


def test_what_does_not_count_is_seen_by_nobody(knowledge: Knowledge) -> None:
    change = PropertyChange(FORM, (Said(Literal("AG"), "platform"),))
    edit(knowledge, ADA, [change], account="m", viewer=MANAGER, now=day(2))
    answers = explain_access(knowledge, ADA, readable(ANONYMOUS), MANAGER)
    found = {a.statement.object.value: a for a in answers if a.statement.predicate == FORM}
    assert {value: a.sees for value, a in found.items()} == {"AG": False, "GmbH": False}
    assert found["AG"].audience == "platform"
    assert "Nobody" in found["GmbH"].why.en


def test_who_does_not_know_of_a_thing_sees_nothing_of_it(knowledge: Knowledge) -> None:
    b = thing("organisation", "b").value
    knowledge.commit(
        adding(
            quad
            for quad in row("list", "b", "organisation", employeeCount=Literal(3))
            if quad.predicate.value != RDF + "type" or "decisions" in str(quad.graph_name)
        ),
        TEST,
    )
    answers = explain_access(knowledge, b, readable(ANONYMOUS), MANAGER)
    (count,) = (a for a in answers if a.statement.predicate == CR + "employeeCount")
    assert not count.sees
    assert "not that there is such a thing" in count.why.en
