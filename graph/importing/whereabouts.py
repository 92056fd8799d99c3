"""Where something is, from an address in free text: ``Oak Ridge, TN, USA``; ``1020 Wien``.

Only what is plain is taken: a country or region at the end, and the town before it; a town alone
only where it is known, or named with its country by another row. Everything else says no place:
lists hold institutes, streets and jokes in the same column.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from graph.folding import fold, reduce
from graph.importing.places import country_code
from graph.importing.regions import region_of, town_name

Names = dict[str, tuple[str, ...]]
"""Level of a place to its names; countries as ISO codes."""

_PARTS: Final = re.compile(r"\s*[,;()\n]\s*")
_LOOSE: Final = re.compile(r"\s+[-–]\s+|\s*/\s*")
_POSTCODE: Final = re.compile(
    r"\A(?:[A-Z]{1,3}-)?\d{4,6}(?:\s?[A-Z]{2})?\s+(?=\D)|\s+\d{5}(?:-\d{4})?\Z"
)
_STATE: Final = re.compile(r"\A(.*[^\W\d])\s+([A-Z]{2}|D\.C\.)\Z")
_NO_TOWN_TEXT: Final = (
    "academy agency area area at bureau campus center centre college council cyber data "
    "department dept earth everywhere expressway federal forest forschungszentrum foundation "
    "geosciences hochschule hospital initiative institut institute internet lab laboratory labs "
    "museum national network office online organisation organization planet project remote "
    "research road school science society space str strasse street studies supercomputer "
    "technische uc universidad universitat university universite web wide world"
)
_NO_TOWN: Final = frozenset(_NO_TOWN_TEXT.split())
_NOWHERE_TEXT: Final = (
    "anywhere earth everywhere global globally international internet multinational online "
    "planet remote uberall virtual web weltweit world worldwide"
)
_NOWHERE: Final = frozenset(_NOWHERE_TEXT.split()) | {
    "planet earth",
    "the earth",
    "the internet",
    "the world",
    "world wide",
    "world wide web",
}


def is_nowhere(text: str) -> bool:
    """Whether a text says that something is in no one place.

    >>> is_nowhere("Global"), is_nowhere("weltweit"), is_nowhere("Gießen")
    (True, True, False)
    """
    return fold(text) in _NOWHERE


def without_postcode(text: str) -> str:
    """The name of a town without its postcode.

    >>> without_postcode("D-64283 Darmstadt"), without_postcode("2596 HR The Hague")
    ('Darmstadt', 'The Hague')
    >>> without_postcode("Boulder 80302"), without_postcode("Mariental 7")
    ('Boulder', 'Mariental 7')
    """
    return _POSTCODE.sub("", text).strip()


class Whereabouts:
    """Reads addresses, helped by the other addresses of the same list.

    Args:
        texts: all addresses of the list.
        is_town: whether a name is that of a town that is known.

    >>> read = Whereabouts(["Berlin, Germany"], lambda name: False)
    >>> read("Oak Ridge, TN, USA")
    {'country': ('US',), 'region': ('Tennessee',), 'city': ('Oak Ridge',)}
    >>> read("Berlin"), read("At the end of the rainbow"), read("LMU Munich, Germany")
    ({'country': ('DE',), 'city': ('Berlin',)}, {}, {'country': ('DE',)})
    """

    def __init__(
        self, texts: Iterable[str], is_town: Callable[[str], bool] = lambda _name: False
    ) -> None:
        self._is_town = is_town
        self._countries: dict[str, set[str]] = {}
        for text in texts:
            found = _plain(text, ())
            for town in found.get("city", ()):
                self._countries.setdefault(reduce(town), set()).update(found["country"])

    def __call__(self, text: str, countries: Iterable[str] = ()) -> Names:
        """What a text names; nothing where that is not plain.

        Args:
            text: one address.
            countries: ISO codes that the row names elsewhere.
        """
        countries = tuple(countries)
        found = _plain(text, countries)
        if found or is_nowhere(text):
            return found
        return self._town_alone(without_postcode(text.strip()), countries)

    def _town_alone(self, name: str, countries: tuple[str, ...]) -> Names:
        known = self._countries.get(reduce(name), set())
        among = known & set(countries) if countries else known
        if len(among) == 1:
            country = next(iter(among))
            return {"country": (country,), "city": (town_name(name, country),)}
        if _like_a_town(name) and self._is_town(name):
            return {"city": (town_name(name, countries[0] if len(countries) == 1 else ""),)}
        return {}


def says_a_country(text: str) -> bool:
    """Whether a text is a town (or more) and its country or region, by its look alone.

    >>> says_a_country("Rome, Italy"), says_a_country("Rome"), says_a_country("Italy")
    (True, False, False)
    """
    return len(_parts(text)) > 1 and bool(_plain(text, ()))


def _plain(text: str, countries: tuple[str, ...]) -> Names:
    """What a text names by its look alone."""
    parts = _parts(text)
    if not parts:
        return {}
    country, parts = _country(parts, countries)
    region, parts = _region(parts, country, countries)
    if region:
        country, name = region
    if not country:
        return {}
    found: Names = {"country": (country,)}
    if region:
        found["region"] = (name,)
    if town := next((part for part in reversed(parts) if _like_a_town(part)), ""):
        found["city"] = (town_name(town, country),)
    return found


def _parts(text: str) -> list[str]:
    """The parts of an address, without postcodes; the last may be a country or a region."""
    parts = list(filter(None, _PARTS.split(text.strip())))
    if len(parts) == 1 and not country_code(parts[0]):
        loose = list(filter(None, _LOOSE.split(parts[0])))
        words = parts[0].split()
        if len(loose) == 2 and country_code(loose[1]):
            parts = loose
        elif len(words) == 2 and len(words[1]) > 3 and country_code(words[1]):
            parts = words
    found: list[str] = []
    for part in parts:
        bare = without_postcode(part)
        state = _STATE.match(bare)
        if state and (region_of(state[2].replace(".", "")) or ("US", ""))[0] == "US":
            found += [state[1], state[2].replace(".", "")] if region_of(state[2]) else [bare]
        else:
            found.append(bare if not _DIGITS.fullmatch(bare) else "")
    return list(filter(None, found))


_DIGITS: Final = re.compile(r"[\d\s./-]+")


def _country(parts: list[str], countries: tuple[str, ...]) -> tuple[str, list[str]]:
    """The country at the end, and what stands before it."""
    last = parts[-1]
    code = country_code(last)
    region = region_of(last.replace(".", "")) if len(parts) > 1 else None
    # "CA" after a town is California, but "DE" Germany: unless the row says otherwise.
    if code and region and len(last) == 2 and last != "DE" and code not in countries:
        return "", parts
    return (code, parts[:-1]) if code else ("", parts)


def _region(
    parts: list[str], country: str, countries: tuple[str, ...]
) -> tuple[tuple[str, str] | None, list[str]]:
    """The region at the end, and what stands before it."""
    if not parts:
        return None, parts
    found = region_of(parts[-1].replace(".", ""))
    fits = found is not None and (found[0] == country if country else _may_be(found[0], countries))
    # "Berlin, Germany" is the town, but "Idaho, US" the state.
    if fits and found and (len(parts) > 1 or found[1] not in _TOWNS_TOO):
        return found, parts[:-1]
    return None, parts


_TOWNS_TOO: Final = frozenset({"Berlin", "Hamburg", "Bremen", "Salzburg", "Wien", "New York"})


def _may_be(country: str, countries: tuple[str, ...]) -> bool:
    return not countries or country in countries


def _like_a_town(text: str) -> bool:
    """Whether a text could be the name of a town by its look."""
    words = fold(text).split()
    return (
        0 < len(words) <= 4
        and not any(char.isdigit() for char in text)
        and not any(word in _NO_TOWN for word in words)
        and not any(len(word) > 1 and word.isupper() for word in text.split() if len(word) < 6)
        and not is_nowhere(text)
        and not re.search(r"[@:|_!?]", text)
        and text[:1].isalpha()
    )
