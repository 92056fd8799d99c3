"""What a profile says now: the values of each field with their audience and who says them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal

from graph import EDITS, PLATFORM, PUBLIC, Term, View
from ontology import KINDS, code_class
from webapp.profiles.forms import TYPE, Field, Sort


@dataclass(frozen=True)
class Value:
    """One value of a field.

    Attributes:
        term: what is said.
        audience: who may read it; of several the widest.
        sources: the names of the sources that say it.
    """

    term: Term
    audience: str
    sources: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What a form writes for it: the text of a literal, an IRI in angle brackets."""
        return self.term.value if isinstance(self.term, Literal) else f"<{self.term.value}>"

    @property
    def language(self) -> str:
        """The language of a text; empty where it has none."""
        tag = self.term.language if isinstance(self.term, Literal) else None
        return (tag or "").partition("-")[0]

    @property
    def edited(self) -> bool:
        """Whether a member said it in a form."""
        return EDITS in self.sources


def width(audience: str) -> tuple[int, str]:
    """Sorts audiences, the widest first; two closed ones by name.

    >>> sorted(["person:a", "public", "network:cluster/x", "platform"], key=width)
    ['public', 'platform', 'network:cluster/x', 'person:a']
    """
    order = (PUBLIC, PLATFORM, "network", "group", "organisation", "person")
    name = audience.partition(":")[0]
    return (order.index(name) if name in order else len(order), audience)


Values = dict[str, tuple[Value, ...]]
"""Property to its values."""


def values_of(view: View, iri: str) -> Values:
    """All that sources say of a thing and that this viewer reads, by property."""
    said: dict[tuple[str, Term], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for origin in view.origins(iri):
        if origin.source and not origin.statement.inferred:
            audiences, sources = said[origin.statement.predicate, origin.statement.object]
            audiences.add(origin.audience)
            sources.add(origin.source)
    found: dict[str, list[Value]] = {}
    for (prop, term), (audiences, sources) in said.items():
        value = Value(term, min(audiences, key=width), tuple(sorted(sources)))
        found.setdefault(prop, []).append(value)
    return {prop: tuple(sorted(several, key=_order)) for prop, several in found.items()}


def shown_of(field: Field, values: Iterable[Value]) -> tuple[Value, ...]:
    """The values that a field asks about.

    Of types those that its codes stand for; the class of all things of the kind, which is what
    "other" stands for, only where there is no closer one.
    """
    several = tuple(values)
    if field.path != TYPE:
        return several
    general = {kind.iri for kind in KINDS.values()}
    chosen = {code_class(TYPE, code) for code in field.check.in_values} - {""}
    shown = [value for value in several if value.term.value in chosen]
    special = [value for value in shown if value.term.value not in general]
    return tuple(special or shown)


def carried_of(field: Field, values: Iterable[Value]) -> tuple[Value, ...]:
    """The values that a field does not ask about and that a change of it must not lose."""
    several = tuple(values)
    shown = set(shown_of(field, several))
    return tuple(value for value in several if value not in shown)


def digest(said: Iterable[tuple[str, Term | str]]) -> str:
    """A short text that changes with what is said, or with who may read it.

    Args:
        said: audience and value of each.
    """
    lines = sorted({f"{audience} {value}" for audience, value in said})
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def code_of(field: Field, term: Term) -> str:
    """The code that stands for a value of a field of choices; empty if none does."""
    if field.sort is not Sort.CHOICE:
        return ""
    if isinstance(term, Literal):
        return term.value if term.value in field.check.in_values else ""
    for code in field.check.in_values:
        if code_class(field.path, code) == term.value:
            return code
    return ""


def _order(value: Value) -> tuple[str, str]:
    return value.language, value.text.casefold()
