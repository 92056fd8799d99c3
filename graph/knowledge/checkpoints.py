"""Copies of one moment for readers in other processes.

On disk a copy is made of hard links, in milliseconds; it keeps files alive that the store
has long replaced, so one that nobody uses is deleted.
"""

import shutil
import tempfile
import time
import weakref
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from graph.store import Store

_LEAST_AGE: Final = 1.0
"""Seconds between two copies."""


@dataclass(frozen=True)
class Checkpoint:
    """A read-only copy of one moment.

    Attributes:
        path: the folder that it lies in.
        generation: the newest commit in it.
    """

    path: Path
    generation: int


class Checkpoints:
    """Makes, lends and deletes checkpoints.

    Args:
        store: what is copied.
        folder: where the copies lie; None: in a temporary folder (stores in memory).
    """

    def __init__(self, store: Store, folder: Path | None) -> None:
        self._store = store
        self._given = folder
        self._folder: Path | None = None
        self._lock = Lock()
        self._lent: Counter[Checkpoint] = Counter()
        self._newest: Checkpoint | None = None
        self._made = 0.0
        self._count = 0
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def lend(self, generation: int) -> Checkpoint:
        """The newest copy, made anew if it is of another generation and a second old.

        Raises:
            OSError: the disk is full.
        """
        with self._lock:
            newest = self._newest
            is_old = time.monotonic() - self._made >= _LEAST_AGE
            if newest is None or (newest.generation != generation and is_old):
                newest = self._renew(generation)
            self._lent[newest] += 1
            return newest

    def lend_as_it_is(self) -> Checkpoint | None:
        """The newest copy, however old; None where there is none yet."""
        with self._lock:
            if self._newest is not None:
                self._lent[self._newest] += 1
            return self._newest

    def catch_up(self, generation: int) -> None:
        """Make the newest copy one of this generation, where anybody asked for copies.

        Raises:
            OSError: the disk is full.
        """
        with self._lock:
            if self._newest is not None and self._newest.generation != generation:
                self._renew(generation)

    def give_back(self, checkpoint: Checkpoint) -> None:
        """A reader no longer uses a copy."""
        with self._lock:
            self._lent[checkpoint] -= 1
            self._sweep()

    def close(self) -> None:
        """Delete all copies, lent or not."""
        with self._lock:
            self._newest = None
            self._lent.clear()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _renew(self, generation: int) -> Checkpoint:
        older, self._newest = self._newest, Checkpoint(self._copy(generation), generation)
        self._made = time.monotonic()
        if older is not None:
            self._lent[older] += 0
        self._sweep()
        return self._newest

    def _copy(self, generation: int) -> Path:
        if self._folder is None:
            if self._given is None:
                self._folder = Path(tempfile.mkdtemp(prefix="clusterradar-"))
                # A store in memory is often just dropped; its copies go with it.
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            else:
                self._given.mkdir(parents=True, exist_ok=True)
                self._folder = self._given
        self._count += 1
        target = self._folder / f"{generation:06}-{self._count}"
        try:
            self._store.checkpoint(target)
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            raise
        return target

    def _sweep(self) -> None:
        for copy in [copy for copy, readers in self._lent.items() if readers <= 0]:
            if copy != self._newest:
                del self._lent[copy]
                shutil.rmtree(copy.path, ignore_errors=True)
