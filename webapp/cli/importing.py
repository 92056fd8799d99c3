"""``clusterradar import``, ``clusterradar batches`` and ``clusterradar undo``."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from graph import (
    ROW_COUNTS,
    Batch,
    ImportResult,
    KnowledgeError,
    Problem,
    import_file,
    slug_of,
)
from ontology import KINDS, Bilingual
from webapp.cli.common import (
    DONE,
    PARTLY,
    data_dir_option,
    lang_option,
    opened,
    print_json,
)

_SHOWN: Final = 20
"""Problems that are printed for a person; a program gets all of them."""
_VALUES: Final = 5
"""Values that one note lists."""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kind",
    required=True,
    type=click.Choice([kind for kind in KINDS if kind != "source"]),
    help="What one row is; `topic` also for lists of competences and sectors.",
)
@click.option("--source", help="Name of the list (default: the file's name).")
@click.option(
    "--partial/--complete",
    default=None,
    help="Whether the list only adds and changes, or rows that are no longer in it are gone "
    "(default: as the last time; at first complete).",
)
@click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
@click.option("--allow-gone", is_flag=True, help="Let many rows go that are no longer in the list.")
@click.option("--as-of", default="", metavar="YEAR", help="Year (or date) of the statements.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def import_(
    file: Path,
    kind: str,
    source: str | None,
    partial: bool | None,
    dry_run: bool,
    allow_gone: bool,
    as_of: str,
    as_json: bool,
    lang: str,
    data_dir: Path | None,
) -> None:
    """Import a list from FILE (CSV): plan, then commit all accepted rows together."""
    source = source or slug_of(file.stem)
    with opened(data_dir, must_exist=False) as knowledge:
        try:
            result = import_file(
                knowledge,
                file,
                kind,
                source,
                partial=partial,
                dry_run=dry_run,
                allow_gone=allow_gone,
                as_of=as_of,
            )
        except KnowledgeError as error:
            if not as_json:
                raise
            message = Bilingual(error.text("en"), error.text("de"))
            problem = _problem(Problem(0, "", "", message), lang)
            counts = dict.fromkeys(ROW_COUNTS, 0)
            print_json({"batch": None, **counts, "problems": [problem], "open": []})
            sys.exit(PARTLY)
    if as_json:
        print_json(_as_json(result, lang))
    else:
        _print(result, lang, dry_run=dry_run)
    sys.exit(PARTLY if result.plan.counts["refused"] else DONE)


def _as_json(result: ImportResult, lang: str) -> dict[str, Any]:
    return {
        "batch": result.batch.number if result.batch else None,
        **result.plan.counts,
        "problems": [_problem(p, lang) for p in result.plan.problems if p.level != "open"],
        "open": [_problem(p, lang) for p in result.plan.problems if p.level == "open"],
    }


def _problem(problem: Problem, lang: str) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message[lang],
        "level": problem.level,
    }


def _print(result: ImportResult, lang: str, *, dry_run: bool) -> None:
    plan = result.plan
    click.echo(f"{plan.info.source}: {_counted(plan.counts)}")
    for change in plan.rows_of("changed"):
        for detail in change.details:
            old, new = (", ".join(values) or "-" for values in (detail.old, detail.new))
            click.echo(f"  {change.name}: {detail.label(lang)}: {old} -> {new}")
    for change in plan.rows_of("gone"):
        click.echo(f"  gone: {change.name}")
    sentences = [*_refusals(plan.problems, lang), *_notes(plan.problems, lang)]
    for sentence in sentences[:_SHOWN]:
        click.echo(f"  {sentence}")
    if len(sentences) > _SHOWN:
        click.echo(f"  and {len(sentences) - _SHOWN} more; --json prints all of them")
    if result.batch:
        number = result.batch.number
        click.echo(f"Done: batch {number}. `clusterradar undo {number}` takes it back.")
    elif dry_run:
        click.echo("Nothing was written (--dry-run).")
    else:
        click.echo("Nothing has changed, so there is nothing to do.")


def _counted(counts: Mapping[str, int]) -> str:
    """Counts in words, those of zero left out.

    >>> _counted({"rows": 3, "new": 2, "changed": 0, "refused": 1})
    '3 rows: 2 new, 1 refused'
    """
    told = [f"{count} {name}" for name, count in counts.items() if count and name != "rows"]
    rows = counts.get("rows", 0)
    return f"{rows} row{'' if rows == 1 else 's'}" + (f": {', '.join(told)}" if told else "")


def _refusals(problems: Iterable[Problem], lang: str) -> Iterator[str]:
    """One sentence for each problem for which a row was refused."""
    row, column = ("Zeile", "Spalte") if lang == "de" else ("row", "column")
    for problem in problems:
        if problem.refuses:
            place = f"{row} {problem.row}" + (
                f", {column} {problem.column}" if problem.column else ""
            )
            value = f" “{problem.value}”" if problem.value else ""
            yield f"{place}{value}: {problem.message[lang]}"


def _notes(problems: Iterable[Problem], lang: str) -> Iterator[str]:
    """One sentence for all notes that say the same of one column."""
    note, column = ("Hinweis", "Spalte") if lang == "de" else ("note", "column")
    together: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        if not problem.refuses:
            together.setdefault((problem.column, problem.message[lang]), []).append(problem.value)
    for (header, message), values in together.items():
        place = f"{note}, {column} {header}" if header else note
        listed = ", ".join(f"“{value}”" for value in values[:_VALUES] if value)
        more = f" (+{len(values) - _VALUES})" if len(values) > _VALUES else ""
        yield f"{place}{f' {listed}' if listed else ''}{more}: {message}"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_dir_option
def batches(as_json: bool, data_dir: Path | None) -> None:
    """List what was committed, newest first."""
    with opened(data_dir) as knowledge:
        known = knowledge.batches()
    if as_json:
        print_json([_batch_as_json(batch) for batch in known])
        return
    for batch in known:
        click.echo(_batch_in_words(batch))
    if not known:
        click.echo("Nothing was imported yet.")


def _batch_as_json(batch: Batch) -> dict[str, Any]:
    return {
        "batch": batch.number,
        "time": batch.time.isoformat(timespec="seconds"),
        "kind": batch.about.kind,
        "source": batch.about.source,
        "title": batch.about.title,
        "counts": dict(batch.about.counts),
        "added": batch.added,
        "removed": batch.removed,
        "undoes": batch.undoes,
        "undone_by": batch.undone_by,
    }


def _batch_in_words(batch: Batch) -> str:
    about = batch.about
    if batch.undoes is not None:
        what = f"takes back batch {batch.undoes}"
    else:
        named = " ".join(
            part for part in (about.source, f"({about.title})" if about.title else "") if part
        )
        what = f"{about.kind} {named}".strip()
        if about.counts:
            what += f": {_counted(about.counts)}"
    undone = f"  [taken back by batch {batch.undone_by}]" if batch.undone_by else ""
    return f"{batch.number:>5}  {batch.time:%Y-%m-%d %H:%M}  {what}{undone}"


@click.command()
@click.argument("batch", type=click.IntRange(min=1), metavar="N")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_dir_option
def undo(batch: int, as_json: bool, data_dir: Path | None) -> None:
    """Take batch N back, as a new batch."""
    with opened(data_dir) as knowledge:
        made = knowledge.undo(batch)
    if as_json:
        print_json(_batch_as_json(made))
    else:
        click.echo(f"Batch {batch} is taken back (batch {made.number}).")
