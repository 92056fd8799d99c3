"""What one audience may find: its entries under every key that may lead to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.addresses import Addresses
from graph.folding import STOP_WORDS, Vocabulary, fold, forms, stems, words
from graph.search.entries import TEXT, Entry
from graph.search.spelling import Speller
from graph.search.tables import Table

ACRONYM: Final = re.compile(r"\b[^\W\d_a-zäöüß][^\W_a-zäöüß]+\b")
"""A word of a name that is written in capitals."""


class Numbers:
    """Small numbers for the things of one knowledge, the same in all its indexes.

    Attributes:
        iris: the IRI of each number.
        kinds: the kind of each number.
    """

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._of: dict[str, int] = {}
        self.iris: list[str] = []
        self.kinds: list[str] = []

    def of(self, iri: str) -> int:
        """The number of an IRI, which gets one if it has none."""
        number = self._of.get(iri)
        if number is None:
            number = self._of[iri] = len(self.iris)
            self.iris.append(iri)
            self.kinds.append((self._addresses.parse(iri) or ("", ""))[0])
        return number


@dataclass(frozen=True, slots=True)
class Keys:
    """What a word of a text is found under."""

    forms: tuple[str, ...]
    stems: tuple[str, ...]
    parts: tuple[str, ...]


class Index:
    """The entries of one audience.

    Names (other names among them) and texts are kept apart, because what is in a name
    tells more than what is in a description.

    Args:
        numbers: shared by all indexes of a service.
        vocabulary: what compounds are taken apart with.
    """

    def __init__(self, numbers: Numbers, vocabulary: Vocabulary) -> None:
        self._numbers = numbers
        self.vocabulary = vocabulary
        self.entries: dict[int, frozenset[Entry]] = {}
        self.names = Table()
        self.name_words = Table()
        self.acronyms = Table()
        self.name_stems = Table()
        self.name_parts = Table()
        self.text_words = Table()
        self.text_stems = Table()
        self.text_parts = Table()
        self._name_tables = (self.name_words, self.name_stems, self.name_parts)
        self._text_tables = (self.text_words, self.text_stems, self.text_parts)
        self._keys: dict[tuple[str, str], Keys] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def update(self, found: Mapping[str, frozenset[Entry]]) -> int:
        """Make this the index of exactly these entries; returns how many things changed."""
        of = self._numbers.of
        wanted = {of(iri): entries for iri, entries in found.items()}
        gone = [thing for thing in self.entries if thing not in wanted]
        changed = [thing for thing, entries in wanted.items() if self.entries.get(thing) != entries]
        for thing in gone:
            self._drop(thing)
        for thing in changed:
            self._drop(thing)
            self.entries[thing] = wanted[thing]
            for table, keys in self._keys_of(wanted[thing]).items():
                for key in keys:
                    table.add(key, thing)
        if gone or changed:
            self.__dict__.pop("speller", None)
        return len(gone) + len(changed)

    @cached_property
    def speller(self) -> Speller:
        """The words of all names, for words that nobody knows."""
        return Speller(word for word in self.name_words if not word.isdigit())

    def keys(self, word: str, language: str) -> Keys:
        """What one word of a text is found under."""
        known = self._keys.get((word, language))
        if known is None:
            known = self._keys[word, language] = Keys(
                forms(word), stems(word, language), self.vocabulary.parts(word)
            )
        return known

    def _drop(self, thing: int) -> None:
        for table, keys in self._keys_of(self.entries.pop(thing, frozenset())).items():
            for key in keys:
                table.discard(key, thing)

    def _keys_of(self, entries: frozenset[Entry]) -> dict[Table, set[str]]:
        """Under which keys of which tables a thing is found by its entries."""
        found: dict[Table, set[str]] = {}
        for entry in entries:
            in_text = entry.field == TEXT
            if not in_text:
                found.setdefault(self.names, set()).update(forms(entry.text))
                acronyms = map(fold, ACRONYM.findall(entry.text))
                found.setdefault(self.acronyms, set()).update(acronyms)
            its_words = set(words(entry.text))
            if in_text:
                # A name may consist of such words (IT, "Auf und um"), a text never does.
                its_words -= STOP_WORDS
            tables = self._text_tables if in_text else self._name_tables
            by_form, by_stem, by_part = (found.setdefault(table, set()) for table in tables)
            for word in its_words:
                keys = self.keys(word, entry.language)
                by_form.update(keys.forms)
                by_stem.update(keys.stems)
                by_part.update(keys.parts)
        return found
