"""``/me``: interests, saved things and wishes: what the radar around their owner goes by."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Blueprint, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from graph import Thing
from ontology import KINDS
from webapp.accounts.current import require_account
from webapp.addresses import url_home, url_interests, url_saved
from webapp.errors import nothing_here, wants_json
from webapp.languages import lang
from webapp.me.keeping import WISHES
from webapp.me.mine import (
    CONCEPTS,
    former,
    is_saved,
    keeping,
    may_save,
    mine_of,
    this_path,
    told_now,
    told_of,
    wish_of,
)
from webapp.me.start import start_page
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing.going_on import own_path

blueprint = Blueprint("me", __name__)


blueprint.add_app_template_global(may_save)
blueprint.add_app_template_global(is_saved)
blueprint.add_app_template_global(this_path)
blueprint.add_app_template_global(wish_of)
blueprint.add_app_template_global(told_now)


@blueprint.get("/me/interests")
def interests() -> str:
    """What the radar around me goes by, to be edited."""
    account = require_account()
    missed = request.args.get("missed", "").strip()
    return start_page(mine_of(account, services().view()), missed=missed, chosen_now=True)


@blueprint.post("/me/interests")
def change_interests() -> AnyResponse:
    """Choose ``interest`` (``kind/slug``, several), look for ``q``, let go of ``drop``."""
    account = require_account()
    require_own_form()
    view, kept = services().view(), keeping()
    for words in request.form.getlist("interest"):
        kept.add_interest(account.id, _thing(words, CONCEPTS).iri)
    for words in request.form.getlist("drop"):
        for iri in former(view, kept.interests(account.id), _thing(words, CONCEPTS)):
            kept.drop_interest(account.id, iri)
    missed = _look_for(request.form.get("q", ""), lambda iri: kept.add_interest(account.id, iri))
    if missed:
        return redirect(url_interests(missed=missed), 303)
    return redirect(url_home() if "radar" in request.form else url_interests(), 303)


@blueprint.get("/me/saved")
def saved() -> str:
    """The things that I saved, the newest first."""
    account = require_account()
    mine = mine_of(account, services().view())
    return render_template("me/saved.html", mine=mine)


@blueprint.post("/me/saved")
def change_saved() -> AnyResponse:
    """Save a thing (``save``: ``kind/slug``) or let go of it (``unsave``)."""
    account = require_account()
    require_own_form()
    view, kept = services().view(), keeping()
    saving = "save" in request.form
    thing = _thing(request.form.get("save") or request.form.get("unsave", ""), tuple(KINDS))
    if saving:
        kept.save(account.id, thing.iri)
    else:
        for iri in former(view, kept.saved(account.id), thing):
            kept.unsave(account.id, iri)
    if wants_json():
        return jsonify(iri=thing.iri, saved=saving)
    return redirect(own_path(request.form.get("back", "")) or url_saved(), 303)


@blueprint.post("/me/wishes")
def change_wishes() -> AnyResponse:
    """Say ``more`` or ``less`` of a thing (``kind/slug``), or take that back (``unwish``)."""
    account = require_account()
    require_own_form()
    view, kept = services().view(), keeping()
    wish = next((word for word in WISHES if word in request.form), "")
    words = request.form.get(wish or "unwish", "")
    thing = _thing(words, tuple(KINDS))
    said = (iri for each in WISHES for iri in kept.wishes(account.id, each))
    for iri in former(view, said, thing):
        kept.unwish(account.id, iri)
    if wish:
        kept.wish(account.id, thing.iri, wish)
    if wants_json():
        return jsonify(iri=thing.iri, wish=wish, told=told_of(thing, wish), undo=_("Undo"))
    return redirect(_telling(own_path(request.form.get("back", "")) or url_saved(), words), 303)


def _telling(path: str, words: str) -> str:
    """A path whose page tells what was said of a thing, so that it can be taken back at once."""
    parts = urlsplit(path)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "told"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("told", words)], safe="/,")))


def _thing(words: str, kinds: tuple[str, ...]) -> Thing:
    """The thing of an address (``kind/slug``) that whoever asks may read."""
    kind, _slash, slug = words.partition("/")
    view = services().view()
    found = view.find(kind, slug) if kind in kinds and slug else None
    return found or nothing_here(words)


def _look_for(text: str, add: Callable[[str], None]) -> str:
    """Add what some words, separated by commas, are called; gives back those that are nothing."""
    made, missed = services(), []
    for words in (part.strip() for part in text.split(",")):
        if not words:
            continue
        answer = made.search.search(
            words, viewer=made.viewer(), kinds=CONCEPTS, limit=1, lang=lang()
        )
        if answer.hits and not answer.partial:
            add(answer.hits[0].thing.iri)
        else:
            missed.append(words)
    return ", ".join(missed)
