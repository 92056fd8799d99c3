"""``/profile``: edit a profile, add and remove what belongs to it, take back what was saved."""

import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import KnowledgeError, Viewer
from webapp.accounts.current import current_viewer, may_edit, require_account
from webapp.addresses import url_page, url_to
from webapp.errors import abort_with, nothing_here
from webapp.languages import lang
from webapp.profiles import records
from webapp.profiles.audiences import choices, narrowest_sensible
from webapp.profiles.forms import TYPE, form_of
from webapp.profiles.found import own_profile
from webapp.profiles.noting import code_name, day, note_of, own_profiles
from webapp.profiles.profile import BELONGS_BY, Profile
from webapp.profiles.saving import add, blank, save, settle, take_away
from webapp.profiles.sayings import with_sayings
from webapp.profiles.states import FieldState
from webapp.security import require_own_form
from webapp.services import services

blueprint = Blueprint("profiles", __name__)
blueprint.add_app_template_global(note_of, "profile_note")
blueprint.add_app_template_global(own_profiles)
blueprint.add_app_template_global(code_name)
blueprint.add_app_template_filter(day)


@blueprint.get("/profile/<kind>/<path:slug>")
def form(kind: str, slug: str) -> str:
    """The form of a profile; ``saved`` is the number of what was just saved."""
    profile = own_profile(kind, slug)
    return form_page(profile, with_sayings(profile))


@blueprint.post("/profile/<kind>/<path:slug>")
def store(kind: str, slug: str) -> Response | tuple[str, int]:
    """Save a profile, or settle a doubt."""
    profile = own_profile(kind, slug)
    here = {"endpoint": "profiles.form", "kind": kind, "slug": slug}
    return stored(profile, here)


@blueprint.post("/profile/confirm/<kind>/<path:slug>")
def confirm(kind: str, slug: str) -> Response:
    """All that a profile says is still true."""
    profile = own_profile(kind, slug)
    records.confirm(profile.thing.iri, profile.editor.how, profile.editor.account_id)
    return redirect(url_page(kind, slug), 303)


@blueprint.get("/profile/add/<new>/<kind>/<path:slug>")
def blank_form(new: str, kind: str, slug: str) -> str:
    """The form of a new device, person or listing of an organisation."""
    profile = _owner(new, kind, slug)
    states = blank(new, profile.thing, profile.editor)
    return new_page(profile, new, states)


@blueprint.post("/profile/add/<new>/<kind>/<path:slug>")
def make(new: str, kind: str, slug: str) -> Response | tuple[str, int]:
    """Make a new thing of an organisation."""
    profile = _owner(new, kind, slug)
    try:
        outcome = add(new, profile.thing, profile.editor, request.form)
    except KnowledgeError as error:
        states = blank(new, profile.thing, profile.editor)
        return new_page(profile, new, states, error.text(lang())), 409
    if outcome.batch is None:
        return new_page(profile, new, outcome.states), outcome.status
    address = url_to("profiles.form", kind=kind, slug=slug, saved=outcome.batch.id)
    return redirect(f"{address}#parts-{new}", 303)


@blueprint.get("/profile/remove/<kind>/<path:slug>")
def ask_removal(kind: str, slug: str) -> str:
    """Ask whether a thing is really to go."""
    profile = _part(kind, slug)
    return render_template("profiles/remove.html", profile=profile, thing=profile.thing)


@blueprint.post("/profile/remove/<kind>/<path:slug>")
def take(kind: str, slug: str) -> Response:
    """Take a thing of an organisation away."""
    profile = _part(kind, slug)
    owner = profile.owners[0]
    batch = take_away(profile)
    saved = batch.id if batch else None
    return redirect(url_to("profiles.form", kind=owner.kind, slug=owner.slug, saved=saved), 303)


@blueprint.post("/profile/undo/<batch>")
def undo(batch: str) -> Response:
    """Take back what this account saved, as long as it may edit that profile."""
    require_own_form()
    account = require_account()
    noted = records.saving(batch)
    if noted is None or noted.account_id != account.id or not may_edit(noted.thing):
        nothing_here()
    return undone(batch, noted.thing, current_viewer())


def undone(batch: str, thing: str, viewer: Viewer, back: str = "") -> Response:
    """Take a batch back and go to the profile, or what is left of it.

    Args:
        batch: its id.
        thing: whose profile it belongs to.
        viewer: who takes it back.
        back: where to go; empty: to the form of the profile.
    """
    try:
        services().knowledge.undo(batch, viewer=viewer)
    except KnowledgeError as error:
        abort_with(409, error.message[lang()], error.remedy[lang()], code="not-undone")
    kind, slug = services().knowledge.addresses.parse(thing) or ("", "")
    if back:
        return redirect(back, 303)
    if services().view().find(kind, slug) is None:
        return redirect(url_to("mine.account"), 303)
    return redirect(url_to("profiles.form", kind=kind, slug=slug, undone=1), 303)


def stored(profile: Profile, here: dict[str, Any], **further: Any) -> Response | tuple[str, int]:
    """Save what was sent and go back to the form, or show what is wrong with it.

    Args:
        profile: whose form it is.
        here: the endpoint of the form and its values.
        **further: what else the template is given.
    """
    settling = request.form.get("settle", "").partition(" ")
    confirmed = bool(request.form.get("confirm"))
    try:
        if settling[2]:
            batch = settle(profile, settling[2], keep=settling[0] == "keep")
            return _to(here, batch.id if batch else None)
        outcome = save(profile, request.form)
    except KnowledgeError as error:
        states = with_sayings(profile)
        return form_page(profile, states, error.text(lang()), here=here, **further), 409
    if outcome.open:
        return form_page(profile, outcome.states, here=here, **further), outcome.status
    if confirmed:
        records.confirm(profile.thing.iri, profile.editor.how, profile.editor.account_id)
    return _to(here, outcome.batch.id if outcome.batch else "")


def form_page(
    profile: Profile,
    states: dict[str, FieldState],
    error: str = "",
    *,
    here: dict[str, Any] | None = None,
    **further: Any,
) -> str:
    """The form of a profile."""
    thing = profile.thing
    whole = ""
    if profile.by_hand:
        whole = profile.values[TYPE][0].audience
    return render_template(
        "profiles/edit.html",
        profile=profile,
        thing=thing,
        owner=next((one for one in profile.owners if one.iri != thing.iri), None),
        sections=_sections(thing.kind, states),
        audiences=profile.audiences,
        whole=whole,
        parts=profile.parts(),
        confirmation=records.confirmation(thing.iri),
        completeness=profile.completeness,
        missing=profile.missing,
        complete_from=services().settings.complete_from_percent,
        here=url_to(**here) if here else url_to("profiles.form", kind=thing.kind, slug=thing.slug),
        saved=request.args.get("saved"),
        open=any(state.open for state in states.values()),
        error=error,
        **further,
    )


def new_page(profile: Profile, new: str, states: dict[str, FieldState], error: str = "") -> str:
    """The form of a new thing."""
    viewer, owner = profile.editor.viewer, profile.thing
    return render_template(
        "profiles/new.html",
        profile=profile,
        owner=owner,
        kind=new,
        sections=_sections(new, states),
        audiences=choices(viewer, (owner,)),
        whole=request.form.get("whole", narrowest_sensible(viewer, (owner,))),
        nonce=request.form.get("nonce") or secrets.token_hex(8),
        open=any(state.open for state in states.values()),
        error=error,
    )


def _sections(kind: str, states: dict[str, FieldState]) -> list[tuple[str, list[FieldState]]]:
    """The fields in their sections; a section without any is left out."""
    found = [
        (str(section.part), [states[f.key] for f in section.fields if f.key in states])
        for section in form_of(kind)
    ]
    return [(part, several) for part, several in found if several]


def _to(here: dict[str, Any], saved: str | None) -> Response:
    return redirect(url_to(**here, saved=saved), 303)


def _owner(new: str, kind: str, slug: str) -> Profile:
    profile = own_profile(kind, slug)
    if new not in BELONGS_BY or kind not in ("organisation", "cluster"):
        nothing_here(new)
    return profile


def _part(kind: str, slug: str) -> Profile:
    profile = own_profile(kind, slug)
    if kind not in BELONGS_BY or not profile.owners:
        abort_with(
            409,
            _("This is not removed here."),
            _("Ask whoever keeps the list that it stands in."),
            code="stays",
        )
    return profile
