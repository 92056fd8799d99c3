"""Which networks somebody belongs to: what memberships open, and who may say so.

A network is a cluster or one of its sections; its audience is ``network:<kind>/<slug>``. A
membership opens it only where a list says so whose owner may let people in: the operator, or
that very cluster. What members say by hand (the source ``edits``) opens nothing, or else
everybody could let themselves in. A unit's members also belong to what it is a unit of.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode

from graph.audience import PLATFORM, PUBLIC
from graph.decisions import ROW_IS_THING
from graph.knowledge import Knowledge
from graph.knowledge.reading import Reading, ever_one, on_demand
from graph.source_names import EDITS, owner_of
from graph.store import graph_of, object_of
from ontology import CR

_MEMBER_OF: Final = NamedNode(CR + "memberOf")
_UNIT_OF: Final = NamedNode(CR + "unitOf")


def networks_of(knowledge: Knowledge, organisations: Iterable[str]) -> frozenset[str]:
    """The audiences of the networks that those who act for some organisations belong to.

    A closed list of the network counts, too: whoever it lets in may read it from then on.

    Args:
        knowledge: what is known.
        organisations: canonical IRIs, as somebody who may read them reads them.

    Returns:
        ``network:<kind>/<slug>`` of clusters, of units, and of what units belong to.
    """
    return frozenset().union(*networks_of_each(knowledge, organisations).values())


def networks_of_each(
    knowledge: Knowledge, organisations: Iterable[str]
) -> dict[str, frozenset[str]]:
    """The same for each of several organisations, by its IRI: faster than one after the other."""
    looking = _Memberships(knowledge)
    parse = knowledge.addresses.parse
    found: dict[str, frozenset[str]] = {}
    for organisation in organisations:
        networks: set[str] = set()
        if looking.wholes(organisation):
            networks |= looking.with_wholes(organisation)
        for group in looking.groups(organisation):
            networks |= looking.with_wholes(group)
        places = (place for iri in networks if (place := parse(iri)))
        found[organisation] = frozenset(f"network:{kind}/{slug}" for kind, slug in places)
    return found


class _Memberships:
    """What lists say about who is in what, of which only some may open it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._addresses = knowledge.addresses
        self._reading: Reading = on_demand(knowledge.store, knowledge.addresses)
        self._owners: dict[str, str] = {}
        self._wholes: dict[str, frozenset[str]] = {}

    def groups(self, member: str) -> set[str]:
        """The clusters and units that somebody is a member of."""
        return {
            group
            for group, owner, audience in self._said(member, _MEMBER_OF)
            if self._may_open(owner, audience, self.with_wholes(group))
        }

    def wholes(self, unit: str) -> frozenset[str]:
        """What a unit belongs to directly; empty for what is no unit."""
        found = self._wholes.get(unit)
        if found is None:
            self._wholes[unit] = frozenset()
            found = self._wholes[unit] = frozenset(
                whole
                for whole, owner, audience in self._said(unit, _UNIT_OF)
                if whole != unit and self._may_open(owner, audience, self.with_wholes(whole))
            )
        return found

    def with_wholes(self, group: str) -> set[str]:
        """A cluster or unit, and all that it belongs to, near or far."""
        found, waiting = {group}, [group]
        while waiting:
            new = self.wholes(waiting.pop()) - found
            found |= new
            waiting += new
        return found

    def _may_open(self, owner: str, audience: str, groups: Iterable[str]) -> bool:
        """Whether a list of this owner, read by this audience, may say who is in these."""
        places = map(self._addresses.parse, groups)
        names = {"/".join(place) for place in places if place}
        heard = audience in {PUBLIC, PLATFORM, *(f"network:{name}" for name in names)}
        return heard and (not owner or owner in names)

    def _said(self, thing: str, predicate: NamedNode) -> Iterator[tuple[str, str, str]]:
        """(object, owner, audience) of all that lists say about a thing with a property.

        Which value wins does not matter here: a list goes on letting somebody in who says
        something else by hand.
        """
        for node in self._spoken_of(thing):
            for quad in self._knowledge.store.match(node, predicate, None):
                place = self._reading.place(graph_of(quad))
                if place is None or place[0] == EDITS:
                    continue
                resolver = self._reading.resolver(place[1])
                meant = resolver.resolve(object_of(quad))
                about = resolver.subject(node)
                if isinstance(meant, NamedNode) and about == NamedNode(resolver.canonical(thing)):
                    yield meant.value, self._owner(place[0]), place[1]

    def _spoken_of(self, thing: str) -> set[NamedNode]:
        """The rows and things that any audience takes to be one with a thing."""
        decided = self._reading.decided
        things = ever_one((thing,), decided)
        rows = {
            row
            for one in things
            for decision in decided.about(one)
            if decision.name == ROW_IS_THING
            for row in decision.rows
        }
        return {NamedNode(iri) for iri in things | rows}

    def _owner(self, source: str) -> str:
        found = self._owners.get(source)
        if found is None:
            said = self._knowledge.source(source).owner
            found = self._owners[source] = owner_of(source, said)
        return found
