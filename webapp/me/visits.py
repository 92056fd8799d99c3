"""What somebody looked at: recorded only where the server and the account both want it.

Nobody else reads it. It can be deleted, is thrown away after a time, and moves the own radar a
little.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy import delete, select
from werkzeug.wrappers import Response

from graph import Thing
from webapp.accounts import Account
from webapp.accounts.clock import now
from webapp.accounts.current import asks_with_token, current_account, require_account
from webapp.addresses import url_to
from webapp.errors import abort_with
from webapp.me.mine import former, things
from webapp.me.tables import Visit, VisitsWanted
from webapp.security import require_own_form
from webapp.services import services

blueprint = Blueprint("visits", __name__)

_LOOKED_AT: Final = frozenset({"pages.page", "radar.radar"})
"""Views that show one thing."""

_WORTH: Final = 0.3
_FADE: Final = 0.9
"""What the last thing that was looked at is worth, measured by one that was saved; what each is
worth, measured by the one after it."""

_MOST: Final = 20
"""Things that count for the radar."""

_AGAIN: Final = timedelta(minutes=10)
"""Time within which looking at a thing again is the same visit."""


@dataclass(frozen=True)
class Visited:
    """A thing that somebody looked at.

    Attributes:
        thing: as it is read now.
        last: when, the last time.
        times: how often.
    """

    thing: Thing
    last: datetime
    times: int


def recorded() -> bool:
    """Whether this server records visits of those who want it."""
    return services().settings.record_visits == "on"


def wanted_by(account: Account) -> bool:
    """Whether an account has its visits recorded."""
    with services().accounts.reading() as session:
        return session.get(VisitsWanted, account.id) is not None


def seeds_of_visits(account: Account) -> list[tuple[str, float]]:
    """IRIs of what an account looked at last, with what each is worth for its radar."""
    if not recorded() or not wanted_by(account):
        return []
    last = _visits(account)[:_MOST]
    return [(one.thing, _WORTH * _FADE**place) for place, one in enumerate(last)]


@blueprint.app_template_global()
def may_record_visits() -> bool:
    """Whether the menu offers one's visits."""
    return recorded()


@blueprint.after_app_request
def _note(response: Response) -> Response:
    if request.endpoint in _LOOKED_AT and request.method == "GET" and response.status_code == 200:
        account = current_account()
        if account and recorded() and not asks_with_token() and wanted_by(account):
            values = request.view_args or {}
            thing = services().view().find(values.get("kind", ""), values.get("slug", ""))
            if thing is not None:
                _look(account, thing.iri)
    return response


@blueprint.get("/me/visits")
def visits() -> str:
    """What I looked at, and whether that is recorded."""
    account = _account()
    seen: dict[str, Visited] = {}
    view = services().view()
    for one in _visits(account):
        for thing in things(view, [one.thing]):
            seen.setdefault(thing.iri, Visited(thing, one.last, one.times))
    return render_template(
        "me/visits.html",
        visits=list(seen.values()),
        on=wanted_by(account),
        days=services().settings.keep_visits_days,
    )


@blueprint.post("/me/visits")
def change() -> Response:
    """Have visits recorded (``record``: ``on``, ``off``), or ``forget`` a thing, or ``all``."""
    account = _account()
    require_own_form()
    record, forget = request.form.get("record", ""), request.form.get("forget", "")
    with services().accounts.session() as session:
        if record == "on":
            session.merge(VisitsWanted(account_id=account.id, since=now()))
        elif record == "off":
            session.execute(delete(VisitsWanted).where(VisitsWanted.account_id == account.id))
        own = delete(Visit).where(Visit.account_id == account.id)
        if forget == "all" or record == "off":
            session.execute(own)
        elif forget:
            session.execute(own.where(Visit.thing.in_(_meant(account, forget))))
    return redirect(url_to("visits.visits"), 303)


def _account() -> Account:
    account = require_account()
    if not recorded():
        abort_with(
            404,
            _("This server records no visits."),
            _("There is nothing to see or to delete."),
            code="not-recorded",
        )
    return account


def _visits(account: Account) -> list[Visit]:
    """The newest first."""
    asked = select(Visit).where(Visit.account_id == account.id)
    with services().accounts.reading() as session:
        return list(session.scalars(asked.order_by(Visit.last.desc(), Visit.thing)))


def _look(account: Account, iri: str) -> None:
    with services().accounts.session() as session:
        known = session.get(Visit, (account.id, iri))
        if known is None:
            session.add(Visit(account_id=account.id, thing=iri, last=now(), times=1))
            return
        known.times += known.last < now() - _AGAIN
        known.last = now()


def _meant(account: Account, words: str) -> list[str]:
    """The IRIs that were recorded of a thing, whatever it was called then."""
    kind, _slash, slug = words.partition("/")
    view = services().view()
    thing = view.find(kind, slug)
    return former(view, (one.thing for one in _visits(account)), thing) if thing else []
