"""What reading a list assumes about its form, and what a person said instead."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Assumed:
    """What a person said about the form of a list; whatever is empty is found out.

    Attributes:
        encoding: a name that Python knows (``windows-1252``, ``mac-roman``); text files only.
        delimiter: what parts the cells; text files only.
        header_row: number of the row that names the columns, as a spreadsheet shows it; 0: find it.
        sheet: name of the sheet; workbooks only.
    """

    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    sheet: str = ""


FOUND_OUT: Final = Assumed()
"""Nobody said anything: all is found out."""


@dataclass(frozen=True)
class Grid:
    """What was read, before anything is known of a header.

    Attributes:
        records: rows that are not blank: the number that a spreadsheet shows, and the cells.
        format: ``csv``, ``xlsx``, ``xls``, ``ods`` or ``json``.
        encoding: how the bytes were decoded; empty for a workbook.
        delimiter: what parts the cells; empty where nothing does.
        sheet: name of the sheet; empty where there are none.
        sheets: names of all sheets that a person sees.
        lost: cells whose value is not to be had: number of the row, place, what stands there.
    """

    records: tuple[tuple[int, list[str]], ...]
    format: str = "csv"
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    lost: tuple[tuple[int, int, str], ...] = ()
