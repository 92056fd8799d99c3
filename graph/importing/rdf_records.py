"""From the subjects of an RDF list to records that may be taken over, checked like rows.

Whatever named graph a statement stands in, it is said by this list and to its audience: a list
writes into no other source and claims no audience. Statements in graphs of the platform that are
for somebody else are left out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.addresses import Addresses
from graph.audience import PUBLIC
from graph.importing.cells import Reference, Wrong, parse_value
from graph.importing.mapping import NAMES, TOPIC_KINDS
from graph.importing.naming import distinct_slug, key_of
from graph.importing.places import AUXILIARY
from graph.importing.problems import NOTE, Problem, shortened
from graph.importing.rdf_child import HERE
from graph.importing.rdf_lists import Fact, Subject, Value, as_text, compact
from graph.importing.rdf_values import checked_literal, missing, too_many
from graph.importing.reading import Table
from graph.importing.records import CONCEPT_TYPE, Record, Said, Validated
from graph.importing.statements import BROADER, SCHEMES, predicate_for
from ontology import (
    CR,
    KINDS,
    RDF,
    RDFS,
    SKOS,
    Bilingual,
    PropertyCheck,
    checks,
    code_class,
    kind_of,
    schema,
)

_TYPE: Final = RDF + "type"
_CONCEPT_OF_KIND: Final = {"sector": "sector", "competence": "competence", "topic": "technology"}
_MAX_KEY: Final = 200


@dataclass(frozen=True)
class Context:
    """What the list is read for.

    Attributes:
        addresses: of the data folder.
        source: name of the list inside.
        audience: who may read it.
        kind: kind of the subjects that have no class; empty: they are refused.
        is_known: whether another source speaks of a thing of this kind with this slug.
    """

    addresses: Addresses
    source: str
    audience: str
    kind: str
    is_known: Callable[[str, str], bool]


def kind_of_list(subjects: Iterable[Subject], kind: str = "") -> str:
    """The one kind that all subjects are of; empty where they are of several.

    Args:
        subjects: of an RDF list.
        kind: what those are that have no class.
    """
    found = {_kind_by_class(one) or kind for one in subjects} - {""}
    found = {"topic" if one in TOPIC_KINDS else one for one in found}
    return found.pop() if len(found) == 1 else ""


def _kind_by_class(subject: Subject) -> str:
    kinds = {kind_of(iri) for iri in _classes(subject) if iri.startswith(CR)} - {""}
    return kinds.pop() if len(kinds) == 1 else ""


def _classes(subject: Subject) -> list[str]:
    return [
        fact.value.value
        for fact in subject.facts
        if fact.property == _TYPE and isinstance(fact.value, NamedNode)
    ]


def validate_subjects(table: Table, context: Context) -> Validated:
    """Check every statement of an RDF list."""
    taken: dict[str, int] = {}
    drafts = [_Draft(one, context) for one in table.subjects]
    named: dict[Value, _Draft] = {draft.subject.term: draft for draft in drafts}
    problems: list[Problem] = list(table.problems)
    left_out: Counter[tuple[str, str]] = Counter()
    for draft in drafts:
        draft.name_it(taken)
    for draft in drafts:
        if not draft.wrong:
            draft.read(named, left_out)
        problems += draft.problems
    records = tuple(draft.record() for draft in drafts if not draft.wrong)
    refused = {draft.key for draft in drafts if draft.wrong}
    problems += [_left_out(name, why, count) for (name, why), count in left_out.items()]
    kept = frozenset(refused - {""} - {record.key for record in records})
    problems.sort(key=lambda problem: problem.row)
    return Validated(records, tuple(problems), kept, "" in refused)


class _Draft:
    """A record in the making."""

    def __init__(self, subject: Subject, context: Context) -> None:
        self.subject = subject
        self.context = context
        self.problems: list[Problem] = []
        self.wrong = False
        self.kind = ""
        self.key = ""
        self.id = ""
        self.said: dict[tuple[str, Said], None] = {}
        self.codes: list[str] = []

    def record(self) -> Record:
        said, codes = tuple(self.said), tuple(self.codes)
        return Record(self.subject.number, self.key, self.id, self.kind, said, codes, {})

    def _refuse(self, message: Bilingual, column: str = "", value: str = "") -> None:
        self.wrong = True
        self._tell(message, column, value, "refused")

    def _tell(self, message: Bilingual, column: str, value: str, level: str = NOTE) -> None:
        where = shortened(as_text(self.subject.term))
        told = _AT.with_(subject=where, message=message)
        self.problems.append(Problem(self.subject.number, column, shortened(value), told, level))

    def name_it(self, taken: dict[str, int]) -> None:
        """Find out what it is and what the row is called."""
        own = self.context.addresses.parse(self.subject.iri)
        self._choose_kind(own)
        self._choose_key(own)
        if self.wrong:
            return
        if not self.key or len(self.key) > _MAX_KEY or not self.key.isprintable():
            self._refuse(_NO_NAME)
        elif self.key in taken:
            self._refuse(_REPEATED.with_(row=taken[self.key]))
        else:
            taken[self.key] = self.subject.number

    def _choose_kind(self, own: tuple[str, str] | None) -> None:
        classes = [iri for iri in _classes(self.subject) if iri.startswith(CR)]
        kinds = sorted({kind_of(iri) for iri in classes} - {""})
        unknown = [iri for iri in classes if not kind_of(iri) and iri not in schema().classes]
        if own and own[0] in KINDS and not kinds:
            kinds = [own[0]]
        self.kind = kinds[0] if len(kinds) == 1 else "" if kinds else self.context.kind
        ours = self.subject.iri.startswith(self.context.addresses.base)
        if self.kind == "source" or (ours and own is None):
            self._refuse(_OURS)
        elif unknown:
            self._refuse(_NO_CLASS.with_(name=compact(unknown[0])))
        elif len(kinds) > 1:
            self._refuse(_TWO_KINDS.with_(kinds=", ".join(kinds)))
        elif not self.kind:
            self._refuse(_NO_KIND)
        elif own and own[0] != self.kind:
            self._refuse(_OTHER_KIND.with_(kind=self.kind))

    def _choose_key(self, own: tuple[str, str] | None) -> None:
        if own is not None:
            self.key, self.id = "/".join(own), own[1]
        elif iri := self.subject.iri.removeprefix(HERE):
            fits = len(iri) <= _MAX_KEY and not iri.startswith(AUXILIARY)
            self.key = iri if fits else distinct_slug("", iri)
        else:
            names = (fact.value for fact in self.subject.facts if fact.property in NAMES)
            name = next((one.value for one in names if isinstance(one, Literal)), "")
            self.key = key_of(name) if name else ""

    def read(self, named: "Mapping[Value, _Draft]", left_out: Counter[tuple[str, str]]) -> None:
        """Read all statements."""
        by_path: dict[str, list[PropertyCheck]] = {}
        for check in checks(self.kind).properties:
            by_path.setdefault(check.path, []).append(check)
        for fact in self.subject.facts:
            path = BROADER if fact.property == SKOS + "broadMatch" else fact.property
            if why := self._not_for_us(fact):
                left_out[compact(fact.graph), why] += 1
            elif path == _TYPE:
                self._read_class(fact, by_path.get(_TYPE, []), left_out)
            elif path in by_path:
                self._read_value(fact, by_path[path][0], named)
            elif not self._follows(fact):
                left_out[compact(fact.property), "property"] += 1
        self._choose_concept_kind()
        self._require(by_path)
        self._check_period()

    def _not_for_us(self, fact: Fact) -> str:
        """Why a statement in a graph of the platform is not this list's; empty if it is."""
        addresses = self.context.addresses
        if not fact.graph.startswith(addresses.base):
            return ""
        if addresses.parse_inferred_graph(fact.graph):
            return "inferred"
        place = addresses.parse_source_graph(fact.graph)
        audience = addresses.parse_read_graph(fact.graph) or (place[1] if place else "")
        return "" if audience in (PUBLIC, self.context.audience) else "graph"

    def _follows(self, fact: Fact) -> bool:
        """Whether a statement says only what the platform says of such a thing by itself."""
        scheme = SCHEMES.get(self.kind, "")
        if fact.property == SKOS + "inScheme":
            return isinstance(fact.value, NamedNode) and fact.value.value == scheme
        return fact.property == RDFS + "label" and any(
            other.property == SKOS + "prefLabel" and other.value == fact.value
            for other in self.subject.facts
        )

    def _read_class(
        self, fact: Fact, typed: list[PropertyCheck], left_out: Counter[tuple[str, str]]
    ) -> None:
        iri = fact.value.value if isinstance(fact.value, NamedNode) else ""
        for check in typed:
            for code in check.in_values:
                if code_class(_TYPE, code) == iri and code not in self.codes:
                    self.codes.append(code)
                    return
        # Broader classes, and those that rules derive, follow by themselves.
        if iri not in schema().classes:
            left_out[compact(iri) or as_text(fact.value), "class"] += 1

    def _read_value(
        self, fact: Fact, check: PropertyCheck, named: "Mapping[Value, _Draft]"
    ) -> None:
        value = fact.value
        path, parsed = check.path, None
        if isinstance(value, Triple):
            self._refuse(_NO_VALUE, compact(fact.property), str(value))
            return
        if check.kinds:
            path, parsed = self._linked(fact, check, named)
        elif isinstance(value, Literal):
            parsed = checked_literal(value, check)
        elif isinstance(value, NamedNode) and check.node_kind == "IRI":
            parsed = parse_value(value.value, check)
        else:
            parsed = Wrong(as_text(value), _NO_VALUE)
        if isinstance(parsed, Wrong):
            self._refuse(parsed.message, compact(fact.property), parsed.text)
        else:
            self.said[path, parsed] = None

    def _linked(
        self, fact: Fact, check: PropertyCheck, named: "Mapping[Value, _Draft]"
    ) -> tuple[str, Said | Wrong]:
        """What a statement points to, and the property that is said with it."""
        value = fact.value
        own = self.context.addresses.parse(value.value) if isinstance(value, NamedNode) else None
        if own is not None:
            if own[0] not in check.kinds:
                return check.path, Wrong(
                    as_text(value), _WRONG_KIND.with_(kinds=", ".join(check.kinds))
                )
            return check.path, Reference((own[0],), own[1])
        if draft := named.get(value):
            if draft.kind and draft.kind not in check.kinds:
                kinds = _WRONG_KIND.with_(kinds=", ".join(check.kinds))
                return check.path, Wrong(as_text(value), kinds)
            row = NamedNode(self.context.addresses.row(self.context.source, draft.key))
            if draft.wrong:
                self._tell(_POINTS_TO_REFUSED, compact(fact.property), as_text(value))
            if draft.key:
                return predicate_for(check.path, self.kind, draft.kind), row
        if isinstance(value, (NamedNode, Literal)) and value.value:
            # A word that means nothing yet is kept, as in any list.
            parsed = parse_value(value.value.removeprefix(HERE), check)
            return check.path, parsed
        return check.path, Wrong(as_text(value), _NOBODY)

    def _choose_concept_kind(self) -> None:
        if self.kind in TOPIC_KINDS and not any(path == CONCEPT_TYPE for path, _ in self.said):
            self.said[CONCEPT_TYPE, Literal(_CONCEPT_OF_KIND[self.kind])] = None

    def _check_period(self) -> None:
        start, end = (
            next((v.value for p, v in self.said if p == path and isinstance(v, Literal)), "")
            for path in (CR + "startDate", CR + "endDate")
        )
        shared = min(len(start), len(end))
        if shared and end[:shared] < start[:shared]:
            self._refuse(_BACKWARDS.with_(start=start, end=end), "cr:endDate", end)

    def _require(self, by_path: dict[str, list[PropertyCheck]]) -> None:
        known = bool(self.id) and self.context.is_known(self.kind, self.id)
        given = {path for path, _ in self.said} | ({_TYPE} if self.codes else set())
        for path, (check, *_) in by_path.items():
            needed = check.min_count and not (path == _TYPE and self.kind == "organisation")
            if needed and path not in given and not known and not self.wrong:
                self._refuse(missing(check, compact(path)), compact(path))
            for wrong in too_many(check, [v for said, v in self.said if said == path]):
                self._refuse(wrong.message, compact(path), wrong.text)


def _left_out(name: str, why: str, count: int) -> Problem:
    return Problem(0, shortened(name), "", _LEFT_OUT[why].with_(count=count), NOTE)


_AT: Final = Bilingual("{subject}: {message}", "{subject}: {message}")
_OURS: Final = Bilingual(
    "This address belongs to the platform itself; a list cannot speak of it. Use an address of "
    "your own, or that of a thing (…/id/<kind>/<name>).",
    "Diese Adresse gehört der Plattform selbst; eine Liste kann nichts darüber sagen. Eine eigene "
    "Adresse verwenden oder die eines Dings (…/id/<Art>/<Name>).",
)
_NO_CLASS: Final = Bilingual(
    "There is no class {name}. The classes are listed at /ontology.",
    "Es gibt keine Klasse {name}. Die Klassen stehen unter /ontology.",
)
_TWO_KINDS: Final = Bilingual(
    "This cannot be of several kinds at once ({kinds}). Keep one class.",
    "Das kann nicht mehreres zugleich sein ({kinds}). Eine Klasse behalten.",
)
_NO_KIND: Final = Bilingual(
    "It is not said what this is. Give it a class of the ontology, for example cr:Organisation.",
    "Es ist nicht gesagt, was das ist. Ihm eine Klasse der Ontologie geben, zum Beispiel "
    "cr:Organisation.",
)
_OTHER_KIND: Final = Bilingual(
    "Its address names another kind than its class ({kind}). Correct one of the two.",
    "Seine Adresse nennt eine andere Art als seine Klasse ({kind}). Eines von beiden korrigieren.",
)
_NO_NAME: Final = Bilingual(
    "This has neither an address nor a name of up to 200 characters. Give it one.",
    "Das hat weder eine Adresse noch einen Namen mit bis zu 200 Zeichen. Eines davon angeben.",
)
_REPEATED: Final = Bilingual(
    "Row {row} is called the same. Give each an address of its own.",
    "Zeile {row} heißt ebenso. Jedem eine eigene Adresse geben.",
)
_BACKWARDS: Final = Bilingual(
    "The end ({end}) lies before the start ({start}). Correct one of the two.",
    "Das Ende ({end}) liegt vor dem Beginn ({start}). Eines von beiden korrigieren.",
)
_NO_VALUE: Final = Bilingual(
    "This is no value that can stand here. Write a text.",
    "Das ist kein Wert, der hier stehen kann. Einen Text schreiben.",
)
_WRONG_KIND: Final = Bilingual(
    "This is of another kind than may stand here ({kinds}). Point to one of those.",
    "Das ist von anderer Art, als hier stehen darf ({kinds}). Auf eines davon verweisen.",
)
_NOBODY: Final = Bilingual(
    "This points to something that the list does not describe. Describe it, or use its address.",
    "Das verweist auf etwas, das die Liste nicht beschreibt. Es beschreiben oder seine Adresse "
    "verwenden.",
)
_POINTS_TO_REFUSED: Final = Bilingual(
    "This points to something that is refused; it is linked as soon as that is taken over.",
    "Das verweist auf etwas, das abgewiesen ist; verknüpft wird es, sobald das übernommen ist.",
)
_LEFT_OUT: Final = {
    "property": Bilingual(
        "Lists do not say this of such things, so statements with it are left out: {count}. The "
        "ontology lists what can be said; what follows from it is added by itself.",
        "Das sagen Listen von solchen Dingen nicht; ausgelassene Aussagen damit: {count}. In der "
        "Ontologie steht, was gesagt werden kann; was daraus folgt, kommt von selbst hinzu.",
    ),
    "class": Bilingual(
        "This class is not in the ontology, so it is left out: {count} times.",
        "Diese Klasse steht nicht in der Ontologie und bleibt unbeachtet: {count}-mal.",
    ),
    "graph": Bilingual(
        "This named graph is for somebody else or the platform's own, so its statements are left "
        "out: {count}. Write what the list says outside of it.",
        "Dieser benannte Graph ist für andere oder der Plattform eigen; ausgelassene Aussagen "
        "daraus: {count}. Was die Liste sagt, außerhalb davon schreiben.",
    ),
    "inferred": Bilingual(
        "What stands in this graph follows by itself, so it is left out: {count} statements.",
        "Was in diesem Graphen steht, folgt von selbst und bleibt unbeachtet: {count} Aussagen.",
    ),
}
