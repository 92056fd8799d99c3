"""The form of a kind of thing, made from its SHACL shape: sections of fields.

A shape knows what may be said; this says how a person is asked for it. Whatever a shape gains
appears in the form by itself, in the section that fits what it is.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ontology import (
    CR,
    DCT,
    FOAF,
    RDF,
    RDFS,
    SKOS,
    XSD,
    Bilingual,
    PropertyCheck,
    checks,
    term_label,
)

TYPE: Final = RDF + "type"
NAMES: Final = (RDFS + "label", SKOS + "prefLabel")

_HIDDEN: Final = frozenset({CR + "asOf", CR + "invented", CR + "operates"})
"""Said by the import, or (what somebody operates) by the devices' own profiles."""

_ONLY_LISTINGS: Final = frozenset({CR + "status"})
_CONCEPTS: Final = frozenset({"competence", "sector", "topic"})
_ABOUT: Final = frozenset({*NAMES, TYPE, DCT + "description", FOAF + "homepage", CR + "role"})
_FIRST: Final = frozenset(
    {
        *(*NAMES, TYPE, DCT + "description", FOAF + "homepage"),
        *(
            CR + name
            for name in (
                *("hasCompetence", "interestedIn", "activeIn", "enables", "about"),
                *("deviceType", "listingType", "capacity", "role", "startDate", "memberOf"),
            )
        ),
    }
)
"""What a form asks for at first sight, even where it is empty."""

_LONG: Final = 1_000
"""Letters from which on a text gets a field of several lines."""


class Sort(StrEnum):
    """How a value is asked for."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    ADDRESS = "address"
    LINK = "link"


class Part(StrEnum):
    """The sections of a form, in their order."""

    ABOUT = "about"
    FACTS = "facts"
    KNOWS = "knows"
    BELONGS = "belongs"


@dataclass(frozen=True)
class Field:
    """One property as a form asks for it.

    Attributes:
        key: the last part of the property's IRI; names the field in a form.
        check: what the shape says; of several about one property the first.
        label: what it is called.
        comment: what to write there.
        kinds: the kinds that a link may lead to.
        sort: how it is asked for.
        part: the section it stands in.
    """

    key: str
    check: PropertyCheck
    label: Bilingual
    comment: Bilingual
    kinds: tuple[str, ...]
    sort: Sort
    part: Part

    @property
    def path(self) -> str:
        """IRI of the property."""
        return self.check.path

    @property
    def required(self) -> bool:
        """Whether there must be a value."""
        return self.check.min_count > 0

    @property
    def first(self) -> bool:
        """Whether the form asks for it at first sight, even where it is empty."""
        return self.path in _FIRST or self.required

    @property
    def many(self) -> bool:
        """Whether there may be any number of values."""
        return self.check.many and self.sort is not Sort.CHOICE

    @property
    def slots(self) -> tuple[str, ...]:
        """The languages of which each may have one text; empty where that is not asked.

        The empty language is that of a proper name.
        """
        if not self.check.unique_lang:
            return ()
        return self.check.languages or ("", "de", "en")

    @property
    def tags(self) -> bool:
        """Whether a text may say which language it is in."""
        return self.sort in (Sort.TEXT, Sort.LONG) and any(
            name.endswith(("_de", "_en")) for name in self.check.columns
        )


@dataclass(frozen=True)
class Section:
    """The fields that stand together in a form."""

    part: Part
    fields: tuple[Field, ...]


@lru_cache(maxsize=64)
def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind, one a property, in the order of its shape.

    >>> [field.key for field in fields_of("device")][:3]
    ['label', 'altLabel', 'deviceType']
    """
    by_path: dict[str, list[PropertyCheck]] = {}
    for check in checks(kind).properties:
        hidden = check.path in _HIDDEN or (check.path in _ONLY_LISTINGS and kind != "listing")
        if not hidden:
            by_path.setdefault(check.path, []).append(check)
    return tuple(_field(several) for several in by_path.values())


@lru_cache(maxsize=64)
def form_of(kind: str) -> tuple[Section, ...]:
    """The sections of the form of a kind; one without fields is left out."""
    fields = fields_of(kind)
    sections = (Section(part, tuple(f for f in fields if f.part is part)) for part in Part)
    return tuple(section for section in sections if section.fields)


def field_of(kind: str, path: str) -> Field | None:
    """The field of a property, where the form of a kind has one."""
    return next((field for field in fields_of(kind) if field.path == path), None)


def _field(several: list[PropertyCheck]) -> Field:
    first = several[0]
    label, comment = first.label, first.comment
    if len(several) > 1:
        # Country, region and town are one question: where?
        label = Bilingual(term_label(first.path, "en"), term_label(first.path, "de"))
        several_columns = ((check.label.en, check.label.de) for check in several)
        comment = Bilingual(*(", ".join(words) for words in zip(*several_columns, strict=True)))
    kinds = tuple(dict.fromkeys(kind for check in several for kind in check.kinds))
    sort = _sort(first)
    key = first.path.rpartition("#")[2].rpartition("/")[2]
    return Field(key, first, label, comment, kinds, sort, _part(first, kinds, sort))


def _sort(check: PropertyCheck) -> Sort:
    if check.kinds:
        return Sort.LINK
    if check.in_values:
        return Sort.CHOICE
    if check.datatype == XSD + "boolean":
        return Sort.FLAG
    if check.datatype in (XSD + "integer", XSD + "decimal"):
        return Sort.NUMBER
    if check.node_kind == "IRI":
        return Sort.ADDRESS
    if check.pattern.startswith("^[0-9]{4}"):
        return Sort.DATE
    long = check.max_length is not None and check.max_length >= _LONG
    return Sort.LONG if long else Sort.TEXT


def _part(check: PropertyCheck, kinds: tuple[str, ...], sort: Sort) -> Part:
    if check.path in _ABOUT:
        return Part.ABOUT
    if kinds and set(kinds) <= _CONCEPTS:
        return Part.KNOWS
    if sort is Sort.LINK and "place" not in kinds:
        return Part.BELONGS
    return Part.FACTS
