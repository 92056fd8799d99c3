"""The radar around whoever is signed in."""

from dataclasses import replace

from flask import render_template
from flask_babel import gettext as _

from graph import Thing
from recommender import ME, RadarAnswer
from webapp.accounts import Account
from webapp.languages import lang
from webapp.me.mine import mine_of
from webapp.me.start import start_page
from webapp.radar.state import RadarState
from webapp.radar.view import make_view
from webapp.services import services


def my_answer(account: Account, state: RadarState) -> RadarAnswer:
    """What is near an account: its organisations, its interests, what it saved."""
    mine = mine_of(account, services().view())
    return services().radar.mine(
        mine.seeds,
        viewer=services().viewer(),
        name=account.name or _("Me"),
        lens=state.lens,
        kinds=state.kinds or None,
        limit=state.limit,
        lang=lang(),
        unwanted=mine.unwanted,
    )


def my_page(account: Account, state: RadarState) -> str:
    """My radar; for whoever has nothing in the middle yet, the way to a first one."""
    view = services().view()
    if not any(view.counts().values()):
        return render_template("radar/empty.html")
    mine = mine_of(account, view)
    answer = my_answer(account, state)
    asked_for_all = not state.kinds and state.lens == "nearest"
    if not answer.suggestions and asked_for_all:
        return start_page(mine)
    answer = replace(answer, centre=replace(answer.centre, context=_("My radar")))
    name = answer.centre.label
    centre = Thing(answer.centre.iri, ME, ME, {"en": name, "de": name})
    return render_template(
        "radar/radar.html", radar=make_view(view, centre, answer, state), mine=mine
    )
