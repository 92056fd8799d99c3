"""Templates: what goes out comes back, in both languages, without a correction."""

import csv
import io
import zipfile
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from graph import (
    TEMPLATE_FORMATS,
    TEMPLATE_KINDS,
    Knowledge,
    KnowledgeError,
    ListInfo,
    commit_plan,
    make_plan,
    read_table,
    template,
)
from graph.importing.template_columns import template_columns

ALL = [(kind, lang) for kind in TEMPLATE_KINDS for lang in ("de", "en")]


@cache
def workbook(kind: str, lang: str) -> bytes:
    return template(kind, "xlsx", lang)


def filled_csv(kind: str, lang: str) -> bytes:
    columns = template_columns(kind, {})
    out = io.StringIO(template(kind, "csv", lang).decode("utf-8-sig"))
    out.seek(0, io.SEEK_END)
    csv.writer(out, delimiter=";").writerow([column.example[lang] for column in columns])
    return out.getvalue().encode("cp1252" if lang == "de" else "utf-8")


@pytest.mark.parametrize(("kind", "lang"), ALL)
def test_a_filled_template_needs_no_correction(kind: str, lang: str) -> None:
    columns = template_columns(kind, {})
    table = read_table(filled_csv(kind, lang), f"{kind}.csv")
    assert len(table.header) == len(columns)
    with Knowledge.open(None) as knowledge:
        rows = "organisation" if kind == "members" else kind
        plan = make_plan(knowledge, table, ListInfo(kind=rows, source="filled"))
    wrong = [one for one in plan.problems if one.level != "open"]
    assert not wrong
    assert plan.counts["new"] == 1


@pytest.mark.parametrize("kind", ["organisation", "competence", "figure", "listing"])
def test_a_filled_workbook_says_what_the_filled_csv_file_says(kind: str) -> None:
    book = load_workbook(io.BytesIO(workbook(kind, "de")))
    sheet = book.worksheets[0]
    for number, column in enumerate(template_columns(kind, {}), 1):
        example = column.example["de"]
        sheet.cell(2, number, example if column.is_text else float(example))
    out = io.BytesIO()
    book.save(out)
    table = read_table(out.getvalue(), f"{kind}.xlsx")
    said = read_table(filled_csv(kind, "de"), f"{kind}.csv")
    assert tuple(head.removesuffix(" *") for head in table.header) == said.header
    assert [row.cells for row in table.rows] == [row.cells for row in said.rows]


@pytest.mark.parametrize(
    ("kind", "lang", "fmt"),
    [
        *(("organisation", lang, fmt) for lang in ("de", "en") for fmt in TEMPLATE_FORMATS),
        *((kind, "de", "csv") for kind in TEMPLATE_KINDS),
    ],
)
def test_an_empty_template_is_told_to_have_no_rows(kind: str, lang: str, fmt: str) -> None:
    content = workbook(kind, lang) if fmt == "xlsx" else template(kind, fmt, lang)
    with pytest.raises(KnowledgeError, match="has a header but no rows"):
        read_table(content, f"{kind}.{fmt}")


def test_a_workbook_offers_lists_explains_and_keeps_what_is_typed() -> None:
    book = load_workbook(io.BytesIO(workbook("organisation", "de")))
    sheet, help_sheet, values = book.worksheets
    assert (sheet.title, help_sheet.title) == ("Organisationen", "Erläuterung")
    assert (sheet.freeze_panes, values.sheet_state) == ("A2", "hidden")
    heads = {str(cell.value): cell for cell in sheet[1] if isinstance(cell, Cell)}
    assert heads["Name *"].comment is not None
    assert "Jede neue Zeile braucht das." in heads["Name *"].comment.text
    offered = {str(one.sqref).split("2:")[0]: one for one in sheet.data_validations.dataValidation}
    kinds = offered[heads["Art"].column_letter]
    first, last = str(kinds.formula1).partition("!")[2].split(":")
    listed = [cell.value for (cell,) in values[f"{first}:{last}".replace("$", "")]]
    assert listed[:3] == ["Unternehmen", "Forschungseinrichtung", "Hochschule"]
    assert offered[heads["Land"].column_letter].showErrorMessage is False
    assert offered[heads["Erfunden"].column_letter].showErrorMessage is True
    assert sheet.column_dimensions[heads["Gegründet"].column_letter].number_format == "@"
    explained = [row[0].value for row in help_sheet.iter_rows(min_row=4)]
    assert explained == [column.header["de"] for column in template_columns("organisation", {})]


def test_the_same_template_is_the_same_bytes() -> None:
    assert template("event", "xlsx", "en") == workbook("event", "en")
    with zipfile.ZipFile(io.BytesIO(workbook("event", "en"))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sectors_and_clusters_that_a_viewer_may_read_can_be_chosen() -> None:
    with Knowledge.open(None) as knowledge:
        for kind, rows in (("sector", b"label_de\nOptik\n"), ("cluster", b"name\nOptence\n")):
            plan = make_plan(knowledge, read_table(rows), ListInfo(kind=kind, source=f"{kind}s"))
            commit_plan(knowledge, plan, kind)
        content = template("organisation", "xlsx", "de", view=knowledge.view())
    words = load_workbook(io.BytesIO(content)).worksheets[2]
    chosen = {cell.value for row in words.iter_rows() for cell in row}
    assert {"Optik", "Optence"} <= chosen
    assert "Optence" not in {
        cell.value
        for row in load_workbook(io.BytesIO(workbook("organisation", "de"))).worksheets[2]
        for cell in row
    }


@pytest.mark.parametrize(("kind", "fmt"), [("source", "xlsx"), ("wizard", "csv"), ("place", "pdf")])
def test_other_templates_are_refused_with_what_there_is(kind: str, fmt: str) -> None:
    with pytest.raises(KnowledgeError, match="organisation"):
        template(kind, fmt, "en")
