"""Kept up to date is equal to built from scratch, and nobody reads what is hidden from them."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from graph import ANONYMOUS, Change, Knowledge, KnowledgeError, View, Viewer, decisions
from graph.decisions import narrowest
from graph.store import normal
from ontology import CR, KINDS, RDF, RDFS
from tests.graph.saying import ADDRESSES, TEST, day, thing

AUDIENCES = ("public", "platform", "group:a", "group:b")
SOURCES = ("one", "edits")
SLUGS = tuple("abcd")
KEYS = SLUGS[:2]
WORDS = ("x", "y")
PROPERTIES = (RDFS + "label", CR + "memberOf", CR + "partOf")

clusters = st.sampled_from([thing("cluster", slug) for slug in SLUGS])
# What no decision is made about, and what speaks of nothing: they may come from anywhere.
odd = st.sampled_from(
    [
        NamedNode("https://x.org/"),
        thing("source", "one"),
        NamedNode(ADDRESSES.source("one")),
        NamedNode(ADDRESSES.term("one", "cluster", "x")),
        NamedNode(ADDRESSES.read_graph("public")),
    ]
)
things = st.one_of(clusters, clusters, clusters, odd)
rows = st.builds(
    lambda source, key: NamedNode(ADDRESSES.row(source, key)),
    st.sampled_from(SOURCES),
    st.sampled_from(KEYS),
)
words = st.builds(
    lambda source, text: NamedNode(ADDRESSES.term(source, "cluster", text)),
    st.sampled_from(SOURCES),
    st.sampled_from(WORDS),
)
# Public half of the time, or hardly any decision would meet a statement it acts on.
audiences = st.one_of(st.just("public"), st.sampled_from(AUDIENCES))
days = st.integers(0, 3).map(day)
values: st.SearchStrategy[NamedNode | Literal] = st.one_of(
    st.sampled_from([Literal("1"), Literal("eins", language="de")]),
    things,
    rows,
    words,
)


@st.composite
def statements(draw: st.DrawFn) -> frozenset[Quad]:
    """A statement of a source about one of its rows, or about a thing itself."""
    source = draw(st.sampled_from(SOURCES))
    graph = NamedNode(ADDRESSES.source_graph(source, draw(audiences)))
    key = draw(st.sampled_from(KEYS))
    subject = draw(st.one_of(st.just(NamedNode(ADDRESSES.row(source, key))), things))
    if draw(st.booleans()):
        typed = Quad(subject, NamedNode(RDF + "type"), NamedNode(KINDS["cluster"].iri), graph)
        return frozenset({typed})
    predicate = NamedNode(draw(st.sampled_from(PROPERTIES)))
    return frozenset({Quad(subject, predicate, draw(values), graph)})


decided = st.one_of(
    st.builds(
        lambda row, one, time, audience: decisions.row_is(
            ADDRESSES, row.value, one.value, "rule:test", time, audience
        ),
        rows,
        things,
        days,
        audiences,
    ),
    st.builds(
        lambda word, one, time, audience: decisions.term_means(
            ADDRESSES, word.value, one.value, "rule:test", time, audience
        ),
        words,
        things,
        days,
        audiences,
    ),
    st.builds(
        lambda one, other, time, audience: decisions.same(
            ADDRESSES, one.value, other.value, "ada", time, audience
        ),
        things,
        things,
        days,
        audiences,
    ),
    st.builds(
        lambda one, name, source, time, audience: decisions.value_wins(
            ADDRESSES, one.value, name, source, "ada", time, audience
        ),
        things,
        st.sampled_from(PROPERTIES),
        st.sampled_from(SOURCES),
        days,
        audiences,
    ),
)
parts = st.lists(st.one_of(statements(), decided, decided), min_size=1, max_size=4).map(
    lambda several: frozenset(quad for part in several for quad in part)
)


def small_world() -> frozenset[Quad]:
    """Every row says something and points somewhere, and is decided, as every word is."""
    quads: set[Quad] = set()
    for place, source in enumerate(SOURCES):
        graph = NamedNode(ADDRESSES.source_graph(source, "public"))
        for number, key in enumerate(KEYS):
            subject = NamedNode(ADDRESSES.row(source, key))
            word = NamedNode(ADDRESSES.term(source, "cluster", WORDS[number]))
            other = NamedNode(ADDRESSES.row(source, KEYS[1 - number]))
            quads |= {
                Quad(subject, NamedNode(RDF + "type"), NamedNode(KINDS["cluster"].iri), graph),
                Quad(subject, NamedNode(RDFS + "label"), Literal(f"{source} {key}"), graph),
                Quad(subject, NamedNode(CR + "memberOf"), word, graph),
                Quad(subject, NamedNode(CR + "partOf"), other, graph),
            }
            one = ADDRESSES.thing("cluster", SLUGS[number + 2 * place])
            another = ADDRESSES.thing("cluster", SLUGS[3 - number])
            quads |= decisions.row_is(ADDRESSES, subject.value, one, "rule:test", day(1))
            quads |= decisions.term_means(ADDRESSES, word.value, another, "rule:test", day(1))
    return frozenset(quads)


@dataclass(frozen=True)
class Step:
    """A commit that adds some quads and takes some out of what is there, or an undo."""

    add: frozenset[Quad]
    remove_every: int = 0
    undo: bool = False


steps = st.lists(
    st.builds(
        Step,
        add=parts,
        remove_every=st.integers(0, 12),
        undo=st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=5,
).map(lambda several: [Step(small_world()), *several])


def own_quads(knowledge: Knowledge) -> list[Quad]:
    """The source and decision quads that are there, in an order of their own."""
    graphs = [
        graph
        for graph in knowledge.store.graphs()
        if ADDRESSES.parse_source_graph(graph) or ADDRESSES.parse_decision_graph(graph)
    ]
    return sorted(knowledge.dump(graphs), key=str)


def take(knowledge: Knowledge, step: Step) -> None:
    """Carry out a step; an undo that something stands on is left out."""
    if step.undo:
        with suppress(KnowledgeError):
            knowledge.undo(1 + step.remove_every % knowledge.generation)
        return
    there = own_quads(knowledge)
    gone = there[step.remove_every :: step.remove_every * 3] if step.remove_every else []
    knowledge.commit(Change(add=step.add, remove=frozenset(gone)), TEST)


def everything(knowledge: Knowledge) -> set[Quad]:
    return set(knowledge.dump())


@given(steps)
def test_kept_up_to_date_is_equal_to_built_from_scratch(several: Iterable[Step]) -> None:
    with Knowledge.open() as knowledge:
        for step in several:
            take(knowledge, step)
            kept = everything(knowledge)
            number = knowledge.generation
            knowledge.rebuild()
            assert everything(knowledge) == kept
            assert knowledge.generation == number


@given(steps)
def test_the_order_of_commits_does_not_matter(several: list[Step]) -> None:
    with Knowledge.open() as knowledge, Knowledge.open() as at_once:
        for step in several:
            take(knowledge, step)
        at_once.commit(Change(add=frozenset(own_quads(knowledge))), TEST)
        assert everything(at_once) == everything(knowledge)


@given(parts, parts)
def test_undo_brings_back_what_was(first: frozenset[Quad], second: frozenset[Quad]) -> None:
    with Knowledge.open() as knowledge:
        knowledge.commit(Change(add=first), TEST)
        before = everything(knowledge)
        gone = frozenset(list(first)[::2])
        batch = knowledge.commit(Change(add=second, remove=gone), TEST)
        after = everything(knowledge)
        undone = knowledge.undo(batch.number)
        assert everything(knowledge) == before
        knowledge.undo(undone.number)
        assert everything(knowledge) == after


def readable_to(audiences: tuple[str, ...], quads: Iterable[Quad]) -> frozenset[Quad]:
    """The quads that lie in graphs of some audiences."""
    found = []
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        place = ADDRESSES.parse_source_graph(quad.graph_name.value)
        audience = place[1] if place else ADDRESSES.parse_decision_graph(quad.graph_name.value)
        if audience in audiences:
            found.append(quad)
    return frozenset(found)


def all_that_is_told(view: View) -> tuple[object, ...]:
    """Everything that a view gives away."""
    asked = [thing("cluster", slug).value for slug in SLUGS]
    return (
        view.things(),
        view.counts(),
        [(found.labels, found.contexts) for found in view.things()],
        set(view.statements()),
        sorted(map(str, view.triples(inferred=False))),
        [view.thing(iri) for iri in asked],
        [view.redirect(iri) for iri in asked],
        [view.label(iri, "de") for iri in asked],
        [view.origins(iri) for iri in asked],
        view.graphs,
        {str(solution["s"]) for solution in view.query("SELECT ?s WHERE { ?s ?p ?o }")},  # type: ignore[union-attr]
    )


VIEWERS = (
    ANONYMOUS,
    Viewer("ada"),
    Viewer("bob", frozenset({"group:a"})),
    Viewer("eve", frozenset({"group:a", "group:b"})),
)


@given(steps, st.sampled_from(VIEWERS))
def test_nobody_reads_what_is_hidden_from_them(several: list[Step], viewer: Viewer) -> None:
    with Knowledge.open() as knowledge, Knowledge.open() as without:
        for step in several:
            take(knowledge, step)
        view = knowledge.view(viewer)
        without.commit(Change(add=readable_to(view.audiences, own_quads(knowledge))), TEST)
        assert all_that_is_told(view) == all_that_is_told(without.view(viewer))
        told = list(view.triples())
        assert len(told) == len(set(told)), "no statement twice"


@given(parts)
def test_a_second_commit_of_the_same_changes_nothing(quads: frozenset[Quad]) -> None:
    with Knowledge.open() as knowledge:
        first = knowledge.commit(Change(add=quads), TEST)
        assert first.added == len(normal(quads))
        second = knowledge.commit(Change(add=quads), TEST)
        assert (second.added, second.removed) == (0, 0)


@given(st.lists(audiences, min_size=1, max_size=3))
def test_a_decision_is_known_to_no_more_than_all_it_joins(joined: list[str]) -> None:
    closed = {audience for audience in joined if audience.startswith("group:")}
    if len(closed) > 1:
        return
    narrow = narrowest(joined)
    assert narrow in joined
    for viewer in VIEWERS:
        audiences = Knowledge.open().view(viewer).audiences
        assert (narrow in audiences) == all(one in audiences for one in joined)
