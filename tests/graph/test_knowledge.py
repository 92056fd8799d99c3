"""Commits, what they make of decisions, undo, and what the sources say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Engine

from graph import About, Change, Checkpoint, Knowledge, KnowledgeError, Source, Viewer, decisions
from ontology import CR, RDFS, SKOS, XSD
from tests.graph.saying import ADDRESSES, TEST, adding, day, removing, row, said, thing

LABEL = RDFS + "label"
MEMBER = CR + "memberOf"
INSIDER = Viewer("ada", frozenset({"group:x"}))


@pytest.fixture
def knowledge() -> Knowledge:
    return Knowledge.open()


def means(word: str, slug: str, audience: str = "public") -> frozenset[Quad]:
    """The decision that a word of the list "orgs" means a cluster."""
    term = ADDRESSES.term("orgs", "cluster", word)
    one = ADDRESSES.thing("cluster", slug)
    return decisions.term_means(ADDRESSES, term, one, "ada", day(0), audience)


def same(one: str, other: str, audience: str = "public") -> frozenset[Quad]:
    """The decision that two clusters are one."""
    first, second = (ADDRESSES.thing("cluster", slug) for slug in (one, other))
    return decisions.same(ADDRESSES, first, second, "ada", day(0), audience)


def values(
    knowledge: Knowledge, subject: NamedNode, name: str, viewer: Viewer = INSIDER
) -> set[str]:
    found = knowledge.view(viewer).statements(subject.value, name, inferred=False)
    return {statement.object.value for statement in found}


def test_a_statement_of_a_row_is_read_of_its_thing(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "no. 7", "cluster", "Optence", slug="optence")), TEST)
    assert values(knowledge, thing("cluster", "optence"), LABEL) == {"Optence"}


def test_a_row_that_no_decision_explains_is_left_out(knowledge: Knowledge) -> None:
    knowledge.commit(adding(said("list", "a", [(LABEL, Literal("A"))])), TEST)
    assert list(knowledge.view().triples()) == []
    assert list(knowledge.rows("list")) == ["a"]
    assert knowledge.things_of_rows("list") == {}


def test_a_word_is_read_once_it_is_explained(knowledge: Knowledge) -> None:
    term = NamedNode(ADDRESSES.term("orgs", "cluster", "the optics people"))
    knowledge.commit(
        adding(row("orgs", "o", "organisation", memberOf=term), row("list", "c", "cluster")), TEST
    )
    assert knowledge.unresolved() == [term.value]
    assert values(knowledge, thing("organisation", "o"), MEMBER) == set()
    knowledge.commit(adding(means("the optics people", "c")), TEST)
    assert knowledge.unresolved() == []
    assert values(knowledge, thing("organisation", "o"), MEMBER) == {thing("cluster", "c").value}


def test_a_row_may_point_at_a_row_of_another_source(knowledge: Knowledge) -> None:
    other = NamedNode(ADDRESSES.row("list", "c"))
    knowledge.commit(adding(row("orgs", "o", "organisation", memberOf=other)), TEST)
    assert values(knowledge, thing("organisation", "o"), MEMBER) == set()
    knowledge.commit(adding(row("list", "c", "cluster", slug="optence")), TEST)
    assert values(knowledge, thing("organisation", "o"), MEMBER) == {
        thing("cluster", "optence").value
    }


def test_conclusions_arrive_and_go(knowledge: Knowledge) -> None:
    clusters, orgs = row("list", "c", "cluster"), row("orgs", "o", "organisation")
    member = said("orgs", "o", [(MEMBER, thing("cluster", "c"))])
    knowledge.commit(adding(clusters, orgs, member), TEST)
    view = knowledge.view()
    found = list(view.statements(thing("cluster", "c").value, CR + "hasMember"))
    assert [(one.object, one.inferred) for one in found] == [(thing("organisation", "o"), True)]
    knowledge.commit(removing(member), TEST)
    assert not list(knowledge.view().statements("", CR + "hasMember"))


def test_merged_things_are_read_under_the_oldest(knowledge: Knowledge) -> None:
    knowledge.commit(
        adding(
            row("list", "z", "cluster", "Old", time=day(1)),
            row("orgs", "a", "cluster", "New", time=day(2)),
            row("orgs", "o", "organisation", memberOf=thing("cluster", "a")),
            same("a", "z"),
        ),
        TEST,
    )
    assert values(knowledge, thing("cluster", "z"), LABEL) == {"Old", "New"}
    assert values(knowledge, thing("organisation", "o"), MEMBER) == {thing("cluster", "z").value}
    view = knowledge.view()
    assert view.find("cluster", "a") is None
    assert view.redirect(thing("cluster", "a").value) == view.find("cluster", "z")
    assert view.redirect(thing("cluster", "z").value) is None
    assert knowledge.things_of_rows("orgs")["a"] == thing("cluster", "z").value


def test_merged_things_keep_the_address_that_most_may_know(knowledge: Knowledge) -> None:
    knowledge.commit(
        adding(
            row("room", "a", "cluster", "Secret", audience="group:x", time=day(0)),
            row("list", "z", "cluster", "Known", time=day(9)),
            same("a", "z", "group:x"),
        ),
        TEST,
    )
    assert values(knowledge, thing("cluster", "z"), LABEL) == {"Known", "Secret"}
    address = thing("cluster", "a").value
    view = knowledge.view(INSIDER)
    assert view.redirect(address) == view.find("cluster", "z")
    assert knowledge.view().redirect(address) is None
    assert values(knowledge, thing("cluster", "z"), LABEL, Viewer()) == {"Known"}


def test_a_merge_that_is_taken_back_parts_the_things(knowledge: Knowledge) -> None:
    quads = row("list", "a", "cluster", "A") | row("list", "b", "cluster", "B")
    knowledge.commit(adding(quads), TEST)
    before = set(knowledge.dump())
    batch = knowledge.commit(adding(same("a", "b")), TEST)
    assert knowledge.view().counts() == {"cluster": 1}
    knowledge.undo(batch.number)
    assert set(knowledge.dump()) == before
    assert knowledge.view().counts() == {"cluster": 2}


def wins(source: str, number: int) -> frozenset[Quad]:
    return decisions.value_wins(
        ADDRESSES, ADDRESSES.thing("cluster", "c"), LABEL, source, "ada", day(number)
    )


def test_of_two_values_the_chosen_one_is_read(knowledge: Knowledge) -> None:
    cluster = thing("cluster", "c")
    listed = row("list", "c", "cluster", "Listed", founded=Literal("1999"))
    edited = row("edits", "c", "cluster", "Edited", founded=Literal("2000"))
    knowledge.commit(adding(listed, edited), TEST)
    assert values(knowledge, cluster, LABEL) == {"Listed", "Edited"}
    knowledge.commit(adding(wins("edits", 1)), TEST)
    assert values(knowledge, cluster, LABEL) == {"Edited"}
    assert values(knowledge, cluster, CR + "founded") == {"1999", "2000"}
    knowledge.commit(adding(wins("list", 2)), TEST)
    assert values(knowledge, cluster, LABEL) == {"Listed"}
    knowledge.commit(removing(said("list", "c", [(LABEL, Literal("Listed"))])), TEST)
    assert values(knowledge, cluster, LABEL) == set()


def test_a_closed_decision_moves_no_public_statement(knowledge: Knowledge) -> None:
    public = row("list", "a", "cluster", "A")
    knowledge.commit(adding(public, row("list", "b", "cluster", "B")), TEST)
    before = set(knowledge.view().statements())
    knowledge.commit(adding(same("a", "b", "group:x"), means("w", "a", "group:x")), TEST)
    assert set(knowledge.view().statements()) == before


def test_two_closed_audiences_conclude_nothing_together(knowledge: Knowledge) -> None:
    enables = said("one", "d", [(CR + "enables", thing("topic", "t"))], "group:x")
    operates = said("two", "o", [(CR + "operates", thing("device", "d"))], "group:y")
    known = (
        row("list", "o", "organisation"),
        row("one", "d", "device", audience="group:x"),
        row("list", "t", "competence"),
        decisions.row_is(
            ADDRESSES, ADDRESSES.row("two", "o"), thing("organisation", "o").value,
            "ada", day(0), "group:y",
        ),
    )  # fmt: skip
    knowledge.commit(adding(enables, operates, *known), TEST)
    both = Viewer("ada", frozenset({"group:x", "group:y"}))
    assert not list(knowledge.view(both).statements("", CR + "hasCompetence"))
    knowledge.commit(
        adding(said("two", "o", [(CR + "operates", thing("device", "d"))], "group:x"),
               decisions.row_is(ADDRESSES, ADDRESSES.row("two", "o"),
                                thing("organisation", "o").value, "ada", day(0), "group:x")),
        TEST,
    )  # fmt: skip
    found = list(knowledge.view(both).statements("", CR + "hasCompetence"))
    assert [one.inferred for one in found] == [True]
    assert not list(knowledge.view().statements("", CR + "hasCompetence"))


def test_a_batch_counts_what_really_came_and_went(knowledge: Knowledge) -> None:
    quads = row("list", "a", "cluster", "A")
    assert knowledge.commit(adding(quads), TEST).added == len(quads)
    label = said("list", "a", [(LABEL, Literal("A"))])
    new = said("list", "a", [(LABEL, Literal("B"))])
    batch = knowledge.commit(Change(add=quads - label | new, remove=label), TEST)
    assert (batch.number, batch.added, batch.removed) == (2, 1, 1)
    assert knowledge.batches()[0] == batch
    assert batch.time.utcoffset() == timedelta(0)


def test_a_number_in_another_spelling_is_no_change(knowledge: Knowledge) -> None:
    def founded(text: str) -> frozenset[Quad]:
        value = Literal(text, datatype=NamedNode(XSD + "integer"))
        return said("list", "a", [(CR + "founded", value)])

    knowledge.commit(adding(row("list", "a", "cluster"), founded("01999")), TEST)
    assert knowledge.commit(adding(founded("1999")), TEST).added == 0
    assert knowledge.commit(removing(founded("+1999")), TEST).removed == 1


@pytest.mark.parametrize("graph", [ADDRESSES.read_graph("public"), "https://example.org/other"])
def test_only_sources_and_decisions_are_changed(knowledge: Knowledge, graph: str) -> None:
    node = thing("cluster", "a")
    with pytest.raises(ValueError, match="not a graph of a source"):
        knowledge.commit(Change(add=frozenset({Quad(node, node, node, NamedNode(graph))})), TEST)
    assert knowledge.generation == 0


def test_undo_is_refused_while_a_later_batch_stands_on_it(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "c", "cluster")), TEST)
    member = row("orgs", "o", "organisation", memberOf=thing("cluster", "c"))
    later = knowledge.commit(adding(member), About("import", "orgs", "members.csv"))
    with pytest.raises(KnowledgeError) as caught:
        knowledge.undo(1)
    assert "batch 2 (members.csv) builds on it" in caught.value.text("en")
    assert "Stapel 2 (members.csv)" in caught.value.text("de")
    knowledge.undo(later.number)
    knowledge.undo(1)
    assert knowledge.view().things() == []


@pytest.mark.parametrize(
    "later",
    [
        said("list", "c", [(CR + "founded", Literal("1999"))]),
        row("orgs", "o", "organisation", memberOf=NamedNode(ADDRESSES.row("list", "c"))),
        row("orgs", "o", "organisation", slug="x") | means("word", "c"),
        decisions.row_is(
            ADDRESSES, ADDRESSES.row("list", "c"), thing("cluster", "d").value, "ada", day(1)
        ),
        same("c", "d"),
    ],
    ids=["same row", "points at the row", "word", "other decision", "merge"],
)
def test_what_stands_on_a_batch(knowledge: Knowledge, later: frozenset[Quad]) -> None:
    knowledge.commit(adding(row("list", "c", "cluster")), TEST)
    knowledge.commit(adding(later), TEST)
    with pytest.raises(KnowledgeError, match="builds on it"):
        knowledge.undo(1)


def test_a_thing_that_another_list_speaks_of_stays(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "c", "cluster", "One")), TEST)
    knowledge.commit(adding(row("orgs", "o", "cluster", "Two", slug="c")), TEST)
    knowledge.undo(1)
    assert values(knowledge, thing("cluster", "c"), LABEL) == {"Two"}


def test_a_batch_beside_it_does_not_hinder_an_undo(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "a", "cluster")), TEST)
    knowledge.commit(adding(row("list", "b", "cluster")), TEST)
    knowledge.undo(1)
    assert [one.slug for one in knowledge.view().things()] == ["b"]


def test_an_undo_can_be_undone(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "a", "cluster")), TEST)
    knowledge.undo(1)
    with pytest.raises(KnowledgeError, match="already undone, by batch 2"):
        knowledge.undo(1)
    knowledge.undo(2)
    numbers = [(b.number, b.undoes, b.undone_by) for b in knowledge.batches()]
    assert numbers == [(3, 2, None), (2, 1, 3), (1, None, None)]
    assert knowledge.view().find("cluster", "a") is not None
    knowledge.undo(1)
    assert knowledge.view().things() == []


def test_an_unknown_batch_is_said(knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError, match="There is no batch 7"):
        knowledge.undo(7)


def test_rebuild_repairs_what_is_not_as_it_should_be(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("list", "a", "cluster", "A")), TEST)
    before = set(knowledge.dump())
    graph = NamedNode(ADDRESSES.read_graph("public"))
    knowledge.store.load([Quad(thing("cluster", "a"), NamedNode(LABEL), Literal("X"), graph)])
    knowledge.rebuild()
    assert set(knowledge.dump()) == before
    assert [batch.about.kind for batch in knowledge.batches()] == ["rebuild", "import"]
    knowledge.rebuild()
    assert knowledge.generation == 2


def test_a_source_describes_itself(knowledge: Knowledge) -> None:
    described = Source("list", "cluster", "optence", "Clusters 2016", "2016", complete=True)
    knowledge.commit(
        adding(described.quads(ADDRESSES), row("list", "a", "cluster"), row("x", "b", "cluster")),
        TEST,
    )
    assert knowledge.sources() == [described, Source("x", label="x")]
    assert set(knowledge.rows("list")) == {"a"}
    found = knowledge.view().find("source", "list")
    assert found is not None
    assert (found.label("de"), found.as_of) == ("Clusters 2016", "2016")


def test_what_a_row_says_now_can_be_compared_with_a_new_list(knowledge: Knowledge) -> None:
    value = Literal("1.50", datatype=NamedNode(XSD + "decimal"))
    quads = said("list", "ä/1", [(CR + "value", value)])
    knowledge.commit(adding(quads), TEST)
    (found,) = knowledge.rows("list")["ä/1"]
    assert found.object.value == "1.5"  # type: ignore[union-attr]


def test_a_large_commit_is_equal_to_many_small_ones() -> None:
    parts = [
        row(
            "list",
            str(number),
            "cluster",
            f"C {number}",
            memberOf=thing("cluster", str(number + 1)),
        )
        | said("list", str(number), [(SKOS + "altLabel", Literal(f"alt {number}"))])
        for number in range(700)
    ]
    at_once, in_parts = Knowledge.open(), Knowledge.open()
    at_once.commit(adding(*parts), TEST)
    for start in range(0, 700, 100):
        in_parts.commit(adding(*parts[start : start + 100]), TEST)
    assert set(at_once.dump()) == set(in_parts.dump())


def test_a_checkpoint_is_lent_and_goes_when_given_back(tmp_path: Path) -> None:
    for folder in (None, tmp_path):
        with Knowledge.open(folder) as knowledge:
            knowledge.commit(adding(row("list", "a", "cluster")), TEST)
            first = knowledge.checkpoint()
            assert knowledge.checkpoint() == first
            assert set(Engine.read_only(str(first.path))) == set(knowledge.dump())
            knowledge.commit(adding(row("list", "b", "cluster")), TEST)
            assert knowledge.checkpoint() == first, "at most one a second"
            knowledge._checkpoints._made = -1.0
            second = knowledge.checkpoint()
            assert (first.generation, second.generation) == (1, 2)
            for _ in range(3):
                assert first.path.exists()
                knowledge.release(first)
            assert not first.path.exists()
            knowledge.release(second)
            assert second.path.exists(), "the newest stays for the next reader"
        assert not second.path.exists()


def test_a_reader_does_not_wait_for_a_commit(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent: list[Checkpoint] = []
    before = knowledge.checkpoint()
    with ThreadPoolExecutor(1) as other:

        def reached(_: Knowledge, step: str) -> None:
            if step == "applied":
                lent.append(other.submit(knowledge.checkpoint).result(timeout=20))

        monkeypatch.setattr(Knowledge, "_reached", reached)
        knowledge.commit(adding(row("list", "a", "cluster")), TEST)
    assert lent == [before]
    knowledge.close()


def test_a_long_commit_leaves_readers_the_state_before_it(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent: list[int] = []
    knowledge.release(knowledge.checkpoint())
    before = knowledge.commit(adding(row("list", "a", "cluster")), TEST)
    with ThreadPoolExecutor(1) as other:

        def reached(_: Knowledge, step: str) -> None:
            if step == "applied":
                copy = other.submit(knowledge.checkpoint).result(timeout=20)
                lent.append(copy.generation)

        monkeypatch.setattr(Knowledge, "_reached", reached)
        monkeypatch.setattr("graph.knowledge.knowledge._LONG", 3)
        knowledge.commit(adding(row("list", "b", "cluster")), TEST)
    assert lent == [before.number]
    copies = [*knowledge.checkpoint().path.parent.iterdir()]
    assert len(copies) == 1, "the older copy is gone, though nobody had it"
    knowledge.close()


def test_checkpoints_that_a_crash_left_are_deleted(tmp_path: Path) -> None:
    with Knowledge.open(tmp_path) as knowledge:
        knowledge.checkpoint()
        left = tmp_path / "checkpoints" / "000000-9"
        left.mkdir()
    left.mkdir(parents=True)
    with Knowledge.open(tmp_path):
        assert not left.exists()


@pytest.mark.parametrize("on_disk", [False, True])
def test_threads_commit_one_after_the_other_while_others_read(
    on_disk: bool, tmp_path: Path
) -> None:
    with Knowledge.open(tmp_path if on_disk else None) as knowledge:

        def work(number: int) -> int:
            if number % 2:
                return len(knowledge.view().things())
            quads = row("list", str(number), "cluster", memberOf=thing("cluster", "hub"))
            return knowledge.commit(adding(quads), TEST).added

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(40)))
        assert knowledge.generation == 20
        assert knowledge.view().counts() == {"cluster": 20}
        kept = set(knowledge.dump())
        knowledge.rebuild()
        assert set(knowledge.dump()) == kept
