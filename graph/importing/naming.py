"""What things are called: the index that words are looked up in, and names of new things."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from graph.folding import expand, reduce

MAX_SLUG: Final = 80
_BARE_NUMBER: Final = re.compile(r"[\d\s./#-]+")

_LEGAL_FORMS: Final = {
    "ev": "e v",
    "ggmbh": "ggmbh",
    "gmbh": "gmbh",
    "gmbh co kg": "gmbh co kg",
    "ag": "ag",
    "se": "se",
    "kg": "kg",
    "kgaa": "kgaa",
    "ohg": "ohg",
    "gbr": "gbr",
    "ug": "ug",
    "eg": "eg",
    "ltd": "ltd",
    "limited": "ltd",
    "inc": "inc",
    "sa": "sa",
    "sarl": "sarl",
    "srl": "srl",
    "spa": "spa",
    "bv": "bv",
    "nv": "nv",
    "ab": "ab",
    "as": "as",
    "oy": "oy",
}
"""Legal forms, folded and without blanks inside their abbreviations, to one spelling each."""
_SPELLED: Final = (
    ("gesellschaft mit beschrankter haftung", "gmbh"),
    ("eingetragener verein", "ev"),
    ("aktiengesellschaft", "ag"),
    ("e v", "ev"),
    ("s a r l", "sarl"),
    ("s r l", "srl"),
    ("s p a", "spa"),
    ("s a", "sa"),
    ("b v", "bv"),
    ("n v", "nv"),
    ("e g", "eg"),
)


def slug_of(text: str) -> str:
    """A text as the last part of an address: lower case, ASCII, words joined by hyphens.

    >>> slug_of("Größen & Maße e. V."), slug_of("optence"), slug_of("東京")
    ('groessen-masse-e-v', 'optence', '')
    """
    words = [word for word in expand(text).split() if word.isascii()]
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_SLUG]
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return slug


def key_of(text: str) -> str:
    """A key for a row that has no id: its words, and a short hash where they are too many.

    >>> key_of("Optence, members 2015"), key_of("東京")
    ('optence-members-2015', '130016')
    """
    slug = slug_of(text)
    whole = slug == "-".join(expand(text).split())
    return slug if slug and whole else distinct_slug(text, text)


def distinct_slug(text: str, key: str) -> str:
    """A slug that only this key has: with a short hash of the key, never a counter.

    >>> distinct_slug("Optik AG", "list-a/7")
    'optik-ag-0b8208'
    """
    mark = hashlib.sha256(key.encode()).hexdigest()[:6]
    return "-".join(part for part in (slug_of(text), mark) if part)


def is_bare_number(text: str) -> bool:
    """Whether an id is only a running number, which names a row in its own list only.

    >>> is_bare_number("17"), is_bare_number("li-17")
    (True, False)
    """
    return bool(_BARE_NUMBER.fullmatch(text))


def split_legal_form(name: str) -> tuple[str, str]:
    """The folded name without its legal form, and the legal form.

    >>> split_legal_form("Optik Müller GmbH & Co. KG"), split_legal_form("Optence e. V.")
    (('optik muller', 'gmbh co kg'), ('optence', 'e v'))
    >>> split_legal_form("Packbridge"), split_legal_form("MUELLER OPTIK AG")
    (('packbridge', ''), ('muller optik', 'ag'))
    """
    folded = reduce(name)
    for spelled, short in _SPELLED:
        if folded.endswith(f" {spelled}"):
            folded = f"{folded[: -len(spelled)]}{short}"
    words = folded.split()
    for count in (3, 2, 1):
        form = _LEGAL_FORMS.get(" ".join(words[-count:]))
        if form and len(words) > count:
            return " ".join(words[:-count]), form
    return folded, ""


@dataclass
class Names:
    """Slugs and names of things, by kind; ü and ue are one letter in a name.

    >>> names = Names()
    >>> names.add("x:optics", "topic", "optics", ["Optik", "Optics"])
    >>> names.look_up("OPTIK", ["topic"])
    (('x:optics',), 'label')
    >>> names.add("x:mueller", "organisation", "mueller", ["Müller AG"])
    >>> [names.look_up(word, ["organisation"])[0] for word in ("Mueller", "Müller GmbH")]
    [('x:mueller',), ()]
    """

    _slugs: dict[tuple[str, str], str] = field(default_factory=dict)
    _exact: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _folded: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _bare: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, iri: str, kind: str, slug: str, names: Iterable[str]) -> None:
        """Enter a thing (or more names of one)."""
        self._slugs.setdefault((kind, slug), iri)
        for name in names:
            self._exact.setdefault((kind, name), set()).add(iri)
            if folded := reduce(name):
                self._folded.setdefault((kind, folded), set()).add(iri)
                self._bare.setdefault((kind, split_legal_form(name)[0]), set()).add(iri)

    def thing(self, kind: str, slug: str) -> str:
        """The thing with this slug, or empty."""
        return self._slugs.get((kind, slug), "")

    def slugs(self, kind: str) -> Iterator[str]:
        """Every slug of a kind."""
        return (slug for one, slug in self._slugs if one == kind)

    def namesakes(self, name: str, kind: str) -> set[str]:
        """Things of a kind that are called so, whatever their legal form."""
        return self._bare.get((kind, split_legal_form(name)[0]), set())

    def look_up(self, text: str, kinds: Iterable[str]) -> tuple[tuple[str, ...], str]:
        """The things that a word may mean, and what told so: ``slug`` or ``label``.

        A slug wins over a label as it is written, that over a folded one, and that over a
        name that differs only in having a legal form.
        """
        kinds = tuple(kinds)
        by_slug = {self._slugs[kind, text] for kind in kinds if (kind, text) in self._slugs}
        if by_slug:
            return tuple(sorted(by_slug)), "slug"
        bare, form = split_legal_form(text)
        for index, word in (
            (self._exact, text),
            (self._folded, reduce(text)),
            (self._folded if form else self._bare, bare),
        ):
            found = {iri for kind in kinds for iri in index.get((kind, word), ())}
            if found:
                return tuple(sorted(found)), "label"
        return (), ""
