"""One page of a plan: which rows and problems it shows, and which others there are."""

from dataclasses import dataclass
from typing import Final

from graph import Plan, Problem, RowChange

SHOWN: Final = 100
"""Rows or problems on one page."""

_PROBLEMS: Final = {"refused": "refused", "words": "open", "notes": "note"}
_ROWS: Final = ("changed", "gone", "new")
_ORDER: Final = ("refused", "changed", "gone", "new", "words", "notes")


@dataclass(frozen=True)
class Tab:
    """What may be shown: its name and how many there are."""

    name: str
    count: int


@dataclass(frozen=True)
class PlanPage:
    """What one page of a plan shows.

    Attributes:
        tabs: all that may be shown, without what there is none of.
        show: the name of what is shown; empty where there is nothing at all.
        rows: rows that change, if those are shown.
        problems: problems, if those are shown.
        number: of the page, from 1.
        pages: how many there are.
    """

    tabs: tuple[Tab, ...]
    show: str
    rows: tuple[RowChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    number: int = 1
    pages: int = 1


def page_of(plan: Plan, show: str, number: str) -> PlanPage:
    """A page of a plan.

    Args:
        plan: the plan.
        show: what of it: ``refused``, ``words``, ``notes``, ``changed``, ``gone`` or ``new``;
            anything else: what a person should see first.
        number: of the page, as it was typed.
    """
    problems = {
        name: [one for one in plan.problems if one.level == level]
        for name, level in _PROBLEMS.items()
    }
    rows = {state: plan.rows_of(state) for state in _ROWS}
    counts = {name: len(rows.get(name) or problems.get(name) or ()) for name in _ORDER}
    tabs = tuple(Tab(name, count) for name, count in counts.items() if count)
    if not counts.get(show):
        show = tabs[0].name if tabs else ""
    pages = max(1, -(-counts.get(show, 0) // SHOWN))
    at = min(max(1, int(number)), pages) if number.isdecimal() and len(number) < 8 else 1
    part = slice((at - 1) * SHOWN, at * SHOWN)
    return PlanPage(
        tabs,
        show,
        tuple(rows.get(show, ())[part]),
        tuple(problems.get(show, ())[part]),
        at,
        pages,
    )
