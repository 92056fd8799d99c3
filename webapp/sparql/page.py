"""The page for people: an editor, examples, and the answer as a table that leads on."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from flask import current_app, render_template

from graph import QueryAnswer, QueryError, View, sparql
from ontology import DCT, FOAF, PREFIXES, RDFS, SKOS, classes, properties
from webapp.addresses import url_for_iri, url_sparql
from webapp.languages import lang
from webapp.services import services
from webapp.sparql.examples import Example, examples
from webapp.sparql.protocol import STATUS, Asked

SHOWN_ROWS: Final = 500
"""Rows that the page shows; the downloads have as many as the settings allow."""

_TABLE: Final = sparql.ROW_FORMATS[0]
_NUMBERS: Final = frozenset(
    "http://www.w3.org/2001/XMLSchema#" + name for name in ("integer", "decimal", "double", "float")
)
_EDITOR: Final = ("vendor/yasqe/yasqe.min.js", "vendor/yasqe/yasqe.min.css")
_DOWNLOADS: Final = {
    "SELECT": (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML")),
    "ASK": (("json", "JSON"), ("xml", "XML")),
    "CONSTRUCT": (
        ("turtle", "Turtle"),
        ("ntriples", "N-Triples"),
        ("rdfxml", "RDF/XML"),
        ("jsonld", "JSON-LD"),
    ),
}
_DOWNLOADS["DESCRIBE"] = _DOWNLOADS["CONSTRUCT"]

_COMMON: Final = (
    RDFS + "label",
    DCT + "description",
    FOAF + "homepage",
    *(SKOS + name for name in ("prefLabel", "altLabel", "broader", "broaderTransitive", "related")),
)
"""Properties of others that our data use, for the editor to offer."""


@dataclass(frozen=True)
class Cell:
    """One value of the table.

    Attributes:
        text: what is shown.
        page: where it leads, or empty.
        radar: the radar around it, or empty.
        kind: the kind of a thing of ours, or empty.
        note: a language or datatype worth telling.
        number: whether it is a number.
    """

    text: str
    page: str = ""
    radar: str = ""
    kind: str = ""
    note: str = ""
    number: bool = False


@dataclass(frozen=True)
class Table:
    """What the page shows of an answer."""

    answer: QueryAnswer
    variables: list[str] = field(default_factory=list)
    rows: list[list[Cell | None]] = field(default_factory=list)
    yes: bool | None = None


def show(wanted: Asked) -> tuple[str, int, dict[str, str]]:
    """The page, its status and headers."""
    query = wanted.query or ""
    table, error = None, None
    if query.strip():
        try:
            table = _table(wanted)
        except QueryError as refusal:
            error = refusal
    shown = examples()
    page = render_template(
        "sparql/sparql.html",
        query=query or shown[0].query,
        table=table,
        error=error,
        examples=shown,
        example=_same(query, shown),
        vocabulary={
            "prefixes": [f"{prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items()],
            "classes": [*classes(), SKOS + "Concept"],
            "properties": [*properties(), *_COMMON],
        },
        editor=_editor_is_there(),
        downloads=_downloads(query, table),
        limits=services().readers.limits,
    )
    status = STATUS.get(error.code, 400) if error else 200
    return page, status, {"Vary": "Accept, Accept-Language, Cookie"}


def _editor_is_there() -> bool:
    static = Path(current_app.static_folder or "")
    return all((static / name).is_file() for name in _EDITOR)


def _same(query: str, shown: tuple[Example, ...]) -> str:
    """The name of the example that a query is, or empty."""
    text = query.split()
    return next((one.name for one in shown if one.query.split() == text), "")


def _downloads(query: str, table: Table | None) -> list[tuple[str, str]]:
    if table is None:
        return []
    return [
        (label, url_sparql(query, format=name)) for name, label in _DOWNLOADS[table.answer.form]
    ]


def _table(wanted: Asked) -> Table:
    answer = services().readers.answer(
        wanted.query or "",
        viewer=services().viewer(),
        default_graphs=wanted.default_graphs,
        named_graphs=wanted.named_graphs,
        format=_TABLE,
        max_rows=SHOWN_ROWS,
    )
    found = json.loads(answer.body)
    if "boolean" in found:
        return Table(answer, yes=found["boolean"])
    variables = found["head"]["vars"]
    view = services().view()
    cells = _Cells(view)
    rows = [
        [cells.cell(binding[name]) if name in binding else None for name in variables]
        for binding in found["results"]["bindings"]
    ]
    return Table(answer, variables, rows)


class _Cells:
    """Makes cells; the cell of an IRI is made once for the whole table."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._made: dict[str, Cell] = {}

    def cell(self, term: dict[str, Any]) -> Cell:
        if term["type"] == "uri":
            iri = term["value"]
            if iri not in self._made:
                self._made[iri] = self._of_iri(iri)
            return self._made[iri]
        if term["type"] == "literal":
            datatype = term.get("datatype", "")
            note = term.get("xml:lang") or _shortened(datatype)
            number = datatype in _NUMBERS
            return Cell(term["value"], note="" if number else note, number=number)
        return Cell(f"_:{term['value']}" if term["type"] == "bnode" else json.dumps(term["value"]))

    def _of_iri(self, iri: str) -> Cell:
        label = self._view.label(iri, lang())
        parsed = self._view.addresses.parse(iri)
        page = url_for_iri(iri) if iri.startswith(("http://", "https://")) else ""
        if parsed is not None and label:
            return Cell(label, page, url_for_iri(iri, radar=True), parsed[0])
        return Cell(label or _shortened(iri), page)


def _shortened(iri: str) -> str:
    """An IRI with a prefix where we have one."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
