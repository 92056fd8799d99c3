"""What crosses the border from the graph to its readers: frozen data classes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode

Term = NamedNode | Literal
"""Subjects and objects as readers meet them: nothing has a blank node."""

StoredTerm = NamedNode | BlankNode | Literal


@dataclass(frozen=True)
class Thing:
    """A thing as its readers meet it.

    Attributes:
        iri: its canonical IRI.
        kind: the word of its address (``cluster``, ``topic``, ...).
        slug: the last part of its address.
        labels: language tag to name; ``""`` holds a name without a language.
        contexts: for ``de`` and ``en``, a few words that tell namesakes apart
            ("Cluster · Hessen").
        as_of: the year its statements date from ("2016"), or empty where they are current.
        invented: whether it belongs to the plainly marked, invented demo layer.
        historical: whether it is over and can no longer be answered (listings of 2016).
    """

    iri: str
    kind: str
    slug: str
    labels: Mapping[str, str] = field(hash=False)
    contexts: Mapping[str, str] = field(default_factory=dict, hash=False)
    as_of: str = ""
    invented: bool = False
    historical: bool = False

    def label(self, lang: str) -> str:
        """The name in a language, else without one, else in any, else the slug.

        >>> Thing("x:1", "topic", "optics", {"de": "Optik"}).label("en")
        'Optik'
        """
        for tag in (lang, "", "en", "de"):
            if name := self.labels.get(tag):
                return name
        return next((name for name in self.labels.values() if name), self.slug)

    def context(self, lang: str) -> str:
        """The few words that tell it from its namesakes."""
        return self.contexts.get(lang, "")


@dataclass(frozen=True)
class Statement:
    """One statement that a viewer may read.

    Attributes:
        subject: canonical IRI.
        predicate: IRI of the property.
        object: a thing, an outside address or a literal.
        inferred: whether it follows from others instead of being said by a source.
    """

    subject: str
    predicate: str
    object: Term
    inferred: bool = False


@dataclass(frozen=True)
class Origin:
    """Who says a statement.

    Attributes:
        statement: what is said, in canonical IRIs.
        source: the name of the source; empty for an inferred statement.
        audience: who may read it there.
    """

    statement: Statement
    source: str
    audience: str
