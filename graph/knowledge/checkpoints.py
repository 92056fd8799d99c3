"""Copies of one moment for readers in other processes.

On disk a copy is made of hard links, in milliseconds; it keeps files alive that the store
has long replaced, so one that nobody uses is deleted.
"""

import shutil
import tempfile
import time
import weakref
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import Final

from graph.store import Store

_LEAST_AGE: Final = 1.0
"""Seconds between two copies."""


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
        self._lent: Counter[Path] = Counter()
        self._newest: tuple[Path, int, float] | None = None
        self._count = 0
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def lend(self, generation: int) -> Path:
        """The newest copy, made anew if it is of another generation and a second old.

        Raises:
            OSError: the disk is full.
        """
        with self._lock:
            newest = self._newest
            now = time.monotonic()
            if newest is None or (newest[1] != generation and now - newest[2] >= _LEAST_AGE):
                newest = self._newest = (self._copy(generation), generation, now)
                self._sweep()
            self._lent[newest[0]] += 1
            return newest[0]

    def lend_as_it_is(self) -> Path | None:
        """The newest copy, however old; None where there is none yet."""
        with self._lock:
            if self._newest is None:
                return None
            self._lent[self._newest[0]] += 1
            return self._newest[0]

    def give_back(self, path: Path) -> None:
        """A reader no longer uses a copy."""
        with self._lock:
            self._lent[path] -= 1
            self._sweep()

    def close(self) -> None:
        """Delete all copies, lent or not."""
        with self._lock:
            self._newest = None
            self._lent.clear()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

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
        for path in [path for path, readers in self._lent.items() if readers <= 0]:
            if self._newest is None or path != self._newest[0]:
                del self._lent[path]
                shutil.rmtree(path, ignore_errors=True)
