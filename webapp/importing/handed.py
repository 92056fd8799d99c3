"""``/own/imports``: lists that ``clusterradar import`` hands to the server of its data folder."""

import json
from typing import Any

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import too_many_gone
from webapp.cli.import_words import plan_in_words
from webapp.errors import abort_with
from webapp.importing.importers import operator_for
from webapp.importing.imports import imports
from webapp.importing.sheets import workbook_of
from webapp.importing.tables import ImportJob
from webapp.importing.told import plan_as_json
from webapp.importing.wanted import Wanted
from webapp.languages import lang
from webapp.own import only_own

blueprint = Blueprint("own_imports", __name__)
blueprint.before_request(only_own)


@blueprint.post("/own/imports")
def receive() -> Response:
    """Take a list; ``wanted`` is what the command was told of it, as JSON."""
    wanted = Wanted.of(json.loads(request.args.get("wanted", "{}")))
    viewer = operator_for(wanted.owner, wanted.audience)
    token = imports().receive(wanted, request.get_data(), "", viewer, step="plan")
    return jsonify(token=token)


@blueprint.get("/own/imports/<token>")
def one(token: str) -> Response:
    """How far it is; once it is planned, what the command prints of it."""
    imports().settle(token, 0.5)
    job = _job(token)
    known = imports().progress(token)
    answer: dict[str, Any] = {
        "state": job.state,
        "revision": job.revision,
        "stage": known.stage,
        "done": known.done,
        "whole": known.whole,
        "message": job.said.get(lang(), ""),
        "batch": job.number,
    }
    plan = imports().prepared(token).plan
    if plan is not None and job.state in {"waiting", "done"}:
        told = plan_as_json(plan, lang())
        lines = list(plan_in_words(plan, lang(), columns="columns" in request.args))
        consent = too_many_gone(plan).text(lang()) if plan.needs_consent else ""
        answer |= {"told": told, "lines": lines, "consent": consent, "empty": plan.is_empty}
    return jsonify(answer)


@blueprint.get("/own/imports/<token>/plan.xlsx")
def sheet(token: str) -> Response:
    """The plan as a workbook."""
    return workbook_of(_job(token))


@blueprint.post("/own/imports/<token>/commit")
def commit(token: str) -> Response:
    """Commit the plan of a ``revision``; ``allow_gone`` is ``yes`` where many rows may go."""
    job = _job(token)
    wanted = Wanted.of(job.wanted)
    begun = imports().commit(
        job,
        operator_for(wanted.owner, wanted.audience),
        revision=int(request.form.get("revision", "0")),
        allow_gone=request.form.get("allow_gone") == "yes",
    )
    return jsonify(begun=begun)


@blueprint.post("/own/imports/<token>/discard")
def discard(token: str) -> Response:
    """Throw the list away."""
    return jsonify(gone=imports().discard(_job(token).token))


def _job(token: str) -> ImportJob:
    found = imports().find(token, "")
    if found is None:
        abort_with(404, _("This list is no longer waiting."), _("Import it again."))
    return found
