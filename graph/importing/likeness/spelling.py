"""Names that are written nearly the same: looked up by what two spellings still share."""

from collections.abc import Iterable, Iterator
from typing import Final

from graph.importing.likeness.organisations import name_likeness, words_of
from graph.importing.naming import Called

NEARLY: Final = 0.93
"""So alike are two names that differ in a letter or two."""
_CROWDED: Final = 200
"""A word that more things have in their names is no help in looking them up."""
_ENDS: Final = 5
_OVERLAP: Final = 0.6


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
        grams, figures = _grams(name), _figures(name)
        for iri in set().union(*(things for things in keys if len(things) <= _CROWDED)):
            for other in self._names[iri]:
                theirs = _grams(other)
                shared = 2 * len(grams & theirs) / max(len(grams) + len(theirs), 1)
                if (
                    shared >= _OVERLAP
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


def _grams(name: str) -> set[str]:
    text = " ".join(words_of(name))
    return {text[at : at + 3] for at in range(len(text) - 2)}


def _figures(name: str) -> list[str]:
    """What tells things apart that are numbered: figures, and Roman ones."""
    roman = {"i", "ii", "iii", "iv", "v"}
    return [word for word in words_of(name) if word.isdigit() or word in roman]
