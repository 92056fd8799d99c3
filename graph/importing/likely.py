"""What a word likely means that nothing is called exactly: by stem, compound, spelling and look.

Some of that is as good as sure and is linked by a rule: the same words in another form
(``Sensoren``, ``Lasermedizin`` for *Laser in der Medizin*), or one slip of the keys
(``Messtehcnik``). All else is only proposed: ``Brautechnik`` is one letter from *Bautechnik*.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from graph.folding import STOP_WORDS, Vocabulary, fold, reduce, stem, words
from ontology import Bilingual

MOST: Final = 5
"""Candidates for one word."""
_LEAST: Final = 0.3
_SLIP_LETTERS: Final = 7
"""Letters from which a word may be a slip of the keys."""
_STEM_LETTERS: Final = 5
"""Letters that a stem must have to tell a word alone: *Messe* and *Messen* share a shorter one."""
_LOOK_NAMES: Final = 20_000
"""Names up to which a word is compared letter by letter with all of them."""
_NEGATIONS: Final = frozenset(
    {"kein", "keine", "keiner", "no", "non", "nicht", "ohne", "without", "excluding", "ausser"}
)
_LANGUAGES: Final = ("de", "en")
_WAYS: Final = ("whole", "parted", "en")
"""How a text becomes terms: German stems, those with compounds taken apart, English singulars."""
_PEOPLE: Final = re.compile(r"er(?:s|n|in|innen)?\Z")
"""Ends German words for who does something: an *Optiker* is not *Optik*."""
_ADJECTIVE: Final = re.compile(r"(?:isch|ig|lich|iert|ell|al|iv|bar|end)\Z")

Terms = frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """A thing that a word may mean.

    Attributes:
        thing: its IRI.
        name: its name that the word is like.
        score: how likely that is, 0 to 1.
        why: the reason, in words.
    """

    thing: str
    name: str
    score: float
    why: Bilingual


class Likely:
    """Finds what words likely mean among some names.

    Args:
        named: (name, thing) of all things that may be meant.

    >>> names = [("Laser in der Medizin", "x:1"), ("Sensor", "x:2"), ("Messtechnik", "x:3")]
    >>> likely = Likely(names)
    >>> [likely.sure(word) for word in ("Lasermedizin", "Sensoren", "Messtehcnik", "Medtechnik")]
    [('x:1', 'compound'), ('x:2', 'stem'), ('x:3', 'spelling'), ('', '')]
    >>> [(one.name, one.score) for one in likely.candidates("Medtechnik")]
    [('Messtechnik', 0.75)]
    """

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._named = sorted(set(named))
        self._vocabulary = Vocabulary(name for name, _ in self._named)
        self._by_terms: dict[tuple[str, Terms], list[tuple[str, Terms]]] = {}
        self._by_term: dict[str, set[int]] = {}
        self._by_look: dict[str, list[int]] = {}
        self._known: set[str] = set()
        for place, (name, thing) in enumerate(self._named):
            self._known.update(word for word in fold(name).split() if len(word) >= _SLIP_LETTERS)
            for way in _WAYS:
                found, people, _ = self._terms(name, way)
                self._by_terms.setdefault((way, found), []).append((thing, people))
            for term in self._loose(name):
                self._by_term.setdefault(term, set()).add(place)

    def sure(self, text: str) -> tuple[str, str]:
        """(thing, rule) where a word means exactly one thing in another form; else empty texts."""
        if _NEGATIONS & set(fold(text).split()):
            return "", ""
        thing, rule = self._same_terms(text)
        if not thing and "-" in text:
            thing, rule = self._same_terms(text.replace("-", ""))
            rule = thing and "compound"
        if not thing and (slip := self._without_slip(text)):
            thing, rule = self._same_terms(slip)
            exact = {thing for name, thing in self._named if reduce(name) == reduce(slip)}
            if len(exact) == 1:
                thing = exact.pop()
            return (thing, "spelling") if thing else ("", "")
        return thing, rule

    def _same_terms(self, text: str) -> tuple[str, str]:
        things: set[str] = set()
        compound = False
        for way in _WAYS:
            found, people, parted = self._terms(text, way)
            if found and (len(found) > 1 or len(next(iter(found))) >= _STEM_LETTERS):
                for thing, others in self._by_terms.get((way, found), ()):
                    if people == others or parted:
                        things.add(thing)
                        compound = compound or parted
        if len(things) != 1:
            return "", ""
        return things.pop(), "compound" if compound else "stem"

    def _terms(self, text: str, way: str) -> tuple[Terms, Terms, bool]:
        """The stems of a text, compounds taken apart; those of who does it; whether one was."""
        found: set[str] = set()
        people: set[str] = set()
        parted = False
        for word in words(text.replace("-", " ")):
            if word in STOP_WORDS:
                continue
            split = self._vocabulary.split(word) if way == "parted" else ()
            parted = parted or bool(split)
            bare = _singular(fold(word)) if way == "en" else stem(word)
            found.update(split or (bare,))
            if way != "en" and _PEOPLE.search(fold(word)) and not _ADJECTIVE.search(bare):
                people.add(bare)
        return frozenset(found), frozenset(people), parted

    def _loose(self, text: str) -> set[str]:
        """Stems in either language and parts of compounds: whatever texts may have in common."""
        found: set[str] = set()
        for word in words(text.replace("-", " ")):
            if word not in STOP_WORDS and len(word) > 1:
                found.update(stem(word, lang) for lang in _LANGUAGES)
                found.update(self._vocabulary.parts(word))
        return found

    def _without_slip(self, text: str) -> str:
        """The text with its one mistyped word set right; empty where that is not plain."""
        typed = fold(text).split()
        wrong = [word for word in typed if len(word) >= _SLIP_LETTERS and word not in self._known]
        if len(wrong) != 1:
            return ""
        meant = {one for one in _slips(wrong[0]) if one in self._known}
        if len(meant) != 1:
            return ""
        return " ".join(meant.copy().pop() if word == wrong[0] else word for word in typed)

    def candidates(self, text: str, among: Iterable[str] = ()) -> list[Candidate]:
        """What a word may mean, the likeliest first.

        Args:
            text: the word.
            among: things that are called exactly so, where they are several.
        """
        found: dict[str, Candidate] = {}
        for candidate in (*self._namesakes(among), *self._alike(text), *self._sharing(text)):
            known = found.get(candidate.thing)
            if candidate.score >= _LEAST and (known is None or known.score < candidate.score):
                found[candidate.thing] = candidate
        return sorted(found.values(), key=lambda one: (-one.score, one.thing))[:MOST]

    def _namesakes(self, among: Iterable[str]) -> Iterator[Candidate]:
        things = set(among)
        for name, thing in self._named:
            if thing in things:
                yield Candidate(thing, name, 0.9, _NAMESAKE)

    def _alike(self, text: str) -> Iterator[Candidate]:
        """Things whose names look alike, letter by letter."""
        folded = fold(text)
        if len(self._named) > _LOOK_NAMES or not folded:
            return
        if not self._by_look:
            for place, (name, _) in enumerate(self._named):
                for piece in set(_pieces(fold(name))):
                    self._by_look.setdefault(piece, []).append(place)
        pieces = set(_pieces(folded))
        shared = Counter(place for piece in pieces for place in self._by_look.get(piece, ()))
        for place, count in shared.most_common(50):
            name, thing = self._named[place]
            other = fold(name)
            if len(folded) > 4 and (slips := _distance(folded, other, 2)) <= 2:
                near = slips == 1 or max(len(folded), len(other)) > 9
                score = 0.85 if slips < 2 else 0.75 if near else 0.5
                yield Candidate(thing, name, score, _LETTERS)
            else:
                dice = 2 * count / (len(pieces) + len(set(_pieces(other))))
                yield Candidate(thing, name, round(0.75 * dice, 2), _LOOK)

    def _sharing(self, text: str) -> Iterator[Candidate]:
        """Things whose names have words in common with the text."""
        terms = self._loose(text)
        places: defaultdict[int, float] = defaultdict(float)
        for term in terms:
            for place in self._by_term.get(term, ()):
                places[place] += self._weight(term)
        whole = sum(map(self._weight, terms))
        best = sorted(places, key=lambda place: (-places[place], place))[:50]
        for place in best:
            name, thing = self._named[place]
            other = sum(map(self._weight, self._loose(name)))
            score = 0.9 * 2 * places[place] / (whole + other)
            yield Candidate(thing, name, round(min(score, 0.9), 2), _WORDS)

    def _weight(self, term: str) -> float:
        """What a term tells: the more, the fewer names have it."""
        return log(1 + len(self._named) / (1 + len(self._by_term.get(term, ()))))


def _singular(word: str) -> str:
    """An English word without the ending of a plural; stems would make *mobile* of *mobility*.

    >>> [_singular(word) for word in ("sensors", "refineries", "optics", "glass")]
    ['sensor', 'refinery', 'optic', 'glass']
    """
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def _slips(word: str) -> set[str]:
    """Words that a mistyped one may stand for: two letters changed places, or one was doubled.

    >>> sorted(_slips("abba"))
    ['aabba', 'aba', 'abab', 'abbaa', 'abbba', 'baba']
    """
    found = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    found |= {word[:i] + word[i + 1 :] for i in range(len(word) - 1) if word[i] == word[i + 1]}
    found |= {word[:i] + word[i] + word[i:] for i in range(len(word))}
    return found - {word}


def _pieces(text: str) -> Iterator[str]:
    padded = f"  {text} "
    return (padded[i : i + 3] for i in range(len(padded) - 2))


def _distance(one: str, other: str, most: int) -> int:
    """Letters to insert, delete, replace or swap; anything above ``most`` counts as more.

    >>> _distance("photonik", "phononik", 2), _distance("laser", "sensor", 2)
    (1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: Sequence[int] = []
    row: Sequence[int] = range(len(other) + 1)
    for i, letter in enumerate(one, 1):
        new = [i]
        for j, second in enumerate(other, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (letter != second))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return row[-1]


_NAMESAKE: Final = Bilingual("It is called exactly so.", "Es heißt genau so.")
_LETTERS: Final = Bilingual("Only a letter or two differ.", "Nur ein, zwei Buchstaben sind anders.")
_LOOK: Final = Bilingual("It looks alike.", "Es sieht ähnlich aus.")
_WORDS: Final = Bilingual("It has words in common.", "Es hat Wörter gemeinsam.")
