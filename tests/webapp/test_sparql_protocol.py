"""The SPARQL 1.1 Protocol as programs speak it."""

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import RDF, Namespace
from werkzeug.test import TestResponse

from tests.webapp.sparql_app import small_app

JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
ASK = "query=ASK%7B%7D"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with small_app() as app:
        yield app.test_client(use_cookies=False)


def get(client: FlaskClient, query: str, accept: str = JSON, **parameters: str) -> TestResponse:
    return client.get(
        f"/sparql?{urlencode({'query': query, **parameters})}", headers={"Accept": accept}
    )


def names(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.get_data(as_text=True)
    return [row["n"]["value"] for row in json.loads(response.data)["results"]["bindings"]]


NAMES = "SELECT ?n { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?n } ORDER BY ?n"


def test_the_three_ways_to_ask_give_one_answer(client: FlaskClient) -> None:
    ways = (
        get(client, NAMES),
        client.post("/sparql", data={"query": NAMES}, headers={"Accept": JSON}),
        client.post(
            "/sparql",
            data=NAMES.encode(),
            content_type="application/sparql-query; charset=UTF-8",
            headers={"Accept": JSON},
        ),
    )
    for response in ways:
        assert response.mimetype == JSON
        assert "Größe & <Maß>" in names(response)
        assert "Hidden" not in names(response)


@pytest.mark.parametrize(
    ("accept", "query", "expected"),
    [
        ("*/*", "ASK {}", JSON),
        ("application/sparql-results+xml", "ASK {}", "application/sparql-results+xml"),
        ("text/csv", NAMES, "text/csv"),
        ("text/tab-separated-values, text/csv;q=0.2", NAMES, "text/tab-separated-values"),
        ("*/*", "DESCRIBE <urn:none>", "text/turtle"),
        ("application/n-triples", "DESCRIBE <urn:none>", "application/n-triples"),
        ("application/rdf+xml", "DESCRIBE <urn:none>", "application/rdf+xml"),
        ("application/ld+json", "DESCRIBE <urn:none>", "application/ld+json"),
        ("text/html;q=0.2, text/csv", NAMES, "text/csv"),
    ],
)
def test_the_format_is_negotiated(
    client: FlaskClient, accept: str, query: str, expected: str
) -> None:
    response = get(client, query, accept)
    assert response.status_code == 200
    assert response.mimetype == expected
    assert "Accept" in response.headers["Vary"]
    if expected.startswith("text/"):
        assert response.mimetype_params == {"charset": "utf-8"}


def test_a_format_in_the_address_wins_over_the_header(client: FlaskClient) -> None:
    assert get(client, NAMES, "text/html", format="csv").mimetype == "text/csv"
    assert get(client, NAMES, "image/png", output="xml").mimetype == JSON.replace("json", "xml")
    refused = get(client, NAMES, format="turtle")
    assert refused.status_code == 400
    assert "csv" in refused.get_json()["remedy"]


def problem(response: TestResponse) -> tuple[int, str]:
    """Status and code of an error; every error of the endpoint is JSON that says what to do."""
    said = response.get_json()
    assert said["status"] == response.status_code
    assert said["message"]
    assert "Traceback" not in response.get_data(as_text=True)
    return response.status_code, said["error"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {", (400, "syntax")),
        ("", (400, "empty")),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", (400, "federated")),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", (400, "update")),
        ("SELECT * FROM <file:///etc/passwd> {}", (400, "file")),
        ("SELECT (<urn:f>(1) AS ?x) {}", (400, "unknown-function")),
        ("{" * 200, (400, "too-deep")),
    ],
)
def test_a_query_that_cannot_be_answered_is_an_error_in_the_one_shape(
    client: FlaskClient, query: str, expected: tuple[int, str]
) -> None:
    assert problem(get(client, query)) == expected
    assert problem(client.post("/sparql", data={"query": query})) == expected


def test_errors_speak_the_language_of_the_request(client: FlaskClient) -> None:
    english = get(client, "SELECT * {").get_json()["message"]
    german = get(client, "SELECT * {", lang="de").get_json()["message"]
    assert "not valid SPARQL" in english
    assert "kein gültiges SPARQL" in german


def test_what_does_not_keep_to_the_protocol_is_refused(client: FlaskClient) -> None:
    def post(data: bytes, content_type: str) -> tuple[int, str]:
        return problem(client.post("/sparql", data=data, content_type=content_type))

    def asks(path: str) -> tuple[int, str]:
        return problem(client.get(path, headers={"Accept": JSON}))

    assert problem(get(client, "ASK {}", "image/png")) == (406, "not-acceptable")
    assert asks(f"/sparql?{ASK}&{ASK}") == (400, "two-queries")
    assert asks("/sparql?update=CLEAR+ALL") == (400, "update")
    assert asks("/sparql?query=%FF") == (400, "not-utf-8")
    assert asks("/sparql?" + "a=b&" * 300) == (400, "too-many-parameters")
    assert post(b"ASK {}", "text/plain") == (415, "wrong-content-type")
    assert post(b"ASK {}", "application/sparql-update") == (415, "wrong-content-type")
    assert post(b"foo=bar", FORM) == (400, "empty")
    assert post(b"query=SELECT+%28%22%ff%22+AS+%3Fx%29+%7B%7D", FORM) == (400, "not-utf-8")
    assert post(b'SELECT ("\xff" AS ?x) {}', "application/sparql-query") == (400, "not-utf-8")
    assert post("ASK {}".encode("utf-16"), "application/sparql-query; charset=utf-16") == (
        400,
        "not-utf-8",
    )
    assert post(b"ASK {}" + b" " * 300_000, "application/sparql-query") == (413, "too-long")
    for method in ("PUT", "DELETE", "PATCH"):
        response = client.open("/sparql?" + ASK, method=method, headers={"Accept": JSON})
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]


def test_parameters_of_a_direct_post_stand_in_the_address(client: FlaskClient) -> None:
    def count(parameters: str) -> str:
        response = client.post(
            f"/sparql?{parameters}",
            data=b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
            content_type="application/sparql-query",
        )
        return names(response)[0]

    base = "https://w3id.org/clusterradar/"
    assert count("default-graph-uri=urn:none") == "0"
    assert count("named-graph-uri=urn:none") == "0"
    assert count("default-graph-uri=" + quote(base + "read/group:optics")) == "0"
    assert int(count("default-graph-uri=" + quote(base + "read/public"))) > 3


def test_without_a_query_a_program_gets_the_description_of_the_service(
    client: FlaskClient,
) -> None:
    formats = {"text/turtle": "turtle", "application/rdf+xml": "xml", "*/*": "turtle"}
    for accept, format_name in formats.items():
        response = client.get("/sparql", headers={"Accept": accept})
        graph = rdflib.Graph().parse(data=response.data, format=format_name)
        (service,) = graph.subjects(RDF.type, SD.Service)
        assert graph.value(service, SD.endpoint) == rdflib.URIRef("http://localhost/sparql")
        assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
        assert len(list(graph.objects(service, SD.resultFormat))) == 8
    assert problem(client.get("/sparql", headers={"Accept": "image/png"})) == (
        406,
        "not-acceptable",
    )


PUBLIC = "https://data.example.org/"
ALLOW = "Access-Control-Allow-Origin"


def origin_allowed(
    client: FlaskClient, base_url: str = PUBLIC, origin: str = "https://tool.example"
) -> str:
    path = f"/sparql?{ASK}"
    response = client.get(path, base_url=base_url, headers={"Accept": JSON, "Origin": origin})
    return response.headers.get(ALLOW, "")


def test_pages_of_other_sites_may_ask_a_public_server(client: FlaskClient) -> None:
    assert origin_allowed(client) == "*"
    wrong = client.get("/sparql?query=ASK", base_url=PUBLIC, headers={"Accept": JSON})
    assert wrong.status_code == 400
    assert wrong.headers[ALLOW] == "*", "a page must be able to read what was wrong"
    before = client.options("/sparql", base_url=PUBLIC)
    assert before.status_code == 200
    assert before.headers[ALLOW] == "*"
    assert "Content-Type" in before.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in before.headers


@pytest.mark.parametrize("host", ["127.0.0.1:8137", "localhost", "[::1]:80", "192.168.1.7"])
def test_no_foreign_page_may_ask_a_server_on_a_laptop_or_in_a_house(
    client: FlaskClient, host: str
) -> None:
    assert origin_allowed(client, f"http://{host}/") == ""


def test_an_operator_says_which_pages_may_ask() -> None:
    with small_app(query_origins="https://a.example https://b.example") as app:
        client = app.test_client()
        assert origin_allowed(client, origin="https://b.example") == "https://b.example"
        assert origin_allowed(client, origin="https://c.example") == ""
        response = client.get(f"/sparql?{ASK}", base_url=PUBLIC, headers={"Accept": JSON})
        assert "Origin" in response.headers["Vary"]
    with small_app(query_origins="") as app:
        assert origin_allowed(app.test_client()) == ""


def test_a_cut_answer_says_so_in_its_head(client: FlaskClient) -> None:
    whole = get(client, "SELECT * { ?s ?p ?o }")
    assert int(whole.headers["Clusterradar-Rows"]) > 3
    assert "Clusterradar-Cut" not in whole.headers
    with small_app(max_query_rows=3) as app:
        cut = get(app.test_client(), "SELECT * { ?s ?p ?o }")
    assert (cut.headers["Clusterradar-Rows"], cut.headers["Clusterradar-Cut"]) == ("3", "true")
    assert json.loads(cut.data)["cut"] is True


def test_a_slow_query_is_a_503(client: FlaskClient) -> None:
    rows = " ".join(map(str, range(200)))
    busy = " ".join(f"VALUES ?v{i} {{ {rows} }}" for i in range(6))
    query = f"SELECT (COUNT(*) AS ?n) {{ {busy} FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 > 0) }}"
    with small_app(query_time_limit_ms=400) as app:
        response = app.test_client().post("/sparql", data={"query": query})
    assert problem(response) == (503, "too-slow")
    assert response.headers["Retry-After"]
    assert names(get(client, NAMES))
