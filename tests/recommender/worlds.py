"""Small worlds to recommend in: a view made of plain statements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from graph import ANONYMOUS, Addresses, Thing, Viewer, readable
from ontology import CR, RDF, SKOS

ADDRESSES = Addresses()


def iri(name: str) -> str:
    """``cluster/optence`` as an IRI."""
    kind, _, slug = name.partition("/")
    return ADDRESSES.thing(kind, slug)


def prop(name: str) -> str:
    """``memberOf`` as an IRI."""
    if name == "type":
        return RDF + name
    return (SKOS if name in {"broader", "broadMatch", "related", "narrower"} else CR) + name


@dataclass
class World:
    """Statements for one audience, read through the face of a view and of the knowledge."""

    said: Iterable[str]
    labels: Mapping[str, str] = field(default_factory=dict)
    viewer: Viewer = ANONYMOUS
    generation: int = 1
    addresses: Addresses = ADDRESSES

    @property
    def audiences(self) -> tuple[str, ...]:
        return readable(self.viewer)

    def view(self, viewer: Viewer = ANONYMOUS) -> "World":
        return World(self.said, self.labels, viewer, self.generation)

    def triples(self, *, inferred: bool = True) -> Iterator[Triple]:  # noqa: ARG002
        for line in self.said:
            subject, predicate, target = line.split()
            end = CR + target if predicate == "type" else iri(target)
            yield Triple(NamedNode(iri(subject)), NamedNode(prop(predicate)), NamedNode(end))

    def thing(self, address: str) -> Thing | None:
        found = self.addresses.parse(address)
        if found is None or found[1] in {"unknown", "former"}:
            return None
        name = "/".join(found)
        return Thing(address, *found, {"": self.labels.get(name, found[1].title())})

    def redirect(self, address: str) -> Thing | None:
        return None if address != iri("cluster/former") else self.thing(iri("cluster/optence"))

    def label(self, address: str, lang: str) -> str:
        return f"{address.rpartition('#')[2]} ({lang})"
