"""The security law: what a viewer gets is what a store would give that never held the rest."""

from collections.abc import Iterator

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.noninterference import changing, knowing, members, requests  # noqa: F401  they enter their paths
from tests.noninterference.cases import Case, random_case
from tests.noninterference.paths import learned
from tests.noninterference.shrinking import smallest
from tests.noninterference.sides import Stage, both


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    made = Stage(processes=False)
    yield made
    made.close()


def told_apart(stage: Stage, case: Case) -> str:
    """The first read path that answers otherwise where what is hidden is there; else empty."""
    with both(case) as (case, whole, part):  # noqa: PLW2901
        with stage.seated(part, case, whole=False) as side:
            expected = dict(learned(side, case))
        with stage.seated(whole, case, whole=True) as side:
            for name, found in learned(side, case):
                if found != expected[name]:
                    return name
    return ""


@settings(phases=[Phase.generate])
@given(seed=st.integers(0, 2**64 - 1))
def test_a_viewer_learns_nothing_of_what_is_hidden(stage: Stage, seed: int) -> None:
    case = random_case(seed)
    leak = told_apart(stage, case)
    if leak:
        small = smallest(case, lambda one: told_apart(stage, one) == leak)
        pytest.fail(f"{leak} tells of what is hidden, seed {seed}:\n{small}")
