"""Variety: nothing is lost, scores fall, and one tie does not fill a ring."""

from hypothesis import given
from hypothesis import strategies as st

from recommender.variety import Candidate, varied

scores = st.integers(1, 1000).map(lambda share: share / 1000)


@st.composite
def pools(draw: st.DrawFn) -> list[Candidate]:
    rows = draw(
        st.lists(
            st.tuples(scores, st.sampled_from("abc"), st.sampled_from(["x", "y"])), max_size=40
        )
    )
    return [Candidate(number, *row) for number, row in enumerate(rows)]


@given(pools(), st.integers(1, 24))
def test_each_wedge_gets_its_share_and_scores_fall(pool: list[Candidate], limit: int) -> None:
    chosen = varied(pool, limit)
    for wedge in ("x", "y"):
        there = sum(one.wedge == wedge for one in pool)
        assert sum(one.candidate.wedge == wedge for one in chosen) == min(limit, there)
    assert len({one.candidate.number for one in chosen}) == len(chosen)
    order = [(-one.score, one.candidate.number) for one in chosen]
    assert [score for score, _ in order] == sorted(score for score, _ in order)


@given(pools(), st.integers(1, 24), st.randoms())
def test_the_order_of_the_pool_does_not_matter(
    pool: list[Candidate], limit: int, chance: object
) -> None:
    shuffled = list(pool)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert varied(shuffled, limit) == varied(pool, limit)


def test_equal_scores_go_by_number() -> None:
    pool = [Candidate(number, 0.5, number, "x") for number in (3, 1, 2)]
    assert [one.candidate.number for one in varied(pool, 9)] == [1, 2, 3]


def test_one_hub_does_not_fill_the_first_ring() -> None:
    hub = [Candidate(number, 0.9, "hub", "x") for number in range(20)]
    others = [Candidate(100 + number, 0.5, number, "x") for number in range(10)]
    first = varied(hub + others, 24)[:8]
    assert sum(one.candidate.tie == "hub" for one in first) <= 4


def test_without_others_a_hub_may_fill_it() -> None:
    pool = [Candidate(number, 0.9, "hub", "x") for number in range(20)]
    assert len(varied(pool, 24)) == 20
