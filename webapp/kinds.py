"""What kinds and wedges are called, and what they look like.

A kind is told by its colour **and** its shape, never by colour alone. The colour is the one of
its wedge (``--wedge-<name>`` in ``base.css``); the shape is an SVG path around (0, 0), about
as large as a circle of radius 10, so that the radar, the lists and the pages draw the same sign.
"""

from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from flask_babel import lazy_gettext as _

from ontology import KINDS, WEDGES
from webapp.languages import lang


@dataclass(frozen=True)
class KindFace:
    """How a kind presents itself to people.

    Attributes:
        one: its name for a single thing.
        many: its name for several things.
        shape: path data of its sign.
    """

    one: Any
    many: Any
    shape: str


_CIRCLE: Final = "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z"
_DOT: Final = "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"

KIND_FACES: Final[dict[str, KindFace]] = {
    "cluster": KindFace(_("Cluster"), _("Clusters"), "M10 0 5 8.66-5 8.66-10 0-5-8.66 5-8.66z"),
    "organisation": KindFace(
        _("Organisation"),
        _("Organisations"),
        "M-5.5-8h11A2.5 2.5 0 0 1 8-5.5v11A2.5 2.5 0 0 1 5.5 8h-11A2.5 2.5 0 0 1-8 5.5v-11"
        "A2.5 2.5 0 0 1-5.5-8z",
    ),
    "person": KindFace(_("Person"), _("People"), _CIRCLE),
    "competence": KindFace(
        _("Competence"),
        _("Competences"),
        "M0-10.5 2.9-3.6 10.2-3 4.7 1.8 6.4 9 0 5.2-6.4 9-4.7 1.8-10.2-3-2.9-3.6z",
    ),
    "sector": KindFace(_("Sector"), _("Sectors"), "M-4-9.5h8L9.5-4v8L4 9.5h-8L-9.5 4v-8z"),
    "topic": KindFace(_("Topic"), _("Topics"), "M0-10.5 10.5 0 0 10.5-10.5 0z"),
    "device": KindFace(_("Device"), _("Devices"), "M-3.5-9.5h7v6h6v7h-6v6h-7v-6h-6v-7h6z"),
    "listing": KindFace(_("Offer or need"), _("Offers and needs"), "M-9.5-7h12L10 0 2.5 7h-12z"),
    "project": KindFace(_("Project"), _("Projects"), "M0-10 10 8h-20z"),
    "event": KindFace(_("Event"), _("Events"), "M-10-8h20L0 10z"),
    "training": KindFace(_("Training"), _("Trainings"), "M0-10 10-2.5 6 9h-12l-4-11.5z"),
    "publication": KindFace(_("Publication"), _("Publications"), "M-7-9.5h9L7-4.5v14H-7z"),
    "call": KindFace(
        _("Call for funding"), _("Calls for funding"), "M-7-10h15L4-3.5 8 3h-12v7h-3z"
    ),
    "roadmap": KindFace(
        _("Roadmap element"), _("Roadmap elements"), "M-9.5-8h10L9.5 0 .5 8h-10l8-8z"
    ),
    "figure": KindFace(_("Figure"), _("Figures"), "M-8 9V1h4v8zM-2 9V-9h4V9zM4 9v-13h4V9z"),
    "place": KindFace(_("Place"), _("Places"), "M0 10.5-6.5-1a7 7 0 1 1 13 0z"),
    "group": KindFace(
        _("Group"),
        _("Groups"),
        "M-9-2h18v10h-18zM-5-2v-3a5 5 0 0 1 10 0v3h-2.5v-3a2.5 2.5 0 0 0-5 0v3z",
    ),
    "programme": KindFace(
        _("Programme"), _("Programmes"), "M-9-7h18v4H-9zM-9-1h18v4H-9zM-9 5h18v4H-9z"
    ),
    "source": KindFace(_("Source"), _("Sources"), _DOT),
}
"""Every kind by its word in an address."""

WEDGE_NAMES: Final[dict[str, Any]] = {
    "clusters": _("Clusters"),
    "actors": _("Organisations and people"),
    "topics": _("Topics and competences"),
    "devices": _("Devices"),
    "listings": _("Offers and needs"),
    "projects": _("Projects"),
    "events": _("Events and trainings"),
    "knowledge": _("Knowledge and funding"),
}
"""Every wedge by its name in an answer."""


WEDGE_SHORT_NAMES: Final[dict[str, Any]] = {
    "clusters": _("Clusters"),
    "actors": _("Actors"),
    "topics": _("Topics"),
    "devices": _("Devices"),
    "listings": _("Offers"),
    "projects": _("Projects"),
    "events": _("Dates"),
    "knowledge": _("Knowledge"),
}
"""The same where there is little room."""


def kind_name(kind: str, count: int = 1) -> str:
    """What a kind is called for so many things, in the language of the request."""
    face = KIND_FACES.get(kind)
    if face is None:
        return kind
    return str(face.one if count == 1 else face.many)


def wedge_name(wedge: str) -> str:
    """What a wedge is called, in the language of the request."""
    return str(WEDGE_NAMES.get(wedge, wedge))


def wedge_short_name(wedge: str) -> str:
    """What a wedge is called where there is little room."""
    return str(WEDGE_SHORT_NAMES.get(wedge, wedge))


def wedge_of(kind: str) -> str:
    """The wedge that gives a kind its colour; ``none`` where it is drawn in no wedge."""
    known = KINDS.get(kind)
    return (known.wedge if known else "") or "none"


def kind_shape(kind: str) -> str:
    """Path data of a kind's sign."""
    face = KIND_FACES.get(kind)
    return face.shape if face else _DOT


def label_of(thing: Any) -> str:
    """The name of a thing (or of a radar's node) in the language of the request."""
    return str(thing.label(lang()) if callable(thing.label) else thing.label)


def context_of(thing: Any) -> str:
    """The few words that tell a thing from its namesakes, in the language of the request."""
    context = thing.context
    return str(context(lang()) if callable(context) else context)


def class_of(thing: Any) -> str:
    """What a thing is as closely as is known ("Offer"): the first words of its context."""
    return context_of(thing).partition(" · ")[0] or kind_name(thing.kind)


def init_kinds(app: Flask) -> None:
    """Hand names and signs to the templates."""
    app.jinja_env.globals.update(
        kind_name=kind_name,
        wedge_name=wedge_name,
        wedge_of=wedge_of,
        kind_shape=kind_shape,
        label_of=label_of,
        context_of=context_of,
        class_of=class_of,
        KINDS=tuple(KINDS),
        WEDGES=WEDGES,
    )
