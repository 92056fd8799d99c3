"""What others say besides what was written by hand, and where that became doubtful."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.audience import Viewer, readable
from graph.editing.standing import Standing
from graph.knowledge import Knowledge
from graph.knowledge.reading import Reading, ever_one, on_demand
from graph.model import Term
from graph.source_names import EDITS
from graph.store import graph_of, object_of


@dataclass(frozen=True)
class OtherSaying:
    """One value that a list says.

    Attributes:
        source: the name of the list.
        audience: whom it says it to.
        value: what it means; the bare word as a text where nothing is called so yet.
        counts: whether it is read; else what was written by hand counts instead.
    """

    source: str
    audience: str
    value: Term
    counts: bool


@dataclass(frozen=True)
class Doubt:
    """A property whose lists have come to say something else than what was written by hand.

    Attributes:
        property: its IRI.
        audience: whom the lists say it to.
        by_hand: what was written by hand to that audience or to wider ones.
        others: what the lists say now.
    """

    property: str
    audience: str
    by_hand: tuple[Term, ...]
    others: tuple[OtherSaying, ...]


@dataclass(frozen=True)
class OpenWord:
    """A word written by hand that nothing is called yet.

    Attributes:
        property: IRI of the property that it is a value of.
        text: the word.
        audience: who may read it.
    """

    property: str
    text: str
    audience: str


def others_say(
    knowledge: Knowledge, thing: str, property_: str, viewer: Viewer
) -> list[OtherSaying]:
    """What lists say of a property of a thing, whether it counts or not.

    Args:
        knowledge: what is known.
        thing: its canonical IRI.
        property_: IRI of the property.
        viewer: who asks.
    """
    reading = on_demand(knowledge.store, knowledge.addresses)
    found = [
        saying
        for audience in readable(viewer)
        for saying in _sayings(Standing(reading, thing, property_, audience))
    ]
    return sorted(found, key=str)


def doubts(knowledge: Knowledge, thing: str, viewer: Viewer) -> list[Doubt]:
    """The properties of a thing for its owner to settle, as far as a viewer may know.

    :func:`~graph.editing.edit` with the same values settles it in favour of what was written
    by hand, :func:`~graph.editing.withdraw` in favour of the lists.
    """
    reading = on_demand(knowledge.store, knowledge.addresses)
    audiences = readable(viewer)
    found = []
    for name in sorted(_decided_properties(reading, thing, audiences)):
        by_hand: list[Term] = []
        for audience in audiences:
            standing = Standing(reading, thing, name, audience)
            own = standing.meant(object_of(quad) for quad in standing.by_hand)
            by_hand += sorted(own, key=str)
            if standing.is_doubtful:
                others = tuple(_sayings(standing))
                found.append(Doubt(name, audience, tuple(dict.fromkeys(by_hand)), others))
    return found


def open_words(knowledge: Knowledge, thing: str, viewer: Viewer) -> list[OpenWord]:
    """The words about a thing that were written by hand and mean nothing yet."""
    reading = on_demand(knowledge.store, knowledge.addresses)
    found = []
    for audience in readable(viewer):
        resolver = reading.resolver(audience)
        node = NamedNode(resolver.canonical(thing))
        for quad in reading.said(node, audience, None):
            term = knowledge.addresses.parse_term(object_of(quad).value)
            place = reading.place(graph_of(quad))
            if term and place and place[0] == EDITS and resolver.resolve(object_of(quad)) is None:
                found.append(OpenWord(quad.predicate.value, term[2], audience))
    return sorted(found, key=str)


def _decided_properties(reading: Reading, thing: str, audiences: Iterable[str]) -> set[str]:
    """The properties of a thing for which somebody decided that one source counts."""
    known = set(audiences)
    return {
        name
        for member in ever_one((thing,), reading.decided)
        for decision in reading.decided.about(member)
        if decision.audience in known
        for name in decision.properties
    }


def _sayings(standing: Standing) -> Iterator[OtherSaying]:
    for source, quad in standing.by_lists:
        value = _value(standing, quad)
        if value is not None:
            counts = standing.reading.read(quad) is not None
            yield OtherSaying(source, standing.audience, value, counts)


def _value(standing: Standing, quad: Quad) -> Term | None:
    """What a list says, in words where nothing is called so."""
    value = object_of(quad)
    found = standing.reading.resolver(standing.audience).resolve(value)
    if found is None and (term := standing.reading.addresses.parse_term(value.value)):
        return Literal(term[2])
    return found
