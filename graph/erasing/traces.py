"""Where a person is in the sources and decisions: rows, words, names, and decisions about them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.decisions import ROW, TERM, THING
from graph.erasing.wanted import same_name
from graph.knowledge.decided import Decided
from graph.knowledge.reading import ever_one, on_demand
from graph.store import graph_of, object_of, subject_of
from ontology import CR, FOAF, RDFS, SKOS

if TYPE_CHECKING:
    from graph.knowledge import Knowledge

_NAMES: Final = tuple(
    NamedNode(iri) for iri in (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", FOAF + "name")
)
_MAILS: Final = (NamedNode(FOAF + "mbox"),)
_WORKS_FOR: Final = NamedNode(CR + "worksFor")


@dataclass
class Traces:
    """All that speaks of some things, or stands for them.

    Attributes:
        things: their IRIs, with all that anybody takes to be one with them.
        rows: the rows that speak of them, now or in any batch.
        terms: the words that mean them.
        names: what they are called.
        mails: their e-mail addresses.
        organisations: names and slugs of what they work for.
        shared: names that somebody else has too; these stay where they are.
    """

    things: set[str]
    rows: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)

    @property
    def nodes(self) -> set[str]:
        """The IRIs that must go, as far as they are known one by one."""
        return self.things | self.rows | self.terms


def find_traces(knowledge: "Knowledge", iris: Iterable[str]) -> Traces:
    """Look for everything about some things, in the sources and in all batches."""
    decided = on_demand(knowledge.store, knowledge.addresses).decided
    traces = Traces(ever_one(set(iris), decided))
    for thing in traces.things:
        for decision in decided.about(thing):
            traces.rows.update(decision.rows)
            traces.terms.update(decision.terms)
    for record in knowledge.records():
        _in_batch((*record.own.remove, *record.own.add), traces, decided)
    speaking = {NamedNode(iri) for iri in traces.things | traces.rows}
    for node in speaking:
        _learn(knowledge.store.match(node), knowledge, traces)
    for record in knowledge.records():
        own = (*record.own.remove, *record.own.add)
        _learn((quad for quad in own if quad.subject in speaking), knowledge, traces)
    traces.shared = _shared(knowledge, traces)
    return traces


def _in_batch(own: Iterable[Quad], traces: Traces, decided: Decided) -> None:
    """The rows and words that a batch decided to be one of the things, and none since another."""

    def is_other(iri: str) -> bool:
        things = {thing for decision in decided.about(iri) for thing in decision.things}
        return bool(things) and not things & traces.things

    about = {
        (subject_of(quad), graph_of(quad))
        for quad in own
        if quad.predicate == THING and object_of(quad).value in traces.things
    }
    for quad in own if about else ():
        if (subject_of(quad), graph_of(quad)) in about and quad.predicate in (ROW, TERM):
            iri = object_of(quad).value
            if not is_other(iri):
                (traces.rows if quad.predicate == ROW else traces.terms).add(iri)


def _learn(said: Iterable[Quad], knowledge: "Knowledge", traces: Traces) -> None:
    """What the rows say that tells the person."""
    addresses = knowledge.addresses
    for quad in said:
        value = object_of(quad).value
        if quad.predicate in _NAMES:
            traces.names.add(value)
        elif quad.predicate in _MAILS:
            traces.mails.add(value.removeprefix("mailto:"))
        elif quad.predicate == _WORKS_FOR:
            traces.organisations.update(_called(value, knowledge, addresses))


def _called(iri: str, knowledge: "Knowledge", addresses: Addresses) -> Iterator[str]:
    """What an organisation is called, by a source's word for it or by its own names."""
    if term := addresses.parse_term(iri):
        yield term[2]
    reading = on_demand(knowledge.store, addresses)
    for decision in reading.decided.about(iri) if term else ():
        for thing in decision.things:
            yield from _called(thing, knowledge, addresses)
    if thing_ := addresses.parse(iri):
        yield thing_[1]
        for name in _NAMES:
            yield from (
                object_of(quad).value for quad in knowledge.store.match(NamedNode(iri), name)
            )


def _shared(knowledge: "Knowledge", traces: Traces) -> set[str]:
    """The names that another person has too."""
    gone = traces.things | traces.rows
    start = knowledge.addresses.base + "id/person/"
    others: set[str] = set()
    for predicate in _NAMES:
        for quad in knowledge.store.match(None, predicate):
            subject = subject_of(quad).value
            if subject.startswith(start) and subject not in gone:
                others.add(same_name(object_of(quad).value))
    return {name for name in traces.names if same_name(name) in others}
