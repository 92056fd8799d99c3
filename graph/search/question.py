"""What somebody typed, taken apart."""

import re
from dataclasses import dataclass
from typing import Final

from graph.folding import STOP_WORDS, Vocabulary, forms, stems

MAX_LETTERS: Final = 200
MAX_WORDS: Final = 12
"""Longer questions are cut: nobody types them, and each word costs a look-up."""

_TOKEN: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True)
class Word:
    """One word of a question.

    Attributes:
        typed: as it was typed.
        forms: its folded spellings.
        stems: its stems, as German and as English.
        parts: the stems of its parts where it is a compound.
        acronym: whether it was typed like KI or OCT: then it stands for itself, or begins a
            longer word in capitals, but no word that merely has these letters is meant.
        pieces: the words of a hyphened word, which may be written in one or in several.
    """

    typed: str
    forms: tuple[str, ...]
    stems: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    acronym: bool = False
    pieces: tuple["Word", ...] = ()

    @property
    def short(self) -> bool:
        """Whether it is too short for anything but itself and what it begins."""
        return len(self.forms[0]) < 3


@dataclass(frozen=True)
class Question:
    """What was typed: ``whole`` in its folded spellings, and word by word."""

    whole: tuple[str, ...]
    words: tuple[Word, ...]


def word_of(text: str, vocabulary: Vocabulary) -> Word:
    """One word, as typed."""
    if "-" in text:
        pieces = tuple(word_of(piece, vocabulary) for piece in text.split("-"))
        joined = word_of(text.replace("-", ""), vocabulary)
        return Word(text, joined.forms, joined.stems, joined.parts, joined.acronym, pieces)
    spellings = forms(text)
    return Word(
        text,
        spellings,
        stems(text.lower()),
        vocabulary.split(spellings[0]) or vocabulary.parts(spellings[0]),
        acronym=text.isupper() and 2 <= len(text) <= 4,
    )


def ask(text: str, vocabulary: Vocabulary) -> Question:
    """Take a question apart.

    Words too common to tell anything are left out, unless nothing else was typed.

    >>> question = ask("Laser in der Medizin", Vocabulary([]))
    >>> [word.forms[0] for word in question.words], question.whole
    (['laser', 'medizin'], ('laser in der medizin',))
    """
    text = text[:MAX_LETTERS]
    tokens = _TOKEN.findall(text)
    shouted = text.isupper()
    telling = [
        token
        for token in tokens
        if token.lower() not in STOP_WORDS or (token.isupper() and not shouted)
    ]
    chosen = dict.fromkeys((telling or tokens)[:MAX_WORDS])
    return Question(forms(text), tuple(word_of(token, vocabulary) for token in chosen))
