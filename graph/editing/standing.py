"""What is said of one property of a thing to one audience: by lists, by hand, and as it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.decisions import VALUE_WINS, Decision
from graph.folding import fold
from graph.knowledge.reading import Group, Reading, ever_one, group_quads
from graph.knowledge.resolving import context
from graph.source_names import EDITS
from graph.store import NodeTerm, graph_of, object_of

NOTHING: Final = ""
"""The digest of nothing."""


@dataclass(frozen=True)
class Standing:
    """One property of a thing, as it stands for exactly one audience.

    Attributes:
        reading: how statements are read now.
        thing: IRI of the thing, canonical or not.
        predicate: IRI of the property.
        audience: whose statements count; those of wider audiences do not.
    """

    reading: Reading
    thing: str
    predicate: str
    audience: str

    @cached_property
    def canonical(self) -> NamedNode:
        """What the thing is for this audience."""
        return NamedNode(self.reading.resolver(self.audience).canonical(self.thing))

    @cached_property
    def _said(self) -> list[tuple[str, Quad]]:
        """(source, quad) of all that is said."""
        said = self.reading.said(self.canonical, self.audience, NamedNode(self.predicate))
        places = ((self.reading.place(graph_of(quad)), quad) for quad in said)
        return [(place[0], quad) for place, quad in places if place]

    @property
    def by_hand(self) -> frozenset[Quad]:
        """What members say."""
        return frozenset(quad for source, quad in self._said if source == EDITS)

    @property
    def by_lists(self) -> list[tuple[str, Quad]]:
        """(source, quad) of what all lists say, whether it counts or not."""
        return sorted(((s, quad) for s, quad in self._said if s != EDITS), key=str)

    @cached_property
    def read(self) -> frozenset[NodeTerm]:
        """The values that are read."""
        group = Group(self.canonical, NamedNode(self.predicate), self.audience)
        return frozenset(object_of(quad) for quad in group_quads(group, self.reading))

    def meant(self, terms: Iterable[NodeTerm]) -> frozenset[NodeTerm]:
        """What values are read as; words that nobody knows are left out."""
        resolve = self.reading.resolver(self.audience).resolve
        return frozenset(found for term in terms if (found := resolve(term)) is not None)

    def of_lists(self) -> frozenset[NodeTerm]:
        """The values of all lists, as they would be read."""
        return self.meant(object_of(quad) for _, quad in self.by_lists)

    @property
    def decided(self) -> list[Decision]:
        """The decisions in exactly this audience about which source counts for the property."""
        return [one for one in self._decisions() if one.audience == self.audience]

    def winner_in(self, audiences: Iterable[str]) -> bool:
        """Whether a decision in one of these audiences says which source counts."""
        wanted = set(audiences)
        return any(one.audience in wanted for one in self._decisions())

    def _decisions(self) -> list[Decision]:
        known = context(self.audience)
        found = {
            decision.iri + decision.audience: decision
            for member in ever_one((self.canonical.value,), self.reading.decided)
            for decision in self.reading.decided.about(member)
            if decision.name == VALUE_WINS
            and self.predicate in decision.properties
            and decision.audience in known
            and self.reading.resolver(self.audience).canonical(member) == self.canonical.value
        }
        return [found[key] for key in sorted(found)]

    @property
    def is_by_hand(self) -> bool:
        """Whether only what members say counts."""
        resolver = self.reading.resolver(self.audience)
        return resolver.winner(self.canonical.value, self.predicate) == EDITS

    @property
    def is_doubtful(self) -> bool:
        """Whether lists say something that they did not say when members wrote by hand.

        A list that falls silent, or comes to say the same, raises no doubt.
        """
        if not self.is_by_hand:
            return False
        then = next((one.digest for one in self.decided if EDITS in one.sources), NOTHING).split()
        by_hand = self.meant(object_of(quad) for quad in self.by_hand)
        new = (object_of(q) for _, q in self.by_lists if self._mark(object_of(q)) not in then)
        return not self.meant(new) <= by_hand

    @property
    def digest(self) -> str:
        """Marks of the values of all lists, whatever lists are called and words mean."""
        return " ".join(sorted({self._mark(object_of(quad)) for _, quad in self.by_lists}))

    def _mark(self, value: NodeTerm) -> str:
        return sha256(_word(self.reading.addresses, value).encode()).hexdigest()[:12]


def _word(addresses: Addresses, value: NodeTerm) -> str:
    """A value as a list wrote it."""
    if isinstance(value, Literal):
        return str(value)
    if term := addresses.parse_term(value.value):
        return f"word {fold(term[2])}"
    if row := addresses.parse_row(value.value):
        return f"row {row[1]}"
    return value.value
