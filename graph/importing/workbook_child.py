"""Reads a workbook in a process of its own: bytes in, one JSON text out.

A workbook of a few kilobytes can ask for any amount of memory. Here that ends this process and
nothing else. Run as a file, with the name of the sheet as its argument.
"""

import datetime
import io
import json
import resource
import sys
import zipfile
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

MEMORY: Final = 3 << 30
"""Bytes of address space."""
SECONDS: Final = 120
MOST_UNPACKED: Final = 1 << 30
"""Bytes that the parts of a workbook may have together, once unpacked."""
HELP_SHEETS: Final = {
    "help": ("Explanation", "Erläuterung"),
    "summary": ("Summary", "Zusammenfassung"),
    "changes": ("Changes", "Änderungen"),
    "problems": ("Problems", "Probleme"),
}
"""Sheets of our own workbooks, in English and German, that are no lists where there is another."""


def main() -> None:
    """Read a workbook from standard input; the argument names the sheet, or is empty."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content = sys.stdin.buffer.read()
    try:
        answer = read(content, sys.argv[1] if len(sys.argv) > 1 else "")
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        answer = {"error": str(error) or type(error).__name__}
    json.dump(answer, sys.stdout)


def read(content: bytes, sheet: str = "") -> dict[str, Any]:
    """The rows of one sheet, all cells as text.

    Args:
        content: the file.
        sheet: its name; empty: the first that a person sees and that holds more than one row.

    Returns:
        ``sheet``, ``sheets`` and ``rows`` (each a number and the cells); or ``missing`` where
        there is no such sheet; or ``error``.
    """
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                return {"error": "too large once unpacked"}
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    seen = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
    if sheet and sheet not in seen:
        return {"missing": sheet, "sheets": seen}
    found: list[tuple[int, list[str]]] = []
    chosen = ""
    ours = {name for names in HELP_SHEETS.values() for name in names}
    lists = [name for name in seen if name not in ours]
    for name in [sheet] if sheet else lists or seen:
        rows = _rows(book.get_sheet_by_name(name))
        if not chosen or len(rows) > 1:
            chosen, found = name, rows
        if len(found) > 1:
            break
    return {"sheet": chosen, "sheets": seen, "rows": found}


def _rows(sheet: CalamineSheet) -> list[tuple[int, list[str]]]:
    if sheet.start is None:
        return []
    first, left = sheet.start
    cells = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
    for (top, start), (bottom, _) in sheet.merged_cell_ranges or ():
        # Down only: what stands once beside several rows holds for each of them.
        column = start - left
        for row in range(top - first + 1, min(bottom - first + 1, len(cells))):
            if 0 <= column < len(cells[row]) and top >= first and not cells[row][column]:
                cells[row][column] = cells[top - first][column]
    return [(first + at + 1, row) for at, row in enumerate(cells) if any(row)]


def _text(cell: Any) -> str:
    """A cell as a person sees it; dates as ISO 8601.

    >>> _text(12.0), _text(0.1 + 0.2), _text(True), _text(datetime.datetime(2016, 5, 1))
    ('12', '0.3', 'true', '2016-05-01')
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main()
