"""The addresses of the radar: ``/``, ``/radar/<kind>/<slug>`` and ``/api/v1/radar``."""

import hashlib

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from graph import Thing, View
from recommender import ME, RadarAnswer
from webapp.accounts.current import current_account, may_edit, require_account
from webapp.errors import abort_with, nothing_here
from webapp.languages import lang
from webapp.me.mine import unwanted
from webapp.radar.mine import my_answer, my_page
from webapp.radar.state import API_LIMIT, RadarState, read_state
from webapp.radar.view import make_view
from webapp.radar.wire import to_json
from webapp.services import services

blueprint = Blueprint("radar", __name__)
blueprint.add_app_template_global(may_edit)


@blueprint.get("/")
def home() -> AnyResponse:
    """My radar; for visitors the first radar, or what to do where there is nothing yet."""
    account = current_account()
    if account is not None:
        return tagged(make_response(my_page(account, read_state(request.args))))
    view = services().view()
    centre = services().home_centres.of(view, services().settings.home_centre)
    if centre is None:
        return make_response(render_template("radar/empty.html"))
    return _page(view, centre, read_state(request.args))


@blueprint.get("/radar/<kind>/<slug>")
def radar(kind: str, slug: str) -> AnyResponse:
    """The radar around a thing."""
    view = services().view()
    state = read_state(request.args)
    centre = view.find(kind, slug)
    if centre is None:
        moved = view.redirect(services().knowledge.addresses.thing(kind, slug))
        if moved is None:
            nothing_here(f"{kind}/{slug}")
        return redirect(state.address(moved.kind, moved.slug), 301)
    return _page(view, centre, state)


@blueprint.get("/api/v1/radar")
def radar_json() -> AnyResponse:
    """The same answer for programs; without a centre around whoever is signed in."""
    state = read_state(request.args, API_LIMIT)
    words = request.args.get("centre", "").strip()
    account = current_account() if words in {"", ME} else None
    if words == ME:
        account = require_account()
    if account is not None:
        return _json(my_answer(account, state))
    centre = _asked_for(services().view(), words)
    answer = services().radar.answer(
        centre.iri,
        viewer=services().viewer(),
        lens=state.lens,
        kinds=state.kinds or None,
        limit=state.limit,
        lang=lang(),
        unwanted=unwanted(),
    )
    return _json(answer)


def _json(answer: RadarAnswer) -> AnyResponse:
    return tagged(Response(to_json(answer) + "\n", mimetype="application/json"))


def _page(view: View, centre: Thing, state: RadarState) -> AnyResponse:
    answer = services().radar.answer(
        centre.iri,
        viewer=services().viewer(),
        lens=state.lens,
        kinds=state.kinds or None,
        limit=state.limit,
        lang=lang(),
        unwanted=unwanted(),
    )
    page = render_template("radar/radar.html", radar=make_view(view, centre, answer, state))
    return tagged(make_response(page))


def _asked_for(view: View, words: str) -> Thing:
    """The thing that ``centre`` names."""
    if not words:
        abort_with(
            400,
            _("The parameter “centre” is missing."),
            _("Name a thing, for example centre=cluster/optence, or its IRI."),
            code="missing-parameter",
            parameter="centre",
        )
    return thing_named(view, words)


def thing_named(view: View, words: str) -> Thing:
    """The thing that some words of an address name: ``kind/slug`` or an IRI.

    Raises:
        AppError: 404, there is none that whoever asks may read.
    """
    addresses = services().knowledge.addresses
    kind, _slash, slug = words.partition("/")
    iri = words if ":" in kind else addresses.thing(kind, slug)
    found = view.thing(iri) or view.redirect(iri)
    if found is None:
        nothing_here(words)
    return found


def tagged(response: AnyResponse) -> AnyResponse:
    """An answer with the hash of what it says, and 304 for whoever has it already."""
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.vary.update(("Accept-Language", "Cookie"))
    response.cache_control.no_cache = True
    return response.make_conditional(request.environ)
