"""What the recommender needs of a view."""

from collections.abc import Iterable
from typing import Protocol

from graph import Addresses, Statement


class Readable(Protocol):
    """What a snapshot needs of a :class:`graph.View`."""

    @property
    def addresses(self) -> Addresses: ...

    def statements(
        self, subject: str = "", predicate: str = "", *, inferred: bool = True
    ) -> Iterable[Statement]: ...
