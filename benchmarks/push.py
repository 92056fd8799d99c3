"""Forward push beside networkx and scipy on the same generated graph, in one run.

    python -m benchmarks.push [M L XL] [--heads N]

Every method gets the same weighted graph (relations weighted, hubs damped, as the radar walks
it) and ranks the 20 nearest organisations of the same heads. Exact is what 1,000 rounds of power
iteration settle at. Ratios of times taken in one run on one machine mean something, the
milliseconds alone do not; so no test asks for either.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

import networkx as nx
import numpy as np
import numpy.typing as npt

from benchmarks.figures import Figure, print_table
from graph.generating import GeneratedEdges, generated_edges
from recommender import PersonalisedPageRank
from recommender.engine import Walk
from recommender.relations import RELATIONS
from recommender.tuning import DAMPING, RESTART, TOLERANCE

Scores = npt.NDArray[np.float64]
Method = Callable[[int], Scores]

FIRST = 20


def walker(edges: GeneratedEdges) -> PersonalisedPageRank:
    """The engine as the radar sets it up."""
    weights = {relation.name: relation.weight for relation in RELATIONS}
    return PersonalisedPageRank(
        edges.heads,
        edges.relation,
        edges.tails,
        relation_weights=[weights[name] for name in edges.relations],
        kinds=edges.node_kinds,
        restart=RESTART,
        damping=DAMPING,
        tolerance=TOLERANCE,
    )


def by_networkx(walk: Walk) -> Method:
    """``networkx.pagerank`` with its own defaults."""
    graph = nx.from_scipy_sparse_array(walk.matrix)

    def scores(head: int) -> Scores:
        found = nx.pagerank(graph, alpha=1 - RESTART, personalization={head: 1.0})
        return np.fromiter(found.values(), float, len(found))

    return scores


def by_power_iteration(walk: Walk, tolerance: float, rounds: int) -> Method:
    """Plain power iteration with scipy, until a round changes less than the tolerance."""
    outward = np.divide(1.0, walk.degrees, out=np.zeros(walk.size), where=walk.degrees > 0)

    def scores(head: int) -> Scores:
        found = np.zeros(walk.size)
        found[head] = 1.0
        for _ in range(rounds):
            after = (1 - RESTART) * (walk.matrix @ (found * outward))
            after[head] += RESTART
            change = np.abs(after - found).sum()
            found = after
            if change < tolerance:
                break
        return found

    return scores


@dataclass(frozen=True)
class Taken:
    """How long a method took, and how near its answers come.

    Attributes:
        method: its name.
        milliseconds: of each head.
        overlap: of its first 20 with the exact ones, 0 to 1.
    """

    method: str
    milliseconds: list[float]
    overlap: float

    @property
    def median(self) -> float:
        """The median of the milliseconds."""
        return float(np.median(self.milliseconds))


def compare(edges: GeneratedEdges, count: int) -> Iterator[Taken]:
    """All methods on the same heads, the slowest first."""
    engine = walker(edges)
    walk = engine.walk
    organisations = np.asarray(edges.nodes("organisation"))
    heads = np.random.default_rng(0).choice(organisations, count, replace=False).tolist()

    def first(scores: Scores, head: int) -> set[int]:
        values = scores[organisations]
        values[organisations == head] = -1.0
        return set(organisations[np.argsort(-values, kind="stable")[:FIRST]].tolist())

    exact = by_power_iteration(walk, 1e-14, 1000)
    truth = {head: first(exact(head), head) for head in heads}
    methods: dict[str, tuple[Method, list[int]]] = {
        "networkx.pagerank": (by_networkx(walk), heads[:10]),
        "scipy power iteration, 1e-6": (by_power_iteration(walk, 1e-6, 1000), heads),
        "forward push": (engine.scores, heads),
    }
    for name, (method, asked) in methods.items():
        milliseconds, overlaps = [], []
        for head in asked:
            started = perf_counter()
            scores = method(head)
            milliseconds.append(1000 * (perf_counter() - started))
            overlaps.append(len(first(scores, head) & truth[head]) / FIRST)
        yield Taken(name, milliseconds, float(np.mean(overlaps)))


def figures(scales: Iterable[str] = ("M", "L"), heads: int = 40) -> Iterator[Figure]:
    """All methods at each scale point."""
    for scale in scales:
        edges = generated_edges(scale)
        slowest: Taken | None = None
        for taken in compare(edges, heads):
            slowest = slowest or taken
            high = np.quantile(taken.milliseconds, 0.95)
            yield Figure(
                "push",
                f"{scale}, {len(edges.heads):,} edges: {taken.method}",
                f"{taken.median:.2f} ms (p95 {high:.2f} ms)",
                f"{slowest.median / taken.median:.1f} times as fast as {slowest.method}; "
                f"first 20 agree to {taken.overlap:.3f}",
            )


def main() -> None:
    """Compare at the scale points that were asked for."""
    parser = argparse.ArgumentParser(description="Forward push beside networkx and scipy.")
    parser.add_argument("scales", nargs="*", default=["L"], help="M, L, XL or XXL (default L)")
    parser.add_argument("--heads", type=int, default=40, help="heads to rank for (default 40)")
    chosen = parser.parse_args()
    print_table(figures(chosen.scales, chosen.heads))


if __name__ == "__main__":
    main()
