"""What follows, while it is being revised after a change."""

from collections.abc import Collection, Iterator, Mapping

from pyoxigraph import NamedNode, Triple

from graph.inference.horn import Horn
from graph.inference.statements import Layers, Memory, NodeTerm, Statements


class Revision:
    """What is said now and what follows, as far as the revision has come.

    Args:
        horn: the rules.
        asserted: what is said, after the change.
        inferred: what followed before the change.
    """

    def __init__(self, horn: Horn, asserted: Statements, inferred: Statements) -> None:
        self._horn = horn
        self._asserted = asserted
        self._inferred = inferred
        self._gone: set[Triple] = set()
        self._new = Memory()

    def __contains__(self, triple: Triple) -> bool:
        return self._follows(triple) or triple in self._asserted

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: NodeTerm | None
    ) -> Iterator[Triple]:
        """Every statement that fits, said or following."""
        yield from self._asserted.match(subject, predicate, obj)
        for triple in self._inferred.match(subject, predicate, obj):
            if triple not in self._gone:
                yield triple
        yield from self._new.match(subject, predicate, obj)

    def add(self, triple: Triple) -> None:
        """Note that a statement follows."""
        if triple in self._inferred:
            self._gone.discard(triple)
        else:
            self._new.add(triple)

    def remove(self, removed: Collection[Triple]) -> None:
        """Take out what rested on statements that are not said any more.

        Whatever may rest on them goes; what has another derivation comes back.
        """
        before = Layers(self._asserted, self._inferred, top=Memory(removed))
        doubtful = set()
        agenda = list(removed)
        while agenda:
            triple = agenda.pop()
            for conclusion in (*self._horn.simple(triple), *self._horn.chained(triple, before)):
                if conclusion not in doubtful and conclusion in self._inferred:
                    doubtful.add(conclusion)
                    agenda.append(conclusion)
        self._gone |= doubtful
        # Also what was said itself may follow from what is left.
        self._restore(doubtful.union(removed))

    def _restore(self, doubtful: set[Triple]) -> None:
        back = [
            triple
            for triple in doubtful
            if triple not in self and self._horn.derivable(triple, self)
        ]
        for triple in back:
            self.add(triple)
        self._horn.spread(back, self)

    def extend(self, added: Collection[Triple]) -> None:
        """Draw what follows from statements that are said newly."""
        self._gone.update(triple for triple in added if triple in self._inferred)
        self._horn.spread(added, self)

    def decide(self, verdicts: Mapping[Triple, bool]) -> None:
        """Apply what the named rules say now about the things that they looked at again.

        Args:
            verdicts: statements of class, each with whether its rule holds.
        """
        dropped = {head for head, holds in verdicts.items() if not holds and self._follows(head)}
        above = {
            triple
            for head in dropped
            for triple in self._horn.simple(head)
            if self._follows(triple)
        }
        for triple in dropped | above:
            self._drop(triple)
        self._restore(above)
        gained = [triple for triple, holds in verdicts.items() if holds and triple not in self]
        for triple in gained:
            self.add(triple)
        self._horn.spread(gained, self)

    def _follows(self, triple: Triple) -> bool:
        return triple in self._new or (triple in self._inferred and triple not in self._gone)

    def _drop(self, triple: Triple) -> None:
        if triple in self._inferred:
            self._gone.add(triple)
        self._new.discard(triple)

    def changed(self) -> set[Triple]:
        """What follows newly or no longer, up to here."""
        return self._new.triples | self._gone

    def result(self) -> tuple[set[Triple], set[Triple]]:
        """(what follows newly, what follows no longer)."""
        return set(self._new.triples), set(self._gone)
