"""What was found out of uploaded lists, so that no page has it worked out again."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from graph import KnowledgeError, Mapping, Plan, Table, Viewer

MOST_ROWS: Final = 400_000
"""Rows of all lists that are remembered together; the newest list always is."""


@dataclass(frozen=True)
class Prepared:
    """A list as it was read, understood and planned, as far as that went.

    Attributes:
        table: its rows; None where it could not be read.
        mapping: what its columns are; None while nobody knows.
        plan: what committing it would do; None while nobody knows.
        trouble: why it went no further; None where nothing is wrong.
        generation: the newest commit when planning began.
        viewer: who asked for the plan.
    """

    table: Table | None = None
    mapping: Mapping | None = None
    plan: Plan | None = None
    trouble: KnowledgeError | None = None
    generation: int = 0
    viewer: Viewer | None = None

    @property
    def size(self) -> int:
        """How much room it takes, in rows."""
        planned = len(self.plan.rows) + len(self.plan.problems) if self.plan else 0
        return 1_000 + (len(self.table.rows) if self.table else planned)


class Remembered:
    """The newest of what was found out, by the token of each list."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Prepared] = OrderedDict()
        self._lock = Lock()

    def get(self, token: str) -> Prepared | None:
        """What was found out of a list."""
        with self._lock:
            return self._known.get(token)

    def put(self, token: str, prepared: Prepared) -> None:
        """Remember it, and forget older lists where they are too many."""
        with self._lock:
            self._known[token] = prepared
            self._known.move_to_end(token)
            rows = sum(one.size for one in self._known.values())
            while rows > MOST_ROWS and len(self._known) > 1:
                rows -= self._known.popitem(last=False)[1].size

    def forget_all(self) -> None:
        """Somebody was erased who may be in one of the lists."""
        with self._lock:
            self._known.clear()

    def forget(self, token: str) -> None:
        """The list is committed or thrown away."""
        with self._lock:
            self._known.pop(token, None)
