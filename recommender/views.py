"""What the recommender needs of a view."""

from collections.abc import Iterable
from typing import Protocol

from pyoxigraph import Triple

from graph import Addresses


class Readable(Protocol):
    """What a snapshot needs of a :class:`graph.View`."""

    @property
    def addresses(self) -> Addresses: ...

    def triples(self, *, inferred: bool = True) -> Iterable[Triple]: ...
