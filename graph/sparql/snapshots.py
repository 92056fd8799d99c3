"""The read-only copies that reader processes have open: made when needed, deleted when left."""

import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graph.knowledge import Knowledge

_BETWEEN_SECONDS: Final = 1.0
"""At most one new copy in this time: many small commits shall not make a copy each."""


@dataclass(frozen=True)
class Snapshot:
    """A read-only copy of the knowledge at one generation."""

    generation: int
    path: Path


class Snapshots:
    """Counts who has which copy open, and deletes a copy that nobody needs any more."""

    def __init__(self, knowledge: "Knowledge") -> None:
        self._knowledge = knowledge
        self._lock = threading.Lock()
        self._users: dict[Snapshot, int] = {}
        self._newest: Snapshot | None = None
        self._made = -_BETWEEN_SECONDS

    def take(self) -> Snapshot:
        """The newest copy, made now if the knowledge has changed since; give it back later."""
        with self._lock:
            newest = self._newest
            if newest is None or newest.generation != self._knowledge.generation:
                time.sleep(max(0.0, self._made + _BETWEEN_SECONDS - time.monotonic()))
                generation = self._knowledge.generation
                made = Snapshot(generation, self._knowledge.checkpoint())
                self._made = time.monotonic()
                self._newest = made
                self._users[made] = 0
                if newest is not None:
                    self._delete_if_left(newest)
                newest = made
            self._users[newest] += 1
            return newest

    def give_back(self, snapshot: Snapshot) -> None:
        """Somebody does not need their copy any more."""
        with self._lock:
            self._users[snapshot] -= 1
            self._delete_if_left(snapshot)

    def _delete_if_left(self, snapshot: Snapshot) -> None:
        if snapshot is not self._newest and self._users[snapshot] == 0:
            del self._users[snapshot]
            shutil.rmtree(snapshot.path, ignore_errors=True)

    def close(self) -> None:
        """Delete all copies."""
        with self._lock:
            for snapshot in self._users:
                shutil.rmtree(snapshot.path, ignore_errors=True)
            self._users.clear()
            self._newest = None
