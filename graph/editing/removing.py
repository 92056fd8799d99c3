"""Taking away what was written by hand about a thing, and with it things that only hands made."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pyoxigraph import NamedNode, Quad

from graph.audience import Viewer, readable
from graph.decisions import VALUE_WINS
from graph.editing.editing import Pen
from graph.editing.messages import no_such_thing, nothing_by_hand
from graph.knowledge import Batch, Knowledge
from graph.knowledge.reading import Reading, ever_one, on_demand
from graph.source_names import EDITS
from graph.store import graph_of
from ontology import RDF

_TYPE: Final = NamedNode(RDF + "type")


def remove(
    knowledge: Knowledge, thing: str, *, account: str, viewer: Viewer, now: datetime
) -> Batch:
    """Take away all that was written by hand about a thing, in one commit.

    A thing that stands in no list is gone after that, and so is what was written by hand that
    points at it. What was written to audiences that the viewer does not belong to stays.

    Args:
        knowledge: what is known.
        thing: its canonical IRI.
        account: who decides.
        viewer: the same, as a reader.
        now: when, with a time zone.

    Raises:
        KnowledgeError: there is no such thing for the viewer, or nothing was written by hand.
    """
    with knowledge.alone():
        if knowledge.view(viewer).thing(thing) is None:
            raise no_such_thing()
        reading = on_demand(knowledge.store, knowledge.addresses)
        pen = Pen(knowledge, thing, account, viewer, now)
        in_lists = False
        for audience in readable(viewer):
            node = NamedNode(reading.resolver(audience).canonical(thing))
            for quad in reading.said(node, audience, None):
                place = reading.place(graph_of(quad))
                if place and place[0] == EDITS:
                    pen.remove.add(quad)
                elif quad.predicate == _TYPE:
                    in_lists = True
            pen.remove |= set(_decided(knowledge, reading, thing, audience))
            if not in_lists:
                pen.remove |= set(_pointing(knowledge, node, audience))
        batch = pen.commit("remove")
        if batch is None:
            raise nothing_by_hand()
        return batch


def _decided(knowledge: Knowledge, reading: Reading, thing: str, audience: str) -> Iterator[Quad]:
    """That what was written by hand counts alone."""
    graph = NamedNode(knowledge.addresses.decision_graph(audience))
    for member in ever_one((thing,), reading.decided):
        for decision in reading.decided.about(member):
            if (
                decision.name == VALUE_WINS
                and decision.audience == audience
                and EDITS in decision.sources
            ):
                yield from knowledge.store.match(NamedNode(decision.iri), None, None, graph)


def _pointing(knowledge: Knowledge, node: NamedNode, audience: str) -> Iterator[Quad]:
    graph = NamedNode(knowledge.addresses.source_graph(EDITS, audience))
    return knowledge.store.match(None, None, node, graph)
