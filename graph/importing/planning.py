"""The plan of an import: a readable difference, and the change that carries it out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph import decisions
from graph.audience import ANONYMOUS, Viewer
from graph.errors import KnowledgeError
from graph.importing.cells import Reference
from graph.importing.linking import Linker, names_in
from graph.importing.mapping import map_columns
from graph.importing.matching import Matcher
from graph.importing.naming import slug_of
from graph.importing.places import PLACE_KEY, Gazetteer, Place, parents
from graph.importing.problems import Problem, shortened
from graph.importing.reading import Table
from graph.importing.records import Record, Validated, missing_columns, validate
from graph.importing.statements import Speaker
from graph.knowledge import Change, Knowledge, Source
from graph.store import normal
from ontology import CR, RDFS, SKOS, Bilingual, term_label

MOST_GONE_ROWS: Final = 20
MOST_GONE_SHARE: Final = 0.1
"""More rows than this may only go if a person confirms it."""
CHECKSUM: Final = NamedNode(CR + "checksum")
"""Says of a source which file it was read from, so that the same file is recognised."""

_NAMING: Final = (SKOS + "prefLabel", RDFS + "label")
_SOURCE_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class About:
    """What a list is, apart from its rows.

    Attributes:
        kind: kind of its rows.
        source: name of the list; part of the addresses of its rows.
        label: its name for people; empty: the name.
        owner: whose list it is.
        as_of: year, month or day of its statements; empty where they are current.
        status: what ``cr:status`` each row has that says none; empty: none.
        invented: whether everything in it is made up.
        complete: whether rows that are no longer in it are gone; None: as the last time.
        checksum: of the file, so that the same file is recognised.
    """

    kind: str
    source: str
    label: str = ""
    owner: str = ""
    as_of: str = ""
    status: str = ""
    invented: bool = False
    complete: bool | None = None
    checksum: str = ""


@dataclass(frozen=True)
class Detail:
    """One property of a row that changes.

    Attributes:
        property: IRI of the property.
        old: what the row said.
        new: what it says now.
    """

    property: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    def label(self, lang: str) -> str:
        """What a person calls the property."""
        return term_label(self.property, lang) or self.property.rpartition("#")[2]


@dataclass(frozen=True)
class RowChange:
    """What becomes of one row.

    Attributes:
        state: ``new``, ``changed`` or ``gone``.
        key: what the row is called within its source.
        name: what a person calls it.
        number: its row number; 0 where it is no longer in the list.
        details: what changes.
    """

    state: str
    key: str
    name: str
    number: int = 0
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    Attributes:
        about: the list.
        counts: rows by what becomes of them.
        problems: everything a person should know, in the order of the rows.
        rows: rows that are new, changed or gone.
        change: what to commit.
        needs_consent: whether so many rows would go that a person must confirm it.
    """

    about: About
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    rows: tuple[RowChange, ...]
    change: Change
    needs_consent: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit."""
        return not self.change.add and not self.change.remove

    def rows_of(self, state: str) -> list[RowChange]:
        """The rows that are ``new``, ``changed`` or ``gone``."""
        return [row for row in self.rows if row.state == state]


def make_plan(
    knowledge: Knowledge,
    table: Table,
    about: About,
    *,
    viewer: Viewer = ANONYMOUS,
    time: datetime | None = None,
) -> Plan:
    """Work out what importing a list would do; nothing is written.

    Args:
        knowledge: what is known already.
        table: the list.
        about: what the list is.
        viewer: who imports; only what this viewer may read is matched and linked.
        time: when the decisions are made; now, if not given.

    Raises:
        KnowledgeError: the list as a whole cannot be imported.
    """
    return _Planner(knowledge, table, about, viewer, time or datetime.now(UTC)).plan()


class _Planner:
    """Makes one plan; each step is a method."""

    def __init__(
        self, knowledge: Knowledge, table: Table, about: About, viewer: Viewer, time: datetime
    ) -> None:
        self.knowledge = knowledge
        self.addresses = knowledge.addresses
        self.table = table
        self.about = about
        self.time = time
        self.view = knowledge.view(viewer)
        self.names = names_in(self.view)
        self.earlier = next((s for s in knowledge.sources() if s.name == about.source), None)
        self.old = {key: frozenset(quads) for key, quads in knowledge.rows(about.source).items()}
        self.speaker = Speaker(knowledge.addresses, about.source, _constants(about))
        self.complete = about.complete
        if self.complete is None:
            self.complete = self.earlier.complete if self.earlier else True

    def plan(self) -> Plan:
        _check_names(self.about, self.earlier)
        validated = self._validated()
        known = self.knowledge.things_of_rows(self.about.source)
        matched = Matcher(self.view, self.names, known, self.speaker, self.time).match(
            validated.records
        )
        linker = Linker(self.knowledge, self.names, self.time)
        linked = linker.link(validated.records, self.speaker)
        open_add, open_remove = linker.link_open()
        said, places_decided = self._said(validated.records, linker)
        kept = self._kept(said, validated)
        before = normal(quad for quads in (self._description_now(), *self.old.values()) for quad in quads)
        after = normal(quad for quads in (self._description(), *kept.values(), *said.values()) for quad in quads)
        # What this very list says anew is right already.
        open_add = frozenset(q for q in open_add if q not in before or q in after)
        decided = matched.decisions | linked.decisions | places_decided | open_add
        gone = before - after
        rows = tuple(self._changes(validated.records, said, kept))
        problems = (*validated.problems, *matched.problems, *linked.problems)
        counts = self._counts(validated, rows, len(matched.merged), len(matched.problems))
        return Plan(
            about=self.about,
            counts=counts,
            problems=tuple(sorted(problems, key=lambda problem: problem.row)),
            rows=rows,
            change=Change(frozenset(after - before) | decided, frozenset(gone | open_remove)),
            needs_consent=_is_much(counts["gone"], sum(map(_is_row, self.old))),
        )

    def _validated(self) -> Validated:
        mapping = map_columns(self.table, self.about.kind)
        validated = validate(self.table, mapping, self._is_known)
        lacking = missing_columns(validated.problems, mapping)
        if lacking and not validated.records:
            raise KnowledgeError(
                Bilingual(
                    "{table} lacks columns that every new row needs: {columns}.",
                    "In {table} fehlen Spalten, die jede neue Zeile braucht: {columns}.",
                ).with_(table=self.table.name or self.about.source, columns=", ".join(lacking)),
                Bilingual("Add them and fill them in.", "Ergänzen und ausfüllen."),
            )
        return validated

    def _is_known(self, kind: str, id_: str) -> bool:
        """Whether another source speaks of the thing with this id."""
        thing = self.names.thing(kind, slug_of(id_))
        store = self.knowledge.store
        for quad in store.match(None, decisions.THING, NamedNode(thing)) if thing else ():
            for row in store.match(quad.subject, decisions.ROW, None, quad.graph_name):
                parsed = self.addresses.parse_row(row.object.value)
                if parsed is not None and parsed[0] != self.about.source:
                    return True
        return False

    def _said(
        self, records: Iterable[Record], linker: Linker
    ) -> tuple[dict[str, frozenset[Quad]], frozenset[Quad]]:
        """What each row and each place says now, and what the new places are."""
        gazetteer = Gazetteer()
        for record in records:
            gazetteer.learn(record.places)
        said: dict[str, frozenset[Quad]] = {}
        above: dict[Place, set[Place]] = {}

        def meaning(reference: Reference) -> str:
            return linker.meaning(self.speaker.term(reference), reference)

        for record in records:
            places = gazetteer.places(record.places)
            said[record.key] = self.speaker.record(record, places, meaning)
            over = parents(places)
            for place in places:
                above.setdefault(place, set()).update({over[place]} if place in over else ())
        decided: set[Quad] = set()
        for place in sorted({*above, *(one for several in above.values() for one in several)}):
            key = PLACE_KEY + place.slug
            said[key] = self.speaker.place(place, above.get(place, ()))
            if key not in self.old:
                thing = self.addresses.thing("place", place.slug)
                row = self.speaker.row(key).value
                decided |= decisions.row_is(self.addresses, row, thing, "rule:place", self.time)
        return said, frozenset(decided)

    def _kept(
        self, said: Mapping[str, frozenset[Quad]], validated: Validated
    ) -> dict[str, frozenset[Quad]]:
        """Rows of the last time that are not said anew and still hold, with their places."""
        if not self.complete or validated.nameless:
            # Where a refused row cannot be told from the others, none of them is gone.
            keep = set(self.old)
        else:
            keep = set(validated.refused) & set(self.old)
            waiting = list(keep)
            while waiting:
                for place in self._places_of(self.old[waiting.pop()]) - keep:
                    keep.add(place)
                    waiting.append(place)
        return {key: self.old[key] for key in keep if key not in said or not _is_row(key)}

    def _places_of(self, quads: Iterable[Quad]) -> set[str]:
        found = set()
        for quad in quads:
            row = self.addresses.parse_row(quad.object.value)
            if row and row[0] == self.about.source and row[1] in self.old and not _is_row(row[1]):
                found.add(row[1])
        return found

    def _description(self) -> frozenset[Quad]:
        about, earlier = self.about, self.earlier
        source = Source(
            about.source,
            kind=about.kind,
            owner=about.owner or (earlier.owner if earlier else ""),
            label=about.label or (earlier.label if earlier else ""),
            as_of=about.as_of or (earlier.as_of if earlier else ""),
            complete=bool(self.complete),
        )
        quads = source.quads(self.addresses)
        if not about.checksum:
            return quads
        subject, graph = next((quad.subject, quad.graph_name) for quad in quads)
        return quads | {Quad(subject, CHECKSUM, Literal(about.checksum), graph)}

    def _description_now(self) -> frozenset[Quad]:
        subject = NamedNode(self.addresses.source(self.about.source))
        return frozenset(self.knowledge.store.match(subject, None, None, self._graph))

    @property
    def _graph(self) -> NamedNode:
        return NamedNode(self.addresses.source_graph(self.about.source, self.speaker.audience))

    def _changes(
        self,
        records: Iterable[Record],
        said: Mapping[str, frozenset[Quad]],
        kept: Mapping[str, frozenset[Quad]],
    ) -> Iterator[RowChange]:
        """The rows that are new or changed, in the order of the list, then those gone."""
        for record in records:
            old = self.old.get(record.key)
            details = tuple(self._details(old or frozenset(), normal(said[record.key])))
            if old is None:
                yield RowChange("new", record.key, record.name, record.number, details)
            elif details:
                yield RowChange("changed", record.key, record.name, record.number, details)
        for key in sorted(set(self.old) - set(said) - set(kept)):
            if _is_row(key):
                yield RowChange("gone", key, _name_in(self.old[key]) or key)

    def _details(self, old: Iterable[Quad], new: Iterable[Quad]) -> Iterator[Detail]:
        was, now = self._by_property(old), self._by_property(new)
        for name in sorted({*was, *now}):
            if was.get(name) != now.get(name):
                yield Detail(name, was.get(name, ()), now.get(name, ()))

    def _by_property(self, quads: Iterable[Quad]) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        for quad in quads:
            found.setdefault(quad.predicate.value, set()).add(self._words(quad.object))
        return {name: tuple(sorted(values)) for name, values in found.items()}

    def _words(self, value: NamedNode | Literal) -> str:
        """A value as a person wrote it."""
        if isinstance(value, Literal):
            return f"{value.value} ({value.language})" if value.language else value.value
        term = self.addresses.parse_term(value.value)
        row = self.addresses.parse_row(value.value)
        if term:
            return term[2]
        return row[1].removeprefix(PLACE_KEY) if row else value.value

    def _counts(
        self, validated: Validated, rows: Iterable[RowChange], merged: int, doubtful: int
    ) -> dict[str, int]:
        states = Counter(row.state for row in rows)
        taken = len(validated.records)
        return {
            "rows": len(self.table.rows),
            "new": states["new"],
            "changed": states["changed"],
            "unchanged": taken - states["new"] - states["changed"],
            "gone": states["gone"],
            "merged": merged,
            "doubtful": doubtful,
            "refused": len(self.table.rows) - taken,
        }


def _is_row(key: str) -> bool:
    """Whether a key is that of a row of the list, not of a place that rows name."""
    return not key.startswith(PLACE_KEY)


def _is_much(gone: int, before: int) -> bool:
    return gone > MOST_GONE_ROWS or gone > before * MOST_GONE_SHARE


def _name_in(quads: Iterable[Quad]) -> str:
    return min((q.object.value for q in quads if q.predicate.value in _NAMING), default="")


def _constants(about: About) -> dict[str, Literal]:
    """What every row of a list says."""
    said: dict[str, Literal] = {}
    if about.as_of:
        said[CR + "asOf"] = Literal(about.as_of)
    if about.status:
        said[CR + "status"] = Literal(about.status)
    if about.invented:
        said[CR + "invented"] = Literal(True)
    return said


def _check_names(about: About, earlier: Source | None) -> None:
    """Refuse a name that cannot name a source, and a source of another kind."""
    if not _SOURCE_NAME.fullmatch(about.source):
        raise KnowledgeError(
            Bilingual(
                "“{name}” cannot be the name of a source.",
                "„{name}“ kann kein Name einer Quelle sein.",
            ).with_(name=shortened(about.source)),
            Bilingual(
                "Use up to 64 small letters, digits and hyphens, for example optence-members.",
                "Bis zu 64 kleine Buchstaben, Ziffern und Bindestriche, zum Beispiel optence-mitglieder.",
            ),
        )
    if about.as_of and not _DATE.fullmatch(about.as_of):
        raise KnowledgeError(
            Bilingual("“{text}” is not a date.", "„{text}“ ist kein Datum.").with_(text=shortened(about.as_of)),
            Bilingual("Write 2016, 2016-03 or 2016-03-04.", "2016, 2016-03 oder 2016-03-04 schreiben."),
        )
    if earlier and earlier.kind and earlier.kind != about.kind:
        raise KnowledgeError(
            Bilingual(
                "The source “{source}” holds rows of the kind {old}, not {new}.",
                "Die Quelle „{source}“ enthält Zeilen der Art {old}, nicht {new}.",
            ).with_(source=about.source, old=earlier.kind, new=about.kind),
            Bilingual(
                "Choose another name for the source, or the kind {old}.",
                "Einen anderen Namen für die Quelle wählen oder die Art {old}.",
            ).with_(old=earlier.kind),
        )
