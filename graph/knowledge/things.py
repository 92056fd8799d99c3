"""From the statements about a thing to what stands on its card: name, context, marks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.model import Thing
from graph.store import Store, object_of, subject_of
from ontology import CR, KINDS, RDF, RDFS, SKOS, term_label

TYPE: Final = NamedNode(RDF + "type")
_LABEL: Final = NamedNode(RDFS + "label")
_PREF_LABEL: Final = NamedNode(SKOS + "prefLabel")
_AS_OF: Final = NamedNode(CR + "asOf")
_INVENTED: Final = NamedNode(CR + "invented")
_STATUS: Final = NamedNode(CR + "status")
_LOCATED_IN: Final = NamedNode(CR + "locatedIn")
_PART_OF: Final = NamedNode(CR + "partOf")
_KEEPERS: Final = tuple(
    NamedNode(CR + name)
    for name in (
        "organisedBy",
        "listedBy",
        "providedBy",
        "coordinatedBy",
        "operatedBy",
        "worksFor",
        "belongsToProject",
        "figureOf",
        "fundedBy",
    )
)
"""Whose a thing is, the most telling property first: it is its context where it has no place."""

_CARD: Final = (TYPE, _LABEL, _PREF_LABEL, _AS_OF, _INVENTED, _STATUS, _LOCATED_IN, *_KEEPERS)
"""All that a card is made of."""

_SHORT: Final = 40
"""Letters that the names of two may have together."""

_GENERAL: Final = frozenset(kind.iri for kind in KINDS.values())
_TRUE: Final = frozenset({"true", "1"})

Values = Mapping[NamedNode, Sequence[NamedNode | Literal]]
"""What is said about one thing: property to values, of the widest audience first."""


class Cards:
    """Builds things from the asserted statements of a few graphs.

    Args:
        store: where they lie.
        graphs: reading graphs, of the widest audience first.
        addresses: of the data folder.
    """

    def __init__(self, store: Store, graphs: Sequence[str], addresses: Addresses) -> None:
        self._store = store
        self._graphs = [NamedNode(graph) for graph in graphs]
        self._addresses = addresses
        self._wider: dict[NamedNode, frozenset[NamedNode]] = {}

    def exists(self, iri: str) -> bool:
        """Whether an IRI is that of a thing here: some source says its kind."""
        kind = self._kind(iri)
        return kind is not None and any(
            Quad(NamedNode(iri), TYPE, NamedNode(KINDS[kind].iri), graph) in self._store
            for graph in self._graphs
        )

    def iris(self, kind: str) -> set[str]:
        """The IRIs of all things of a kind."""
        cls = NamedNode(KINDS[kind].iri)
        start = f"{self._addresses.base}id/{kind}/"
        return {
            iri
            for graph in self._graphs
            for quad in self._store.match(None, TYPE, cls, graph)
            if (iri := subject_of(quad).value).startswith(start)
        }

    def one(self, iri: str) -> Thing | None:
        """A thing, looked up alone."""
        if not self.exists(iri):
            return None
        values = self._values(iri, _CARD)
        neighbours = self._neighbours(values)
        return self._card(iri, values, {other: self._labels(other) for other in neighbours})

    def all_of(self, iris: Iterable[str]) -> list[Thing]:
        """Many things, read in a few streams; sorted by IRI."""
        wanted = set(iris)
        said: dict[str, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(dict)
        for predicate in _CARD:
            for graph in self._graphs:
                for quad in self._store.match(None, predicate, None, graph):
                    values = said[subject_of(quad).value].setdefault(predicate, [])
                    values.append(object_of(quad))
        labels = {iri: names_by_language(values_of_it) for iri, values_of_it in said.items()}
        return [self._card(iri, said[iri], labels) for iri in sorted(wanted) if iri in said]

    def _kind(self, iri: str) -> str | None:
        """The kind in a thing's IRI, which may come from anywhere; None if it is none of ours."""
        found = self._addresses.parse(iri)
        if found is None or found[0] not in KINDS or self._addresses.thing(*found) != iri:
            return None
        return found[0]

    def _values(self, iri: str, predicates: Iterable[NamedNode]) -> Values:
        subject = NamedNode(iri)
        return {
            predicate: [
                object_of(quad)
                for graph in self._graphs
                for quad in self._store.match(subject, predicate, None, graph)
            ]
            for predicate in predicates
        }

    def _labels(self, iri: str) -> dict[str, str]:
        return names_by_language(self._values(iri, (_LABEL, _PREF_LABEL)))

    def _neighbours(self, values: Values) -> set[str]:
        return {
            value.value
            for predicate in (_LOCATED_IN, *_KEEPERS)
            for value in values.get(predicate, ())
            if isinstance(value, NamedNode)
        }

    def _card(self, iri: str, values: Values, labels: Mapping[str, Mapping[str, str]]) -> Thing:
        kind, slug = self._addresses.parse(iri) or ("", "")
        own = labels[iri] if iri in labels else names_by_language(values)
        statuses = {value.value for value in values.get(_STATUS, ())}
        return Thing(
            iri=iri,
            kind=kind,
            slug=slug,
            labels=own,
            contexts={lang: self._context(kind, values, labels, lang) for lang in ("de", "en")},
            as_of=min((value.value for value in values.get(_AS_OF, ())), default=""),
            invented=any(value.value in _TRUE for value in values.get(_INVENTED, ())),
            historical="historical" in statuses and "open" not in statuses,
        )

    def _context(
        self, kind: str, values: Values, labels: Mapping[str, Mapping[str, str]], lang: str
    ) -> str:
        """What it is, and where or whose: "Company · Hesse"."""
        where = self._narrowest(values.get(_LOCATED_IN, ()))
        second = next(
            (
                name
                for several in (where, *(values[one] for one in _KEEPERS if one in values))
                if (name := _named(several, labels, lang))
            ),
            "",
        )
        return " · ".join(part for part in (_class_label(kind, values, lang), second) if part)

    def _narrowest(self, places: Sequence[NamedNode | Literal]) -> list[NamedNode | Literal]:
        """The places that none of the others lies in."""
        if len(places) < 2:
            return list(places)
        wider = {above for place in places for above in self._above(place)}
        return [place for place in places if place not in wider] or list(places)

    def _above(self, place: NamedNode | Literal) -> frozenset[NamedNode]:
        """The places that a place lies in."""
        if isinstance(place, Literal):
            return frozenset()
        found = self._wider.get(place)
        if found is None:
            above: set[NamedNode] = set()
            waiting = [place]
            while waiting:
                new = self._part_of(waiting.pop()) - above
                above |= new
                waiting += new
            found = self._wider[place] = frozenset(above - {place})
        return found

    def _part_of(self, place: NamedNode) -> set[NamedNode]:
        return {
            whole
            for graph in self._graphs
            for quad in self._store.match(place, _PART_OF, None, graph)
            if isinstance(whole := object_of(quad), NamedNode)
        }


def names_by_language(values: Values) -> dict[str, str]:
    """One name for each language: the preferred label of a concept, else the label."""
    found: dict[str, str] = {}
    for predicate in (_PREF_LABEL, _LABEL):
        own: dict[str, str] = {}
        for value in values.get(predicate, ()):
            if isinstance(value, Literal):
                tag = (value.language or "").partition("-")[0]
                own[tag] = min(own.get(tag, value.value), value.value)
        found = own | found
    return found


def _class_label(kind: str, values: Values, lang: str) -> str:
    """The name of its special class, else of its kind."""
    special = sorted(
        label
        for value in values.get(TYPE, ())
        if value.value.startswith(CR) and value.value not in _GENERAL
        if (label := term_label(value.value, lang))
    )
    label = special[0] if special else term_label(KINDS[kind].iri, lang)
    return label[:1].upper() + label[1:]


def _named(
    several: Sequence[NamedNode | Literal], labels: Mapping[str, Mapping[str, str]], lang: str
) -> str:
    """The names of two if they are short, else the first of several and how many more there are."""
    names = sorted(set(_labels_of(several, labels, lang)))
    both = ", ".join(names)
    if len(names) < 2 or (len(names) == 2 and len(both) <= _SHORT):
        return both
    return f"{names[0]} +{len(names) - 1}"


def _labels_of(
    values: Sequence[NamedNode | Literal], labels: Mapping[str, Mapping[str, str]], lang: str
) -> Iterator[str]:
    for value in values:
        own = labels.get(value.value, {})
        name = own.get(lang) or own.get("") or own.get("en") or own.get("de")
        if name:
            yield name
