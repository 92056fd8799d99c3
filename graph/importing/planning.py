"""Planning an import: all steps up to the commit, which may then be looked at."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import NamedNode, Quad

from graph import decisions
from graph.audience import ANONYMOUS, Viewer, readable
from graph.erasing.marks import erased_marks
from graph.erasing.stopping import stop
from graph.errors import KnowledgeError
from graph.importing.called import ThingsThere
from graph.importing.cells import Reference
from graph.importing.choices import check_choices, remembered_choices, together
from graph.importing.columns import Mapping as Columns
from graph.importing.differences import Rows, as_stored, emptied, is_row, row_changes
from graph.importing.earlier import Earlier
from graph.importing.figures import named
from graph.importing.linking import Linker
from graph.importing.lists import (
    check_info,
    constants,
    describe,
    described,
    inside,
    not_yours,
    remembered,
)
from graph.importing.mapping import map_columns
from graph.importing.matching import Matcher
from graph.importing.naming import Names, slug_of
from graph.importing.places import PLACE_KEY, Gazetteer, Place, parents
from graph.importing.plans import ListInfo, Plan, RowChange
from graph.importing.problems import Problem
from graph.importing.rdf_records import Context, kind_of_list, validate_subjects
from graph.importing.reading import Table
from graph.importing.records import Record, Validated, missing_columns, validate
from graph.importing.schemes import Schemed, SchemeMaker, concept_key, concepts_of, schemes_there
from graph.importing.settled import Settled, note_of, recall, settling_of
from graph.importing.statements import PART_OF, Speaker
from graph.knowledge import Change, Knowledge
from graph.knowledge.reading import on_demand
from graph.progress import Item, Progress, counted, silent
from graph.store import graph_of, normal, object_of, subject_of
from ontology import RDF, Bilingual

TYPE: Final = NamedNode(RDF + "type")
MOST_GONE_ROWS: Final = 20
MOST_GONE_SHARE: Final = 0.1
"""More rows than this may only go if a person confirms it."""


def make_plan(
    knowledge: Knowledge,
    table: Table,
    info: ListInfo,
    *,
    viewer: Viewer = ANONYMOUS,
    time: datetime | None = None,
    progress: Progress = silent,
) -> Plan:
    """Work out what importing a list would do; nothing is written.

    Args:
        knowledge: what is known already.
        table: the list.
        info: what the list is.
        viewer: who imports; only what this viewer may read is matched and linked.
        time: when the decisions are made; now, if not given.
        progress: told how far it has come, in the stages ``mapping``, ``validating``,
            ``matching``, ``linking`` and ``comparing``; all but the first count rows.

    Raises:
        KnowledgeError: the list as a whole cannot be imported.
    """
    time = time or datetime.now(UTC)
    plan = _Planner(knowledge, table, info, viewer, time, progress).plan()
    # What settled rows leave open is found out with all of them.
    return plan or _Planner(knowledge, table, info, viewer, time, progress, whole=True).finished()


def understand_columns(
    knowledge: Knowledge, table: Table, info: ListInfo, *, viewer: Viewer = ANONYMOUS
) -> Columns:
    """What a plan would take the columns of a list as, without the plan.

    Raises:
        KnowledgeError: the list as a whole cannot be imported.
    """
    planner = _Planner(knowledge, table, info, viewer, datetime.now(UTC), silent)
    check_info(planner.info, planner.described)
    return planner.mapped()


class _Planner:
    """Makes one plan; each step is a method."""

    def __init__(
        self,
        knowledge: Knowledge,
        table: Table,
        info: ListInfo,
        viewer: Viewer,
        time: datetime,
        progress: Progress,
        *,
        whole: bool = False,
    ) -> None:
        self.progress = progress
        self.whole = whole
        self.generation = knowledge.generation
        self.settled = Settled()
        self.knowledge = knowledge
        self.addresses = knowledge.addresses
        self.table = table
        self.time = time
        self.known = readable(viewer)
        info = inside(info)
        self.wanted_kind = info.kind
        if table.subjects:
            info = replace(info, kind=kind_of_list(table.subjects, info.kind))
        check_choices(info.choices, table.header)
        self.described, audience = described(knowledge, info.source, self.known)
        info = remembered(info, self.described, audience)
        earlier = remembered_choices(knowledge, info.source, audience)
        self.info = info = replace(info, choices=together(info.choices, earlier))
        if info.audience not in self.known:
            raise not_yours(info.audience)
        self.view = knowledge.view(viewer, within=info.audience)
        self.names = Names(ThingsThere(knowledge, self.view))
        self.reading = on_demand(knowledge.store, knowledge.addresses)
        self.earlier = Earlier(knowledge, self.reading, info.source, info.audience, self.known)
        self.speaker = Speaker(knowledge.addresses, info.source, constants(info), info.audience)

    def finished(self) -> Plan:
        plan = self.plan()
        assert plan is not None
        return plan

    def plan(self) -> Plan | None:
        """The plan; None where it needs the settled rows as well."""
        check_info(self.info, self.described)
        mapping = self.mapped()
        settling = settling_of(self.info, mapping, self.table.header, self.known)
        self.settled = self._recalled(mapping, settling)
        validated = self._validated(mapping)
        if self.settled and self.settled.hinders(validated):
            return None
        matched = Matcher(self.view, self.names, self.earlier, self.speaker, self.time).match(
            self._told("matching", validated.records)
        )
        schemed = self._schemed(mapping, validated)
        linker = Linker(self.knowledge, self.reading, self.names, self.time, self.info.audience)
        records = [named(record, linker.resolve, self.view) for record in validated.records]
        linked = linker.link(self._told("linking", records), self.speaker, mapping.headers)
        open_add, open_remove = linker.link_open()
        said, places_decided = self._said(records, linker)
        said = {**said, **as_stored(schemed.said)}
        old, kept = self._old_and_kept(said, validated)
        own = schemed.scheme_quads | self._description()
        before = frozenset().union(*old.values(), self._described(schemed, validated))
        after = frozenset().union(*kept.values(), *said.values(), normal(own))
        # Rows of this list that say such a quad themselves now, or are gone.
        settled = {*old, *said} - set(kept)
        restated = frozenset(quad for quad in open_add if self._own_key(quad) not in settled)
        decided = matched.decisions | linked.decisions | places_decided | schemed.decided | restated
        rows = tuple(row_changes(self.addresses, records, old, said, kept))
        problems = (
            *validated.problems,
            *matched.problems,
            *linked.problems,
            *(() if self.settled else emptied(rows, said)),
        )
        counts = self._counts(validated, rows, len(matched.merged), len(matched.problems))
        return Plan(
            info=self.info,
            counts=counts,
            problems=tuple(sorted(problems, key=lambda problem: problem.row)),
            rows=rows,
            change=Change((after - before) | decided, (before - after) | open_remove),
            needs_consent=_is_much(counts["gone"], sum(map(is_row, old)) + len(self.settled)),
            mapping=mapping,
            note=self._note(validated, problems, filter(is_row, kept), settling),
            generation=self.generation,
        )

    def _recalled(self, mapping: Columns, settling: str) -> Settled:
        schemed = any(column.scheme for column in mapping.columns)
        if self.whole or schemed or not self.info.complete or self.table.subjects:
            return Settled()
        return recall(self.knowledge.notes.get(self.info.source), self.table, settling)

    def _note(
        self,
        validated: Validated,
        problems: Collection[Problem],
        kept: Iterable[str],
        settling: str,
    ) -> bytes:
        if not self.info.complete or self.table.subjects or validated.nameless:
            return b""
        return note_of(self.table, self.settled, validated, problems, kept, settling)

    def _told(self, stage: str, rows: Sequence[Item]) -> Iterator[Item]:
        return counted(rows, len(rows), self.progress, stage)

    def mapped(self) -> Columns:
        if self.table.subjects:
            return Columns(self.info.kind, ())
        columns = len(self.table.header)
        self.progress("mapping", 0, columns)
        mapping = map_columns(self.table, self.info.kind, self.info.choices, self.names.kinds_of)
        self.info = replace(self.info, choices=together(mapping.found, self.info.choices))
        self.progress("mapping", columns, columns)
        return mapping

    def _validated(self, mapping: Columns) -> Validated:
        validated = self._checked(mapping)
        validated = stop(validated, self.info.source, erased_marks(self.knowledge), self._called)
        lacking = missing_columns(validated.problems, mapping) if mapping.columns else []
        if lacking and not validated.records:
            raise KnowledgeError(
                Bilingual(
                    "{table} lacks columns that every new row needs: {columns}.",
                    "In {table} fehlen Spalten, die jede neue Zeile braucht: {columns}.",
                ).with_(table=self.table.name or self.info.source, columns=", ".join(lacking)),
                Bilingual("Add them and fill them in.", "Ergänzen und ausfüllen."),
            )
        return validated

    def _checked(self, mapping: Columns) -> Validated:
        if not self.table.subjects:
            table = self.table
            if self.settled:
                table = replace(table, rows=self.settled.unsettled(table.rows))
            return validate(table, mapping, self._is_known, self.progress)
        info = self.info
        context = Context(
            self.addresses, info.source, info.audience, self.wanted_kind, self._is_known
        )
        return validate_subjects(self.table, context)

    def _schemed(self, mapping: Columns, validated: Validated) -> Schemed:
        refused = {problem.row for problem in validated.problems if problem.refuses}
        concepts = concepts_of(mapping, self.table, refused)
        return SchemeMaker(self.names, self.earlier, self.speaker, self.time).make(concepts)

    def _called(self, reference: Reference) -> Iterator[str]:
        """All names and slugs of the things that a word may mean."""
        for iri in self.names.look_up(reference.text, reference.kinds)[0]:
            thing = self.view.thing(iri)
            yield from (thing.slug, *thing.labels.values()) if thing else ()

    def _is_known(self, kind: str, id_: str) -> bool:
        """Whether another source speaks of the thing with this id."""
        thing = self.names.thing(kind, slug_of(id_))
        if not thing:
            return False
        said = (
            self.reading.place(graph_of(quad))
            for audience in self.view.audiences
            for quad in self.reading.said(NamedNode(thing), audience, TYPE)
        )
        return any(place is not None and place[0] != self.info.source for place in said)

    def _said(self, records: Sequence[Record], linker: Linker) -> tuple[Rows, frozenset[Quad]]:
        """What each row and each place says now, and what the new places are."""
        gazetteer = Gazetteer()
        for places_named in (*(record.places for record in records), *self.settled.named):
            gazetteer.learn(places_named)
        said: dict[str, frozenset[Quad]] = {}
        above: dict[Place, set[Place]] = {}

        def meaning(reference: Reference) -> str:
            return linker.meaning(self.speaker.term(reference), reference)

        for record in self._told("comparing", records):
            places = gazetteer.places(record.places)
            said[record.key] = self.speaker.record(record, places, meaning)
            over = parents(places)
            for place in places:
                above.setdefault(place, set()).update({over[place]} if place in over else ())
        decided: set[Quad] = set()
        for place in sorted({*above, *(one for several in above.values() for one in several)}):
            key = PLACE_KEY + place.slug
            said[key] = self.speaker.place(place, above.get(place, ()))
            if not self.earlier.thing(key):
                thing = self.addresses.thing("place", place.slug)
                row = self.speaker.row(key).value
                decided |= decisions.row_is(
                    self.addresses, row, thing, "rule:place", self.time, self.speaker.audience
                )
        return as_stored(said), frozenset(decided)

    def _old_and_kept(self, said: Rows, validated: Validated) -> tuple[Rows, Rows]:
        """What rows said the last time, and those of them that still hold, with their places.

        Where no row can be gone, rows that are not said anew are in neither.
        """
        if not self.info.complete or validated.nameless:
            # Where a refused row cannot be told from the others, none of them is gone.
            old: Rows = {key: quads for key in said if (quads := self.earlier.row(key))}
            return old, {key: quads for key, quads in old.items() if not is_row(key)}
        old = self._old(said)
        keep = set(validated.refused) & set(old)
        waiting = list(keep)
        while waiting:
            for key in self._named_by(old[waiting.pop()]) - keep:
                keep.add(key)
                waiting.append(key)
        kept = {key: old[key] for key in keep if key not in said or not is_row(key)}
        for key, above in self.settled.places.items():
            kept[key] = frozenset(
                quad
                for quad in old.get(key, ())
                if quad.predicate != PART_OF or self._own_object(quad) in above or key in keep
            )
        return old, kept

    def _old(self, said: Rows) -> Rows:
        """What all rows of the last time said, but those that are settled."""
        if not self.settled:
            return self.earlier.all()
        keys = {*said, *self.settled.others, *self.settled.places}
        waiting = list(keys)
        while waiting:
            more = self._named_by(self.earlier.row(waiting.pop())) - keys
            keys |= more
            waiting += more
        return {key: quads for key in keys if (quads := self.earlier.row(key))}

    def _own_object(self, quad: Quad) -> str:
        row = self.addresses.parse_row(object_of(quad).value)
        return row[1] if row else ""

    def _named_by(self, quads: Iterable[Quad]) -> set[str]:
        """Keys of the places and the concepts that a row of the last time names."""
        found = set()
        for quad in quads:
            iri = object_of(quad).value
            if row := self.addresses.parse_row(iri):
                found.add(row[1] if row[0] == self.info.source and not is_row(row[1]) else "")
            elif term := self.addresses.parse_term(iri):
                found.add(concept_key(term[2]))
        return {key for key in found if key in self.earlier}

    def _description(self) -> frozenset[Quad]:
        """What the source will say about itself."""
        return describe(self.addresses, self.info)

    def _described(self, schemed: Schemed, validated: Validated) -> Iterator[Quad]:
        """What the source says now about itself, and about those schemes that may change."""
        subject = NamedNode(self.addresses.source(self.info.source))
        for audience in self.known:
            graph = NamedNode(self.addresses.source_graph(self.info.source, audience))
            yield from self.knowledge.store.match(subject, None, None, graph)
        said = {quad.subject for quad in schemed.scheme_quads}
        may_go = self.info.complete and not validated.refused_rows
        for quad in schemes_there(self.knowledge, self.info.source, self.known):
            if may_go or quad.subject in said:
                yield quad

    def _own_key(self, quad: Quad) -> str | None:
        """The key of the row of this list that a quad is about."""
        row = self.addresses.parse_row(subject_of(quad).value)
        return row[1] if row and row[0] == self.info.source else None

    def _counts(
        self, validated: Validated, rows: Iterable[RowChange], merged: int, doubtful: int
    ) -> dict[str, int]:
        more = validated.more_rows
        states: Counter[str] = Counter()
        for row in rows:
            states[row.state] += 1 + (more.get(row.key, 0) if row.number else 0)
        taken = sum(1 + more.get(record.key, 0) for record in validated.records)
        taken += len(self.settled)
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


def _is_much(gone: int, before: int) -> bool:
    return gone > MOST_GONE_ROWS or gone > before * MOST_GONE_SHARE
