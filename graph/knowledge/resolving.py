"""What a row, a word or a thing is, for one audience: pure functions of the decisions.

A decision acts on statements of its own audience and of narrower ones: ``public`` on all,
``platform`` on all but public ones, a closed audience on its own. So nothing that an
audience reads depends on what it may not know. Where decisions contradict each other, the
widest audience holds, then the newest decision, then the smaller IRI.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.addresses import Addresses
from graph.audience import PLATFORM, PUBLIC, Viewer, readable
from graph.decisions import ROW_IS_THING, SAME_THING, TERM_MEANS, VALUE_WINS, Decision
from graph.knowledge.decided import Decided
from graph.store import NodeTerm


def width(audience: str) -> int:
    """0 for public, 1 for platform, 2 for every closed audience."""
    return {PUBLIC: 0, PLATFORM: 1}.get(audience, 2)


def context(audience: str) -> tuple[str, ...]:
    """The audiences whose statements and decisions one audience may know, widest first.

    >>> context("public"), context("group:optics")
    (('public',), ('public', 'platform', 'group:optics'))
    """
    return (*(PUBLIC, PLATFORM)[: width(audience)], audience)


def shared(viewer: Viewer, audience: str) -> tuple[str, ...]:
    """The audiences that a viewer and everybody of one audience may read, widest first.

    >>> shared(Viewer("ada", frozenset({"group:optics", "group:x"})), "group:optics")
    ('public', 'platform', 'group:optics')
    """
    known = context(audience)
    return tuple(one for one in readable(viewer) if one in known)


class Resolver:
    """Resolves terms for one audience, remembering what it found.

    Args:
        decided: the decisions.
        addresses: of the data folder.
        audience: whose reading it is.
    """

    def __init__(self, decided: Decided, addresses: Addresses, audience: str) -> None:
        self.audience = audience
        self._decided = decided
        self._addresses = addresses
        self._context = frozenset(context(audience))
        self._canonical: dict[str, str] = {}
        self._resolved: dict[NodeTerm, NodeTerm | None] = {}
        self._winners: dict[str, dict[str, str]] = {}
        base = addresses.base
        self._things, self._rows = base + "id/", base + "row/"
        self._terms, self._sources = base + "term/", base + "source/"

    def resolve(self, term: NodeTerm) -> NodeTerm | None:
        """What a subject or object is read as; None where no decision explains it."""
        if isinstance(term, Literal):
            return term
        try:
            return self._resolved[term]
        except KeyError:
            found = self._resolved[term] = self._resolve(term)
            return found

    def subject(self, term: NamedNode) -> NamedNode | None:
        """What a source speaks of; None where it is unknown, or a word: words only point."""
        if term.value.startswith(self._terms):
            return None
        found = self.resolve(term)
        return found if isinstance(found, NamedNode) else None

    def _resolve(self, term: NamedNode) -> NamedNode | None:
        iri = term.value
        if not iri.startswith(self._addresses.base):
            return term
        if iri.startswith(self._things):
            return NamedNode(self.canonical(iri))
        if iri.startswith(self._rows):
            return self._decided_thing(iri, ROW_IS_THING)
        if iri.startswith(self._terms):
            return self._decided_thing(iri, TERM_MEANS)
        source = self._addresses.parse_source(iri) if iri.startswith(self._sources) else None
        return NamedNode(self._addresses.thing("source", source)) if source else term

    def _decided_thing(self, iri: str, name: str) -> NamedNode | None:
        holding = _holding(d for d in self.about(iri) if d.name == name and d.things)
        return NamedNode(self.canonical(holding.things[0])) if holding else None

    def about(self, iri: str) -> list[Decision]:
        """The decisions about something that this audience may know."""
        return [d for d in self._decided.about(iri) if d.audience in self._context]

    def canonical(self, thing: str) -> str:
        """The IRI that stands for a thing: the oldest of its class, widest audience first."""
        found = self._canonical.get(thing)
        if found is None:
            members = self.members(thing)
            found = thing if len(members) == 1 else min(members, key=self._age)
            self._canonical.update(dict.fromkeys(members, found))
        return found

    def members(self, thing: str) -> set[str]:
        """All things that are one with a thing, itself included."""
        members, waiting = {thing}, [thing]
        while waiting:
            for decision in self.about(waiting.pop()):
                if decision.name == SAME_THING:
                    new = set(decision.things) - members
                    members |= new
                    waiting += new
        return members

    def _age(self, thing: str) -> tuple[int, str, str]:
        """Sorts the members of a class; a thing that no decision names comes last."""
        named = [(width(d.audience), d.created) for d in self.about(thing) if d.names_a_thing]
        return (*min(named, default=(3, "")), thing)

    def rows(self, thing: str) -> set[str]:
        """The rows that are read as a canonical thing."""
        return {
            row
            for member in self.members(thing)
            for decision in self.about(member)
            if decision.name == ROW_IS_THING
            for row in decision.rows
            if self.resolve(NamedNode(row)) == NamedNode(thing)
        }

    def winner(self, thing: str, property_: str) -> str | None:
        """The only source that counts for a property of a canonical thing; None: all count."""
        return self.winners(thing).get(property_)

    def winners(self, thing: str) -> dict[str, str]:
        """The properties of a canonical thing of which one source counts alone, and that source."""
        found = self._winners.get(thing)
        if found is None:
            found = self._winners[thing] = self._read_winners(thing)
        return found

    def _read_winners(self, thing: str) -> dict[str, str]:
        by_property: dict[str, list[Decision]] = {}
        for member in self.members(thing):
            for decision in self.about(member):
                if decision.name == VALUE_WINS and decision.properties and decision.sources:
                    by_property.setdefault(decision.properties[0], []).append(decision)
        return {
            name: holding.sources[0]
            for name, several in by_property.items()
            if (holding := _holding(several)) is not None
        }


def _holding(several: Iterable[Decision]) -> Decision | None:
    """The decision that holds: of the widest audience the newest."""
    ordered = sorted(several, key=lambda d: d.iri)
    ordered.sort(key=lambda d: d.renewed, reverse=True)
    return min(ordered, key=lambda d: width(d.audience), default=None)
