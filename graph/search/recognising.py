"""What a paragraph speaks of: the subjects and places whose names stand in it.

Names and text are folded alike (:mod:`graph.folding`), and compounds taken apart at the words of
the names themselves, so "Lasermedizin" names "Laser in der Medizin". All words of a name have to
stand close to each other. Nothing of the text is kept.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from pyoxigraph import Literal

from graph.audience import ANONYMOUS, Viewer
from graph.folding import STOP_WORDS, Vocabulary, stem, words
from graph.knowledge import Knowledge, View
from graph.model import Thing
from ontology import RDFS, SKOS

KINDS_NAMED: Final = ("competence", "topic", "sector", "place")
"""What is recognised; of equal weight the kinds in this order."""
LONGEST_TEXT: Final = 20_000
"""Characters of a text that are read."""

_NAMES: Final = (SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label")
_SLACK: Final = 4
"""Other words that may stand between those of a name."""
_ACRONYM: Final = 4
"""Letters up to which a name in capitals has to stand in capitals."""
_KEPT: Final = 8


@dataclass(frozen=True)
class Recognised:
    """A thing that a text names.

    Attributes:
        thing: what is named.
        name: its name that stands in the text.
        count: how many of its words stand there.
    """

    thing: Thing
    name: str
    count: int


@dataclass(frozen=True)
class _Name:
    iri: str
    text: str
    lang: str
    terms: frozenset[str]


class Recogniser:
    """Finds what texts name, for each viewer among what they may read.

    Args:
        knowledge: what may be named.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._known: OrderedDict[tuple[int, tuple[str, ...]], _Names] = OrderedDict()
        self._lock = Lock()

    def find(
        self, text: str, *, viewer: Viewer = ANONYMOUS, limit: int = 12
    ) -> tuple[Recognised, ...]:
        """What a text names: names of more words first, then what is named more often.

        Args:
            text: in German or English, or both; read up to :data:`LONGEST_TEXT` characters.
            viewer: who asks.
            limit: how many things at most.
        """
        view = self._knowledge.view(viewer)
        return self._names(view).in_text(text[:LONGEST_TEXT], view)[:limit]

    def _names(self, view: View) -> "_Names":
        key = (view.generation, view.audiences)
        with self._lock:
            found = self._known.get(key)
        if found is None:
            found = _Names(view)
        with self._lock:
            self._known[key] = found
            self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found


class _Names:
    """All names that a viewer may read, by one of their terms."""

    def __init__(self, view: View) -> None:
        written = sorted(_written(view), key=lambda one: (one[0], one[1], one[2]))
        self._vocabulary = Vocabulary(text for _, text, _ in written)
        self._by_term: defaultdict[tuple[str, str], list[_Name]] = defaultdict(list)
        for iri, text, lang in written:
            for tongue in (lang,) if lang in ("de", "en") else ("de", "en"):
                found = frozenset(self._terms(text, tongue))
                if found:
                    name = _Name(iri, text, tongue, found)
                    self._by_term[tongue, min(found)].append(name)

    def _terms(self, text: str, lang: str) -> Iterator[str]:
        for word in words(text):
            if word not in STOP_WORDS:
                yield from self._vocabulary.split(word) or (stem(word, lang),)

    def in_text(self, text: str, view: View) -> tuple[Recognised, ...]:
        """What a text names, best first."""
        found: dict[str, Recognised] = {}
        for lang in ("de", "en"):
            places = self._places(text, lang)
            for term in places:
                for name in self._by_term.get((lang, term), ()):
                    self._note(name, places, text, view, found)
        order = {kind: place for place, kind in enumerate(KINDS_NAMED)}
        return tuple(
            sorted(found.values(), key=lambda r: (-r.count, order[r.thing.kind], r.thing.iri))
        )

    def _places(self, text: str, lang: str) -> Mapping[str, Sequence[int]]:
        """Where each term stands, in words from the beginning."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words(text)):
            if word not in STOP_WORDS:
                for term in {stem(word, lang), *self._vocabulary.parts(word)}:
                    places[term].append(place)
                for term in self._vocabulary.split(word):
                    places[term].append(place)
        return places

    @staticmethod
    def _note(
        name: _Name,
        places: Mapping[str, Sequence[int]],
        text: str,
        view: View,
        found: dict[str, Recognised],
    ) -> None:
        if not name.terms <= places.keys() or not _close(name.terms, places):
            return
        if len(name.text) <= _ACRONYM and name.text.isupper() and name.text not in text:
            return
        known = found.get(name.iri)
        if known is not None and known.count >= len(name.terms):
            return
        thing = view.thing(name.iri)
        if thing is not None:
            found[name.iri] = Recognised(thing, name.text, len(name.terms))


def _close(terms: frozenset[str], places: Mapping[str, Sequence[int]]) -> bool:
    """Whether all terms stand close to each other somewhere."""
    if len(terms) == 1:
        return True
    rarest = min(terms, key=lambda term: (len(places[term]), term))
    reach = len(terms) + _SLACK
    return any(
        all(any(abs(there - here) < reach for there in places[term]) for term in terms)
        for here in places[rarest]
    )


def _written(view: View) -> Iterator[tuple[str, str, str]]:
    """(thing, name, language) of everything that can be recognised."""
    wanted = {thing.iri for kind in KINDS_NAMED for thing in view.things(kind)}
    for predicate in _NAMES:
        for said in view.statements(predicate=predicate, inferred=False):
            if said.subject in wanted and isinstance(said.object, Literal):
                yield said.subject, said.object.value, (said.object.language or "")[:2]
