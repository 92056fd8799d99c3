"""How many things of each kind there are at each scale point."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Scale:
    """A scale point: the number of things of each kind.

    Attributes:
        name: ``M``, ``L``, ``XL`` or ``XXL``.
    """

    name: str
    clusters: int
    organisations: int
    persons: int
    sectors: int
    topics: int
    devices: int
    projects: int
    events: int
    listings: int

    @property
    def counts(self) -> dict[str, int]:
        """Kind of node to how many there are, in the order in which nodes are numbered."""
        return {
            "cluster": self.clusters,
            "organisation": self.organisations,
            "person": self.persons,
            "sector": self.sectors,
            "topic": self.topics,
            "device": self.devices,
            "project": self.projects,
            "event": self.events,
            "listing": self.listings,
        }


SCALES: Final[dict[str, Scale]] = {
    scale.name: scale
    for scale in (
        # ClusterBook as it was.
        Scale("M", 12, 1_306, 130, 38, 198, 85, 60, 80, 160),
        # The go-cluster programme: 13,000 actors in 99 clusters.
        Scale("L", 99, 11_700, 1_300, 60, 600, 900, 700, 900, 1_800),
        Scale("XL", 600, 180_000, 20_000, 120, 2_000, 12_000, 9_000, 10_000, 24_000),
        Scale("XXL", 2_000, 900_000, 100_000, 160, 3_000, 60_000, 45_000, 50_000, 120_000),
    )
}
"""The scale points that can be made, by name."""
