"""What stands at the head of a thing's page about its profile, and small words for templates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from babel.dates import format_date

from graph import Thing
from ontology import code_label
from webapp.accounts.current import current_account, may_edit
from webapp.languages import lang
from webapp.profiles import records
from webapp.profiles.records import Confirmation
from webapp.services import services

_CONFIRMED: Final = ("organisation", "cluster", "person", "device", "listing")
"""Kinds of things whose profiles somebody keeps."""

_MOST: Final = 4
"""Own profiles that the menu lists."""


@dataclass(frozen=True)
class Note:
    """What a reader is told of the profile of a thing.

    Attributes:
        confirmation: when it was last confirmed.
        may_edit: whether the reader may edit it.
        may_claim: whether the reader may say that they act for it.
        waits: whether they did, and somebody has to confirm it.
    """

    confirmation: Confirmation | None = None
    may_edit: bool = False
    may_claim: bool = False
    waits: bool = False

    @property
    def shown(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.confirmation or self.may_edit or self.may_claim or self.waits)


def note_of(thing: Thing) -> Note:
    """What the reader of this request is told of the profile of a thing."""
    if thing.kind not in _CONFIRMED:
        return Note(may_edit=thing.kind != "source" and may_edit(thing.iri))
    account = current_account()
    acting = services().accounts.acting(account.id) if account else []
    own = next((one for one in acting if one.organisation == thing.iri), None)
    edits = may_edit(thing.iri)
    return Note(
        confirmation=records.confirmation(thing.iri),
        may_edit=edits,
        may_claim=account is not None and own is None and thing.kind == "organisation",
        waits=own is not None and own.status == "waiting",
    )


def own_profiles() -> tuple[Thing, ...]:
    """The organisations that the account of this request acts for, as far as it reads them."""
    account = current_account()
    if account is None:
        return ()
    view = services().view()
    found = (view.thing(iri) for iri in services().accounts.acts_for(account.id))
    return tuple(thing for thing in found if thing is not None)[:_MOST]


def code_name(prop: str, code: str) -> str:
    """What a code of a property is called."""
    label = code_label(prop, code, lang())
    return (label[:1].upper() + label[1:]) if label else code


def day(moment: datetime) -> str:
    """The day of a moment in words."""
    return format_date(moment.date(), "long", locale=lang())
