"""The reference of the ontology, and what the data set says of itself."""

from collections.abc import Iterator

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ontology import CR, OWL, RDF, classes, files, properties
from tests.webapp.pages_app import pages_client

PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
OWL_CLASS = NamedNode(OWL + "Class")
MEDIA = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with pages_client() as made:
        yield made


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_class_and_property_has_its_entry(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/ontology?lang={lang}", headers={"Accept": "text/html"}).text
    for iri in (*classes(), *properties()):
        assert f'<article class="term" id="{iri.removeprefix(CR)}">' in page


def test_an_entry_tells_what_follows(client: FlaskClient) -> None:
    page = client.get("/ontology?lang=en").text
    entry = page.partition('id="hasCompetence">')[2].partition("</article>")[0]
    assert "operates → enables" in entry
    entry = page.partition('<article class="term" id="memberOf">')[2].partition("</article>")[0]
    assert '<a href="#hasMember">has member</a>' in entry


@pytest.mark.parametrize("ending", sorted(PARSERS))
def test_the_ontology_answers_in_every_format(client: FlaskClient, ending: str) -> None:
    negotiated = client.get("/ontology", headers={"Accept": MEDIA[ending]})
    direct = client.get(f"/ontology.{ending}")
    assert negotiated.mimetype == direct.mimetype == MEDIA[ending]
    assert "Accept" in negotiated.vary
    assert negotiated.data == direct.data
    said = [quad.triple for quad in parse(direct.data, format=PARSERS[ending])]
    own = [
        triple
        for name in ("clusterradar", "codes")
        for triple in parse(path=str(files()[name]), format=RdfFormat.TURTLE)
    ]
    assert len(said) == len(own)
    assert Triple(NamedNode(CR + "Cluster"), NamedNode(RDF + "type"), OWL_CLASS) in said


def test_shapes_and_thesaurus_stand_beside_it(client: FlaskClient) -> None:
    for name in files():
        answer = client.get(f"/ontology/{name}.ttl")
        assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    assert client.get("/ontology/secret.ttl").status_code == 404
    assert client.get("/ontology.exe").status_code == 404
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


def test_the_data_set_says_where_it_can_be_asked(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void")
    assert answer.mimetype == "text/turtle"
    graph = rdflib.Graph().parse(data=answer.data, format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    (dataset,) = graph.subjects(rdflib.RDF.type, void.Dataset)
    assert str(graph.value(dataset, void.sparqlEndpoint)) == "http://localhost/sparql"
    assert str(graph.value(dataset, void.uriSpace)) == "https://w3id.org/clusterradar/id/"
    assert (dataset, void.triples, None) not in graph
