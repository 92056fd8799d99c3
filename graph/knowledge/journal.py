"""Batches and the journal: what is about to be done, and what was done.

A commit writes its journal record first, then changes the store, then keeps the batch, then
removes the journal record. A record found in the journal on opening is one that a crash
interrupted: applying its difference once more completes it, however far it had come.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from graph.knowledge.model import Batch
from graph.knowledge.recorded import Part, Record, read_batch, read_record, write_record
from graph.store import Difference, Store

Revise = Callable[[Record], Record]
"""What becomes of a batch that is done."""


class BatchLog(Protocol):
    """Where batches are remembered."""

    def begin(self, record: Record) -> None:
        """Remember what is about to be done. Raises OSError, and then remembers nothing."""

    def finish(self, record: Record) -> None:
        """Keep the batch; it is done."""

    def abandon(self, record: Record) -> None:
        """Forget a batch that was begun and taken back."""

    def pending(self) -> list[Record]:
        """What was begun and not finished, oldest first."""

    def batches(self) -> list[Batch]:
        """All batches that are done, oldest first, without ``undone_by``."""

    def own(self, number: int) -> Difference:
        """The source and decision quads of a batch that is done."""

    def records(self) -> Iterator[Record]:
        """All batches that are done with what they changed, oldest first."""

    def rewrite(self, revised: Revise, last: Record, target: Path | None) -> "BatchLog":
        """A log of the same batches, each revised, and a last one.

        Args:
            revised: what becomes of a batch; may give back the very same.
            last: what is done with the rewriting.
            target: where the batches of a data folder are kept from then on.
        """

    def forget(self, number: int) -> None:
        """Keep only that a batch was, and not what it changed."""


class MemoryLog:
    """Batches of a store in memory."""

    def __init__(self) -> None:
        self._done: dict[int, Record] = {}

    def begin(self, record: Record) -> None:
        """Nothing to remember: what is in memory does not outlive a crash."""

    def finish(self, record: Record) -> None:
        self._done[record.batch.number] = replace(record, derived=Difference())

    def abandon(self, record: Record) -> None:
        self._done.pop(record.batch.number, None)

    def pending(self) -> list[Record]:
        return []

    def batches(self) -> list[Batch]:
        return [record.batch for record in self._done.values()]

    def own(self, number: int) -> Difference:
        return self._done[number].own

    def records(self) -> Iterator[Record]:
        yield from self._done.values()

    def rewrite(self, revised: Revise, last: Record, target: Path | None) -> BatchLog:  # noqa: ARG002
        made = MemoryLog()
        for record in (*map(revised, self.records()), last):
            made.finish(record)
        return made

    def forget(self, number: int) -> None:
        self._done[number] = _forgotten(self._done[number])


class FolderLog:
    """Batches in two folders of a data folder.

    Args:
        folder: the data folder.
        kept: where batches are kept in it; None: where they are before the first erasure.
    """

    def __init__(self, folder: Path, kept: Path | None = None) -> None:
        self._folder = folder
        self._journal = folder / "journal"
        self._kept = kept or folder / "batches"
        for part in (self._journal, self._kept):
            part.mkdir(exist_ok=True)
            for left in part.glob("*.part"):
                left.unlink()
        self._known: dict[int, Batch] = {}
        self._written: Part | None = None

    def begin(self, record: Record) -> None:
        self._written = write_record(self._begun(record.batch.number), record)

    def finish(self, record: Record) -> None:
        begun = self._begun(record.batch.number)
        own = self._written if self._written and self._written.path == begun else None
        write_record(self._done(record.batch.number), replace(record, derived=Difference()), own)
        begun.unlink(missing_ok=True)
        self._written = None

    def abandon(self, record: Record) -> None:
        # In the opposite order of finish: what is still in the journal is completed on opening.
        self._done(record.batch.number).unlink(missing_ok=True)
        self._known.pop(record.batch.number, None)
        self._begun(record.batch.number).unlink(missing_ok=True)
        self._written = None

    def pending(self) -> list[Record]:
        return [read_record(path) for path in sorted(self._journal.glob("*.nq.gz"))]

    def batches(self) -> list[Batch]:
        for path in sorted(self._kept.glob("*.nq.gz")):
            number = int(path.name.partition(".")[0])
            if number not in self._known:
                self._known[number] = read_batch(path)
        return [self._known[number] for number in sorted(self._known)]

    def own(self, number: int) -> Difference:
        return read_record(self._done(number)).own

    def records(self) -> Iterator[Record]:
        for batch in self.batches():
            yield read_record(self._done(batch.number))

    def rewrite(self, revised: Revise, last: Record, target: Path | None) -> BatchLog:
        assert target is not None
        made = FolderLog(self._folder, target)
        for record in self.records():
            new = revised(record)
            if new == record:
                # Never changed once it is there, so both may be the same file.
                os.link(self._done(record.batch.number), made._done(record.batch.number))
            else:
                made.finish(new)
        made.finish(last)
        return made

    def forget(self, number: int) -> None:
        write_record(self._done(number), _forgotten(read_record(self._done(number))))
        self._known.pop(number, None)

    def _begun(self, number: int) -> Path:
        return self._journal / f"{number:06}.nq.gz"

    def _done(self, number: int) -> Path:
        return self._kept / f"{number:06}.nq.gz"


def is_parted(store: Store, log: BatchLog) -> bool:
    """Whether a store has lost its batches, or batches their store."""
    came = sum(batch.added - batch.removed for batch in log.batches())
    holds = next(store.match(), None) is not None
    return holds != (came > 0)


def _forgotten(record: Record) -> Record:
    return Record(replace(record.batch, kept=False), Difference())
