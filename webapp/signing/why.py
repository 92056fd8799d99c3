"""``/access``: why somebody can, or cannot, see what is said about a thing of one's own."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from pyoxigraph import Literal

from graph import ANONYMOUS, Access, Viewer, called, explain_access, readable
from webapp.accounts import Account
from webapp.accounts.current import manages
from webapp.errors import bad_parameter
from webapp.languages import lang
from webapp.pages.values import text_of
from webapp.privacy.sayings import property_name
from webapp.profiles.audiences import PREVIEWER, describe
from webapp.profiles.found import own_profile
from webapp.services import services
from webapp.signing.reach import actors_of

blueprint = Blueprint("access", __name__)

_GUEST: Final = "guest"
_SIGNED_IN: Final = "signed-in"


@dataclass(frozen=True)
class Line:
    """One statement, and whether the person in question sees it.

    Attributes:
        property: in words.
        value: in words.
        list: what the list that says it is called; empty where it follows from others.
        audience: whom it is said to, in words.
        sees: whether the person reads it.
        why: what decides that.
    """

    property: str
    value: str
    list: str
    audience: str
    sees: bool
    why: str


@blueprint.get("/access/<kind>/<path:slug>")
def why(kind: str, slug: str) -> str:
    """What a guest, anyone who is signed in, or with ``who`` one person sees of a thing."""
    profile = own_profile(kind, slug)
    people = _people()
    name = request.args.get("who", _GUEST)
    if name not in (_GUEST, _SIGNED_IN, *people):
        bad_parameter("who", name, (_GUEST, _SIGNED_IN))
    found = explain_access(
        services().knowledge,
        profile.thing.iri,
        readable(_viewer(name, people)),
        services().viewer(),
    )
    lines = [_line(one) for one in found]
    return render_template(
        "accounts/why.html",
        thing=profile.thing,
        people=sorted(people.values(), key=lambda one: (one.name.casefold(), one.id)),
        chosen=name,
        lines=lines,
        seen=sum(line.sees for line in lines),
    )


def _people() -> dict[str, Account]:
    """Those who act for organisations of the clusters that the asker manages, by id."""
    found = [actor.account for cluster in manages() for actor in actors_of(cluster)]
    return {account.id: account for account in found if account.status == "active"}


def _viewer(name: str, people: dict[str, Account]) -> Viewer:
    if name == _GUEST:
        return ANONYMOUS
    if name == _SIGNED_IN:
        return Viewer(PREVIEWER)
    return services().accounts.viewer_of(people[name])


def _line(access: Access) -> Line:
    said = access.statement
    view = services().view()
    value = said.object
    if isinstance(value, Literal):
        shown = text_of(value, said.predicate, lang())
    else:
        shown = view.label(value.value, lang()) or value.value
    audience = describe(access.audience, services().viewer())
    return Line(
        property_name(said.predicate),
        shown,
        called(access.source) or _("follows from other statements"),
        audience.label,
        access.sees,
        access.why[lang()].replace(access.audience, audience.label),
    )
