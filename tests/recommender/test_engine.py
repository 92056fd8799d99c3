"""The engine against exact solutions, networkx and closed forms."""

import networkx as nx
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import PersonalisedPageRank
from recommender.engine import Walk, push

Edges = list[tuple[int, int, float]]

NODES = 12


@st.composite
def graphs(draw: st.DrawFn) -> Edges:
    """Weighted edges among a dozen nodes, some of them alone."""
    node = st.integers(0, NODES - 1)
    weight = st.sampled_from([0.25, 1.0, 3.0])
    return draw(st.lists(st.tuples(node, node, weight), min_size=1, max_size=40))


def engine(edges: Edges, **options: float) -> PersonalisedPageRank:
    heads, tails, weights = zip(*edges, strict=True)
    return PersonalisedPageRank(
        heads, [0] * len(edges), tails, weights=weights, size=NODES, **options
    )


def exact(walk: Walk, seed: int, restart: float) -> npt.NDArray[np.float64]:
    """Personalised PageRank by solving its linear equations."""
    start = np.zeros(walk.size)
    start[seed] = 1.0
    if walk.degrees[seed] == 0:
        return start
    degrees = np.where(walk.degrees > 0, walk.degrees, 1.0)
    step = walk.matrix.toarray() / degrees[None, :]
    solved: npt.NDArray[np.float64] = np.linalg.solve(
        np.eye(walk.size) - (1 - restart) * step, restart * start
    )
    return solved


@given(graphs(), st.integers(0, NODES - 1), st.sampled_from([0.0, 0.5, 1.0]))
def test_push_never_errs_by_more_than_its_bound(edges: Edges, seed: int, damping: float) -> None:
    tolerance = 1e-3
    walk = engine(edges, damping=damping).walk
    pushed = push(walk, np.array([seed]), np.ones(1), restart=0.2, tolerance=tolerance)
    missing = exact(walk, seed, 0.2) - pushed
    bound = tolerance * walk.degrees / max(walk.degrees.mean(), 1e-300)
    assert (np.abs(missing) <= bound + 1e-12).all()
    assert (pushed >= 0).all()


@given(graphs(), st.integers(0, NODES - 1))
def test_agrees_with_networkx(edges: Edges, seed: int) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(NODES))
    for head, tail, weight in edges:
        if head != tail:
            before = graph.edges[head, tail]["weight"] if graph.has_edge(head, tail) else 0.0
            graph.add_edge(head, tail, weight=before + weight)
    expected = nx.pagerank(graph, 0.85, personalization={seed: 1}, tol=1e-12, max_iter=1000)
    found = engine(edges, tolerance=1e-9).scores(seed)
    assert found == pytest.approx([expected[node] for node in range(NODES)], abs=1e-6)


@given(graphs(), st.integers(0, NODES - 1), st.integers(0, NODES - 1))
def test_several_seeds_are_the_weighted_mean_of_each(edges: Edges, one: int, other: int) -> None:
    walker = engine(edges, tolerance=1e-10)
    both = walker.scores({one: 3.0, other: 1.0} if one != other else {one: 4.0})
    mean = 0.75 * walker.scores(one) + 0.25 * walker.scores(other)
    assert both == pytest.approx(mean, abs=1e-6)


@given(graphs(), st.permutations(range(NODES)))
def test_the_numbering_of_nodes_does_not_matter(edges: Edges, names: list[int]) -> None:
    renamed = [(names[head], names[tail], weight) for head, tail, weight in reversed(edges)]
    before = engine(edges, tolerance=1e-10).scores(0)
    after = engine(renamed, tolerance=1e-10).scores(names[0])
    assert after[names] == pytest.approx(before, abs=1e-6)


@given(graphs(), st.integers(0, NODES - 1), st.integers(1, NODES))
def test_ranks_by_score_then_number_and_leaves_out_seeds(
    edges: Edges, seed: int, limit: int
) -> None:
    walker = engine(edges)
    scores = walker.scores(seed)
    others = [node for node in range(NODES) if node != seed and scores[node] > 0]
    expected = sorted(others, key=lambda node: (-scores[node], node))[:limit]
    assert walker.rank(seed, limit=limit).nodes.tolist() == expected


@given(st.lists(graphs(), min_size=1, max_size=1), st.lists(st.integers(0, NODES - 1), max_size=5))
def test_many_at_once_rank_as_one_by_one(drawn: list[Edges], seeds: list[int]) -> None:
    walker = engine(drawn[0])
    alone = [walker.rank(seed, limit=3) for seed in seeds]
    together = walker.rank_many(seeds, limit=3)
    assert [one.nodes.tolist() for one in together] == [one.nodes.tolist() for one in alone]


def test_whole_rounds_and_single_rows_find_the_same() -> None:
    """A round over much of the graph takes another way through the arithmetic."""
    spokes = [(0, node, 1.0) for node in range(1, NODES)]
    chain = [(node, node + 1, 1.0) for node in range(NODES - 1)]
    for edges in (spokes, chain):
        walk = engine(edges).walk
        found = push(walk, np.array([0]), np.ones(1), tolerance=1e-12)
        assert found == pytest.approx(exact(walk, 0, 0.15), abs=1e-9)


def test_heavier_relations_bring_nearer() -> None:
    walker = PersonalisedPageRank([0, 0], [0, 1], [1, 2], relation_weights=[1.0, 2.0])
    assert walker.rank(0).nodes.tolist() == [2, 1]


def test_relations_without_weight_are_not_walked() -> None:
    walker = PersonalisedPageRank([0, 0], [0, 1], [1, 2], relation_weights=[1.0, 0.0])
    assert walker.rank(0).nodes.tolist() == [1]


def test_damping_lets_the_narrow_way_win_over_the_hub() -> None:
    hub, narrow, by_hub, by_narrow = 1, 2, 3, 4
    heads = [0, 0, hub, narrow, *[hub] * 30]
    tails = [hub, narrow, by_hub, by_narrow, *range(5, 35)]
    plain = PersonalisedPageRank(heads, [0] * len(heads), tails)
    damped = PersonalisedPageRank(heads, [0] * len(heads), tails, damping=0.5)

    def ratio(walker: PersonalisedPageRank) -> float:
        scores = walker.scores(0)
        return float(scores[narrow] / scores[hub])

    assert ratio(damped) > 2 * ratio(plain)


def test_ranks_only_wanted_kinds_and_not_the_excluded() -> None:
    walker = PersonalisedPageRank([0, 0, 0], [0, 0, 0], [1, 2, 3], kinds=[0, 1, 1, 2])
    assert walker.rank(0, kinds={1}).nodes.tolist() == [1, 2]
    assert walker.rank(0, kinds={1}, exclude=[1]).nodes.tolist() == [2]


def test_a_seed_without_edges_is_near_nothing() -> None:
    walker = PersonalisedPageRank([0], [0], [1], size=3)
    assert len(walker.rank(2)) == 0
    assert walker.scores(2).tolist() == [0, 0, 1]


@pytest.mark.parametrize("seeds", [-1, 3, {}, {0: 0.0}, {0: float("nan")}])
def test_refuses_impossible_seeds(seeds: int | dict[int, float]) -> None:
    with pytest.raises(ValueError, match="seed"):
        PersonalisedPageRank([0], [0], [1], size=3).scores(seeds)


@pytest.mark.parametrize(
    ("heads", "tails", "weights"),
    [([0], [1, 2], None), ([-1], [1], None), ([0], [5], None), ([0], [1], [-1.0])],
)
def test_refuses_impossible_edges(
    heads: list[int], tails: list[int], weights: list[float] | None
) -> None:
    with pytest.raises(ValueError, match=r"edge|node|weights|length"):
        Walk.of_edges(heads, tails, weights, size=3)


def test_endless_walking_lies_by_degrees_within_each_part() -> None:
    walk = Walk.of_edges([0, 0, 3], [1, 2, 4])
    assert walk.spread(np.array([0, 1.0, 0, 0.5, 0])).round(6).tolist() == [
        0.5,
        0.25,
        0.25,
        0.25,
        0.25,
    ]


def test_mixing_is_the_second_greatest_eigenvalue() -> None:
    chance = np.random.default_rng(3)
    ends = chance.integers(0, 40, (2, 200))
    walk = Walk.of_edges(*ends, size=40)
    scale = 1 / np.sqrt(walk.degrees)
    sizes = np.sort(np.abs(np.linalg.eigvalsh(scale[:, None] * walk.matrix.toarray() * scale)))
    assert walk.mixing <= sizes[-2] + 1e-9
    assert walk.mixing == pytest.approx(sizes[-2], abs=0.05)


def test_what_no_walk_reaches_has_no_score_however_the_rest_is_settled() -> None:
    chance = np.random.default_rng(5)
    ends = chance.integers(0, 50, (2, 300))
    heads, tails = [*ends[0], 50], [*ends[1], 51]
    engine = PersonalisedPageRank(heads, [0] * 301, tails, tolerance=1e-9)
    assert engine.scores(0)[50:].tolist() == [0.0, 0.0]
    assert engine.scores(50)[:50].max() == 0.0
