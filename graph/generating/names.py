"""Invented names: the same number gives the same name, and no two numbers give one."""

from collections.abc import Sequence
from math import gcd, prod

from graph.generating.words import (
    FIRST_NAMES,
    MEANS,
    PROCESSES,
    SECTOR_VARIANTS,
    SECTORS,
    STEM_ENDS,
    STEM_MIDDLES,
    STEM_STARTS,
    TOWN_ENDS,
    TOWN_STARTS,
    Pair,
)


def _spread(number: int, size: int) -> int:
    """The number's place in a fixed shuffle of ``range(size)``, so that neighbours differ."""
    step = next(step for step in range(int(size * 0.618), size + 2) if gcd(step, size) == 1)
    return (number * step + size // 3) % size


def _parts(number: int, lists: Sequence[Sequence[str]]) -> list[str]:
    place = _spread(number, prod(map(len, lists)))
    parts = []
    for words in lists:
        place, chosen = divmod(place, len(words))
        parts.append(words[chosen])
    return parts


def stem(number: int) -> str:
    """An invented surname, of which there are millions.

    >>> stem(0), stem(1)
    ('Haselemsquast', 'Quellumstrob')
    """
    lists = (STEM_STARTS, STEM_MIDDLES, STEM_ENDS)
    again, place = divmod(number, prod(map(len, lists)))
    name = "".join(_parts(place, lists))
    return f"{name}-{stem(again - 1)}" if again else name


def town(number: int) -> str:
    """An invented town.

    >>> town(0), town(1)
    ('Altoststetten', 'Hinterzanderwiek')
    """
    middles = [start.lower() for start in STEM_STARTS]
    lists = (TOWN_STARTS, middles, TOWN_ENDS)
    again, place = divmod(number, prod(map(len, lists)))
    name = "".join(_parts(place, lists))
    return f"{name} an der {stem(again - 1)}" if again else name


def person(number: int) -> str:
    """An invented person."""
    first = FIRST_NAMES[_spread(number % len(FIRST_NAMES), len(FIRST_NAMES))]
    return f"{first} {stem(number)}"


def sector(number: int) -> Pair:
    """A sector in both languages, the plain ones first.

    >>> sector(0)[1], sector(len(SECTORS))[1]
    ('Mechanical engineering', 'Suppliers of mechanical engineering')
    """
    variant, place = divmod(number, len(SECTORS))
    german, english = SECTOR_VARIANTS[variant]
    return german.format(SECTORS[place][0]), capital(english.format(SECTORS[place][1]))


def topic(number: int) -> Pair:
    """A topic or competence in both languages.

    >>> topic(0)
    ('Metallmesstechnik', 'Metal metrology')
    """
    size = len(MEANS) * len(PROCESSES)
    means, process = divmod(_spread(number, size), len(PROCESSES))
    return (
        MEANS[means][0] + PROCESSES[process][0],
        capital(f"{MEANS[means][1]} {PROCESSES[process][1]}"),
    )


def capital(text: str) -> str:
    """A text with a capital first letter; the rest stays."""
    return text[:1].upper() + text[1:]
