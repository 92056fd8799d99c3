"""Which later batch stands on an earlier one, so that the earlier cannot be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.knowledge.decided import Decided
from graph.knowledge.model import Batch
from graph.store import Difference, graph_of, object_of, subject_of


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


def touched(own: Difference, addresses: Addresses) -> set[str]:
    """The rows, words and decisions that a batch changed."""
    found: set[str] = set()
    for quad in (*own.remove, *own.add):
        found.add(subject_of(quad).value)
        if addresses.parse_decision_graph(graph_of(quad).value) is not None:
            found.update(iri for iri in _pointed_at([quad]) if not addresses.parse(iri))
    return found


def created(own: Difference, decided_after: Decided, addresses: Addresses) -> set[str]:
    """The things that nothing names any more once a batch is undone.

    Args:
        own: what the batch changed.
        decided_after: the decisions as they will be without it.
        addresses: of the data folder.
    """
    named = {
        iri
        for quad in own.add
        if addresses.parse_decision_graph(graph_of(quad).value) is not None
        for iri in _pointed_at([quad])
        if addresses.parse(iri)
    }
    return {iri for iri in named if not any(d.names_a_thing for d in decided_after.about(iri))}


def mentioned(own: Difference) -> set[str]:
    """Everything that a batch speaks of or points at."""
    quads = (*own.remove, *own.add)
    return {subject_of(quad).value for quad in quads} | set(_pointed_at(own.add))


def _pointed_at(quads: Iterable[Quad]) -> Iterable[str]:
    return (object_of(quad).value for quad in quads if isinstance(object_of(quad), NamedNode))
