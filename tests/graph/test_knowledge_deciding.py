"""Which decision holds where several contradict each other, and what none can be made about."""

from datetime import datetime

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph import Knowledge, Viewer, decisions
from ontology import CR, KINDS, RDF, RDFS
from tests.graph.saying import ADDRESSES, TEST, adding, day, removing, row, said, thing

MEMBER = CR + "memberOf"
READER = Viewer("ada", frozenset({"group:x"}))


def means(slug: str, audience: str, time: datetime) -> frozenset[Quad]:
    """The decision that the word "vdi" of a list means a cluster."""
    word = ADDRESSES.term("list", "cluster", "vdi")
    one = ADDRESSES.thing("cluster", slug)
    return decisions.term_means(ADDRESSES, word, one, "ada", time, audience)


@pytest.mark.parametrize(
    ("audience", "wide", "narrow"),
    [
        ("group:x", "public", "platform"),
        ("group:x", "public", "group:x"),
        ("group:x", "platform", "group:x"),
        ("platform", "public", "platform"),
    ],
)
def test_the_decision_of_the_widest_audience_holds_though_it_is_older(
    audience: str, wide: str, narrow: str
) -> None:
    word = NamedNode(ADDRESSES.term("list", "cluster", "vdi"))
    with Knowledge.open() as knowledge:
        knowledge.commit(
            adding(
                row("list", "a", "organisation"),
                said("list", "a", [(MEMBER, word)], audience),
                means("narrow", narrow, day(2)),
                means("wide", wide, day(1)),
            ),
            TEST,
        )
        one = thing("organisation", "a").value
        read = knowledge.view(READER).statements(one, MEMBER, inferred=False)
        assert [statement.object for statement in read] == [thing("cluster", "wide")]


def test_who_decides_the_same_again_decides_newly() -> None:
    word = NamedNode(ADDRESSES.term("list", "cluster", "vdi"))
    with Knowledge.open() as knowledge:
        about = said("list", "a", [(MEMBER, word)])
        knowledge.commit(adding(row("list", "a", "organisation"), about), TEST)
        found = []
        for number, slug in enumerate(("one", "other", "one")):
            knowledge.commit(adding(means(slug, "public", day(number))), TEST)
            read = knowledge.view().statements(predicate=MEMBER, inferred=False)
            found += [statement.object for statement in read]
        assert found == [thing("cluster", slug) for slug in ("one", "other", "one")]


@pytest.mark.parametrize(
    ("first", "second"), [("public", "platform"), ("platform", "group:x"), ("public", "group:x")]
)
def test_one_thing_keeps_the_address_that_most_may_know(first: str, second: str) -> None:
    one, other = (ADDRESSES.thing("cluster", slug) for slug in ("young", "old"))
    with Knowledge.open() as knowledge:
        knowledge.commit(
            adding(
                row("list", "young", "cluster", audience=first, time=day(2)),
                row("inner", "old", "cluster", audience=second, time=day(1)),
                decisions.same(ADDRESSES, one, other, "ada", day(3), second),
            ),
            TEST,
        )
        view = knowledge.view(READER)
        assert [found.slug for found in view.things("cluster")] == ["young"]
        moved = view.redirect(other)
        assert moved is not None
        assert moved.slug == "young"
        assert knowledge.view().redirect(other) is None


def test_a_thing_is_known_as_widely_as_its_widest_row() -> None:
    with Knowledge.open() as knowledge:
        one, other = (ADDRESSES.thing("cluster", slug) for slug in ("both", "inner"))
        knowledge.commit(
            adding(
                row("list", "both", "cluster", time=day(3)),
                row("inner", "both", "cluster", audience="group:x", time=day(1)),
                row("inner", "inner", "cluster", audience="platform", time=day(0)),
                decisions.same(ADDRESSES, one, other, "ada", day(4), "platform"),
            ),
            TEST,
        )
        assert [found.slug for found in knowledge.view(READER).things("cluster")] == ["both"]


@pytest.mark.parametrize(
    "iri", ["https://example.org/c", ADDRESSES.thing("source", "list"), ADDRESSES.read_graph("x")]
)
def test_nothing_is_decided_about_what_is_no_thing(iri: str) -> None:
    key = ADDRESSES.row("list", "a")
    about = said("list", "a", [(RDF + "type", NamedNode(KINDS["cluster"].iri))])
    with Knowledge.open() as knowledge:
        knowledge.commit(adding(about), TEST)
        knowledge.commit(adding(decisions.row_is(ADDRESSES, key, iri, "ada", day(0))), TEST)
        assert knowledge.things_of_rows("list") == {}
        assert list(knowledge.view().triples()) == []
        kept = set(knowledge.dump())
        knowledge.rebuild()
        assert set(knowledge.dump()) == kept


def test_a_word_speaks_of_nothing() -> None:
    word = NamedNode(ADDRESSES.term("list", "cluster", "vdi"))
    graph = NamedNode(ADDRESSES.source_graph("list", "public"))
    about = Quad(word, NamedNode(RDFS + "label"), Literal("VDI"), graph)
    with Knowledge.open() as knowledge:
        knowledge.commit(adding([about], means("vdi", "public", day(0))), TEST)
        assert list(knowledge.view().triples()) == []


def test_nothing_moved_to_where_nothing_is_read() -> None:
    one, other = (row("list", slug, "cluster", slug, time=day(0)) for slug in "ab")
    merged = decisions.same(
        ADDRESSES, ADDRESSES.thing("cluster", "a"), ADDRESSES.thing("cluster", "b"), "ada", day(1)
    )
    with Knowledge.open() as knowledge:
        knowledge.commit(adding(one, other, merged), TEST)
        address = ADDRESSES.thing("cluster", "b")
        found = knowledge.view().redirect(address)
        assert found is not None
        rows = [quad for quads in knowledge.rows("list").values() for quad in quads]
        knowledge.commit(removing(rows), TEST)
        assert knowledge.view().redirect(address) is None


def test_what_one_room_says_and_another_concludes_is_one_statement() -> None:
    viewer = Viewer("ada", frozenset({"group:x", "group:y"}))
    acme, optence = thing("organisation", "acme"), thing("cluster", "optence")
    with Knowledge.open() as knowledge:
        knowledge.commit(
            adding(
                row("list", "acme", "organisation"),
                row("list", "optence", "cluster"),
                said("x", "1", [(CR + "memberOf", optence)], "group:x"),
                said("y", "1", [(CR + "hasMember", acme)], "group:y"),
                decisions.row_is(ADDRESSES, ADDRESSES.row("x", "1"), acme.value, "ada", day(0)),
                decisions.row_is(ADDRESSES, ADDRESSES.row("y", "1"), optence.value, "ada", day(0)),
            ),
            TEST,
        )
        found = list(knowledge.view(viewer).statements(optence.value, CR + "hasMember"))
        assert [(one.object, one.inferred) for one in found] == [(acme, False)]


def test_it_does_not_matter_which_of_two_things_is_named_first() -> None:
    one, other = (ADDRESSES.thing("cluster", slug) for slug in "ab")
    first = decisions.same(ADDRESSES, one, other, "ada", day(0))
    assert first == decisions.same(ADDRESSES, other, one, "ada", day(0))
