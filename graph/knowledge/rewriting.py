"""Writing store and batches anew, so that no file holds what they held before.

Engines keep deleted statements in their files for long, and batches keep them for their undo.
So all that stays is written to new places, the next edition of the data folder; naming it in
``clusterradar.json`` is the one moment at which it begins to count. A crash before leaves the
edition of before, a crash after it the new one; opening deletes whatever does not count.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from graph.knowledge.folder import DataFolder, write_whole
from graph.knowledge.journal import BatchLog, Revise
from graph.knowledge.model import Batch
from graph.knowledge.recorded import Record
from graph.store import Difference, Store

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge


class Rewriting:
    """Writes one edition.

    Args:
        store: goes on as the new one.
        log: the batches so far.
        folder: where they lie; None: in memory.
        reached: told how far it has come.
    """

    def __init__(
        self,
        store: Store,
        log: BatchLog,
        folder: DataFolder | None,
        reached: Callable[[str], None],
    ) -> None:
        self._store = store
        self._log = log
        self._folder = folder
        self._reached = reached

    def carry_out(
        self, whole: Difference, revised: Revise, batch: Batch, remembered: bytes
    ) -> BatchLog:
        """Write all that stays, and let it count; gives the new log.

        Raises:
            OSError: the disk is full or broken; everything is as before.
        """
        last = Record(batch, Difference())
        remaining = self._remaining(whole)
        if self._folder is None:
            log = self._log.rewrite(revised, last, None)
            self._store.become(self._store.begun_anew(remaining, None))
            return log
        edition = self._folder.edition + 1
        places = [self._folder.part(name, edition) for name in ("store", "batches", "erased")]
        try:
            return self._write(edition, places, remaining, revised, last, remembered)
        except OSError:
            if self._folder.edition != edition:
                self._folder.sweep()
            raise

    def _write(
        self,
        edition: int,
        places: list[Path],
        remaining: Iterator[Quad],
        revised: Revise,
        last: Record,
        remembered: bytes,
    ) -> BatchLog:
        assert self._folder is not None
        store, batches, erased = places
        made = self._store.begun_anew(remaining, store)
        self._reached("store written")
        log = self._log.rewrite(revised, last, batches)
        write_whole(erased, remembered, mode=0o600)
        self._reached("all written")
        self._folder.turn_to(edition)
        self._reached("turned")
        self._store.become(made)
        self._folder.sweep()
        self._reached("swept")
        return log

    def _remaining(self, whole: Difference) -> Iterator[Quad]:
        for quad in self._store.dump():
            if quad not in whole.remove:
                yield quad
        yield from whole.add


def finish_erasing(knowledge: "Knowledge") -> None:
    """Do what a crash left undone of an erasure, as far as it concerns the knowledge."""
    # Erasing stands on the knowledge; only here the knowledge needs it.
    from graph.erasing.erase import begun, finish_here  # noqa: PLC0415

    if (erasing := begun(knowledge)) is not None:
        finish_here(knowledge, erasing)
