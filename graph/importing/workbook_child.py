"""Reads a workbook in a process of its own: bytes in, one JSON text out.

A workbook of a few kilobytes can ask for any amount of memory. Here that ends this process and
nothing else. Run as a file, with the name of the sheet as its argument.
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile
import zlib
from typing import Any, Final
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

MEMORY: Final = 3 << 30
"""Bytes of address space."""
SECONDS: Final = 120
MOST_UNPACKED: Final = 1 << 30
"""Bytes that the parts of a workbook may have together, once unpacked."""
MOST_LOST: Final = 1_000
"""Cells without a value that are told one by one."""
_CELL: Final = re.compile(
    rb'<c (?P<before>[^>]*?)r="(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})"(?P<rest>[^>]*)(?<!/)>'
    rb"(?P<inside>.*?)</c>",
    re.DOTALL,
)
_STORED: Final = re.compile(rb"<(?:v|t)(?: [^>]*)?>([^<]+)<")
HELP_SHEETS: Final = {
    "help": ("Explanation", "Erläuterung"),
    "summary": ("Summary", "Zusammenfassung"),
    "changes": ("Changes", "Änderungen"),
    "problems": ("Problems", "Probleme"),
}
"""Sheets of our own workbooks, in English and German, that are no lists where there is another."""


_WRONG: Final = (
    *(CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError),
    *(ElementTree.ParseError, NotImplementedError, RuntimeError),
)
"""What reading a hurt workbook ends with."""


def main() -> None:
    """Read a workbook from standard input; the argument names the sheet, or is empty."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content = sys.stdin.buffer.read()
    try:
        answer = read(content, sys.argv[1] if len(sys.argv) > 1 else "")
    except _WRONG as error:
        answer = {"error": str(error) or type(error).__name__}
    json.dump(answer, sys.stdout)


def read(content: bytes, sheet: str = "") -> dict[str, Any]:
    """The rows of one sheet, all cells as text.

    Args:
        content: the file.
        sheet: its name; empty: the first that a person sees and that holds more than one row.

    Returns:
        ``sheet``, ``sheets``, ``rows`` (each a number and the cells) and ``lost`` (number of the
        row, place of the cell and what stands there, of cells whose value is not to be had); or
        ``missing`` where there is no such sheet; or ``error``.
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
    lost = _lost(content, book, chosen) if content.startswith(b"PK") and chosen else []
    return {"sheet": chosen, "sheets": seen, "rows": found, "lost": lost}


def _lost(content: bytes, book: CalamineWorkbook, name: str) -> list[tuple[int, int, str]]:
    """Cells of an XLSX sheet that hold an error, or a formula whose value was not stored.

    The reader gives them as empty, which nobody would notice.
    """
    start = book.get_sheet_by_name(name).start
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        part = _part_of(parts, name)
        text = parts.read(part) if part else b""
    if start is None or not (b't="e"' in text or b"<f" in text):
        return []
    found = []
    for cell in _CELL.finditer(text):
        column, row = cell["column"].decode(), int(cell["row"])
        place = sum(26**at * (ord(one) - 64) for at, one in enumerate(reversed(column))) - 1
        is_error = b't="e"' in cell["rest"] + cell["before"]
        said = _STORED.search(cell["inside"])
        if is_error or (said is None and b"<f" in cell["inside"] and b't="str"' not in cell[0]):
            shown = said[1].decode("utf-8", "replace") if said else f"= ({column}{row})"
            found.append((row, place - start[1], shown))
    return found[:MOST_LOST]


def _part_of(parts: zipfile.ZipFile, name: str) -> str:
    """The part of an XLSX file that holds a sheet; empty where it is not told."""
    names = set(parts.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    sheets = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    for one in sheets.iter():
        if one.tag.endswith("}sheet") and one.get("name") == name:
            wanted = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
            target = targets.get(wanted, "").removeprefix("/").removeprefix("xl/")
            return f"xl/{target}" if f"xl/{target}" in names else ""
    return ""


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
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else format(cell, ".15g")
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main()
