"""``/search`` and ``/api/v1/search``: find a thing by a few letters or words."""

from itertools import islice
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from graph import Hit, SearchAnswer
from ontology import KINDS
from recommender import Suggestion
from webapp.addresses import url_id, url_page, url_radar
from webapp.errors import bad_parameter
from webapp.languages import lang
from webapp.radar.state import PAGE_LIMIT
from webapp.search.marking import excerpt, marked
from webapp.services import services

blueprint = Blueprint("search", __name__)
blueprint.add_app_template_filter(marked)
blueprint.add_app_template_filter(excerpt)

FIRST = 20
"""Hits of an answer where nobody asks for another number."""

MOST = 200
"""Hits that one answer may have."""

FEW = 6
"""With no more hits than these the page also shows what is near the first one."""

STEPS = (FIRST, 60, MOST)
"""How the page grows when somebody wants more."""


@blueprint.get("/search")
def search_page() -> str:
    """The hits as a page; without a question, hints."""
    q, kinds, limit = _asked()
    answer = _search(q, kinds, limit)
    others = SearchAnswer(q)
    if answer.query and not answer.total and kinds:
        others = _search(q, (), 0)
    more = next((step for step in STEPS if step > limit), 0) if answer.total > limit else 0
    return render_template(
        "search/results.html",
        answer=answer,
        near=_near(answer) if len(answer.hits) <= FEW else (),
        chosen=kinds,
        elsewhere=others.total,
        limit=limit,
        more=more,
    )


@blueprint.get("/api/v1/search")
def search_api() -> Response:
    """The hits as JSON.

    ``q`` what is looked for; ``kinds`` words of kinds, separated by commas; ``limit`` hits
    (1 to 200); ``lang`` language of the labels (``de`` or ``en``).
    """
    q, kinds, limit = _asked()
    answer = _search(q, kinds, limit)
    return jsonify(
        query=answer.query,
        lang=lang(),
        total=answer.total,
        kinds=answer.kinds,
        suggestion=answer.suggestion,
        partial=answer.partial,
        hits=[_as_json(hit) for hit in answer.hits],
    )


def _search(q: str, kinds: tuple[str, ...], limit: int) -> SearchAnswer:
    made = services()
    return made.search.search(q, viewer=made.viewer(), kinds=kinds, limit=limit, lang=lang())


def _near(answer: SearchAnswer) -> tuple[Suggestion, ...]:
    """What is nearest to the first hit and is no hit itself."""
    if not answer.hits:
        return ()
    made = services()
    first = answer.hits[0].thing.iri
    around = made.radar.answer(first, viewer=made.viewer(), limit=PAGE_LIMIT, lang=lang())
    hits = {hit.thing.iri for hit in answer.hits}
    others = (one for one in around.suggestions if one.node.iri not in hits)
    return tuple(islice(others, FEW))


def _asked() -> tuple[str, tuple[str, ...], int]:
    """Question, kinds and limit of this request."""
    given = ",".join(request.args.getlist("kinds"))
    kinds = tuple(dict.fromkeys(word.strip() for word in given.split(",") if word.strip()))
    for kind in kinds:
        if kind not in KINDS:
            bad_parameter("kinds", kind, tuple(KINDS))
    text = request.args.get("limit") or str(FIRST)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST):
        bad_parameter("limit", text, (f"1 … {MOST}",))
    return request.args.get("q", ""), kinds, int(text)


def _as_json(hit: Hit) -> dict[str, Any]:
    thing = hit.thing
    return {
        "iri": thing.iri,
        "kind": thing.kind,
        "slug": thing.slug,
        "label": hit.label,
        "context": thing.context(lang()),
        "match": hit.match,
        "matched": hit.matched,
        "language": hit.language,
        "marks": hit.marks,
        "label_marks": hit.label_marks,
        "as_of": thing.as_of,
        "historical": thing.historical,
        "invented": thing.invented,
        "id": url_id(thing.kind, thing.slug),
        "radar": url_radar(thing.kind, thing.slug),
        "page": url_page(thing.kind, thing.slug),
    }
