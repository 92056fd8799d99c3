"""Which letters of a text answer a question, so that a page can show them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.folding import Vocabulary, fold, forms, stems
from graph.search.matching import Tier
from graph.search.question import Question, Word

_WORD: Final = re.compile(r"[^\W_]+")

Span = tuple[int, int]
"""Where marked letters begin and end in a text."""


@dataclass(frozen=True)
class Marks:
    """The marked letters of a text.

    Attributes:
        spans: in order and without overlap.
        words: how many of the question's words are answered.
        tier: the worst of their tiers, as if the text were a name; None where nothing is marked.
    """

    spans: tuple[Span, ...] = ()
    words: int = 0
    tier: Tier | None = None


def marks(text: str, language: str, question: Question, vocabulary: Vocabulary) -> Marks:
    """Mark what a question finds in a text.

    Args:
        text: any text.
        language: its language, or empty.
        question: what was typed, slips already put right.
        vocabulary: what compounds are taken apart with.

    >>> from graph.search.question import ask
    >>> vocabulary = Vocabulary(["Messtechnik"])
    >>> question = ask("messtechnik", vocabulary)
    >>> marks("Optische Koordinatenmesstechnik", "de", question, vocabulary).spans
    ((20, 31),)
    """
    flat = [piece for word in question.words for piece in (word, *word.pieces)]
    spans: list[Span] = []
    tiers: dict[Word, Tier] = {}
    for found in _WORD.finditer(text):
        best: tuple[Tier, Span] | None = None
        for word in flat:
            met = _meets(found.group(), found.start(), language, word, vocabulary)
            if met is not None:
                tiers[word] = min(met[0], tiers.get(word, met[0]))
                best = met if best is None else min(best, met)
        if best is not None:
            spans.append(best[1])
    answered = [
        max((tiers[part] for part in _parts(word, tiers)), default=None) for word in question.words
    ]
    reached = [tier for tier in answered if tier is not None]
    if not reached:
        return Marks()
    return Marks(tuple(spans), len(reached), max(reached))


def whole_tier(text: str, question: Question) -> Tier | None:
    """EXACT or NAME_PREFIX where a name is, or begins with, all that was typed."""
    names = forms(text)
    if set(names) & set(question.whole):
        return Tier.EXACT
    if any(name.startswith(whole) for name in names for whole in question.whole if whole):
        return Tier.NAME_PREFIX
    return None


def _parts(word: Word, tiers: dict[Word, Tier]) -> Sequence[Word]:
    """The word itself, or all its pieces, whichever was met."""
    if word in tiers:
        return (word,)
    if word.pieces and all(piece in tiers for piece in word.pieces):
        return word.pieces
    return ()


def _meets(
    text: str, start: int, language: str, word: Word, vocabulary: Vocabulary
) -> tuple[Tier, Span] | None:
    """How one word of a text answers one word of a question, and with which letters."""
    spellings = forms(text)
    whole = (start, start + len(text))
    if set(spellings) & set(word.forms):
        return Tier.NAME_WORD, whole
    if word.acronym and not text.isupper():
        return None
    for typed in word.forms:
        if any(spelling.startswith(typed) for spelling in spellings):
            # Letters can be counted only where folding changed none into two.
            same_length = len(fold(text)) == len(text) and fold(text).startswith(typed)
            return Tier.NAME_WORD_PREFIX, (start, start + len(typed)) if same_length else whole
    if word.short:
        return None
    if set(stems(text.lower(), language)) & set(word.stems):
        return Tier.NAME_STEM, whole
    parts = set(vocabulary.parts(text.lower()))
    begun = any(part.startswith(word.forms) for part in parts)
    if parts & set(word.stems) or begun:
        folded = fold(text)
        at = folded.find(word.forms[0])
        if at >= 0 and len(folded) == len(text):
            return Tier.NAME_COMPOUND, (start + at, start + at + len(word.forms[0]))
        return Tier.NAME_COMPOUND, whole
    if (parts | set(stems(text.lower(), language))) & set(word.parts):
        return Tier.NAME_COMPOUND, whole
    return None
