"""RDF lists: Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD become subjects of a table.

Each subject is a row. What it says is kept as it stands; :mod:`graph.importing.rdf_records` checks
it. The text is parsed in a process of its own (:mod:`graph.importing.rdf_child`).
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.errors import KnowledgeError
from graph.importing.decoding import decoded
from graph.importing.nested import looks_like_json
from graph.importing.problems import NOTE, Problem, shortened
from graph.importing.rdf_child import HERE
from ontology import PREFIXES, RDF, Bilingual

SubjectTerm = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal | Triple

_SECONDS: Final = 120
_CHILD: Final = Path(__file__).with_name("rdf_child.py")
_ENDINGS: Final = {
    **{ending: ending for ending in ("ttl", "trig", "nt", "nq", "jsonld", "rdf")},
    "n3": "ttl",
    "turtle": "ttl",
    "owl": "rdf",
}
RDF_NAMES: Final = {
    "ttl": "turtle",
    "trig": "trig",
    "nt": "n-triples",
    "nq": "n-quads",
    "rdf": "rdf/xml",
    "jsonld": "json-ld",
}
"""Ending to what people call the format."""
_TURTLE: Final = re.compile(
    r"(\s*#[^\n]*\n|\s+)*(@prefix\s|@base\s|prefix\s+[^\s:]*:\s*<|base\s+<)", re.IGNORECASE
)
_TRIPLES: Final = re.compile(r"(\s*#[^\n]*\n|\s+)*(<[^<>\s]+>|_:\S+)\s+<[^<>\s]+>\s+[<\"_]")
_JSON_LD: Final = re.compile(r'"@(context|graph|id|type)"\s*:')
_SAMPLE: Final = 4_000


@dataclass(frozen=True)
class Fact:
    """One statement about a subject.

    Attributes:
        property: IRI of the property.
        value: what it says.
        graph: IRI of the named graph that it stands in; empty: in none.
    """

    property: str
    value: Value
    graph: str = ""


@dataclass(frozen=True)
class Subject:
    """Something that an RDF list describes.

    Attributes:
        number: number of its row.
        term: its IRI or blank node.
        facts: everything that is said about it, sorted.
    """

    number: int
    term: SubjectTerm
    facts: tuple[Fact, ...]

    @property
    def iri(self) -> str:
        """Its IRI; empty for a blank node."""
        return self.term.value if isinstance(self.term, NamedNode) else ""


@dataclass(frozen=True)
class RdfList:
    """What an RDF text says.

    Attributes:
        subjects: in the order in which they come.
        format: name of the format.
        encoding: how the bytes were decoded.
        notes: what is worth knowing of the text as a whole.
    """

    subjects: tuple[Subject, ...]
    format: str
    encoding: str
    notes: tuple[Problem, ...] = ()


def rdf_format(content: bytes, name: str = "") -> str:
    """The ending of the RDF format that a file is in; empty where it is no RDF.

    >>> rdf_format(b"@prefix cr: <https://w3id.org/clusterradar/ontology#> ."), rdf_format(b"id")
    ('trig', '')
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    start = content[:_SAMPLE].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if looks_like_json(start):
        # An ordinary JSON list may have a key @id, too; a context only JSON-LD has.
        marks = set(_JSON_LD.findall(start))
        return "jsonld" if "context" in marks or len(marks) > 1 else ""
    if start.lstrip().startswith("<") and ("<rdf:RDF" in start or RDF in start):
        return "nq" if _TRIPLES.match(start) else "rdf"
    if _TRIPLES.match(start):
        return "nq"
    return "trig" if _TURTLE.match(start) else ""


def read_rdf(content: bytes, name: str, ending: str, encoding: str = "") -> RdfList:
    """The subjects of an RDF text.

    Args:
        content: the file.
        name: what to call it in messages.
        ending: what :func:`rdf_format` says.
        encoding: what a person said that it is in; empty: find it.

    Raises:
        KnowledgeError: it is not well formed, too large, or says nothing.
    """
    if ending != "rdf":
        # RDF/XML says its encoding itself.
        text, encoding = decoded(content, name, encoding)
        content = text.removeprefix("\ufeff").encode("utf-8", "replace")
    said, told = _asked(content, ending)
    if "error" in told:
        raise _broken(name, RDF_NAMES[ending], str(told["error"]))
    subjects = _subjects(parse(said, RdfFormat.N_QUADS))
    if not subjects:
        raise KnowledgeError(
            Bilingual("{name} makes no statements.", "{name} macht keine Aussagen.").with_(
                name=name
            ),
            Bilingual(
                "Describe at least one thing, with its class and its name.",
                "Mindestens ein Ding mit Klasse und Namen beschreiben.",
            ),
        )
    notes = tuple(
        Problem(0, shortened(key), "", _UNMAPPED, NOTE) for key in told.get("unmapped", ())
    )
    return RdfList(subjects, RDF_NAMES[ending], encoding, notes)


def _asked(content: bytes, ending: str) -> tuple[bytes, dict[str, Any]]:
    command = [sys.executable, "-P", str(_CHILD), ending]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return b"", {"error": f"> {_SECONDS} s"}
    if done.returncode:
        return b"", {"error": "too large or nested too deep"}
    told: dict[str, Any] = json.loads(done.stderr)
    return done.stdout, told


def _broken(name: str, form: str, why: str) -> KnowledgeError:
    if "LoadDocumentCallback" in why:
        return KnowledgeError(
            Bilingual(
                "{name} refers to a JSON-LD context elsewhere, which is never fetched.",
                "{name} verweist auf einen JSON-LD-Kontext anderswo; der wird nie geholt.",
            ).with_(name=name),
            Bilingual(
                'Write the context itself into the file: "@context": {{...}}.',
                'Den Kontext selbst in die Datei schreiben: "@context": {{...}}.',
            ).with_(),
        )
    return KnowledgeError(
        Bilingual(
            "{name} cannot be read as {form} ({why}).",
            "{name} lässt sich nicht als {form} lesen ({why}).",
        ).with_(name=name, form=form, why=shortened(why, 300)),
        Bilingual(
            "Correct that place, or write the list in another format.",
            "Diese Stelle korrigieren oder die Liste in einem anderen Format schreiben.",
        ),
    )


def _subjects(quads: Iterable[Quad]) -> tuple[Subject, ...]:
    said: dict[SubjectTerm, set[Fact]] = {}
    for quad in quads:
        if not isinstance(quad.subject, Triple):
            graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
            fact = Fact(quad.predicate.value, quad.object, graph)
            said.setdefault(quad.subject, set()).add(fact)
    return tuple(
        Subject(number, term, tuple(sorted(facts, key=_order)))
        for number, (term, facts) in enumerate(said.items(), 2)
    )


def _order(fact: Fact) -> tuple[str, str, str]:
    return fact.property, str(fact.value), fact.graph


def columns_and_cells(
    subjects: Iterable[Subject],
) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]]:
    """A list as a table would show it: names of columns, and number and cells of each row."""
    subjects = list(subjects)
    names = dict.fromkeys(fact.property for one in subjects for fact in one.facts)
    header = ("id", *map(compact, names))
    rows = []
    for one in subjects:
        cells: dict[str, list[str]] = {}
        for fact in one.facts:
            cells.setdefault(fact.property, []).append(as_text(fact.value))
        row = (as_text(one.term), *(" | ".join(cells.get(name, ())) for name in names))
        rows.append((one.number, row))
    return header, rows


def compact(iri: str) -> str:
    """An IRI with a prefix that we know.

    >>> compact("http://www.w3.org/2000/01/rdf-schema#label")
    'rdfs:label'
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def as_text(value: Value) -> str:
    """A term as a person reads it."""
    if isinstance(value, NamedNode):
        return compact(value.value.removeprefix(HERE))
    return value.value if isinstance(value, Literal) else str(value)


_UNMAPPED: Final = Bilingual(
    "The context gives this key no meaning, so what stands there is left out. Add it to the "
    "context.",
    "Der Kontext gibt diesem Schlüssel keine Bedeutung; was dort steht, bleibt unbeachtet. Ihn im "
    "Kontext ergänzen.",
)
