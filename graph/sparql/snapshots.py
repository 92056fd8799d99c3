"""The read-only copies that reader processes have open, each with the generation it is of."""

import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graph.knowledge import Knowledge

_PAUSE: Final = 0.05
"""Seconds between two questions for a copy that is not made yet."""


@dataclass(frozen=True)
class Snapshot:
    """A read-only copy of the knowledge at one generation."""

    generation: int
    path: Path


class Snapshots:
    """Lends copies of the newest state, never an older one.

    The knowledge makes at most one copy a second; a query that comes right after a commit waits
    for the next copy, so that whoever changed something finds it.
    """

    def __init__(self, knowledge: "Knowledge") -> None:
        self._knowledge = knowledge
        self._lock = Lock()
        self._newest: Snapshot | None = None

    def take(self) -> Snapshot:
        """A copy of the newest state; give it back later."""
        with self._lock:
            while True:
                generation = self._knowledge.generation
                path = self._knowledge.checkpoint()
                if self._newest is None or path != self._newest.path:
                    self._newest = Snapshot(generation, path)
                if self._newest.generation == generation:
                    return self._newest
                self._knowledge.release(path)
                time.sleep(_PAUSE)

    def give_back(self, snapshot: Snapshot) -> None:
        """Somebody does not need their copy any more."""
        self._knowledge.release(snapshot.path)
