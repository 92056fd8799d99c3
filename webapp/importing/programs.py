"""``/api/v1/imports`` and ``/api/v1/batches``: importing for programs, with a token."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, NoReturn

from flask import Blueprint, jsonify, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import Batch, ColumnChoice, KnowledgeError, rdf_format
from webapp.accounts.current import for_tokens
from webapp.errors import abort_with, bad_parameter
from webapp.importing.found import batch_name, batch_of, job_of, my_jobs
from webapp.importing.importers import importer, only_importers
from webapp.importing.imports import imports
from webapp.importing.sheets import planned
from webapp.importing.starting import wanted_of
from webapp.importing.tables import ImportJob
from webapp.importing.told import column_as_json, plan_as_json
from webapp.importing.understanding import guesses_of
from webapp.importing.wanted import Wanted
from webapp.languages import lang
from webapp.own import batch_as_json
from webapp.sent import json_body, json_in

blueprint = Blueprint("import_programs", __name__)
only_importers(blueprint)

_CHOICE: Final = ("header", "means", "lang", "separator")


@blueprint.get("/api/v1/imports")
@for_tokens("import")
def listed() -> Response:
    """The lists that wait or are worked on, newest first."""
    return jsonify(imports=[_in_short(job, wanted) for job, wanted in my_jobs()])


@blueprint.post("/api/v1/imports")
@for_tokens("import")
def receive() -> tuple[Response, int, dict[str, str]]:
    """Take a list: a form with a ``file``, or the bytes themselves."""
    asked = request.values
    file = request.files.get("file")
    name = asked.get("name", "") or (file.filename if file else "") or "list"
    content = file.read() if file else request.get_data()
    commit = asked.get("commit", "wait")
    if commit not in ("auto", "wait"):
        bad_parameter("commit", commit, ("auto", "wait"))
    try:
        said = wanted_of(dict(asked.items()), name, is_rdf=bool(rdf_format(content, name)))
    except KnowledgeError as error:
        _refuse(error)
    said = replace(
        _formed(said, asked),
        choices=_choices(request.values.get("columns")),
        commit=commit,
        allow_gone=asked.get("allow_gone") == "yes",
    )
    asks = importer()
    token = imports().receive(said, content, asks.account, asks.viewer, step="plan")
    imports().settle(token)
    where = url_for("import_programs.one", token=token)
    return jsonify(_whole(job_of(token))), 202, {"Location": where}


@blueprint.get("/api/v1/imports/<token>")
@for_tokens("import")
def one(token: str) -> Response:
    """One list: how far it is, and what committing it would do."""
    imports().look_again(job_of(token), importer().viewer)
    return jsonify(_whole(job_of(token)))


@blueprint.post("/api/v1/imports/<token>/columns")
@for_tokens("import")
def say(token: str) -> tuple[Response, int]:
    """Say what columns are and how the file is to be read; it is then planned anew."""
    job, asked = job_of(token), json_body()
    if not isinstance(asked, dict):
        bad_parameter("body", request.mimetype, ("application/json",))
    said = _formed(Wanted.of(job.wanted), {name: str(asked.get(name, "")) for name in asked})
    if "columns" in asked:
        said = replace(said, choices=_choices(asked["columns"]))
    if not imports().correct(job, said, importer().viewer, step="plan"):
        _too_late()
    imports().settle(token)
    return jsonify(_whole(job_of(token))), 202


@blueprint.post("/api/v1/imports/<token>/commit")
@for_tokens("import")
def commit(token: str) -> tuple[Response, int]:
    """Commit a list; ``revision`` names the plan that was looked at, without it the newest."""
    job, known = job_of(token), imports().prepared(token)
    seen = request.values.get("revision", "")
    revision = int(seen) if seen.isdecimal() and len(seen) < 8 else job.revision
    allowed = request.values.get("allow_gone") == "yes"
    if job.state == "waiting" and known.plan and known.plan.needs_consent and not allowed:
        abort_with(
            409,
            _("%(count)s rows are no longer in the list.", count=known.plan.counts["gone"]),
            _("Send allow_gone=yes if they may go, or mode=partial with the list."),
            code="needs-consent",
        )
    if known.plan is None or not imports().commit(
        job, importer().viewer, revision=revision, allow_gone=allowed
    ):
        _too_late()
    imports().settle(token)
    return jsonify(_whole(job_of(token))), 202


@blueprint.delete("/api/v1/imports/<token>")
@for_tokens("import")
def discard(token: str) -> tuple[str, int]:
    """Throw a list away."""
    job_of(token)
    if not imports().discard(token):
        _too_late()
    return "", 204


@blueprint.get("/api/v1/imports/<token>/plan.xlsx")
@for_tokens("import")
def sheet(token: str) -> Response:
    """The plan as a workbook."""
    return planned(token)


@blueprint.get("/api/v1/batches")
@for_tokens("import")
def batches() -> Response:
    """What was committed, newest first."""
    return jsonify(batches=[_batch(found) for found in importer().batches()])


@blueprint.post("/api/v1/batches/<name>/undo")
@for_tokens("import")
def undo(name: str) -> Response:
    """Take a batch back, as a new batch."""
    found = batch_of(name)
    try:
        made = importer().undo(found)
    except KnowledgeError as error:
        _refuse(error, 409, "not-undone")
    return jsonify(_batch(made))


def _in_short(job: ImportJob, wanted: Wanted) -> dict[str, Any]:
    known = imports().progress(job.token)
    return {
        "id": job.token,
        "state": job.state,
        "step": job.step,
        "revision": job.revision,
        "file": wanted.name,
        "kind": wanted.kind,
        "source": wanted.source,
        "owner": wanted.owner,
        "audience": wanted.audience,
        "created": job.created.isoformat(timespec="seconds"),
        "changed": job.changed.isoformat(timespec="seconds"),
        "progress": {"stage": known.stage, "done": known.done, "whole": known.whole},
        "message": job.said.get(lang(), ""),
        "batch": batch_name(job) or None,
        "counts": dict(job.counts),
    }


def _whole(job: ImportJob) -> dict[str, Any]:
    known = imports().prepared(job.token)
    told = plan_as_json(known.plan, lang()) if known.plan else {}
    columns = told.get("columns") or [column_as_json(one, lang()) for one in guesses_of(known)]
    return {
        **_in_short(job, Wanted.of(job.wanted)),
        "needs_consent": bool(known.plan and known.plan.needs_consent),
        "problems": told.get("problems", []),
        "open": told.get("open", []),
        "columns": columns,
    }


def _batch(batch: Batch) -> dict[str, Any]:
    told = batch_as_json(batch)
    # What was erased of a batch, and whether it is kept, are the operator's to know.
    del told["erased"], told["kept"]
    return {**told, "batch": importer().name(batch), "number": batch.number}


def _formed(said: Wanted, asked: Mapping[str, str]) -> Wanted:
    """With what is said of the form of the file."""
    row = asked.get("header_row", "")
    return replace(
        said,
        encoding=asked.get("encoding", said.encoding),
        delimiter=asked.get("delimiter", said.delimiter),
        sheet=asked.get("sheet", said.sheet),
        header_row=int(row) if row.isdecimal() and len(row) < 8 else said.header_row,
    )


def _choices(given: Any) -> tuple[ColumnChoice, ...]:
    try:
        found = json_in(given) if isinstance(given, str) else given or []
        return tuple(
            ColumnChoice(**{name: str(one[name]) for name in _CHOICE if name in one})
            for one in found
        )
    except (ValueError, TypeError, KeyError):
        bad_parameter("columns", str(given)[:80], ('[{"header": "Firma", "means": "name"}]',))


def _refuse(error: KnowledgeError, status: int = 400, code: str = "bad-list") -> NoReturn:
    abort_with(status, error.message[lang()], error.remedy[lang()], code=code)


def _too_late() -> NoReturn:
    abort_with(
        409,
        _("That is not possible any more, or not yet."),
        _("Ask for the import again: its state and its revision say what is possible."),
        code="not-now",
    )
