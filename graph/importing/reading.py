"""Reading a list: from bytes of any common format to a header and rows of text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import KnowledgeError
from graph.importing.assumed import FOUND_OUT, Assumed, Grid
from graph.importing.decoding import decoded, refuse_other_formats
from graph.importing.delimited import read_delimited
from graph.importing.heading import header_place, without_sums
from graph.importing.nested import looks_like_json, read_json
from graph.importing.problems import NOTE, Problem, shortened
from graph.importing.rdf_lists import Subject, columns_and_cells, rdf_format, read_rdf
from graph.importing.workbooks import read_workbook, workbook_format
from graph.progress import Progress, silent
from ontology import Bilingual

MAX_CELL: Final = 100_000
"""Characters that one cell may have."""
MAX_COLUMNS: Final = 1_000


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells without outer blanks."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A list as it was read.

    Attributes:
        name: what to call it in messages (the file's name).
        header: names of the columns.
        rows: every row that is not blank; each has as many cells as the header.
        encoding: how the bytes were decoded.
        delimiter: what parts the cells.
        problems: rows whose form is broken, which are among ``rows`` but must be refused; and
            notes about rows that were left out.
        format: ``csv``, ``xlsx``, ``xls``, ``ods``, ``json`` or the name of an RDF format.
        header_row: number of the row that names the columns.
        sheet: name of the sheet; empty where there are none.
        sheets: names of all sheets that a person sees.
        subjects: what an RDF list describes, one a row; empty for any other list.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    problems: tuple[Problem, ...] = ()
    format: str = "csv"
    header_row: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()


def read_table(
    source: Path | bytes,
    name: str = "",
    assumed: Assumed = FOUND_OUT,
    progress: Progress = silent,
) -> Table:
    """Read a list: CSV, a workbook (XLSX, XLS, ODS), JSON or RDF.

    Args:
        source: the file, or its bytes.
        name: what to call it in messages; by default the file's name.
        assumed: what a person said about its form; the rest is found out.
        progress: told how much is read, in the stage ``reading``: lines of a delimited text,
            at last rows.

    Raises:
        KnowledgeError: this is no list of rows that could be read; the message says what to do.

    >>> table = read_table("id;name\\r\\n1;Zürich\\r\\n".encode("cp1252"), "towns.csv")
    >>> table.header, table.rows[0].cells, table.encoding, table.delimiter
    (('id', 'name'), ('1', 'Zürich'), 'windows-1252', ';')
    """
    content = source if isinstance(source, bytes) else _bytes_of(source)
    name = name or (source.name if isinstance(source, Path) else "")
    progress("reading", 0, 1)
    if ending := rdf_format(content, name):
        return _subjects(content, name, ending, assumed)
    grid = _grid(content, name, assumed, progress)
    progress("reading", len(grid.records), len(grid.records))
    place = header_place(grid.records, assumed.header_row)
    below = list(grid.records[place + 1 :])
    top = grid.records[place] if grid.records else None
    header = _header(top, name)
    below, notes = without_sums(below)
    rows, problems = _rows(iter(below), header)
    if not rows:
        raise KnowledgeError(
            Bilingual(
                "{name} has a header but no rows.", "{name} hat eine Kopfzeile, aber keine Zeilen."
            ).with_(name=name),
            Bilingual(
                "Add at least one row below the header.",
                "Mindestens eine Zeile unter die Kopfzeile schreiben.",
            ),
        )
    return Table(
        name,
        header,
        tuple(rows),
        grid.encoding,
        grid.delimiter,
        (*problems, *_lost(grid, header), *notes),
        format=grid.format,
        header_row=top[0] if top else 1,
        sheet=grid.sheet,
        sheets=grid.sheets,
    )


def _lost(grid: Grid, header: tuple[str, ...]) -> Iterator[Problem]:
    """A note for each cell that a person sees something in, and the file has no value of."""
    for number, place, shown in grid.lost:
        column = header[place] if 0 <= place < len(header) else ""
        yield Problem(number, column, shortened(shown), _LOST, NOTE)


def _subjects(content: bytes, name: str, ending: str, assumed: Assumed) -> Table:
    found = read_rdf(content, name, ending, assumed.encoding)
    header, rows = columns_and_cells(found.subjects)
    return Table(
        name,
        header,
        tuple(Row(number, cells) for number, cells in rows),
        found.encoding,
        "",
        found.notes,
        format=found.format,
        subjects=found.subjects,
    )


def read_grid(content: bytes, name: str, assumed: Assumed = FOUND_OUT) -> Grid:
    """The rows of a file before anything is known of a header, so that a person can point at it.

    Raises:
        KnowledgeError: these bytes are no rows, or not in the form that was said.
    """
    return _grid(content, name, assumed, silent)


def _grid(content: bytes, name: str, assumed: Assumed, progress: Progress) -> Grid:
    if workbook_format(content):
        return read_workbook(content, name, assumed.sheet)
    refuse_other_formats(content, name)
    text, encoding = decoded(content, name, assumed.encoding)
    if looks_like_json(text) and not assumed.delimiter:
        return read_json(text, name, encoding)
    return read_delimited(text, name, encoding, assumed.delimiter, progress)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KnowledgeError(
            Bilingual(
                "{path} cannot be read ({why}).", "{path} lässt sich nicht lesen ({why})."
            ).with_(path=path, why=error.strerror),
            Bilingual(
                "Check its name and whether you may read it.",
                "Namen und Leserechte prüfen.",
            ),
        ) from error


def _header(record: tuple[int, list[str]] | None, name: str) -> tuple[str, ...]:
    if record is None:
        raise KnowledgeError(
            Bilingual("{name} has no rows.", "{name} hat keine Zeilen.").with_(name=name),
            Bilingual(
                "Choose a CSV file with a header and at least one row.",
                "Eine CSV-Datei mit Kopfzeile und mindestens einer Zeile wählen.",
            ),
        )
    number, cells = record
    while cells and not cells[-1]:
        cells.pop()
    repeated = [
        one for one, count in Counter(map(str.casefold, filter(None, cells))).items() if count > 1
    ]
    if repeated:
        raise KnowledgeError(
            Bilingual(
                "{name}, row {row}: the column “{column}” is there twice.",
                "{name}, Zeile {row}: Die Spalte „{column}“ ist doppelt.",
            ).with_(name=name, row=number, column=shortened(repeated[0])),
            Bilingual(
                "Rename or delete one of the two columns.",
                "Eine der beiden Spalten umbenennen oder löschen.",
            ),
        )
    wrong = next((cell for cell in cells if "\x00" in cell or len(cell) > 1_000), None)
    if wrong is not None or len(cells) > MAX_COLUMNS:
        raise KnowledgeError(
            Bilingual(
                "{name}, row {row}: this is not a header with the names of columns.",
                "{name}, Zeile {row}: Das ist keine Kopfzeile mit den Namen der Spalten.",
            ).with_(name=name, row=number),
            Bilingual(
                "The first row names the columns, for example: id,name,website.",
                "Die erste Zeile nennt die Spalten, zum Beispiel: id,name,website.",
            ),
        )
    return tuple(cells)


def _rows(
    records: Iterator[tuple[int, list[str]]], header: tuple[str, ...]
) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in records:
        problems.extend(_broken(number, cells, header))
        padded = (*cells[: len(header)], *[""] * (len(header) - len(cells)))
        rows.append(Row(number, padded))
    return rows, problems


_RAGGED: Final = Bilingual(
    "This row has {found} cells, but the header has {expected}. Put cells that contain the "
    "delimiter into quotation marks, and give every row as many cells as the header.",
    "Diese Zeile hat {found} Zellen, die Kopfzeile aber {expected}. Zellen, die das Trennzeichen "
    "enthalten, in Anführungszeichen setzen und jeder Zeile so viele Zellen geben wie der "
    "Kopfzeile.",
)
_LOST: Final = Bilingual(
    "This cell holds an error, or a formula whose result is not stored in the file, so it counts "
    "as empty. Open and save the file in a spreadsheet program, or write the value itself.",
    "Diese Zelle enthält einen Fehler oder eine Formel, deren Ergebnis nicht in der Datei steht; "
    "sie gilt als leer. Die Datei in einem Tabellenprogramm öffnen und speichern oder den Wert "
    "selbst schreiben.",
)
_NUL: Final = Bilingual(
    "This cell contains a NUL character, which is no text. Delete it, or save the list anew.",
    "Diese Zelle enthält ein NUL-Zeichen, das kein Text ist. Löschen oder die Liste neu speichern.",
)
_HUGE: Final = Bilingual(
    "This cell has {found} characters; {most} are allowed. Shorten it, and check whether a "
    "quotation mark is missing.",
    "Diese Zelle hat {found} Zeichen; erlaubt sind {most}. Kürzen und prüfen, ob ein "
    "Anführungszeichen fehlt.",
)


def _broken(number: int, cells: list[str], header: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with the form of one row."""
    if len(cells) < len(header) or any(cells[len(header) :]):
        message = _RAGGED.with_(found=len(cells), expected=len(header))
        yield Problem(number, "", shortened(" ".join(cells)), message)
    for column, cell in zip(header, cells, strict=False):
        if "\x00" in cell:
            yield Problem(number, column, shortened(cell.replace("\x00", "␀")), _NUL)
        if len(cell) > MAX_CELL:
            message = _HUGE.with_(found=len(cell), most=MAX_CELL)
            yield Problem(number, column, shortened(cell), message)
