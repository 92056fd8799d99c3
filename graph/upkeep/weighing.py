"""How much of what a complete profile says is said."""

from collections.abc import Collection
from dataclasses import dataclass

from ontology import checks


@dataclass(frozen=True)
class Completeness:
    """How complete a profile is, by the weights of its kind's shape.

    Attributes:
        said: the sum of the weights of what is said.
        whole: the sum of all weights.
        missing: IRIs of the properties of which nothing is said, the heaviest first.
    """

    said: int
    whole: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """0 to 100, rounded down: 100 only where nothing is missing.

        >>> Completeness(2, 3, ("x:p",)).percent
        66
        """
        return 100 * self.said // self.whole


def completeness(kind: str, said: Collection[str]) -> Completeness | None:
    """How complete the profile of a thing is.

    Args:
        kind: of the thing.
        said: IRIs of the properties with which something is said of it.

    Returns:
        None where the shape of the kind has no weights.

    >>> completeness("topic", ()) is None
    True
    """
    weights = checks(kind).weights
    if not weights:
        return None
    missing = tuple(path for path, _ in weights if path not in said)
    whole = sum(weight for _, weight in weights)
    return Completeness(sum(weight for path, weight in weights if path in said), whole, missing)
