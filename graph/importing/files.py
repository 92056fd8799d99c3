"""Importing a file from beginning to end: read, plan, commit."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.audience import ANONYMOUS, Viewer
from graph.errors import KnowledgeError
from graph.importing.assumed import FOUND_OUT, Assumed
from graph.importing.columns import ColumnChoice
from graph.importing.planning import make_plan
from graph.importing.plans import ListInfo, Plan
from graph.importing.reading import Table, read_table
from graph.knowledge import About, Batch, Knowledge
from graph.progress import Progress, silent
from ontology import Bilingual


@dataclass(frozen=True)
class ImportResult:
    """What became of an import.

    Attributes:
        plan: what was planned.
        batch: what was committed; None where nothing had to be, or for a dry run.
        table: the list that was read.
    """

    plan: Plan
    batch: Batch | None = None
    table: Table | None = None


def import_file(
    knowledge: Knowledge,
    path: Path,
    kind: str,
    source: str,
    *,
    partial: bool | None = None,
    dry_run: bool = False,
    allow_gone: bool = False,
    as_of: str = "",
    viewer: Viewer = ANONYMOUS,
    assumed: Assumed = FOUND_OUT,
    choices: Iterable[ColumnChoice] = (),
    progress: Progress = silent,
) -> ImportResult:
    """Import a list from a file.

    Args:
        knowledge: where to.
        path: the file.
        kind: kind of its rows; empty for RDF, whose subjects say theirs.
        source: name of the list.
        partial: whether the list only adds and changes; None: as the last time, at first no.
        dry_run: plan only.
        allow_gone: whether many rows may go.
        as_of: year, month or day of the statements.
        viewer: who imports.
        assumed: what is known of the form of the file.
        choices: what a person says of its columns.
        progress: told how far it has come.

    Raises:
        KnowledgeError: the list cannot be read, or too many rows would go.
    """
    complete = None if partial is None else not partial
    info = ListInfo(
        kind=kind, source=source, as_of=as_of, complete=complete, choices=tuple(choices)
    )
    table = read_table(path, assumed=assumed, progress=progress)
    return import_table(
        knowledge,
        table,
        info,
        dry_run=dry_run,
        allow_gone=allow_gone,
        viewer=viewer,
        progress=progress,
    )


def import_table(
    knowledge: Knowledge,
    table: Table,
    info: ListInfo,
    *,
    dry_run: bool = False,
    allow_gone: bool = False,
    viewer: Viewer = ANONYMOUS,
    progress: Progress = silent,
) -> ImportResult:
    """Import a list that was read; see :func:`import_file`."""
    plan = make_plan(knowledge, table, info, viewer=viewer, progress=progress)
    if dry_run or plan.is_empty:
        return ImportResult(plan, table=table)
    batch = commit_plan(knowledge, plan, table.name, allow_gone=allow_gone, progress=progress)
    return ImportResult(plan, batch, table)


def commit_plan(
    knowledge: Knowledge,
    plan: Plan,
    title: str,
    *,
    allow_gone: bool = False,
    progress: Progress = silent,
) -> Batch:
    """Carry out a plan; how far that has come is told in the stage ``committing``.

    Raises:
        KnowledgeError: more rows would go than may without consent.
    """
    if plan.needs_consent and not allow_gone:
        raise too_many_gone(plan)
    about = About("import", plan.info.source, title, dict(plan.counts), plan.info.audience)
    with knowledge.alone():
        generation = knowledge.generation
        batch = knowledge.commit(plan.change, about, progress)
        if plan.note and generation == plan.generation:
            knowledge.notes.keep(plan.info.source, plan.note)
    return batch


def too_many_gone(plan: Plan) -> KnowledgeError:
    """The error of a plan by which many rows would go."""
    return KnowledgeError(
        Bilingual(
            "{gone} rows of “{source}” are no longer in the list and would go.",
            "{gone} Zeilen von „{source}“ stehen nicht mehr in der Liste und würden verschwinden.",
        ).with_(gone=plan.counts["gone"], source=plan.info.source),
        Bilingual(
            "If that is right, allow it (--allow-gone). If the list is not complete, say so "
            "(--partial).",
            "Wenn das stimmt, erlauben (--allow-gone). Wenn die Liste nicht vollständig ist, das "
            "angeben (--partial).",
        ),
    )
