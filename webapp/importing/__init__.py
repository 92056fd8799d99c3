"""``/import``: upload a list, look at the plan, commit it, take it back."""

import tempfile
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, Final, NoReturn

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import (
    Batch,
    KnowledgeError,
    ListInfo,
    Plan,
    Table,
    called,
    commit_plan,
    make_plan,
    read_table,
    slug_of,
)
from ontology import KINDS
from webapp.errors import abort_with
from webapp.importing.importers import importer
from webapp.importing.uploads import Upload, Uploads
from webapp.languages import explicit_lang, lang
from webapp.profiles.audiences import describe
from webapp.security import require_own_form
from webapp.services import services

blueprint = Blueprint("importing", __name__)
blueprint.add_app_template_global(called, "called")

SHOWN: Final = 100
"""Problems and rows that the page of a plan lists; it says how many more there are."""
_CHANGING: Final = Lock()
"""Held from the planning to the commit: no other list may come in between."""

DELIMITER_NAMES: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""What forms call the delimiters."""
ENCODINGS: Final = ("utf-8", "windows-1252", "mac-roman", "utf-16")

KINDS_OF_LISTS: Final = tuple(kind for kind in KINDS if kind != "source")


@blueprint.before_request
def _only_importers() -> None:
    importer()
    if request.method != "GET":
        require_own_form()


@blueprint.get("/import")
def start() -> str:
    """The form for a list, and what was imported."""
    return _start_page({})


@blueprint.post("/import")
def upload() -> Response | tuple[str, int]:
    """Take a list and show its plan."""
    form = {
        name: request.form.get(name, "").strip()
        for name in ("kind", "source", "mode", "as_of", "owner", "audience")
    }
    file = request.files.get("file")
    if file is None or not file.filename:
        return _start_page(form, _("Choose a file first.")), 400
    if form["kind"] not in KINDS_OF_LISTS:
        return _start_page(form, _("Choose what one row of the list is.")), 400
    owner = form["owner"] or importer().owners[0]
    if owner not in importer().owners or form["audience"] not in ("", *importer().audiences()):
        return _start_page(form, _("Choose one of your own clusters, and who may read.")), 400
    name = Path(file.filename.replace("\\", "/")).name[:200]
    kept = Upload(
        name,
        form["kind"],
        form["source"] or slug_of(Path(name).stem),
        {"complete": False, "partial": True}.get(form["mode"]),
        form["as_of"],
        owner=owner,
        audience=form["audience"],
        account=importer().account,
    )
    content = file.read()
    try:
        _planned(kept, content)
    except KnowledgeError as error:
        return _start_page(form, error.text(lang())), 400
    return _go("importing.plan", token=_uploads().keep(kept, content))


@blueprint.get("/import/plan/<token>")
def plan(token: str) -> str:
    """What committing an uploaded list would do."""
    return _plan_page(token)


@blueprint.post("/import/plan/<token>")
def commit(token: str) -> Response | tuple[str, int]:
    """Commit an uploaded list, if nothing has changed since its plan was looked at."""
    knowledge = services().knowledge
    with _CHANGING:
        kept, content = _kept(token)
        try:
            planned = _planned(kept, content)[1]
        except KnowledgeError as unplanned:
            _no_plan(unplanned)
        # The plan itself is compared: a number of the store's state would tell of hidden commits.
        if request.form.get("mark") != planned.mark:
            message = _("The data have changed in the meantime. Look at the plan again.")
            return _plan_page(token, message), 409
        if planned.needs_consent and not request.form.get("allow_gone"):
            return _plan_page(token, _("Confirm that so many rows may go.")), 409
        batch = commit_plan(knowledge, planned, kept.name, allow_gone=True)
        _uploads().forget(token)
    return _go("importing.batch", name=importer().name(batch))


@blueprint.post("/import/plan/<token>/form")
def correct(token: str) -> Response | tuple[str, int]:
    """Say what the form of an uploaded list is, where what was found out is wrong."""
    kept, content = _kept(token)
    given = {name: request.form.get(name, "").strip() for name in ("encoding", "sheet")}
    row = request.form.get("header_row", "")
    corrected = replace(
        kept,
        encoding=given["encoding"],
        sheet=given["sheet"],
        delimiter=DELIMITER_NAMES.get(request.form.get("delimiter", ""), ""),
        header_row=int(row) if row.isdecimal() and len(row) < 8 else 0,
    )
    try:
        _planned(corrected, content)
    except KnowledgeError as error:
        return _plan_page(token, error.text(lang())), 400
    _uploads().correct(token, corrected)
    return _go("importing.plan", token=token)


@blueprint.post("/import/plan/<token>/discard")
def discard(token: str) -> Response:
    """Throw an uploaded list away."""
    _kept(token)
    _uploads().forget(token)
    return _go("importing.start")


@blueprint.get("/import/batch/<name>")
def batch(name: str) -> str:
    """One batch, and the button that takes it back."""
    return _batch_page(_batch(name))


@blueprint.post("/import/batch/<name>/undo")
def undo(name: str) -> Response | tuple[str, int]:
    """Take a batch back."""
    found = _batch(name)
    try:
        with _CHANGING:
            made = importer().undo(found)
    except KnowledgeError as error:
        return _batch_page(found, error.text(lang())), 409
    return _go("importing.batch", name=importer().name(made))


def _batch_page(found: Batch, error: str = "") -> str:
    kinds = {source.name: source.kind for source in importer().sources()}
    kind = kinds.get(found.about.source, "")
    return render_template(
        "importing/batch.html", batch=found, kind=kind, error=error, name=importer().name(found)
    )


def _start_page(form: dict[str, str], error: str = "") -> str:
    asks = importer()
    return render_template(
        "importing/start.html",
        form=form,
        error=error,
        kinds=KINDS_OF_LISTS,
        owners=[(owner, _owner_label(owner)) for owner in asks.owners],
        audiences=[describe(name, asks.viewer) for name in asks.audiences()],
        sources=asks.sources(),
        batches=[(asks.name(one), one) for one in asks.batches()],
        limit_mb=services().settings.max_upload_mb,
    )


def _owner_label(owner: str) -> str:
    if not owner:
        return str(_("The platform itself"))
    thing = services().view().find(*owner.split("/", 1))
    return thing.label(lang()) if thing else owner


def _plan_page(token: str, error: str = "") -> str:
    kept, content = _kept(token)
    try:
        table, planned = _planned(kept, content)
    except KnowledgeError as unplanned:
        _no_plan(unplanned)
    return render_template(
        "importing/plan.html",
        upload=kept,
        plan=planned,
        table=table,
        delimiters=DELIMITER_NAMES,
        encodings=ENCODINGS,
        token=token,
        error=error,
        shown=SHOWN,
    )


def _no_plan(error: KnowledgeError) -> NoReturn:
    abort_with(409, error.message[lang()], error.remedy[lang()], code="no-plan")


def _planned(kept: Upload, content: bytes) -> tuple[Table, Plan]:
    info = ListInfo(
        kind=kept.kind,
        source=kept.source,
        as_of=kept.as_of,
        complete=None if kept.partial is None else not kept.partial,
        owner=kept.owner,
        audience=kept.audience,
    )
    table = read_table(content, kept.name, kept.assumed)
    return table, make_plan(services().knowledge, table, info, viewer=services().viewer())


def _kept(token: str) -> tuple[Upload, bytes]:
    found = _uploads().get(token)
    if found is None or found[0].account != importer().account:
        abort_with(
            404,
            _("This list is no longer waiting: it was committed, thrown away or is a day old."),
            _("Upload it again."),
            code="not-found",
        )
    return found


def _batch(name: str) -> Batch:
    found = importer().batch(name)
    if found is None:
        abort_with(
            404,
            _("There is no batch %(number)s.", number=name),
            _("The list of batches is on the import page."),
            code="not-found",
        )
    return found


def _uploads() -> Uploads:
    """The uploads of this application: in the data folder, or in a temporary one."""
    uploads = current_app.extensions.get("uploads")
    if uploads is None:
        folder = services().folder
        if folder is None:
            temporary = tempfile.TemporaryDirectory(prefix="clusterradar-")
            folder = Path(services().closing.enter_context(temporary))
        uploads = current_app.extensions["uploads"] = Uploads(folder / "uploads")
    assert isinstance(uploads, Uploads)
    return uploads


def _go(endpoint: str, **values: Any) -> Response:
    return redirect(url_for(endpoint, **values, lang=explicit_lang() or None), 303)
