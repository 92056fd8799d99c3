"""A snapshot with what is worked out of it once."""

from dataclasses import dataclass
from functools import cached_property

from recommender.arcs import Arcs
from recommender.belonging import Belonging
from recommender.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Terrain:
    """Where one looks around.

    Attributes:
        snapshot: nodes and edges.
    """

    snapshot: Snapshot

    @cached_property
    def arcs(self) -> Arcs:
        """The edges from both ends."""
        return Arcs.of(self.snapshot)

    @cached_property
    def belonging(self) -> Belonging:
        """The clusters of each node."""
        return Belonging.of(self.snapshot)
