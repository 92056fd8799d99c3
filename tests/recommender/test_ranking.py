"""The learned ranker: what it may not depend on, what it never ranks, and that it learns."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine import PersonalisedPageRank, settle_many
from recommender.engine.walk import Walk
from recommender.ranking import Features, Learned, Links, learn
from recommender.ranking.learned import usual_age
from recommender.ranking.links import bounded_product

PEOPLE, PROJECTS, TOWNS = 14, 6, 3
SIZE = PEOPLE + PROJECTS + TOWNS
Edge = tuple[int, int, int, float]
NOTHING = float("nan")
_NOISE = 1e-6


def links(edges: Sequence[Edge], names: tuple[str, ...] = ("takes part", "lives in")) -> Links:
    heads, relations, tails, times = zip(*edges, strict=True)
    return Links(
        names=names,
        heads=np.array(heads),
        relations=np.array(relations),
        tails=np.array(tails),
        times=np.array(times, float),
        kinds=np.repeat([0, 1, 2], [PEOPLE, PROJECTS, TOWNS]),
        kind_names=("person", "project", "town"),
        candidates=np.arange(PEOPLE),
        paths=((((0, False),), ((0, True),)),),
    )


@st.composite
def worlds(draw: st.DrawFn) -> list[Edge]:
    """People in projects, in some years, and in towns."""
    person = st.integers(0, PEOPLE - 1)
    project = st.integers(PEOPLE, PEOPLE + PROJECTS - 1)
    town = st.integers(PEOPLE + PROJECTS, SIZE - 1)
    year = st.sampled_from([2014.0, 2015.0, 2016.0])
    parts = st.tuples(person, st.just(0), project, year)
    lives = st.tuples(person, st.just(1), town, st.just(NOTHING))
    return draw(st.lists(parts, min_size=4, max_size=40)) + draw(st.lists(lives, max_size=12))


def known_of(graph: Links) -> list[npt.NDArray[np.int64]]:
    partners = graph.partners()
    return [np.append(partners[[head]].indices, head) for head in range(PEOPLE)]


@settings(max_examples=10)
@given(worlds())
def test_what_is_known_is_never_ranked(edges: list[Edge]) -> None:
    graph = links(edges)
    known = known_of(graph)
    table = Features(graph, 1.0).table(np.arange(PEOPLE), known, 5)
    for head, candidate in zip(table.heads, table.candidates, strict=True):
        assert candidate not in known[head]


@settings(max_examples=10)
@given(worlds(), st.permutations(range(PEOPLE)))
def test_the_numbering_of_nodes_does_not_matter(edges: list[Edge], names: list[int]) -> None:
    new = np.array([*names, *range(PEOPLE, SIZE)])
    renamed = [(int(new[head]), relation, tail, time) for head, relation, tail, time in edges]
    before, after = (_near(links(one)) for one in (edges, renamed))
    moved = {(int(new[head]), int(new[other])): value for (head, other), value in before.items()}
    assert set(moved) == set(after)
    for pair, value in moved.items():
        assert after[pair] == pytest.approx(value, rel=1e-3, abs=1e-4)


@settings(max_examples=10)
@given(worlds())
def test_the_names_and_order_of_relations_do_not_matter(edges: list[Edge]) -> None:
    renamed = replace(
        links([(head, 1 - relation, tail, time) for head, relation, tail, time in edges]),
        names=("abides", "joins"),
        paths=((((1, False),), ((1, True),)),),
    )
    before, after = _near(links(edges)), _near(renamed)
    assert set(before) == set(after)
    for pair, value in before.items():
        assert sorted(after[pair]) == pytest.approx(sorted(value), rel=1e-4, abs=1e-5)


def _near(graph: Links) -> dict[tuple[int, int], list[float]]:
    """The nearness of every pair, but for what is only near enough.

    Singular vectors may lie anyhow where values are equal, which they are in so small worlds;
    how exact the random walk is has a test of its own.
    """
    table = Features(graph, 1.0).table(np.arange(PEOPLE), known_of(graph), PEOPLE)
    names = [name for name in table.near if not name.startswith(("latent", "pagerank"))]
    rows = np.array([table.near[name] for name in names]).T.tolist()
    pairs = zip(table.heads.tolist(), table.candidates.tolist(), strict=True)
    return {pair: row for pair, row in zip(pairs, rows, strict=True) if max(row) > _NOISE}


@given(worlds(), st.sampled_from([0.1, 0.15, 0.5]))
def test_many_walks_at_once_are_as_exact_as_one(edges: list[Edge], restart: float) -> None:
    heads, relations, tails, _ = zip(*edges, strict=True)
    one = PersonalisedPageRank(heads, relations, tails, size=SIZE, restart=restart, tolerance=1e-9)
    many = settle_many(one.walk, np.arange(SIZE), restart=restart, tolerance=1e-9)
    for seed in range(SIZE):
        assert many[seed] == pytest.approx(one.scores(seed), abs=1e-6)


def test_too_great_hubs_join_nobody() -> None:
    joined = Walk.of_edges([0, 1, 2, 3, 4], [5, 5, 6, 6, 6]).matrix
    assert bounded_product(joined, joined, 1000)[2, 3] == 1
    few = bounded_product(joined, joined, 12)
    assert few[0, 1] == 1
    assert few[2, 3] == 0


def test_the_usual_age_is_that_of_the_median_link() -> None:
    years = [2016.0, 2015.0, 2012.0]
    graph = links([(0, 0, PEOPLE, year) for year in years] + [(0, 1, SIZE - 1, NOTHING)])
    assert usual_age(graph) == 1.0
    assert usual_age(links([(0, 0, PEOPLE, NOTHING)])) == float("inf")


def test_a_project_of_two_ties_more_closely_than_one_of_many() -> None:
    two = [(person, 0, PEOPLE, NOTHING) for person in (0, 1)]
    many = [(person, 0, PEOPLE + 1, NOTHING) for person in (0, 2, 3, 4)]
    graph = links(two + many)
    assert graph.partners()[0, 1] == graph.partners()[0, 2] == 1
    shared = graph.partners(shared=True)
    assert shared[0, 1] == 0.5
    assert shared[0, 2] == 0.25


def planted(seed: int) -> tuple[Links, dict[int, tuple[int, ...]]]:
    """Users like places of their own taste in their own town: neither alone tells enough."""
    chance = np.random.default_rng(seed)
    users, places, tastes, towns = 120, 160, 4, 4
    start = {"place": users, "taste": users + places, "town": users + places + tastes}
    taste, town = chance.integers(0, tastes, users), chance.integers(0, towns, users)
    of, at = chance.integers(0, tastes, places), chance.integers(0, towns, places)
    edges: list[Edge] = []
    for place in range(places):
        edges.append((start["place"] + place, 1, start["taste"] + int(of[place]), NOTHING))
        edges.append((start["place"] + place, 2, start["town"] + int(at[place]), NOTHING))
    targets = {}
    for user in range(users):
        liked = np.flatnonzero((of == taste[user]) & (at == town[user]))
        chosen = chance.permutation(liked)[:6] + start["place"]
        edges += [(user, 0, int(place), NOTHING) for place in chosen[:2]]
        if len(chosen) > 2:
            targets[user] = tuple(chosen[2:].tolist())
    heads, relations, tails, times = zip(*edges, strict=True)
    graph = Links(
        names=("likes", "is", "lies in"),
        heads=np.array(heads),
        relations=np.array(relations),
        tails=np.array(tails),
        times=np.array(times),
        kinds=np.repeat([0, 1, 2, 3], [users, places, tastes, towns]),
        kind_names=("user", "place", "taste", "town"),
        candidates=np.arange(users, users + places),
        paths=((((0, False),),),),
    )
    return graph, targets


def gain(learned: Learned, graph: Links, targets: dict[int, tuple[int, ...]]) -> float:
    heads = np.array(list(targets))
    partners = graph.partners()
    known = [partners[[head]].indices for head in heads.tolist()]
    ranked = learned.rank(learned.features(graph).table(heads, known, 100), len(heads))
    found = [
        np.isin(graph.candidates[places[:6]], targets[head]).sum() / len(targets[head])
        for head, (places, _) in zip(heads.tolist(), ranked, strict=True)
    ]
    return float(np.mean(found))


def test_what_was_learned_on_one_graph_ranks_another_better_than_any_simple_ranker() -> None:
    graph, targets = planted(1)
    partners = graph.partners()
    learned = learn(graph, targets, lambda head: partners[[head]].indices)
    assert learned.forests
    assert learned.gained > learned.simply
    other = planted(2)
    alone = replace(learned, forests=(), share=float("inf"))
    assert gain(learned, *other) > 1.1 * gain(alone, *other)


def test_too_few_heads_leave_the_best_simple_ranker() -> None:
    graph, targets = planted(1)
    partners = graph.partners()
    few = dict(list(targets.items())[:3])
    learned = learn(graph, few, lambda head: partners[[head]].indices)
    assert not learned.forests
    assert gain(learned, graph, few) > 0
    assert "alone" in str(learned)


def test_the_less_a_graph_is_like_what_was_learned_from_the_less_the_forests_say() -> None:
    graph, targets = planted(1)
    partners = graph.partners()
    learned = learn(graph, targets, lambda head: partners[[head]].indices)
    features = learned.features(graph)
    heads = np.array(list(targets)[:20])
    assert learned.strangeness(features, heads) == 0
    fewer = replace(learned, partners=learned.partners / 4)
    more = replace(learned, partners=learned.partners * 4)
    assert fewer.strangeness(features, heads) == pytest.approx(5)
    assert more.strangeness(features, heads) == pytest.approx(5)
    table = features.table(heads, [partners[[head]].indices for head in heads], 100)
    upside_down = replace(learned, share=0.0, forests=(_Backwards(learned.forests[0]),))
    usual, trusted, doubted = (
        [places.tolist() for places, _ in one.rank(table, len(heads), strangeness)]
        for one, strangeness in ((learned, 1e18), (upside_down, 0.0), (upside_down, 1e18))
    )
    assert doubted == usual != trusted


class _Backwards:
    """A forest that believes the contrary."""

    def __init__(self, forest: Any) -> None:
        self._forest = forest

    def decision_function(self, values: Any) -> Any:
        return -self._forest.decision_function(values)
