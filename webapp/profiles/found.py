"""The thing and the editor of a request; whoever may not edit is told what to do."""

from typing import NoReturn

from flask import request
from flask_babel import gettext as _

from graph import Thing
from ontology import KINDS
from webapp.accounts.current import current_account, current_viewer, may_edit, require_account
from webapp.errors import abort_with, nothing_here
from webapp.profiles.profile import Editor, Profile, owners_of
from webapp.security import require_own_form
from webapp.services import services


def thing_of(kind: str, slug: str) -> Thing:
    """The thing at an address, as who asks reads it; else 404."""
    thing = services().view().find(kind, slug) if kind in KINDS and kind != "source" else None
    return thing or nothing_here(f"{kind}/{slug}")


def own_profile(kind: str, slug: str) -> Profile:
    """The profile of a thing that the account of this request may edit."""
    if request.method != "GET":
        require_own_form()
    require_account()
    thing = thing_of(kind, slug)
    return Profile(thing, editor_of(thing) or _not_yours())


def editor_of(thing: Thing) -> Editor | None:
    """The account of this request as the editor of a thing; None where it may not edit it."""
    account = current_account()
    if account is None or not may_edit(thing.iri):
        return None
    owners = {thing.iri, *(one.iri for one in owners_of(thing, services().view()))}
    acts = owners & set(services().accounts.acts_for(account.id)) or account.person == thing.iri
    return Editor(current_viewer(), "member" if acts else "manager", account.id)


def _not_yours() -> NoReturn:
    abort_with(
        403,
        _("You do not act for this organisation, so you cannot edit its profile."),
        _("Open its page and say that you act for it."),
        code="not-yours",
    )
