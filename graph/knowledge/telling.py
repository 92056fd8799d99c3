"""What a viewer is told of batches: only of what it may read, numbered as if that were all.

The number of a batch counts all commits, hidden ones too; so a viewer gets numbers of its own,
and names a batch by its id, which says nothing.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote

from pyoxigraph import NamedNode, Quad

from graph.audience import Viewer, readable
from graph.knowledge.model import About, Batch
from graph.store import Difference, graph_of


def audience_of(quad: Quad) -> str:
    """Who may read a quad of a source or a decision: the last part of its graph.

    >>> from pyoxigraph import NamedNode
    >>> node = NamedNode("x:n")
    >>> audience_of(Quad(node, node, node, NamedNode("https://c.example/source/list/group:optics")))
    'group:optics'
    """
    return _audience_in(graph_of(quad))


def _audience_in(graph: NamedNode) -> str:
    return unquote(graph.value.rpartition("/")[2])


def by_audience(own: Difference) -> dict[str, tuple[int, int]]:
    """How many quads of each audience a batch adds and removes."""
    found: dict[str, tuple[int, int]] = {}
    come, gone = (Counter(map(graph_of, quads)) for quads in (own.add, own.remove))
    for graph in come | gone:
        audience = _audience_in(graph)
        added, removed = found.get(audience, (0, 0))
        found[audience] = (added + come[graph], removed + gone[graph])
    return dict(sorted(found.items()))


def begun(number: int, own: Difference, about: About, undoes: int | None = None) -> Batch:
    """A new batch of now, named by chance."""
    return Batch(
        number=number,
        time=datetime.now(UTC),
        about=about,
        added=len(own.add),
        removed=len(own.remove),
        undoes=undoes,
        id=secrets.token_hex(8),
        audiences=by_audience(own),
    )


class Telling:
    """Tells one viewer of batches.

    Args:
        batches: all of them, oldest first, as :func:`~graph.knowledge.undoing.in_force` gives them.
        viewer: who is told; None: whoever runs the platform, who is told everything.
    """

    def __init__(self, batches: Sequence[Batch], viewer: Viewer | None = None) -> None:
        self._all = batches
        self._known = None if viewer is None else frozenset(readable(viewer))
        seen = [batch for batch in batches if self._knows(batch)]
        self._numbers = (
            {batch.number: batch.number for batch in batches}
            if self._known is None
            else {batch.number: place for place, batch in enumerate(seen, 1)}
        )

    def knows(self, audience: str) -> bool:
        """Whether the viewer may read an audience."""
        return self._known is None or audience in self._known

    def _knows(self, batch: Batch) -> bool:
        return self._known is None or any(map(self.knows, batch.audiences))

    def batches(self) -> list[Batch]:
        """What the viewer is told, newest first."""
        return [told for batch in reversed(self._all) if (told := self.told(batch))]

    def find(self, batch: int | str) -> Batch | None:
        """The batch of a number (for whoever is told everything) or of an id."""
        for one in self._all:
            named = one.number == batch if isinstance(batch, int) else one.id == batch
            if named and self._knows(one) and (self._known is None or isinstance(batch, str)):
                return one
        return None

    def told(self, batch: Batch) -> Batch | None:
        """What the viewer is told of a batch; None: nothing."""
        if self._known is None:
            return batch
        if not self._knows(batch):
            return None
        counts = {one: batch.audiences[one] for one in batch.audiences if one in self._known}
        numbers = self._numbers
        return replace(
            batch,
            number=numbers[batch.number],
            about=self._about(batch.about),
            added=sum(added for added, _ in counts.values()),
            removed=sum(removed for _, removed in counts.values()),
            undone_by=numbers.get(batch.undone_by) if batch.undone_by else None,
            undoes=numbers.get(batch.undoes) if batch.undoes else None,
            erased=batch.erased if counts == batch.audiences else 0,
            audiences=counts,
        )

    def _about(self, about: About) -> About:
        assert self._known is not None
        known = not about.audience or about.audience in self._known
        return about if known else About(about.kind, about.source)

    def part(self, own: Difference) -> Difference:
        """What of a batch's quads the viewer may read."""
        known = self._known
        if known is None:
            return own

        def readable_part(quads: Iterable[Quad]) -> frozenset[Quad]:
            return frozenset(quad for quad in quads if audience_of(quad) in known)

        return Difference(readable_part(own.remove), readable_part(own.add))
