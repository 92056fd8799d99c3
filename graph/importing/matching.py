"""Matching: which thing a new row speaks of, among what the importer may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pyoxigraph import Quad

from graph import decisions
from graph.audience import PUBLIC
from graph.importing.earlier import Earlier
from graph.importing.likeness.facts import (
    NUMBERS,
    Facts,
    facts_of_record,
    facts_of_thing,
    number_of,
)
from graph.importing.likeness.organisations import compare
from graph.importing.likeness.spelling import NearNames
from graph.importing.mapping import NAMES
from graph.importing.naming import Names, distinct_slug, is_bare_number, slug_of
from graph.importing.problems import NOTE, Problem, shortened
from graph.importing.records import Record
from graph.importing.statements import Speaker
from graph.knowledge import View
from ontology import Bilingual

MERGED_BY_NAME: Final = ("cluster", "organisation")
"""Kinds whose things may be found by name alone; others have too many namesakes."""


@dataclass(frozen=True)
class Matched:
    """What rows are.

    Attributes:
        things: key of a row to the IRI of its thing.
        decisions: quads of the new decisions.
        merged: keys of new rows that speak of a thing that another source brought.
        problems: rows that may or may not be something known, as notes.
    """

    things: dict[str, str]
    decisions: frozenset[Quad]
    merged: frozenset[str]
    problems: tuple[Problem, ...]


class Matcher:
    """Finds or makes the things of rows.

    Args:
        view: what all readers of the list, and the importer, may read.
        names: the index of it; new things are entered.
        earlier: what the rows of the last time were decided to be.
        speaker: of the source that is imported.
        time: when the decisions are made.
    """

    def __init__(
        self, view: View, names: Names, earlier: Earlier, speaker: Speaker, time: datetime
    ) -> None:
        self._view = view
        self._names = names
        self._earlier = earlier
        self._speaker = speaker
        self._time = time
        self._taken: set[str] = set()
        self._problems: list[Problem] = []
        self._near: dict[str, NearNames] = {}
        self._by_numbers: dict[str, dict[str, set[str]]] = {}

    def match(self, records: Iterable[Record]) -> Matched:
        """Say of every row which thing it speaks of."""
        things: dict[str, str] = {}
        made: set[Quad] = set()
        merged: set[str] = set()
        addresses = self._speaker.addresses
        for record in records:
            thing = self._earlier.thing(record.key)
            parsed = addresses.parse(thing)
            if parsed is None or parsed[0] != record.kind:
                thing, rule, is_new = self._find(record)
                row = self._speaker.row(record.key).value
                made |= decisions.row_is(
                    addresses, row, thing, f"rule:{rule}", self._time, self._speaker.audience
                )
                if not is_new:
                    merged.add(record.key)
                parsed = addresses.parse(thing)
            things[record.key] = thing
            self._taken.add(thing)
            if parsed:
                self._names.add(thing, parsed[0], parsed[1], record.names)
        return Matched(things, frozenset(made), frozenset(merged), tuple(self._problems))

    def _find(self, record: Record) -> tuple[str, str, bool]:
        """(thing, rule, whether it is new) of a row that is new."""
        named = record.id and not is_bare_number(record.id)
        if named:
            found = self._names.thing(record.kind, slug_of(record.id))
            if found and not self._is_own(found):
                return found, "id", False
        if record.kind in MERGED_BY_NAME:
            found, number = self._by_number(record)
            if found:
                return found, number, False
            if found := self._by_name(record):
                return found, "name", False
            if found := self._by_spelling(record):
                return found, "spelling", False
        slug = slug_of(record.id if named else record.name)
        # What is called so elsewhere may be hidden: a closed list takes no plain address unasked.
        closed = self._speaker.audience != PUBLIC and not named
        if not slug or closed or self._names.thing(record.kind, slug):
            slug = distinct_slug(slug, f"{self._speaker.source}/{record.key}")
        return self._speaker.addresses.thing(record.kind, slug), "id" if named else "new", True

    def _is_own(self, thing: str) -> bool:
        """Whether another row of the same list speaks of a thing: two rows are two things."""
        return thing in self._taken or self._earlier.speaks_of(thing)

    def _by_name(self, record: Record) -> str:
        """The one thing of that name that nothing speaks against; what is doubtful is noted."""
        namesakes: set[str] = set()
        for name in (text.value for text in record.texts(*NAMES)):
            namesakes.update(self._names.namesakes(name, record.kind))
        candidates = sorted(iri for iri in namesakes if not self._is_own(iri))
        fitting = [iri for iri in candidates if not self._veto(record, iri)]
        if len(fitting) == 1:
            return fitting[0]
        if candidates:
            parsed = self._speaker.addresses.parse(candidates[0])
            message = (_SEVERAL if fitting else _VETO).with_(id=parsed[1] if parsed else "")
            self._problems.append(Problem(record.number, "", shortened(record.name), message, NOTE))
        return ""

    def _by_spelling(self, record: Record) -> str:
        """The one thing that is called nearly so, in the same town or with the same domain."""
        near = self._near.get(record.kind)
        if near is None:
            near = self._near[record.kind] = NearNames(self._names.known(record.kind))
        fitting = []
        names = [text.value for text in record.texts(*NAMES)]
        for iri in sorted(near.look_up(names)):
            evidence = compare(facts_of_record(record), facts_of_thing(self._view, iri))
            shared = {said.kind for said in evidence if said.speaks_for}
            vetoed = any(said.veto for said in evidence)
            if not vetoed and shared & {"town", "domain"} and not self._is_own(iri):
                fitting.append(iri)
        return fitting[0] if len(fitting) == 1 else ""

    def _by_number(self, record: Record) -> tuple[str, str]:
        """(thing, kind of number) of the one thing that has a number of the row."""
        facts = facts_of_record(record)
        for kind, numbers in facts.numbers.items():
            found = {
                iri
                for number in numbers
                for iri in self._numbered(kind).get(number, ())
                if not self._is_own(iri) and _is_of(self._speaker, iri, record.kind)
            }
            # Half a register number (without its court) is no name of anything.
            if len(found) == 1 and (iri := min(found)) and _is_sure(kind, facts):
                evidence = compare(facts, facts_of_thing(self._view, iri))
                if not any(said.veto for said in evidence):
                    return iri, kind
        return "", ""

    def _numbered(self, kind: str) -> dict[str, set[str]]:
        """The things by their numbers of one kind, read once."""
        found = self._by_numbers.get(kind)
        if found is None:
            found = self._by_numbers[kind] = {}
            for said in self._view.statements("", NUMBERS[kind], inferred=False):
                number = number_of(kind, said.object.value)
                found.setdefault(number, set()).add(said.subject)
        return found

    def _veto(self, record: Record, iri: str) -> bool:
        """Whether legal form, web domain, town or a number say that these are two."""
        evidence = compare(facts_of_record(record), facts_of_thing(self._view, iri))
        return any(said.veto for said in evidence)


def _is_of(speaker: Speaker, iri: str, kind: str) -> bool:
    parsed = speaker.addresses.parse(iri)
    return parsed is not None and parsed[0] == kind


def _is_sure(kind: str, facts: Facts) -> bool:
    return kind != "register" or all(len(n.split()) > 2 for n in facts.numbers[kind])


_VETO: Final = Bilingual(
    "“{id}” has the same name, but another legal form, web domain, town or register number, so "
    "this becomes a thing of its own. If they are the same, write {id} in the column “id”, or "
    "say so at /import/doubts.",
    "„{id}“ heißt ebenso, hat aber eine andere Rechtsform, Webdomain, Registernummer oder einen "
    "anderen Ort; deshalb wird dies ein eigenes Ding. Wenn beide dasselbe sind, {id} in die Spalte "
    "„id“ schreiben oder es unter /import/doubts sagen.",
)
_SEVERAL: Final = Bilingual(
    "Several things have this name, so this becomes one of its own. If it is one of them, write "
    "its id (for example {id}) in the column “id”.",
    "Mehrere Dinge heißen so; deshalb wird dies ein eigenes. Wenn es eines davon ist, dessen "
    "Kennung (zum Beispiel {id}) in die Spalte „id“ schreiben.",
)
