"""The audit log in words: what was done, and about whom or what, by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import Thing
from webapp.accounts import Audit
from webapp.services import services

_ACTIONS: Final[Mapping[str, Any]] = {
    "accept": lazy_gettext("accepted an invitation"),
    "act for": lazy_gettext("says to act for an organisation"),
    "acts for (domain)": lazy_gettext("acts for an organisation, confirmed by the address"),
    "acts for (link)": lazy_gettext("acts for an organisation, confirmed by a link"),
    "acts for (manager)": lazy_gettext("acts for an organisation, confirmed by a manager"),
    "add account": lazy_gettext("made an account"),
    "appoint": lazy_gettext("made somebody an administrator"),
    "ask members": lazy_gettext("asked members whether their profiles are true"),
    "close": lazy_gettext("closed an account"),
    "confirm": lazy_gettext("let somebody in"),
    "dismiss": lazy_gettext("made somebody an administrator no longer"),
    "dissolve room": lazy_gettext("dissolved a room"),
    "erase": lazy_gettext("erased somebody"),
    "hand over room": lazy_gettext("handed a room over"),
    "invite": lazy_gettext("invited somebody"),
    "invite to room": lazy_gettext("invited to a room"),
    "join room": lazy_gettext("joined a room"),
    "leave room": lazy_gettext("left a room"),
    "manage": lazy_gettext("let somebody manage a cluster"),
    "open room": lazy_gettext("opened a room"),
    "password": lazy_gettext("chose a new password"),
    "password link": lazy_gettext("made a link for a new password"),
    "revoke token": lazy_gettext("ended a token"),
    "sign in": lazy_gettext("signed in to the account"),
    "stop acting": lazy_gettext("ended that somebody acts for an organisation"),
    "stop managing": lazy_gettext("ended that somebody manages a cluster"),
    "token": lazy_gettext("made a token"),
}


@dataclass(frozen=True)
class About:
    """One thing that an entry is about.

    Attributes:
        account: the id of an account; else empty.
        thing: a thing, where it is one that the reader may read.
        text: what it is called.
    """

    text: str
    account: str = ""
    thing: Thing | None = None


@dataclass(frozen=True)
class Entry:
    """An entry of the log in words.

    Attributes:
        time: when.
        who: the account that did it; None for the command line or a clock.
        action: what, in words.
        about: whom or what it is about.
    """

    time: datetime
    who: About | None
    action: str
    about: tuple[About, ...]


def in_words(entries: Iterable[Audit], names: Mapping[str, str]) -> list[Entry]:
    """Entries of the log as people read them.

    Args:
        entries: of the log.
        names: what accounts are called, by id.
    """
    return [
        Entry(
            one.time,
            About(names.get(one.account, _("an erased account")), one.account)
            if one.account
            else None,
            str(_ACTIONS.get(one.action, one.action)),
            tuple(_about(one, names)),
        )
        for one in entries
    ]


def _about(entry: Audit, names: Mapping[str, str]) -> Iterable[About]:
    view = services().view()
    for word in entry.about.split():
        if word in names:
            if word != entry.account:
                yield About(names[word], word)
        elif parsed := view.addresses.parse(word):
            thing = view.thing(word) or view.redirect(word)
            yield About("" if thing else "/".join(parsed), thing=thing)
        elif word.isdecimal():
            yield About(_("%(count)s mails", count=word))
        elif "room" in entry.action:
            thing = view.find("group", word)
            yield About("" if thing else word, thing=thing)
