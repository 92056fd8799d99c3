"""Every class and property of the ontology as a reader meets it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask_babel import gettext as _

from graph import fold
from ontology import (
    CR,
    PREFIXES,
    classes,
    code_label,
    codes,
    properties,
    rules,
    schema,
    term_comment,
    term_label,
)

ANNOTATIONS: Final = frozenset(
    CR + name for name in ("inverseLabel", "pluralLabel", "column", "columnAlias", "cellIn")
)
"""Properties that speak of the ontology itself."""


@dataclass(frozen=True)
class Name:
    """A class or property that another one refers to: ``anchor`` is empty where it is not ours."""

    text: str
    anchor: str = ""
    iri: str = ""


@dataclass(frozen=True)
class Row:
    """One line of what is said about a term."""

    label: str
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Term:
    """A class or property in the reference.

    Attributes:
        iri: its IRI.
        name: the local name, its anchor on the page.
        label: what it is called.
        comment: what it means.
        rows: what the ontology says about it.
    """

    iri: str
    name: str
    label: str
    comment: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Reference:
    """The whole reference: classes, properties, and those that describe the ontology itself."""

    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    annotations: tuple[Term, ...]


@lru_cache(maxsize=4)
def reference(lang: str) -> Reference:
    """The reference in a language; read once."""
    own = [prop for prop in properties() if prop not in ANNOTATIONS]
    return Reference(
        _terms(classes(), lang, _class_rows),
        _terms(own, lang, _property_rows),
        _terms(sorted(set(properties()) & ANNOTATIONS), lang, _property_rows),
    )


def short(iri: str) -> str:
    """An IRI with its prefix, where it has one.

    >>> short("http://www.w3.org/2004/02/skos/core#Concept")
    'skos:Concept'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _terms(
    iris: Iterable[str], lang: str, rows: Callable[[str, str], Iterator[Row]]
) -> tuple[Term, ...]:
    made = (
        Term(
            iri,
            iri.removeprefix(CR),
            term_label(iri, lang),
            term_comment(iri, lang),
            tuple(row for row in rows(iri, lang) if row.names),
        )
        for iri in iris
    )
    return tuple(sorted(made, key=lambda term: fold(term.label)))


def _class_rows(iri: str, lang: str) -> Iterator[Row]:
    known = schema()
    yield _row(_("is a kind of"), known.subclasses.get(iri, ()), lang)
    below = [cls for cls, above in known.subclasses.items() if iri in above]
    yield _row(_("has the kinds"), below, lang)
    yield _row(_("properties"), _with(known.domains, known.domain_choices, iri), lang)
    yield _row(_("pointed to by"), _with(known.ranges, known.range_choices, iri), lang)
    derived = [rule.description[lang] for rule in rules() if _concludes(rule.query, iri)]
    yield Row(_("follows from the rule"), tuple(Name(text) for text in derived))


def _property_rows(iri: str, lang: str) -> Iterator[Row]:
    known = schema()
    yield _row(_("of"), _either(known.domains, known.domain_choices, iri), lang)
    yield _row(_("to"), _either(known.ranges, known.range_choices, iri), lang)
    yield _row(_("the other way"), known.inverses.get(iri, ()), lang)
    yield _row(_("is a special case of"), known.subproperties.get(iri, ()), lang)
    below = [prop for prop, above in known.subproperties.items() if iri in above]
    yield _row(_("has the special cases"), below, lang)
    chains = known.chains.get(iri, ())
    yield Row(
        _("follows from"),
        tuple(Name(" → ".join(term_label(step, lang) for step in chain)) for chain in chains),
    )
    marks = [
        (known.transitive, _("holds over several steps")),
        (known.symmetric, _("holds both ways")),
    ]
    yield Row(_("moreover"), tuple(Name(text) for holders, text in marks if iri in holders))
    values = (f"{code} ({code_label(iri, code, lang)})" for code in codes(iri))
    yield Row(_("values"), tuple(Name(text) for text in values))


def _row(label: str, iris: Iterable[str], lang: str) -> Row:
    names = []
    for iri in sorted(iris):
        own = iri.startswith(CR)
        text = (term_label(iri, lang) or short(iri)) if own else short(iri)
        names.append(Name(text, iri.removeprefix(CR) if own else "", iri))
    return Row(label, tuple(names))


def _with(
    all_of: dict[str, frozenset[str]], one_of: dict[str, frozenset[str]], cls: str
) -> list[str]:
    """Our own properties that have this class at one end."""
    ends = [*all_of.items(), *one_of.items()]
    return [prop for prop, several in ends if cls in several and prop.startswith(CR)]


def _either(
    all_of: dict[str, frozenset[str]], one_of: dict[str, frozenset[str]], prop: str
) -> frozenset[str]:
    return frozenset(all_of.get(prop, ())) | frozenset(one_of.get(prop, ()))


def _concludes(query: str, cls: str) -> bool:
    return f" a cr:{cls.removeprefix(CR)} " in query.partition("WHERE")[0]
