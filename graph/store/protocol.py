"""What a store can do, whatever engine is behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from graph.store.terms import NodeTerm

Answer = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True)
class Difference:
    """Quads to take out and to put in, both normal and without a common member.

    >>> bool(Difference()), len(Difference())
    (False, 0)
    """

    remove: frozenset[Quad] = frozenset()
    add: frozenset[Quad] = frozenset()

    def __len__(self) -> int:
        return len(self.remove) + len(self.add)

    def inverse(self) -> "Difference":
        """What takes this difference back."""
        return Difference(remove=self.add, add=self.remove)

    def __or__(self, other: "Difference") -> "Difference":
        """Both differences, which must lie in different graphs."""
        return Difference(self.remove | other.remove, self.add | other.add)


class Store(Protocol):
    """A set of quads in named graphs.

    Reading is safe from many threads. Writing is not: some engines lose concurrent updates
    without a word, so one writer at a time is the caller's duty.
    """

    def query(
        self,
        sparql: str,
        *,
        graphs: Sequence[str] = (),
        bindings: Mapping[str, NodeTerm] | None = None,
    ) -> Answer:
        """The answer to a query of our own over the union of some graphs.

        Args:
            sparql: SPARQL 1.1; the prefixes of :data:`ontology.PREFIXES` are known.
            graphs: they make up the default graph, and only they can be named;
                none: every graph can be named and the default graph is empty.
            bindings: variable (without ``?``) to its value; SELECT must give each of them back.
        """

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        obj: NodeTerm | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit; None fits anything."""

    def __contains__(self, quad: Quad) -> bool: ...

    def apply(self, difference: Difference) -> None:
        """Take quads out and put others in; at once where the difference is small.

        A large difference is applied in several steps, of which a crash leaves the first
        ones: applying the same difference again then completes it.

        Raises:
            OSError: the disk is full or broken.
        """

    def load(self, quads: Iterable[Quad]) -> None:
        """Put many quads in, as fast as the engine can."""

    def count(self, graph: NamedNode | None = None) -> int:
        """How many quads there are, in all or in one graph."""

    def graphs(self) -> list[str]:
        """The IRIs of all graphs that are not empty, sorted."""

    def dump(self, graphs: Iterable[str] | None = None) -> Iterator[Quad]:
        """All quads, or those of some graphs."""

    def checkpoint(self, target: Path) -> None:
        """A copy of this moment in a new folder, which other processes open for reading."""

    def begun_anew(self, quads: Iterable[Quad], folder: Path | None) -> "Store":
        """A store of the same make that holds these quads and never held any other.

        Engines keep what was deleted in their files for long; a new one does not have it.

        Args:
            quads: what it holds.
            folder: where it lies, where this one lies on disk.

        Raises:
            OSError: the disk is full or broken.
        """

    def become(self, other: "Store") -> None:
        """Go on as another store, which :meth:`begun_anew` made; reads under way end in the old."""

    def flush(self) -> None:
        """What was written until now survives a power failure."""

    def close(self) -> None:
        """Let go of files; a closed store is not used again."""
