"""What lists and people have left to do about things: missing values, open words, old lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from graph.audience import Viewer
from graph.decisions import ROW_IS_THING
from graph.editing import OpenWord
from graph.knowledge import Knowledge
from graph.knowledge.reading import Reading, on_demand
from graph.knowledge.resolving import Resolver
from graph.model import Thing
from graph.source_names import EDITS
from graph.store import graph_of, object_of, subject_of
from graph.upkeep.weighing import Completeness, completeness
from ontology import CR, checks

_PLACE: Final = CR + "locatedIn"
_CONCEPTS: Final = frozenset({"competence", "sector", "topic"})


@dataclass(frozen=True)
class Listed:
    """A list that says something of a thing.

    Attributes:
        source: its name.
        since: since when its rows are taken to speak of the thing, as a text that sorts by time;
            empty where nobody noted that.
    """

    source: str
    since: str


@dataclass(frozen=True)
class Upkeep:
    """How well kept a thing is, as one viewer may know it.

    Attributes:
        completeness: how much of a complete profile is said; None where nobody asks.
        lists: the lists that say something of it, by name.
        words: what is said of it in words that mean nothing yet.
        topics: whether it is linked to a competence, sector or topic; also where its kind is
            never.
        place: whether it is linked to a place; also where its kind need not be.
    """

    completeness: Completeness | None
    lists: tuple[Listed, ...]
    words: tuple[OpenWord, ...]
    topics: bool
    place: bool

    @property
    def linked(self) -> bool:
        """Whether nothing is left to link."""
        return self.topics and self.place and not self.words


def upkeep_of(knowledge: Knowledge, things: Iterable[Thing], viewer: Viewer) -> dict[str, Upkeep]:
    """How well kept some things are, by IRI.

    Each audience of the viewer is looked at by itself, so nothing that is hidden counts.

    Args:
        knowledge: what is known.
        things: as the viewer reads them.
        viewer: who asks.
    """
    view = knowledge.view(viewer)
    reading = on_demand(knowledge.store, knowledge.addresses)
    audiences = _spoken_to(knowledge, view.audiences)
    found = {}
    for thing in things:
        said = {statement.predicate for statement in view.statements(thing.iri)}
        lists, words = _of_lists(reading, thing.iri, audiences)
        weighed = dict(checks(thing.kind).weights)
        concepts = _concept_properties(thing.kind)
        found[thing.iri] = Upkeep(
            completeness(thing.kind, said),
            lists,
            words,
            topics=not concepts or not said.isdisjoint(concepts),
            place=_PLACE not in weighed or _PLACE in said,
        )
    return found


def _spoken_to(knowledge: Knowledge, audiences: Iterable[str]) -> tuple[str, ...]:
    """Those audiences that some source speaks to."""
    parse = knowledge.addresses.parse_source_graph
    places = (parse(graph) for graph in knowledge.store.graphs())
    spoken = {place[1] for place in places if place}
    return tuple(one for one in audiences if one in spoken)


def _of_lists(
    reading: Reading, iri: str, audiences: Iterable[str]
) -> tuple[tuple[Listed, ...], tuple[OpenWord, ...]]:
    since: dict[str, str] = {}
    words: set[OpenWord] = set()
    for audience in audiences:
        resolver = reading.resolver(audience)
        for quad in reading.said(NamedNode(iri), audience, None):
            place = reading.place(graph_of(quad))
            if place is not None and place[0] not in (EDITS, *since):
                since[place[0]] = _since(resolver, subject_of(quad).value)
            value = object_of(quad)
            if isinstance(value, NamedNode) and resolver.resolve(value) is None:
                term = reading.addresses.parse_term(value.value)
                if term is not None:
                    words.add(OpenWord(quad.predicate.value, term[2], audience))
    lists = tuple(Listed(source, since[source]) for source in sorted(since))
    return lists, tuple(sorted(words, key=str))


def _since(resolver: Resolver, row: str) -> str:
    decided = (one.renewed for one in resolver.about(row) if one.name == ROW_IS_THING)
    return max(decided, default="")


@lru_cache(maxsize=64)
def _concept_properties(kind: str) -> frozenset[str]:
    """The properties of a kind that lead to competences, sectors and topics alone."""
    return frozenset(
        check.path
        for check in checks(kind).properties
        if check.kinds and _CONCEPTS.issuperset(check.kinds)
    )
