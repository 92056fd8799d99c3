"""What a member wants to be said: values of properties, each to its audience."""

from dataclasses import dataclass

from graph.audience import PUBLIC
from graph.model import Term


@dataclass(frozen=True)
class Said:
    """One value and who may read it.

    Attributes:
        value: a literal, a thing's IRI or a web address as a term; a plain text stands for a
            literal, or, where the property points at things, for a word that is linked as soon
            as something is called so.
        audience: who may read it.
    """

    value: Term | str
    audience: str = PUBLIC


@dataclass(frozen=True)
class PropertyChange:
    """All that is to be said of one property from now on, as far as the editor may read it.

    Attributes:
        property: its IRI.
        values: the values; none: nothing is to be said.
    """

    property: str
    values: tuple[Said, ...] = ()
