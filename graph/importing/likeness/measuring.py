"""How good found pairs are, where the true ones are known."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.importing.likeness.columns import Rows


@dataclass(frozen=True)
class Quality:
    """How good found pairs are.

    Attributes:
        found: how many were found.
        true: how many there are.
        right: how many of the found ones are true.

    >>> quality = Quality(found=10, true=12, right=9)
    >>> quality.precision, quality.recall, round(quality.f1, 3)
    (0.9, 0.75, 0.818)
    """

    found: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the found pairs that are true; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that were found; 1 where there are none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def measure(
    found: Collection[tuple[int, int]], true: Collection[tuple[int, int]], *, within: bool
) -> Quality:
    """Compare found pairs with true ones.

    Args:
        found: places of rows.
        true: likewise.
        within: whether both places are in one list, so that their order tells nothing.
    """
    ours, theirs = (
        {(min(pair), max(pair)) if within else pair for pair in pairs} for pairs in (found, true)
    )
    return Quality(len(ours), len(theirs), len(ours & theirs))


def true_pairs(
    answers: Sequence[Sequence[str]], left: Rows, right: Rows | None
) -> set[tuple[int, int]] | None:
    """Pairs that a table of answers names, as places of rows.

    The two columns that name rows are found by looking for a column in each list that has
    their values. A third column that says 0, false or no leaves the pair out.

    Args:
        answers: rows of cells, without the header.
        left: the rows of one list.
        right: of the other; None: both names are of the one list.

    Returns:
        Places; None where the answers name no rows of these lists.

    >>> rows = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
    >>> true_pairs([["a", "c"]], rows, None)
    {(0, 2)}
    """
    kept = [row for row in answers if len(row) >= 2 and not _is_no(row)]
    columns = list(zip(*(row[:2] for row in kept), strict=True))
    if not columns:
        return set()
    best: tuple[int, set[tuple[int, int]]] = (0, set())
    for first, second in ((0, 1), (1, 0)):
        ours = _named(columns[first], left)
        theirs = _named(columns[second], left if right is None else right)
        pairs = {
            (ours[row[first]], theirs[row[second]])
            for row in kept
            if row[first] in ours and row[second] in theirs
        }
        if len(pairs) > best[0]:
            best = (len(pairs), pairs)
    return best[1] if best[0] else None


def _is_no(row: Sequence[str]) -> bool:
    return len(row) > 2 and row[2].strip().lower() in ("0", "false", "no", "nein")


def _named(names: Collection[str], rows: Rows) -> dict[str, int]:
    """The place of each row by the column whose values are such names."""
    wanted = set(names)
    headers = dict.fromkeys(name for row in rows[:100] for name in row)
    best: dict[str, int] = {}
    hits = 0
    for header in headers:
        places = {row.get(header, ""): place for place, row in enumerate(rows)}
        found = len(wanted & set(places))
        if found > hits:
            best, hits = places, found
    return best
