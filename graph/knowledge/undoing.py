"""Which later batch stands on an earlier one, so that the earlier cannot be undone."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from graph.addresses import Addresses
from graph.decisions import ROW, ROW_IS_THING, TERM, THING
from graph.knowledge.decided import Decided, DecisionsOnDemand
from graph.knowledge.messages import stands_on
from graph.knowledge.model import Batch
from graph.knowledge.state import After
from graph.store import Difference, Store, object_of, subject_of


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


def touched(own: Difference) -> set[str]:
    """The rows, words and decisions that a batch changed."""
    found: set[str] = set()
    for quad in (*own.remove, *own.add):
        found.add(subject_of(quad).value)
        obj = object_of(quad)
        if quad.predicate in (ROW, TERM) and isinstance(obj, NamedNode):
            found.add(obj.value)
    return found


def created(own: Difference, decided_after: Decided) -> set[str]:
    """The things that no row speaks of any more once a batch is undone.

    Args:
        own: what the batch changed.
        decided_after: the decisions as they will be without it.
    """
    rows = {subject_of(quad) for quad in own.add if quad.predicate == ROW}
    things = {
        object_of(quad).value
        for quad in own.add
        if quad.predicate == THING and subject_of(quad) in rows
    }
    return {
        thing
        for thing in things
        if not any(decision.name == ROW_IS_THING for decision in decided_after.about(thing))
    }


def mentioned(own: Difference) -> set[str]:
    """Everything that a batch speaks of or points at."""
    quads = (*own.remove, *own.add)
    return {subject_of(quad).value for quad in quads} | {
        value.value for quad in own.add if isinstance(value := object_of(quad), NamedNode)
    }


def refuse_if_stood_on(
    number: int,
    batches: Sequence[Batch],
    own_of: Callable[[int], Difference],
    store: Store,
    addresses: Addresses,
) -> None:
    """Refuse to undo a batch that a later one stands on.

    Args:
        number: the batch.
        batches: all batches, as :func:`in_force` gives them.
        own_of: what a batch changed.
        store: the quads now.
        addresses: of the data folder.

    Raises:
        KnowledgeError: a later batch needs what this one brought.
    """
    later = later_in_force(number, batches)
    if not later:
        return
    own = own_of(number)
    decided = DecisionsOnDemand(After(store, own.inverse()), addresses)
    stood_on = touched(own) | created(own, decided)
    for batch in later:
        if stood_on & mentioned(own_of(batch.number)):
            raise stands_on(number, batch)
