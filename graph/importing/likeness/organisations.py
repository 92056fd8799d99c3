"""Whether two organisations are one: evidence for and against, each in words.

A different legal form, web domain or number of a register forbids to join two without a person;
so does another town, unless a number or the domain is the same.
"""

import math
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from graph.folding import STOP_WORDS, reduce
from graph.importing.likeness.facts import Facts
from graph.importing.likeness.pairs import Evidence
from graph.importing.naming import split_legal_form
from ontology import Bilingual

_BEFORE: Final = -3.0
_HARDLY: Final = 0.3
"""Names that share fewer trigrams are not compared letter by letter, which costs a hundred times
as much."""
_SHORT_NAME: Final = 8
"""Of names with fewer trigrams one slip changes most of them: "Alpha", "Alfa"."""
_WORDS: Final = {
    "name": Bilingual("name", "Name"),
    "form": Bilingual("legal form", "Rechtsform"),
    "domain": Bilingual("web domain", "Webdomain"),
    "town": Bilingual("town", "Ort"),
    "vat": Bilingual("VAT number", "USt-IdNr."),
    "ror": Bilingual("ROR id", "ROR-ID"),
    "register": Bilingual("register number", "Registernummer"),
}
_SHORT: Final = {
    "inst": "institut",
    "ges": "gesellschaft",
    "univ": "universitat",
    "uni": "universitat",
    "hochsch": "hochschule",
    "fhg": "fraunhofer",
    "tech": "technische",
    "dt": "deutsche",
    "zentr": "zentrum",
    "verb": "verband",
    "intl": "international",
}
"""Words as they are commonly cut short, folded."""


@lru_cache(maxsize=100_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without legal form and common words, short ones written out.

    >>> words_of("Inst. f. Optik") == words_of("Institut für Optik")
    True
    """
    words = split_legal_form(name)[0].split()
    long = (_SHORT.get(word, word) for word in words)
    return tuple(word for word in long if word not in STOP_WORDS and word != "f")


@lru_cache(maxsize=100_000)
def grams_of(name: str) -> frozenset[str]:
    """The trigrams of the words of a name.

    >>> sorted(grams_of("Optik AG"))
    ['opt', 'pti', 'tik']
    """
    text = " ".join(words_of(name))
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


def initials(name: str) -> str:
    """The first letters of the words of a name.

    >>> initials("Institut für Lasertechnik")
    'il'
    """
    return "".join(word[0] for word in words_of(name))


def name_likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1, whatever the order of their words.

    >>> name_likeness("Müller Optik GmbH", "Optik Mueller")
    1.0
    >>> name_likeness("Optik Müler", "Optik Müller") > 0.9
    True
    >>> name_likeness("VDI", "Verein Deutscher Ingenieure")
    0.85
    """
    ours, theirs = words_of(one), words_of(other)
    if not ours or not theirs:
        return float(reduce(one) == reduce(other))
    if sorted(ours) == sorted(theirs) or "".join(ours) == "".join(theirs):
        return 1.0
    for words, name in ((ours, other), (theirs, one)):
        if len(words) == 1 and len(words[0]) > 2 and words[0] == initials(name):
            return 0.85
    grams, others = grams_of(one), grams_of(other)
    shared = 2 * len(grams & others) / max(len(grams) + len(others), 1)
    if shared < _HARDLY and max(len(grams), len(others)) > _SHORT_NAME:
        return shared
    return max(
        SequenceMatcher(None, " ".join(a), " ".join(b), autojunk=False).ratio()
        for a, b in ((ours, theirs), (sorted(ours), sorted(theirs)))
    )


def compare(one: Facts, other: Facts) -> tuple[Evidence, ...]:
    """What speaks for and against two being one, the strongest first."""
    found = [*_names(one.names, other.names)]
    found += _sets("form", one.forms, other.forms, 0.5, -1.5, veto=True)
    found += _sets("domain", one.domains, other.domains, 4.0, -1.5, veto=True)
    for kind in one.numbers:
        ours, theirs = one.numbers[kind], other.numbers.get(kind, frozenset())
        if kind == "register":
            found += _registers(ours, theirs)
        else:
            found += _sets(kind, ours, theirs, 8.0, -8.0, veto=True)
    sure = any(said.weight >= 4.0 and said.kind != "name" for said in found)
    found += _sets("town", one.towns, other.towns, 1.5, -2.0, veto=not sure)
    return tuple(sorted(found, key=lambda said: -abs(said.weight)))


def score(evidence: Iterable[Evidence]) -> float:
    """How sure it is that two are one, 0 to 1."""
    odds = _BEFORE + sum(said.weight for said in evidence)
    return 1.0 / (1.0 + math.exp(-odds))


def _names(ours: Iterable[str], theirs: Iterable[str]) -> Iterator[Evidence]:
    theirs = list(theirs)
    best = max(((name_likeness(a, b), a, b) for a in ours for b in theirs), default=(0.0, "", ""))
    likeness, one, other = best
    weight = 5.0 if likeness == 1.0 else 12.0 * (likeness - 0.7) if likeness > 0.5 else -4.0
    yield _said("name", one, other, min(weight, 5.0), same=likeness == 1.0)


def _registers(ours: frozenset[str], theirs: frozenset[str]) -> Iterator[Evidence]:
    """A number is one of a court; where one side does not name it, the number alone says less."""
    if not ours or not theirs:
        return
    for one in ours:
        for other in theirs:
            if one == other and len(one.split()) > 2:
                yield _said("register", one, other, 8.0, same=True)
                return
            if one.split()[:2] == other.split()[:2] and 2 in (len(one.split()), len(other.split())):
                yield _said("register", one, other, 3.0, same=one == other)
                return
    yield _said("register", min(ours), min(theirs), -8.0, veto=True)


def _sets(
    kind: str,
    ours: frozenset[str],
    theirs: frozenset[str],
    same: float,
    apart: float,
    *,
    veto: bool,
) -> Iterator[Evidence]:
    if ours & theirs:
        value = min(ours & theirs)
        yield _said(kind, value, value, same, same=True)
    elif ours and theirs:
        yield _said(kind, min(ours), min(theirs), apart, veto=veto)


def _said(
    kind: str, one: str, other: str, weight: float, *, same: bool = False, veto: bool = False
) -> Evidence:
    label = _WORDS[kind]
    if one == other:
        text = Bilingual(f"same {label.en}: {one}", f"gleich: {label.de} {one}")
    elif same or weight > 0:
        text = Bilingual(
            f"much alike, {label.en}: {one} – {other}", f"sehr ähnlich, {label.de}: {one} – {other}"
        )
    else:
        text = Bilingual(
            f"different {label.en}: {one} – {other}", f"verschieden, {label.de}: {one} – {other}"
        )
    return Evidence(kind, text, round(weight, 2), veto)
