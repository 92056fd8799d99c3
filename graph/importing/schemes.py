"""Topic schemes out of a column: its words become concepts that the rows are linked with.

A concept is an auxiliary row of the same source, as places are: its key begins with ``concept:``.
A word that names exactly one concept already is not made anew: that concept lies in the new
scheme too. Where two columns become one scheme and each word of the one always stands beside
the same word of the other, it lies below that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph import decisions
from graph.addresses import Addresses
from graph.audience import PUBLIC
from graph.folding import reduce
from graph.importing.columns import Column
from graph.importing.columns import Mapping as Columns
from graph.importing.earlier import Earlier
from graph.importing.naming import Names, distinct_slug, key_of, slug_of
from graph.importing.places import CONCEPT_KEY
from graph.importing.reading import Table
from graph.importing.separators import Splitter
from graph.importing.statements import Speaker
from graph.knowledge import Knowledge
from graph.store import object_of, subject_of
from ontology import CR, KINDS, RDF, SKOS

CONCEPT_KINDS: Final = ("topic", "competence", "sector")
_TYPE: Final = NamedNode(RDF + "type")
_TOPIC: Final = NamedNode(KINDS["topic"].iri)
_LABEL: Final = NamedNode(SKOS + "prefLabel")
_CONCEPT_TYPE: Final = NamedNode(CR + "conceptType")
_IN_SCHEME: Final = NamedNode(SKOS + "inScheme")
_BROADER: Final = NamedNode(SKOS + "broader")
_CONCEPT_SCHEME: Final = NamedNode(SKOS + "ConceptScheme")
_ALWAYS: Final = 0.95
"""How often a word must stand beside the same word to lie below it."""


@dataclass(frozen=True)
class Concept:
    """A word of a column that becomes a topic scheme.

    Attributes:
        key: key of its auxiliary row.
        spellings: how it is written, the commonest first.
        lang: language of the column.
        schemes: names of the schemes it lies in, sorted.
        above: key of the concept that it lies below; empty: none.
    """

    key: str
    spellings: tuple[str, ...]
    lang: str
    schemes: tuple[str, ...]
    above: str = ""


def concept_key(word: str) -> str:
    """The key of a word's auxiliary row.

    >>> concept_key("Größen & Maße")
    'concept:groessen-masse'
    """
    return CONCEPT_KEY + key_of(word)


def concepts_of(mapping: Columns, table: Table, refused: Iterable[int]) -> list[Concept]:
    """The concepts that the columns of a list become, sorted by key.

    Args:
        mapping: what its columns mean.
        table: the list.
        refused: numbers of rows that are not taken over.
    """
    columns = [column for column in mapping.columns if column.scheme]
    if not columns:
        return []
    left_out = set(refused)
    rows = [row.cells for row in table.rows if row.number not in left_out]
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    schemes: defaultdict[str, set[str]] = defaultdict(set)
    langs: dict[str, str] = {}
    for column in columns:
        for word in (word for cells in rows for word in _parts(column, cells)):
            if reduce(word):
                key = concept_key(word)
                spellings[key][word] += 1
                schemes[key].add(column.scheme)
                langs.setdefault(key, column.lang)
    above = _hierarchy(columns, rows)
    return [
        Concept(
            key,
            tuple(word for word, _ in spellings[key].most_common()),
            langs[key],
            tuple(sorted(schemes[key])),
            above.get(key, ""),
        )
        for key in sorted(spellings)
    ]


def _parts(column: Column, cells: tuple[str, ...]) -> list[str]:
    """The words of a cell, as often as they stand there."""
    split = column.split if isinstance(column.split, Splitter) else Splitter()
    return split.parts(cells[column.position])


def _hierarchy(columns: list[Column], rows: list[tuple[str, ...]]) -> dict[str, str]:
    """Key of each word to that of the word above it, where two columns say so."""
    for upper in columns:
        for lower in columns:
            if upper is not lower and upper.scheme == lower.scheme:
                above = _below(upper, lower, rows)
                if above:
                    return above
    return {}


def _below(upper: Column, lower: Column, rows: list[tuple[str, ...]]) -> dict[str, str]:
    """Key of each word of one column to that of the word of the other that it stands beside."""
    beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for cells in rows:
        tops, words = _parts(upper, cells), _parts(lower, cells)
        if len(tops) != len(words):
            return {}
        for top, word in zip(tops, words, strict=True):
            if reduce(top) and reduce(word):
                beside[concept_key(word)][concept_key(top)] += 1
    commonest = {word: tops.most_common(1)[0] for word, tops in beside.items()}
    always = sum(count for _, count in commonest.values())
    pairs = sum(sum(tops.values()) for tops in beside.values())
    above = {word: top for word, (top, _) in commonest.items() if top != word}
    # As many words above as below sort nothing, and what is above may not lie below as well.
    fewer = 2 * len(set(above.values())) <= len(above)
    is_tree = not set(above) & set(above.values())
    return above if pairs and fewer and is_tree and always >= _ALWAYS * pairs else {}


@dataclass(frozen=True)
class Schemed:
    """What a list says of the concepts of its schemes.

    Attributes:
        said: key of each auxiliary row to what it says.
        decided: quads of new decisions: which concept each row is.
        scheme_quads: what the source says of the schemes themselves.
    """

    said: Mapping[str, frozenset[Quad]]
    decided: frozenset[Quad]
    scheme_quads: frozenset[Quad]


class SchemeMaker:
    """Finds or makes the concepts of a list's schemes.

    Args:
        names: the index of things; new concepts are entered.
        earlier: what the rows of the last time said and were decided to be.
        speaker: of the source that is imported.
        time: when the decisions are made.
    """

    def __init__(self, names: Names, earlier: Earlier, speaker: Speaker, time: datetime) -> None:
        self._names = names
        self._earlier = earlier
        self._speaker = speaker
        self._time = time
        self._graph = NamedNode(speaker.addresses.source_graph(speaker.source, speaker.audience))

    def make(self, concepts: Iterable[Concept]) -> Schemed:
        """Say what each concept is."""
        found: dict[str, tuple[Concept, bool]] = {}
        decided: set[Quad] = set()
        for concept in concepts:
            thing, rule, is_own = self._thing(concept)
            if not thing:
                continue
            found[concept.key] = concept, is_own
            if rule:
                row = self._speaker.row(concept.key).value
                decided |= decisions.row_is(
                    self._speaker.addresses,
                    row,
                    thing,
                    f"rule:{rule}",
                    self._time,
                    self._speaker.audience,
                )
            parsed = self._speaker.addresses.parse(thing)
            if is_own and parsed:
                self._names.add(thing, parsed[0], parsed[1], concept.spellings)
        own = {key for key, (_, is_own) in found.items() if is_own}
        said = {key: frozenset(self._said(concept, own)) for key, (concept, _) in found.items()}
        schemes = {name: concept.lang for concept, _ in found.values() for name in concept.schemes}
        return Schemed(said, frozenset(decided), frozenset(self._schemes(schemes)))

    def _thing(self, concept: Concept) -> tuple[str, str, bool]:
        """(thing, rule of a new decision, whether this list alone says what it is)."""
        addresses = self._speaker.addresses
        thing = self._earlier.thing(concept.key)
        if parsed := addresses.parse(thing):
            says_so = any(quad.predicate == _TYPE for quad in self._earlier.row(concept.key))
            return thing, "", says_so or not self._names.thing(*parsed)
        meant, _ = self._names.look_up(concept.spellings[0], CONCEPT_KINDS)
        if len(meant) == 1:
            return meant[0], "label", False
        if meant:
            return "", "", False
        slug = slug_of(concept.spellings[0])
        closed = self._speaker.audience != PUBLIC
        if not slug or closed or self._names.thing("topic", slug):
            slug = distinct_slug(slug, f"{self._speaker.source}/{concept.key}")
        return addresses.thing("topic", slug), "new", True

    def _said(self, concept: Concept, own: set[str]) -> Iterator[Quad]:
        row = self._speaker.row(concept.key)
        for name in concept.schemes:
            yield Quad(row, _IN_SCHEME, self._scheme(name), self._graph)
        if concept.key not in own:
            return
        label = Literal(self._label(concept), language=concept.lang or "en")
        yield Quad(row, _TYPE, _TOPIC, self._graph)
        yield Quad(row, _LABEL, label, self._graph)
        yield Quad(row, _CONCEPT_TYPE, Literal("cross_topic"), self._graph)
        if concept.above in own:
            yield Quad(row, _BROADER, self._speaker.row(concept.above), self._graph)

    def _label(self, concept: Concept) -> str:
        """The commonest spelling, or the one of the last time while somebody writes it."""
        before = {
            object_of(quad).value
            for quad in self._earlier.row(concept.key)
            if quad.predicate == _LABEL
        }
        return next((one for one in concept.spellings if one in before), concept.spellings[0])

    def _scheme(self, name: str) -> NamedNode:
        addresses = self._speaker.addresses
        return NamedNode(addresses.scheme(self._speaker.source, key_of(name)))

    def _schemes(self, names: Mapping[str, str]) -> Iterator[Quad]:
        for name, lang in names.items():
            scheme = self._scheme(name)
            yield Quad(scheme, _TYPE, _CONCEPT_SCHEME, self._graph)
            yield Quad(scheme, _LABEL, Literal(name, language=lang or "en"), self._graph)


def schemes_there(knowledge: Knowledge, source: str, audiences: Iterable[str]) -> Iterator[Quad]:
    """What a source says now of its topic schemes, to some audiences."""
    addresses: Addresses = knowledge.addresses
    for audience in audiences:
        graph = NamedNode(addresses.source_graph(source, audience))
        for quad in knowledge.store.match(None, _TYPE, _CONCEPT_SCHEME, graph):
            if addresses.parse_scheme(subject_of(quad).value):
                yield from knowledge.store.match(subject_of(quad), None, None, graph)
