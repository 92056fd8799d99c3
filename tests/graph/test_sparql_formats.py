"""Which format a client gets, and answers written in every format and cut where a limit says so."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse,
    parse_query_results,
)

from graph.sparql.errors import QueryError
from graph.sparql.formats import ROW_FORMATS, accepted, named
from graph.sparql.results import RDF_FORMATS, Written, write
from ontology import PREFIXES, XSD

SRX = "{http://www.w3.org/2005/sparql-results#}"
SELECT_TYPES = [one.media_type for one in ROW_FORMATS]


@pytest.mark.parametrize(
    ("form", "accept", "name"),
    [
        ("SELECT", "", "json"),
        ("SELECT", "*/*", "json"),
        ("ASK", "application/*", "json"),
        ("SELECT", "text/*", "csv"),
        ("SELECT", "text/csv;q=0.1, application/sparql-results+xml;q=0.9", "xml"),
        ("SELECT", "application/sparql-results+json;q=0, */*", "xml"),
        ("SELECT", "image/png, text/tab-separated-values;q=0.2", "tsv"),
        ("SELECT", "APPLICATION/SPARQL-RESULTS+XML ; Q=1", "xml"),
        ("CONSTRUCT", "*/*", "turtle"),
        ("CONSTRUCT", "application/rdf+xml;q=0.3, text/turtle", "turtle"),
        ("DESCRIBE", "application/ld+json", "jsonld"),
        # One header for both kinds of query, as rdflib sends it in either order.
        ("CONSTRUCT", "application/sparql-results+xml, application/rdf+xml", "rdfxml"),
        ("SELECT", "application/rdf+xml, application/sparql-results+xml", "xml"),
    ],
)
def test_the_client_gets_what_it_likes_best(form: str, accept: str, name: str) -> None:
    assert accepted(form, accept).name == name


@pytest.mark.parametrize(
    "accept", ["image/png", "*/*;q=0", "text/turtle", ";;;", "x", "text/csv;q=x"]
)
def test_a_client_that_likes_nothing_we_have_is_told_so(accept: str) -> None:
    if accept == ";;;":
        assert accepted("SELECT", accept).name == "json"  # it names nothing, so it likes anything
        return
    with pytest.raises(QueryError) as refused:
        accepted("SELECT", accept)
    assert refused.value.code == "not-acceptable"


@given(st.dictionaries(st.sampled_from(SELECT_TYPES), st.integers(0, 10), min_size=1))
def test_the_highest_quality_wins(wishes: dict[str, int]) -> None:
    accept = ", ".join(f"{media_type};q={q / 10}" for media_type, q in wishes.items())
    if not any(wishes.values()):
        with pytest.raises(QueryError):
            accepted("SELECT", accept)
        return
    assert wishes[accepted("SELECT", accept).media_type] == max(wishes.values())


def test_formats_have_the_names_that_clients_use() -> None:
    assert named("SELECT", "JSON").media_type == "application/sparql-results+json"
    assert named("CONSTRUCT", "json").media_type == "application/ld+json"
    assert named("CONSTRUCT", "ttl") is named("CONSTRUCT", "text/turtle")
    assert named("CONSTRUCT", "rdf+xml") is named("CONSTRUCT", "xml")
    # A plus sign in an address that nobody encoded arrives as a space.
    assert named("SELECT", "application/sparql-results xml").name == "xml"
    with pytest.raises(QueryError) as refused:
        named("SELECT", "turtle")
    assert refused.value.code == "unknown-format"


def rows_of(terms: list[object], name: str, **limits: int) -> Written:
    """An answer with the terms in column ``v`` (None: nothing) beside their number in ``i``."""
    values = " ".join(f"({i} {'UNDEF' if term is None else term})" for i, term in enumerate(terms))
    answer = Store().query(f"SELECT ?i ?v {{ VALUES (?i ?v) {{ {values} }} }}")
    return write(
        answer,
        name,
        max_rows=limits.get("max_rows", 1000),
        max_bytes=limits.get("max_bytes", 10**7),
        prefixes={},
        variables=("i", "v"),
    )


# Surrogates are no text, and a NUL no engine reads; XML has no other control characters either.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"))
TERMS = st.one_of(
    st.none(),
    TEXTS.map(Literal),
    st.tuples(TEXTS, st.sampled_from(["de", "en-gb", "fr"])).map(
        lambda both: Literal(both[0], language=both[1])
    ),
    TEXTS.map(lambda text: Literal(text, datatype=NamedNode("urn:type"))),
    st.integers(-(10**9), 10**9).map(Literal),
    st.booleans().map(Literal),
    st.from_regex(r"urn:[a-z]{1,5}(/[a-z&?=é]{0,4}){0,2}", fullmatch=True).map(NamedNode),
)


@given(st.lists(TERMS, max_size=8))
@pytest.mark.parametrize(
    ("name", "read_as"), [("json", QueryResultsFormat.JSON), ("tsv", QueryResultsFormat.TSV)]
)
def test_what_is_written_is_what_is_read(
    name: str, read_as: QueryResultsFormat, terms: list[object]
) -> None:
    written = rows_of(terms, name)
    assert written.rows == len(terms)
    assert not written.cut
    read = parse_query_results(written.body, read_as)
    assert isinstance(read, QuerySolutions)
    assert [(int(row["i"].value), row["v"]) for row in read] == list(enumerate(terms))


@given(st.lists(TERMS, max_size=8))
def test_xml_is_read_as_it_was_written_by_a_reader_of_plain_xml(terms: list[object]) -> None:
    # The engine's own reader drops white space at the ends of a value.
    rows = ElementTree.fromstring(rows_of(terms, "xml").body).iterfind(f".//{SRX}result")
    assert [read_xml(row.find(f"{SRX}binding[@name='v']")) for row in rows] == terms


def read_xml(binding: ElementTree.Element | None) -> object:
    if binding is None:
        return None
    (value,) = binding
    text = value.text or ""
    if value.tag == f"{SRX}uri":
        return NamedNode(text)
    if language := value.get("{http://www.w3.org/XML/1998/namespace}lang"):
        return Literal(text, language=language)
    return Literal(text, datatype=NamedNode(value.get("datatype", XSD + "string")))


@given(st.lists(TERMS, max_size=8))
def test_csv_holds_the_plain_values(terms: list[object]) -> None:
    body = rows_of(terms, "csv").body.decode()
    assert body.startswith("i,v\r\n")
    read = list(csv.reader(io.StringIO(body, newline="")))[1:]
    assert read == [
        [str(i), "" if term is None else term.value]  # type: ignore[attr-defined]
        for i, term in enumerate(terms)
    ]


def test_xml_without_what_xml_cannot_hold() -> None:
    body = rows_of([Literal("a\u0001b\ufffec\rd")], "xml").body
    value = ElementTree.fromstring(body).find(f".//{SRX}binding[@name='v']/{SRX}literal")
    assert value is not None
    assert value.text == "a\ufffdb\ufffdc\rd"


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_a_cut_answer_is_a_whole_document_and_says_so(name: str) -> None:
    terms: list[object] = [Literal("x" * 50)] * 40
    by_rows = rows_of(terms, name, max_rows=10)
    assert (by_rows.rows, by_rows.cut) == (10, True)
    by_bytes = rows_of(terms, name, max_bytes=1500)
    assert by_bytes.cut
    assert 1 <= by_bytes.rows < 40
    assert len(by_bytes.body) <= 1500
    assert rows_of(terms, name, max_rows=40).cut is False
    if name == "json":
        found = json.loads(by_rows.body)
        assert found["cut"] is True
        assert len(found["results"]["bindings"]) == 10
        assert "cut" not in json.loads(rows_of(terms, name).body)
    if name == "xml":
        assert by_rows.body.count(b"<result>") == by_rows.body.count(b"</result>") == 10
        assert ElementTree.fromstring(by_rows.body).tag == f"{SRX}sparql"


def graph_store(count: int) -> Store:
    store = Store()
    store.extend(
        Quad(NamedNode(f"urn:s{i}"), NamedNode("urn:p"), Literal(f"text {i}", language="en"))
        for i in range(count)
    )
    return store


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated"
)  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize("name", RDF_FORMATS)
def test_triples_in_every_format_are_read_again_by_rdflib(name: str) -> None:
    store = graph_store(3)
    store.add(Quad(BlankNode("b"), NamedNode(PREFIXES["cr"] + "founded"), Literal("2001")))
    written = write(
        store.query("CONSTRUCT WHERE { ?s ?p ?o }"),
        name,
        max_rows=10,
        max_bytes=10**6,
        prefixes=PREFIXES,
    )
    formats = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
    graph = rdflib.Graph().parse(data=written.body, format=formats[name])
    assert written.rows == len(graph) == 4
    assert (None, None, rdflib.Literal("text 1", lang="en")) in graph
    if name == "turtle":
        assert b"@prefix cr:" in written.body
        assert b"@prefix foaf:" not in written.body, "only prefixes that are used"


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_triples_are_cut_by_number_and_by_size(name: str) -> None:
    store = graph_store(64)
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    few = write(store.query(query), name, max_rows=5, max_bytes=10**6, prefixes={})
    assert (few.rows, few.cut) == (5, True)
    small = write(store.query(query), name, max_rows=100, max_bytes=2000, prefixes={})
    assert small.cut
    assert len(small.body) <= 2000
    assert 0 < small.rows == sum(1 for _ in parse(small.body, format=RDF_FORMATS[name]))
    whole = write(store.query(query), name, max_rows=64, max_bytes=10**6, prefixes={})
    assert (whole.rows, whole.cut) == (64, False)


def test_the_same_triple_counts_once() -> None:
    answer = graph_store(5).query(f"CONSTRUCT {{ <urn:a> a <{XSD}x> }} WHERE {{ ?s ?p ?o }}")
    assert write(answer, "ntriples", max_rows=1, max_bytes=10**6, prefixes={}).rows == 1


def test_triples_as_a_table() -> None:
    answer = graph_store(1).query("CONSTRUCT WHERE { ?s ?p ?o }")
    found = json.loads(write(answer, "json", max_rows=9, max_bytes=10**6, prefixes={}).body)
    assert found["head"]["vars"] == ["subject", "predicate", "object"]
    assert found["results"]["bindings"][0]["object"]["xml:lang"] == "en"


@pytest.mark.parametrize(
    ("name", "body"), [("csv", b"true"), ("json", b'{"head":{},"boolean":true}')]
)
def test_yes_or_no(name: str, body: bytes) -> None:
    assert write(Store().query("ASK {}"), name, max_rows=1, max_bytes=99, prefixes={}).body == body
