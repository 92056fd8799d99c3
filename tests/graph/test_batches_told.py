"""What a viewer is told of batches, and that undoing tells nothing of what is hidden."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

from graph import (
    ANONYMOUS,
    About,
    Batch,
    Change,
    Knowledge,
    KnowledgeError,
    PropertyChange,
    Said,
    Viewer,
    create,
    edit,
    readable,
)
from ontology import CR
from tests.graph.saying import TEST, adding, day, row, said, thing
from tests.graph.test_import_lookups import held
from tests.graph.test_knowledge_reading import VIEWERS, parts

ADA = thing("organisation", "ada").value
MEMBER = Viewer("m", frozenset({"group:x"}))


@pytest.fixture
def knowledge() -> Iterator[Knowledge]:
    with Knowledge.open() as opened:
        yield opened


def about(batch: Batch) -> tuple[object, ...]:
    """All that is told of a batch but its time and its id."""
    told = (batch.number, batch.about, dict(batch.about.counts), batch.added, batch.removed)
    return (*told, batch.undone_by, batch.undoes, batch.erased, batch.kept)


def test_batches_are_numbered_as_if_hidden_ones_were_not_there(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "a", "organisation")), About("import", "list", "one"))
    knowledge.commit(
        adding(row("inner", "b", "organisation", audience="group:x")),
        About("import", "inner", "secret.csv", {"rows": 1}, "group:x"),
    )
    both = adding(row("list", "c", "organisation"), said("inner", "b", [], "group:x"))
    knowledge.commit(both, About("import", "list", "three"))
    told = knowledge.batches(ANONYMOUS)
    assert [(one.number, one.about.title) for one in told] == [(2, "three"), (1, "one")]
    assert [one.number for one in knowledge.batches(MEMBER)] == [3, 2, 1]
    assert len({one.id for one in knowledge.batches()}) == 3


def test_title_and_counts_are_for_the_audience_of_the_list(knowledge: Knowledge) -> None:
    public = row("list", "a", "organisation")
    knowledge.commit(adding(public), About("import", "list", "open.csv"))
    closed = row("list", "a", "organisation", audience="group:x")
    knowledge.commit(
        Change(add=closed, remove=public),
        About("import", "list", "secret.csv", {"rows": 9}, "group:x"),
    )
    newest = knowledge.batches(ANONYMOUS)[0]
    assert (newest.about.title, newest.about.counts) == ("", {})
    assert (newest.added, newest.removed) == (0, len(public))
    assert set(newest.audiences) == {"public"}
    assert knowledge.batches(MEMBER)[0].about.counts == {"rows": 9}


def test_a_viewer_undoes_by_id_and_hidden_batches_do_not_hinder(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "a", "organisation")), TEST)
    whole = thing("organisation", "a")
    inner = row("inner", "x", "organisation", audience="group:x", unitOf=whole)
    knowledge.commit(adding(inner), About("import", "inner", "secret.csv"))
    batch = knowledge.batches(ANONYMOUS)[0]
    for refused, viewer in ((batch.number, ANONYMOUS), (knowledge.batches()[0].id, ANONYMOUS)):
        with pytest.raises(KnowledgeError):
            knowledge.undo(refused, viewer=viewer)
    with pytest.raises(KnowledgeError) as known:
        knowledge.undo(batch.id, viewer=MEMBER)
    assert "secret.csv" in known.value.text("en")
    knowledge.undo(batch.id, viewer=ANONYMOUS)
    assert list(knowledge.view().triples()) == []
    assert [found.slug for found in knowledge.view(MEMBER).things("organisation")] == ["x"]


def test_what_is_undone_already_is_told_in_the_viewers_numbers(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("inner", "x", "organisation", audience="group:x")), TEST)
    knowledge.commit(adding(row("list", "a", "organisation")), TEST)
    batch = knowledge.batches(ANONYMOUS)[0]
    knowledge.undo(batch.id, viewer=ANONYMOUS)
    assert [one.undone_by for one in knowledge.batches(ANONYMOUS)] == [None, 2]
    with pytest.raises(KnowledgeError) as told:
        knowledge.undo(batch.id, viewer=ANONYMOUS)
    assert "Batch 1 is already undone, by batch 2" in told.value.text("en")


def test_edits_of_different_properties_do_not_stand_on_each_other(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "ada", "organisation")), TEST)
    made = [
        edit(
            knowledge,
            ADA,
            [PropertyChange(CR + name, (Said(Literal(value)),))],
            account="m",
            viewer=MEMBER,
            now=day(number),
        )
        for number, (name, value) in enumerate(
            (("legalForm", "AG"), ("employeeCount", "5"), ("legalForm", "SE"))
        )
    ]
    first, second, third = (batch.number for batch in made if batch)
    with pytest.raises(KnowledgeError):
        knowledge.undo(first)
    knowledge.undo(second)
    knowledge.undo(third)
    knowledge.undo(first)
    assert list(knowledge.view().statements(ADA, CR + "legalForm", inferred=False)) == []


def test_what_others_speak_of_is_not_uncreated(knowledge: Knowledge) -> None:
    made = create(knowledge, "organisation", "New", account="m", viewer=MEMBER, now=day(1))
    edit(
        knowledge,
        made.iri,
        [PropertyChange(CR + "legalForm", (Said(Literal("AG")),))],
        account="m",
        viewer=MEMBER,
        now=day(2),
    )
    assert made.batch is not None
    with pytest.raises(KnowledgeError):
        knowledge.undo(made.batch.number)


def run(knowledge: Knowledge, changes: list[frozenset[Quad]], undone: int, viewer: Viewer) -> list:  # type: ignore[type-arg]
    """Commit changes, let a viewer undo one of its batches, and say what the viewer is told."""
    for quads in changes:
        if quads:
            knowledge.commit(Change(add=quads), TEST)
    ids = [batch.id for batch in knowledge.batches(viewer)[::-1]]
    refused = ""
    if undone < len(ids):
        try:
            knowledge.undo(ids[undone], viewer=viewer)
        except KnowledgeError as error:
            refused = error.text("en")
    read = sorted(str(triple) for triple in knowledge.view(viewer).triples())
    return [refused, read, [about(batch) for batch in knowledge.batches(viewer)]]


@given(st.lists(parts, min_size=1, max_size=4), st.integers(0, 3), st.sampled_from(VIEWERS))
def test_batches_and_undo_are_as_if_only_what_is_readable_was_ever_committed(
    changes: list[frozenset[Quad]], undone: int, viewer: Viewer
) -> None:
    whole, only = Knowledge.open(), Knowledge.open()
    restricted = [held(quads, viewer) for quads in changes]
    # A commit of what is there already is a batch without audiences, which nobody is told of.
    assert run(whole, changes, undone, viewer) == run(only, restricted, undone, viewer)
    assert all(set(batch.audiences) <= set(readable(viewer)) for batch in whole.batches(viewer))
