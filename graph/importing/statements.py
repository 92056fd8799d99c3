"""What records and places say, as quads in the graph of their source."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.audience import PUBLIC
from graph.importing.cells import Reference
from graph.importing.mapping import LOCATED_IN
from graph.importing.places import PLACE_KEY, Place
from graph.importing.records import Record
from ontology import CR, KINDS, RDF, RDFS, SKOS, checks, code_class

_TYPE: Final = NamedNode(RDF + "type")
_LABEL: Final = NamedNode(RDFS + "label")
_IN_SCHEME: Final = NamedNode(SKOS + "inScheme")
PART_OF: Final = NamedNode(CR + "partOf")
ACTIVE_IN: Final = CR + "activeIn"
IN_SECTOR: Final = CR + "inSector"
BROADER: Final = SKOS + "broader"

SCHEMES: Final = {
    "competence": "https://w3id.org/clusterradar/scheme/competences",
    "sector": "https://w3id.org/clusterradar/scheme/sectors",
    "topic": "https://w3id.org/clusterradar/scheme/topics",
}
"""The concept scheme of each kind of concept."""

Resolve = Callable[[Reference], str]
"""The IRI of the thing that a word means, or empty."""


def predicate_for(path: str, kind: str, meant: str) -> str:
    """The property that a reference is said with, which may depend on what it means.

    Args:
        path: the property of the column.
        kind: kind of the row.
        meant: kind of the thing that the word means; empty while nobody knows.

    >>> predicate_for(SKOS + "broader", "topic", "sector").rpartition("#")[2]
    'broadMatch'
    """
    if path == ACTIVE_IN and kind == "cluster" and meant == "competence":
        return CR + "hasCompetence"
    if path == IN_SECTOR and meant and meant != "sector":
        return CR + "about"
    if path == BROADER and meant and meant != kind:
        return SKOS + "broadMatch"
    return path


@cache
def link_properties() -> tuple[str, ...]:
    """All properties that words are said with."""
    by_shape = {one.path for kind in KINDS for one in checks(kind).properties if one.kinds}
    by_meaning = {CR + "hasCompetence", CR + "about", SKOS + "broadMatch"}
    return tuple(sorted(by_shape | by_meaning))


@dataclass(frozen=True)
class Speaker:
    """Says statements in the name of one source.

    Attributes:
        addresses: of the data folder.
        source: the name of the source.
        constants: property to value, said of every row that does not say it itself.
        audience: who may read it.
    """

    addresses: Addresses
    source: str
    constants: Mapping[str, Literal]
    audience: str = PUBLIC

    _terms: dict[Reference, NamedNode] = field(default_factory=dict, compare=False, repr=False)

    def row(self, key: str) -> NamedNode:
        """The node of a row."""
        return NamedNode(self.addresses.row(self.source, key))

    def term(self, reference: Reference) -> NamedNode:
        """The node of a word; lists use the same words again and again."""
        known = self._terms.get(reference)
        if known is None:
            kinds = "+".join(reference.kinds)
            known = NamedNode(self.addresses.term(self.source, kinds, reference.text))
            self._terms[reference] = known
        return known

    def record(self, record: Record, places: Iterable[Place], resolve: Resolve) -> frozenset[Quad]:
        """Everything that a row says."""
        graph = NamedNode(self.addresses.source_graph(self.source, self.audience))
        row = self.row(record.key)
        said = list(self._said(record, resolve))
        said += [(LOCATED_IN, self.row(PLACE_KEY + place.slug)) for place in places]
        given = {path for path, _ in said}
        said += [(path, value) for path, value in self.constants.items() if path not in given]
        quads = {Quad(row, NamedNode(path), value, graph) for path, value in said}
        quads |= {Quad(row, _TYPE, NamedNode(one), graph) for one in _classes(record)}
        if scheme := SCHEMES.get(record.kind):
            quads.add(Quad(row, _IN_SCHEME, NamedNode(scheme), graph))
        return frozenset(quads)

    def _said(self, record: Record, resolve: Resolve) -> Iterator[tuple[str, NamedNode | Literal]]:
        for path, value in record.said:
            if isinstance(value, Reference):
                thing = self.addresses.parse(resolve(value))
                yield predicate_for(path, record.kind, thing[0] if thing else ""), self.term(value)
            else:
                yield path, value

    def place(self, place: Place, parents: Iterable[Place]) -> frozenset[Quad]:
        """What the auxiliary row of a place says."""
        graph = NamedNode(self.addresses.source_graph(self.source, self.audience))
        row = self.row(PLACE_KEY + place.slug)
        quads = {Quad(row, _TYPE, NamedNode(KINDS["place"].iri), graph)}
        for lang, name in place.labels.items():
            label = Literal(name, language=lang) if lang else Literal(name)
            quads.add(Quad(row, _LABEL, label, graph))
        for parent in parents:
            quads.add(Quad(row, PART_OF, self.row(PLACE_KEY + parent.slug), graph))
        return frozenset(quads)


def _classes(record: Record) -> Iterator[str]:
    yield KINDS[record.kind].iri
    for code in record.codes:
        if chosen := code_class(RDF + "type", code):
            yield chosen
    if any(path == CR + "unitOf" for path, _ in record.said):
        yield CR + "Unit"
