"""Files of the import pages: empty lists to fill in, and plans."""

from typing import Final

from flask import Blueprint, current_app
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import TEMPLATE_FORMATS, TEMPLATE_KINDS, called, slug_of
from webapp.errors import abort_with, nothing_here
from webapp.importing.found import job_of
from webapp.importing.importers import only_importers
from webapp.importing.imports import imports
from webapp.importing.tables import ImportJob
from webapp.importing.wanted import Wanted
from webapp.languages import lang
from webapp.services import services

blueprint = Blueprint("import_sheets", __name__)
only_importers(blueprint)

_TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/import/template/<kind>.<ending>")
def empty(kind: str, ending: str) -> Response:
    """An empty list with the columns of a kind, as spreadsheets like it."""
    if kind not in TEMPLATE_KINDS or ending not in TEMPLATE_FORMATS:
        nothing_here(f"{kind}.{ending}")
    from graph import template  # noqa: PLC0415  writing workbooks takes long to load

    content = template(kind, ending, lang(), view=services().view())
    return as_file(content, f"{kind}-{lang()}.{ending}")


@blueprint.get("/import/plan/<token>/plan.xlsx")
def planned(token: str) -> Response:
    """The plan of an uploaded list, its problems in the cells of the list."""
    return workbook_of(job_of(token))


def workbook_of(job: ImportJob) -> Response:
    """The plan of a list as a workbook; without a plan an error."""
    from graph import plan_workbook  # noqa: PLC0415  writing workbooks takes long to load

    known = imports().prepared(job.token)
    if known.plan is None or known.table is None:
        abort_with(
            409,
            _("There is no plan of this list yet."),
            _("Look at the list first, and try again when its plan is shown."),
            code="no-plan",
        )
    content = plan_workbook(known.plan, known.table, lang())
    return as_file(content, f"plan-{slug_of(called(Wanted.of(job.wanted).source))}.xlsx")


def as_file(content: bytes, name: str) -> Response:
    """An answer that a browser saves; ``name`` is ASCII and ends as its format does."""
    answer = current_app.response_class(content, mimetype=_TYPES[name.rpartition(".")[2]])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
