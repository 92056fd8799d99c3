"""Sorted keys with the things that have them: what exact look-ups and prefixes need."""

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

NOTHING: Final[frozenset[int]] = frozenset()


class Table:
    """Keys, each with the numbers of the things that have it.

    >>> table = Table()
    >>> table.add("optik", 1); table.add("optence", 2)
    >>> sorted(table["optik"]), list(table.starting("opt"))
    ([1], ['optence', 'optik'])
    """

    def __init__(self) -> None:
        self._things: dict[str, set[int]] = {}
        self._ordered: list[str] | None = None

    def __contains__(self, key: str) -> bool:
        return key in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, key: str) -> AbstractSet[int]:
        """The things with this key; none for an unknown key. Not to be changed."""
        return self._things.get(key, NOTHING)

    def add(self, key: str, thing: int) -> None:
        """A thing has a key."""
        things = self._things.get(key)
        if things is None:
            self._things[key] = {thing}
            self._ordered = None
        else:
            things.add(thing)

    def discard(self, key: str, thing: int) -> None:
        """A thing has a key no longer; a key without things is forgotten."""
        things = self._things.get(key)
        if things is None:
            return
        things.discard(thing)
        if not things:
            del self._things[key]
            self._ordered = None

    def starting(self, prefix: str) -> Iterator[str]:
        """The keys that begin with a prefix, in order."""
        ordered = self._ordered
        if ordered is None:
            ordered = self._ordered = sorted(self._things)
        for at in range(bisect_left(ordered, prefix), len(ordered)):
            if not ordered[at].startswith(prefix):
                return
            yield ordered[at]
