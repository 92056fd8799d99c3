"""``clusterradar import``, ``clusterradar batches`` and ``clusterradar undo``."""

import json
import sys
from pathlib import Path
from typing import Any, Final

import click

from graph import (
    ROW_COUNTS,
    Assumed,
    Guess,
    ImportResult,
    KnowledgeError,
    Problem,
    import_file,
    rdf_format,
    read_choice,
    slug_of,
)
from ontology import KINDS, Bilingual
from webapp.cli.beside import server_of
from webapp.cli.common import (
    DONE,
    PARTLY,
    data_dir_option,
    lang_option,
    open_knowledge,
    opened,
    plain_errors,
    print_json,
    settings_of_existing,
)
from webapp.cli.import_words import (
    NO_BATCHES,
    PARTLY_ERASED,
    UNDONE,
    batch_in_words,
    result_in_words,
)
from webapp.cli.speech import spoken_language
from webapp.own import batch_as_json

_KINDS: Final = [kind for kind in KINDS if kind != "source"]
_SAY_KIND: Final = Bilingual(
    "Say what one row of the list is, with --kind: {kinds}.",
    "Mit --kind angeben, was eine Zeile der Liste ist: {kinds}.",
)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    help="What one row is; `topic` also for lists of competences and sectors. RDF needs none.",
)
@click.option("--source", help="Name of the list (default: the file's name).")
@click.option(
    "--partial/--complete",
    default=None,
    help="Whether the list only adds and changes, or rows that are no longer in it are gone "
    "(default: as the last time; at first complete).",
)
@click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
@click.option(
    "--plan-file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write the plan as an Excel workbook: the list with its problems in the cells.",
)
@click.option("--allow-gone", is_flag=True, help="Let many rows go that are no longer in the list.")
@click.option("--as-of", default="", metavar="YEAR", help="Year (or date) of the statements.")
@click.option("--sheet", default="", help="Sheet of a workbook (default: the first with rows).")
@click.option(
    "--header-row",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Number of the row that names the columns (default: found out).",
)
@click.option("--encoding", default="", help="Encoding of a text file (default: found out).")
@click.option("--delimiter", default="", help="What parts the cells (default: found out).")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADER=MEANS",
    help="What a column is: `Fields=topics`, with a separator `Fields=topics:;`; left out "
    "`Notes=`; as a new topic scheme `Area=scheme:Areas`; found out again `Area=?`. Kept for the "
    "next time.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def import_(
    file: Path,
    kind: str | None,
    source: str | None,
    partial: bool | None,
    dry_run: bool,
    plan_file: Path | None,
    allow_gone: bool,
    as_of: str,
    sheet: str,
    header_row: int,
    encoding: str,
    delimiter: str,
    columns: tuple[str, ...],
    as_json: bool,
    lang: str,
    data_dir: Path | None,
) -> None:
    """Import a list from FILE (CSV, XLSX, ODS, JSON, RDF): plan, then commit all accepted rows."""
    source = source or slug_of(file.stem)
    kind = kind or _no_kind(file)
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
                assumed=Assumed(encoding, delimiter.replace("\\t", "\t")[:1], header_row, sheet),
                choices=map(read_choice, columns),
            )
            if plan_file is not None:
                _write_plan(plan_file, result, lang)
        except KnowledgeError as error:
            if not as_json:
                raise
            message = Bilingual(error.text("en"), error.text("de"))
            problem = _problem(Problem(0, "", "", message), lang)
            counts = dict.fromkeys(ROW_COUNTS, 0)
            told = {"problems": [problem], "open": [], "columns": []}
            print_json({"batch": None, **counts, **told})
            sys.exit(PARTLY)
    if as_json:
        print_json(_as_json(result, lang))
    else:
        for line in result_in_words(result, lang, dry_run=dry_run):
            click.echo(line)
    sys.exit(PARTLY if result.plan.counts["refused"] else DONE)


def _no_kind(file: Path) -> str:
    """The kind of a list that nobody named one for: RDF says it itself."""
    with file.open("rb") as content:
        if rdf_format(content.read(4_000), file.name):
            return ""
    raise click.UsageError(_SAY_KIND.with_(kinds=", ".join(_KINDS))[spoken_language()])


def _write_plan(file: Path, result: ImportResult, lang: str) -> None:
    from graph import plan_workbook  # noqa: PLC0415  writing workbooks takes long to load

    if result.table is not None:
        file.write_bytes(plan_workbook(result.plan, result.table, lang))


def _as_json(result: ImportResult, lang: str) -> dict[str, Any]:
    return {
        "batch": result.batch.number if result.batch else None,
        **result.plan.counts,
        "problems": [_problem(p, lang) for p in result.plan.problems if p.level != "open"],
        "open": [_problem(p, lang) for p in result.plan.problems if p.level == "open"],
        "columns": [_column(guess, lang) for guess in result.plan.mapping.guesses],
    }


def _column(guess: Guess, lang: str) -> dict[str, Any]:
    return {
        "header": guess.header,
        "means": guess.means,
        "lang": guess.lang,
        "separator": guess.separator,
        "confidence": guess.confidence,
        "why": guess.why[lang],
        "samples": list(guess.samples),
        "chosen": guess.chosen,
    }


def _problem(problem: Problem, lang: str) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message[lang],
        "level": problem.level,
    }


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def batches(as_json: bool, lang: str, data_dir: Path | None) -> None:
    """List what was committed, newest first."""
    known = _known_batches(data_dir)
    if as_json:
        print_json(known)
        return
    for batch in known:
        click.echo(batch_in_words(batch, lang))
    if not known:
        click.echo(NO_BATCHES[lang])


def _known_batches(data_dir: Path | None) -> list[dict[str, Any]]:
    settings = settings_of_existing(data_dir)
    if (server := server_of(settings.folder)) is not None:
        found: list[dict[str, Any]] = json.loads(server.own("/own/batches", {}))
        return found
    with plain_errors(), open_knowledge(settings) as knowledge:
        return [batch_as_json(batch) for batch in knowledge.batches()]


@click.command()
@click.argument("batch", type=click.IntRange(min=1), metavar="N")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def undo(batch: int, as_json: bool, lang: str, data_dir: Path | None) -> None:
    """Take batch N back, as a new batch."""
    with opened(data_dir) as knowledge:
        made = knowledge.undo(batch)
        gone = next(one.erased for one in knowledge.batches() if one.number == batch)
    if as_json:
        print_json(batch_as_json(made))
        return
    click.echo(UNDONE.with_(number=batch, by=made.number)[lang])
    if gone:
        click.echo(PARTLY_ERASED.with_(count=gone)[lang])
