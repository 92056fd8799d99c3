"""Pages of things, their data documents, and lists of things."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from graph import Thing, View
from ontology import KINDS
from webapp.addresses import DATA_FORMATS, url_id, url_page
from webapp.errors import bad_parameter, nothing_here
from webapp.languages import lang
from webapp.pages.documents import MEDIA_TYPES, document
from webapp.pages.facts import descriptions, facts
from webapp.pages.lists import PAGE_SIZE, initials, part_of
from webapp.pages.model import ThingPage
from webapp.pages.negotiation import PAGE, split_ending, wanted
from webapp.pages.reader import Reader
from webapp.pages.relations import relations
from webapp.services import services

blueprint = Blueprint("pages", __name__)

assert set(DATA_FORMATS) == set(MEDIA_TYPES)


@blueprint.get("/id/<kind>/<path:slug>")
def identifier(kind: str, slug: str) -> AnyResponse:
    """The permanent address of a thing: 303 to its page or to one of its data documents.

    With an ending it is that document itself. The address of a merged thing answers 301.
    """
    view = services().view()
    thing = _find(kind, slug)
    ending = ""
    if thing is None:
        slug, ending = split_ending(slug, MEDIA_TYPES)
        thing = _find(kind, slug) if ending else None
    if thing is None:
        became = _became(kind, slug) or nothing_here(f"{kind}/{slug}")
        return redirect(url_id(became.kind, became.slug, ending), 301)
    if ending:
        return _data(document(view, thing, ending), ending, thing)
    ending = wanted(MEDIA_TYPES)
    address = url_page(kind, slug) if ending == PAGE else url_id(kind, slug, ending)
    return redirect(address, 303)


@blueprint.after_request
def _vary(response: Response) -> Response:
    if request.endpoint == "pages.identifier":
        response.vary.add("Accept")
    return response


@blueprint.get("/page/<kind>/<path:slug>")
def page(kind: str, slug: str) -> AnyResponse | str:
    """What is known of a thing, for people. ``all`` names a list that is shown as a whole."""
    view = services().view()
    thing = _find(kind, slug)
    if thing is None:
        became = _became(kind, slug) or nothing_here(f"{kind}/{slug}")
        return redirect(url_page(became.kind, became.slug), 301)
    return thing_page(view, thing)


def thing_page(view: View, thing: Thing, **further: Any) -> str:
    """The page of a thing, made of what a view may read and nothing else.

    Args:
        view: what the reader may read.
        thing: the thing, as that view has it.
        **further: what else the template is given (a preview).
    """
    whole = request.args.get("all", "")
    return render_template(
        "pages/thing.html",
        page=page_of(view, thing, whole),
        thing=thing,
        whole=whole,
        media_types=MEDIA_TYPES,
        **further,
    )


def page_of(view: View, thing: Thing, whole: str = "") -> ThingPage:
    """All that the page of a thing says; ``whole`` names a list that is shown as a whole."""
    reader = Reader(view, thing, lang(), whole)
    # The sources come last: they are numbered in the order in which a page mentions them.
    read = descriptions(reader), facts(reader), relations(reader)
    return ThingPage(thing, *read, sources=tuple(reader.notes.notes()))


@blueprint.get("/things")
def things() -> str:
    """How many things of each kind there are."""
    return render_template("pages/kinds.html", counts=services().view().counts())


@blueprint.get("/things/<kind>")
def things_of_kind(kind: str) -> str:
    """All things of a kind by name; ``starts`` filters by first letters, ``page`` leafs."""
    if kind not in KINDS:
        nothing_here(kind)
    view = services().view()
    starts = request.args.get("starts", "").strip()
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and int(number[:9]) > 0):
        bad_parameter("page", number, ("1, 2, 3 …",))
    everything = view.things(kind)
    part = part_of(everything, lang(), starts, int(number[:9]))
    return render_template(
        "pages/list.html",
        kind=kind,
        part=part,
        starts=starts,
        initials=initials(everything, lang()),
        size=PAGE_SIZE,
    )


def _find(kind: str, slug: str) -> Thing | None:
    return services().view().find(kind, slug) if kind in KINDS else None


def _became(kind: str, slug: str) -> Thing | None:
    """What a merged thing is now."""
    if kind not in KINDS:
        return None
    view = services().view()
    return view.redirect(view.addresses.thing(kind, slug))


def _data(body: bytes, ending: str, thing: Thing) -> Response:
    media = MEDIA_TYPES[ending]
    response = Response(body, mimetype=media)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Link"] = f'<{thing.iri}>; rel="describes"'
    response.add_etag()
    response.make_conditional(request)
    return response
