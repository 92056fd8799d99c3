"""A profile as its editor has it: who edits, what it says, and what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode

from graph import (
    EDITS,
    Completeness,
    OpenWord,
    Thing,
    View,
    Viewer,
    completeness,
    open_words,
)
from ontology import CR, RDF
from webapp.languages import lang
from webapp.profiles.audiences import BY_MAIL, Audience, choices, narrowest_sensible
from webapp.profiles.forms import Field, fields_of
from webapp.profiles.states import FieldState, state_of
from webapp.profiles.tables import By
from webapp.profiles.values import Values, values_of
from webapp.services import services

BELONGS_BY: Final = {
    "person": CR + "worksFor",
    "device": CR + "operatedBy",
    "listing": CR + "listedBy",
}
"""Kind of a thing that has an owner to the property that says whose it is."""


@dataclass(frozen=True)
class Editor:
    """Who edits.

    Attributes:
        viewer: what they may read, and so write.
        how: whether they act for the thing, manage it, or followed a link.
        account_id: their account; None behind a link.
        mail_id: the mail whose link they followed.
    """

    viewer: Viewer
    how: By
    account_id: str | None = None
    mail_id: str | None = None

    @property
    def name(self) -> str:
        """Who is written down as the author of an edit: an account, or a mail."""
        return self.account_id or f"{BY_MAIL}{self.mail_id}"


class Profile:
    """A thing in the hands of an editor.

    Args:
        thing: the thing.
        editor: who edits it.
    """

    def __init__(self, thing: Thing, editor: Editor) -> None:
        self.thing = thing
        self.editor = editor

    @cached_property
    def view(self) -> View:
        """What the editor reads."""
        return services().knowledge.view(self.editor.viewer)

    @cached_property
    def owners(self) -> tuple[Thing, ...]:
        """The organisations and clusters that the thing belongs to; itself, where it is one."""
        return owners_of(self.thing, self.view)

    @cached_property
    def values(self) -> Values:
        """What it says, by property."""
        return values_of(self.view, self.thing.iri)

    @cached_property
    def words(self) -> list[OpenWord]:
        """Words that somebody wrote into its form and that mean nothing yet."""
        return open_words(services().knowledge, self.thing.iri, self.editor.viewer)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What its form asks for; whose it is stays as it is."""
        own = BELONGS_BY.get(self.thing.kind)
        return tuple(field for field in fields_of(self.thing.kind) if field.path != own)

    @cached_property
    def states(self) -> dict[str, FieldState]:
        """Its fields as they stand, by key."""
        return {
            field.key: state_of(
                field,
                self.values,
                self.words,
                self.view,
                self.editor.viewer,
                self.owners,
                lang(),
            )
            for field in self.fields
        }

    @cached_property
    def audiences(self) -> list[Audience]:
        """The audiences that the editor may choose."""
        there = {value.audience for several in self.values.values() for value in several}
        return choices(self.editor.viewer, self.owners, also=there)

    @cached_property
    def completeness(self) -> Completeness | None:
        """How complete it is; None where nobody asks that of its kind."""
        said = {statement.predicate for statement in self.view.statements(self.thing.iri)}
        return completeness(self.thing.kind, said)

    @property
    def missing(self) -> tuple[Field, ...]:
        """The fields that a complete profile has and this one lacks, the heaviest first."""
        shown = {field.path: field for field in self.fields}
        paths = self.completeness.missing if self.completeness else ()
        return tuple(shown[path] for path in paths if path in shown)

    @property
    def narrow(self) -> str:
        """The audience to begin with for something new."""
        return narrowest_sensible(self.editor.viewer, self.owners)

    @property
    def by_hand(self) -> bool:
        """Whether only members speak of it, so that it can be removed."""
        types = self.values.get(RDF + "type", ())
        return bool(types) and all(set(value.sources) == {EDITS} for value in types)

    def parts(self) -> dict[str, tuple[Thing, ...]]:
        """The devices, persons and listings that belong to it, by kind."""
        if self.thing.kind not in ("organisation", "cluster"):
            return {}
        return {kind: parts_of(self.thing, kind, self.view) for kind in BELONGS_BY}


def owners_of(thing: Thing, view: View) -> tuple[Thing, ...]:
    """The organisations and clusters that a thing belongs to; itself, where it is one."""
    if thing.kind in ("organisation", "cluster"):
        return (thing,)
    prop = BELONGS_BY.get(thing.kind)
    if prop is None:
        return ()
    ends = (said.object for said in view.statements(thing.iri, prop, inferred=False))
    found = (view.thing(end.value) for end in ends if isinstance(end, NamedNode))
    return tuple(one for one in found if one and one.kind in ("organisation", "cluster"))


def parts_of(owner: Thing, kind: str, view: View) -> tuple[Thing, ...]:
    """The things of a kind that say they belong to an owner, by name."""
    said = view.statements("", BELONGS_BY[kind], NamedNode(owner.iri), inferred=False)
    found = {one.iri: one for one in (view.thing(s.subject) for s in said) if one}
    own: Sequence[Thing] = [one for one in found.values() if one.kind == kind]
    return tuple(sorted(own, key=lambda one: (one.label(lang()).casefold(), one.iri)))
