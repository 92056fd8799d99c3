"""Small worlds to recommend in: a view made of plain statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from graph import ANONYMOUS, Addresses, Statement, Thing, Viewer, readable
from ontology import CR, DCT, KINDS, RDF, SKOS

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
    """Statements, read through the face of a view and of the knowledge.

    Attributes:
        said: lines of subject, property and object that all may read.
        labels: names where they are not the slug; what is named is a thing.
        hidden: further lines for one account.
        texts: German descriptions; what is described is a thing.
        hidden_texts: further descriptions for one account.
    """

    said: Sequence[str]
    labels: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, Iterable[str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    hidden_texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    viewer: Viewer = ANONYMOUS
    generation: int = 1
    addresses: Addresses = ADDRESSES

    @property
    def audiences(self) -> tuple[str, ...]:
        return readable(self.viewer)

    def view(self, viewer: Viewer = ANONYMOUS) -> "World":
        said = [*self.said, *self.hidden.get(viewer.account or "", ())]
        texts = {**self.texts, **self.hidden_texts.get(viewer.account or "", {})}
        return World(said, self.labels, {}, texts, {}, viewer, self.generation)

    def things(self) -> set[str]:
        """What has a kind here: all that is mentioned and not called a stranger."""
        words = (word for line in self.said for word in line.split())
        said = {word for word in words if "/" in word and not word.endswith("/stranger")}
        return said | self.texts.keys()

    def statements(
        self, subject: str = "", predicate: str = "", *, inferred: bool = True
    ) -> Iterator[Statement]:
        for one in self.triples(inferred=inferred):
            assert isinstance(one.subject, NamedNode)
            assert isinstance(one.object, NamedNode | Literal)
            if subject in {"", one.subject.value} and one.predicate.value == predicate:
                yield Statement(one.subject.value, predicate, one.object)

    def triples(self, *, inferred: bool = True) -> Iterator[Triple]:  # noqa: ARG002
        for name in self.things():
            kind = KINDS[name.partition("/")[0]].iri
            yield Triple(NamedNode(iri(name)), NamedNode(prop("type")), NamedNode(kind))
        for name, text in self.texts.items():
            value = Literal(text, language="de")
            yield Triple(NamedNode(iri(name)), NamedNode(DCT + "description"), value)
        for line in self.said:
            subject, predicate, target = line.split()
            end = CR + target if predicate == "type" else iri(target)
            yield Triple(NamedNode(iri(subject)), NamedNode(prop(predicate)), NamedNode(end))

    def thing(self, address: str) -> Thing | None:
        found = self.addresses.parse(address)
        if found is None or (name := "/".join(found)) not in {*self.things(), *self.labels}:
            return None
        return Thing(address, *found, {"": self.labels.get(name, found[1].title())})

    def redirect(self, address: str) -> Thing | None:
        return None if address != iri("cluster/former") else self.thing(iri("cluster/optence"))

    def label(self, address: str, lang: str) -> str:
        return f"{address.rpartition('#')[2]} ({lang})"
