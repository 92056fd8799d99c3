"""A backup: a ZIP file with quads, batches, marks, keys and accounts, and what they must add up to.

==========================  ==========================================================
``manifest.json``           versions, base, and size and SHA-256 of every other member
``quads.nq``                all quads
``batches/…``               one file for each batch, for its undo
``erased``                  keyed marks of those who were erased
``accounts/<table>.jsonl``  one line for each row
``folder/…``                other files of the data folder, such as ``secret.key``
==========================  ==========================================================
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, cast

from pyoxigraph import RdfFormat, serialize

from graph import KnowledgeCopy, copied
from webapp.accounts.clock import now
from webapp.backup import tables
from webapp.backup.files import files_to_take
from webapp.services import Services

FORMAT: Final = 1
"""The version of the archive that this release writes and reads."""

MANIFEST: Final = "manifest.json"
QUADS: Final = "quads.nq"
ERASED: Final = "erased"
BATCHES: Final = "batches/"
ACCOUNTS: Final = "accounts/"
FOLDER: Final = "folder/"


@dataclass
class _Writer:
    """Writes members, and what they add up to."""

    archive: zipfile.ZipFile
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, name: str, content: bytes) -> None:
        """A member that is there as a whole."""
        self.archive.writestr(name, content)
        self._note(name, len(content), hashlib.sha256(content).hexdigest())

    def put_quads(self, copy: KnowledgeCopy) -> None:
        """All quads, without having them in memory."""
        with self.archive.open(QUADS, "w", force_zip64=True) as stream:
            counted = _Counting(stream)
            serialize(copy.quads(), cast(IO[bytes], counted), format=RdfFormat.N_QUADS)
        self._note(QUADS, counted.size, counted.digest.hexdigest())

    def _note(self, name: str, size: int, digest: str) -> None:
        self.members[name] = {"bytes": size, "sha256": digest}


class _Counting:
    """Counts and digests what goes through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.size += len(content)
        self.digest.update(content)
        return self._stream.write(content)

    def flush(self) -> None:
        """A member of an archive has nothing to flush."""


def write_backup(made: Services, stream: IO[bytes]) -> None:
    """Write a backup of one moment; others may go on working.

    Args:
        made: the services of the installation.
        stream: where to; need not be seekable.

    Raises:
        KnowledgeError: the disk is full, or everything is in memory.
    """
    knowledge = made.knowledge
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ExitStack() as holding,
    ):
        writer = _Writer(archive)
        with ExitStack() as reading:
            with knowledge.alone():
                copy = holding.enter_context(copied(knowledge))
                session = reading.enter_context(made.accounts.snapshot())
                # The first look is the moment that all others see.
                seen = tables.revisions(session)
            for name, lines in tables.dump(session):
                writer.put(f"{ACCOUNTS}{name}.jsonl", lines)
        if copy.erased:
            writer.put(ERASED, copy.erased)
        assert knowledge.folder is not None
        _put_files(writer, BATCHES, ((path.name, path) for path in copy.batches))
        _put_files(writer, FOLDER, files_to_take(knowledge.folder))
        writer.put_quads(copy)
        manifest = {
            "format": FORMAT,
            "made": now().isoformat(timespec="seconds"),
            "base": copy.base,
            "generation": copy.generation,
            "accounts": seen,
            "members": writer.members,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def save_backup(made: Services, file: Path) -> None:
    """Write a backup into a new file, for its owner's eyes only: there are keys in it.

    Raises:
        FileExistsError: there is such a file.
        OSError: it cannot be written; then there is none.
    """
    with new_file(file) as stream:
        write_backup(made, stream)


class new_file:  # noqa: N801 - used like open()
    """A file that is only there, under its name, when all of it was written."""

    def __init__(self, file: Path) -> None:
        if file.exists():
            raise FileExistsError(17, "There is a file of this name", str(file))
        self._file = file
        self._part = file.with_name(file.name + ".part")

    def __enter__(self) -> IO[bytes]:
        self._part.unlink(missing_ok=True)
        self._stream = os.fdopen(
            os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        )
        return self._stream

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
        self._stream.close()
        if kind is None:
            self._part.replace(self._file)
        else:
            self._part.unlink(missing_ok=True)


def _put_files(writer: _Writer, start: str, files: Iterable[tuple[str, Path]]) -> None:
    for name, path in files:
        writer.put(start + name, path.read_bytes())
