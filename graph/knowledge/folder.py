"""The data folder: what lies in it, who holds it, and what it says of itself.

========================  ==========================================================
``clusterradar.json``     version of the format, base IRI, edition
``derived-by``            which ontology the derived graphs were last derived by
``lock``                  held by the one process that works with the folder
``store/``                the quads
``journal/``              what a commit is about to do
``batches/``              what each commit did, for its undo
``notes/``                what imports noted of rows, for the next import
``erased``                keyed marks of what was erased, against a later import
``checkpoints/``          copies for the readers of queries
========================  ==========================================================

An erasure writes ``store``, ``batches`` and ``erased`` anew under names with a number, the edition
(``store-2``); naming the new edition in ``clusterradar.json`` is what makes it count, all at once.
What is left of another edition is deleted on opening.
"""

import fcntl
import json
import os
import re
import shutil
import time
from pathlib import Path
from typing import IO, Final

from graph.addresses import DEFAULT_BASE, Addresses
from graph.errors import KnowledgeError
from ontology import Bilingual

FORMAT: Final = 1
"""The version of the folder's format that this release reads and writes."""

_PARTS: Final = ("store", "batches", "erased")
"""What an edition consists of."""

_OF_AN_EDITION: Final = re.compile(rf"({'|'.join(_PARTS)})(?:-([0-9]+))?")
_TRIES: Final = 20


class DataFolder:
    """A data folder that this process holds.

    Args:
        path: the folder; made if it is not there.
        base: the base IRI it must have; None: whatever it has.

    Raises:
        KnowledgeError: another process holds it, its base is another, its format is newer,
            or it can be neither made nor read.
        ValueError: the base is no base IRI.
    """

    def __init__(self, path: Path, base: str | None = None) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = self._held()
        except OSError as error:
            raise _unusable(path, error) from error
        self.edition = 0
        try:
            self.base = self._described(base)
            self.sweep()
        except OSError as error:
            self.release()
            raise _unusable(path, error) from error
        except (KnowledgeError, ValueError):
            self.release()
            raise

    @property
    def store(self) -> Path:
        """Where the quads lie; absolute, for a name with a colon could be mistaken for a URL."""
        return self.part("store", self.edition)

    @property
    def batches(self) -> Path:
        """Where the batches lie."""
        return self.part("batches", self.edition)

    @property
    def erased(self) -> Path:
        """The file with the marks of what was erased; there is none before the first erasure."""
        return self.part("erased", self.edition)

    def part(self, name: str, edition: int) -> Path:
        """Where a part of an edition lies."""
        return self.path.absolute() / (f"{name}-{edition}" if edition else name)

    def turn_to(self, edition: int) -> None:
        """Let another edition count, all at once.

        Raises:
            OSError: the disk is full or broken; then the edition of before counts.
        """
        self._describe(self.base, edition)
        self.edition = edition

    def sweep(self) -> None:
        """Delete what is left of other editions."""
        for path in self.path.iterdir():
            found = _OF_AN_EDITION.fullmatch(path.name)
            if found and int(found[2] or 0) != self.edition:
                _delete(path)

    @property
    def checkpoints(self) -> Path:
        """Where the copies for readers lie."""
        return self.path / "checkpoints"

    @property
    def derived_by(self) -> str:
        """The digest of the ontology that the derived graphs follow; empty if unknown."""
        file = self.path / "derived-by"
        return file.read_text("utf-8", "replace").strip() if file.exists() else ""

    @derived_by.setter
    def derived_by(self, digest: str) -> None:
        (self.path / "derived-by").write_text(digest + "\n", encoding="utf-8")

    def release(self) -> None:
        """Let other processes have the folder."""
        self._lock.close()

    def _held(self) -> IO[bytes]:
        lock = (self.path / "lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            raise in_use(self.path) from error
        return lock

    def _described(self, base: str | None) -> str:
        described = self.path / "clusterradar.json"
        if not described.exists():
            base = Addresses(base or DEFAULT_BASE).base
            self._describe(base, 0)
            return base
        try:
            says = json.loads(described.read_text(encoding="utf-8"))
            version, has = int(says["format"]), Addresses(says["base"]).base
            self.edition = int(says.get("edition", 0))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise broken(self.path) from error
        if version > FORMAT:
            raise KnowledgeError(
                Bilingual(
                    "The data folder {folder} was written by a newer clusterradar.",
                    "Der Datenordner {folder} stammt von einem neueren clusterradar.",
                ).with_(folder=self.path),
                Bilingual(
                    "Update this installation, or name another folder.",
                    "Aktualisieren Sie diese Installation, oder nennen Sie einen anderen Ordner.",
                ),
            )
        if base is not None and base != has:
            raise KnowledgeError(
                Bilingual(
                    "The data folder {folder} has the base {has}, not {base}.",
                    "Der Datenordner {folder} hat die Basis {has}, nicht {base}.",
                ).with_(folder=self.path, has=has, base=base),
                Bilingual(
                    "A folder keeps its base for life: leave the base out, or name a new folder.",
                    "Ein Ordner behält seine Basis: Lassen Sie die Basis weg, oder nennen Sie "
                    "einen neuen Ordner.",
                ),
            )
        return has

    def _describe(self, base: str, edition: int) -> None:
        says = {"format": FORMAT, "base": base} | ({"edition": edition} if edition else {})
        write_whole(
            self.path / "clusterradar.json", (json.dumps(says, indent=2) + "\n").encode("utf-8")
        )


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file so that after a crash all of it is there, or what was there before.

    Raises:
        OSError: the disk is full or broken; then what was there before is there.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """What was named or renamed in a folder survives a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _delete(path: Path) -> None:
    """Delete a file or folder; an engine that just lets go of it may still write a last file."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for attempt in range(_TRIES):
        if not path.exists():
            return
        try:
            shutil.rmtree(path)
        except OSError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(0.05)


def in_use(path: Path) -> KnowledgeError:
    """Another process holds the folder."""
    return KnowledgeError(
        Bilingual(
            "Another clusterradar is using {folder}.",
            "Ein anderes clusterradar benutzt {folder}.",
        ).with_(folder=path),
        Bilingual(
            "Stop it first, or name another folder with --data-dir.",
            "Beenden Sie es zuerst, oder nennen Sie mit --data-dir einen anderen Ordner.",
        ),
    )


def broken(path: Path) -> KnowledgeError:
    """The folder is there, but what lies in it cannot be read."""
    return KnowledgeError(
        Bilingual(
            "The data in {folder} is damaged and cannot be opened.",
            "Die Daten in {folder} sind beschädigt und lassen sich nicht öffnen.",
        ).with_(folder=path),
        Bilingual(
            "Restore the folder from a backup, or move it away and import again.",
            "Stellen Sie den Ordner aus einer Sicherung wieder her, oder verschieben Sie ihn und "
            "importieren Sie neu.",
        ),
    )


def _unusable(path: Path, error: OSError) -> KnowledgeError:
    return KnowledgeError(
        Bilingual(
            "The data folder {folder} cannot be used: {why}.",
            "Der Datenordner {folder} lässt sich nicht benutzen: {why}.",
        ).with_(folder=path, why=error.strerror or error),
        Bilingual(
            "Check that it is a folder, that you may write there and that the disk is not full.",
            "Prüfen Sie, ob es ein Ordner ist, ob Sie dort schreiben dürfen und ob die Platte "
            "voll ist.",
        ),
    )
