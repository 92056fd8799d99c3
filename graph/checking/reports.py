"""What checks report: frozen values that a person and a program can read."""

from dataclasses import dataclass

from ontology import Bilingual


@dataclass(frozen=True)
class Finding:
    """Something that is not as it has to be.

    Attributes:
        thing: IRI of the thing it is about.
        name: what the thing is called.
        property: IRI of the property it is about; empty if of none.
        value: the value it is about; empty if of none.
        message: what is wrong.
    """

    thing: str
    name: Bilingual
    property: str
    value: str
    message: Bilingual


@dataclass(frozen=True)
class ShapeReport:
    """What a check of the shapes found.

    Attributes:
        things: how many things were looked at.
        findings: what is wrong, sorted by thing.
    """

    things: int
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True)
class Clash:
    """Statements that cannot all be true; without any one of them the rest could be.

    Attributes:
        statements: the statements, as sentences.
        why: what rules them out.
    """

    statements: tuple[Bilingual, ...]
    why: Bilingual


@dataclass(frozen=True)
class LogicReport:
    """What a check of the logic found.

    Attributes:
        consistent: whether ontology and data can all be true; None where the reasoner
            could not tell (no Java, out of time) and no contradiction was found without it.
        clashes: the contradictions that were found.
        note: how far the check went, in one sentence.
        statements: how many statements of the data were looked at.
    """

    consistent: bool | None
    clashes: tuple[Clash, ...]
    note: Bilingual
    statements: int

    @property
    def good(self) -> bool:
        """Whether no contradiction was found."""
        return self.consistent is not False
