"""Linking: what the words of a list mean, among what is there and what the list itself brings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pyoxigraph import NamedNode, Quad

from graph import decisions
from graph.addresses import Addresses
from graph.audience import PUBLIC
from graph.folding import reduce
from graph.importing.cells import Reference
from graph.importing.likely import Candidate, Likely
from graph.importing.naming import Names
from graph.importing.problems import OPEN, Problem, shortened
from graph.importing.records import Record
from graph.importing.schemes import CONCEPT_KINDS
from graph.importing.statements import (
    ACTIVE_IN,
    BROADER,
    IN_SECTOR,
    Speaker,
    link_properties,
    predicate_for,
)
from graph.knowledge import Knowledge
from graph.knowledge.reading import Reading
from graph.knowledge.resolving import Resolver
from graph.source_names import WORDS
from graph.store import graph_of, object_of, subject_of
from ontology import KIND_OF_CLASS, RDF, Bilingual

NOTHING: Final = "nothing"
"""The rule by which a word means nothing on purpose."""
_TYPE: Final = NamedNode(RDF + "type")


@dataclass(frozen=True)
class Linked:
    """What words were found to mean.

    Attributes:
        decisions: the quads of new decisions.
        problems: words that mean nothing yet, or too much, as notes.
    """

    decisions: frozenset[Quad]
    problems: tuple[Problem, ...]


class Linker:
    """Decides what words mean, each once.

    Args:
        knowledge: where earlier decisions are.
        reading: how statements are read now.
        names: the index of things, those of the present list included; complete by now.
        time: when the decisions are made.
        audience: of the list; only decisions that it may know count.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        reading: Reading,
        names: Names,
        time: datetime,
        audience: str = PUBLIC,
    ) -> None:
        self._knowledge = knowledge
        self._audience = audience
        self._resolver = reading.resolver(audience)
        self._names = names
        self._time = time
        self._found: dict[Reference, tuple[tuple[str, ...], str]] = {}
        self._likely: dict[tuple[str, ...], Likely] = {}

    def resolve(self, reference: Reference) -> str:
        """The one thing that a word means, or empty."""
        found, _ = self._look_up(reference)
        return found[0] if len(found) == 1 else ""

    def _look_up(self, reference: Reference) -> tuple[tuple[str, ...], str]:
        """The things that a word may mean, and what told so."""
        found = self._found.get(reference)
        if found is None:
            found = self._found[reference] = self._look_anew(reference)
        return found

    def _look_anew(self, reference: Reference) -> tuple[tuple[str, ...], str]:
        """What people decided about the word in any list, else what is called so or nearly so."""
        word = NamedNode(word_of(self._knowledge.addresses, reference))
        if means_nothing(self._resolver, word.value):
            return (), NOTHING
        meant = self._resolver.resolve(word)
        if meant is not None:
            return (meant.value,), "word"
        found, rule = self._names.look_up(reference.text, reference.kinds)
        if not found and set(reference.kinds) <= set(CONCEPT_KINDS):
            thing, rule = self.likely(reference.kinds).sure(reference.text)
            found = (thing,) if thing else ()
        return found, rule

    def likely(self, kinds: tuple[str, ...]) -> Likely:
        """What words for things of some kinds likely mean."""
        found = self._likely.get(kinds)
        if found is None:
            named = ((name, thing) for _, name, thing in self._names.all_names(kinds))
            found = self._likely[kinds] = Likely(named)
        return found

    def candidates(self, reference: Reference) -> list[Candidate]:
        """What a word may mean that is not sure."""
        among, _ = self._names.look_up(reference.text, reference.kinds)
        return self.likely(reference.kinds).candidates(reference.text, among)

    def link(
        self, records: Iterable[Record], speaker: Speaker, headers: Mapping[str, str]
    ) -> Linked:
        """Decide about the words of a list that nobody has decided about yet.

        Args:
            records: the accepted rows.
            speaker: of their source.
            headers: property to the column that says it, for messages.
        """
        made: set[Quad] = set()
        problems: list[Problem] = []
        seen: set[NamedNode] = set()
        for record in records:
            for path, reference in record.said:
                term = speaker.term(reference) if isinstance(reference, Reference) else None
                if term is None or term in seen or not isinstance(reference, Reference):
                    continue
                seen.add(term)
                if self._earlier(term) or means_nothing(self._resolver, term.value):
                    continue
                made |= self._decide(term, reference)
                problems += self._doubts(record, reference, headers.get(path, ""))
        return Linked(frozenset(made), tuple(problems))

    def meaning(self, term: NamedNode, reference: Reference) -> str:
        """What a word means by an earlier decision or by its look; empty if unknown."""
        return self._earlier(term) or self.resolve(reference)

    def _earlier(self, term: NamedNode) -> str:
        found = self._resolver.resolve(term)
        return found.value if found is not None else ""

    def _decide(self, term: NamedNode, reference: Reference) -> frozenset[Quad]:
        found, rule = self._look_up(reference)
        if len(found) != 1:
            return frozenset()
        addresses = self._knowledge.addresses
        return decisions.term_means(
            addresses, term.value, found[0], f"rule:{rule}", self._time, self._audience
        )

    def _doubts(self, record: Record, reference: Reference, column: str) -> Iterator[Problem]:
        found, rule = self._look_up(reference)
        if len(found) != 1 and rule != NOTHING:
            message = _AMBIGUOUS.with_(count=len(found)) if found else _UNKNOWN
            yield Problem(record.number, column, shortened(reference.text), message, OPEN)

    def link_open(self) -> tuple[frozenset[Quad], frozenset[Quad]]:
        """Try all words again that were said to the same audience and mean nothing yet.

        Returns:
            Quads to add and quads to remove: decisions, and statements whose property
            depends on what the word has turned out to mean.
        """
        add: set[Quad] = set()
        remove: set[Quad] = set()
        for iri in self._knowledge.unresolved(link_properties(), self._audience):
            parsed = self._knowledge.addresses.parse_term(iri)
            if parsed is None or means_nothing(self._resolver, iri):
                continue
            reference = Reference(tuple(parsed[1].split("+")), parsed[2])
            made = self._decide(NamedNode(iri), reference)
            if made:
                add |= made
                for old, new in self.restated(NamedNode(iri), self.resolve(reference)):
                    remove.add(old)
                    add.add(new)
        return frozenset(add), frozenset(remove)

    def restated(self, term: NamedNode, thing: str) -> Iterator[tuple[Quad, Quad]]:
        """Statements whose property depends on what a word means: as they are, as they must be."""
        store = self._knowledge.store
        meant = (self._knowledge.addresses.parse(thing) or ("", ""))[0]
        for path in (ACTIVE_IN, BROADER, IN_SECTOR):
            for quad in store.match(None, NamedNode(path), term):
                place = self._knowledge.addresses.parse_source_graph(graph_of(quad).value)
                if place is None or place[1] != self._audience:
                    continue
                types = store.match(subject_of(quad), _TYPE, None, graph_of(quad))
                kinds = [
                    KIND_OF_CLASS[object_of(t).value].name
                    for t in types
                    if object_of(t).value in KIND_OF_CLASS
                ]
                other = predicate_for(path, kinds[0] if kinds else "", meant)
                if other != path:
                    yield quad, Quad(quad.subject, NamedNode(other), quad.object, quad.graph_name)


def word_of(addresses: Addresses, reference: Reference) -> str:
    """The word itself, of whichever list and however spelled: what people decide about."""
    return addresses.term(WORDS, "+".join(reference.kinds), reduce(reference.text))


def means_nothing(resolver: Resolver, term: str) -> bool:
    """Whether people decided that a word means nothing."""
    return any(one.name == decisions.TERM_MEANS_NOTHING for one in resolver.about(term))


_UNKNOWN: Final = Bilingual(
    "Nothing here is called this yet. The word is kept and linked as soon as there is.",
    "Noch heißt hier nichts so. Das Wort wird behalten und verknüpft, sobald es etwas gibt.",
)
_AMBIGUOUS: Final = Bilingual(
    "{count} things are called this. Write the id of the one you mean.",
    "{count} Dinge heißen so. Die Kennung des gemeinten schreiben.",
)
