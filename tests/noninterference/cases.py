"""Random cases: what sources say to whom, what was decided for whom, and who asks what.

A case is a few lists of small tuples, so that :mod:`tests.noninterference.shrinking` can strike
out what does not matter. Things, names and words come from small pools: only then do they meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph import ANONYMOUS, PUBLIC, Addresses, Change, Source, Viewer, decisions, readable
from ontology import CR, DCT, KINDS, RDF, RDFS, SKOS, XSD

ADDRESSES: Final = Addresses()
ACCOUNT: Final = "a" * 16
CLOSED: Final = (
    "network:cluster/optence",
    "network:organisation/mn-ig-vakuum",
    "organisation:laserwerk",
    "group:rot",
    "group:blau",
)
AUDIENCES: Final = (PUBLIC, "platform", *CLOSED, f"person:{ACCOUNT}", "person:bob")
SOURCES: Final = ("members", "radar-list", "edits")
THINGS: Final = (
    "cluster/optence", "cluster/photonik", "organisation/laserwerk", "organisation/linsen",
    "organisation/linsen-gmbh", "person/bob", "topic/messtechnik", "topic/laser",
    "competence/laser", "sector/medizin", "device/laser-1", "listing/gesuch", "project/licht",
    "event/messe", "place/hessen",
)  # fmt: skip
NAMES: Final = (
    "Optence e. V.", "Photonik Nord", "Laserwerk", "Linsen GmbH", "Bob Ampel", "Messtechnik",
    "Koordinatenmesstechnik", "Lasermedizin", "Mestechnik", "Geheimlicht", "Licht", "Messe",
)  # fmt: skip
TEXTS: Final = (
    "Optische Messtechnik für die Medizin.",
    "Laser und Linsen aus Hessen, auch für Geheimlicht.",
    "Sucht Partner für Koordinatenmesstechnik mit Laserlicht.",
)
LINKS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("cluster", "topic"): ("activeIn",),
    ("cluster", "competence"): ("hasCompetence",),
    ("cluster", "place"): ("locatedIn",),
    ("organisation", "cluster"): ("memberOf", "unitOf"),
    ("organisation", "organisation"): ("unitOf",),
    ("organisation", "topic"): ("activeIn", "interestedIn"),
    ("organisation", "competence"): ("hasCompetence", "interestedIn"),
    ("organisation", "sector"): ("activeIn",),
    ("organisation", "device"): ("operates",),
    ("organisation", "project"): ("involvedIn",),
    ("organisation", "place"): ("locatedIn",),
    ("person", "cluster"): ("worksFor",),
    ("person", "organisation"): ("worksFor",),
    ("person", "competence"): ("hasCompetence",),
    ("topic", "topic"): ("skos:broader", "skos:related"),
    ("competence", "topic"): ("skos:broadMatch",),
    ("device", "organisation"): ("operatedBy",),
    ("device", "competence"): ("enables",),
    ("device", "topic"): ("enables",),
    ("listing", "cluster"): ("listedBy",),
    ("listing", "organisation"): ("listedBy",),
    ("listing", "topic"): ("about",),
    ("listing", "project"): ("belongsToProject",),
    ("project", "cluster"): ("coordinatedBy", "hasPartner"),
    ("project", "organisation"): ("hasPartner", "coordinatedBy"),
    ("project", "topic"): ("about",),
    ("project", "sector"): ("inSector",),
    ("event", "cluster"): ("organisedBy",),
    ("event", "organisation"): ("hasParticipant",),
    ("event", "topic"): ("about",),
    ("place", "place"): ("partOf",),
}
PLAIN: Final = ("name", "other", "text", "size", "type", "as of", "over", "invented", "site")
WON: Final = (RDFS + "label", DCT + "description", CR + "memberOf", CR + "activeIn", CR + "about")
WORDS: Final = (
    "Messtechnik", "mestechnik", "laser", "Lasermedizin", "Licht", "geheimlicht", "gehiemlicht",
    "optence", "linsen gmbh", "koordinaten", "messtechnik medizin", "partner laserlicht", "bob",
)  # fmt: skip

_CLASSES: Final = {
    "organisation": ("Company", "ResearchInstitute", "Unit"),
    "listing": ("Offer", "Need"),
}
PAIRS: Final = (
    "laserwerk messe", "optence licht", "linsen messtechnik", "photonik laser", "bob messtechnik",
    "messtechnik licht", "messe linsen", "medizin partner", "optence laserwerk", "nord ampel",
)  # fmt: skip
"""Two words that hardly anything has both of: then it is the rarer one that ranks."""

SAME: Final = -1
"""In place of an audience: that of the row."""

_PUBLIC_SHARE: Final = 0.5
_VISITORS: Final = 0.25
_FIRST: Final = datetime(2026, 1, 1, tzinfo=UTC)

Row = tuple[int, int, int, int, int]
"""Source, thing, who may read the row, who may know what it is, and its name."""

Fact = tuple[int, str, int, int]
"""Row, what is said of it, which of the possible values, who may read it."""

Link = tuple[int, int, int, str, int]
"""Row, linked thing, which of the possible properties, how it is written, who may read it."""


@dataclass(frozen=True)
class Case:
    """What is said and decided, and who asks.

    Attributes:
        rows, facts, links: what sources say; numbers point into the pools above.
        merges: pairs of things that are one, for whom.
        wins: thing, property, source that counts, for whom.
        described: source and audience to which it describes itself.
        memberships: of the viewer; None: a visitor.
        asked: things that the viewer asks for, whether they may read them or not.
        words: what the viewer searches for.
        lang: of the answers.
    """

    rows: list[Row]
    facts: list[Fact]
    links: list[Link]
    merges: list[tuple[int, int, int]]
    wins: list[tuple[int, int, int, int]]
    described: list[tuple[int, int]]
    memberships: frozenset[str] | None
    asked: list[str]
    words: list[str]
    lang: str

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        if self.memberships is None:
            return ANONYMOUS
        return Viewer(ACCOUNT, self.memberships)

    @cached_property
    def changes(self) -> tuple[frozenset[Quad], ...]:
        """The quads of three commits: the rows, what else is said, the decisions about things."""
        rows: set[Quad] = set()
        for at, (source, thing, audience, knowing, name) in enumerate(self.rows):
            rows |= _row(at, source, thing, audience, knowing, name)
        said: set[Quad] = set()
        for fact in self.facts:
            said |= self._fact(*fact)
        for link in self.links:
            said |= self._link(*link)
        for described, reader in self.described:
            told, list_name = AUDIENCES[reader], SOURCES[described]
            said |= Source(list_name, label=f"Liste für {told}").quads(ADDRESSES, told)
        return frozenset(rows), frozenset(said), frozenset(self._decided())

    def readable(self, quads: frozenset[Quad]) -> Change:
        """The part of some quads that the viewer may read."""
        audiences = readable(self.viewer)
        return Change(add=frozenset(quad for quad in quads if audience_of(quad) in audiences))

    def _fact(self, row: int, what: str, choice: int, audience: int) -> set[Quad]:
        row %= len(self.rows)
        source, thing = self.rows[row][:2]
        kind = _kind(thing)
        prop, value = _value(kind, what, choice)
        return {_said(row, source, thing, AUDIENCES[audience], prop, value)}

    def _link(self, row: int, other: int, choice: int, how: str, audience: int) -> set[Quad]:
        row %= len(self.rows)
        source, thing = self.rows[row][:2]
        kinds = (_kind(thing), _kind(other))
        possible = LINKS.get(kinds)
        if possible is None:
            return set()
        prop = _property(possible[choice % len(possible)])
        end = _iri(other)
        made: set[Quad] = set()
        if how == "row":
            pointed = next((at for at, one in enumerate(self.rows) if one[1] == other), 0)
            end = _subject(pointed, *self.rows[pointed][:2])
        elif how == "term":
            end = NamedNode(ADDRESSES.term(SOURCES[source], kinds[1], THINGS[other]))
            # Who may know what a word means need not be who may read it.
            knowing = AUDIENCES[(audience + choice) % len(AUDIENCES)]
            day = _day(row + choice)
            made |= decisions.term_means(
                ADDRESSES, end.value, _iri(other).value, "rule:test", day, knowing
            )
        made.add(_said(row, source, thing, AUDIENCES[audience], prop, end))
        return made

    def _decided(self) -> set[Quad]:
        found: set[Quad] = set()
        for at, (one, other, audience) in enumerate(self.merges):
            if one != other:
                ends = _iri(one).value, _iri(other).value
                found |= decisions.same(ADDRESSES, *ends, "ada", _day(at), AUDIENCES[audience])
        for at, (thing, prop, source, audience) in enumerate(self.wins):
            found |= decisions.value_wins(
                ADDRESSES, _iri(thing).value, WON[prop], SOURCES[source], "ada", _day(at),
                AUDIENCES[audience],
            )  # fmt: skip
        return found


def audience_of(quad: Quad) -> str:
    """Who may read a quad of a source, or know of a decision."""
    assert isinstance(quad.graph_name, NamedNode)
    graph = quad.graph_name.value
    if place := ADDRESSES.parse_source_graph(graph):
        return place[1]
    found = ADDRESSES.parse_decision_graph(graph)
    assert found is not None
    return found


def _day(number: int) -> datetime:
    return _FIRST + timedelta(days=number)


def _kind(thing: int) -> str:
    return THINGS[thing].partition("/")[0]


def _iri(thing: int) -> NamedNode:
    return NamedNode(ADDRESSES.thing(*THINGS[thing].split("/")))


def _property(name: str) -> str:
    return SKOS + name.removeprefix("skos:") if name.startswith("skos:") else CR + name


def _subject(row: int, source: int, thing: int) -> NamedNode:
    """What a row is spoken of as: members' own edits speak of the thing itself."""
    if SOURCES[source] == "edits":
        return _iri(thing)
    return NamedNode(ADDRESSES.row(SOURCES[source], f"r{row}"))


def _said(
    row: int, source: int, thing: int, audience: str, prop: str, value: NamedNode | Literal
) -> Quad:
    graph = NamedNode(ADDRESSES.source_graph(SOURCES[source], audience))
    return Quad(_subject(row, source, thing), NamedNode(prop), value, graph)


def _row(at: int, source: int, thing: int, audience: int, knowing: int, name: int) -> set[Quad]:
    kind = _kind(thing)
    reader = AUDIENCES[audience]
    label = SKOS + "prefLabel" if kind in {"topic", "competence", "sector"} else RDFS + "label"
    row = _subject(at, source, thing)
    quads = {
        _said(at, source, thing, reader, RDF + "type", NamedNode(KINDS[kind].iri)),
        _said(at, source, thing, reader, label, Literal(NAMES[name])),
    }
    if row != _iri(thing):
        known_to = reader if knowing == SAME else AUDIENCES[knowing]
        quads |= decisions.row_is(
            ADDRESSES, row.value, _iri(thing).value, "rule:test", _day(at), known_to
        )
    return quads


def _value(kind: str, what: str, choice: int) -> tuple[str, NamedNode | Literal]:
    match what:
        case "name":
            return RDFS + "label", Literal(NAMES[choice % len(NAMES)], language="de")
        case "other":
            return SKOS + "altLabel", Literal(NAMES[choice % len(NAMES)])
        case "size":
            prop = CR + ("memberCount" if kind == "cluster" else "employeeCount")
            return prop, Literal(str(choice), datatype=NamedNode(XSD + "integer"))
        case "type":
            classes = _CLASSES.get(kind)
            iri = CR + classes[choice % len(classes)] if classes else KINDS[kind].iri
            return RDF + "type", NamedNode(iri)
        case "as of":
            return CR + "asOf", Literal(str(2014 + choice % 3))
        case "over":
            return CR + "status", Literal("historical" if choice % 2 else "open")
        case "invented":
            return CR + "invented", Literal("true", datatype=NamedNode(XSD + "boolean"))
        case "site":
            address = f"https://{NAMES[choice % len(NAMES)].split()[0].lower()}.de/"
            return "http://xmlns.com/foaf/0.1/homepage", NamedNode(address)
    language = "de" if choice % 3 else None
    return DCT + "description", Literal(TEXTS[choice % len(TEXTS)], language=language)


def random_case(seed: int) -> Case:
    """The case of a seed: a few things that hang together, about half of it closed."""
    return _Dice(seed).case()


class _Dice:
    """Draws one case; pools and weights make things meet and hang together."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def case(self) -> Case:
        rows = self._rows()
        linked = self._links(rows)
        return Case(
            rows=rows,
            facts=[self._fact(len(rows)) for _ in range(self._upto(3, 14))],
            links=linked,
            merges=[self._merge(rows) for _ in range(self._upto(0, 3))],
            wins=[
                (self._thing_of(rows), self._of(WON), self._of(SOURCES), self._who())
                for _ in range(self._upto(0, 3))
            ],
            described=[(self._of(SOURCES), self._who()) for _ in range(self._upto(0, 3))],
            memberships=self._memberships(),
            asked=self._random.sample(THINGS, 1) + [THINGS[self._thing_of(rows)] for _ in "ab"],
            words=self._random.sample(WORDS, 3),
            lang=self._random.choice(("de", "en")),
        )

    def _of(self, pool: Sequence[object]) -> int:
        return self._random.randrange(len(pool))

    def _upto(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def _who(self) -> int:
        if self._random.random() < _PUBLIC_SHARE:
            return 0
        return self._random.randrange(1, len(AUDIENCES))

    def _memberships(self) -> frozenset[str] | None:
        if self._random.random() < _VISITORS:
            return None
        return frozenset(one for one in CLOSED if self._random.random() < 0.5)

    def _rows(self) -> list[Row]:
        things = self._random.sample(range(len(THINGS)), self._upto(5, 11))
        again = self._random.choices(things, k=self._upto(1, 5))
        return [
            (
                self._of(SOURCES),
                thing,
                self._who(),
                self._random.choice((SAME, SAME, SAME, 0, self._who())),
                self._of(NAMES),
            )
            for thing in (*things, *again)
        ]

    def _thing_of(self, rows: Sequence[Row]) -> int:
        return self._random.choice(rows)[1]

    def _fact(self, rows: int) -> Fact:
        row, choice = self._random.randrange(rows), self._random.randrange(12)
        return row, self._random.choice(PLAIN), choice, self._who()

    def _links(self, rows: Sequence[Row]) -> list[Link]:
        """Links between things that have a property for it, to things without rows too."""
        possible = [
            (at, other)
            for at, row in enumerate(rows)
            for other in range(len(THINGS))
            if (_kind(row[1]), _kind(other)) in LINKS and row[1] != other
        ]
        if not possible:
            return []
        return [
            (*self._random.choice(possible), *self._manner()) for _ in range(self._upto(14, 34))
        ]

    def _manner(self) -> tuple[int, str, int]:
        how = self._random.choice(("thing", "thing", "row", "term"))
        return self._random.randrange(12), how, self._who()

    def _merge(self, rows: Sequence[Row]) -> tuple[int, int, int]:
        """Two things of one kind mostly: nothing else is ever merged, but nobody forbids it."""
        one = self._thing_of(rows)
        alike = [other for other in range(len(THINGS)) if _kind(other) == _kind(one)]
        return one, self._random.choice(alike), self._who()
