"""How two things are connected: ``/connect``, the paths behind a suggestion, and their JSON."""

from dataclasses import dataclass

from flask import Response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from graph import Thing, View
from recommender import Connection
from webapp.errors import abort_with
from webapp.languages import lang
from webapp.radar.routes import blueprint, tagged, thing_named
from webapp.radar.wire import connections_json
from webapp.services import services

ENDS = ("from", "to")


@dataclass(frozen=True)
class End:
    """One end of a connection.

    Attributes:
        name: ``from`` or ``to``.
        thing: what it is, if somebody chose one.
        missed: words that nothing is called by.
    """

    name: str
    thing: Thing | None = None
    missed: str = ""

    @property
    def words(self) -> str:
        """The thing as an address says it (``kind/slug``)."""
        return f"{self.thing.kind}/{self.thing.slug}" if self.thing else ""


@blueprint.get("/connect")
def connect() -> str:
    """How two things are connected that one chooses; ``q`` are words for the end ``end``."""
    view = services().view()
    return _page(*(_end(view, name) for name in ENDS))


@blueprint.get("/radar/<kind>/<slug>/why/<other_kind>/<other_slug>")
def why(kind: str, slug: str, other_kind: str, other_slug: str) -> str:
    """The paths behind a suggestion: all that connects it with the centre."""
    view = services().view()
    named = zip(ENDS, (f"{kind}/{slug}", f"{other_kind}/{other_slug}"), strict=True)
    return _page(*(End(name, thing_named(view, words)) for name, words in named))


@blueprint.get("/api/v1/connections")
def connections() -> AnyResponse:
    """The same for programs."""
    view = services().view()
    for name in ENDS:
        if not request.args.get(name, "").strip():
            abort_with(
                400,
                _("The parameter “%(name)s” is missing.", name=name),
                _("Name two things, for example from=cluster/optence&to=cluster/swissmem."),
                code="missing-parameter",
                parameter=name,
            )
    ends = [thing_named(view, request.args[name].strip()) for name in ENDS]
    body = connections_json(ends[0], ends[1], _found(*ends), lang())
    return tagged(Response(body + "\n", mimetype="application/json"))


def _page(one: End, other: End) -> str:
    chosen = one.thing and other.thing
    same = bool(chosen) and one.thing == other.thing
    found = _found(one.thing, other.thing) if one.thing and other.thing and not same else ()
    return render_template(
        "radar/connect.html", ends=(one, other), chosen=chosen, same=same, found=found
    )


def _found(one: Thing, other: Thing) -> tuple[Connection, ...]:
    return services().radar.connections(one.iri, other.iri, viewer=services().viewer(), lang=lang())


def _end(view: View, name: str) -> End:
    """What an address says of one end: a thing, or words that somebody typed for it."""
    typed = request.args.get("q", "").strip() if request.args.get("end") == name else ""
    if typed:
        hits = (
            services().search.search(typed, viewer=services().viewer(), limit=1, lang=lang()).hits
        )
        return End(name, hits[0].thing) if hits else End(name, missed=typed)
    words = request.args.get(name, "").strip()
    if not words:
        return End(name)
    return End(name, thing_named(view, words))
