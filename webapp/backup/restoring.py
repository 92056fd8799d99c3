"""Reading a backup back into an empty data folder and an empty database."""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad, RdfFormat, parse

from graph import KnowledgeError, restore
from ontology import Bilingual
from webapp.accounts import Accounts, AccountsError
from webapp.backup import tables
from webapp.backup.archive import ACCOUNTS, BATCHES, ERASED, FOLDER, FORMAT, MANIFEST, QUADS
from webapp.backup.files import is_to_take
from webapp.settings import Settings

_WORK: Final = ".restoring"
_BATCH: Final = re.compile(r"[0-9]{6,}\.nq\.gz")
_TABLE: Final = re.compile(r"[a-z_]+\.jsonl")
_CHUNK: Final = 1 << 20


def restore_backup(file: Path, settings: Settings) -> int:
    """Read a backup back.

    The data folder appears as a whole, at the end; a database of its own elsewhere is filled last.

    Args:
        file: the backup.
        settings: name the folder, which must be empty, and the database, which must be too.

    Returns:
        How many quads there are.

    Raises:
        KnowledgeError: folder or database are not empty; the file is damaged, no backup, or of a
            newer version.
        OSError: the disk is full, or the file cannot be read.
    """
    folder = settings.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _not_empty(folder)
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _checked(archive, file)
            return _restore(archive, manifest, settings)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError) as error:
        raise _damaged(file) from error


def _restore(archive: zipfile.ZipFile, manifest: dict[str, Any], settings: Settings) -> int:
    folder = settings.folder
    was_there = folder.exists()
    work = folder / _WORK
    work.mkdir(parents=True)
    try:
        count = _restore_knowledge(archive, manifest, work)
        for name in _members(manifest, FOLDER):
            target = work / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch(0o600)
            target.write_bytes(archive.read(FOLDER + name))
        _restore_accounts(archive, manifest, settings.accounts_address(work))
        _move_up(work, folder)
    except BaseException:
        shutil.rmtree(work if was_there else folder, ignore_errors=True)
        raise
    return count


def _restore_knowledge(archive: zipfile.ZipFile, manifest: dict[str, Any], work: Path) -> int:
    counted = 0

    def quads() -> Iterator[Quad]:
        nonlocal counted
        with archive.open(QUADS) as stream:
            for quad in parse(stream, format=RdfFormat.N_QUADS):
                counted += 1
                yield quad

    batches = {name: archive.read(BATCHES + name) for name in _members(manifest, BATCHES)}
    erased = archive.read(ERASED) if ERASED in manifest["members"] else b""
    restore(work, manifest["base"], quads(), batches, erased)
    return counted


def _restore_accounts(archive: zipfile.ZipFile, manifest: dict[str, Any], url: str) -> None:
    lines = (
        (name.removesuffix(".jsonl"), archive.read(ACCOUNTS + name))
        for name in _members(manifest, ACCOUNTS)
    )
    engine = Accounts.engine_of(url)
    try:
        tables.load(engine, lines, manifest["accounts"])
    except tables.OccupiedError as error:
        raise _occupied() from error
    finally:
        engine.dispose()


def _move_up(work: Path, folder: Path) -> None:
    """Let the folder have its files; the one that makes it a data folder comes last."""
    for path in sorted(work.iterdir(), key=lambda one: one.name == "clusterradar.json"):
        path.rename(folder / path.name)
    work.rmdir()


def _members(manifest: dict[str, Any], start: str) -> list[str]:
    return [name[len(start) :] for name in manifest["members"] if name.startswith(start)]


def _checked(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    """The manifest, once all that it names is there as it says, and nothing else."""
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] > FORMAT or set(manifest["accounts"]) - tables.known_revisions():
        raise _too_new(file)
    members = manifest["members"]
    if {*archive.namelist()} != {MANIFEST, *members} or QUADS not in members:
        raise _damaged(file)
    for name, said in members.items():
        if not _is_ours(name) or archive.getinfo(name).file_size != said["bytes"]:
            raise _damaged(file)
        digest = hashlib.sha256()
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != said["sha256"]:
            raise _damaged(file)
    return manifest


def _is_ours(name: str) -> bool:
    """Whether a member is one that a backup has; none leads out of the folder."""
    if name.startswith(FOLDER):
        return is_to_take(name.removeprefix(FOLDER))
    if name.startswith(BATCHES):
        return bool(_BATCH.fullmatch(name.removeprefix(BATCHES)))
    if name.startswith(ACCOUNTS):
        return bool(_TABLE.fullmatch(name.removeprefix(ACCOUNTS)))
    return name in {QUADS, ERASED}


def _not_empty(folder: Path) -> KnowledgeError:
    return KnowledgeError(
        Bilingual("{folder} is not empty.", "{folder} ist nicht leer.").with_(folder=folder),
        Bilingual(
            "Name another folder with --data-dir, or move this one away.",
            "Nennen Sie mit --data-dir einen anderen Ordner, oder verschieben Sie diesen.",
        ),
    )


def _occupied() -> AccountsError:
    return AccountsError(
        Bilingual(
            "There are accounts in the database already.",
            "In der Datenbank gibt es schon Konten.",
        ),
        Bilingual(
            "Set CLUSTERRADAR_ACCOUNTS_URL to an empty database.",
            "Setzen Sie CLUSTERRADAR_ACCOUNTS_URL auf eine leere Datenbank.",
        ),
    )


def _damaged(file: Path) -> KnowledgeError:
    return KnowledgeError(
        Bilingual(
            "{file} is no backup, or it is damaged; nothing was restored.",
            "{file} ist keine Sicherung oder beschädigt; nichts wurde wiederhergestellt.",
        ).with_(file=file),
        Bilingual("Use another backup.", "Nehmen Sie eine andere Sicherung."),
    )


def _too_new(file: Path) -> KnowledgeError:
    return KnowledgeError(
        Bilingual(
            "{file} was written by a newer clusterradar.",
            "{file} stammt von einem neueren clusterradar.",
        ).with_(file=file),
        Bilingual(
            "Update this installation first.", "Aktualisieren Sie zuerst diese Installation."
        ),
    )
