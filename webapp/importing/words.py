"""``/import/words``: what the words of own lists mean, decided once for each."""

from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import (
    KnowledgeError,
    ListWord,
    decide_word,
    decided_words,
    fold,
    list_words,
    new_topic,
    take_back_word,
    with_candidates,
)
from webapp.errors import abort_with
from webapp.importing.found import go
from webapp.importing.importers import importer, only_importers
from webapp.languages import lang
from webapp.profiles.audiences import describe
from webapp.services import services

blueprint = Blueprint("import_words", __name__)
only_importers(blueprint)

A_PAGE: Final = 20
OPERATOR: Final = "operator"
"""Who decides at the machine of the server, where there are no accounts."""
NOTHING, NEW, BACK, OTHER = "nothing", "new", "back", "other"
"""What the buttons say that name no thing."""


@blueprint.get("/import/words")
def start() -> str:
    """The words that mean nothing yet, or those that were decided."""
    return _page()


@blueprint.post("/import/words")
def decide() -> Response | tuple[str, int]:
    """Decide what one word means, or take that back."""
    choice = request.form.get("choice", "")
    known = _decided() if choice == BACK else _open()
    word = next((one for one in known if one.id == request.form.get("word")), None)
    if word is None:
        abort_with(
            404,
            _("This word is no longer among those that wait."),
            _("Look at the list of words again."),
            code="not-found",
        )
    try:
        _carry_out(word, choice)
    except KnowledgeError as error:
        return _page(error.text(lang()), word.id), 400
    show, page = request.form.get("show"), request.form.get("page")
    return go("import_words.start", show=show or None, page=page or None, done=word.text[:80])


def _carry_out(word: ListWord, choice: str) -> None:
    asks = importer()
    knowledge, viewer = services().knowledge, asks.viewer
    if choice == BACK:
        take_back_word(knowledge, word.terms[0], viewer=viewer, audience=word.audience)
        return
    now, account = datetime.now(UTC), asks.account or OPERATOR
    if choice == NEW:
        new_topic(
            knowledge,
            word.terms[0],
            account=account,
            viewer=viewer,
            now=now,
            lang=request.form.get("lang_of_word", "") or lang(),
            audience=word.audience,
        )
        return
    thing = "" if choice == NOTHING else _named(word) if choice == OTHER else choice
    decide_word(
        knowledge,
        word.terms[0],
        thing,
        account=account,
        viewer=viewer,
        now=now,
        audience=word.audience,
    )


def _named(word: ListWord) -> str:
    """The thing that somebody typed the name or the address of; an address of nothing if none."""
    text = request.form.get("text", "").strip()
    view = services().knowledge.view(importer().viewer, within=word.audience)
    found = [
        thing.iri
        for kind in word.kinds
        for thing in view.things(kind)
        if fold(text) in (fold(thing.slug), *map(fold, thing.labels.values()))
    ]
    return found[0] if len(found) == 1 and text else "?"


def _open() -> list[ListWord]:
    asks = importer()
    own = {source.name for source in asks.sources()}
    return list_words(services().knowledge, asks.viewer, own.__contains__)


def _decided() -> list[ListWord]:
    """What was decided by whoever asks; the operator is told of all."""
    asks = importer()
    found = decided_words(services().knowledge, asks.viewer)
    return [word for word in found if asks.operates or word.author == asks.account]


def _page(error: str = "", wrong: str = "") -> str:
    asks = importer()
    shows_decided = request.values.get("show") == "decided"
    words = _decided() if shows_decided else _open()
    pages = max(1, -(-len(words) // A_PAGE))
    asked = request.values.get("page", "")
    page = min(int(asked), pages) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    shown = words[(max(page, 1) - 1) * A_PAGE :][:A_PAGE]
    if not shows_decided:
        shown = with_candidates(services().knowledge, shown, asks.viewer, datetime.now(UTC))
    view = services().knowledge.view(asks.viewer)
    return render_template(
        "importing/words.html",
        words=shown,
        whole=len(words),
        things={
            iri: view.thing(iri)
            for word in shown
            for iri in (word.meant, *(one.thing for one in word.candidates))
            if iri
        },
        readers={word.audience: describe(word.audience, asks.viewer) for word in shown},
        show="decided" if shows_decided else "",
        page=max(page, 1),
        pages=pages,
        error=error,
        wrong=wrong,
        done=request.args.get("done", "")[:80],
    )
