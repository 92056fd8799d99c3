"""The SPARQL page as people see it, with and without scripts."""

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from ontology import CR, RDFS
from tests.webapp.sparql_app import small_app
from webapp.sparql import page
from webapp.sparql.examples import examples

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CLUSTERS = f"SELECT ?c ?n {{ ?c a <{CR}Cluster> ; <{CR}memberCount> ?n }}"


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with small_app() as app:
        # A cookie would carry the language of one test into the next.
        yield app.test_client(use_cookies=False)


def shown(client: FlaskClient, query: str = "", status: int = 200, **more: str) -> str:
    parameters = {"query": query, **more} if query else more
    response = client.get(f"/sparql?{urlencode(parameters)}", headers={"Accept": BROWSER})
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert "Accept" in response.headers["Vary"]
    return response.get_data(as_text=True)


def field(html: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert found
    return unescape(found[1])


def test_the_page_offers_a_field_a_button_and_examples_in_both_languages(
    client: FlaskClient,
) -> None:
    english, german = shown(client), shown(client, lang="de")
    for example in examples():
        assert example.title.en in unescape(english)
        assert example.title.de in unescape(german)
    assert field(english).strip() == examples()[0].query.strip()
    assert '<form id="query-form" action="/sparql" method="get">' in english
    assert re.search(r"<button[^>]*>Fragen</button>", german)


def test_an_answer_is_a_table_of_names_that_lead_on(client: FlaskClient) -> None:
    html = shown(client, CLUSTERS)
    assert field(html) == CLUSTERS
    assert re.search(r'<a class="thing-link" href="/page/cluster/optence">.*?Optence</span>', html)
    assert re.search(r'href="/radar/cluster/optence" aria-label="Radar around Optence"', html)
    assert "1 row," in html
    assert "1 Zeile," in shown(client, CLUSTERS, lang="de")
    assert re.search(r'href="/sparql\?query=[^"]*format=csv[^"]*" download', html)
    assert re.search(r'href="/sparql\?query=[^"]*format=json[^"]*" download', html)


def test_links_of_a_german_page_stay_german(client: FlaskClient) -> None:
    html = shown(client, CLUSTERS, lang="de")
    assert re.search(r'href="/page/cluster/optence\?lang=de"', html)


def test_values_are_escaped(client: FlaskClient) -> None:
    html = shown(client, f"SELECT ?n {{ ?c <{RDFS}label> ?n FILTER(CONTAINS(?n, 'Ma')) }}")
    assert "Größe &amp; &lt;Maß&gt;" in html
    assert "<Maß>" not in html
    query = "SELECT ('</textarea><script>alert(1)</script>' AS ?x) {}"
    assert "<script>alert" not in shown(client, query)
    wild = shown(client, "SELECT (IRI('javascript:alert(1)') AS ?x) {}")
    assert 'href="javascript' not in wild


def test_terms_of_the_ontology_and_other_addresses_are_links_too(client: FlaskClient) -> None:
    html = shown(client, f"SELECT (<{CR}Cluster> AS ?a) (<http://example.org/x> AS ?b) {{}}")
    assert 'href="/ontology#Cluster"' in html
    assert 'href="http://example.org/x"' in html


def test_triples_yes_and_no_and_nothing(client: FlaskClient) -> None:
    triples = shown(client, f"CONSTRUCT WHERE {{ ?c <{CR}activeIn> ?t }}")
    assert '<th scope="col">predicate</th>' in triples
    assert "format=turtle" in triples
    assert re.search(r'class="sparql-verdict">Yes<', shown(client, "ASK {}"))
    assert re.search(
        r'class="sparql-verdict">Nein<', shown(client, "ASK { <urn:x> ?p ?o }", lang="de")
    )
    assert "Nothing fits this query." in shown(client, "SELECT * { <urn:x> ?p ?o }")


def test_a_wrong_query_stays_in_the_field_and_is_explained_beside_it(client: FlaskClient) -> None:
    html = shown(client, "SELECT * { ?s cr:x ?o }", status=400)
    assert field(html) == "SELECT * { ?s cr:x ?o }"
    assert 'role="alert"' in html
    assert "PREFIX cr:" in unescape(html)
    assert 'aria-invalid="true" aria-describedby="query-error"' in html
    assert "Änderungen" in shown(client, "CLEAR ALL", status=400, lang="de")


def test_a_long_answer_is_cut_and_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "SHOWN_ROWS", 2)
    html = shown(client, "SELECT * { ?s ?p ?o }")
    assert "only the first 2 rows are shown" in html
    assert html.count("<tr>") == 3


def test_nothing_on_the_page_needs_an_exception_from_the_policy(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": BROWSER})
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    html = response.get_data(as_text=True)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\sstyle=|\son\w+=", html)


def test_the_editor_is_offered_the_words_of_our_ontology(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "_editor_is_there", lambda: True)
    found = re.search(r'data-vocabulary="([^"]*)"', shown(client))
    assert found
    vocabulary = json.loads(unescape(found[1]))
    assert f"cr: <{CR}>" in vocabulary["prefixes"]
    assert {CR + "Cluster", CR + "Offer"} <= set(vocabulary["classes"])
    assert {CR + "memberCount", RDFS + "label"} <= set(vocabulary["properties"])
    assert "http://www.w3.org/2000/01/rdf-schema#label" not in vocabulary["classes"]


def test_without_the_editor_the_page_does_not_ask_for_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "_EDITOR", ("vendor/yasqe/not-there.js",))
    html = shown(client)
    assert "yasqe" not in html
    assert "<textarea" in html
