"""SPARQL taken apart into tokens, the way the engine's own grammar does it.

Only what the guard needs is told apart: words, IRIs, prefixed names, strings, brackets and
operators. Reading goes by one regular expression in linear time and without recursion, so no
text can hurt it. Where the text is no SPARQL, single characters come out as ``other``, and the
reading stops at the quote of a string that nothing ends (``unfinished``): what follows could be
read in two ways.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

Kind = Literal[
    "iri", "string", "unfinished", "variable", "name", "blank", "language", "number", "word",
    "operator", "open", "close", "other",
]  # fmt: skip

_LETTER: Final = r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF" + (
    r"\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
    r"\U00010000-\U000EFFFF"
)
_WORD_CHAR: Final = rf"{_LETTER}_0-9\u00B7\u0300-\u036F\u203F-\u2040"
# Atomic and bounded: no text makes the expression look far ahead again and again. Atomic groups,
# not possessive repeats: Python before 3.11.5, Debian 12's among them, matches the latter wrongly.
_PREFIX: Final = rf"[{_LETTER}](?>(?:[{_WORD_CHAR}\-]|\.+(?=[{_WORD_CHAR}\-])){{0,60}})"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL: Final = (
    rf"(?:[{_LETTER}_0-9:]|{_ESCAPED})"
    rf"(?>(?:[{_WORD_CHAR}:\-]|{_ESCAPED}|\.+(?=[{_WORD_CHAR}:\-%\\]))*)"
)

_TOKEN: Final = rf"""
      (?P<space>[\x20\t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
    | (?P<string>
          \"\"\"(?>(?:[^"\\]|\\.|"(?!""))*)\"\"\"
        | '''(?>(?:[^'\\]|\\.|'(?!''))*)'''
        | (?!\"\"\")"(?>(?:[^"\\\r\n]|\\.)*)"
        | (?!''')'(?>(?:[^'\\\r\n]|\\.)*)'
      )
    | (?P<unfinished>["'])
    | (?P<variable>[?$][{_LETTER}_0-9][{_WORD_CHAR}]*)
    | (?P<blank>_:[{_LETTER}_0-9](?:[{_WORD_CHAR}.\-]*[{_WORD_CHAR}\-])?)
    | (?P<name>(?:{_PREFIX})?:(?:{_LOCAL})?)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>[0-9]+)
    | (?P<word>[{_LETTER}_][{_WORD_CHAR}]*)
    | (?P<operator>\|\||&&|\^\^|!=|<=|>=|[!=<>*/+\-|^.;,?])
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | (?P<other>.)
    """


@cache
def token_pattern() -> re.Pattern[str]:
    """The expression that matches one token; its named group is the kind."""
    # Compiled when first needed: the wide classes take a tenth of a second, and the reader
    # processes, which load this module too, need none of it.
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, its text as written, and where it begins."""

    kind: Kind
    text: str
    start: int

    def is_word(self, word: str) -> bool:
        """Whether it is this keyword, in any case."""
        return self.kind == "word" and self.text.upper() == word


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, without white space and comments.

    >>> [token.text for token in tokens('ASK { ?s rdfs:label "a { b" } # }')]
    ['ASK', '{', '?s', 'rdfs:label', '"a { b"', '}']
    """
    for found in token_pattern().finditer(query):
        kind = found.lastgroup
        if kind not in ("space", "comment"):
            yield Token(kind, found.group(), found.start())  # type: ignore[arg-type]
        if kind == "unfinished":
            return


def in_every_reading(query: str) -> Iterator[Token]:
    """The tokens of a query, and those that it has where a ``<`` begins no IRI but compares.

    ``1<2)SERVICE:x#>`` is an IRI by its letters, and where an expression stands it is a
    comparison, a word and a comment. Only a parser knows which; whoever looks for a word that
    must not come looks at all of them. Tokens may come in any order.

    >>> sorted(token.text for token in in_every_reading("(?a<b)c>"))
    ['(', ')', '<', '<b)c>', '>', '?a', 'b', 'c']
    """
    line_ends = [found.start() for found in re.finditer(r"[\r\n]", query)]
    waiting, seen = [0], set[int]()
    while waiting:
        at, slashes = waiting.pop(), 0
        # No grammar has two slashes together: what comes after them was an IRI after all.
        while at < len(query) and at not in seen and slashes < 2:
            seen.add(at)
            if query[at] == "#":
                # Looked up, because many comments may end at the same place.
                line = bisect_right(line_ends, at)
                at = line_ends[line] if line < len(line_ends) else len(query)
                continue
            found = token_pattern().match(query, at)
            assert found is not None, "the last alternative takes any character"
            kind = found.lastgroup
            if kind != "space":
                yield Token(kind, found.group(), at)  # type: ignore[arg-type]
                slashes = slashes + 1 if found.group() == "/" else 0
            if kind == "iri":
                yield Token("operator", "<", at)
                waiting.append(at + 1)
            if kind == "unfinished":
                break
            at = found.end()
