"""The ontology, for people and for programs, and what the data set says of itself."""

from functools import lru_cache

import rdflib
from flask import Blueprint, Response, render_template, request

from ontology import PREFIXES, files
from webapp.errors import nothing_here
from webapp.languages import lang
from webapp.ontology_pages.reference import reference
from webapp.ontology_pages.void import VOID, description
from webapp.pages.negotiation import PAGE, wanted
from webapp.pages.rdf import RDF_TYPES, serialise, written

blueprint = Blueprint("ontology", __name__)

_PARTS = ("clusterradar", "codes")
"""The files that make up the ontology; shapes and thesaurus stand beside it."""


@blueprint.get("/ontology")
def ontology() -> Response | str:
    """The reference of every class and property, or the ontology itself by content negotiation."""
    ending = wanted(RDF_TYPES)
    if ending == PAGE:
        page = render_template(
            "ontology/reference.html", reference=reference(lang()), files=tuple(files())
        )
        response = Response(page, mimetype="text/html")
    else:
        response = _document(_ontology(ending), ending)
    return response


@blueprint.get("/ontology.<ending>")
def ontology_document(ending: str) -> Response:
    """The ontology in one format: ``ttl``, ``jsonld``, ``nt`` or ``rdf``."""
    if ending not in RDF_TYPES:
        nothing_here(f"ontology.{ending}")
    return _document(_ontology(ending), ending)


@blueprint.get("/ontology/<name>.ttl")
def ontology_file(name: str) -> Response:
    """One of the Turtle files: ``clusterradar``, ``codes``, ``shapes`` or ``thesaurus``."""
    known = files()
    if name not in known:
        nothing_here(f"ontology/{name}.ttl")
    return _document(known[name].read_bytes(), "ttl")


@blueprint.get("/.well-known/void")
def void() -> Response:
    """What the data set is and where it can be asked; Turtle unless asked otherwise."""
    ending = wanted(RDF_TYPES)
    ending = "ttl" if ending == PAGE else ending
    return _document(
        serialise(description(request.url_root), ending, {**PREFIXES, "void": VOID}), ending
    )


@blueprint.after_request
def _vary(response: Response) -> Response:
    if request.endpoint in {"ontology.ontology", "ontology.void"}:
        response.vary.add("Accept")
    return response


@lru_cache(maxsize=8)
def _ontology(ending: str) -> bytes:
    if ending == "ttl":
        # The files as they are kept, comments and order included.
        return b"\n".join(files()[name].read_bytes() for name in _PARTS)
    graph = rdflib.Graph()
    for name in _PARTS:
        graph.parse(files()[name], format="turtle")
    return written(graph, ending)


def _document(body: bytes, ending: str) -> Response:
    response = Response(body, mimetype=RDF_TYPES[ending])
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    response.make_conditional(request)
    return response
