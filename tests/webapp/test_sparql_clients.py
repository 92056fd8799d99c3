"""SPARQLWrapper and rdflib against a real server on a free port."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import Any

import pytest
import SPARQLWrapper
from click.testing import CliRunner
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
from waitress import wasyncore
from waitress.server import create_server

from ontology import CR, RDFS
from tests.webapp.sparql_app import small_app
from webapp.cli import main

OPTENCE = "https://w3id.org/clusterradar/id/cluster/optence"
SELECT = f'SELECT ?n ("é"@fr AS ?y) {{ <{OPTENCE}> <{RDFS}label> ?n }}'
CONSTRUCT = f"CONSTRUCT {{ ?c <urn:name> ?n }} WHERE {{ ?c a <{CR}Cluster> ; <{RDFS}label> ?n }}"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with small_app(query_readers=2) as app:
        channels: dict[int, object] = {}
        server = create_server(app, map=channels, host="127.0.0.1", port=0, threads=3)
        ended = Event()

        def serve() -> None:
            while not ended.is_set():
                wasyncore.loop(timeout=0.05, map=channels, count=1)

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}/sparql"
        ended.set()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(channels)


def wrapper(
    endpoint: str, query: str, kind: str, method: str = "GET"
) -> SPARQLWrapper.SPARQLWrapper:
    client = SPARQLWrapper.SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(kind)
    client.setMethod(method)
    client.setTimeout(20)
    return client


def converted(endpoint: str, query: str, kind: str, method: str = "GET") -> Any:
    return wrapper(endpoint, query, kind, method).queryAndConvert()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_selects(endpoint: str, method: str) -> None:
    found = converted(endpoint, SELECT, SPARQLWrapper.JSON, method)
    (row,) = found["results"]["bindings"]
    assert row["n"]["value"] == "Optence"
    assert row["y"] == {"type": "literal", "value": "é", "xml:lang": "fr"}
    xml = converted(endpoint, SELECT, SPARQLWrapper.XML, method)
    assert "Optence" in xml.toxml()
    assert b"Optence" in converted(endpoint, SELECT, SPARQLWrapper.CSV, method)
    assert b"?n\t?y" in converted(endpoint, SELECT, SPARQLWrapper.TSV, method)
    assert converted(endpoint, "ASK {}", SPARQLWrapper.JSON, method)["boolean"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper's own reader
@pytest.mark.parametrize("kind", [SPARQLWrapper.RDFXML, SPARQLWrapper.XML, SPARQLWrapper.JSONLD])
def test_sparqlwrapper_constructs(endpoint: str, kind: str) -> None:
    graph = converted(endpoint, CONSTRUCT, kind)
    assert (URIRef(OPTENCE), URIRef("urn:name"), Literal("Optence")) in graph


def test_sparqlwrapper_constructs_turtle_and_tells_of_wrong_queries(endpoint: str) -> None:
    turtle = converted(endpoint, CONSTRUCT, SPARQLWrapper.TURTLE)
    assert len(Graph().parse(data=turtle, format="turtle")) == 2
    with pytest.raises(QueryBadFormed):
        wrapper(endpoint, "SELECT * {", SPARQLWrapper.JSON).query()


@pytest.mark.parametrize("kind", ["xml", "json"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_endpoint_like_a_graph(endpoint: str, kind: str, method: str) -> None:
    graph = Graph(store=SPARQLStore(endpoint, returnFormat=kind, method=method))
    (row,) = graph.query(SELECT)
    assert row.n == Literal("Optence")  # type: ignore[union-attr]
    assert graph.query("ASK {}").askAnswer
    assert graph.value(URIRef(OPTENCE), URIRef(RDFS + "label")) == Literal("Optence")
    if kind == "xml":
        constructed = graph.query(CONSTRUCT).graph
        assert constructed is not None
        assert len(constructed) == 2


def test_many_clients_at_once_get_their_own_answers(endpoint: str) -> None:
    def ask(number: int) -> str:
        found = converted(endpoint, f"SELECT ({number} AS ?x) {{}}", SPARQLWrapper.JSON)
        return str(found["results"]["bindings"][0]["x"]["value"])

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(ask, range(24))) == [str(number) for number in range(24)]


def test_the_command_line_asks_an_endpoint_elsewhere(endpoint: str) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["query", *arguments, "--endpoint", endpoint])
        return result.exit_code, result.output

    status, printed = run("--query", SELECT)
    assert status == 0
    assert [line.split() for line in printed.splitlines()] == [
        ["n", "y"],
        ["-------", "-"],
        ["Optence", "é"],
    ]
    status, printed = run("--query", SELECT, "--json")
    assert json.loads(printed)["results"]["bindings"][0]["n"]["value"] == "Optence"
    status, printed = run("--query", CONSTRUCT)
    assert (status, "urn:name" in printed) == (0, True)
    status, printed = run("--query", f"{SELECT} # {'x' * 2000}", "--format", "csv")
    assert (status, printed.splitlines()) == (0, ["n,y", "Optence,é"])
    status, printed = run("--query", "SELECT * {")
    assert (status, "refuses the query" in printed) == (1, True)


def test_an_endpoint_that_is_not_there_is_one_sentence() -> None:
    result = CliRunner().invoke(
        main, ["query", "--query", "ASK {}", "--endpoint", "http://127.0.0.1:9/sparql"]
    )
    assert result.exit_code == 1
    assert "cannot be reached" in result.output
    assert "Traceback" not in result.output
