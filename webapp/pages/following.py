"""Why a statement that no source says holds: what it follows from, in a few words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from pyoxigraph import NamedNode, QueryTriples

from graph import View
from ontology import RDF, Rule, rules, schema, term_label

_TYPE: Final = RDF + "type"

_TRIED = 200
"""Things in the middle of a chain that are looked at; a crowd explains nothing anyway."""


@dataclass(frozen=True)
class Follows:
    """What conclusions about one thing follow from.

    Attributes:
        view: what the reader may read: an explanation is made of nothing else.
        lang: the reader's language.
    """

    view: View
    lang: str

    def because(self, subject: str, prop: str, value: str) -> str:
        """What the statement follows from; a general word where it cannot be told.

        Args:
            subject: IRI of what the statement is about.
            prop: IRI of its property.
            value: IRI of its value.
        """
        ways = (
            self._of_type(subject, value) if prop == _TYPE else self._of_link(subject, prop, value)
        )
        return next(ways, _("follows from other statements"))

    def _of_type(self, subject: str, cls: str) -> Iterator[str]:
        wanted = f" a cr:{cls.rpartition('#')[2]} "
        for rule in rules():
            if wanted in rule.query.partition("WHERE")[0] and self._holds(rule, subject):
                description = rule.description[self.lang].rstrip(".")
                yield _("follows from the rule: %(rule)s", rule=description)

    def _holds(self, rule: Rule, subject: str) -> bool:
        answer = self.view.query(rule.query, this=NamedNode(subject))
        return isinstance(answer, QueryTriples) and any(True for _triple in answer)

    def _of_link(self, subject: str, prop: str, value: str) -> Iterator[str]:
        known = schema()
        for inverse in sorted(known.inverses.get(prop, ())):
            if self._said(value, inverse, subject):
                yield _("follows from “%(one)s”, read the other way", one=self._name(inverse))
        for narrower, wider in known.subproperties.items():
            if prop in wider and self._said(subject, narrower, value):
                yield _("follows from “%(one)s”", one=self._name(narrower))
        if prop in known.symmetric and self._said(value, prop, subject):
            yield _("follows from the same said the other way")
        for chain in known.chains.get(prop, ()):
            if (middle := self._walks(subject, chain, value)) is not None:
                yield self._by_way(chain, middle)
        if prop in known.transitive:
            yield _("follows step by step")

    def _by_way(self, chain: tuple[str, ...], middle: tuple[str, ...]) -> str:
        names = [self._name(step) for step in chain]
        via = ", ".join(self.view.label(iri, self.lang) for iri in middle)
        if len(names) == 2:
            text = _(
                "follows from “%(first)s” and “%(last)s” by way of %(via)s",
                first=names[0],
                last=names[1],
                via=via,
            )
            return str(text)
        text = _(
            "follows from “%(first)s”, “%(second)s” and “%(last)s” by way of %(via)s",
            first=names[0],
            second=", ".join(names[1:-1]),
            last=names[-1],
            via=via,
        )
        return str(text)

    def _walks(self, start: str, chain: tuple[str, ...], end: str) -> tuple[str, ...] | None:
        """The things between start and end along a chain of properties, or None."""
        if len(chain) == 1:
            return () if self._said(start, chain[0], end) else None
        for tried, step in enumerate(self.view.statements(start, chain[0])):
            if tried == _TRIED:
                return None
            if isinstance(step.object, NamedNode):
                rest = self._walks(step.object.value, chain[1:], end)
                if rest is not None:
                    return (step.object.value, *rest)
        return None

    def _said(self, subject: str, prop: str, value: str) -> bool:
        return any(self.view.statements(subject, prop, NamedNode(value)))

    def _name(self, prop: str) -> str:
        return term_label(prop, self.lang) or prop.rpartition("#")[2].rpartition("/")[2]
