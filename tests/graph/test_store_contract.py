"""What every store does, whatever engine is behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions
from pyoxigraph import Store as Engine

from graph import KnowledgeError
from graph.store import Difference, EmbeddedStore, Store, normal, open_store
from ontology import XSD

A, B, P = (NamedNode(f"https://example.org/{name}") for name in ("a", "b", "p"))
G, H = (NamedNode(f"https://example.org/graph/{name}") for name in ("g", "h"))


def quad(value: str, graph: NamedNode = G) -> Quad:
    return Quad(A, P, Literal(value), graph)


def adding(*quads: Quad) -> Difference:
    return Difference(add=frozenset(quads))


@pytest.fixture(params=["memory", "disk", "disk in steps"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        opened: Store = open_store("memory:")
    elif request.param == "disk":
        opened = open_store(str(tmp_path / "store"))
    else:
        opened = EmbeddedStore(tmp_path / "store", at_once=2)
    yield opened
    opened.close()


def test_a_difference_takes_out_and_puts_in(store: Store) -> None:
    store.apply(adding(quad("1"), quad("2"), quad("3", H)))
    store.apply(Difference(remove=frozenset({quad("1")}), add=frozenset({quad("4")})))
    assert set(store.dump()) == {quad("2"), quad("3", H), quad("4")}


def test_applying_a_difference_twice_is_applying_it_once(store: Store) -> None:
    store.apply(adding(quad("1"), quad("2"), quad("3")))
    difference = Difference(
        remove=frozenset({quad("1"), quad("2"), quad("3")}),
        add=frozenset({quad("4"), quad("5"), quad("6")}),
    )
    store.apply(difference)
    once = set(store.dump())
    store.apply(difference)
    assert set(store.dump()) == once == set(difference.add)


def test_the_inverse_of_a_difference_takes_it_back(store: Store) -> None:
    store.apply(adding(quad("1"), quad("2"), quad("3")))
    difference = Difference(remove=frozenset({quad("1")}), add=frozenset({quad("4"), quad("5")}))
    store.apply(difference)
    store.apply(difference.inverse())
    assert set(store.dump()) == {quad("1"), quad("2"), quad("3")}


def test_match_fits_each_part_of_a_quad(store: Store) -> None:
    one, two, three = quad("1"), Quad(B, P, Literal("1"), G), Quad(A, P, B, H)
    store.apply(adding(one, two, three))
    assert set(store.match(A)) == {one, three}
    assert set(store.match(None, P, Literal("1"))) == {one, two}
    assert set(store.match(None, None, B)) == {three}
    assert set(store.match(None, None, None, G)) == {one, two}
    assert one in store
    assert quad("1", H) not in store


def test_awkward_texts_come_back_as_they_were(store: Store) -> None:
    texts = ['"', "\\", "a\nb\r\t", "ä€😀", "}", "'''", "\\u0041", ""]
    quads = {quad(text) for text in texts} | {Quad(A, P, Literal("Größe", language="de"), G)}
    store.apply(adding(*quads))
    assert set(store.dump()) == quads
    store.load(quads)
    assert set(store.dump()) == quads


def test_what_comes_back_is_normal(store: Store) -> None:
    types = {"decimal": "1.50", "integer": "007", "double": "1e3", "boolean": "1"}
    quads = {Quad(A, P, Literal(text, datatype=NamedNode(XSD + t)), G) for t, text in types.items()}
    store.load(quads)
    assert set(store.dump()) == normal(quads)
    assert normal(store.dump()) == set(store.dump())


def test_blank_nodes_and_the_default_graph_are_refused() -> None:
    with pytest.raises(TypeError, match="blank"):
        normal([Quad(BlankNode(), P, A, G)])
    with pytest.raises(TypeError, match="default graph"):
        normal([Quad(A, P, A, DefaultGraph())])


def test_graphs_and_counts_know_only_what_is_there(store: Store) -> None:
    store.load([quad("1"), quad("2"), quad("3", H)])
    assert store.graphs() == [G.value, H.value]
    assert (store.count(), store.count(G), store.count(H)) == (3, 2, 1)
    store.apply(Difference(remove=frozenset({quad("3", H)})))
    assert store.graphs() == [G.value]
    assert set(store.dump([G.value])) == {quad("1"), quad("2")}
    assert list(store.dump([H.value])) == []


def test_a_query_sees_the_graphs_it_is_given_and_no_other(store: Store) -> None:
    store.load([quad("1"), quad("2", H)])
    select = "SELECT ?v WHERE { ?s ?p ?v }"
    named = "SELECT ?v WHERE { GRAPH ?g { ?s ?p ?v } }"

    def values(sparql: str, *graphs: NamedNode) -> set[str]:
        answer = store.query(sparql, graphs=[graph.value for graph in graphs])
        assert isinstance(answer, QuerySolutions)
        return {solution["v"].value for solution in answer}

    assert values(select, G) == {"1"}
    assert values(select, G, H) == {"1", "2"}
    assert values(named, H) == {"2"}


def test_a_query_takes_values_without_gluing(store: Store) -> None:
    store.load([quad('"} #'), quad("2")])
    answer = store.query(
        "SELECT ?s ?v WHERE { ?s ?p ?v }", graphs=[G.value], bindings={"v": Literal('"} #')}
    )
    assert isinstance(answer, QuerySolutions)
    assert [solution["s"] for solution in answer] == [A]


def test_reading_goes_on_while_another_difference_comes(store: Store) -> None:
    store.load([quad(str(number)) for number in range(10)])
    reading = store.match(A)
    first = next(reading)
    store.apply(Difference(remove=frozenset(quad(str(number)) for number in range(10))))
    assert len({first, *reading}) == 10
    assert store.count() == 0


def test_a_checkpoint_stays_as_it_was(store: Store, tmp_path: Path) -> None:
    store.apply(adding(quad("1")))
    store.checkpoint(tmp_path / "copy")
    store.apply(adding(quad("2")))
    copy = Engine.read_only(str(tmp_path / "copy"))
    assert set(copy) == {quad("1")}


def test_what_is_on_disk_is_there_after_opening_again(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store"))
    store.apply(adding(quad("1")))
    store.flush()
    store.close()
    again = open_store(f"file:{tmp_path / 'store'}")
    assert set(again.dump()) == {quad("1")}
    again.close()


def test_an_address_of_an_unknown_form_is_explained() -> None:
    with pytest.raises(KnowledgeError) as caught:
        open_store("ftp://example.org/store")
    assert "ftp://example.org/store" in caught.value.text("en")
    assert "Ordner" in caught.value.text("de")
