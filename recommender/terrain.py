"""A snapshot with what is worked out of it once."""

from dataclasses import dataclass
from functools import cached_property

from recommender.arcs import Arcs
from recommender.belonging import Belonging
from recommender.snapshot import Snapshot
from recommender.subjects import Subjects
from recommender.trade import Trade


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

    @cached_property
    def subjects(self) -> Subjects:
        """What each node has to do with."""
        return Subjects(self.snapshot)

    @cached_property
    def trade(self) -> Trade:
        """What each node has and seeks."""
        return Trade(self.snapshot, self.subjects)
