"""The texts that a person is known by, as they may stand in any other text or address."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from graph.folding import expand, fold, reduce

GAP: Final = "[…]"
"""What stands in a text where a name was taken out."""

_TITLES: Final = re.compile(
    r"(?:\b(?:prof|dr|dipl|ing|mag|msc|bsc|ba|ma|phd|med|rer|nat|phil|jur|h|c)\b[.-]*\s*)+",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)\s*$")
_SHORTEST: Final = 5


def bare_name(name: str) -> str:
    """A person's name without academic titles and what stands in brackets behind it.

    >>> bare_name("Prof. Dr.-Ing. Mara Lindqvist (invented)"), bare_name("Lindqvist, Mara")
    ('Mara Lindqvist', 'Mara Lindqvist')
    """
    bare = _BRACKETS.sub("", name)
    start = _TITLES.match(bare)
    bare = bare[start.end() :] if start else bare
    family, comma, given = bare.partition(",")
    return " ".join(f"{given} {family}".split() if comma else bare.split())


def same_name(name: str) -> str:
    """Equal for two spellings of one person's name.

    >>> same_name("Dr. Jörg MUELLER") == same_name("Müller, Joerg")
    True
    """
    return reduce(bare_name(name))


class Wanted:
    """Finds the names, addresses and identifiers of a person in texts and IRIs.

    A name counts only where it has at least two words: a single one is too often a word of the
    language. Case, hyphens and the two spellings of an umlaut make no difference.

    Args:
        texts: names in full, e-mail addresses, account ids.

    >>> wanted = Wanted(["Mara Lindqvist"])
    >>> wanted.taken_out("Call Dr. Mara  Lindqvist or Lindqvist, Mara today.")
    'Call Dr. […] or […] today.'
    >>> wanted.found_in("https://example.org/team/mara-lindqvist"), wanted.found_in("Maral")
    (True, False)
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(sorted(filter(_is_telling, {" ".join(text.split()) for text in texts})))
        spelt = {spelling for text in self.texts for spelling in _spellings(text)}
        parts = sorted(map(_pattern, spelt), key=lambda part: (-len(part), part))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.I) if parts else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def found_in(self, text: str) -> bool:
        """Whether a text or an IRI names the person."""
        if self._pattern is None:
            return False
        return bool(self._pattern.search(text) or ("%" in text and self._in_unquoted(text)))

    def _in_unquoted(self, text: str) -> bool:
        assert self._pattern is not None
        return self._pattern.search(unquote(text)) is not None

    def taken_out(self, text: str) -> str:
        """The text with a gap for each time that it names the person."""
        return self._pattern.sub(GAP, text) if self._pattern else text


def _is_telling(text: str) -> bool:
    one_of_a_kind = "@" in text or re.fullmatch(r"[0-9a-f]{16,}", text)
    return len(text) >= _SHORTEST and bool(one_of_a_kind or len(fold(text).split()) > 1)


def _spellings(text: str) -> set[str]:
    if "@" in text:
        return {text}
    spelt = {text, bare_name(text)} - {""}
    for name in list(spelt):
        spelt |= {fold(name), expand(name)}
    words = bare_name(text).split()
    if len(words) > 1:
        spelt.add(f"{words[-1]}, {' '.join(words[:-1])}")
    return {one for one in spelt if _is_telling(one)}


def _pattern(text: str) -> str:
    """Words with whatever a text or an address may write between them."""
    if "@" in text:
        return re.escape(text)
    words = [re.escape(word) for word in re.split(r"[\s_+-]+", text) if word]
    return r"[\s_.+-]+".join(words)
