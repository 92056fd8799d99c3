"""Decisions: the records that say what rows and words are, which things are one, which value wins.

A decision is made of quads in the graph of its audience. Each function here returns the
quads of one decision, ready for a :class:`~graph.knowledge.Change`. Its IRI is a digest of
what it joins, so deciding the same again adds nothing but author and time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.audience import PLATFORM, PUBLIC
from graph.store import object_of
from ontology import CR, DCT, RDF, XSD

ROW_IS_THING: Final = "RowIsThing"
TERM_MEANS: Final = "TermMeans"
TERM_MEANS_NOTHING: Final = "TermMeansNothing"
SAME_THING: Final = "SameThing"
DIFFERENT_THINGS: Final = "DifferentThings"
VALUE_WINS: Final = "ValueWins"

ROW: Final = NamedNode(CR + "row")
TERM: Final = NamedNode(CR + "term")
THING: Final = NamedNode(CR + "thing")
PROPERTY: Final = NamedNode(CR + "property")
SOURCE: Final = NamedNode(CR + "source")
AUTHOR: Final = NamedNode(CR + "author")
CREATED: Final = NamedNode(DCT + "created")
DIGEST: Final = NamedNode(CR + "othersDigest")
TYPE: Final = NamedNode(RDF + "type")
_DATE_TIME: Final = NamedNode(XSD + "dateTime")


def row_is(
    addresses: Addresses,
    row: str,
    thing: str,
    author: str,
    time: datetime,
    audience: str = PUBLIC,
) -> frozenset[Quad]:
    """The row speaks of this thing.

    Args:
        addresses: of the data folder.
        row: the row's IRI.
        thing: the thing's IRI.
        author: ``rule:<name>``, or an account.
        time: when it was decided, with a time zone; kept to the second.
        audience: who may know; the narrowest of what it joins (:func:`narrowest`).
    """
    joined = [(ROW, NamedNode(row)), (THING, NamedNode(thing))]
    return _quads(addresses, ROW_IS_THING, joined, author, time, audience)


def term_means(
    addresses: Addresses,
    term: str,
    thing: str,
    author: str,
    time: datetime,
    audience: str = PUBLIC,
) -> frozenset[Quad]:
    """The word means this thing; arguments as for :func:`row_is`."""
    joined = [(TERM, NamedNode(term)), (THING, NamedNode(thing))]
    return _quads(addresses, TERM_MEANS, joined, author, time, audience)


def term_means_nothing(
    addresses: Addresses, term: str, author: str, time: datetime, audience: str = PUBLIC
) -> frozenset[Quad]:
    """The word is to mean nothing here, on purpose; arguments as for :func:`row_is`."""
    joined = [(TERM, NamedNode(term))]
    return _quads(addresses, TERM_MEANS_NOTHING, joined, author, time, audience)


def same(
    addresses: Addresses,
    one: str,
    other: str,
    author: str,
    time: datetime,
    audience: str = PUBLIC,
) -> frozenset[Quad]:
    """Two things are one; which is named first does not matter."""
    joined = [(THING, NamedNode(one)), (THING, NamedNode(other))]
    return _quads(addresses, SAME_THING, joined, author, time, audience)


def different(
    addresses: Addresses,
    one: str,
    other: str,
    author: str,
    time: datetime,
    audience: str = PUBLIC,
) -> frozenset[Quad]:
    """Two things are not one, however alike they look: nobody is to be asked again."""
    joined = [(THING, NamedNode(one)), (THING, NamedNode(other))]
    return _quads(addresses, DIFFERENT_THINGS, joined, author, time, audience)


def class_of(name: str) -> NamedNode:
    """The class of decisions of one sort.

    >>> class_of(SAME_THING).value.rpartition("#")[2]
    'SameThing'
    """
    return NamedNode(CR + name)


def value_wins(
    addresses: Addresses,
    thing: str,
    property_: str,
    source: str,
    author: str,
    time: datetime,
    audience: str = PUBLIC,
    *,
    digest: str = "",
) -> frozenset[Quad]:
    """For this property of this thing only that source counts, even where it says nothing.

    Of several such decisions the newest holds; deciding the same again makes it the newest.

    Args:
        addresses: of the data folder.
        thing: the thing's IRI.
        property_: the property's IRI.
        source: the name of the source.
        author: ``rule:<name>``, or an account.
        time: when it was decided, with a time zone.
        audience: who may know.
        digest: of what the other sources say to this audience now; empty: not kept.
    """
    joined: list[tuple[NamedNode, NamedNode | Literal]] = [
        (THING, NamedNode(thing)),
        (PROPERTY, NamedNode(property_)),
        (SOURCE, Literal(source)),
    ]
    quads = _quads(addresses, VALUE_WINS, joined, author, time, audience)
    if not digest:
        return quads
    one = next(iter(quads))
    return quads | {Quad(one.subject, DIGEST, Literal(digest), one.graph_name)}


def narrowest(audiences: Iterable[str]) -> str:
    """The audience of what joins things of these audiences.

    Raises:
        ValueError: two closed audiences; nothing may join what only both together may know.

    >>> narrowest(["public", "group:optics", "platform"])
    'group:optics'
    """
    closed = sorted(set(audiences) - {PUBLIC})
    if len(closed) > 1 and PLATFORM in closed:
        closed.remove(PLATFORM)
    if len(closed) > 1:
        raise ValueError(f"nothing joins closed audiences: {', '.join(closed)}")
    return closed[0] if closed else PUBLIC


def _quads(
    addresses: Addresses,
    name: str,
    joined: Iterable[tuple[NamedNode, NamedNode | Literal]],
    author: str,
    time: datetime,
    audience: str,
) -> frozenset[Quad]:
    joined = list(joined)
    text = "\n".join([name, *sorted(f"{predicate} {value}" for predicate, value in joined)])
    decision = NamedNode(addresses.decision(sha256(text.encode()).hexdigest()[:24]))
    graph = NamedNode(addresses.decision_graph(audience))
    # Whole seconds in UTC: such texts sort as the times do.
    created = Literal(time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=_DATE_TIME)
    said: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, NamedNode(CR + name)),
        (AUTHOR, Literal(author)),
        (CREATED, created),
        *joined,
    ]
    return frozenset(Quad(decision, predicate, value, graph) for predicate, value in said)


@dataclass(frozen=True)
class Decision:
    """A decision read back from its quads.

    Attributes:
        iri: a digest of what it joins.
        audience: who may know of it.
        name: the local name of its class.
        rows: the row it is about, if any.
        terms: the word it is about, if any.
        things: the things it is about, sorted.
        properties: the property it is about, if any.
        sources: the source that counts, if any.
        author: a rule or an account; of several the smallest.
        created: when it was first decided, as text that sorts by time.
        renewed: when it was last decided, likewise.
        digest: of what the other sources said to this audience then; empty where not kept.
    """

    iri: str
    audience: str
    name: str
    rows: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    author: str = ""
    created: str = ""
    renewed: str = ""
    digest: str = ""

    @classmethod
    def read(
        cls, iri: str, audience: str, quads: Iterable[Quad], addresses: Addresses
    ) -> "Decision":
        """The decision that some quads of one subject in one graph make up.

        Nothing is decided about what is no row, word or thing of the data folder, nor about the
        things that stand for sources: of those the sources alone speak.
        """
        values: dict[str, list[str]] = {}
        for quad in quads:
            values.setdefault(quad.predicate.value, []).append(object_of(quad).value)

        several = {name: tuple(sorted(found)) for name, found in values.items()}
        get = several.get

        def of_ours(name: str, folder: str) -> tuple[str, ...]:
            start, source = addresses.base + folder, f"{addresses.base}id/source/"
            return tuple(
                one for one in get(name, ()) if one.startswith(start) and not one.startswith(source)
            )

        return cls(
            iri=iri,
            audience=audience,
            name=get(TYPE.value, ("",))[0].removeprefix(CR),
            rows=of_ours(ROW.value, "row/"),
            terms=of_ours(TERM.value, "term/"),
            things=of_ours(THING.value, "id/"),
            properties=get(PROPERTY.value, ()),
            sources=get(SOURCE.value, ()),
            author=get(AUTHOR.value, ("",))[0],
            created=get(CREATED.value, ("",))[0],
            renewed=get(CREATED.value, ("",))[-1],
            digest=get(DIGEST.value, ("",))[0],
        )

    @property
    def names_a_thing(self) -> bool:
        """Whether it gives a row or a word its thing."""
        return self.name in (ROW_IS_THING, TERM_MEANS)

    @property
    def joined(self) -> frozenset[str]:
        """The rows, words and things that it is about."""
        return frozenset((*self.rows, *self.terms, *self.things))
