"""Oxigraph inside this process: on disk, or in memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Variable

from graph.store.protocol import Answer, Difference, Store
from graph.store.terms import NodeTerm, update_text
from ontology import PREFIXES

_AT_ONCE: Final = 20_000
"""Quads in one update. Parsing costs about 9 microseconds and 1 KB each."""


@contextmanager
def _engine_errors() -> Iterator[None]:
    """The engine reports some errors of the disk, such as damaged files, as RuntimeError."""
    try:
        yield
    except RuntimeError as error:
        raise OSError(str(error)) from error


class EmbeddedStore:
    """A store on pyoxigraph.

    Args:
        folder: where it lies on disk; None: in memory.
        at_once: quads that are applied in one atomic update; larger differences go in steps.

    Raises:
        OSError: the folder is in use, not readable or holds something else.
    """

    def __init__(self, folder: Path | None = None, *, at_once: int = _AT_ONCE) -> None:
        self.folder = folder
        self._at_once = at_once
        with _engine_errors():
            self._engine = pyoxigraph.Store() if folder is None else pyoxigraph.Store(str(folder))

    def query(
        self,
        sparql: str,
        *,
        graphs: Sequence[str] = (),
        bindings: Mapping[str, NodeTerm] | None = None,
    ) -> Answer:
        return self._engine.query(
            sparql,
            prefixes=PREFIXES,
            default_graph=[NamedNode(graph) for graph in graphs] or None,
            named_graphs=[NamedNode(graph) for graph in graphs] or None,
            substitutions={Variable(name): term for name, term in (bindings or {}).items()},
        )

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        obj: NodeTerm | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        return self._engine.quads_for_pattern(subject, predicate, obj, graph)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._engine

    def apply(self, difference: Difference) -> None:
        if len(difference) <= self._at_once:
            if difference:
                self._update(difference.remove, difference.add)
            return
        removals = iter(difference.remove)
        while chunk := list(islice(removals, self._at_once)):
            self._update(chunk, ())
        self.load(difference.add)

    def _update(self, remove: Iterable[Quad], add: Iterable[Quad]) -> None:
        with _engine_errors():
            self._engine.update(update_text(remove, add))

    def load(self, quads: Iterable[Quad]) -> None:
        with _engine_errors():
            self._engine.bulk_extend(quads)

    def count(self, graph: NamedNode | None = None) -> int:
        if graph is None:
            return len(self._engine)
        return sum(1 for _ in self._engine.quads_for_pattern(None, None, None, graph))

    def graphs(self) -> list[str]:
        return sorted(
            graph.value
            for graph in self._engine.named_graphs()
            if isinstance(graph, NamedNode) and self._holds(graph)
        )

    def _holds(self, graph: NamedNode) -> bool:
        return any(True for _ in self._engine.quads_for_pattern(None, None, None, graph))

    def dump(self, graphs: Iterable[str] | None = None) -> Iterator[Quad]:
        if graphs is None:
            yield from self._engine
            return
        for graph in graphs:
            yield from self._engine.quads_for_pattern(None, None, None, NamedNode(graph))

    def checkpoint(self, target: Path) -> None:
        with _engine_errors():
            if self.folder is not None:
                self._engine.backup(str(target))
                return
            copy = pyoxigraph.Store(str(target))
            copy.bulk_extend(self._engine)
            copy.flush()

    def begun_anew(self, quads: Iterable[Quad], folder: Path | None) -> "EmbeddedStore":
        made = EmbeddedStore(folder if self.folder else None, at_once=self._at_once)
        made.load(quads)
        made.flush()
        return made

    def become(self, other: Store) -> None:
        assert isinstance(other, EmbeddedStore)
        self.folder, self._engine = other.folder, other._engine

    def flush(self) -> None:
        if self.folder is not None:
            with _engine_errors():
                self._engine.flush()

    def close(self) -> None:
        # The engine closes its files when nothing holds it any more.
        self._engine = pyoxigraph.Store()
