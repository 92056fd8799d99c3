"""What things are called: the index that words are looked up in, and names of new things."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from graph.folding import expand, reduce

MAX_SLUG: Final = 80
_NAMESAKES: Final = frozenset({"cluster", "organisation"})
_BARE_NUMBER: Final = re.compile(r"[\d\s./#-]+")

_LEGAL_FORMS: Final = {
    "ev": "e v",
    "ek": "e k",
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
    ("g m b h", "gmbh"),
    ("e v", "ev"),
    ("e k", "ek"),
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
    >>> split_legal_form("Optik Müller G.m.b.H.")
    ('optik muller', 'gmbh')
    """
    return _parted(reduce(name))


def _parted(folded: str) -> tuple[str, str]:
    for spelled, short in _SPELLED:
        if folded.endswith(f" {spelled}"):
            folded = f"{folded[: -len(spelled)]}{short}"
    words = folded.split()
    for count in (3, 2, 1):
        form = _LEGAL_FORMS.get(" ".join(words[-count:]))
        if form and len(words) > count:
            return " ".join(words[:-count]), form
    return folded, ""


Called = tuple[str, str, Sequence[str]]
"""IRI, slug and names of a thing."""


class Known(Protocol):
    """The things that are there already."""

    def thing(self, kind: str, slug: str) -> str:
        """The thing with this slug, or empty."""

    def called(self, kind: str) -> Iterable[Called]:
        """All things of a kind."""


class _KindNames:
    """Slugs and names of the things of one kind.

    Names of known things are read when the first name is looked up, and folded when the first
    word is that is not written exactly like a name: both cost more than all the rest.
    """

    def __init__(self, kind: str, known: Known | None) -> None:
        self._kind = kind
        self._known = known
        self._slugs: dict[str, str] = {}
        self._exact: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        self._bare: dict[str, set[str]] = {}
        self._unfolded: list[tuple[str, str]] = []

    def add(self, iri: str, slug: str, names: Iterable[str]) -> None:
        """Enter a thing (or more names of one)."""
        self._slugs.setdefault(slug, iri)
        for name in names:
            several = self._exact.setdefault(name, set())
            if iri not in several:
                several.add(iri)
                self._unfolded.append((iri, name))

    def thing(self, slug: str) -> str:
        """The thing with this slug, or empty."""
        found = self._slugs.get(slug, "")
        if not found and self._known is not None and (found := self._known.thing(self._kind, slug)):
            self._slugs[slug] = found
        return found

    def exact(self, name: str) -> Collection[str]:
        """Things that are called exactly so."""
        if self._known is not None:
            for called in self._known.called(self._kind):
                self.add(*called)
            self._known = None
        return self._exact.get(name, ())

    def names(self) -> Mapping[str, Collection[str]]:
        """All names, to the things that are called so."""
        self.exact("")
        return self._exact

    def folded(self, name: str) -> Collection[str]:
        """Things whose folded name is this."""
        self._fold()
        return self._folded.get(name, ())

    def bare(self, name: str) -> Collection[str]:
        """Things whose folded name without its legal form is this."""
        self._fold()
        return self._bare.get(name, ())

    def _fold(self) -> None:
        self.exact("")
        for iri, name in self._unfolded:
            if folded := reduce(name):
                self._folded.setdefault(folded, set()).add(iri)
                self._bare.setdefault(_parted(folded)[0], set()).add(iri)
        self._unfolded.clear()


class Names:
    """Slugs and names of things, by kind; ü and ue are one letter in a name.

    Args:
        known: the things that are there already.

    >>> names = Names()
    >>> names.add("x:optics", "topic", "optics", ["Optik", "Optics"])
    >>> names.look_up("OPTIK", ["topic"])
    (('x:optics',), 'label')
    >>> names.add("x:mueller", "organisation", "mueller", ["Müller AG"])
    >>> [names.look_up(word, ["organisation"])[0] for word in ("Mueller", "Müller GmbH")]
    [('x:mueller',), ()]
    """

    def __init__(self, known: Known | None = None) -> None:
        self._known = known
        self._kinds: dict[str, _KindNames] = {}

    def _of(self, kind: str) -> _KindNames:
        found = self._kinds.get(kind)
        if found is None:
            found = self._kinds[kind] = _KindNames(kind, self._known)
        return found

    def add(self, iri: str, kind: str, slug: str, names: Iterable[str]) -> None:
        """Enter a thing (or more names of one)."""
        self._of(kind).add(iri, slug, names)

    def thing(self, kind: str, slug: str) -> str:
        """The thing with this slug, or empty."""
        return self._of(kind).thing(slug)

    def known(self, kind: str) -> Iterable[Called]:
        """All things of a kind that were there before any was entered."""
        return self._known.called(kind) if self._known is not None else ()

    def namesakes(self, name: str, kind: str) -> Collection[str]:
        """Things of a kind that are called so, whatever their legal form."""
        return self._of(kind).bare(split_legal_form(name)[0])

    def all_names(self, kinds: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """(kind, name, thing) of everything of some kinds that is called something."""
        for kind in kinds:
            for name, things in self._of(kind).names().items():
                for thing in things:
                    yield kind, name, thing

    def kinds_of(self, text: str, kinds: Iterable[str]) -> frozenset[str]:
        """The kinds, of some, that have a thing which is called so.

        >>> names = Names()
        >>> names.add("x:optics", "topic", "optics", ["Optik", "Optics"])
        >>> sorted(names.kinds_of("optik", ["topic", "sector"]))
        ['topic']
        """
        folded = reduce(text)
        return frozenset(
            kind for kind in kinds if self._of(kind).exact(text) or self._of(kind).folded(folded)
        )

    def look_up(self, text: str, kinds: Iterable[str]) -> tuple[tuple[str, ...], str]:
        """The things that a word may mean, and what told so: ``slug`` or ``label``.

        A slug wins over a label as it is written, that over a folded one, and that over a
        name that differs only in having a legal form. A cluster and the organisation that
        keeps its office are often called the same: then the kind that is named first wins.
        """
        kinds = tuple(kinds)
        found, rule = self._look_up(text, kinds)
        if len(found) > 1 and frozenset(kinds) == _NAMESAKES:
            by_kind = (set(self._look_up(text, [kind])[0]) & set(found) for kind in kinds)
            found = next(tuple(sorted(several)) for several in by_kind if several)
        return found, rule

    def _look_up(self, text: str, kinds: Iterable[str]) -> tuple[tuple[str, ...], str]:
        several = [self._of(kind) for kind in kinds]
        if by_slug := {iri for one in several if (iri := one.thing(text))}:
            return tuple(sorted(by_slug)), "slug"
        found = {iri for one in several for iri in one.exact(text)}
        if not found:
            folded = reduce(text)
            found = {iri for one in several for iri in one.folded(folded)}
        if not found:
            bare, form = _parted(folded)
            # A word with a legal form never means a thing with another one.
            found = {
                iri for one in several for iri in (one.folded(bare) if form else one.bare(bare))
            }
        return tuple(sorted(found)), "label" if found else ""
