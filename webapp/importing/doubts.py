"""``/import/doubts``: things that may be one, side by side, decided by a person once for each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import (
    Decision,
    KnowledgeError,
    Pair,
    Thing,
    View,
    decide_pair,
    decided_pairs,
    doubtful_pairs,
    take_back_pair,
)
from ontology import CR, FOAF, term_label
from webapp.errors import abort_with
from webapp.importing.found import go
from webapp.importing.importers import importer, only_importers
from webapp.languages import lang
from webapp.services import services

blueprint = Blueprint("import_doubts", __name__)
only_importers(blueprint)

A_PAGE: Final = 10
OPERATOR: Final = "operator"
"""Who decides at the machine of the server, where there are no accounts."""
BACK: Final = "back"
_CHOICES: Final = ("same", "different", BACK)
_SHOWN: Final = (
    *(CR + name for name in ("legalForm", "locatedIn", "memberOf", "employeeCount")),
    FOAF + "homepage",
    *(CR + name for name in ("registerNumber", "vatNumber", "rorId")),
)
"""What is shown of both, beside their names."""
_KEPT: Final = 4
"""Answers that are kept, each for one state of what is known and one reader."""


@dataclass(frozen=True)
class Side:
    """One of two things, as the page shows it.

    Attributes:
        thing: the thing.
        facts: label to values.
    """

    thing: Thing
    facts: dict[str, str]


@blueprint.get("/import/doubts")
def start() -> str:
    """The pairs that wait, or those that were decided."""
    return _page()


@blueprint.post("/import/doubts")
def decide() -> Response | tuple[str, int]:
    """Decide about one pair, or take that back."""
    choice = request.form.get("choice", "")
    one, other = request.form.get("one", ""), request.form.get("other", "")
    known = _decided() if choice == BACK else _open()
    if choice not in _CHOICES or {one, other} not in [set(_ends(pair)) for pair in known]:
        abort_with(
            404,
            _("This pair is no longer among those that wait."),
            _("Look at the list of pairs again."),
            code="not-found",
        )
    asks = importer()
    try:
        if choice == BACK:
            take_back_pair(services().knowledge, one, other, viewer=asks.viewer)
        else:
            decide_pair(
                services().knowledge,
                one,
                other,
                choice,
                account=asks.account or OPERATOR,
                viewer=asks.viewer,
                now=datetime.now(UTC),
            )
    except KnowledgeError as error:
        return _page(error.text(lang())), 400
    show, page = request.form.get("show"), request.form.get("page")
    return go("import_doubts.start", show=show or None, page=page or None, done=choice)


def _ends(pair: Pair[str] | Decision) -> tuple[str, ...]:
    return (pair.one, pair.other) if isinstance(pair, Pair) else pair.things


def _open() -> list[Pair[str]]:
    """The pairs that wait for whoever asks, found once for each state of what is known."""
    asks = importer()
    knowledge = services().knowledge
    view = knowledge.view(asks.viewer)
    own = frozenset(source.name for source in asks.sources())
    key = (knowledge.generation, view.audiences, asks.operates or own)
    kept: dict[object, list[Pair[str]]] = current_app.extensions.setdefault("doubts", {})
    found = kept.get(key)
    if found is None:

        def is_own(iri: str) -> bool:
            return asks.operates or any(one.source in own for one in view.origins(iri))

        found = doubtful_pairs(knowledge, asks.viewer, is_own)
        while len(kept) >= _KEPT:
            kept.pop(next(iter(kept)), None)
        kept[key] = found
    return found


def _decided() -> list[Decision]:
    """What was decided by whoever asks; the operator is told of all."""
    asks = importer()
    found = decided_pairs(services().knowledge, asks.viewer)
    return [one for one in found if asks.operates or one.author == asks.account]


def _page(error: str = "") -> str:
    asks = importer()
    shows_decided = request.values.get("show") == "decided"
    every = _decided() if shows_decided else _open()
    pages = max(1, -(-len(every) // A_PAGE))
    asked = request.values.get("page", "")
    page = min(int(asked), pages) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    page = max(page, 1)
    shown = every[(page - 1) * A_PAGE :][:A_PAGE]
    view = services().knowledge.view(asks.viewer)
    return render_template(
        "importing/doubts.html",
        pairs=[(pair, [_side(view, iri) for iri in _ends(pair)]) for pair in shown],
        ends=_ends,
        whole=len(every),
        show="decided" if shows_decided else "",
        page=page,
        pages=pages,
        error=error,
        done=request.args.get("done", "") if request.args.get("done") in _CHOICES else "",
    )


def _side(view: View, iri: str) -> Side | None:
    thing = view.thing(iri) or view.redirect(iri)
    if thing is None:
        return None
    facts: dict[str, str] = {}
    for predicate in _SHOWN:
        said = view.statements(thing.iri, predicate, inferred=False)
        values = {view.label(one.object.value, lang()) or one.object.value for one in said}
        if values:
            facts[term_label(predicate, lang())] = ", ".join(sorted(values))
    return Side(thing, facts)
