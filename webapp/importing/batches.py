"""``/import/batch``: what a list became, and its way back."""

from flask import Blueprint, current_app, render_template
from werkzeug.wrappers import Response

from graph import Batch, KnowledgeError
from webapp.importing.found import batch_of, go
from webapp.importing.importers import importer, only_importers
from webapp.languages import lang

blueprint = Blueprint("import_batches", __name__)
only_importers(blueprint)


@blueprint.get("/import/batch/<name>")
def batch(name: str) -> str:
    """One batch, and the button that takes it back."""
    return _page(batch_of(name))


@blueprint.post("/import/batch/<name>/undo")
def undo(name: str) -> Response | tuple[str, int]:
    """Take a batch back."""
    found = batch_of(name)
    try:
        made = importer().undo(found)
    except KnowledgeError as error:
        return _page(found, error.text(lang())), 409
    return go("import_batches.batch", name=importer().name(made))


def _page(found: Batch, error: str = "") -> str:
    asks = importer()
    kinds = {source.name: source.kind for source in asks.sources()}
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    return render_template(
        "importing/batch.html",
        batch=found,
        kind=kinds.get(found.about.source, ""),
        error=error,
        name=asks.name(found),
        next_steps=[path for path in ("/import/words", "/import/doubts") if path in there],
    )
