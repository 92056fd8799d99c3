"""``clusterradar duplicates``: which rows of lists are the same thing."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from graph import (
    ANONYMOUS,
    Pair,
    Table,
    doubtful_pairs,
    find_pairs,
    measure,
    read_table,
    true_pairs,
)
from ontology import Bilingual
from webapp.cli.common import data_dir_option, lang_option, opened, plain_errors, print_json

_ANSWER: Final = Bilingual(
    "{pairs} pairs in {rows} rows, {seconds} s.", "{pairs} Paare in {rows} Zeilen, {seconds} s."
)
_QUALITY: Final = Bilingual(
    "Of {true} true pairs {right} were found: precision {precision}, recall {recall}, F1 {f1}.",
    "Von {true} wahren Paaren wurden {right} gefunden: Genauigkeit {precision}, "
    "Ausbeute {recall}, F1 {f1}.",
)
_IN_DOUBT: Final = Bilingual(
    "Pairs to decide: {pairs}. Decide them at /import/doubts.",
    "Zu entscheidende Paare: {pairs}. Entschieden wird unter /import/doubts.",
)
_NO_TRUTH: Final = Bilingual(
    "{file} names no rows of these lists. Its first two columns must hold values of a column that "
    "each list has, as its ids.",
    "{file} nennt keine Zeilen dieser Listen. Die ersten beiden Spalten müssen Werte einer Spalte "
    "enthalten, die jede Liste hat, etwa ihre Kennungen.",
)


@dataclass(frozen=True)
class _List:
    """A list that was read: its rows as column to cell."""

    table: Table
    rows: list[dict[str, str]]

    @classmethod
    def read(cls, path: Path) -> "_List":
        table = read_table(path)
        header = [name or f"#{place}" for place, name in enumerate(table.header, start=1)]
        rows = [dict(zip(header, row.cells, strict=True)) for row in table.rows]
        return cls(table, rows)

    def told(self, place: int) -> dict[str, Any]:
        """A row as programs and people are told of it."""
        return {"row": self.table.rows[place].number, "cells": self.rows[place]}


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument(
    "other", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--truth",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="List of the true pairs, to measure what was found; it is not looked at before.",
)
@click.option(
    "--at-least",
    type=click.FloatRange(0.0, 1.0),
    default=0.5,
    show_default=True,
    help="How sure a pair must be.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def duplicates(
    file: Path | None,
    other: Path | None,
    truth: Path | None,
    at_least: float,
    as_json: bool,
    lang: str,
    data_dir: Path | None,
) -> None:
    """Find the rows that are the same thing in FILE, or between FILE and OTHER.

    Nothing is trained: what agreement in each column is worth is estimated from the lists.
    Without a FILE: the things of the data folder that may be one.
    """
    if file is None:
        _in_the_folder(data_dir, at_least, as_json, lang)
        return
    with plain_errors():
        left, right = _List.read(file), _List.read(other) if other else None
        started = time.monotonic()
        pairs = find_pairs(left.rows, right.rows if right else None, at_least=at_least)
        seconds = round(time.monotonic() - started, 1)
        quality = _quality(pairs, left, right, truth, lang) if truth else None
    second = right or left
    if as_json:
        told = [_pair(pair, left, second, lang) for pair in pairs]
        print_json({"pairs": told, "seconds": seconds, **({"quality": quality} if quality else {})})
        return
    for pair in pairs:
        click.echo(_line(pair, left, second))
    rows = len(left.rows) + (len(right.rows) if right else 0)
    click.echo(_ANSWER.with_(pairs=len(pairs), rows=rows, seconds=seconds)[lang])
    if quality:
        click.echo(_QUALITY.with_(**quality)[lang])


def _in_the_folder(data_dir: Path | None, at_least: float, as_json: bool, lang: str) -> None:
    with opened(data_dir) as knowledge:
        pairs = [p for p in doubtful_pairs(knowledge, ANONYMOUS) if p.score >= at_least]
        view = knowledge.view()
        labels = {i: view.label(i, lang) for pair in pairs for i in (pair.one, pair.other)}
    if as_json:
        told = [
            {
                "score": pair.score,
                "one": pair.one,
                "other": pair.other,
                "evidence": _evidence(pair, lang),
            }
            for pair in pairs
        ]
        print_json({"pairs": told})
        return
    for pair in pairs:
        click.echo(f"{pair.score:.3f}  {labels[pair.one]}  |  {labels[pair.other]}")
        for said in pair.evidence:
            click.echo(f"       {'+' if said.speaks_for else '-'} {said.text[lang]}")
    click.echo(_IN_DOUBT.with_(pairs=len(pairs))[lang])


def _evidence(pair: Pair[Any], lang: str) -> list[dict[str, Any]]:
    return [
        {"kind": said.kind, "text": said.text[lang], "weight": said.weight}
        for said in pair.evidence
    ]


def _quality(
    pairs: list[Pair[int]], left: _List, right: _List | None, truth: Path, lang: str
) -> dict[str, Any]:
    answers = [row.cells for row in read_table(truth).rows]
    true = true_pairs(answers, left.rows, right.rows if right else None)
    if true is None:
        raise click.ClickException(_NO_TRUTH.with_(file=truth)[lang])
    found = measure([(pair.one, pair.other) for pair in pairs], true, within=right is None)
    return {
        "true": found.true,
        "found": found.found,
        "right": found.right,
        "precision": round(found.precision, 4),
        "recall": round(found.recall, 4),
        "f1": round(found.f1, 4),
    }


def _pair(pair: Pair[int], left: _List, right: _List, lang: str) -> dict[str, Any]:
    return {
        "score": pair.score,
        "one": left.told(pair.one),
        "other": right.told(pair.other),
        "evidence": _evidence(pair, lang),
    }


def _line(pair: Pair[int], left: _List, right: _List) -> str:
    sides = (
        f"{side.table.rows[place].number}: {_short(side.rows[place])}"
        for side, place in ((left, pair.one), (right, pair.other))
    )
    return f"{pair.score:.3f}  " + "  |  ".join(sides)


def _short(row: dict[str, str]) -> str:
    """The first telling cells of a row."""
    cells = [cell for cell in row.values() if cell and not cell.isdecimal()]
    return ", ".join(cells[:2])[:60]
