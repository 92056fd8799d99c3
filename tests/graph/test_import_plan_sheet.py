"""A plan as a workbook: problems where they are, harmless cells, and the list comes back."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph import (
    Knowledge,
    KnowledgeError,
    ListInfo,
    Plan,
    Table,
    commit_plan,
    make_plan,
    plan_workbook,
    read_table,
)

LIST = """Mitglieder 2016;;;;
;;;;
Firma;Ort;Beschäftigte;Rechtsform;Mitglied in
Acme;Bonn;12;GmbH;Optence
Beta;Ulm;zehn;AG;Optence
=HYPERLINK("http://x","y");Köln;3;-1;+49
@SUM(A1);_x0041_;7;;
Alt;Hof;2;;
"""
INFO = ListInfo(kind="organisation", source="members")


@pytest.fixture
def planned() -> tuple[Plan, Table]:
    with Knowledge.open(None) as knowledge:
        before = LIST.replace("Acme;Bonn;12", "Acme;Bonn;11").replace("Alt;Hof", "Neu;Hof")
        commit_plan(knowledge, make_plan(knowledge, read_table(before.encode()), INFO), "before")
        table = read_table(LIST.encode("cp1252"), "members.csv")
        return make_plan(knowledge, table, INFO), table


def sheets(content: bytes) -> list[Worksheet]:
    book = load_workbook(io.BytesIO(content))
    return [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]


def test_the_list_stands_where_it_stood_with_problems_as_comments(
    planned: tuple[Plan, Table],
) -> None:
    plan, table = planned
    listed, summary, changes, problems = sheets(plan_workbook(plan, table, "de"))
    titles = [listed.title, summary.title, changes.title, problems.title]
    assert titles == ["Liste", "Zusammenfassung", "Änderungen", "Probleme"]
    assert [cell.value for cell in listed[3]] == list(table.header)
    wrong = listed["C5"]
    assert wrong.value == "zehn"
    assert wrong.comment is not None
    assert "Abgewiesen. „zehn“" in wrong.comment.text
    fills = {row: listed.cell(row, 1).fill.start_color.rgb for row in (4, 5, 6, 8)}
    assert fills == {4: "00FFF2CC", 5: "00F8CBAD", 6: "00000000", 8: "00E2F0D9"}
    counted = {row[0].value: row[1].value for row in summary.iter_rows() if row[0].value}
    assert (counted["geändert"], counted["abgewiesen"], counted["Datei"]) == (1, 1, "members.csv")
    told = [[cell.value for cell in row] for row in changes.iter_rows(min_row=2)]
    assert [4, "geändert", "Acme", "zählt Beschäftigte", "11", "12"] in told
    assert [None, "verschwunden", "Neu", None, None, None] in told
    refused = [row[0].value for row in problems.iter_rows() if row[1].value == "Abgewiesen"]
    assert refused == [5]


def test_no_cell_becomes_a_formula(planned: tuple[Plan, Table]) -> None:
    plan, table = planned
    for sheet in sheets(plan_workbook(plan, table, "en")):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", cell
            if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@"):
                assert (cell.number_format, cell.quotePrefix) == ("@", True)


def test_what_comes_back_is_the_list(planned: tuple[Plan, Table]) -> None:
    plan, table = planned
    again = read_table(plan_workbook(plan, table, "en"), "plan.xlsx")
    assert (again.header, again.header_row, again.rows) == (table.header, 3, table.rows)


def test_corrected_cells_can_be_uploaded(planned: tuple[Plan, Table]) -> None:
    plan, table = planned
    book = load_workbook(io.BytesIO(plan_workbook(plan, table, "de")))
    book.worksheets[0]["C5"].value = "10"
    out = io.BytesIO()
    book.save(out)
    with Knowledge.open(None) as knowledge:
        corrected = make_plan(knowledge, read_table(out.getvalue()), INFO)
    assert (corrected.counts["new"], corrected.counts["refused"]) == (5, 0)


def test_a_plan_of_an_rdf_list_says_how_to_correct_it() -> None:
    text = b"<https://example.org/a> a <https://w3id.org/clusterradar/ontology#Person> ."
    with Knowledge.open(None) as knowledge:
        table = read_table(text, "x.ttl")
        plan = make_plan(knowledge, table, ListInfo(kind="", source="rdf"))
    listed, summary, _, problems = sheets(plan_workbook(plan, table, "en"))
    assert listed["A2"].value == "https://example.org/a"
    assert "RDF file" in str(summary[summary.max_row][1].value)
    assert problems["B2"].value == "Refused"


def test_more_rows_than_a_sheet_holds_are_refused(planned: tuple[Plan, Table]) -> None:
    plan, table = planned
    last = replace(table.rows[-1], number=1_048_577)
    with pytest.raises(KnowledgeError, match="more rows than a spreadsheet"):
        plan_workbook(plan, replace(table, rows=(*table.rows[:-1], last)), "en")
