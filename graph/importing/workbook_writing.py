"""Writing workbooks: text that stays text, and the same bytes for the same content."""

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

AUTHOR: Final = "clusterradar"
TEXT_FORMAT: Final = "@"
"""The number format by which a spreadsheet leaves alone what is typed."""
MOST_LETTERS: Final = 32_767
"""Characters that a cell of a workbook may have."""

_FORMULA: Final = ("=", "+", "-", "@")
"""What begins a formula."""
HEAD: Final = Font(bold=True)
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What readers of workbooks take for one character that XML cannot hold."""
_MOMENT: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY: Final = (1980, 1, 1, 0, 0, 0)


def colour(code: str) -> PatternFill:
    """A plain background; ``code`` is RRGGBB."""
    return PatternFill("solid", start_color=code, end_color=code)


def text_cell(sheet: Worksheet | WriteOnlyWorksheet, text: str) -> Cell:
    """A cell that holds a text, whatever it looks like.

    A text that begins with ``=`` is a formula to whoever writes it carelessly, and one that
    begins with ``+``, ``-`` or ``@`` may become one when the sheet is saved as CSV and opened
    again; so the cell is marked as text in every way that a workbook knows. A text that is too
    long for a workbook is cut, which its end says.
    """
    cell = _plain_cell(sheet, text)
    _mark_as_text(cell, text)
    return cell


def _plain_cell(sheet: Worksheet | WriteOnlyWorksheet, text: str) -> Cell:
    visible = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(visible) > MOST_LETTERS:
        visible = visible[: MOST_LETTERS - 2] + " …"
    escaped = _LOOKS_ESCAPED.sub("_x005F_", visible).replace("\r", "_x000D_")
    cell: Cell = WriteOnlyCell(sheet, escaped)
    cell.data_type = "s"
    return cell


def _mark_as_text(cell: Cell, text: str) -> None:
    cell.number_format = TEXT_FORMAT
    cell.quotePrefix = text.startswith(_FORMULA)


class Looks:
    """Makes many cells of one sheet, and works out each look of theirs once.

    Comparing fills and fonts takes most of the time that writing a large sheet takes.

    Args:
        sheet: where the cells will stand.
    """

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        self._sheet = sheet
        self._known: dict[tuple[int, int, int, bool], StyleArray] = {}

    def cell(
        self,
        text: str,
        *,
        fill: PatternFill | None = None,
        font: Font | None = None,
        alignment: Alignment | None = None,
    ) -> Cell:
        """A cell as :func:`text_cell` makes it; fill and the like must outlive this object."""
        cell = _plain_cell(self._sheet, text)
        key = (id(fill), id(font), id(alignment), text.startswith(_FORMULA))
        known = self._known.get(key)
        if known is None:
            _mark_as_text(cell, text)
            for name, look in (("fill", fill), ("font", font), ("alignment", alignment)):
                if look is not None:
                    setattr(cell, name, look)
            known = self._known[key] = cell._style  # type: ignore[attr-defined]
        cell._style = known  # type: ignore[attr-defined]
        return cell


def set_widths(sheet: WriteOnlyWorksheet, widths: Iterable[int]) -> None:
    """Make columns as wide as some numbers of letters, from the first one on."""
    for number, width in enumerate(widths, 1):
        column = sheet.column_dimensions[get_column_letter(number)]  # type: ignore[attr-defined]
        column.width = width


def comment(text: str, width: int = 320) -> Comment:
    """A comment that is high enough for its text."""
    lines = sum(1 + len(line) // (width // 7) for line in text.splitlines())
    return Comment(_NOT_IN_XML.sub("", text), AUTHOR, height=24 + 18 * lines, width=width)


def workbook_bytes(book: Workbook) -> bytes:
    """A workbook as a file; the moment of writing is not in it."""
    book.properties.creator = AUTHOR
    written = io.BytesIO()
    book.save(written)
    steady = io.BytesIO()
    with (
        zipfile.ZipFile(written) as parts,
        zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                content = _MOMENT.sub(b"1980-01-01T00:00:00Z", content)
            kept = zipfile.ZipInfo(part.filename, _DAY)
            kept.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(kept, content)
    return steady.getvalue()
