"""The address of a thing: content negotiation and its data documents."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ontology import CR, RDFS
from tests.webapp.pages_app import pages_client

OPTENCE = "https://w3id.org/clusterradar/id/cluster/optence"
PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with pages_client() as made:
        yield made


@pytest.mark.parametrize(
    ("accept", "leads_to"),
    [
        (None, "/page/cluster/optence"),
        ("*/*", "/page/cluster/optence"),
        ("text/html", "/page/cluster/optence"),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "/page/cluster/optence",
        ),
        ("text/turtle", "/id/cluster/optence.ttl"),
        ("application/ld+json", "/id/cluster/optence.jsonld"),
        ("application/n-triples", "/id/cluster/optence.nt"),
        ("application/rdf+xml", "/id/cluster/optence.rdf"),
        ("application/json", "/id/cluster/optence.json"),
        ("text/csv", "/id/cluster/optence.csv"),
        ("text/html;q=0.5, text/turtle", "/id/cluster/optence.ttl"),
        ("text/html, text/turtle;q=0.9", "/page/cluster/optence"),
        ("application/rdf+xml;q=0.2, application/ld+json;q=0.8", "/id/cluster/optence.jsonld"),
        ("image/png, text/turtle;q=0.1", "/id/cluster/optence.ttl"),
        ("text/html;q=0, text/turtle;q=0.1", "/id/cluster/optence.ttl"),
    ],
)
def test_accept_decides(client: FlaskClient, accept: str | None, leads_to: str) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = client.get("/id/cluster/optence", headers=headers)
    assert (answer.status_code, answer.location) == (303, leads_to)
    assert "Accept" in answer.vary


def test_no_format_in_common_is_a_406_in_the_one_shape(client: FlaskClient) -> None:
    answer = client.get("/id/cluster/optence", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "Accept" in answer.vary
    assert "error-page" in answer.text


@pytest.mark.parametrize("ending", sorted(PARSERS))
def test_all_rdf_formats_say_the_same(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/id/cluster/optence.{ending}")
    assert answer.status_code == 200
    graph = {quad.triple for quad in parse(answer.data, format=PARSERS[ending])}
    view = client.application.extensions["services"].knowledge.view()
    assert graph >= {
        Triple(NamedNode(said.subject), NamedNode(said.predicate), said.object)
        for said in view.statements(OPTENCE)
    }
    lines = client.get("/id/cluster/optence.nt").data
    assert graph == {quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)}


def test_the_document_speaks_of_the_thing_and_names_what_it_links_to(client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/id/cluster/optence.ttl").data, format="turtle")
    here, label = rdflib.URIRef(OPTENCE), rdflib.URIRef(RDFS + "label")
    assert (here, label, rdflib.Literal("Optence e. V.")) in graph
    members = list(graph.objects(here, rdflib.URIRef(CR + "hasMember")))
    assert len(members) == 22
    assert all((member, label, None) in graph for member in members)
    count = next(graph.objects(here, rdflib.URIRef(CR + "memberCount")))
    assert count == rdflib.Literal(1071)


def test_what_is_hidden_is_in_no_document(client: FlaskClient) -> None:
    for ending in ("ttl", "jsonld", "nt", "rdf", "json", "csv"):
        for name in ("cluster/optence", "topic/metrology"):
            body = client.get(f"/id/{name}.{ending}").text
            assert "idden" not in body
            assert "Geheimtechnik" not in body


def test_json_tells_labels_and_sources(client: FlaskClient) -> None:
    body = json.loads(client.get("/id/cluster/optence.json").data)
    assert (body["iri"], body["kind"], body["slug"]) == (OPTENCE, "cluster", "optence")
    said = {one["property"]: one for one in body["statements"]}
    active = said[CR + "activeIn"]
    assert active["label"] == {"de": "aktiv in", "en": "active in"}
    assert active["value"]["label"] == {"de": "Messtechnik", "en": "Metrology"}
    assert (active["inferred"], active["sources"]) == (False, ["list"])
    assert (said[CR + "coordinates"]["inferred"], said[CR + "coordinates"]["sources"]) == (True, [])


def test_csv_has_a_row_a_statement(client: FlaskClient) -> None:
    answer = client.get("/id/topic/metrology.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    names = {
        (row["value"], row["language"]) for row in rows if row["property"].endswith("prefLabel")
    }
    assert names == {("Messtechnik", "de"), ("Metrology", "en")}


@pytest.mark.parametrize(
    ("ending", "media"),
    [
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("rdf", "application/rdf+xml"),
        ("json", "application/json"),
        ("csv", "text/csv"),
    ],
)
def test_documents_have_their_media_type_and_an_etag(
    client: FlaskClient, ending: str, media: str
) -> None:
    answer = client.get(f"/id/cluster/optence.{ending}")
    assert answer.mimetype == media
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    tag = answer.headers["ETag"]
    again = client.get(f"/id/cluster/optence.{ending}", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_a_slug_may_end_like_a_format(client: FlaskClient) -> None:
    page = client.get("/id/organisation/dr.-muster.ttl")
    assert (page.status_code, page.location) == (303, "/page/organisation/dr.-muster.ttl")
    data = client.get("/id/organisation/dr.-muster.ttl.nt")
    assert data.status_code == 200
    assert b"Dr. Muster" in data.data
    assert client.get("/id/organisation/dr.-muster").status_code == 404


@pytest.mark.parametrize("ending", ["", ".ttl"])
def test_a_merged_thing_moved_for_good(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/id/cluster/optence-ev{ending}")
    assert (answer.status_code, answer.location) == (301, f"/id/cluster/optence{ending}")


@pytest.mark.parametrize(
    "address", ["/id/cluster/nothing", "/id/cluster/optence.exe", "/id/x/y.ttl"]
)
def test_unknown_addresses_are_404_in_json_for_programs(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["error"] == "not-found"
    assert answer.json["remedy"]
