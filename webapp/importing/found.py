"""The list and the batch that an address names, for whoever may know of them."""

from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import Batch
from webapp.errors import abort_with
from webapp.importing.importers import importer
from webapp.importing.imports import imports
from webapp.importing.tables import ImportJob
from webapp.importing.wanted import Wanted
from webapp.languages import explicit_lang


def job_of(token: str) -> ImportJob:
    """A list of whoever asks; the lists of others are not there."""
    asks = importer()
    found = imports().find(token, asks.account)
    if found is None or Wanted.of(found.wanted).owner not in asks.owners:
        abort_with(
            404,
            _("This list is no longer waiting: it was committed, thrown away or is a day old."),
            _("Upload it again."),
            code="not-found",
        )
    return found


def my_jobs() -> list[tuple[ImportJob, Wanted]]:
    """The lists of whoever asks that wait or are worked on, newest first."""
    asks = importer()
    both = [(job, Wanted.of(job.wanted)) for job in imports().of(asks.account)]
    return [(job, wanted) for job, wanted in both if wanted.owner in asks.owners]


def batch_of(name: str) -> Batch:
    """A batch of whoever asks, by what it is called in addresses."""
    found = importer().batch(name)
    if found is None:
        abort_with(
            404,
            _("There is no batch %(number)s.", number=name),
            _("The list of batches is on the import page."),
            code="not-found",
        )
    return found


def batch_name(job: ImportJob) -> str:
    """What the batch that a list became is called in addresses; empty where it became none."""
    if job.number is None:
        return ""
    return str(job.number) if importer().operates else job.batch or ""


def onward(token: str) -> Response:
    """To the page of the step at which a list is now."""
    job = job_of(token)
    if job.state == "done" and (name := batch_name(job)):
        return go("import_batches.batch", name=name)
    if is_at_columns(job):
        return go("import_steps.columns", token=token)
    return go("import_steps.current", token=token)


def is_at_columns(job: ImportJob) -> bool:
    """Whether somebody should look at its columns; its plan may be worked out meanwhile."""
    return job.step == "columns" and job.state in {"planning", "waiting"}


def go(endpoint: str, **values: Any) -> Response:
    """To another page of the import, in the language that was asked for."""
    return redirect(url_for(endpoint, **values, lang=explicit_lang() or None), 303)
