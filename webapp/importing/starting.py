"""``/import``: where a list is uploaded, and what was imported."""

from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import KnowledgeError, called, rdf_format, slug_of
from ontology import KINDS
from webapp.importing.found import my_jobs, onward
from webapp.importing.importers import importer, only_importers
from webapp.importing.imports import imports
from webapp.importing.messages import NO_KIND, NOT_YOURS
from webapp.importing.showing import state_name, words_of
from webapp.importing.wanted import Wanted
from webapp.languages import lang
from webapp.profiles.audiences import describe
from webapp.services import services

blueprint = Blueprint("importing", __name__)
blueprint.add_app_template_global(called, "called")
blueprint.add_app_template_global(state_name, "import_state")
blueprint.add_app_template_global(words_of, "import_words")
only_importers(blueprint)

KINDS_OF_LISTS = tuple(kind for kind in KINDS if kind != "source")
_FIELDS = ("kind", "source", "mode", "as_of", "owner", "audience")
_PARTIAL = {"complete": False, "partial": True}


@blueprint.get("/import")
def start() -> str:
    """The form for a list, the lists under way, and what was imported."""
    return start_page({})


@blueprint.post("/import")
def upload() -> Response | tuple[str, int]:
    """Take a list and show what its columns are."""
    form = {name: request.form.get(name, "").strip() for name in _FIELDS}
    file = request.files.get("file")
    if file is None or not file.filename:
        return start_page(form, _("Choose a file first.")), 400
    content = file.read()
    try:
        wanted = wanted_of(form, file.filename, is_rdf=bool(rdf_format(content, file.filename)))
        token = imports().receive(wanted, content, importer().account, importer().viewer)
    except KnowledgeError as error:
        return start_page(form, error.text(lang())), 400
    imports().settle(token)
    job = imports().jobs.get(token)
    if job is not None and job.state == "failed":
        return start_page(form, job.said[lang()]), 400
    return onward(token)


def wanted_of(form: Mapping[str, str], filename: str, *, is_rdf: bool = False) -> Wanted:
    """What the sender of a list said of it; RDF says itself what its subjects are.

    Raises:
        KnowledgeError: it is for no kind, or for an owner or readers that are not the sender's.
    """
    asks = importer()
    if form.get("kind") not in KINDS_OF_LISTS and not (is_rdf and not form.get("kind")):
        raise KnowledgeError(NO_KIND)
    owner = form.get("owner") or asks.owners[0]
    audience = form.get("audience", "")
    if owner not in asks.owners or audience not in ("", *asks.audiences()):
        raise KnowledgeError(NOT_YOURS)
    name = Path(filename.replace("\\", "/")).name[:200]
    return Wanted(
        name,
        form.get("kind", ""),
        form.get("source") or slug_of(Path(name).stem),
        _PARTIAL.get(form.get("mode", "")),
        form.get("as_of", ""),
        owner=owner,
        audience=audience,
    )


def start_page(form: dict[str, str], error: str = "") -> str:
    """The first page, with what was typed already and what is wrong with it."""
    asks = importer()
    return render_template(
        "importing/start.html",
        form=form,
        error=error,
        kinds=KINDS_OF_LISTS,
        owners=[(owner, _owner_label(owner)) for owner in asks.owners],
        audiences=[describe(name, asks.viewer) for name in asks.audiences()],
        sources=asks.sources(),
        jobs=my_jobs(),
        batches=[(asks.name(one), one) for one in asks.batches()],
        limit_mb=services().settings.max_upload_mb,
    )


def _owner_label(owner: str) -> str:
    if not owner:
        return str(_("The platform itself"))
    thing = services().view().find(*owner.split("/", 1))
    return thing.label(lang()) if thing else owner
