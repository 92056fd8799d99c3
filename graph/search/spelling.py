"""Slips of the pen: which known words are nearly the word that was typed."""

from collections import Counter
from collections.abc import Iterable

_CANDIDATES = 24
"""Words that share the most trigrams; the edit distance is worked out for these only."""


def trigrams(word: str) -> list[str]:
    """All runs of three letters, the word's edges included.

    >>> trigrams("optik")
    ['^op', 'opt', 'pti', 'tik', 'ik$']
    """
    framed = f"^{word}$"
    return [framed[at : at + 3] for at in range(len(framed) - 2)]


def distance(one: str, other: str, most: int) -> int:
    """Letters to insert, drop, change or swap; ``most + 1`` where it takes more than ``most``.

    This is the optimal string alignment distance: two neighbours that changed places count
    as one slip.

    >>> distance("mestechnik", "messtechnik", 2), distance("otpik", "optik", 2)
    (1, 1)
    >>> distance("laser", "sensor", 2)
    3
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def slips(word: str) -> int:
    """How many slips a word of this length is forgiven.

    >>> slips("ki"), slips("optik"), slips("messtechnik")
    (0, 1, 2)
    """
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


class Speller:
    """The known words by their trigrams.

    >>> Speller(["messtechnik", "medizintechnik"]).nearest("mestechnik")
    ['messtechnik']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: list[str] = sorted(set(words))
        self._having: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for part in set(trigrams(word)):
                self._having.setdefault(part, []).append(number)

    def nearest(self, word: str) -> list[str]:
        """The words with the fewest slips, in the alphabet's order; none if all are too far."""
        most = slips(word)
        if not most:
            return []
        shared: Counter[int] = Counter()
        for part in set(trigrams(word)):
            shared.update(self._having.get(part, ()))
        best: dict[str, int] = {}
        for number, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]:
            known = self._words[number]
            # A slip in the first letter is rare, and forgiving it finds too much.
            if known[0] == word[0] and (steps := distance(word, known, most)) <= most:
                best[known] = steps
                most = steps
        return sorted(known for known, steps in best.items() if steps == most)
