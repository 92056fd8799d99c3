"""Workbooks and JSON: what a person sees in a spreadsheet is what comes in."""

import datetime
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph import Assumed, KnowledgeError, read_table

ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def _xlsx(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


def _rows(*rows: tuple[Any, ...]) -> bytes:
    def fill(book: Workbook) -> None:
        for row in rows:
            _sheet(book).append(row)

    return _xlsx(fill)


def _ods(tables: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("mimetype", MEDIA_TYPE)
        parts.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
            "</manifest:manifest>",
        )
        end = "</office:spreadsheet></office:body></office:document-content>"
        parts.writestr("content.xml", ODS_HEAD + tables + end)
    return out.getvalue()


def _cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_values_come_as_a_person_sees_them() -> None:
    content = _rows(
        ("id", "name", "employees", "founded", "share"),
        ("007", "Müller & Söhne", 12, datetime.date(1999, 5, 1), 0.1 + 0.2),
    )
    table = read_table(content, "m.xlsx")
    assert table.rows[0].cells == ("007", "Müller & Söhne", "12", "1999-05-01", "0.3")
    assert (table.format, table.encoding, table.header_row) == ("xlsx", "", 1)


def test_titles_above_and_sums_below_are_seen_and_told() -> None:
    content = _rows(
        ("Mitgliederliste 2016",),
        (),
        ("id", "name", "city", "employees"),
        ("a", "A", "Bonn", 3),
        ("b", "B", "Ulm", 4),
        ("Summe", None, None, 7),
    )
    table = read_table(content, "m.xlsx")
    assert (table.header_row, table.header) == (3, ("id", "name", "city", "employees"))
    assert [row.number for row in table.rows] == [4, 5]
    [note] = table.problems
    assert (note.row, note.refuses) == (6, False)


def test_a_person_says_which_sheet_and_header() -> None:
    def fill(book: Workbook) -> None:
        _sheet(book).title = "Notes"
        _sheet(book).append(("only a note",))
        members = book.create_sheet("Members")
        for row in (("x", "y", "z"), ("id", "name", "city"), ("a", "A", "Bonn")):
            members.append(row)
        hidden = book.create_sheet("Lists")
        hidden.append(("secret", "list"))
        hidden.sheet_state = "hidden"

    content = _xlsx(fill)
    table = read_table(content, "m.xlsx")
    assert (table.sheet, table.sheets) == ("Members", ("Notes", "Members"))
    corrected = read_table(content, "m.xlsx", Assumed(sheet="Members", header_row=2))
    assert corrected.header == ("id", "name", "city")
    assert len(corrected.rows) == 1
    with pytest.raises(KnowledgeError, match="no sheet “Lists”") as caught:
        read_table(content, "m.xlsx", Assumed(sheet="Lists"))
    assert "Notes, Members" in caught.value.text("en")


def test_a_cell_merged_down_holds_for_every_row_beside_it() -> None:
    def fill(book: Workbook) -> None:
        for row in (("id", "name", "cluster"), ("a", "A", "Optence"), ("b", "B"), ("c", "C", "X")):
            _sheet(book).append(row)
        _sheet(book).merge_cells("C2:C3")

    table = read_table(_xlsx(fill), "m.xlsx")
    assert [row.cells[2] for row in table.rows] == ["Optence", "Optence", "X"]


def test_an_opendocument_sheet_reads_the_same() -> None:
    header = "".join(map(_cell, ("id", "name", "founded", "share")))
    row = (
        _cell("a")
        + _cell("Größe")
        + _cell("01.05.99", 'office:value-type="date" office:date-value="1999-05-01"')
        + _cell("50 %", 'office:value-type="float" office:value="0.5"')
    )
    rows = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in (header, row))
    table = read_table(_ods(f'<table:table table:name="T">{rows}</table:table>'), "m.ods")
    assert table.format == "ods"
    assert table.rows[0].cells == ("a", "Größe", "1999-05-01", "0.5")


@settings(max_examples=15)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_cell_of_a_workbook_is_lost_or_changed(rows: list[list[str]]) -> None:
    # A leading "=" would be a formula.
    rows = [["k", *(cell.lstrip("=") for cell in row)] for row in rows]
    table = read_table(_rows(("id", "name", "city", "text"), *map(tuple, rows)), "m.xlsx")
    assert [row.cells for row in table.rows] == [tuple(c.strip() for c in row) for row in rows]


def _with_part(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, data if part == name else old.read(part))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    b"</sheetData></worksheet>"
)
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
    + FAR.replace(b"<v>1</v>", b"<v>&j;</v>", 1)
)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        _rows(("id", "name"), ("a", "A"))[:-200],
        _with_part(_rows(("id",)), SHEET, FAR),
        _with_part(_rows(("id",)), SHEET, LAUGHS),
        _with_part(_rows(("id",)), SHEET, b" " * ((1 << 30) + 1)),
        _ods(
            '<table:table table:name="T"><table:table-row table:number-rows-repeated="1048576">'
            '<table:table-cell table:number-columns-repeated="16384" '
            'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
            "</table:table>"
        ),
    ],
    ids=["cut", "torn", "far cell", "entities", "unpacked", "repeated"],
)
def test_a_workbook_that_asks_for_too_much_is_told_in_a_sentence(content: bytes) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_table(content, "m.xlsx")
    assert "m.xlsx" in caught.value.text("de")


def test_json_in_lists_objects_and_lines() -> None:
    objects = [{"id": "a", "name": "A", "at": {"city": "Bonn"}, "n": 3}, {"id": "b", "x": None}]
    lines = "\n".join(map(json.dumps, objects))
    for text in (json.dumps(objects), json.dumps({"meta": 1, "members": objects}), lines):
        table = read_table(text.encode(), "m.json")
        assert table.header == ("id", "name", "at.city", "n", "x")
        assert [row.cells for row in table.rows] == [
            ("a", "A", "Bonn", "3", ""),
            ("b", "", "", "", ""),
        ]
        assert table.format == "json"


def test_a_cell_whose_value_is_not_to_be_had_is_told() -> None:
    def fill(book: Workbook) -> None:
        sheet = _sheet(book)
        sheet.title = "Liste & mehr"
        for row in (("",) * 4, ("", "name", "city", "employees"), ("", "A", "=B9", 3)):
            sheet.append(row)
        sheet.append(("", "B", "Ulm", "#N/A"))
        sheet["D4"].data_type = "e"

    table = read_table(_xlsx(fill), "list.xlsx")
    assert [row.cells for row in table.rows] == [("A", "", "3"), ("B", "Ulm", "")]
    told = [(one.row, one.column, one.value, one.level) for one in table.problems]
    assert told == [(3, "city", "= (C3)", "note"), (4, "employees", "#N/A", "note")]


def test_long_numbers_keep_their_digits() -> None:
    table = read_table(_rows(("name", "id"), ("A", 1_234_567_890_123_450)), "list.xlsx")
    assert table.rows[0].cells == ("A", "1234567890123450")
