"""Files of the import pages: empty lists to fill in."""

from typing import Final

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from graph import TEMPLATE_FORMATS, TEMPLATE_KINDS
from webapp.errors import nothing_here
from webapp.importing.importers import importer
from webapp.languages import lang
from webapp.services import services

blueprint = Blueprint("import_sheets", __name__)

_TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.before_request
def _only_importers() -> None:
    importer()


@blueprint.get("/import/template/<kind>.<ending>")
def empty(kind: str, ending: str) -> Response:
    """An empty list with the columns of a kind, as spreadsheets like it."""
    if kind not in TEMPLATE_KINDS or ending not in TEMPLATE_FORMATS:
        nothing_here(f"{kind}.{ending}")
    from graph import template  # noqa: PLC0415  writing workbooks takes long to load

    content = template(kind, ending, lang(), view=services().view())
    return as_file(content, f"{kind}-{lang()}.{ending}")


def as_file(content: bytes, name: str) -> Response:
    """An answer that a browser saves; ``name`` is ASCII and ends as its format does."""
    answer = current_app.response_class(content, mimetype=_TYPES[name.rpartition(".")[2]])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
