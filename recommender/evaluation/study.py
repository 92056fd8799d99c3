"""What a study of the recommender says: a table, for people, for pages and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recommender.evaluation.measures import interval

Cell = str | float


@dataclass(frozen=True)
class Study:
    """A table of figures.

    Attributes:
        name: what was studied, and on which data.
        columns: what stands in each column.
        rows: the cells of each row.
        note: how to read it.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The words that programs rely on."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"study": self.name, "rows": rows, "note": self.note}

    def as_markdown(self) -> str:
        """The table for a page.

        >>> print(Study("s", ("what", "share"), (("ring 1", 0.25),)).as_markdown())
        | what | share |
        |---|---:|
        | ring 1 | 0.250 |
        """
        lines = [self.columns, *(tuple(map(told, row)) for row in self.rows)]
        rule = "|---" + "|---:" * (len(self.columns) - 1) + "|"
        written = [f"| {' | '.join(line)} |" for line in lines]
        return "\n".join([written[0], rule, *written[1:]])


def told(cell: Cell) -> str:
    """A cell in letters."""
    return cell if isinstance(cell, str) else f"{cell:.3f}"


def with_interval(values: Sequence[float]) -> str:
    """A mean over heads with its bootstrap interval.

    >>> with_interval([0.5, 0.5])
    '0.500 (0.50-0.50)'
    """
    found = interval(values)
    return f"{sum(values) / len(values):.3f} ({found.low:.2f}-{found.high:.2f})"
