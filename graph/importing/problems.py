"""What is wrong with a list, where, and what to do about it."""

from dataclasses import dataclass
from typing import Final

from ontology import Bilingual

REFUSED: Final = "refused"
NOTE: Final = "note"
OPEN: Final = "open"


@dataclass(frozen=True)
class Problem:
    """One thing that a person should know about one place of a list.

    Attributes:
        row: number of the row as a spreadsheet shows it (the header is row 1); 0: the whole list.
        column: name of the column as the list writes it; empty: the whole row.
        value: what stands there, shortened.
        message: what is wrong and what to do, in both languages.
        level: ``refused`` where the row is not taken over; ``note`` where it is; ``open`` for a
            word that means nothing yet, or too much.
    """

    row: int
    column: str
    value: str
    message: Bilingual
    level: str = REFUSED

    @property
    def refuses(self) -> bool:
        """Whether the row is left out because of this."""
        return self.level == REFUSED


def shortened(text: str, letters: int = 80) -> str:
    """A text short enough to be shown in one line.

    >>> shortened("a" * 100, 5)
    'aaaa…'
    """
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= letters else one_line[: letters - 1] + "…"
