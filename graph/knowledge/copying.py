"""Copies of a whole knowledge for a backup, and a data folder made of one."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import Quad

from graph.errors import KnowledgeError
from graph.knowledge.folder import DataFolder, write_whole
from graph.store import open_store
from ontology import Bilingual

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_PAUSE: Final = 0.05


@dataclass(frozen=True)
class KnowledgeCopy:
    """A knowledge at one moment.

    Attributes:
        base: its base IRI.
        generation: the newest commit in it.
        store: a read-only copy of the store.
        batches: the files of its batches.
        erased: the marks of what was erased.
    """

    base: str
    generation: int
    store: Path
    batches: tuple[Path, ...]
    erased: bytes

    def quads(self) -> Iterator[Quad]:
        """All quads."""
        yield from pyoxigraph.Store.read_only(str(self.store))


@contextmanager
def copied(knowledge: "Knowledge") -> Iterator[KnowledgeCopy]:
    """A copy of a knowledge on disk, made in a moment; others may go on changing it meanwhile.

    Raises:
        KnowledgeError: it is in memory only, or the disk is full.
    """
    if knowledge.folder is None:
        raise KnowledgeError(
            Bilingual(
                "What is in memory only cannot be backed up.",
                "Was nur im Arbeitsspeicher liegt, lässt sich nicht sichern.",
            )
        )
    place = Path(tempfile.mkdtemp(prefix="copy-", dir=knowledge.folder))
    try:
        with knowledge.alone():
            checkpoint = knowledge.checkpoint()
            while checkpoint.generation != knowledge.generation:
                # A copy is at least a second old before there is a new one.
                knowledge.release(checkpoint)
                time.sleep(_PAUSE)
                checkpoint = knowledge.checkpoint()
            batches = tuple(
                _linked(path, place) for path in sorted(knowledge.batch_files().glob("*.nq.gz"))
            )
            made = KnowledgeCopy(
                knowledge.addresses.base,
                knowledge.generation,
                checkpoint.path,
                batches,
                knowledge.erased,
            )
        try:
            yield made
        finally:
            knowledge.release(checkpoint)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def restore(
    folder: Path,
    base: str,
    quads: Iterable[Quad],
    batches: Mapping[str, bytes],
    erased: bytes,
) -> None:
    """Make a data folder of what a copy held.

    Args:
        folder: where; nothing may be there yet.
        base: the base IRI.
        quads: all quads.
        batches: name of each batch's file to its content.
        erased: the marks of what was erased; empty where nothing ever was.

    Raises:
        OSError: the disk is full.
    """
    held = DataFolder(folder, base)
    try:
        store = open_store(str(held.store))
        store.load(quads)
        store.flush()
        store.close()
        held.batches.mkdir()
        for name, content in batches.items():
            write_whole(held.batches / name, content)
        if erased:
            write_whole(held.erased, erased, mode=0o600)
    finally:
        held.release()


def _linked(path: Path, place: Path) -> Path:
    target = place / path.name
    os.link(path, target)
    return target
