"""Which things a question finds, and how well each matches."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import IntEnum
from typing import Final

from graph.folding import Vocabulary
from graph.search.entries import Entry
from graph.search.index import Index
from graph.search.question import Question, Word, word_of
from graph.search.tables import NOTHING, Table


class Tier(IntEnum):
    """How a thing matches, best first. What is in a name tells more than what is in a text."""

    EXACT = 0
    NAME_PREFIX = 1
    NAME_WORD = 2
    NAME_WORD_PREFIX = 3
    NAME_STEM = 4
    NAME_COMPOUND = 5
    TEXT_WORD = 6
    TEXT_STEM = 7
    TEXT_PREFIX = 8
    TEXT_COMPOUND = 9
    SPELLING = 10
    SPELLING_PART = 11
    SPELLING_TEXT = 12


MATCH: Final[Mapping[Tier, str]] = {
    Tier.EXACT: "exact",
    Tier.NAME_PREFIX: "prefix",
    Tier.NAME_WORD: "word",
    Tier.NAME_WORD_PREFIX: "prefix",
    Tier.NAME_STEM: "stem",
    Tier.NAME_COMPOUND: "compound",
    Tier.TEXT_WORD: "word",
    Tier.TEXT_STEM: "stem",
    Tier.TEXT_PREFIX: "prefix",
    Tier.TEXT_COMPOUND: "compound",
    Tier.SPELLING: "spelling",
    Tier.SPELLING_PART: "spelling",
    Tier.SPELLING_TEXT: "spelling",
}
"""The word that an answer uses for each tier."""

Matches = dict[int, Tier]
"""Numbers of things, each with its best tier."""

_PREFIX_IN_COMPOUNDS = 4
"""Letters from which a word also finds compounds with a part that begins with it."""

_PREFIX_IN_TEXTS = 4
"""Letters from which a word also finds texts with a longer word: below, that is noise."""


class Reading:
    """Several indexes read as one: those of the audiences that a viewer may read.

    Args:
        indexes: the public one first.
    """

    def __init__(self, indexes: Sequence[Index]) -> None:
        self.indexes = tuple(indexes)

    @property
    def vocabulary(self) -> Vocabulary:
        """What compounds are taken apart with; made of public words only."""
        return self.indexes[0].vocabulary

    def entries(self, thing: int) -> frozenset[Entry]:
        """All by which a thing is found."""
        nothing: frozenset[Entry] = frozenset()
        return nothing.union(*(index.entries.get(thing, nothing) for index in self.indexes))

    def whole(self, question: Question) -> Matches:
        """Things whose name is, or begins with, all that was typed."""
        found: Matches = {}
        exact = self._having("names", question.whole)
        if not (len(question.words) == 1 and question.words[0].acronym):
            found |= dict.fromkeys(self._starting("names", question.whole), Tier.NAME_PREFIX)
        found |= dict.fromkeys(exact, Tier.EXACT)
        return found

    def word(self, word: Word) -> Matches:
        """Things that one word finds, without slips being forgiven."""
        found = self._single(word)
        if word.pieces:
            pieces = together([self._single(piece) for piece in word.pieces])
            for thing, tier in pieces.items():
                found[thing] = min(tier, found.get(thing, tier))
        return found

    def spelled(self, word: Word) -> tuple[str, ...]:
        """The known words that a word nobody knows was probably meant to be."""
        nearest = {near for index in self.indexes for near in index.speller.nearest(word.forms[0])}
        return tuple(sorted(nearest))

    def slipped(self, corrected: Iterable[str]) -> Matches:
        """Things that corrected words find, at the tiers of slips."""
        found: Matches = {}
        for text in corrected:
            for thing, tier in self.word(word_of(text, self.vocabulary)).items():
                slip = _slip(tier)
                found[thing] = min(slip, found.get(thing, slip))
        return found

    def _single(self, word: Word) -> Matches:
        named = self._having("name_words", word.forms)
        told = self._having("text_words", word.forms)
        # From the worst tier to the best, so that the best one stays.
        found: Matches = {}
        if word.acronym:
            found |= dict.fromkeys(told, Tier.TEXT_WORD)
            longer = self._starting("acronyms", word.forms)
            found |= dict.fromkeys(longer, Tier.NAME_WORD_PREFIX)
        else:
            found |= self._loosely_told(word)
            found |= dict.fromkeys(told, Tier.TEXT_WORD)
            found |= self._loosely_named(word)
        found |= dict.fromkeys(named, Tier.NAME_WORD)
        return found

    def _loosely_told(self, word: Word) -> Matches:
        if word.short:
            return {}
        found: Matches = dict.fromkeys(self._compound(word, in_text=True), Tier.TEXT_COMPOUND)
        if len(word.forms[0]) >= _PREFIX_IN_TEXTS:
            longer = self._starting("text_words", word.forms)
            found |= dict.fromkeys(longer, Tier.TEXT_PREFIX)
        found |= dict.fromkeys(self._having("text_stems", word.stems), Tier.TEXT_STEM)
        return found

    def _loosely_named(self, word: Word) -> Matches:
        found: Matches = {}
        if not word.short:
            found |= dict.fromkeys(self._compound(word), Tier.NAME_COMPOUND)
            found |= dict.fromkeys(self._having("name_stems", word.stems), Tier.NAME_STEM)
        longer = self._starting("name_words", word.forms)
        found |= dict.fromkeys(longer, Tier.NAME_WORD_PREFIX)
        return found

    def _compound(self, word: Word, *, in_text: bool = False) -> AbstractSet[int]:
        """Things with a compound that the word is part of, or with all parts of the word."""
        parts = "text_parts" if in_text else "name_parts"
        all_tables: tuple[str, ...] = ("name_stems", "name_parts")
        if in_text:
            all_tables = (*all_tables, "text_stems", "text_parts")
        found = set(self._having(parts, word.stems))
        if len(word.forms[0]) >= _PREFIX_IN_COMPOUNDS:
            # Who types on is shown already what the whole word will find.
            found |= self._starting(parts, word.forms)
        if len(word.parts) > 1:
            having = (
                set().union(*(self._having(table, (part,)) for table in all_tables))
                for part in word.parts
            )
            found |= set.intersection(*having)
        return found

    def _tables(self, name: str) -> Iterable[Table]:
        return (getattr(index, name) for index in self.indexes)

    def _having(self, name: str, keys: Iterable[str]) -> AbstractSet[int]:
        found = [things for table in self._tables(name) for key in keys if (things := table[key])]
        if len(found) == 1:
            return found[0]
        return set().union(*found) if found else NOTHING

    def _starting(self, name: str, prefixes: Iterable[str]) -> AbstractSet[int]:
        return set().union(
            *(
                table[key]
                for table in self._tables(name)
                for prefix in prefixes
                if prefix
                for key in table.starting(prefix)
            )
        )


def _slip(tier: Tier) -> Tier:
    """The tier of a slip for what the word put right would have."""
    if tier <= Tier.NAME_WORD:
        return Tier.SPELLING
    return Tier.SPELLING_PART if tier <= Tier.NAME_COMPOUND else Tier.SPELLING_TEXT


def together(matches: Sequence[Matches]) -> Matches:
    """Things that all of these found, each at its worst tier.

    >>> together([{1: Tier.EXACT, 2: Tier.EXACT}, {2: Tier.NAME_STEM}])
    {2: <Tier.NAME_STEM: 4>}
    """
    if not matches:
        return {}
    if len(matches) == 1:
        return dict(matches[0])
    common = set.intersection(*(set(one) for one in matches))
    return {thing: max(one[thing] for one in matches) for thing in common}
