"""The read-only copies that reader processes have open."""

import time
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graph.knowledge import Checkpoint, Knowledge

_PAUSE: Final = 0.05
"""Seconds between two questions for a copy that is not made yet."""


class Snapshots:
    """Lends copies of the newest state, never an older one.

    The knowledge makes at most one copy a second; a query that comes right after a commit waits
    for the next copy, so that whoever changed something finds it.
    """

    def __init__(self, knowledge: "Knowledge") -> None:
        self._knowledge = knowledge
        self._lock = Lock()

    def take(self) -> "Checkpoint":
        """A copy of the newest state; give it back later."""
        with self._lock:
            while True:
                generation = self._knowledge.generation
                copy = self._knowledge.checkpoint()
                if copy.generation >= generation:
                    return copy
                self._knowledge.release(copy)
                time.sleep(_PAUSE)

    def give_back(self, snapshot: "Checkpoint") -> None:
        """Somebody does not need their copy any more."""
        self._knowledge.release(snapshot)
