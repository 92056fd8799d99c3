"""``/legal/…``: imprint, privacy notice, terms of use and accessibility statement."""

from pathlib import Path

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from webapp.addresses import url_legal
from webapp.errors import nothing_here
from webapp.languages import lang
from webapp.legal.documents import LEGAL_DOCUMENTS, is_address, legal_warnings
from webapp.legal.text import read_text
from webapp.services import services

__all__ = ["blueprint", "legal_warnings"]

blueprint = Blueprint("legal", __name__)


@blueprint.get("/legal/<name>")
def document(name: str) -> Response | str:
    """One document; where the operator keeps it elsewhere, the way there."""
    found = LEGAL_DOCUMENTS.get(name)
    if found is None:
        nothing_here()
    place, spoken = found.place(services().settings, lang())
    if is_address(place):
        return redirect(place)
    text = read_text(Path(place)) if place else None
    return render_template(
        "legal/document.html", document=found, text=text, spoken=spoken, names=found.variables()
    )


@blueprint.app_template_global()
def legal_links() -> list[tuple[str, str]]:
    """What the footer of every page links: (title, address)."""
    language = lang()
    return [(one.title[language], url_legal(name)) for name, one in LEGAL_DOCUMENTS.items()]
