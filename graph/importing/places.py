"""Places: country codes, regions and cities of a row become things of their own.

A place is an auxiliary row of the same source: its key begins with ``place:`` and its thing
is the same for every source that names it, so that everybody in Hessen is in one Hessen.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from babel import Locale

from graph.folding import expand, fold
from ontology import Bilingual

PLACE_KEY: Final = "place:"
CONCEPT_KEY: Final = "concept:"
AUXILIARY: Final = (PLACE_KEY, CONCEPT_KEY)
"""What the keys of auxiliary rows begin with: of places, and of concepts of topic schemes."""
LEVELS: Final = ("country", "region", "city")
"""Columns that name places, the widest first."""


@dataclass(frozen=True, order=True)
class Place:
    """A place as rows name it.

    Attributes:
        level: ``country``, ``region`` or ``city``.
        name: the name as written; the ISO code of a country.
        country: ISO code of the country it lies in; empty where that is not clear.
    """

    level: str
    name: str
    country: str = ""

    @property
    def slug(self) -> str:
        """Slug of the thing, the same in every source.

        >>> Place("city", "St. Gallen", "CH").slug, Place("country", "DE").slug
        ('city-ch-st-gallen', 'country-de')
        """
        parts = (self.level, self.country.lower(), expand(self.name).replace(" ", "-"))
        return "-".join(part for part in parts if part)

    @property
    def labels(self) -> dict[str, str]:
        """Language tag to name; a name without a language has an empty tag."""
        if self.level != "country":
            return {"": self.name}
        return {lang: _territories(lang)[self.name] for lang in ("de", "en")}


@lru_cache(maxsize=2)
def _territories(lang: str) -> dict[str, str]:
    """ISO code to name of every country."""
    named = Locale.parse(lang).territories
    return {code: str(name) for code, name in named.items() if re.fullmatch("[A-Z]{2}", code)}


_ALSO: Final = {
    **dict.fromkeys(("usa", "u s a", "u s", "united states of america", "america"), "US"),
    **dict.fromkeys(("uk", "u k", "great britain", "england", "grossbritannien"), "GB"),
    **dict.fromkeys(("the netherlands", "holland"), "NL"),
    **dict.fromkeys(("czech republic", "tschechische republik"), "CZ"),
    **dict.fromkeys(("ger", "deu", "brd", "bundesrepublik deutschland"), "DE"),
    **dict.fromkeys(("aut",), "AT"),
    **dict.fromkeys(("che", "sui", "die schweiz"), "CH"),
    **dict.fromkeys(("korea", "republic of korea"), "KR"),
    "russian federation": "RU",
    "turkiye": "TR",
    "viet nam": "VN",
    "brasil": "BR",
    "espana": "ES",
    "italia": "IT",
    "sverige": "SE",
}
"""What people write for a country that has another name; folded."""


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Folded name in either language, and what else people write, to ISO code."""
    named = {fold(name): code for lang in ("de", "en") for code, name in _territories(lang).items()}
    return {**named, **_ALSO}


_NO_COUNTRIES: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of two letters that stand for unions and for nothing."""


def country_names() -> dict[str, Bilingual]:
    """ISO code to name of every country that :func:`country_code` finds by its name.

    >>> country_names()["AT"]["de"]
    'Österreich'
    """
    found = {
        code: Bilingual(_territories("en")[code], _territories("de")[code])
        for code in _territories("en").keys() & _territories("de").keys() - _NO_COUNTRIES
    }
    return {
        code: name
        for code, name in found.items()
        if code == country_code(name.en) == country_code(name.de)
    }


def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-2 code that a text means, or empty.

    >>> [country_code(text) for text in ("de", "Österreich", "Switzerland", "USA", "XQ")]
    ['DE', 'AT', 'CH', 'US', '']
    """
    code = text.strip().upper()
    if code in _territories("en") and code not in ("ZZ", "UK"):
        return code
    return _codes().get(fold(text), "")


class Gazetteer:
    """Which country a region or city lies in, as far as rows have said it plainly.

    A row of three countries does not say in which of them its city lies; another row may.

    >>> known = Gazetteer()
    >>> known.learn({"country": ["DE"], "city": ["Augsburg"]})
    >>> known.places({"country": ["DE", "AT"], "city": ["Augsburg"]})[-1].country
    'DE'
    """

    def __init__(self) -> None:
        self._countries: dict[tuple[str, str], set[str]] = {}

    def learn(self, names: Mapping[str, Iterable[str]]) -> None:
        """Take note of a row (or a known place) that names one country only."""
        countries = list(names.get("country", ()))
        if len(countries) != 1:
            return
        for level in LEVELS[1:]:
            for name in names.get(level, ()):
                self._countries.setdefault((level, fold(name)), set()).add(countries[0])

    def places(self, names: Mapping[str, Iterable[str]]) -> list[Place]:
        """The places that a row names, the widest first."""
        countries = list(names.get("country", ()))
        found = [Place("country", code) for code in countries]
        for level in LEVELS[1:]:
            found += [
                Place(level, name, self._country_of(level, name, countries))
                for name in names.get(level, ())
            ]
        return found

    def _country_of(self, level: str, name: str, countries: list[str]) -> str:
        if len(countries) == 1:
            return countries[0]
        known = self._countries.get((level, fold(name)), set())
        among = known & set(countries) if countries else known
        return next(iter(among)) if len(among) == 1 else ""


def parents(places: list[Place]) -> dict[Place, Place]:
    """What each of a row's places is part of, where that is unambiguous.

    >>> hessen, kassel = Place("region", "Hessen", "DE"), Place("city", "Kassel", "DE")
    >>> parents([Place("country", "DE"), hessen, kassel])[kassel] == hessen
    True
    """
    found: dict[Place, Place] = {}
    regions = [place for place in places if place.level == "region"]
    for place in places:
        country = Place("country", place.country)
        if place.level == "city" and len(regions) == 1 and regions[0].country == place.country:
            found[place] = regions[0]
        elif place.level != "country" and place.country:
            found[place] = country
    return found
