"""Reading lists: every encoding and delimiter that people have, and one sentence for the rest."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import KnowledgeError, read_table
from graph.importing import reading

TEXT = 'id;name\r\na;"Größe; \r\nund ""Maß"""\r\n\r\nb;Zürich\r\n'


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"],
)
def test_every_common_encoding_reads_the_same(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding), "towns.csv")
    assert table.header == ("id", "name")
    assert [row.cells for row in table.rows] == [("a", 'Größe; \r\nund "Maß"'), ("b", "Zürich")]
    assert [row.number for row in table.rows] == [2, 4], "blank rows count, as in a spreadsheet"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f"id{delimiter}name{delimiter}topics\na{delimiter}A{delimiter}x\n"
    assert read_table(text.encode()).delimiter == delimiter


def test_bars_that_join_values_are_no_delimiter() -> None:
    table = read_table(b"id,topics\na,x | y | z\nb,u | v | w\n")
    assert table.rows[0].cells == ("a", "x | y | z")


def test_commas_in_texts_do_not_beat_the_semicolon() -> None:
    table = read_table(b"id;name;text\n1;A;one, two, three\n2;B;four, five, six, seven\n")
    assert table.header == ("id", "name", "text")


def test_the_hint_that_excel_writes_is_followed() -> None:
    table = read_table(b"sep=|\r\nid|name\r\na|b, c\r\n")
    assert (table.header, table.rows[0].cells) == (("id", "name"), ("a", "b, c"))
    assert table.rows[0].number == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"id,name\r\n", "has a header but no rows"),
        (b"id,name\r\n,\r\n", "has a header but no rows"),
        (b"id,name,Name\na,b,c\n", "the column “name” is there twice"),
        (b'id,name\na,"open\nb,c\n', "row 2: the quotation marks do not match"),
        (b'id,name\na,b\nc,"d"e\n', "row 3: the quotation marks do not match"),
        (b"PK\x03\x04rest", "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0rest", "cannot be read as a workbook"),
        (b"%PDF-1.7", "is a PDF document"),
        (b'{"a": 1}', "holds no list of objects"),
        (b'[{"a": 1}, 2]', "holds no list of objects"),
        (b'[{"a": 1, "a": 2}]', "a key is there twice"),
        (b'[{"a": 1}', "is not valid JSON"),
        (b"<!DOCTYPE html><p>", "is a web page"),
        (b"a\x81\x8d,b\n1,2\n", "could not be decoded"),
        (b"i\x00d,name\na,b\n", "is not a header"),
    ],
)
def test_what_is_no_list_is_told_in_a_sentence_with_a_remedy(content: bytes, said: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_table(content, "list.csv")
    assert said in caught.value.text("en")
    for lang in ("en", "de"):
        assert "list.csv" in caught.value.message[lang]
        assert caught.value.remedy[lang]


def test_a_file_that_is_not_there_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_table(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("a", "", "1 cells, but the header has 3"),
        ("a,b,c,d", "", "4 cells, but the header has 3"),
        ("a,b\x00,c", "name", "NUL"),
        ("a," + "x" * (reading.MAX_CELL + 1) + ",c", "name", "100001 characters"),
    ],
)
def test_a_row_of_broken_form_is_named_and_the_others_stay(
    row: str, column: str, said: str
) -> None:
    table = read_table(f"id,name,text\nfirst,f,\n{row}\nlast,l,\n".encode())
    assert len(table.rows) == 3
    (problem,) = table.problems
    assert (problem.row, problem.column, problem.refuses) == (3, column, True)
    assert said in problem.message.en
    assert len(problem.value) <= 80


def test_empty_cells_behind_the_last_column_are_nothing() -> None:
    assert read_table(b"id,name,,\na,b,,\n").problems == ()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    _read_or_refuse(content)


@given(st.text(alphabet='ab,;|\t"\r\n\x00 é', max_size=80), st.sampled_from(["utf-8", "utf-16"]))
def test_any_text_is_a_table_or_a_sentence(text: str, encoding: str) -> None:
    _read_or_refuse(text.encode(encoding))


def _read_or_refuse(content: bytes) -> None:
    try:
        table = read_table(content, "any.csv")
    except KnowledgeError as error:
        assert error.text("en")
        assert error.text("de")
        return
    assert table.rows
    assert all(len(row.cells) == len(table.header) for row in table.rows)


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS).filter(any), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_comes_back(
    rows: list[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "name", "text"])
    writer.writerows(rows)
    table = read_table(buffer.getvalue().encode(encoding))
    assert [row.cells for row in table.rows] == rows
    assert table.problems == ()
