"""How a batch is written into a file, and read from it.

The first line is JSON about the batch; then come its quads as N-Quads in four sections (source
and decision quads that go and come, derived quads that go and come), whose lengths stand in the
first line. All of it is compressed, in three parts that read as one: the first line, the source
and decision quads, the derived ones. What is kept of a batch ends after the second, so keeping it
is no more than copying that part from the journal. Nothing is ever held in memory as a whole.
"""

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from gzip import BadGzipFile
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, cast

from pyoxigraph import Quad, RdfFormat, parse, serialize

from graph.knowledge.folder import sync_folder
from graph.knowledge.model import About, Batch
from graph.knowledge.telling import by_audience
from graph.store import Difference

_AT_ONCE: Final = 20_000
"""Quads that are written as text at once."""
_CHUNK: Final = 1 << 20
_GZIP: Final = 31
"""What zlib calls the format of gzip."""


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
    def size(self) -> int:
        """How many quads come and go."""
        return len(self.own) + len(self.derived)

    @property
    def whole(self) -> Difference:
        """Everything that the batch changes in the store."""
        return self.own | self.derived


class DamagedRecord(ValueError):  # noqa: N818 - named after what it is
    """A record cannot be read."""


@dataclass(frozen=True)
class Part:
    """Where the source and decision quads of a record lie in a file."""

    path: Path
    start: int
    end: int


def write_record(path: Path, record: Record, own: Part | None = None) -> Part:
    """Write a record so that after a crash all of it is there, or nothing.

    Args:
        path: the file.
        record: what is written.
        own: where its source and decision quads are written already.

    Returns:
        Where its source and decision quads lie now.

    Raises:
        OSError: the disk is full or broken; then there is nothing.
    """
    part = path.with_name(path.name + ".part")
    sections = _sections(record)
    header = _header(record.batch, [len(section) for section in sections])
    try:
        with part.open("wb") as stream:
            _compress(stream, [header])
            start = stream.tell()
            if own is None:
                _compress(stream, _texts(sections[:2]))
            else:
                _copy(own, stream)
            end = stream.tell()
            if record.derived:
                _compress(stream, _texts(sections[2:]))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError:
        for left in (part, path):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    return Part(path, start, end)


def _compress(stream: IO[bytes], texts: Iterable[bytes]) -> None:
    packing = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
    for text in texts:
        stream.write(packing.compress(text))
    stream.write(packing.flush())


def _texts(sections: Iterable[Iterable[Quad]]) -> Iterator[bytes]:
    for section in sections:
        quads = iter(section)
        while chunk := list(islice(quads, _AT_ONCE)):
            yield serialize(chunk, format=RdfFormat.N_QUADS) or b""


def _copy(own: Part, stream: IO[bytes]) -> None:
    with own.path.open("rb") as source:
        source.seek(own.start)
        left = own.end - own.start
        while chunk := source.read(min(left, _CHUNK)):
            stream.write(chunk)
            left -= len(chunk)
    if left:
        raise OSError(f"{own.path} has become shorter")


def _sections(record: Record) -> tuple[frozenset[Quad], ...]:
    own, derived = record.own, record.derived
    return own.remove, own.add, derived.remove, derived.add


def _header(batch: Batch, lengths: list[int]) -> bytes:
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
        "sections": lengths,
    }
    return json.dumps(header, ensure_ascii=False).encode() + b"\n"


def read_record(path: Path) -> Record:
    """The record in a file.

    Raises:
        DamagedRecord: it cannot be read.
    """
    with _damage_noticed(path), gzip.open(path, "rb") as stream:
        header = json.loads(stream.readline())
        quads = iter(parse(cast(IO[bytes], stream), format=RdfFormat.N_QUADS))
        sections = [frozenset(islice(quads, length)) for length in header["sections"]]
        if [len(section) for section in sections] != header["sections"]:
            raise EOFError("it ends too early")
        remove, add, derived_remove, derived_add = sections
        return Record(
            _batch(header), Difference(remove, add), Difference(derived_remove, derived_add)
        )


def read_batch(path: Path) -> Batch:
    """What a record says about its batch, without what that changed.

    Raises:
        DamagedRecord: it cannot be read.
    """
    with _damage_noticed(path), gzip.open(path, "rb") as stream:
        batch = _batch(json.loads(stream.readline()))
    return batch if batch.id else _named(path, batch)


def _named(path: Path, batch: Batch) -> Batch:
    """A batch of an earlier release, which kept neither an id nor what audiences it is for."""
    name = sha256(path.read_bytes()).hexdigest()[:16]
    return replace(batch, id=name, audiences=by_audience(read_record(path).own))


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
