"""What tells organisations apart: legal form, web domain, town, and numbers of registers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from graph.folding import fold
from graph.importing.mapping import LOCATED_IN, NAMES, OTHER_NAMES
from graph.importing.naming import slug_of, split_legal_form
from graph.importing.records import Record
from graph.knowledge import View
from ontology import CR, FOAF

LEGAL_FORM: Final = CR + "legalForm"
HOMEPAGE: Final = FOAF + "homepage"
REGISTER: Final = CR + "registerNumber"
VAT: Final = CR + "vatNumber"
ROR: Final = CR + "rorId"
NUMBERS: Final = {"vat": VAT, "ror": ROR, "register": REGISTER}
"""Kinds of evidence that alone say that two are one, and their properties."""
_TOWN: Final = "city-"
"""How the slugs of towns begin, of all places."""
_REGISTER: Final = re.compile(r"\b(hra|hrb|vr|gnr|pr|gsr)\s*(\d+)")
_COURT: Final = re.compile(r"\b(?:ag|amtsgericht|registergericht)\s+([^\d,;]+)")


@dataclass(frozen=True)
class Facts:
    """What is known of an organisation, spelled in one way.

    Attributes:
        names: all its names, as they are written.
        forms: its legal forms.
        domains: web domains.
        towns: slugs of the towns where it is.
        numbers: kind of number to the numbers, each spelled in one way.
    """

    names: tuple[str, ...]
    forms: frozenset[str]
    domains: frozenset[str]
    towns: frozenset[str]
    numbers: dict[str, frozenset[str]]


def facts_of_record(record: Record) -> Facts:
    """What a row says."""
    sites = [
        value.value
        for path, value in record.said
        if path == HOMEPAGE and isinstance(value, NamedNode)
    ]
    towns = record.places.get("city", ())
    numbers = {kind: [text.value for text in record.texts(path)] for kind, path in NUMBERS.items()}
    legal = [text.value for text in record.texts(LEGAL_FORM)]
    names = [text.value for text in record.texts(*NAMES)]
    return _facts(names, record.names, legal, sites, map(slug_of, towns), numbers)


def facts_of_thing(view: View, iri: str) -> Facts:
    """What a view says of a thing."""
    thing = view.thing(iri)
    labels = tuple(dict.fromkeys(thing.labels.values())) if thing else ()
    others = (*labels, *_values(view, iri, OTHER_NAMES))
    numbers = {kind: _values(view, iri, path) for kind, path in NUMBERS.items()}
    return _facts(
        labels,
        others,
        _values(view, iri, LEGAL_FORM),
        _values(view, iri, HOMEPAGE),
        _towns(view, _values(view, iri, LOCATED_IN)),
        numbers,
    )


def _values(view: View, iri: str, predicate: str) -> list[str]:
    return [s.object.value for s in view.statements(iri, predicate, inferred=False)]


def _facts(
    names: Iterable[str],
    all_names: Iterable[str],
    legal: Iterable[str],
    sites: Iterable[str],
    towns: Iterable[str],
    numbers: dict[str, list[str]],
) -> Facts:
    forms = {form for name in names if (form := split_legal_form(name)[1])}
    return Facts(
        tuple(dict.fromkeys(all_names)),
        frozenset(forms | set(map(form_of, legal))),
        frozenset(filter(None, map(domain_of, sites))),
        frozenset(filter(None, towns)),
        {
            kind: frozenset(filter(None, (number_of(kind, text) for text in texts)))
            for kind, texts in numbers.items()
        },
    )


def _towns(view: View, places: list[str]) -> Iterator[str]:
    """The towns among the places where something is, by all their names."""
    for place in places:
        parsed = view.addresses.parse(place)
        if parsed and parsed[1].startswith(_TOWN) and (thing := view.thing(place)):
            yield from map(slug_of, thing.labels.values())


def form_of(text: str) -> str:
    """A legal form as :func:`split_legal_form` spells it.

    >>> form_of("e. V."), form_of("GmbH")
    ('e v', 'gmbh')
    """
    return split_legal_form(f"x {text}")[1] or fold(text)


def domain_of(address: str) -> str:
    """The web domain of an address, without ``www``.

    >>> domain_of("https://www.optence.de/start")
    'optence.de'
    """
    host = urlsplit(address).hostname or ""
    return re.sub(r"^www\d?\.", "", host)


def number_of(kind: str, text: str) -> str:
    """A number of a register, spelled in one way; empty where there is none.

    >>> number_of("vat", "DE 123 456 789"), number_of("ror", "https://ror.org/02mhbdp94")
    ('DE123456789', '02mhbdp94')
    >>> number_of("register", "HRB 1234, Amtsgericht Mainz"), number_of("register", "HRB1234")
    ('hrb 1234 mainz', 'hrb 1234')
    """
    if kind == "vat":
        return re.sub(r"[\W_]+", "", text).upper()
    if kind == "ror":
        return text.strip().rstrip("/").rpartition("/")[2].lower()
    folded = fold(text)
    found = _REGISTER.search(folded)
    if not found:
        return folded
    rest = folded.replace(found.group(), " ")
    court = _COURT.search(rest)
    where = (court.group(1) if court else "").strip()
    return " ".join(filter(None, (found.group(1), found.group(2), where)))
