"""Names that are written nearly the same: looked up by what two spellings still share."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from graph.importing.likeness.organisations import grams_of, name_likeness, words_of
from graph.importing.naming import Called

NEARLY: Final = 0.93
"""So alike are two names that differ in a letter or two."""
_CROWDED: Final = 200
"""A word that more things have in their names is no help in looking them up."""
_ENDS: Final = 5
_OVERLAP: Final = 0.6
_LONGER: Final = 6
"""Trigrams that one name may have more than the other."""


class NearNames:
    """Things by the words of their names and by the ends of those words.

    Args:
        things: all that are known of one kind.

    >>> near = NearNames([("x:1", "meyer-optik", ["Meyer Optik GmbH"])])
    >>> near.look_up(["Meyr Optik"]), near.look_up(["Meyer Laser"])
    ({'x:1'}, set())
    """

    def __init__(self, things: Iterable[Called]) -> None:
        self._names: dict[str, list[str]] = {}
        self._by_key: dict[str, set[str]] = {}
        for iri, _slug, names in things:
            self._names[iri] = list(names)
            for name in names:
                for key in _keys(name):
                    self._by_key.setdefault(key, set()).add(iri)

    def look_up(self, names: Iterable[str]) -> set[str]:
        """The things that have a name which is nearly one of these; figures must be the same."""
        return {iri for name in names for iri in self._near(name)}

    def _near(self, name: str) -> Iterator[str]:
        keys = (self._by_key.get(key, set()) for key in _keys(name))
        grams, figures = grams_of(name), _figures(name)
        for iri in set().union(*(things for things in keys if len(things) <= _CROWDED)):
            for other in self._names[iri]:
                theirs = grams_of(other)
                both = len(grams) + len(theirs)
                if abs(len(grams) - len(theirs)) > _LONGER:
                    continue
                if (
                    2 * len(grams & theirs) >= _OVERLAP * both
                    and figures == _figures(other)
                    and name_likeness(name, other) >= NEARLY
                ):
                    yield iri
                    break


def _keys(name: str) -> Iterator[str]:
    for word in words_of(name):
        yield word
        if len(word) > _ENDS:
            yield f"{word[:_ENDS]}-"
            yield f"-{word[-_ENDS:]}"


@lru_cache(maxsize=100_000)
def _figures(name: str) -> tuple[str, ...]:
    """What tells things apart that are numbered: figures, and Roman ones."""
    roman = {"i", "ii", "iii", "iv", "v"}
    return tuple(word for word in words_of(name) if word.isdigit() or word in roman)
