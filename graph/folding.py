"""Folding: what makes two spellings of a word the same word.

Search, matching and text similarity share these functions, so that what one of them
finds the others find too. German and English are known; every other language is folded
like a text without a language.

Umlauts are written in three ways: ``ä``, ``ae`` and, by those who have no such key,
``a``. A word therefore has several :func:`forms`, and none is thrown away: reducing
every ``ae`` to ``a`` would turn *Aerospace* into a word that nobody types.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import Stemmer

_EXPANDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WORD: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
# "ue" after a vowel or q is no umlaut: neue, Steuer, Quelle.
_WRITTEN_OUT: Final = re.compile(r"ae|oe|(?<![aeoq])ue")
_STEMMERS: Final = {"de": Stemmer.Stemmer("german"), "en": Stemmer.Stemmer("english")}

_COMMON: Final = (
    "a an am and als an auf aus bei by das dem den der des die durch ein eine einem einen einer "
    "eines for from für fur fuer im in into is ist it its mit nach nicht of oder on or sich so "
    "that the their to um und unter vom von was which wie with zu zum zur"
)
STOP_WORDS: Final = frozenset(_COMMON.split())
"""Words too common to tell anything, in both languages, in all their folded forms."""


def _lower(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).casefold()


def fold(text: str) -> str:
    """A text without case, accents and umlauts; everything but letters and digits is a space.

    >>> fold("Größen-Messung à la Müller")
    'grossen messung a la muller'
    """
    bare = _lower(text)
    if not bare.isascii():
        parted = unicodedata.normalize("NFKD", bare)
        bare = "".join(c for c in parted if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare))


def expand(text: str) -> str:
    """Like :func:`fold`, with umlauts written out.

    >>> expand("Größen-Messung")
    'groessen messung'
    """
    return fold(_lower(text).translate(_EXPANDED))


def reduce(text: str) -> str:
    """Like :func:`fold`, with written-out umlauts taken back.

    >>> reduce("Muenchen"), reduce("neue Quelle")
    ('munchen', 'neue quelle')
    """
    return _taken_back(fold(text))


def _taken_back(folded: str) -> str:
    return _WRITTEN_OUT.sub(lambda found: found.group()[0], folded)


def forms(text: str) -> tuple[str, ...]:
    """Every folded form of a text, the plainest first, none twice.

    >>> forms("Größe"), forms("Aerospace"), forms("Optik")
    (('grosse', 'groesse'), ('aerospace', 'arospace'), ('optik',))
    """
    plain = fold(text)
    expanded = plain if text.isascii() else expand(text)
    return tuple(dict.fromkeys((plain, expanded, _taken_back(plain))))


def words(text: str) -> list[str]:
    """The words of a text in lower case, umlauts kept; hyphened words also as one.

    >>> words("E-Mobilität für Start-ups")
    ['e', 'mobilität', 'für', 'start', 'ups', 'emobilität', 'startups']
    """
    lowered = _lower(text)
    found = _WORD.findall(lowered)
    if "-" in lowered:
        found += [joined.replace("-", "") for joined in _JOINED.findall(lowered)]
    return found


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str = "de") -> str:
    """The Snowball stem of one word, folded; ``lang`` is ``de`` or ``en``.

    >>> stem("Messtechniken"), stem("groessen"), stem("größen"), stem("networks", "en")
    ('messtechn', 'gross', 'gross', 'network')
    """
    stemmer = _STEMMERS.get(lang) or _STEMMERS["de"]
    return fold(stemmer.stemWord(_lower(word)))


@lru_cache(maxsize=200_000)
def stems(word: str, lang: str = "") -> tuple[str, ...]:
    """The stems of a word in its language, or in both where the language is unknown.

    >>> stems("Sensoren", "de"), stems("sensors")
    (('sensor',), ('sensor',))
    """
    languages = (lang,) if lang in _STEMMERS else tuple(_STEMMERS)
    return tuple(dict.fromkeys(stem(word, one) for one in languages))


def terms(text: str, lang: str = "", vocabulary: "Vocabulary | None" = None) -> list[str]:
    """The terms of a text for comparing texts: stems, and the parts of compounds.

    Args:
        text: any text.
        lang: ``de`` or ``en``; anything else is treated as German.
        vocabulary: the words that compounds are taken apart with; none: left whole.

    >>> terms("Optische Koordinatenmesstechnik", "de", Vocabulary(["Messtechnik"]))
    ['optisch', 'koordinatenmesstechn', 'koordinat', 'messtechn']
    """
    found: list[str] = []
    for word in words(text):
        if word in STOP_WORDS:
            continue
        found.append(stem(word, lang or "de"))
        if vocabulary is not None:
            found.extend(vocabulary.parts(word))
    return found


class Vocabulary:
    """The words that compounds are made of, given by the thesaurus.

    German writes compounds in one word. A compound is taken apart only at words that
    the thesaurus uses itself, so that no dictionary has to be shipped and *Optence*
    stays whole.

    Args:
        texts: labels; each word of at least ``shortest`` letters counts.
        shortest: letters that a part must have; shorter ones split by accident.

    >>> vocabulary = Vocabulary(["Laser in der Medizin", "Messtechnik"])
    >>> vocabulary.split("Lasermedizin")
    ('las', 'medizin')
    >>> vocabulary.split("Koordinatenmesstechnik")
    ()
    >>> vocabulary.parts("Koordinatenmesstechnik")
    ('koordinat', 'messtechn')
    """

    _LINKS: Final = ("", "s", "n", "en", "es", "er", "e")
    _LONGEST: Final = 60
    """Letters of the longest word that is taken apart; real ones are shorter."""
    _REMEMBERED: Final = 200_000
    """Words whose parts are kept; readers may type any number of others."""

    def __init__(self, texts: Iterable[str], shortest: int = 4) -> None:
        self._shortest = shortest
        self._words: frozenset[str] = frozenset(
            form
            for text in texts
            for word in words(text)
            if word not in STOP_WORDS
            for form in forms(word)
            if len(form) >= shortest and not form.isdigit()
        )
        self._known: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def __len__(self) -> int:
        return len(self._words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self._words == other._words

    def __hash__(self) -> int:
        return hash(self._words)

    def split(self, word: str) -> tuple[str, ...]:
        """The stems of a compound that consists of known words only; else nothing."""
        return self._look_up(word)[0]

    def parts(self, word: str) -> tuple[str, ...]:
        """The stems of all parts of a compound that begins or ends with a known word.

        The rest of such a compound counts as a part too where it is long enough.
        """
        return self._look_up(word)[1]

    def _look_up(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= self._REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._analyse(word)
        return known

    def _analyse(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if not 2 * self._shortest - 1 <= len(word) <= self._LONGEST:
            return (), ()
        for form in forms(word):
            if whole := self._segments(form):
                split = tuple(stem(part) for part in whole)
                return split, split
        for form in forms(word):
            if found := self._ends(form):
                inner = (part for end in found for part in self.parts(end))
                return (), tuple(dict.fromkeys((*(stem(end) for end in found), *inner)))
        return (), ()

    def _segments(self, word: str) -> tuple[str, ...]:
        """The fewest known words (at least two) that make up the whole word."""
        best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
        for end in range(self._shortest, len(word) + 1):
            for start in range(end - self._shortest + 1):
                before = best[start]
                part = "" if before is None else self._known_part(word[start:end])
                if before is None or not part or part == word:
                    continue
                now = best[end]
                if now is None or len(before) + 1 < len(now):
                    best[end] = (*before, part)
        whole = best[len(word)] or ()
        return whole if len(whole) > 1 else ()

    def _known_part(self, text: str) -> str:
        """The known word in a segment, whose end may be a linking element; else empty."""
        for link in self._LINKS:
            if text.endswith(link) and (bare := text[: len(text) - len(link)]) in self._words:
                return bare
        return ""

    def _ends(self, word: str) -> tuple[str, ...]:
        """The longest known word at the end, else at the beginning, and the rest."""
        least = self._shortest
        for start in range(least - 1, len(word) - least + 1):
            if word[start:] in self._words:
                return word[:start], word[start:]
        for end in range(len(word) - least + 1, least - 1, -1):
            if word[:end] in self._words:
                return word[:end], word[end:]
        return ()
