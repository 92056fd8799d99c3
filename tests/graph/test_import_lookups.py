"""What an import looks up row by row and word by word is what reading everything would tell."""

from collections.abc import Iterable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from graph import Change, Knowledge, Viewer, load_go_cluster, readable
from graph.importing.called import ThingsThere
from graph.importing.earlier import Earlier
from graph.importing.naming import Names
from graph.importing.statements import link_properties
from graph.knowledge.reading import on_demand
from graph.store import graph_of, object_of
from ontology import KINDS, RDF, SKOS
from tests.graph.saying import ADDRESSES, TEST, thing
from tests.graph.test_knowledge_reading import (
    AUDIENCES,
    KEYS,
    PROPERTIES,
    SLUGS,
    SOURCES,
    VIEWERS,
    parts,
    small_world,
)


def known(*several: frozenset[Quad]) -> Knowledge:
    knowledge = Knowledge.open()
    knowledge.commit(Change(add=frozenset().union(*several)), TEST)
    return knowledge


def held(quads: Iterable[Quad], viewer: Viewer) -> frozenset[Quad]:
    """The source and decision quads that a viewer may read."""
    parsers = (ADDRESSES.parse_source_graph, ADDRESSES.parse_decision_graph)
    found = set()
    for quad in quads:
        place, decided = (parse(graph_of(quad).value) for parse in parsers)
        audience = place[1] if isinstance(place, tuple) else decided
        if audience in readable(viewer):
            found.add(quad)
    return frozenset(found)


@given(parts, parts, st.sampled_from(VIEWERS))
def test_rows_looked_up_are_the_rows_that_an_importer_may_read(
    one: frozenset[Quad], other: frozenset[Quad], viewer: Viewer
) -> None:
    knowledge = known(small_world(), one, other)
    reading = on_demand(knowledge.store, ADDRESSES)
    only = known(held(knowledge.dump(), viewer))
    for source, audience in product(SOURCES, readable(viewer)):
        rows = only.rows(source)
        read = on_demand(only.store, ADDRESSES).resolver(audience)
        things = {key: read.resolve(NamedNode(ADDRESSES.row(source, key))) for key in rows}
        earlier = Earlier(knowledge, reading, source, audience, readable(viewer))
        for key in (*KEYS, "nobody"):
            found = things.get(key)
            assert earlier.row(key) == frozenset(rows.get(key, ()))
            assert earlier.thing(key) == (found.value if found else "")
            assert (key in earlier) == (key in rows)
        assert earlier.all() == {key: frozenset(quads) for key, quads in rows.items()}
        for node in (thing("cluster", slug) for slug in SLUGS):
            assert earlier.speaks_of(node.value) == (node in things.values())


@given(parts, parts, st.sampled_from(VIEWERS))
def test_names_looked_up_are_names_on_cards(
    one: frozenset[Quad], other: frozenset[Quad], viewer: Viewer
) -> None:
    knowledge = known(small_world(), one, other)
    view = knowledge.view(viewer)
    there = ThingsThere(knowledge, view)
    found = {iri: set(names) for iri, _, names in there.called("cluster")}
    assert found == {card.iri: set(card.labels.values()) for card in view.things("cluster")}
    for slug in SLUGS:
        card = view.find("cluster", slug)
        assert there.thing("cluster", slug) == (card.iri if card else "")


@given(parts, parts)
def test_words_that_nobody_explains(one: frozenset[Quad], other: frozenset[Quad]) -> None:
    knowledge = known(small_world(), one, other)
    reading = on_demand(knowledge.store, ADDRESSES)
    unexplained = {
        (place[1], word.value)
        for graph in knowledge.store.graphs()
        if (place := ADDRESSES.parse_source_graph(graph))
        for quad in knowledge.dump([graph])
        if isinstance(word := object_of(quad), NamedNode)
        and ADDRESSES.parse_term(word.value)
        and reading.resolver(place[1]).resolve(word) is None
    }
    words = sorted({word for _, word in unexplained})
    assert knowledge.unresolved() == words
    properties = (*PROPERTIES, RDF + "type")
    assert knowledge.unresolved(properties) == words
    for audience in AUDIENCES:
        found = sorted({word for heard_by, word in unexplained if heard_by == audience})
        assert knowledge.unresolved(properties, audience) == found


def test_all_words_of_the_go_cluster_lists_are_found_by_the_properties_of_words() -> None:
    knowledge = Knowledge.open()
    load_go_cluster(knowledge)
    decided = {quad for quad in knowledge.dump() if "/decisions/" in str(quad.graph_name)}
    meant = {
        quad.subject for quad in decided if object_of(quad).value.endswith("clusterradar#TermMeans")
    }
    removed = frozenset(quad for quad in decided if quad.subject in meant)
    knowledge.commit(Change(remove=removed), TEST)
    open_words = knowledge.unresolved()
    assert len(open_words) == len(meant)
    assert knowledge.unresolved(link_properties()) == open_words


def test_a_name_is_found_by_every_spelling_whenever_it_is_read() -> None:
    """Lookups by slug read nothing, by name all names of a kind, by another spelling fold them."""
    knowledge = Knowledge.open()
    load_go_cluster(knowledge)
    view = knowledge.view()
    others: dict[str, list[str]] = {}
    for said in view.statements(predicate=SKOS + "altLabel"):
        others.setdefault(said.subject, []).append(said.object.value)
    listed = Names()
    for card in view.things():
        called = [*card.labels.values(), *others.get(card.iri, ())]
        listed.add(card.iri, card.kind, card.slug, called)
    words = [word for card in view.things() for word in (card.slug, *card.labels.values())]
    words += [word for several in others.values() for word in several]
    words += [word.upper() for word in words] + [f"{word} GmbH" for word in words] + ["nobody"]
    looked_up = Names(ThingsThere(knowledge, view))
    kinds = tuple(KINDS)
    for word in words:
        assert looked_up.look_up(word, kinds) == listed.look_up(word, kinds)
        for kind in ("cluster", "organisation"):
            assert set(looked_up.namesakes(word, kind)) == set(listed.namesakes(word, kind))
