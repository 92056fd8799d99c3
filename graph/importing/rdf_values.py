"""Literals of RDF lists, checked against the shapes like cells."""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal

from graph.importing.cells import Parsed, Wrong, parse_value
from graph.importing.records import Said
from ontology import RDF, XSD, Bilingual, PropertyCheck

_TEXTS: Final = frozenset({XSD + "string", RDF + "langString"})
_DATES: Final = frozenset(XSD + name for name in ("gYear", "gYearMonth", "date"))
_NUMBERS: Final = frozenset(
    XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "int", "long", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong"),
    )
)
_MAY_STAND_FOR: Final = {
    XSD + "string": _TEXTS | _DATES,
    XSD + "integer": _NUMBERS | {XSD + "string"},
    XSD + "decimal": _NUMBERS | {XSD + "string"},
    XSD + "boolean": frozenset({XSD + "boolean", XSD + "string"}),
    RDF + "langString": frozenset({RDF + "langString"}),
}
"""Datatype of a property to those that a list may write instead, with the same characters."""


def checked_literal(value: Literal, check: PropertyCheck) -> Parsed:
    """What a literal says, or what is wrong with it."""
    allowed = _MAY_STAND_FOR.get(check.datatype, _TEXTS | {XSD + "anyURI"})
    if value.datatype.value not in allowed:
        if check.datatype == RDF + "langString":
            return Wrong(value.value, _NO_LANGUAGE)
        return Wrong(value.value, _DATATYPE.with_(name=value.datatype.value.rpartition("#")[2]))
    if check.languages and value.language not in check.languages:
        message = _LANGUAGE.with_(language=value.language, listed=", ".join(check.languages))
        return Wrong(value.value, message)
    return parse_value(value.value, check, value.language or "")


def too_many(check: PropertyCheck, values: Iterable[Said]) -> Iterator[Wrong]:
    """Values that are one too many for a property."""
    seen: set[str] = set()
    for number, value in enumerate(values, 1):
        text = value.value if not hasattr(value, "text") else value.text
        lang = (value.language or "") if isinstance(value, Literal) else ""
        if (check.max_count is not None and number > check.max_count) or (
            check.unique_lang and lang in seen
        ):
            yield Wrong(text, _ONE_ONLY)
        seen.add(lang)


def missing(check: PropertyCheck, name: str) -> Bilingual:
    """What a new thing lacks."""
    return _MISSING.with_(label=check.label, name=name)


_NO_LANGUAGE: Final = Bilingual(
    'This text needs a language: "..."@de or "..."@en.',
    'Dieser Text braucht eine Sprache: "..."@de oder "..."@en.',
)
_DATATYPE: Final = Bilingual(
    "The datatype {name} cannot stand here. Write a plain text, or the datatype of the property.",
    "Der Datentyp {name} kann hier nicht stehen. Einen einfachen Text schreiben oder den Datentyp "
    "der Eigenschaft.",
)
_LANGUAGE: Final = Bilingual(
    "Texts in the language “{language}” cannot stand here. Use one of: {listed}.",
    "Texte in der Sprache „{language}“ können hier nicht stehen. Eine davon wählen: {listed}.",
)
_ONE_ONLY: Final = Bilingual(
    "Only one value is allowed here (of a text: one in each language). Keep one of them.",
    "Hier ist nur ein Wert erlaubt (bei Texten: einer je Sprache). Einen davon behalten.",
)
_MISSING: Final = Bilingual(
    "“{label}” is missing, but each new thing needs it. Say it with {name}.",
    "„{label}“ fehlt, aber jedes neue Ding braucht es. Mit {name} angeben.",
)
