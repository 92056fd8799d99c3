"""Who says what about a thing."""

from collections.abc import Sequence

from pyoxigraph import NamedNode

from graph.addresses import Addresses
from graph.knowledge.reading import on_demand
from graph.model import Origin, Statement
from graph.store import Store, graph_of, object_of


def origins(store: Store, addresses: Addresses, audiences: Sequence[str], iri: str) -> list[Origin]:
    """Who says each statement about a thing, to some audiences.

    A value that lost against another source's is left out: it is not read.
    """
    reading = on_demand(store, addresses)
    found: set[Origin] = set()
    for audience in audiences:
        for quad in reading.said(NamedNode(iri), audience, None):
            read = reading.read(quad)
            place = reading.place(graph_of(quad))
            if read is not None and place is not None:
                statement = Statement(iri, read.predicate.value, object_of(read))
                found.add(Origin(statement, place[0], audience))
    return sorted(found, key=str)
