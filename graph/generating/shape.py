"""Who is linked with whom: typed edges of realistic shape, as arrays.

Every node has a home field, one for each sector. A few fields are large and most are small; in a
field a few things are popular; degrees are skewed; and most links stay in the field. So
clusters are communities, with bridges between them. Nothing here knows names or RDF.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.generating.scales import SCALES, Scale

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

STRAY: Final = 0.12
"""Share of the links that leave the field of their head."""
MEMBER_STRAY: Final = 0.05
"""Share of the memberships that do: clusters are what the communities are."""


@dataclass(frozen=True, eq=False)
class GeneratedEdges:
    """A typed graph as arrays, for benchmarks and as the plan of the tables.

    Attributes:
        scale: the scale point.
        seed: of the random numbers; the same seed gives the same graph.
        kinds: names of the kinds of node.
        node_kinds: for each node the number of its kind.
        fields: for each node the number of its home field.
        relations: names of the relations, local names of ``cr:`` properties.
        heads: for each edge the number of the node it starts from.
        relation: for each edge the number of its relation.
        tails: for each edge the number of the node it leads to.
    """

    scale: Scale
    seed: int
    kinds: tuple[str, ...]
    node_kinds: NDArray[np.int8]
    fields: Ints
    relations: tuple[str, ...]
    heads: Ints
    relation: NDArray[np.int8]
    tails: Ints

    def nodes(self, kind: str) -> range:
        """The numbers of the nodes of a kind."""
        counts = list(self.scale.counts.values())
        place = self.kinds.index(kind)
        first = sum(counts[:place])
        return range(first, first + counts[place])

    @cached_property
    def _slices(self) -> dict[str, tuple[int, int]]:
        numbers = np.arange(len(self.relations))
        starts = np.searchsorted(self.relation, numbers).tolist()
        ends = np.searchsorted(self.relation, numbers, side="right").tolist()
        return {
            name: (start, end)
            for name, start, end in zip(self.relations, starts, ends, strict=True)
        }

    def edges(self, relation: str) -> tuple[Ints, Ints]:
        """Heads and tails of the edges of a relation, sorted by head, then tail."""
        start, end = self._slices[relation]
        return self.heads[start:end], self.tails[start:end]


def generated_edges(scale: str | Scale, seed: int = 0) -> GeneratedEdges:
    """The graph of a scale point (or of its name), without names.

    >>> edges = generated_edges("M")
    >>> len(edges.nodes("organisation")), len(edges.heads) == len(edges.tails)
    (1306, True)

    Raises:
        KeyError: there is no such scale point; :data:`SCALES` names them.
    """
    return _Sampler(SCALES[scale] if isinstance(scale, str) else scale, seed).sample()


@dataclass
class _Pool:
    """Nodes to draw from, by field and popularity."""

    nodes: Ints
    starts: Floats
    ends: Floats
    sums: Floats

    @classmethod
    def of(cls, nodes: Ints, fields: Ints, weights: Floats, count: int) -> "_Pool":
        order = np.argsort(fields, kind="stable")
        sums = np.cumsum(weights[order])
        edges = np.searchsorted(fields[order], np.arange(count + 1))
        bounds = np.concatenate(([0.0], sums))[edges]
        filled = np.flatnonzero(np.diff(edges))
        apart = np.abs(np.arange(count)[:, None] - filled[None, :])
        nearest = filled[apart.argmin(axis=1)]
        return cls(nodes[order], bounds[:-1][nearest], bounds[1:][nearest], sums)

    def draw(self, rng: np.random.Generator, fields: Ints, stray: float) -> Ints:
        """One node for each wanted field, or the nearest one that has any; some from anywhere."""
        low, high = self.starts[fields], self.ends[fields]
        anywhere = rng.random(len(fields)) < stray
        low = np.where(anywhere, 0.0, low)
        high = np.where(anywhere, self.sums[-1], high)
        at = low + rng.random(len(fields)) * (high - low)
        place = np.searchsorted(self.sums, at, side="right")
        drawn: Ints = self.nodes[np.minimum(place, len(self.nodes) - 1)]
        return drawn


@dataclass
class _Sampler:
    scale: Scale
    seed: int
    edges: dict[str, list[tuple[Ints, Ints]]] = field(default_factory=dict)

    def sample(self) -> GeneratedEdges:
        self.rng = np.random.default_rng([self.seed, *self.scale.counts.values()])
        self._place_nodes()
        self._link_concepts()
        self._link_actors()
        self._link_devices()
        self._link_projects()
        self._link_items()
        return self._result()

    def _place_nodes(self) -> None:
        counts = self.scale.counts
        ends = np.cumsum(list(counts.values()))
        self.range = {
            kind: np.arange(end - count, end)
            for (kind, count), end in zip(counts.items(), ends.tolist(), strict=True)
        }
        self.field_count = counts["sector"]
        size = 1.0 / np.arange(1, self.field_count + 1) ** 0.8
        size /= size.sum()
        self.fields = self.rng.choice(self.field_count, int(ends[-1]), p=size)
        # Every sector is a field; every field that can have a topic has one.
        self.fields[self.range["sector"]] = np.arange(self.field_count)
        topics = self.range["topic"][: self.field_count]
        self.fields[topics] = np.arange(len(topics))
        popular = self.rng.pareto(1.6, int(ends[-1])) + 1.0
        self.popular = np.minimum(popular, 60.0)
        self.pools = {kind: self._pool(kind) for kind in self.range}

    def _pool(self, *kinds: str) -> _Pool:
        nodes = np.concatenate([self.range[kind] for kind in kinds])
        return _Pool.of(nodes, self.fields[nodes], self.popular[nodes], self.field_count)

    def _degrees(self, count: int, mean: float, least: int, most: int) -> Ints:
        """Skewed degrees: many have few, few have many."""
        sizes = self.rng.lognormal(np.log(max(mean, 0.05)) - 0.32, 0.8, count)
        degrees: Ints = np.clip(np.round(sizes), least, most).astype(np.int64)
        return degrees

    def _link(
        self,
        relation: str,
        heads: Ints,
        pool: str | _Pool,
        mean: float,
        *,
        least: int = 0,
        most: int = 40,
        stray: float = STRAY,
    ) -> None:
        spread = np.repeat(heads, self._degrees(len(heads), mean, least, most))
        self._join(relation, spread, pool, stray)

    def _join(self, relation: str, heads: Ints, pool: str | _Pool, stray: float = STRAY) -> None:
        chosen = self.pools[pool] if isinstance(pool, str) else pool
        tails = chosen.draw(self.rng, self.fields[heads], stray)
        self.edges.setdefault(relation, []).append((heads, tails))

    def _some(self, nodes: Ints, share: float) -> Ints:
        chosen: Ints = nodes[self.rng.random(len(nodes)) < share]
        return chosen

    def _link_concepts(self) -> None:
        """A tree below each sector; a parent comes before its children, so there is no circle."""
        topics = self.range["topic"]
        order = topics[np.argsort(self.fields[topics], kind="stable")]
        fields = self.fields[order]
        first = np.searchsorted(fields, fields)
        place = np.arange(len(order)) - first
        deep = (place > 0) & (self.rng.random(len(order)) < 0.6)
        earlier = first + (self.rng.random(len(order)) ** 2 * place).astype(np.int64)
        parents = np.where(deep, order[earlier], self.range["sector"][fields])
        self.edges["broader"] = [(order, parents)]
        # Never in one tree: nothing is related to what it is narrower than.
        heads = self._some(topics, 0.5)
        tails = self.pools["topic"].draw(self.rng, self.fields[heads], 1.0)
        apart = (self.fields[heads] != self.fields[tails]) & (heads < tails)
        self.edges["related"] = [(heads[apart], tails[apart])]

    def _link_actors(self) -> None:
        organisations, persons = self.range["organisation"], self.range["person"]
        clusters = self.range["cluster"]
        self._link("memberOf", organisations, "cluster", 1.1, least=1, most=5, stray=MEMBER_STRAY)
        self._link("activeIn", organisations, "sector", 1.2, least=1, most=4)
        self._link("activeIn", clusters, "sector", 1.6, least=1, most=4)
        self._link("hasCompetence", organisations, "topic", 5.0, least=1)
        self._link("hasCompetence", clusters, "topic", 6.0, least=2)
        self._link("hasCompetence", persons, "topic", 2.5, most=8)
        self._link("interestedIn", organisations, "topic", 1.6, most=10, stray=0.4)
        self._link("interestedIn", persons, "topic", 1.5, most=6, stray=0.4)
        self._join("worksFor", persons, "organisation", 0.05)

    def _link_devices(self) -> None:
        devices = self.range["device"]
        self._join("operatedBy", devices, "organisation", 0.05)
        self._link("enables", devices, "topic", 1.6, least=1, most=4, stray=0.04)

    def _link_projects(self) -> None:
        projects = self.range["project"]
        led_by_cluster = self.rng.random(len(projects)) < 0.4
        self._join("coordinatedBy", projects[led_by_cluster], "cluster", MEMBER_STRAY)
        self._join("coordinatedBy", projects[~led_by_cluster], "organisation", MEMBER_STRAY)
        self._link("hasPartner", projects, "cluster", 0.9, most=5, stray=0.3)
        self._link("hasPartner", projects, "organisation", 4.5, least=1, most=30, stray=0.2)
        self._link("inSector", projects, "sector", 1.3, least=1, most=4)
        self._link("about", projects, "topic", 4.0, least=1, most=15)

    def _link_items(self) -> None:
        events, listings = self.range["event"], self.range["listing"]
        self._link("organisedBy", events, "cluster", 1.1, least=1, most=3, stray=MEMBER_STRAY)
        self._join("organisedBy", self._some(events, 0.3), "organisation")
        self._join("belongsToProject", self._some(events, 0.5), "project", 0.03)
        self._link("about", events, "topic", 2.5, least=1, most=8)
        self._join("listedBy", listings, self._pool("organisation", "cluster"), 0.03)
        self._join("belongsToProject", self._some(listings, 0.15), "project", 0.03)
        self._link("about", listings, "topic", 2.0, least=1, most=6)

    def _result(self) -> GeneratedEdges:
        count = len(self.fields)
        relations = tuple(sorted(self.edges))
        heads, tails, sizes = [], [], []
        for relation in relations:
            head = np.concatenate([pair[0] for pair in self.edges[relation]])
            tail = np.concatenate([pair[1] for pair in self.edges[relation]])
            pairs = np.unique(head * count + tail)
            head, tail = np.divmod(pairs, count)
            apart = head != tail
            heads.append(head[apart])
            tails.append(tail[apart])
            sizes.append(int(apart.sum()))
        kinds = tuple(self.range)
        return GeneratedEdges(
            scale=self.scale,
            seed=self.seed,
            kinds=kinds,
            node_kinds=np.repeat(
                np.arange(len(kinds), dtype=np.int8), list(self.scale.counts.values())
            ),
            fields=self.fields,
            relations=relations,
            heads=np.concatenate(heads),
            relation=np.repeat(np.arange(len(relations), dtype=np.int8), sizes),
            tails=np.concatenate(tails),
        )
