"""Who may read a value: the audiences that an editor may choose, and the sane one to begin with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from graph import (
    ANONYMOUS,
    EDITS,
    PLATFORM,
    PUBLIC,
    Thing,
    View,
    Viewer,
    networks_of,
    readable,
)
from webapp.languages import lang
from webapp.profiles.values import Value, width
from webapp.services import services

PREVIEWER: Final = "preview"
"""The account of nobody (accounts are 16 digits long): whoever is just signed in."""

BY_MAIL: Final = "mail:"
"""How the name of a reader begins who has no account but followed a link."""


@dataclass(frozen=True)
class Audience:
    """One audience as a form offers it.

    Attributes:
        name: as it stands in the contract of audiences (``network:cluster/optence``).
        label: a word or two for a small control.
        meaning: a sentence that says who that is.
    """

    name: str
    label: str
    meaning: str

    @property
    def sort(self) -> str:
        """``public``, ``platform``, ``network``, ``group``, ``organisation`` or ``person``."""
        return self.name.partition(":")[0]


def choices(viewer: Viewer, owners: Sequence[Thing], *, also: Iterable[str] = ()) -> list[Audience]:
    """The audiences that a viewer may choose for what is said of a thing, widest first.

    Nobody writes to an audience that they cannot read.

    Args:
        viewer: who edits.
        owners: the organisations that the thing belongs to.
        also: audiences of values that are there already.
    """
    allowed = set(readable(viewer))
    own = {f"organisation:{one.slug}" for one in owners if one.kind == "organisation"}
    networks = _networks(owners)
    groups = {name for name in allowed if name.startswith(("group:", "network:"))}
    wanted = {PUBLIC, PLATFORM, *own, *networks, *groups, *also}
    if not (viewer.account or "").startswith(BY_MAIL):
        wanted.add(f"person:{viewer.account}")
    return [describe(name, viewer) for name in sorted(wanted & allowed, key=width)]


def describe(name: str, viewer: Viewer) -> Audience:
    """An audience in words, as far as the viewer may know of what it is called after."""
    sort, _colon, rest = name.partition(":")
    if sort == PUBLIC:
        return Audience(name, _("everyone"), _("Everyone, on the open web."))
    if sort == PLATFORM:
        return Audience(name, _("signed in"), _("Everyone who is signed in here."))
    if sort == "person":
        return Audience(name, _("only me"), _("You alone."))
    view = services().knowledge.view(viewer)
    called = _called(view, sort, rest)
    if sort == "network":
        return Audience(name, called, _("Those who act for members of %(name)s.", name=called))
    if sort == "organisation":
        return Audience(name, _("only us"), _("Those who act for %(name)s.", name=called))
    return Audience(name, called, _("The members of the group %(name)s.", name=called))


def _called(view: View, sort: str, rest: str) -> str:
    kind, _slash, slug = rest.partition("/") if sort == "network" else (sort, "", rest)
    thing = view.find(kind, slug)
    return thing.label(lang()) if thing else slug


def default_audience(values: Iterable[Value], viewer: Viewer, owners: Sequence[Thing]) -> str:
    """The audience of a new value: public where a list says such things publicly, else narrow.

    Args:
        values: what is said with the same property of the same thing.
        viewer: who edits.
        owners: the organisations that the thing belongs to.
    """
    if any(value.audience == PUBLIC and set(value.sources) - {EDITS} for value in values):
        return PUBLIC
    return narrowest_sensible(viewer, owners)


def narrowest_sensible(viewer: Viewer, owners: Sequence[Thing]) -> str:
    """The people of the owning organisation, else a network that the editor keeps, else oneself."""
    allowed = readable(viewer)
    for owner in owners:
        if (own := f"{owner.kind}:{owner.slug}") in allowed:
            return own
    shared = sorted(_networks(owners) & set(allowed))
    return shared[0] if shared else f"person:{viewer.account}"


def _networks(owners: Sequence[Thing]) -> frozenset[str]:
    """The networks that some organisations belong to, and the clusters that are owners."""
    own = {f"network:cluster/{one.slug}" for one in owners if one.kind == "cluster"}
    return networks_of(services().knowledge, [one.iri for one in owners]) | own


def narrowed(audience: str, whole: str) -> str:
    """An audience, or the one that may know of a thing at all, where that is narrower.

    >>> narrowed("public", "platform"), narrowed("person:a", "platform")
    ('platform', 'person:a')
    """
    return audience if width(audience)[0] >= width(whole)[0] else whole


def seen_as(name: str, editor: Viewer) -> Viewer | None:
    """Somebody who reads what an audience reads, and never more than the editor does.

    Args:
        name: ``public``, ``platform``, or a closed audience of the editor's.
        editor: who wants to look through other eyes.

    >>> seen_as("public", Viewer("ada"))
    Viewer(account=None, memberships=frozenset())
    >>> seen_as("network:cluster/other", Viewer("ada")) is None
    True
    """
    if name not in readable(editor) or name.startswith("person:"):
        return None
    if name == PUBLIC:
        return ANONYMOUS
    return Viewer(PREVIEWER, frozenset({name} - {PLATFORM}))
