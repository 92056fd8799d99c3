"""A plan as a workbook: the list as it was uploaded, with its problems where they are.

The first sheet is the list itself, so that corrected cells can be uploaded again; the importer
passes over the others. Each row stands where it stood.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from graph.errors import KnowledgeError
from graph.importing.plans import ROW_COUNTS, Plan
from graph.importing.problems import Problem
from graph.importing.reading import Row, Table
from graph.importing.workbook_child import HELP_SHEETS
from graph.importing.workbook_writing import (
    HEAD,
    WRAPPED,
    Looks,
    colour,
    comment,
    set_widths,
    text_cell,
    workbook_bytes,
)
from graph.source_names import called
from ontology import KINDS, Bilingual, plural_label

MOST_ROWS: Final = 1_048_000
"""Rows that a sheet may have."""
MOST_COMMENTS: Final = 10_000
"""Comments that spreadsheets open quickly; all problems stand on the sheet of problems, too."""

_HEADER: Final = colour("DDEBF7")
_COLOURS: Final = {
    "new": colour("E2F0D9"),
    "changed": colour("FFF2CC"),
    "refused": colour("F8CBAD"),
}


def plan_workbook(plan: Plan, table: Table, lang: str) -> bytes:
    """A plan as an XLSX file.

    Args:
        plan: what an import would do.
        table: the list that it is the plan of.
        lang: language of messages and headings.

    Raises:
        KnowledgeError: the list has more rows than a sheet can hold.
    """
    if table.rows and table.rows[-1].number > MOST_ROWS:
        raise KnowledgeError(
            Bilingual(
                "The list has more rows than a spreadsheet can hold.",
                "Die Liste hat mehr Zeilen, als ein Tabellenblatt fasst.",
            ),
            Bilingual("Split it into several lists.", "In mehrere Listen teilen."),
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_list_title(table, lang))
    assert isinstance(sheet, WriteOnlyWorksheet)
    _write_list(sheet, plan, table, lang)
    _write_summary(_named(book, "summary", lang), plan, table, lang)
    _write_rows(_named(book, "changes", lang), _CHANGES, _changes(plan, lang), lang)
    _write_rows(_named(book, "problems", lang), _PROBLEMS, _problems(plan, lang), lang)
    return workbook_bytes(book)


def _named(book: Workbook, name: str, lang: str) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(Bilingual(*HELP_SHEETS[name])[lang])
    assert isinstance(sheet, WriteOnlyWorksheet)
    return sheet


def _list_title(table: Table, lang: str) -> str:
    ours = {name for names in HELP_SHEETS.values() for name in names}
    usable = table.sheet and table.sheet not in ours and len(table.sheet) <= 31
    return table.sheet if usable else _LIST[lang]


def _write_list(sheet: WriteOnlyWorksheet, plan: Plan, table: Table, lang: str) -> None:
    places = {name: position for position, name in enumerate(table.header)}
    told: dict[tuple[int, int], list[str]] = {}
    for problem in plan.problems[:MOST_COMMENTS]:
        at = problem.row or table.header_row
        told.setdefault((at, places.get(problem.column, 0)), []).append(_in_words(problem, lang))
    states = _states(plan)
    set_widths(sheet, (max(12, min(40, len(name) + 4)) for name in table.header))
    sheet.freeze_panes = f"A{table.header_row + 1}"
    looks = Looks(sheet)
    written = 0
    for row in (Row(table.header_row, table.header), *table.rows):
        for _ in range(written + 1, row.number):
            sheet.append([])
        written = max(written + 1, row.number)
        is_head = row.number == table.header_row
        fill = _HEADER if is_head else _COLOURS.get(states.get(row.number, ""))
        font = HEAD if is_head else None
        cells = [looks.cell(text, fill=fill, font=font) for text in row.cells or ("",)]
        for position, cell in enumerate(cells):
            if messages := told.get((row.number, position)):
                cell.comment = comment("\n\n".join(messages))
        sheet.append(cells)


def _states(plan: Plan) -> dict[int, str]:
    """Number of a row to what becomes of it."""
    states = {row.number: row.state for row in plan.rows if row.number}
    return states | {one.row: "refused" for one in plan.problems if one.refuses and one.row}


def _in_words(problem: Problem, lang: str) -> str:
    shown = f"“{problem.value}”: " if problem.value and lang == "en" else ""
    shown = f"„{problem.value}“: " if problem.value and lang == "de" else shown
    return f"{_LEVELS[problem.level][lang]}. {shown}{problem.message[lang]}"


def _write_summary(sheet: WriteOnlyWorksheet, plan: Plan, table: Table, lang: str) -> None:
    kind = KINDS.get(plan.info.kind)
    facts = [
        (_FILE, table.name),
        (_SOURCE, called(plan.info.source)),
        (_KIND, plural_label(kind.iri, lang) if kind else _SEVERAL[lang]),
    ]
    set_widths(sheet, (34, 90))
    for label, value in facts:
        sheet.append([text_cell(sheet, label[lang]), text_cell(sheet, value)])
    sheet.append([])
    for name in ROW_COUNTS:
        counted = text_cell(sheet, _COUNTS[name][lang])
        if name in _COLOURS:
            counted.fill = _COLOURS[name]
        sheet.append([counted, plan.counts[name]])
    sheet.append([])
    hint = text_cell(sheet, (_NO_WAY_BACK if table.subjects else _HOW)[lang])
    hint.alignment = WRAPPED
    sheet.append([text_cell(sheet, ""), hint])
    if len(plan.problems) > MOST_COMMENTS:
        sheet.append([None, text_cell(sheet, _TOO_MANY.with_(count=MOST_COMMENTS)[lang])])


def _write_rows(
    sheet: WriteOnlyWorksheet, head: Iterable[Bilingual], rows: Iterable[tuple[str, ...]], lang: str
) -> None:
    set_widths(sheet, (8, 18, 34, 34, 50, 50))
    sheet.freeze_panes = "A2"
    titles = [text_cell(sheet, one[lang]) for one in head]
    for title in titles:
        title.font, title.fill = HEAD, _HEADER
    sheet.append(titles)
    looks = Looks(sheet)
    for number, *texts in rows:
        cells = [looks.cell(text, alignment=WRAPPED) for text in texts]
        sheet.append([int(number) if number != "0" else None, *cells])


def _changes(plan: Plan, lang: str) -> Iterator[tuple[str, ...]]:
    for row in plan.rows:
        start = (str(row.number), _COUNTS[row.state][lang], row.name)
        for detail in row.details:
            yield (*start, detail.label(lang), " | ".join(detail.old), " | ".join(detail.new))
        if not row.details:
            yield (*start, "", "", "")


def _problems(plan: Plan, lang: str) -> Iterator[tuple[str, ...]]:
    for one in plan.problems:
        level = _LEVELS[one.level][lang]
        yield str(one.row), level, one.column, one.value, one.message[lang]


_LIST: Final = Bilingual("List", "Liste")
_FILE: Final = Bilingual("File", "Datei")
_SOURCE: Final = Bilingual("Name of the list", "Name der Liste")
_KIND: Final = Bilingual("One row is one of", "Eine Zeile gehört zu")
_SEVERAL: Final = Bilingual("several kinds", "mehreren Arten")
_COUNTS: Final = {
    "rows": Bilingual("rows", "Zeilen"),
    "new": Bilingual("new", "neu"),
    "changed": Bilingual("changed", "geändert"),
    "unchanged": Bilingual("unchanged", "unverändert"),
    "gone": Bilingual("gone", "verschwunden"),
    "merged": Bilingual("of the new ones, known already", "von den neuen schon bekannt"),
    "doubtful": Bilingual("of the new ones, doubtful", "von den neuen zweifelhaft"),
    "refused": Bilingual("refused", "abgewiesen"),
}
_LEVELS: Final = {
    "refused": Bilingual("Refused", "Abgewiesen"),
    "note": Bilingual("Note", "Hinweis"),
    "open": Bilingual("Without a meaning yet", "Noch ohne Bedeutung"),
}
_HOW: Final = Bilingual(
    "Nothing has been changed yet. Comments on the first sheet say what is wrong; correct the "
    "cells there and upload this file again as the list. The other sheets are not imported.",
    "Noch ist nichts geändert. Kommentare auf dem ersten Blatt sagen, was nicht stimmt; die Zellen "
    "dort korrigieren und diese Datei wieder als Liste hochladen. Die anderen Blätter werden nicht "
    "importiert.",
)
_NO_WAY_BACK: Final = Bilingual(
    "Nothing has been changed yet. Correct the RDF file itself and upload it again.",
    "Noch ist nichts geändert. Die RDF-Datei selbst korrigieren und wieder hochladen.",
)
_TOO_MANY: Final = Bilingual(
    "Only the first {count} problems are comments; all of them stand on the last sheet.",
    "Nur die ersten {count} Probleme sind Kommentare; alle stehen auf dem letzten Blatt.",
)
_CHANGES: Final = (
    Bilingual("Row", "Zeile"),
    Bilingual("What becomes of it", "Was daraus wird"),
    Bilingual("Name", "Name"),
    Bilingual("Property", "Eigenschaft"),
    Bilingual("Old", "Alt"),
    Bilingual("New", "Neu"),
)
_PROBLEMS: Final = (
    Bilingual("Row", "Zeile"),
    Bilingual("Level", "Stufe"),
    Bilingual("Column", "Spalte"),
    Bilingual("Value", "Wert"),
    Bilingual("What is wrong, and what to do", "Was nicht stimmt und was zu tun ist"),
)
