"""What one viewer may read."""

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from graph.addresses import Addresses
from graph.audience import Viewer
from graph.knowledge.origins import origins
from graph.knowledge.reading import on_demand
from graph.knowledge.resolving import context
from graph.knowledge.things import Cards
from graph.model import Origin, Statement, Term, Thing
from graph.store import Answer, Store, object_of, quad_in, subject_of
from ontology import KINDS, term_label

_MOST: Final = 50_000
"""Things that one reading remembers; then it forgets all and begins anew."""


Layer = tuple[NamedNode, list[NamedNode], bool]
"""A graph, the graphs before it that may hold the same statement, whether it is inferred."""


def _layers(
    graphs: Mapping[str, str], before: Mapping[str, str], held: Container[str], *, follows: bool
) -> list[Layer]:
    """The graphs that hold something, in order.

    What follows for an audience is never said or concluded in its context: only statements
    of other audiences need comparing with it.
    """
    found: list[Layer] = []
    for audience, graph in graphs.items():
        own = context(audience) if follows else ()
        wider = list(graphs)[: list(graphs).index(audience)]
        earlier = [before[one] for one in before if one not in own]
        earlier += [graphs[one] for one in wider if one not in own]
        if graph in held:
            nodes = [NamedNode(other) for other in earlier if other in held]
            found.append((NamedNode(graph), nodes, follows))
    return found


class Seen:
    """What some audiences may read together, with what was already read of it.

    Viewers with the same audiences share it; it holds for one generation.

    Args:
        store: where the graphs lie.
        addresses: of the data folder.
        audiences: whose statements count, widest first.
        generation: of the store.
    """

    def __init__(
        self, store: Store, addresses: Addresses, audiences: Sequence[str], generation: int
    ) -> None:
        self.store = store
        self.addresses = addresses
        self.generation = generation
        held = set(store.graphs())
        self.audiences = tuple(audiences)
        asserted = {one: addresses.read_graph(one) for one in audiences}
        inferred = {one: addresses.inferred_graph(one) for one in audiences}
        self.asserted = tuple(graph for graph in asserted.values() if graph in held)
        self.inferred = tuple(graph for graph in inferred.values() if graph in held)
        self.layers = [
            *_layers(asserted, {}, held, follows=False),
            *_layers(inferred, asserted, held, follows=True),
        ]
        self.cards = Cards(store, self.asserted, addresses)
        self._lock = Lock()
        self._things: dict[str, Thing | None] = {}
        self._kinds: dict[str, tuple[Thing, ...]] = {}
        self._counts: dict[str, int] = {}

    def thing(self, iri: str) -> Thing | None:
        """A thing, remembered."""
        # Looked up once: another thread may make all be forgotten at any moment.
        with suppress(KeyError):
            return self._things[iri]
        found = self.cards.one(iri)
        with self._lock:
            if len(self._things) >= _MOST:
                self._things.clear()
            self._things[iri] = found
        return found

    def things(self, kind: str) -> tuple[Thing, ...]:
        """All things of a kind, or of every kind; sorted by IRI, remembered."""
        if not self._kinds:
            iris = {iri for name in KINDS for iri in self.cards.iris(name)}
            found = self.cards.all_of(iris)
            kinds: dict[str, list[Thing]] = {"": found}
            for thing in found:
                kinds.setdefault(thing.kind, []).append(thing)
            with self._lock:
                self._kinds = {name: tuple(several) for name, several in kinds.items()}
                if len(found) <= _MOST:
                    self._things.update((thing.iri, thing) for thing in found)
        return self._kinds.get(kind, ())

    def count(self, kind: str) -> int:
        """How many things of a kind there are, without reading them."""
        if kind not in self._counts:
            self._counts[kind] = len(self.cards.iris(kind))
        return self._counts[kind]


class View:
    """What one viewer may read, at one generation.

    Each call sees one moment of the store; only a commit of more than some 20,000 quads is
    carried out in steps that can be seen. A view that is kept while others commit reads the
    new statements from the next call on, while its things and labels stay as they were: take
    a new view for each request.

    Args:
        viewer: who asks.
        seen: what the viewer's audiences may read.
    """

    def __init__(self, viewer: Viewer, seen: Seen) -> None:
        self.viewer = viewer
        self._seen = seen
        self._store = seen.store
        self.addresses = seen.addresses
        self.generation = seen.generation
        self.audiences = seen.audiences
        self.graphs = (*seen.asserted, *seen.inferred)

    def find(self, kind: str, slug: str) -> Thing | None:
        """The thing at an address; None where there is none for this viewer."""
        return self.thing(self.addresses.thing(kind, slug))

    def thing(self, iri: str) -> Thing | None:
        """The thing with an IRI; None where there is none for this viewer."""
        return self._seen.thing(iri)

    def redirect(self, iri: str) -> Thing | None:
        """What a merged thing became, where this viewer may know of it."""
        found = self.addresses.parse(iri)
        if found is None or found[0] not in KINDS or self.addresses.thing(*found) != iri:
            return None
        reading = on_demand(self._store, self.addresses)
        for audience in self.audiences:
            canonical = reading.resolver(audience).canonical(iri)
            if canonical != iri and (thing := self.thing(canonical)) is not None:
                return thing
        return None

    def things(self, kind: str = "") -> list[Thing]:
        """All things, or those of one kind, sorted by IRI."""
        return list(self._seen.things(kind))

    def counts(self) -> dict[str, int]:
        """How many things of each kind there are; kinds without any are left out."""
        counted = {kind: self._seen.count(kind) for kind in KINDS}
        return {kind: count for kind, count in counted.items() if count}

    def label(self, iri: str, lang: str) -> str:
        """The name of a thing, or of a class or property of the ontology; else empty."""
        thing = self.thing(iri) if self.addresses.parse(iri) else None
        return thing.label(lang) if thing else term_label(iri, lang)

    def statements(
        self,
        subject: str = "",
        predicate: str = "",
        obj: Term | None = None,
        *,
        inferred: bool = True,
    ) -> Iterator[Statement]:
        """The statements that fit, none twice; empty fits anything.

        Those about one subject come in an order of their own, since that of the store would
        tell in which audiences it looked first.

        Args:
            subject: canonical IRI.
            predicate: IRI of a property.
            obj: a value.
            inferred: whether conclusions count too.
        """
        found = (
            Statement(subject_of(quad).value, quad.predicate.value, object_of(quad), follows)
            for quad, follows in self._quads(subject, predicate, obj, inferred)
        )
        return iter(sorted(found, key=_in_order)) if subject else found

    def triples(self, *, inferred: bool = True) -> Iterator[Triple]:
        """Everything that can be read, in one stream, none twice."""
        return (quad.triple for quad, _ in self._quads("", "", None, inferred))

    def origins(self, iri: str) -> list[Origin]:
        """Who says each statement about a thing; what follows is marked as inferred."""
        said = origins(self._store, self.addresses, self.audiences, iri)
        follows = [
            Origin(Statement(iri, quad.predicate.value, object_of(quad), True), "", audience)
            for audience in self.audiences
            for quad in self._store.match(
                NamedNode(iri), None, None, NamedNode(self.addresses.inferred_graph(audience))
            )
        ]
        return said + sorted(follows, key=str)

    def query(self, sparql: str, **bindings: Term) -> Answer:
        """The answer to one of our own queries over what this viewer may read.

        Args:
            sparql: from an ``.rq`` file; never text that a user typed.
            **bindings: variable to value; SELECT must give each of them back.
        """
        # A graph that is not there stands for "nothing", where no graph would mean "all".
        graphs = self.graphs or (self.addresses.read_graph(self.audiences[0]),)
        return self._store.query(sparql, graphs=graphs, bindings=bindings)

    def _quads(
        self, subject: str, predicate: str, obj: Term | None, inferred: bool
    ) -> Iterator[tuple[Quad, bool]]:
        node = NamedNode(subject) if subject else None
        prop = NamedNode(predicate) if predicate else None
        for graph, earlier, follows in self._seen.layers:
            if follows and not inferred:
                return
            for quad in self._store.match(node, prop, obj, graph):
                if not any(quad_in(other, quad) in self._store for other in earlier):
                    yield quad, follows


def _in_order(said: Statement) -> tuple[str, str]:
    return said.predicate, str(said.object)
