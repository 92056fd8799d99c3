"""Reading graphs: what sources say, with rows, words and merged things replaced.

A reading graph is a pure function of the source graphs and the decisions. Its smallest
independent part is a :class:`Group`: what one audience reads of one property of one
thing. :func:`from_scratch` works out all of them in one stream; :func:`affected` finds the
groups that a change can touch, and :func:`group_quads` works out one of them.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.decisions import SAME_THING, VALUE_WINS, Decision
from graph.knowledge.decided import Decided, DecisionsOnDemand
from graph.knowledge.resolving import Resolver
from graph.knowledge.state import Quads
from graph.store import graph_of, object_of, subject_of


class Group(NamedTuple):
    """One property of one thing (or outside address) in the reading graph of one audience."""

    subject: NamedNode
    predicate: NamedNode
    audience: str


class Reading:
    """How statements of the sources are read, given some quads and the decisions among them.

    Args:
        quads: where the source graphs lie.
        decided: the decisions.
        addresses: of the data folder.
    """

    def __init__(self, quads: Quads, decided: Decided, addresses: Addresses) -> None:
        self.quads = quads
        self.decided = decided
        self.addresses = addresses
        self._resolvers: dict[str, Resolver] = {}
        self._graphs: dict[NamedNode, tuple[str, str] | None] = {}
        self._read_graphs: dict[str, NamedNode] = {}

    def resolver(self, audience: str) -> Resolver:
        """How terms are read for one audience."""
        found = self._resolvers.get(audience)
        if found is None:
            found = Resolver(self.decided, self.addresses, audience)
            self._resolvers[audience] = found
        return found

    def place(self, graph: NamedNode) -> tuple[str, str] | None:
        """(source, audience) of a source graph; None for another graph."""
        if graph not in self._graphs:
            self._graphs[graph] = self.addresses.parse_source_graph(graph.value)
        return self._graphs[graph]

    def read(self, quad: Quad) -> Quad | None:
        """What a quad of a source is read as; None where it is left out."""
        place = self.place(graph_of(quad))
        if place is None:
            return None
        source, audience = place
        resolver = self.resolver(audience)
        subject = resolver.subject(subject_of(quad))
        if subject is None:
            return None
        if resolver.winner(subject.value, quad.predicate.value) not in (None, source):
            return None
        obj = resolver.resolve(object_of(quad))
        if obj is None:
            return None
        return Quad(subject, quad.predicate, obj, self.read_graph(audience))

    def read_graph(self, audience: str) -> NamedNode:
        """The reading graph of an audience."""
        found = self._read_graphs.get(audience)
        if found is None:
            found = self._read_graphs[audience] = NamedNode(self.addresses.read_graph(audience))
        return found

    def group(self, quad: Quad) -> Group | None:
        """The group that a quad of a source belongs to; None where its subject is unknown."""
        place = self.place(graph_of(quad))
        subject = self.resolver(place[1]).subject(subject_of(quad)) if place else None
        if place is None or subject is None:
            return None
        return Group(subject, quad.predicate, place[1])

    def spoken_of(self, thing: NamedNode, audience: str) -> Iterator[NamedNode]:
        """The subjects under which sources speak of a thing."""
        iri = thing.value
        resolver = self.resolver(audience)
        if resolver.resolve(thing) != thing:
            return
        for subject in (*resolver.members(iri), *resolver.rows(iri)):
            yield NamedNode(subject)
        found = self.addresses.parse(iri)
        if found and found[0] == "source":
            yield NamedNode(self.addresses.source(found[1]))

    def said(self, thing: NamedNode, audience: str, predicate: NamedNode | None) -> Iterator[Quad]:
        """The quads of sources that speak of a thing to exactly one audience."""
        for subject in self.spoken_of(thing, audience):
            for quad in self.quads.match(subject, predicate, None):
                place = self.place(graph_of(quad))
                if place is not None and place[1] == audience:
                    yield quad


def from_scratch(graphs: Iterable[tuple[NamedNode, Iterable[Quad]]], reading: Reading) -> set[Quad]:
    """Everything that all audiences read, from the quads of each source graph.

    The same as :meth:`Reading.read` of each quad, with what is the same for many worked out once.
    """
    found: set[Quad] = set()
    for graph, quads in graphs:
        place = reading.place(graph)
        if place is not None:
            found.update(_read_all(quads, place[0], reading.resolver(place[1]), reading))
    return found


def _read_all(
    quads: Iterable[Quad], source: str, resolver: Resolver, reading: Reading
) -> Iterator[Quad]:
    graph = reading.read_graph(resolver.audience)
    for quad in quads:
        subject = resolver.subject(subject_of(quad))
        obj = resolver.resolve(object_of(quad)) if subject is not None else None
        if subject is None or obj is None:
            continue
        winners = resolver.winners(subject.value)
        if not winners or winners.get(quad.predicate.value, source) == source:
            yield Quad(subject, quad.predicate, obj, graph)


def group_quads(group: Group, reading: Reading) -> set[Quad]:
    """What an audience reads of one property of one thing."""
    said = reading.said(group.subject, group.audience, group.predicate)
    return {read for quad in said if (read := reading.read(quad)) is not None}


def affected(changed: Iterable[Quad], before: Reading, after: Reading) -> set[Group]:
    """The groups whose reading a change of source and decision quads can touch.

    Args:
        changed: the quads that come or go.
        before: how statements are read without the change.
        after: how they are read with it.
    """
    addresses = before.addresses
    decisions: set[Quad] = set()
    touched: set[Quad] = set()
    for quad in changed:
        if addresses.parse_decision_graph(graph_of(quad).value) is None:
            touched.add(quad)
        else:
            decisions.add(quad)
    for reading in (before, after):
        touched.update(_touched(_changed_decisions(decisions, before, after), reading))
    return {
        group
        for quad in touched
        for reading in (before, after)
        if (group := reading.group(quad)) is not None
    }


def _changed_decisions(changed: set[Quad], before: Reading, after: Reading) -> list[Decision]:
    """The decisions that come, go or change, as they were and as they will be."""
    found = []
    for subject, graph in {(subject_of(quad), graph_of(quad)) for quad in changed}:
        audience = before.addresses.parse_decision_graph(graph.value) or ""
        for reading in (before, after):
            said = list(reading.quads.match(subject, None, None, graph))
            if said:
                found.append(Decision.read(subject.value, audience, said, before.addresses))
    return found


def _touched(decisions: Iterable[Decision], reading: Reading) -> Iterator[Quad]:
    """The quads of sources that decisions may make read otherwise."""
    moved: set[str] = set()
    for decision in decisions:
        if decision.name == VALUE_WINS:
            yield from _of_property(decision, reading)
            continue
        moved.update(decision.rows, decision.terms)
        members = ever_one(decision.things, reading.decided)
        if len(members) > 1 or decision.name == SAME_THING:
            # The canonical IRI of the class may change, so all that names a member is read anew.
            moved |= members
            for member in members:
                for other in reading.decided.about(member):
                    moved.update(other.rows, other.terms)
    for iri in moved:
        node = NamedNode(iri)
        for subject, obj in ((node, None), (None, node)):
            for quad in reading.quads.match(subject, None, obj):
                if reading.place(graph_of(quad)) is not None:
                    yield quad


def _of_property(decision: Decision, reading: Reading) -> Iterator[Quad]:
    for member in ever_one(decision.things, reading.decided):
        rows = [row for other in reading.decided.about(member) for row in other.rows]
        for subject in (member, *rows):
            for name in decision.properties:
                for quad in reading.quads.match(NamedNode(subject), NamedNode(name), None):
                    if reading.place(graph_of(quad)) is not None:
                        yield quad


def ever_one(things: Iterable[str], decided: Decided) -> set[str]:
    """The things and all that any audience takes to be one with them."""
    members, waiting = set(things), list(things)
    while waiting:
        for decision in decided.about(waiting.pop()):
            if decision.name == SAME_THING:
                new = set(decision.things) - members
                members |= new
                waiting += new
    return members


def on_demand(quads: Quads, addresses: Addresses) -> Reading:
    """A reading that looks up the decisions it needs."""
    return Reading(quads, DecisionsOnDemand(quads, addresses), addresses)
