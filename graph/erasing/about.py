"""Everything that is known about a thing: what is said of it, who points at it, what was decided.

This is what a person is told who asks what is known about them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from graph.addresses import Addresses
from graph.audience import Viewer, readable
from graph.decisions import Decision
from graph.knowledge.reading import Reading, ever_one, on_demand
from graph.model import Origin, Statement
from graph.store import graph_of, object_of

if TYPE_CHECKING:
    from graph.knowledge import Knowledge


@dataclass(frozen=True)
class KnownAbout:
    """What is known about a thing.

    Attributes:
        thing: its canonical IRI.
        said: who says what of it.
        pointing: who says of something else that it has to do with the thing.
        decisions: what was decided about it: which rows speak of it, which words mean it.
        rows: (source, key) of the rows that speak of it.
    """

    thing: str
    said: tuple[Origin, ...]
    pointing: tuple[Origin, ...]
    decisions: tuple[Decision, ...]
    rows: tuple[tuple[str, str], ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of all sources that speak of it or point at it."""
        return tuple(sorted({origin.source for origin in (*self.said, *self.pointing)}))


def known_about(knowledge: "Knowledge", iri: str, viewer: Viewer | None) -> KnownAbout:
    """Everything about a thing.

    Args:
        knowledge: where to look.
        iri: its canonical IRI.
        viewer: who asks, and is told what they may read; None: everything, for who answers for
            the data.
    """
    reading = on_demand(knowledge.store, knowledge.addresses)
    audiences = _audiences(knowledge) if viewer is None else readable(viewer)
    decisions = {
        decision
        for member in ever_one({iri}, reading.decided)
        for decision in reading.decided.about(member)
        if decision.audience in audiences
        and any(_means(one, iri, decision.audience, reading) for one in decision.things)
    }
    parse = knowledge.addresses.parse_row
    rows = {row for decision in decisions for one in decision.rows if (row := parse(one))}
    return KnownAbout(
        thing=iri,
        said=_sorted(
            Origin(Statement(iri, quad.predicate.value, object_of(read)), place[0], audience)
            for audience in audiences
            for quad in reading.said(NamedNode(iri), audience, None)
            if (place := reading.place(graph_of(quad))) and (read := reading.read(quad))
        ),
        pointing=_sorted(_pointing(iri, decisions, audiences, reading)),
        decisions=tuple(sorted(decisions, key=lambda one: (one.created, one.iri))),
        rows=tuple(sorted(rows)),
    )


def _pointing(
    iri: str, decisions: set[Decision], audiences: tuple[str, ...], reading: Reading
) -> Iterator[Origin]:
    """What sources say of something else, with the thing as the value."""
    nodes = {iri, *(one for decision in decisions for one in decision.joined)}
    for node in nodes:
        for quad in reading.quads.match(None, None, NamedNode(node)):
            place = reading.place(graph_of(quad))
            read = reading.read(quad) if place and place[1] in audiences else None
            if place and read is not None and object_of(read).value == iri:
                subject = read.subject
                assert isinstance(subject, NamedNode)
                statement = Statement(subject.value, read.predicate.value, NamedNode(iri))
                yield Origin(statement, place[0], place[1])


def _means(member: str, iri: str, audience: str, reading: Reading) -> bool:
    return reading.resolver(audience).canonical(member) == iri


def _audiences(knowledge: "Knowledge") -> tuple[str, ...]:
    addresses: Addresses = knowledge.addresses
    places = filter(None, map(addresses.parse_source_graph, knowledge.store.graphs()))
    return tuple(sorted({audience for _, audience in places}))


def _sorted(origins: Iterator[Origin]) -> tuple[Origin, ...]:
    return tuple(sorted(set(origins), key=str))
