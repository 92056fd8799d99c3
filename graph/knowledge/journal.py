"""Batches and the journal: what is about to be done, and what was done.

A record is one file: a line of JSON about the batch, then its quads as N-Quads in four
sections (source and decision quads that go and come, derived quads that go and come), whose
lengths stand in the first line. A journal record has all four; what is kept of a batch for
its undo has the first two, compressed.

A commit writes its journal record first, then changes the store, then keeps the batch, then
removes the journal record. A record found in the journal on opening is one that a crash
interrupted: applying its difference once more completes it, however far it had come.
"""

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from gzip import BadGzipFile
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from pyoxigraph import Quad, RdfFormat, parse, serialize

from graph.knowledge.folder import sync_folder
from graph.knowledge.model import About, Batch
from graph.knowledge.telling import by_audience
from graph.store import Difference, Store


@dataclass(frozen=True)
class Record:
    """A batch with all that it changes.

    Attributes:
        batch: what it is.
        own: its source and decision quads.
        derived: what that changes in reading and inferred graphs; empty where only the
            batch was kept.
    """

    batch: Batch
    own: Difference
    derived: Difference = Difference()  # noqa: RUF009 - frozen

    @property
    def whole(self) -> Difference:
        """Everything that the batch changes in the store."""
        return self.own | self.derived


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

    def begin(self, record: Record) -> None:
        _write(self._begun(record.batch.number), _lines(record))

    def finish(self, record: Record) -> None:
        kept = replace(record, derived=Difference())
        _write(self._done(record.batch.number), _lines(kept))
        self._begun(record.batch.number).unlink(missing_ok=True)

    def abandon(self, record: Record) -> None:
        # In the opposite order of finish: what is still in the journal is completed on opening.
        self._done(record.batch.number).unlink(missing_ok=True)
        self._known.pop(record.batch.number, None)
        self._begun(record.batch.number).unlink(missing_ok=True)

    def pending(self) -> list[Record]:
        return [_read(path) for path in sorted(self._journal.glob("*.nq.gz"))]

    def batches(self) -> list[Batch]:
        for path in sorted(self._kept.glob("*.nq.gz")):
            number = int(path.name.partition(".")[0])
            if number not in self._known:
                self._known[number] = _read_batch(path)
        return [self._known[number] for number in sorted(self._known)]

    def own(self, number: int) -> Difference:
        return _read(self._done(number)).own

    def records(self) -> Iterator[Record]:
        for batch in self.batches():
            yield _read(self._done(batch.number))

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
        _write(self._done(number), _lines(_forgotten(_read(self._done(number)))))
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


def _lines(record: Record) -> bytes:
    sections = _sections(record)
    batch = record.batch
    header = {
        "number": batch.number,
        "time": batch.time.isoformat(),
        "undoes": batch.undoes,
        "added": batch.added,
        "removed": batch.removed,
        "erased": batch.erased,
        "kept": batch.kept,
        "id": batch.id,
        "audiences": batch.audiences,
        "about": {
            "kind": batch.about.kind,
            "source": batch.about.source,
            "title": batch.about.title,
            "counts": dict(batch.about.counts),
            "audience": batch.about.audience,
        },
        "sections": [len(section) for section in sections],
    }
    first = json.dumps(header, ensure_ascii=False).encode()
    body = [serialize(section, format=RdfFormat.N_QUADS) or b"" for section in sections]
    return b"".join([first, b"\n", *body])


def _sections(record: Record) -> tuple[frozenset[Quad], ...]:
    own, derived = record.own, record.derived
    return own.remove, own.add, derived.remove, derived.add


class DamagedRecord(ValueError):  # noqa: N818 - named after what it is
    """A record cannot be read."""


@contextmanager
def _damage_noticed(path: Path) -> Iterator[None]:
    try:
        yield
    except (
        BadGzipFile,
        EOFError,
        zlib.error,
        KeyError,
        TypeError,
        ValueError,
        SyntaxError,
    ) as error:
        raise DamagedRecord(f"{path}: {error}") from error


def _read(path: Path) -> Record:
    with _damage_noticed(path), gzip.open(path, "rb") as stream:
        header = json.loads(stream.readline())
        quads = iter(parse(stream.read(), format=RdfFormat.N_QUADS))
        sections = [frozenset(islice(quads, length)) for length in header["sections"]]
        remove, add, derived_remove, derived_add = sections
        return Record(
            _batch(header), Difference(remove, add), Difference(derived_remove, derived_add)
        )


def _read_batch(path: Path) -> Batch:
    with _damage_noticed(path), gzip.open(path, "rb") as stream:
        batch = _batch(json.loads(stream.readline()))
    return batch if batch.id else _named(path, batch)


def _named(path: Path, batch: Batch) -> Batch:
    """A batch of an earlier release, which kept neither an id nor what audiences it is for."""
    name = sha256(path.read_bytes()).hexdigest()[:16]
    return replace(batch, id=name, audiences=by_audience(_read(path).own))


def _batch(header: dict[str, Any]) -> Batch:
    return Batch(
        number=header["number"],
        time=datetime.fromisoformat(header["time"]),
        about=About(**header["about"]),
        added=header["added"],
        removed=header["removed"],
        undoes=header["undoes"],
        erased=header.get("erased", 0),
        kept=header.get("kept", True),
        id=header.get("id", ""),
        audiences={name: tuple(counts) for name, counts in header.get("audiences", {}).items()},
    )


def _write(path: Path, content: bytes) -> None:
    """Write a file so that after a crash all of it is there, or nothing.

    Raises:
        OSError: the disk is full or broken; then there is nothing.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as stream:
            stream.write(gzip.compress(content, compresslevel=1, mtime=0))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError:
        for left in (part, path):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
