"""IRIs of things, rows, terms and named graphs, built and read in one place.

A data folder has one base IRI for its whole life; it does not depend on where the
server happens to listen. Which page shows a thing is the web application's business.
"""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

DEFAULT_BASE = "https://w3id.org/clusterradar/"


def _segment(text: str) -> str:
    return quote(text, safe="-._~:@")


@dataclass(frozen=True)
class Addresses:
    """All IRIs below one base.

    >>> Addresses().thing("cluster", "optence")
    'https://w3id.org/clusterradar/id/cluster/optence'
    >>> Addresses().parse("https://w3id.org/clusterradar/id/cluster/optence")
    ('cluster', 'optence')
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not self.base.endswith("/") or not urlsplit(self.base).scheme:
            raise ValueError(f"a base IRI has a scheme and ends with a slash: {self.base}")

    def thing(self, kind: str, slug: str) -> str:
        """The canonical IRI of a thing."""
        return f"{self.base}id/{kind}/{_segment(slug)}"

    def parse(self, iri: str) -> tuple[str, str] | None:
        """(kind, slug) of a thing's IRI, or None for any other IRI."""
        start = self.base + "id/"
        if not iri.startswith(start):
            return None
        kind, _, slug = iri[len(start) :].partition("/")
        if not kind or not slug or "/" in slug:
            return None
        return kind, unquote(slug)

    def row(self, source: str, key: str) -> str:
        """The source-local IRI of what one row of a source describes; never rewritten."""
        return f"{self.base}row/{_segment(source)}/{_segment(key)}"

    def term(self, source: str, kind: str, text: str) -> str:
        """The IRI of a word that a source uses for a thing of some kind."""
        return f"{self.base}term/{_segment(source)}/{_segment(kind)}/{_segment(text)}"

    def source_graph(self, source: str, audience: str) -> str:
        """The named graph of what a source says to one audience."""
        return f"{self.base}source/{_segment(source)}/{_segment(audience)}"

    def read_graph(self, audience: str) -> str:
        """The reading graph of one audience."""
        return f"{self.base}read/{_segment(audience)}"

    def inferred_graph(self, audience: str) -> str:
        """The graph of what follows for one audience."""
        return f"{self.base}inferred/{_segment(audience)}"

    def decision_graph(self, audience: str) -> str:
        """The graph of the decisions that one audience may know of."""
        return f"{self.base}decisions/{_segment(audience)}"

    def decision(self, digest: str) -> str:
        """The IRI of a decision, by the digest of what it joins."""
        return f"{self.base}decision/{digest}"

    def source(self, source: str) -> str:
        """What stands for a source where the source describes itself; read as a thing."""
        return f"{self.base}source/{_segment(source)}"

    def scheme(self, source: str, name: str) -> str:
        """The IRI of a topic scheme that a source brings."""
        return f"{self.base}scheme/{_segment(source)}/{_segment(name)}"

    def parse_scheme(self, iri: str) -> tuple[str, str] | None:
        """(source, name) of a topic scheme that a source brings, or None for any other IRI."""
        found = self._segments(iri, "scheme/")
        return (found[0], found[1]) if len(found) == 2 else None

    def parse_row(self, iri: str) -> tuple[str, str] | None:
        """(source, key) of a row's IRI, or None for any other IRI.

        >>> Addresses().parse_row(Addresses().row("members", "no. 7/b"))
        ('members', 'no. 7/b')
        """
        found = self._segments(iri, "row/")
        return (found[0], found[1]) if len(found) == 2 else None

    def parse_term(self, iri: str) -> tuple[str, str, str] | None:
        """(source, kinds, text) of a term's IRI, or None for any other IRI."""
        found = self._segments(iri, "term/")
        return (found[0], found[1], found[2]) if len(found) == 3 else None

    def parse_source(self, iri: str) -> str | None:
        """The name of the source that an IRI of :meth:`source` stands for."""
        found = self._segments(iri, "source/")
        return found[0] if len(found) == 1 else None

    def parse_source_graph(self, iri: str) -> tuple[str, str] | None:
        """(source, audience) of a source graph, or None for any other graph."""
        found = self._segments(iri, "source/")
        return (found[0], found[1]) if len(found) == 2 else None

    def parse_decision_graph(self, iri: str) -> str | None:
        """The audience of a graph of decisions, or None for any other graph."""
        found = self._segments(iri, "decisions/")
        return found[0] if len(found) == 1 else None

    def parse_read_graph(self, iri: str) -> str | None:
        """The audience of a reading graph, or None for any other graph."""
        found = self._segments(iri, "read/")
        return found[0] if len(found) == 1 else None

    def parse_inferred_graph(self, iri: str) -> str | None:
        """The audience of a graph of what follows, or None for any other graph."""
        found = self._segments(iri, "inferred/")
        return found[0] if len(found) == 1 else None

    def _segments(self, iri: str, folder: str) -> list[str]:
        start = self.base + folder
        if not iri.startswith(start):
            return []
        found = [unquote(part) for part in iri[len(start) :].split("/")]
        return found if all(found) else []
