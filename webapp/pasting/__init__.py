"""``/paste``: a radar from one paragraph, without an account; the paragraph is not kept.

What the text speaks of stands in the address of its radar, so that it can be corrected,
shared and gone back to.
"""

import hashlib
from dataclasses import replace

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import Thing
from ontology import KINDS
from recommender import ME, Seed
from webapp.addresses import url_paste
from webapp.languages import explicit_lang, lang
from webapp.radar.state import RadarState, read_state
from webapp.radar.view import make_view
from webapp.security import require_own_form
from webapp.services import services

blueprint = Blueprint("pasting", __name__)

KINDS_ABOUT = ("competence", "topic", "sector", "place")
MOST = 12
"""Things that the address of a radar names at most."""


@blueprint.get("/paste")
def form() -> str:
    """The form for a paragraph."""
    return render_template("pasting/form.html", text="")


@blueprint.post("/paste")
def paste() -> Response:
    """Go to the radar of what a paragraph speaks of."""
    require_own_form()
    text = request.form.get("text", "")
    found = services().recogniser.find(text, viewer=services().viewer(), limit=MOST)
    if not found:
        page = render_template("pasting/form.html", text=text, nothing=bool(text.strip()))
        return make_response(page, 422 if text.strip() else 400)
    about = ",".join(f"{one.thing.kind}/{one.thing.slug}" for one in found)
    return redirect(url_paste(about, lang=explicit_lang() or ""), 303)


@blueprint.get("/paste/radar")
def radar() -> Response:
    """The radar of what a text is about; with ``add`` of something more."""
    things = _about()
    words = request.args.get("add", "").strip()
    missed = ""
    if words:
        hits = (
            services()
            .search.search(
                words, viewer=services().viewer(), kinds=KINDS_ABOUT, limit=1, lang=lang()
            )
            .hits
        )
        if hits:
            added = {one.iri: one for one in (*things, hits[0].thing)}
            return redirect(url_paste(_named(tuple(added.values())), lang=explicit_lang() or ""))
        missed = words
    if not things:
        return redirect(url_paste(lang=explicit_lang() or ""))
    return _page(things, missed)


def _about() -> tuple[Thing, ...]:
    """The things that the address names and that whoever asks may read; others are left out."""
    view = services().view()
    found = {}
    for words in request.args.get("about", "").split(",")[:MOST]:
        kind, _slash, slug = words.strip().partition("/")
        thing = view.find(kind, slug) if kind in KINDS_ABOUT and kind in KINDS and slug else None
        if thing is not None:
            found[thing.iri] = thing
    return tuple(found.values())


def _named(things: tuple[Thing, ...]) -> str:
    return ",".join(f"{one.kind}/{one.slug}" for one in things)


def _page(things: tuple[Thing, ...], missed: str) -> Response:
    state = read_state(request.args)
    state = RadarState(
        state.lens, state.kinds, state.limit, state.via, tuple(_named(things).split(","))
    )
    name = _("Your text")
    answer = services().radar.mine(
        tuple(Seed(one.iri, "text", 0.4 if one.kind == "place" else 1.0) for one in things),
        viewer=services().viewer(),
        name=name,
        lens=state.lens,
        kinds=state.kinds or None,
        limit=state.limit,
        lang=lang(),
    )
    answer = replace(answer, centre=replace(answer.centre, context=_("pasted")))
    centre = Thing(answer.centre.iri, ME, ME, {"en": name, "de": name})
    without = [(one, _named(tuple(other for other in things if other != one))) for one in things]
    response = make_response(
        render_template(
            "radar/radar.html",
            radar=make_view(services().view(), centre, answer, state),
            pasted=without,
            about=_named(things),
            missed=missed,
        )
    )
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    return response.make_conditional(request.environ)
