"""Foreign queries answered in processes that can be killed, over copies that cannot be changed.

A viewer's query sees the viewer's graphs and no others: they are handed to the engine as the
whole dataset, so a graph that may not be read looks exactly like one that does not exist.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, LifoQueue
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from graph.audience import ANONYMOUS, Viewer
from graph.sparql.errors import QueryError
from graph.sparql.formats import Format, accepted
from graph.sparql.guard import Checked, check
from graph.sparql.process import ReaderEndedError, ReaderProcess
from graph.sparql.refusals import busy, cannot_open, refused, too_much_memory, too_slow
from graph.sparql.snapshots import Snapshots
from ontology import PREFIXES

if TYPE_CHECKING:
    from graph.knowledge import Checkpoint, Knowledge

_OPENING_SECONDS: Final = 120.0
"""How long a process may take to start and open a copy; a large one in memory takes a while."""


@dataclass(frozen=True)
class QueryLimits:
    """What a query may cost.

    Attributes:
        time_ms: milliseconds until it is stopped.
        wait_ms: milliseconds that it may wait for a free reader; whoever asks holds a thread of
            the server meanwhile, and the pages need threads too.
        rows: rows or triples of an answer; a larger one is cut.
        size: bytes of an answer; a larger one is cut.
        readers: processes that answer at the same time.
        memory_mb: MiB of memory that one process may use.
    """

    time_ms: int = 10_000
    wait_ms: int = 3_000
    rows: int = 10_000
    size: int = 20_000_000
    readers: int = 2
    memory_mb: int = 2_000


@dataclass(frozen=True)
class QueryAnswer:
    """An answer as it goes out.

    Attributes:
        body: the document.
        media_type: what it is.
        rows: how many rows or triples it has.
        cut: whether a limit cut it.
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
        seconds: how long the reader took.
    """

    body: bytes
    media_type: str
    rows: int
    cut: bool
    form: str = "SELECT"
    seconds: float = 0.0


class _Slot:
    """A place in the pool: a process and the copy it has open, or neither yet."""

    def __init__(self) -> None:
        self.process: ReaderProcess | None = None
        self.snapshot: Checkpoint | None = None


class Readers:
    """A pool of reader processes over one knowledge.

    Args:
        knowledge: what is asked; the pool makes read-only copies of it as it changes.
        limits: what a query may cost.
    """

    def __init__(self, knowledge: "Knowledge", limits: QueryLimits | None = None) -> None:
        self._knowledge = knowledge
        self._limits = limits or QueryLimits()
        self._snapshots = Snapshots(knowledge)
        self._slots = [_Slot() for _ in range(max(1, self._limits.readers))]
        self._ending = Lock()
        self._closed = False
        # The last one used is taken first: its process is warm, and the others may never start.
        self._free: LifoQueue[_Slot] = LifoQueue()
        for slot in self._slots:
            self._free.put(slot)

    @property
    def limits(self) -> QueryLimits:
        """What a query may cost."""
        return self._limits

    def answer(
        self,
        query: str,
        *,
        viewer: Viewer = ANONYMOUS,
        accept: str = "*/*",
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
        format: Format | None = None,
        max_rows: int | None = None,
    ) -> QueryAnswer:
        """The answer to a query of anybody's.

        Args:
            query: SPARQL 1.1 Query.
            viewer: who asks; only what they may read is asked.
            accept: an HTTP ``Accept`` header.
            default_graphs: the protocol's ``default-graph-uri``; wins over ``FROM``.
            named_graphs: the protocol's ``named-graph-uri``; wins over ``FROM NAMED``.
            format: a format that wins over ``accept``; see :func:`graph.sparql.formats.named`.
            max_rows: fewer rows than the limit, where fewer are wanted.

        Raises:
            QueryError: it is not answered; its ``code`` and text say why.
        """
        base = self._knowledge.addresses.base
        checked = check(query, base)
        chosen = format or accepted(checked.form, accept)
        default, named = self._dataset(checked, viewer, default_graphs, named_graphs)
        job = {
            "query": query,
            "base": base,
            "variables": checked.all_variables,
            "default_graphs": default,
            "named_graphs": named,
            "format": chosen.name,
            "max_rows": min(self._limits.rows, max_rows or self._limits.rows),
            "max_bytes": self._limits.size,
            "prefixes": PREFIXES,
        }
        head, body = self._ask(job)
        if "error" in head:
            raise refused(query, head)
        return QueryAnswer(
            body, chosen.media_type, head["rows"], head["cut"], checked.form, head["seconds"]
        )

    def _dataset(
        self,
        checked: Checked,
        viewer: Viewer,
        default_graphs: tuple[str, ...],
        named_graphs: tuple[str, ...],
    ) -> tuple[list[str], list[str]]:
        readable = self._knowledge.view(viewer).graphs
        if default_graphs or named_graphs:
            default, named = default_graphs, named_graphs
        elif checked.has_dataset:
            default, named = checked.default_graphs, checked.named_graphs
        else:
            default = named = readable
        return (
            [graph for graph in readable if graph in default],
            [graph for graph in readable if graph in named],
        )

    def _ask(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        with self._slot(self._limits.wait_ms / 1000) as slot:
            process = self._ready(slot)
            try:
                return process.ask(job, self._limits.time_ms / 1000)
            except TimeoutError:
                raise too_slow(self._limits.time_ms) from None
            except ReaderEndedError:
                if self._closed:
                    raise busy() from None
                raise too_much_memory(self._limits.memory_mb) from None

    @contextmanager
    def _slot(self, seconds: float) -> Iterator[_Slot]:
        try:
            slot = self._free.get(timeout=seconds)
        except Empty:
            raise busy() from None
        try:
            yield slot
        except BaseException:
            # Whatever it was, an answer may still be under way; the next query must not read it.
            self._end(slot)
            raise
        finally:
            self._free.put(slot)

    def _ready(self, slot: _Slot) -> ReaderProcess:
        """A process of this place that has the newest copy open."""
        if self._closed:
            raise busy()
        if slot.process is not None and slot.process.has_ended:
            self._end(slot)
        process = slot.process or ReaderProcess(self._limits.memory_mb)
        snapshot = older = slot.snapshot
        if snapshot is None or snapshot.generation != self._knowledge.generation:
            snapshot = self._snapshots.take()
        slot.process, slot.snapshot = process, snapshot
        if self._closed:
            # Closed meanwhile: nobody else would end what was just begun.
            self._end(slot)
            raise busy()
        if snapshot is not older:
            try:
                head, _ = process.ask({"open": str(snapshot.path)}, _OPENING_SECONDS)
            except (TimeoutError, ReaderEndedError) as error:
                raise cannot_open() from error
            finally:
                if older is not None:
                    self._snapshots.give_back(older)
            if "error" in head:
                raise cannot_open()
        return process

    def _end(self, slot: _Slot) -> None:
        with self._ending:
            process, slot.process = slot.process, None
            snapshot, slot.snapshot = slot.snapshot, None
        if process is not None:
            process.close()
        if snapshot is not None:
            self._snapshots.give_back(snapshot)

    def warm(self) -> None:
        """Start one process now, so that the first query does not wait for it."""
        # What is wrong is told to whoever asks the first query.
        with suppress(QueryError), self._slot(_OPENING_SECONDS) as slot:
            self._ready(slot)

    def close(self) -> None:
        """End all processes and give the copies back; queries under way end with an error."""
        self._closed = True
        for slot in self._slots:
            self._end(slot)
