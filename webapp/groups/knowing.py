"""What is known of closed rooms: that there is one, its name, and what is posted to it.

All of it is written by hand: what is posted to the room's own audience, the name to the audience
that the owner chose.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph import (
    PLATFORM,
    PUBLIC,
    PropertyChange,
    Said,
    Thing,
    Viewer,
    create,
    dissolve,
    edit,
    new_iri,
    remove,
    say_instead,
)
from ontology import CR, DCT, RDF, RDFS
from webapp.accounts import Account
from webapp.accounts.clock import now
from webapp.groups.rooms import GROUP
from webapp.languages import lang
from webapp.services import services

HIDDEN: Final = "hidden"
SEEN_BY: Final = (HIDDEN, PLATFORM, PUBLIC)
"""For whom a room can exist: its members alone, whoever is signed in, everybody."""

SORTS: Final = ("offer", "need", "note")
"""What can be posted."""

_CLASSES: Final = {"offer": CR + "Offer", "need": CR + "Need"}
_NAME, _TEXT = RDFS + "label", DCT + "description"


@dataclass(frozen=True)
class Posting:
    """What somebody posts to a room.

    Attributes:
        sort: one of :data:`SORTS`.
        title: its name.
        text: what there is to say, or empty.
        about: what is offered or looked for, in the words of ``cr:listingType``.
        topics: names of subjects; what nothing is called yet is linked as soon as something is.
        listed_by: IRI of the organisation for which it is posted, or empty.
    """

    sort: str
    title: str
    text: str = ""
    about: str = "cooperation"
    topics: tuple[str, ...] = ()
    listed_by: str = ""


def audience_of(slug: str) -> str:
    """The audience of a room."""
    return GROUP + slug


def seen_by(slug: str, choice: str) -> str:
    """The audience of a room's name, for one of :data:`SEEN_BY`."""
    return audience_of(slug) if choice == HIDDEN else choice


def in_room(account: Account, *slugs: str) -> Viewer:
    """An account as somebody who is in these rooms and nowhere else."""
    return Viewer(account.id, frozenset(map(audience_of, slugs)))


def group_of(account: Account, slug: str) -> Thing | None:
    """The thing that a room is, for whoever is in it or invited to it."""
    return services().knowledge.view(in_room(account, slug)).find("group", slug)


def make_room(account: Account, name: str, text: str, choice: str) -> str:
    """Write down that there is a room; its slug tells nothing about any other."""
    knowledge, nonce = services().knowledge, secrets.token_hex(16)
    slug = _slug(new_iri(knowledge.addresses, "group", name, account.id, nonce))
    create(
        knowledge,
        "group",
        name,
        _text(text, seen_by(slug, choice)),
        account=account.id,
        viewer=in_room(account, slug),
        now=now(),
        audience=seen_by(slug, choice),
        nonce=nonce,
    )
    return slug


def change_room(account: Account, slug: str, name: str, text: str, was: str, choice: str) -> None:
    """Another name, another description, or another audience for both."""
    knowledge, viewer = services().knowledge, in_room(account, slug)
    group = knowledge.addresses.thing("group", slug)
    edit(
        knowledge,
        group,
        [
            PropertyChange(_NAME, (Said(Literal(name), was),)),
            *(_text(text, was) or [PropertyChange(_TEXT)]),
        ],
        account=account.id,
        viewer=viewer,
        now=now(),
    )
    say_instead(
        knowledge,
        group,
        (RDF + "type", _NAME, _TEXT),
        seen_by(slug, choice),
        account=account.id,
        viewer=viewer,
        now=now(),
    )


def dissolve_room(account: Account, slug: str) -> None:
    """Take away the room and everything that was written for it alone."""
    knowledge, viewer = services().knowledge, in_room(account, slug)
    dissolve(knowledge, audience_of(slug))
    group = knowledge.addresses.thing("group", slug)
    if knowledge.view(viewer).thing(group) is not None:
        remove(knowledge, group, account=account.id, viewer=viewer, now=now())


def post(account: Account, slug: str, posting: Posting) -> str:
    """Post something to a room; gives back its IRI."""
    audience = audience_of(slug)
    viewer = services().viewer()
    said: list[tuple[str, Iterable[NamedNode | Literal | str]]] = [
        (RDF + "type", [NamedNode(_CLASSES[posting.sort])] if posting.sort in _CLASSES else []),
        (CR + "listingType", [posting.about]),
        (CR + "status", ["open"]),
        (CR + "about", posting.topics),
        (CR + "listedBy", [NamedNode(posting.listed_by)] if posting.listed_by else []),
    ]
    changes = [
        PropertyChange(name, tuple(Said(value, audience) for value in values))
        for name, values in said
    ]
    made = create(
        services().knowledge,
        "listing",
        posting.title,
        [*(change for change in changes if change.values), *_text(posting.text, audience)],
        account=account.id,
        viewer=viewer,
        now=now(),
        audience=audience,
    )
    return made.iri


def take_down(account: Account, slug: str, thing: str) -> None:
    """Take away something that was posted."""
    viewer = in_room(account, slug)
    remove(services().knowledge, thing, account=account.id, viewer=viewer, now=now())


def _text(text: str, audience: str) -> list[PropertyChange]:
    if not text:
        return []
    return [PropertyChange(_TEXT, (Said(Literal(text, language=lang()), audience),))]


def _slug(iri: str) -> str:
    place = services().knowledge.addresses.parse(iri)
    assert place is not None
    return place[1]
