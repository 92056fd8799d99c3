"""What can be found: the names and texts of things, each with its language and field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.addresses import Addresses
from ontology import CR, DCT, KINDS, RDFS, SKOS

NAME: Final = "name"
OTHER_NAME: Final = "other name"
TEXT: Final = "text"

FIELDS: Final[dict[str, str]] = {
    RDFS + "label": NAME,
    SKOS + "prefLabel": NAME,
    SKOS + "altLabel": OTHER_NAME,
    DCT + "description": TEXT,
    CR + "role": TEXT,
}
"""The properties that the index reads, and what their values are."""

UNSEARCHED: Final = frozenset({"figure", "source"})
"""Kinds that are read on the page of what they belong to, and would only be in the way."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One text by which a thing is found.

    Attributes:
        field: ``name``, ``other name`` or ``text``.
        language: ``de``, ``en`` or empty.
        text: the text as it was said.
    """

    field: str
    language: str
    text: str


def found_by(statements: Iterable[Triple], addresses: Addresses) -> dict[str, frozenset[Entry]]:
    """The entries of every thing that may be searched, by its IRI.

    Statements about anything else, and properties that are not searched, are passed over.
    """
    found: dict[str, set[Entry]] = {}
    for iri, entry in _entries(statements, addresses):
        found.setdefault(iri, set()).add(entry)
    return {iri: frozenset(entries) for iri, entries in found.items()}


def _entries(statements: Iterable[Triple], addresses: Addresses) -> Iterator[tuple[str, Entry]]:
    searched: dict[str, bool] = {}
    for statement in statements:
        field = FIELDS.get(statement.predicate.value)
        value = statement.object
        if field is None or not isinstance(value, Literal) or not value.value.strip():
            continue
        if not isinstance(statement.subject, NamedNode):
            continue
        iri = statement.subject.value
        known = searched.get(iri)
        if known is None:
            kind = (addresses.parse(iri) or ("", ""))[0]
            known = searched[iri] = kind in KINDS and kind not in UNSEARCHED
        if known:
            language = (value.language or "").partition("-")[0]
            yield iri, Entry(field, language, value.value)
