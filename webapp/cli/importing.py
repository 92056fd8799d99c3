"""``clusterradar import``, ``clusterradar batches`` and ``clusterradar undo``."""

import json
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from graph import (
    ROW_COUNTS,
    KnowledgeError,
    Problem,
    Progress,
    commit_plan,
    make_plan,
    rdf_format,
    read_choice,
    read_table,
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
    plain_errors,
    print_json,
    settings_for,
    settings_of_existing,
)
from webapp.cli.handing import Done, hand_over
from webapp.cli.import_words import (
    NO_BATCHES,
    PARTLY_ERASED,
    UNDONE,
    batch_in_words,
    end_in_words,
    plan_in_words,
)
from webapp.cli.progress import progress_on
from webapp.cli.speech import spoken_language
from webapp.importing.importers import operator_for
from webapp.importing.told import plan_as_json, problem_as_json
from webapp.importing.wanted import Wanted
from webapp.own import batch_as_json
from webapp.settings import Settings

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
@click.option(
    "--owner",
    default="",
    metavar="KIND/SLUG",
    help="Whose list it is, for example cluster/optence (default: the platform's own).",
)
@click.option(
    "--audience",
    default="",
    help="Who may read it: public, platform, network:KIND/SLUG (default: as the last time).",
)
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
    owner: str,
    audience: str,
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
    kind = kind or _no_kind(file)
    wanted = Wanted(
        file.name,
        kind,
        source or slug_of(file.stem),
        partial,
        as_of,
        owner=owner,
        audience=audience,
        encoding=encoding,
        delimiter=delimiter.replace("\\t", "\t")[:1],
        header_row=header_row,
        sheet=sheet,
        allow_gone=allow_gone,
    )
    try:
        with plain_errors() if not as_json else nullcontext():
            wanted = replace(wanted, choices=tuple(map(read_choice, columns)))
            settings = settings_for(data_dir)
            with progress_on(quiet=as_json) as progress:
                if (server := server_of(settings.folder)) is not None:
                    done = hand_over(server, file, wanted, dry_run, plan_file, progress)
                else:
                    done = _import_here(settings, file, wanted, dry_run, plan_file, progress, lang)
    except KnowledgeError as error:
        done = Done(refused=error.text(lang))
    if done.refused:
        _tell_refusal(done.refused, as_json=as_json)
    if as_json:
        print_json({"batch": done.batch, **done.told})
    else:
        for line in (*done.lines, end_in_words(done.batch, lang, dry_run=dry_run)):
            click.echo(line)
    sys.exit(PARTLY if done.told["refused"] else DONE)


def _import_here(
    settings: Settings,
    file: Path,
    wanted: Wanted,
    dry_run: bool,
    plan_file: Path | None,
    progress: Progress,
    lang: str,
) -> Done:
    """Import in this process: nobody else has the folder open."""
    with open_knowledge(settings) as knowledge:
        table = read_table(file, assumed=wanted.assumed, progress=progress)
        viewer = operator_for(wanted.owner, wanted.audience)
        plan = make_plan(knowledge, table, wanted.info, viewer=viewer, progress=progress)
        if plan_file is not None:
            from graph import plan_workbook  # noqa: PLC0415  writing workbooks takes long to load

            plan_file.write_bytes(plan_workbook(plan, table, lang))
        batch = None
        if not dry_run and not plan.is_empty:
            allowed = wanted.allow_gone
            batch = commit_plan(
                knowledge, plan, table.name, allow_gone=allowed, progress=progress
            ).number
    lines = tuple(plan_in_words(plan, lang, columns=dry_run))
    return Done(batch, plan_as_json(plan, lang), lines)


def _tell_refusal(message: str, *, as_json: bool) -> NoReturn:
    """The list as a whole was not imported."""
    if not as_json:
        raise click.ClickException(message)
    problem = problem_as_json(Problem(0, "", "", Bilingual(message, message)), "en")
    counts = dict.fromkeys(ROW_COUNTS, 0)
    print_json({"batch": None, **counts, "problems": [problem], "open": [], "columns": []})
    sys.exit(PARTLY)


def _no_kind(file: Path) -> str:
    """The kind of a list that nobody named one for: RDF says it itself."""
    with file.open("rb") as content:
        if rdf_format(content.read(4_000), file.name):
            return ""
    raise click.UsageError(_SAY_KIND.with_(kinds=", ".join(_KINDS))[spoken_language()])


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
    settings = settings_of_existing(data_dir)
    if (server := server_of(settings.folder)) is not None:
        told = server.own_work("/own/undo", {"batch": str(batch)})
        gone = told.pop("not_restored")
    else:
        with plain_errors(), open_knowledge(settings) as knowledge:
            told = batch_as_json(knowledge.undo(batch))
            gone = next(one.erased for one in knowledge.batches() if one.number == batch)
    if as_json:
        print_json(told)
        return
    click.echo(UNDONE.with_(number=batch, by=told["batch"])[lang])
    if gone:
        click.echo(PARTLY_ERASED.with_(count=gone)[lang])
