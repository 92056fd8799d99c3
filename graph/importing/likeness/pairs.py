"""Pairs of things that may be one, and what speaks for and against it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from ontology import Bilingual

Key = TypeVar("Key")


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for or against two being one.

    Attributes:
        kind: what it is about: ``name``, ``domain``, ``vat``, or the column of a list.
        text: it in words.
        weight: above 0 speaks for, below 0 against; a natural logarithm of odds.
        veto: whether it forbids to join the two without a person.
    """

    kind: str
    text: Bilingual
    weight: float
    veto: bool = False

    @property
    def speaks_for(self) -> bool:
        """Whether it speaks for the two being one."""
        return self.weight > 0


@dataclass(frozen=True)
class Pair(Generic[Key]):
    """Two that may be one.

    Attributes:
        one: the first: the place of a row in its list, or the IRI of a thing.
        other: the second.
        score: how sure it is that they are one, 0 to 1.
        evidence: what speaks for and against it, the strongest first.
    """

    one: Key
    other: Key
    score: float
    evidence: tuple[Evidence, ...] = ()

    @property
    def vetoes(self) -> tuple[Evidence, ...]:
        """What forbids to join the two without a person."""
        return tuple(one for one in self.evidence if one.veto)
