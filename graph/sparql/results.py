"""Answers written in the standard formats, cut where a limit says so.

The engine can write answers too, but not stop in the middle of them: a cut answer must still be
a whole document, and say that it was cut. Runs inside a reader process.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from ontology import RDF, XSD

_PLAIN: Final = frozenset((XSD + "string", RDF + "langString"))
"""Datatypes that no format writes out."""

Cell = NamedNode | BlankNode | Literal | Triple | None

RDF_FORMATS: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


@dataclass(frozen=True)
class Written:
    """An answer as bytes, how many rows (or triples) it has, and whether it was cut."""

    body: bytes
    rows: int
    cut: bool = False


def write(
    answer: QuerySolutions | QueryBoolean | QueryTriples,
    name: str,
    *,
    max_rows: int,
    max_bytes: int,
    prefixes: dict[str, str],
    variables: Sequence[str] = (),
) -> Written:
    """Write an answer.

    Args:
        answer: what the engine gave.
        name: the short name of the format; ``json`` for triples writes them as rows of
            subject, predicate and object, for tables.
        max_rows: rows or triples that may be written.
        max_bytes: bytes that may be written.
        prefixes: for the RDF formats that have prefixes.
        variables: the order of columns; those not named here come last.
    """
    if isinstance(answer, QueryBoolean):
        return Written(_boolean(bool(answer), name), 1)
    if isinstance(answer, QueryTriples):
        if name in RDF_FORMATS:
            return _write_triples(answer, RDF_FORMATS[name], max_rows, max_bytes, prefixes)
        return _write_rows(["subject", "predicate", "object"], answer, name, max_rows, max_bytes)
    # For SELECT * the engine gives the variables in the order of the alphabet.
    place = {variable: number for number, variable in enumerate(variables)}
    columns = [variable.value for variable in answer.variables]
    order = sorted(range(len(columns)), key=lambda index: place.get(columns[index], len(place)))
    rows = (tuple(row[index] for index in order) for row in map(tuple, answer))
    return _write_rows([columns[index] for index in order], rows, name, max_rows, max_bytes)


def _write_triples(
    answer: Iterable[Triple],
    rdf_format: RdfFormat,
    max_rows: int,
    max_bytes: int,
    prefixes: dict[str, str],
) -> Written:
    seen: dict[Triple, None] = {}
    cut = False
    for triple in answer:
        if len(seen) >= max_rows and triple not in seen:
            cut = True
            break
        seen[triple] = None
    # Sorted, each thing stands in one place, and the same answer is the same document.
    triples = sorted(seen, key=str)
    body = _serialized(triples, rdf_format, prefixes)
    while len(body) > max_bytes and triples:
        # Halving costs little more than writing once, and needs no guess about the format.
        triples, cut = triples[: len(triples) // 2], True
        body = _serialized(triples, rdf_format, prefixes)
    return Written(body, len(triples), cut)


def _serialized(triples: list[Triple], rdf_format: RdfFormat, prefixes: dict[str, str]) -> bytes:
    body = serialize(triples, format=rdf_format, prefixes=_used(triples, prefixes))
    assert body is not None, "without a file the engine gives bytes"
    return body


def _used(triples: list[Triple], prefixes: dict[str, str]) -> dict[str, str]:
    terms = (term for triple in triples for term in triple)
    iris = {
        term.datatype.value if isinstance(term, Literal) else term.value
        for term in terms
        if isinstance(term, NamedNode | Literal)
    }
    namespaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in iris}
    return {prefix: name for prefix, name in prefixes.items() if name in namespaces}


def _write_rows(
    variables: list[str], answer: Iterable[Any], name: str, max_rows: int, max_bytes: int
) -> Written:
    writer = _WRITERS[name]
    head, rows, foot = writer(variables, (tuple(row) for row in answer))
    pieces, size, count, cut = [head], len(head) + 64, 0, False
    for row in islice(rows, max_rows + 1):
        size += len(row)
        if count >= max_rows or size > max_bytes:
            cut = True
            break
        pieces.append(row)
        count += 1
    pieces.append(foot(cut))
    return Written(b"".join(pieces), count, cut)


def _boolean(value: bool, name: str) -> bytes:
    word = "true" if value else "false"
    if name == "json":
        return f'{{"head":{{}},"boolean":{word}}}'.encode()
    if name == "xml":
        return f"{_XML_HEAD}<head/><boolean>{word}</boolean></sparql>".encode()
    return word.encode()


Row = tuple[Cell, ...]
Lines = tuple[bytes, Iterator[bytes], Callable[[bool], bytes]]
"""The head of a document, its rows, and the foot of a whole or of a cut one."""


def _json_rows(variables: list[str], rows: Iterator[Row]) -> Lines:
    head = f'{{"head":{{"vars":{_json(variables)}}},"results":{{"bindings":['

    def lines() -> Iterator[bytes]:
        separator = ""
        for row in rows:
            cells = {
                name: _json_term(cell) for name, cell in zip(variables, row, strict=True) if cell
            }
            yield (separator + _json(cells)).encode()
            separator = ","

    # A member of our own may stand beside "head"; readers of the format pass over it.
    return head.encode(), lines(), lambda cut: b']},"cut":true}' if cut else b"]}}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Cell) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {
            "subject": _json_term(term.subject),
            "predicate": _json_term(term.predicate),
            "object": _json_term(term.object),
        }
        return {"type": "triple", "value": parts}
    assert isinstance(term, Literal)
    written = {"type": "literal", "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
    elif term.datatype.value not in _PLAIN:
        written["datatype"] = term.datatype.value
    return written


_XML_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
)


_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ESCAPED: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
)


def _xml_rows(variables: list[str], rows: Iterator[Row]) -> Lines:
    declared = "".join(f'<variable name="{_xml_text(name)}"/>' for name in variables)
    head = f"{_XML_HEAD}<head>{declared}</head><results>"

    def lines() -> Iterator[bytes]:
        for row in rows:
            cells = "".join(
                f'<binding name="{_xml_text(name)}">{_xml_term(cell)}</binding>'
                for name, cell in zip(variables, row, strict=True)
                if cell
            )
            yield f"<result>{cells}</result>".encode()

    def foot(cut: bool) -> bytes:
        return ("<!-- cut -->" if cut else "").encode() + b"</results></sparql>"

    return head.encode(), lines(), foot


def _xml_text(text: str) -> str:
    # A reader of XML turns a bare carriage return into a line feed.
    return _NOT_XML.sub("\ufffd", text).translate(_ESCAPED)


def _xml_term(term: Cell) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{term.value}</bnode>"
    if isinstance(term, Triple):
        return (
            f"<triple><subject>{_xml_term(term.subject)}</subject>"
            f"<predicate>{_xml_term(term.predicate)}</predicate>"
            f"<object>{_xml_term(term.object)}</object></triple>"
        )
    assert isinstance(term, Literal)
    if term.language:
        kind = f' xml:lang="{term.language}"'
    elif term.datatype.value not in _PLAIN:
        kind = f' datatype="{_xml_text(term.datatype.value)}"'
    else:
        kind = ""
    return f"<literal{kind}>{_xml_text(term.value)}</literal>"


def _csv_rows(variables: list[str], rows: Iterator[Row]) -> Lines:
    def line(values: list[str]) -> bytes:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerow(values)
        return buffer.getvalue().encode()

    body = (line([_csv_term(cell) for cell in row]) for row in rows)
    return line(variables), body, lambda _cut: b""


def _csv_term(term: Cell) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _tsv_rows(variables: list[str], rows: Iterator[Row]) -> Lines:
    head = "\t".join(f"?{name}" for name in variables) + "\n"
    body = (("\t".join(map(_tsv_term, row)) + "\n").encode() for row in rows)
    return head.encode(), body, lambda _cut: b""


_NUMBERS: Final = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
}
"""How SPARQL writes numbers without quotes."""


def _tsv_term(term: Cell) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        number = _NUMBERS.get(term.datatype.value)
        if number is not None and number.fullmatch(term.value):
            return term.value
    # N-Triples escapes line ends and quotes; a tab it leaves, and it would end the cell.
    return str(term).replace("\t", "\\t")


_WRITERS: Final = {"json": _json_rows, "xml": _xml_rows, "csv": _csv_rows, "tsv": _tsv_rows}
