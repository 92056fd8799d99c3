"""Empty lists to fill in: one for each kind, from its shape, in German or English.

A template comes back as it went out: its headings are those that the importer understands, its
explanations stand on a sheet that the importer passes over (:data:`HELP_SHEETS`).
"""

import csv
import io
from collections.abc import Mapping
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import KnowledgeError
from graph.importing.problems import shortened
from graph.importing.template_columns import (
    CHOSEN_FROM,
    MEMBERS,
    TEMPLATE_FORMATS,
    TEMPLATE_KINDS,
    TemplateColumn,
    template_columns,
)
from graph.importing.workbook_child import HELP_SHEETS
from graph.importing.workbook_writing import (
    HEAD,
    TEXT_FORMAT,
    WRAPPED,
    colour,
    comment,
    text_cell,
    workbook_bytes,
)
from graph.knowledge import View
from ontology import KINDS, Bilingual, plural_label

_ROWS: Final = 5_000
"""Rows that drop-down lists are offered in."""
_MOST_CHOICES: Final = 1_000
_REQUIRED: Final = colour("FFE699")
_OPTIONAL: Final = colour("DDEBF7")


def template(kind: str, fmt: str = "xlsx", lang: str = "de", *, view: View | None = None) -> bytes:
    """An empty list of a kind.

    Args:
        kind: one of :data:`TEMPLATE_KINDS`.
        fmt: ``xlsx`` or ``csv``.
        lang: language of the headings and explanations.
        view: whose sectors and clusters may be chosen from; None: none are offered.

    Raises:
        KnowledgeError: there is no template for that.

    >>> template("place", "csv", "de").decode("utf-8-sig").split(";")[:2]
    ['Kennung', 'Name']
    """
    if kind not in TEMPLATE_KINDS or fmt not in TEMPLATE_FORMATS:
        raise _no_template(kind, fmt)
    columns = template_columns(kind, _words(view, lang))
    if fmt == "csv":
        return _as_csv(columns, lang)
    title = _MEMBERS[lang] if kind == MEMBERS else plural_label(KINDS[kind].iri, lang)
    return _as_workbook(title, columns, lang)


def _no_template(kind: str, fmt: str) -> KnowledgeError:
    return KnowledgeError(
        Bilingual(
            "There is no template “{kind}.{fmt}”.", "Es gibt keine Vorlage „{kind}.{fmt}“."
        ).with_(kind=shortened(kind), fmt=shortened(fmt)),
        Bilingual(
            "Choose one of {kinds}, as xlsx or csv.", "Eine von {kinds} wählen, als xlsx oder csv."
        ).with_(kinds=", ".join(TEMPLATE_KINDS)),
    )


def _words(view: View | None, lang: str) -> Mapping[str, tuple[str, ...]]:
    """What things that may be chosen are called, by their kind."""
    if view is None:
        return {}
    return {
        kind: tuple(sorted({thing.label(lang) for thing in view.things(kind)})[:_MOST_CHOICES])
        for kind in set(CHOSEN_FROM.values())
    }


def _as_csv(columns: list[TemplateColumn], lang: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerow([column.header[lang] for column in columns])
    # With a byte order mark, so that spreadsheets read the umlauts.
    return out.getvalue().encode("utf-8-sig")


def _as_workbook(title: str, columns: list[TemplateColumn], lang: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title[:31]
    sheet.append([_heading(sheet, column, lang) for column in columns])
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 34
    for number, column in enumerate(columns, 1):
        shape = sheet.column_dimensions[get_column_letter(number)]
        shape.width = max(14, min(40, len(column.header[lang]) + 6))
        if column.is_text:
            shape.number_format = TEXT_FORMAT
    _explain(book.create_sheet(Bilingual(*HELP_SHEETS["help"])[lang]), columns, lang)
    _offer_choices(book, sheet, columns, lang)
    return workbook_bytes(book)


def _heading(sheet: Worksheet, column: TemplateColumn, lang: str) -> object:
    cell = text_cell(sheet, column.header[lang] + (" *" if column.required else ""))
    cell.font = HEAD
    cell.fill = _REQUIRED if column.required else _OPTIONAL
    cell.alignment = WRAPPED
    cell.comment = comment("\n".join(_told(column, lang)))
    return cell


def _told(column: TemplateColumn, lang: str) -> list[str]:
    """Everything that helps to fill in a column, a line each."""
    lines = [column.meaning[lang]]
    if column.required:
        lines.append(_IS_REQUIRED[lang])
    if column.many:
        lines.append(_MANY[lang])
    if column.is_date:
        lines.append(_DATE[lang])
    if column.choices and len(column.choices) <= _FEW:
        choices = ", ".join(choice[lang] for choice in column.choices)
        lines.append(_ONE_OF.with_(choices=choices)[lang])
    lines.append(_EXAMPLE.with_(example=column.example)[lang])
    return lines


def _explain(sheet: Worksheet, columns: list[TemplateColumn], lang: str) -> None:
    """The sheet that tells what each column is for; its rows are not imported."""
    head = [text_cell(sheet, text[lang]) for text in _EXPLAINED]
    for cell in head:
        cell.font, cell.fill = HEAD, _OPTIONAL
    for line in (_INTRODUCTION[lang], ""):
        sheet.append([text_cell(sheet, line)])
    sheet.append(head)
    for column in columns:
        choices = column.choices[:_FEW] if len(column.choices) > _FEW else column.choices
        listed = ", ".join(choice[lang] for choice in choices)
        texts = (
            column.header[lang],
            _YES[lang] if column.required else "",
            column.meaning[lang],
            _YES[lang] if column.many else "",
            f"{listed}, …" if len(column.choices) > _FEW else listed,
            column.example[lang],
        )
        cells = [text_cell(sheet, text) for text in texts]
        for cell in cells:
            cell.alignment = WRAPPED
        sheet.append(cells)
    for letter, width in zip("ABCDEF", (26, 11, 60, 16, 44, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A4"


def _offer_choices(
    book: Workbook, sheet: Worksheet, columns: list[TemplateColumn], lang: str
) -> None:
    """Drop-down lists, whose values stand on a sheet that nobody needs to see."""
    values = book.create_sheet(_VALUES)
    values.sheet_state = "hidden"
    used = 0
    for number, column in enumerate(columns, 1):
        if not column.choices:
            continue
        used += 1
        for row, choice in enumerate(column.choices, 1):
            values.cell(row, used, choice[lang]).number_format = TEXT_FORMAT
        letter = get_column_letter(used)
        offered = DataValidation(
            type="list",
            formula1=f"{_VALUES}!${letter}$1:${letter}${len(column.choices)}",
            allow_blank=True,
            showErrorMessage=column.closed,
            errorTitle=column.header[lang][:32],
            error=_CHOOSE[lang],
        )
        at = get_column_letter(number)
        offered.add(f"{at}2:{at}{_ROWS + 1}")
        sheet.add_data_validation(offered)


_MEMBERS: Final = Bilingual("Members", "Mitglieder")
_FEW: Final = 15
"""Values that are listed in full."""
_VALUES: Final = "clusterradar"
_YES: Final = Bilingual("yes", "ja")
_IS_REQUIRED: Final = Bilingual("Each new row needs this.", "Jede neue Zeile braucht das.")
_MANY: Final = Bilingual(
    "Several values are joined by “ | ”.", "Mehrere Werte werden mit „ | “ verbunden."
)
_DATE: Final = Bilingual(
    "2025, 2025-03 or 2025-03-04. The column is formatted as text, so that the spreadsheet does "
    "not make another date of it.",
    "2025, 2025-03 oder 2025-03-04. Die Spalte ist als Text formatiert, damit das "
    "Tabellenprogramm kein anderes Datum daraus macht.",
)
_ONE_OF: Final = Bilingual("One of: {choices}.", "Eines von: {choices}.")
_EXAMPLE: Final = Bilingual("Example: {example}", "Beispiel: {example}")
_CHOOSE: Final = Bilingual("Choose a value from the list.", "Bitte einen Wert der Liste wählen.")
_INTRODUCTION: Final = Bilingual(
    "Fill in the first sheet: one row for each entry. Columns with * are required, all others may "
    "stay empty or be deleted. This sheet is not imported.",
    "Füllen Sie das erste Blatt aus: eine Zeile je Eintrag. Spalten mit * sind Pflicht, alle "
    "anderen dürfen leer bleiben oder gelöscht werden. Dieses Blatt wird nicht importiert.",
)
_EXPLAINED: Final = (
    Bilingual("Column", "Spalte"),
    Bilingual("Required", "Pflicht"),
    Bilingual("Meaning", "Bedeutung"),
    Bilingual("Several values", "Mehrere Werte"),
    Bilingual("Values to choose from", "Werte zur Auswahl"),
    Bilingual("Example", "Beispiel"),
)
