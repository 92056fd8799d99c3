"""The data documents of a thing: the statements about it, and what their values are called."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from graph import Statement, Term, Thing, View
from ontology import RDFS, SKOS, term_label
from webapp.pages.rdf import RDF_TYPES, Triple, serialise

MEDIA_TYPES: Final[dict[str, str]] = {
    **RDF_TYPES,
    "json": "application/json",
    "csv": "text/csv",
}
"""Ending of a data document to its media type."""

_NAMES: Final = (RDFS + "label", SKOS + "prefLabel")


def document(view: View, thing: Thing, ending: str) -> bytes:
    """One data document of a thing.

    Args:
        view: what the reader may read; nothing else is in the document.
        thing: the thing.
        ending: one of :data:`MEDIA_TYPES`.
    """
    if ending in _PLAIN:
        return _PLAIN[ending](view, thing).encode()
    return serialise(triples_of(view, thing), ending)


def triples_of(view: View, thing: Thing) -> list[Triple]:
    """The statements about a thing, what follows included, and the names of what it links to.

    What points to it is there too, as far as the ontology has a word for the other way round.
    """
    found = {_triple(said) for said in view.statements(thing.iri)}
    linked = {end.value for _, _, end in found if isinstance(end, NamedNode)}
    for iri in linked - {thing.iri}:
        if view.thing(iri) is not None:
            for prop in _NAMES:
                found |= {_triple(said) for said in view.statements(iri, prop)}
    return sorted(found, key=str)


def _triple(said: Statement) -> Triple:
    return NamedNode(said.subject), NamedNode(said.predicate), said.object


def _statements(view: View, thing: Thing) -> Iterator[tuple[Statement, list[str]]]:
    """Every statement about a thing with the names of the sources that say it."""
    said: dict[tuple[str, Term], list[str]] = {}
    for origin in view.origins(thing.iri):
        if origin.source:
            key = (origin.statement.predicate, origin.statement.object)
            said.setdefault(key, []).append(origin.source)
    ordered = sorted(view.statements(thing.iri), key=lambda s: (s.predicate, str(s.object)))
    for statement in ordered:
        sources = said.get((statement.predicate, statement.object), [])
        yield statement, list(dict.fromkeys(sources))


def _json(view: View, thing: Thing) -> str:
    statements = [
        {
            "property": said.predicate,
            "label": _both(partial(term_label, said.predicate)),
            "value": _value(view, said.object),
            "inferred": said.inferred,
            "sources": sources,
        }
        for said, sources in _statements(view, thing)
    ]
    whole = {
        "iri": thing.iri,
        "kind": thing.kind,
        "slug": thing.slug,
        "labels": dict(sorted(thing.labels.items())),
        "context": _both(thing.context),
        "as_of": thing.as_of,
        "historical": thing.historical,
        "invented": thing.invented,
        "statements": statements,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _both(label: Callable[[str], str]) -> dict[str, str]:
    return {lang: text for lang in ("de", "en") if (text := label(lang))}


def _value(view: View, value: Term) -> dict[str, Any]:
    if isinstance(value, NamedNode):
        return {"iri": value.value, "label": _both(partial(view.label, value.value))}
    if value.language:
        return {"text": value.value, "language": value.language}
    return {"text": value.value, "datatype": value.datatype.value}


def _csv(view: View, thing: Thing) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(
        (
            "property",
            "property_label",
            "value",
            "value_label",
            "language",
            "datatype",
            "inferred",
            "sources",
        )
    )
    for said, sources in _statements(view, thing):
        value = said.object
        literal = value if isinstance(value, Literal) else None
        language = (literal.language or "") if literal else ""
        writer.writerow(
            [
                said.predicate,
                term_label(said.predicate, "en"),
                value.value,
                "" if literal else view.label(value.value, "en"),
                language,
                literal.datatype.value if literal and not language else "",
                "true" if said.inferred else "false",
                " | ".join(sources),
            ]
        )
    return buffer.getvalue()


_PLAIN: Final[dict[str, Callable[[View, Thing], str]]] = {"json": _json, "csv": _csv}
