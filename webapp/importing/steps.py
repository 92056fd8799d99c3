"""``/import/plan/<token>``: an uploaded list, from its columns over its plan to the commit."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.importing.found import batch_name, go, is_at_columns, job_of, onward
from webapp.importing.importers import importer, only_importers
from webapp.importing.imports import imports
from webapp.importing.plan_page import page_of
from webapp.importing.showing import stages, words_of
from webapp.importing.tables import ImportJob
from webapp.importing.understanding import (
    LOCATION,
    SEPARATORS,
    chosen,
    guesses_of,
    is_settled,
    is_sure,
    meanings,
)
from webapp.importing.wanted import Wanted
from webapp.languages import lang

blueprint = Blueprint("import_steps", __name__)
only_importers(blueprint)

DELIMITER_NAMES: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""What forms call the delimiters."""
ENCODINGS: Final = ("utf-8", "windows-1252", "mac-roman", "utf-16")
_COMMIT_SECONDS: Final = 5.0
"""How long an answer waits for a commit."""
_BEFORE: Final = ("received", "reading", "planning", "waiting")


@blueprint.get("/import/plan/<token>")
def current(token: str) -> Response | str | tuple[str, int]:
    """The step at which a list is: its progress, its columns, its plan, its batch."""
    job = _job(token)
    if is_at_columns(job) or batch_name(job):
        return onward(token)
    if job.state == "waiting":
        return _plan(job)
    return render_template(
        "importing/progress.html",
        job=job,
        upload=Wanted.of(job.wanted),
        stages=stages(imports().progress(token).stage, job.state),
        progress=imports().progress(token),
    )


@blueprint.get("/import/plan/<token>/progress")
def progress(token: str) -> Response:
    """How far a list has come, for the script of the page."""
    job = job_of(token)
    known = imports().progress(token)
    return jsonify(
        state=job.state,
        step=job.step,
        stage=known.stage,
        text=words_of(known, job.state),
        done=known.done,
        whole=known.whole,
    )


@blueprint.get("/import/plan/<token>/columns")
def columns(token: str) -> Response | str:
    """What each column is taken as, and how the file was read."""
    job = _job(token)
    if job.state in {"received", "reading", "committing", "done", "failed"}:
        return go("import_steps.current", token=token)
    return _columns_page(job)


@blueprint.post("/import/plan/<token>/columns")
def correct(token: str) -> Response:
    """Agree to the columns, or say what they are and how the file is to be read."""
    job, form = job_of(token), request.form
    wanted, known = Wanted.of(job.wanted), imports().prepared(token)
    said = replace(wanted, choices=chosen(form, guesses_of(known), wanted.choices))
    step = "plan"
    if "again" in form:
        row, step = form.get("header_row", ""), "columns"
        said = replace(
            said,
            encoding=form.get("encoding", ""),
            sheet=form.get("sheet", ""),
            delimiter=DELIMITER_NAMES.get(form.get("delimiter", ""), ""),
            header_row=int(row) if row.isdecimal() and len(row) < 8 else 0,
        )
    if said != wanted or known.trouble is not None:
        imports().correct(job, said, importer().viewer, step=step)
    else:
        imports().jobs.change(token, only=_BEFORE, step=step)
    imports().settle(token)
    return onward(token)


@blueprint.post("/import/plan/<token>")
def commit(token: str) -> Response | str | tuple[str, int]:
    """Commit a list, if nothing has changed since its plan was looked at."""
    job = job_of(token)
    plan = imports().prepared(token).plan
    seen, allowed = request.form.get("revision", ""), bool(request.form.get("allow_gone"))
    if job.state == "waiting" and plan and plan.needs_consent and not allowed:
        return _plan(job, _("Confirm that so many rows may go."))
    revision = int(seen) if seen.isdecimal() and len(seen) < 8 else -1
    begun = imports().commit(job, importer().viewer, revision=revision, allow_gone=allowed)
    imports().settle(token, _COMMIT_SECONDS)
    after = job_of(token)
    if after.state == "waiting" and after.step == "plan":
        message = after.said.get(lang()) if begun else ""
        changed = _("The data have changed in the meantime. Look at the plan again.")
        return _plan(after, message or changed)
    # Whoever pressed twice, or in two windows, gets to the one batch that it became.
    return onward(token)


@blueprint.post("/import/plan/<token>/discard")
def discard(token: str) -> Response:
    """Throw an uploaded list away."""
    job_of(token)
    gone = imports().discard(token)
    return go("importing.start") if gone else go("import_steps.current", token=token)


def _job(token: str) -> ImportJob:
    """A list; one that nobody works on although it is not finished is worked on again."""
    imports().look_again(job_of(token), importer().viewer)
    imports().settle(token, 0.3)
    return job_of(token)


def _columns_page(job: ImportJob) -> str:
    known, wanted = imports().prepared(job.token), Wanted.of(job.wanted)
    guesses = guesses_of(known)
    doubtful = [guess for guess in guesses if not is_settled(guess)]
    return render_template(
        "importing/columns.html",
        job=job,
        upload=wanted,
        table=known.table,
        guesses=[*doubtful, *(guess for guess in guesses if is_settled(guess))],
        doubtful=len(doubtful),
        sure=is_sure(known) and bool(guesses),
        trouble=known.trouble.text(lang()) if known.trouble else "",
        first_rows=() if known.table else imports().beginning(job),
        meanings=meanings(wanted.kind) if wanted.kind else (),
        location=LOCATION,
        separators=SEPARATORS,
        delimiters=DELIMITER_NAMES,
        encodings=ENCODINGS,
    )


def _plan(job: ImportJob, error: str = "") -> tuple[str, int] | Response:
    known = imports().prepared(job.token)
    if known.plan is None or known.table is None:
        return go("import_steps.columns", token=job.token)
    page = page_of(known.plan, request.args.get("show", ""), request.args.get("page", ""))
    body = render_template(
        "importing/plan.html",
        job=job,
        upload=Wanted.of(job.wanted),
        plan=known.plan,
        table=known.table,
        page=page,
        error=error,
    )
    return body, 409 if error else 200
