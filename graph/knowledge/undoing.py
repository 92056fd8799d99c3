"""Which later batch stands on an earlier one, so that the earlier cannot be undone."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.decisions import ROW, ROW_IS_THING, TERM, THING, TYPE
from graph.knowledge.decided import DecisionsOnDemand
from graph.knowledge.messages import stands_on
from graph.knowledge.model import Batch
from graph.knowledge.state import After
from graph.knowledge.telling import Telling, audience_of
from graph.store import Difference, Store, graph_of, object_of, subject_of


def in_force(batches: Sequence[Batch]) -> list[Batch]:
    """The batches, oldest first, each with the batch that undid it and was not undone itself."""
    undone: dict[int, int] = {}
    found: list[Batch] = []
    for batch in reversed(batches):
        marked = replace(batch, undone_by=undone.get(batch.number))
        if marked.undone_by is None and batch.undoes is not None:
            undone[batch.undoes] = batch.number
        found.append(marked)
    return found[::-1]


def later_in_force(number: int, batches: Sequence[Batch]) -> list[Batch]:
    """The batches after one that count: neither undone nor the undoing of one of them.

    Args:
        number: the earlier batch.
        batches: all batches, as :func:`in_force` gives them.
    """
    return [
        batch
        for batch in batches
        if batch.number > number
        and batch.undone_by is None
        and not (batch.undoes is not None and batch.undoes > number)
    ]


class Standing:
    """Looks for what later batches need of an earlier one.

    Args:
        store: the quads now.
        addresses: of the data folder.
        telling: tells whoever wants to undo; batches and quads that are hidden count for nothing,
            as nothing that a refusal says may depend on them.
        own_of: what a batch changed.
    """

    def __init__(
        self,
        store: Store,
        addresses: Addresses,
        telling: Telling,
        own_of: Callable[[int], Difference],
    ) -> None:
        self._store = store
        self._things = f"{addresses.base}id/"
        self._addresses = addresses
        self._telling = telling
        self._own_of = own_of

    def refuse(self, batch: Batch, batches: Sequence[Batch]) -> None:
        """Refuse to undo a batch that a later one stands on.

        Args:
            batch: the earlier one.
            batches: all batches, as :func:`in_force` gives them.

        Raises:
            KnowledgeError: a later batch needs what this one brought.
        """
        later = later_in_force(batch.number, batches)
        if not later:
            return
        own = self._own_of(batch.number)
        stood_on = self._touched(self._telling.part(own)) | self._created(own)
        told = self._telling.told(batch)
        for one in later:
            other = self._telling.told(one)
            if told is None or other is None:
                continue
            if stood_on & self._mentioned(self._telling.part(self._own_of(one.number))):
                raise stands_on(told.number, other)

    def _touched(self, own: Difference) -> set[str]:
        """The rows, words, decisions, and properties of things that a batch changed."""
        found: set[str] = set()
        for quad in (*own.remove, *own.add):
            found.add(self._subject(quad))
            obj = object_of(quad)
            if quad.predicate in (ROW, TERM) and isinstance(obj, NamedNode):
                found.add(obj.value)
        return found

    def _subject(self, quad: Quad) -> str:
        """What a quad is about; what is written by hand is about one property of a thing."""
        subject = subject_of(quad).value
        return f"{subject} {quad.predicate.value}" if subject.startswith(self._things) else subject

    def _created(self, own: Difference) -> set[str]:
        """The things that nothing speaks of any more once a batch is undone."""
        added = self._telling.part(own).add
        rows = {subject_of(quad) for quad in added if quad.predicate == ROW}
        by_rows = {
            object_of(quad).value
            for quad in added
            if quad.predicate == THING and subject_of(quad) in rows
        }
        by_hand = {
            iri
            for quad in added
            if quad.predicate == TYPE and (iri := subject_of(quad).value).startswith(self._things)
        }
        after = After(self._store, own.inverse())
        decided = DecisionsOnDemand(after, self._addresses)
        return {
            thing
            for thing in by_rows | by_hand
            if not any(
                decision.name == ROW_IS_THING and self._telling.knows(decision.audience)
                for decision in decided.about(thing)
            )
            and not any(
                self._addresses.parse_source_graph(graph_of(quad).value)
                and self._telling.knows(audience_of(quad))
                for quad in after.match(NamedNode(thing), TYPE)
            )
        }

    def _mentioned(self, own: Difference) -> set[str]:
        """Everything that a batch speaks of or points at."""
        quads = (*own.remove, *own.add)
        return (
            {subject_of(quad).value for quad in quads}
            | {self._subject(quad) for quad in quads}
            | {value.value for quad in own.add if isinstance(value := object_of(quad), NamedNode)}
        )
