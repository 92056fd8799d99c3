"""Choosing interests: the page for it, and what it suggests."""

from collections.abc import Iterator
from typing import Final

from flask import render_template

from recommender import Node
from webapp.languages import lang
from webapp.me.mine import CONCEPTS, Mine
from webapp.services import services

_SUGGESTED: Final = 16


def start_page(mine: Mine, *, missed: str = "", chosen_now: bool = False) -> str:
    """The page on which interests are chosen.

    Args:
        mine: what is chosen already.
        missed: words that name no subject, if somebody typed such.
        chosen_now: whether somebody has come to edit, not for want of a radar.
    """
    return render_template(
        "me/interests.html",
        mine=mine,
        missed=missed,
        editing=chosen_now,
        suggestions=_suggestions(mine),
        look_around=services().home_centres.of(services().view(), services().settings.home_centre),
    )


def _suggestions(mine: Mine) -> tuple[Node, ...]:
    """Subjects near what is chosen, then those that most has to do with."""
    chosen = {one.iri for one in mine.interests}
    found = {node.iri: node for node in _candidates(mine) if node.iri not in chosen}
    return tuple(found.values())[:_SUGGESTED]


def _candidates(mine: Mine) -> Iterator[Node]:
    viewer, radar = services().viewer(), services().radar
    if mine.seeds:
        near = radar.mine(mine.seeds, viewer=viewer, kinds=CONCEPTS, limit=_SUGGESTED, lang=lang())
        yield from (one.node for one in near.suggestions)
    most = _SUGGESTED + len(mine.interests)
    yield from radar.best_linked(CONCEPTS, viewer=viewer, limit=most, lang=lang())
