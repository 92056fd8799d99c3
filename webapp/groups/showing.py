"""What the pages of closed rooms show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import gettext as _
from pyoxigraph import NamedNode

from graph import PLATFORM, PUBLIC, Thing, View
from ontology import CR, DCT, RDF, code_label, codes
from webapp.accounts import Account
from webapp.groups.knowing import HIDDEN, group_of
from webapp.groups.rooms import Rooms
from webapp.groups.tables import Room, RoomMember, RoomPost
from webapp.kinds import class_of, label_of
from webapp.languages import lang
from webapp.services import services

_TYPE: Final = CR + "listingType"
DESCRIPTION: Final = DCT + "description"
_ANSWERED: Final = {NamedNode(CR + "Offer"), NamedNode(CR + "Need")}


@dataclass(frozen=True)
class Listed:
    """A room in the list of mine."""

    room: Room
    group: Thing
    owned: bool


@dataclass(frozen=True)
class Invited:
    """An invitation, as whoever may accept it sees it.

    Attributes:
        invitation: which.
        group: the room.
        on_behalf_of: the organisation, cluster or section that would join; None: oneself.
        host: name of who invites.
    """

    invitation: RoomMember
    group: Thing
    on_behalf_of: Thing | None
    host: str


@dataclass(frozen=True)
class Somebody:
    """A member of a room, or whoever is invited to it.

    Attributes:
        row: in the table.
        name: what the others read.
        thing: the organisation, cluster or section, if it is one.
        is_me: whether it is the account that asks.
        mine: whether the account that asks may leave on its behalf.
    """

    row: RoomMember
    name: str
    thing: Thing | None
    is_me: bool
    mine: bool

    @property
    def waits(self) -> bool:
        """Whether it was only invited."""
        return self.row.standing == "invited"


@dataclass(frozen=True)
class Posted:
    """Something that was posted to a room.

    Attributes:
        sort: what it is, in a word.
    """

    thing: Thing
    sort: str
    author: str
    created: datetime
    text: str
    mine: bool


def listed(rooms: Rooms, account: Account) -> list[Listed]:
    """The rooms that an account is in."""
    slugs = [name.partition(":")[2] for name in services().viewer().memberships if _is_room(name)]
    found = []
    for room in rooms.rooms(slugs):
        group = group_of(account, room.slug)
        if group is not None:
            found.append(Listed(room, group, rooms.owner_of(room.slug) == account.id))
    return found


def _now(view: View, iri: str) -> Thing | None:
    """A thing that a room keeps by its IRI; what it became, where it was joined with another."""
    return view.thing(iri) or view.redirect(iri)


def invited(rooms: Rooms, account: Account, speaks_for: Sequence[str]) -> list[Invited]:
    """The rooms that an account, or what it speaks for, is invited to."""
    found = []
    for one in rooms.invitations(account, speaks_for):
        group = group_of(account, one.room)
        host = services().accounts.by_id(one.invited_by) if one.invited_by else None
        if group is not None:
            thing = _now(services().view(), one.thing) if one.thing else None
            found.append(Invited(one, group, thing, host.name if host else ""))
    return found


def somebodies(rooms: Rooms, slug: str, account: Account, mine: Sequence[str]) -> list[Somebody]:
    """Who is in a room or invited to it."""
    view = services().view()
    found = []
    for row, person in rooms.members(slug):
        thing = _now(view, row.thing) if row.thing else None
        if row.thing:
            name = label_of(thing) if thing else _("a member that you may not read of")
        else:
            name = (person.name if person else "") or row.email or _("without a name")
        is_me = row.account_id == account.id
        found.append(Somebody(row, name, thing, is_me, is_me or row.thing in mine))
    return found


def posted(rooms: Rooms, slug: str, account: Account) -> list[Posted]:
    """What was posted to a room and is still there."""
    view = services().view()
    found = []
    for row, person in rooms.posts(slug):
        if (thing := _now(view, row.thing)) is not None:
            found.append(_posted(row, thing, person, account))
    return found


def listing_types() -> list[tuple[str, str]]:
    """What can be offered or looked for, with its name."""
    return [(code, code_label(_TYPE, code, lang())) for code in codes(_TYPE)]


def audience_words(room: Room) -> str:
    """For whom a room exists."""
    if room.seen_by == PUBLIC:
        return str(_("everybody may know that it exists"))
    if room.seen_by == PLATFORM:
        return str(_("whoever is signed in may know that it exists"))
    return str(_("exists for its members only"))


def choice_of(room: Room) -> str:
    """The same as a form says it."""
    return room.seen_by if room.seen_by in {PUBLIC, PLATFORM} else HIDDEN


def _posted(row: RoomPost, thing: Thing, person: Account | None, account: Account) -> Posted:
    said = services().view().statements(thing.iri, DESCRIPTION)
    texts = [statement.object.value for statement in said]
    types = {said.object for said in services().view().statements(thing.iri, RDF + "type")}
    return Posted(
        thing,
        class_of(thing) if types & _ANSWERED else str(_("Note")),
        (person.name if person else "") or _("somebody who has left"),
        row.created,
        min(texts, default=""),
        row.account_id == account.id,
    )


def _is_room(audience: str) -> bool:
    return audience.startswith("group:")
