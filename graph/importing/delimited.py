"""Delimited text (CSV): which delimiter it has, and its rows."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from graph.errors import KnowledgeError
from graph.importing.assumed import Grid
from graph.progress import EVERY, Progress, silent
from ontology import Bilingual

DELIMITERS: Final = (",", ";", "\t", "|")

_SAMPLE: Final = 50
_EXCEL_HINT: Final = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)

# Above any cell that is allowed, so that we are the ones who say where it is.
csv.field_size_limit(1 << 30)


def read_delimited(
    text: str, name: str, encoding: str, delimiter: str = "", progress: Progress = silent
) -> Grid:
    """The rows of a delimited text.

    Args:
        text: the list.
        name: what to call it in messages.
        encoding: how the bytes were decoded.
        delimiter: what parts the cells; empty: find it.
        progress: told how many lines are read.

    Raises:
        KnowledgeError: quotation marks do not match.
    """
    hint = _EXCEL_HINT.match(text)
    first = 1 if hint is None else 2
    if hint is not None:
        text = text[hint.end() :]
        delimiter = delimiter or hint.group(1)
    delimiter = delimiter or _delimiter_of(text)
    records = tuple(_records(text, delimiter, name, first, progress))
    return Grid(records, encoding=encoding, delimiter=delimiter)


def _delimiter_of(text: str) -> str:
    """The delimiter that parts the first rows into the most, and equally many, cells.

    A bar also joins values within a cell, so it wins only where nothing else parts anything.
    """
    best, best_score = DELIMITERS[0], (0.0, 0)
    for delimiter in DELIMITERS:
        widths = _widths(text, delimiter)
        if not widths or widths[0] < 2 or (delimiter == "|" and best_score[1]):
            continue
        score = (sum(width == widths[0] for width in widths) / len(widths), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(text: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            if record:
                widths.append(len(record))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        return widths
    return widths


def _records(
    text: str, delimiter: str, name: str, first: int, progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = first - 1
    lines = text.count("\n") + 1
    while True:
        number += 1
        if number % EVERY == 0:
            progress("reading", min(reader.line_num, lines), lines)
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise KnowledgeError(
                Bilingual(
                    "{name}, row {row}: the quotation marks do not match ({why}).",
                    "{name}, Zeile {row}: Die Anführungszeichen passen nicht zueinander ({why}).",
                ).with_(name=name, row=number, why=error),
                Bilingual(
                    'Put a cell that contains quotation marks into "..." and double those inside.',
                    'Eine Zelle mit Anführungszeichen in "..." setzen und die inneren verdoppeln.',
                ),
            ) from error
        if record is None:
            return
        cells = [cell.strip() for cell in record]
        if any(cells):
            yield number, cells
