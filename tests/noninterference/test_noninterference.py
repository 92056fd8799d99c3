"""The security law: what a viewer gets is what a store would give that never held the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from graph import Viewer
from tests.noninterference import members, protocol, requests, undoing  # noqa: F401  they enter their paths
from tests.noninterference.cases import AUDIENCES, CLOSED, Case, random_case
from tests.noninterference.paths import READ_PATHS, learned, walked
from tests.noninterference.shrinking import smallest
from tests.noninterference.sides import Stage, both, everything
from tests.webapp.conftest import quick_hashes

__all__ = ["quick_hashes"]

SAME_FOR_ALL: Final = frozenset({"health"})
"""Read paths that tell nobody anything, and so tell everybody the same."""


REMEMBERING: Final = ("things_by_address", "search", "radar", "radar_of_my_own", "queries")
"""Read paths that somebody who may read everything walks first."""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    made = Stage(processes=False)
    yield made
    made.close()


@pytest.fixture(scope="module")
def processes() -> Iterator[Stage]:
    made = Stage(processes=True)
    yield made
    made.close()


def told_apart(stage: Stage, case: Case, names: Sequence[str]) -> str:
    """The first of some paths that answers otherwise where what is hidden is there; else empty."""
    with both(case) as (complete, whole, part):
        with stage.seated(part, complete, whole=False) as side:
            expected = dict(learned(side, complete, names))
        with stage.seated(whole, complete, whole=True) as side:
            # What is remembered for those who may read the rest must not be served to this viewer.
            others = replace(side, viewer=Viewer("b" * 16, frozenset(AUDIENCES[2:])))
            for name in REMEMBERING:
                READ_PATHS[name](others, complete)
            for name, found in learned(side, complete, names):
                if found != expected[name]:
                    return name
    return ""


@settings(phases=[Phase.generate], max_examples=max(50, settings().max_examples))
@given(seed=st.integers(0, 2**64 - 1))
def test_a_viewer_learns_nothing_of_what_is_hidden(stage: Stage, seed: int) -> None:
    case = random_case(seed)
    every = settings.default is not None and settings.default.max_examples > 50
    leak = told_apart(stage, case, walked(None if every else seed))
    if leak:
        small = smallest(case, lambda one: told_apart(stage, one, [leak]) == leak)
        pytest.fail(f"{leak} tells of what is hidden, seed {seed}:\n{small}")


@settings(phases=[Phase.generate], max_examples=4)
@given(seed=st.integers(0, 2**64 - 1))
def test_nor_over_the_processes_that_answer_queries(processes: Stage, seed: int) -> None:
    """The property above asks readers without a process, to be faster; here they have one."""
    case = random_case(seed)
    queries = READ_PATHS["queries"]
    with both(case) as (complete, whole, part):
        with processes.seated(part, complete, whole=False) as side:
            expected = queries(side, complete)
        with processes.seated(whole, complete, whole=True) as side:
            assert queries(side, complete) == expected


@pytest.mark.parametrize("name", sorted(set(READ_PATHS) - SAME_FOR_ALL))
def test_each_read_path_tells_something(stage: Stage, name: str) -> None:
    """A path that tells nobody anything would prove nothing: some case must change its answer."""
    path = READ_PATHS[name]
    for seed in range(40):
        case = replace(random_case(seed), memberships=frozenset(CLOSED))
        told = []
        for memberships in (case.memberships, None if seed % 2 else frozenset({CLOSED[0]})):
            asking = replace(case, memberships=memberships)
            with everything(case) as whole, stage.seated(whole, asking, whole=True) as side:
                told.append(path(side, asking))
        if told[0] != told[1]:
            return
    pytest.fail(f"{name} told two viewers the same in every case")


def test_a_viewer_who_may_not_read_something_is_in_most_cases() -> None:
    hidden = 0
    for seed in range(100):
        case = random_case(seed)
        quads = frozenset[Quad]().union(*case.changes)
        hidden += len(case.readable(quads).add) < len(quads)
    assert hidden > 90
