"""Matching: which thing a new row speaks of, among what the importer may read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Quad

from graph import decisions
from graph.audience import PUBLIC
from graph.folding import fold
from graph.importing.earlier import Earlier
from graph.importing.mapping import NAMES
from graph.importing.naming import Names, distinct_slug, is_bare_number, slug_of, split_legal_form
from graph.importing.problems import NOTE, Problem, shortened
from graph.importing.records import Record
from graph.importing.statements import Speaker
from graph.knowledge import View
from ontology import CR, FOAF, Bilingual

MERGED_BY_NAME: Final = ("cluster", "organisation")
"""Kinds whose things may be found by name alone; others have too many namesakes."""
_LEGAL_FORM: Final = CR + "legalForm"
_HOMEPAGE: Final = FOAF + "homepage"


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
        if record.kind in MERGED_BY_NAME and (found := self._by_name(record)):
            return found, "name", False
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

    def _veto(self, record: Record, iri: str) -> bool:
        """Whether legal form or web domain say that these are two."""
        forms = {f for text in record.texts(*NAMES) if (f := split_legal_form(text.value)[1])}
        forms |= {_form(text.value) for text in record.texts(_LEGAL_FORM)}
        domains = {
            domain_of(value.value)
            for path, value in record.said
            if path == _HOMEPAGE and isinstance(value, NamedNode)
        }
        thing = self._view.thing(iri)
        labels = thing.labels.values() if thing else ()
        other_forms = {f for name in labels if (f := split_legal_form(name)[1])}
        other_forms |= {_form(text) for text in self._values(iri, _LEGAL_FORM)}
        other_domains = {domain_of(text) for text in self._values(iri, _HOMEPAGE)}
        return _differ(forms, other_forms) or _differ(domains, other_domains)

    def _values(self, iri: str, predicate: str) -> list[str]:
        return [s.object.value for s in self._view.statements(iri, predicate, inferred=False)]


def _form(text: str) -> str:
    """A legal form as :func:`split_legal_form` spells it.

    >>> _form("e. V."), _form("GmbH")
    ('e v', 'gmbh')
    """
    return split_legal_form(f"x {text}")[1] or fold(text)


def _differ(ours: set[str], theirs: set[str]) -> bool:
    return bool(ours and theirs and not ours & theirs)


def domain_of(address: str) -> str:
    """The web domain of an address, without ``www``.

    >>> domain_of("https://www.optence.de/start")
    'optence.de'
    """
    host = urlsplit(address).hostname or ""
    return re.sub(r"^www\d?\.", "", host)


_VETO: Final = Bilingual(
    "“{id}” has the same name, but another legal form or web domain, so this becomes a thing of "
    "its own. If they are the same, write {id} in the column “id”.",
    "„{id}“ heißt ebenso, hat aber eine andere Rechtsform oder Webdomain; deshalb wird dies ein "
    "eigenes Ding. Wenn beide dasselbe sind, {id} in die Spalte „id“ schreiben.",
)
_SEVERAL: Final = Bilingual(
    "Several things have this name, so this becomes one of its own. If it is one of them, write "
    "its id (for example {id}) in the column “id”.",
    "Mehrere Dinge heißen so; deshalb wird dies ein eigenes. Wenn es eines davon ist, dessen "
    "Kennung (zum Beispiel {id}) in die Spalte „id“ schreiben.",
)
