"""What is in the middle of somebody's radar, as things that they may read now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import g, request
from flask_babel import gettext as _
from werkzeug.urls import iri_to_uri

from graph import Thing, View
from recommender import Seed
from webapp.accounts import Account
from webapp.accounts.current import current_account
from webapp.languages import lang
from webapp.me.keeping import WISHES, Keeping
from webapp.services import services

CONCEPTS: Final = ("competence", "sector", "topic")
"""Kinds that one may be interested in."""

_FADE: Final = 0.95
"""What a saved thing is worth, measured by the one that was saved next."""

_NEWEST: Final = 60
"""Saved things that count for the radar; older ones are kept, but say nothing any more."""


@dataclass(frozen=True)
class Mine:
    """The things of one account, as far as it may read them.

    Attributes:
        person: the thing that the account's owner is, if one is.
        organisations: those that it acts for.
        interests: concepts, the first chosen first.
        saved: the newest first.
        more: what more is wanted of, the newest first.
        less: what is not to be seen, the newest first.
        visited: what it looked at last, and what each is worth; only where that is noted.
    """

    person: Thing | None = None
    organisations: tuple[Thing, ...] = ()
    interests: tuple[Thing, ...] = ()
    saved: tuple[Thing, ...] = ()
    more: tuple[Thing, ...] = ()
    less: tuple[Thing, ...] = ()
    visited: tuple[tuple[Thing, float], ...] = ()

    @property
    def unwanted(self) -> tuple[str, ...]:
        """IRIs of what is not to be seen; of the newest ones also what is near them fades."""
        return tuple(one.iri for one in self.less)

    @property
    def seeds(self) -> tuple[Seed, ...]:
        """The same as the recommender takes it."""
        person = [Seed(self.person.iri, "person")] if self.person else []
        return (
            *person,
            *(Seed(one.iri, "organisation") for one in self.organisations),
            *(Seed(one.iri, "interest") for one in self.interests),
            *(
                Seed(one.iri, "saved", _FADE**place)
                for place, one in enumerate(self.saved[:_NEWEST])
            ),
            *(Seed(one.iri, "more", _FADE**place) for place, one in enumerate(self.more[:_NEWEST])),
            *(Seed(one.iri, "visited", worth) for one, worth in self.visited),
        )


def keeping() -> Keeping:
    """Where interests and saved things of this application are kept."""
    return Keeping(services().accounts)


def mine_of(account: Account, view: View) -> Mine:
    """What an account has in the middle of its radar.

    Args:
        account: whose radar.
        view: what it may read.
    """
    kept = keeping()
    person = things(view, [account.person] if account.person else [])
    return Mine(
        person[0] if person else None,
        things(view, services().accounts.acts_for(account.id)),
        tuple(one for one in things(view, kept.interests(account.id)) if one.kind in CONCEPTS),
        things(view, kept.saved(account.id)),
        things(view, kept.wishes(account.id, "more")),
        things(view, kept.wishes(account.id, "less")),
        _visited(account, view),
    )


def _visited(account: Account, view: View) -> tuple[tuple[Thing, float], ...]:
    # Visits are told by pages of their own, which need what is here.
    from webapp.me.visits import seeds_of_visits  # noqa: PLC0415

    seeds = seeds_of_visits(account)
    return tuple((thing, worth) for iri, worth in seeds for thing in things(view, [iri]))


def things(view: View, iris: Iterable[str]) -> tuple[Thing, ...]:
    """The things of some IRIs, under those that they have now; what is gone is left out."""
    found = (view.thing(iri) or view.redirect(iri) for iri in iris)
    return tuple({one.iri: one for one in found if one is not None}.values())


def former(view: View, iris: Iterable[str], thing: Thing) -> list[str]:
    """Those of some IRIs that stand for a thing, whatever it was called when they were kept."""
    return [iri for iri in iris if thing.iri in {iri, *(one.iri for one in things(view, [iri]))}]


def unwanted() -> tuple[str, ...]:
    """IRIs of what whoever asks does not want to see; nothing for visitors and programs."""
    return tuple(iri for iri, wish in _wishes().items() if wish == "less")


def wish_of(iri: str) -> str:
    """What whoever asks said of a thing: ``more``, ``less`` or nothing."""
    return _wishes().get(iri, "")


def _wishes() -> dict[str, str]:
    """What whoever asks said of which things, under the IRIs that these have now."""
    if "wishes" not in g:
        account = current_account()
        view = services().view()
        g.wishes = {
            one.iri: wish
            for wish in (WISHES if account else ())
            for one in things(view, keeping().wishes(account.id, wish) if account else ())
        }
    found: dict[str, str] = g.wishes
    return found


def may_save() -> bool:
    """Whether somebody is signed in who can keep things."""
    return current_account() is not None


def is_saved(iri: str) -> bool:
    """Whether the account that asks saved a thing."""
    if "saved_iris" not in g:
        account = current_account()
        kept = keeping().saved(account.id) if account else ()
        g.saved_iris = frozenset(one.iri for one in things(services().view(), kept))
    return iri in g.saved_iris


def told_of(thing: Thing, wish: str) -> str:
    """What is told to somebody who has just said something of a thing."""
    name = thing.label(lang())
    told: str = _("Taken back: “%(name)s” is as it was before.", name=name)
    if wish == "less":
        told = _("“%(name)s” is not shown to you any more, and what is like it later.", name=name)
    elif wish == "more":
        told = _("Your radar now shows more like “%(name)s”.", name=name)
    return told


@dataclass(frozen=True)
class Told:
    """What somebody has just said of a thing.

    Attributes:
        words: the thing (``kind/slug``).
        text: what is told of it.
        wish: what was said; empty where it was taken back.
    """

    words: str
    text: str
    wish: str


def told_now() -> Told | None:
    """What this page tells of the thing that its address names as ``told``, if anything."""
    words = request.args.get("told", "")
    kind, _slash, slug = words.partition("/")
    thing = services().view().find(kind, slug) if slug and may_save() else None
    if thing is None:
        return None
    wish = wish_of(thing.iri)
    return Told(f"{thing.kind}/{thing.slug}", told_of(thing, wish), wish)


def this_path() -> str:
    """The address of this page below the host, to come back to."""
    return iri_to_uri(request.full_path).rstrip("?")
