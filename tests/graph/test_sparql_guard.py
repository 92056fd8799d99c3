"""The guard: what a foreign query must keep to before anything parses it."""

import re
import time

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal

from graph.sparql.errors import QueryError
from graph.sparql.guard import MAX_DEPTH, MAX_LENGTH, MAX_STEPS, check, undeclared_prefixes
from graph.sparql.tokens import token_pattern, tokens


def refusal(query: str) -> str:
    """The code with which a query is refused, or ``fine``."""
    try:
        check(query)
    except QueryError as error:
        assert error.message.en
        assert error.message.de
        assert error.message.en != error.message.de
        assert error.remedy.en
        assert error.remedy.de
        return error.code
    return "fine"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { { } UNION { SERVICE ?where { ?s ?p ?o } } }",
        # The engine needs no space before a keyword, nor after it.
        "ASK { ?s ?p true SERVICE<http://example.org/>{} }",
        "ASK { ?s ?p trueSERVICE<http://example.org/>{} }",
        "ASK { ?s ?p 1e5SERVICE<http://example.org/>{} }",
        "ASK { ?s ?p 1.SERVICE<http://example.org/>{} }",
        "ASK {} # comment\nVALUES ?x { 1 } SERVICE <urn:x> {}",
        "ASK { ?s ?p 'a' . SERVICE <urn:x> { ?a ?b 'c' } }",
        "ASK { ?s ?p 'it\\'s' SERVICE <urn:x> { } }",
        'ASK { ?s ?p """a"b"" """ SERVICE <urn:x> { } }',
        # Without a space an address that begins with a colon looks like a name with a prefix.
        "PREFIX : <http://example.org/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX : <http://example.org/> SELECT * { service:{ ?s ?p ?o } }",
        "PREFIX : <http://example.org/> ASK { ?s ?p true.serviceSILENT:x { ?s ?p ?o } }",
        "PREFIX : <urn:> PREFIX service: <urn:x> SELECT * { SERVICE:x { ?s ?p ?o } }",
        # A comparison and a comment can look like an IRI.
        "PREFIX : <http://example.org/> ASK { FILTER(1<2)SERVICE:x#>\n{ ?s ?p ?o } }",
        "PREFIX : <http://example.org/> ASK { FILTER(1<2)SERVICE?x#>\n{ } VALUES ?x { :x } }",
        "PREFIX a: <urn:> ASK { FILTER(1<a:b)SERVICE a:x#>\n{ } }",
        "ASK { FILTER(1<2)#>'''\nSERVICE <http://example.org/> {} #'''\n}",
        "ASK { FILTER(1<2#>'''\n)SERVICE <http://example.org/> {} #'''\n}",
    ],
)
def test_service_is_refused_however_it_is_written(query: str) -> None:
    assert refusal(query) == "federated"


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <http://example.org/> {}" }',
        "SELECT * { ?s ?p 'SERVICE' , '''SERVICE''' , \"\"\"a \"SERVICE\" b\"\"\" }",
        "SELECT * { ?s <http://example.org/SERVICE> ?service }",
        "# SERVICE\nSELECT * { ?s ?p ?o } # LOAD",
        "PREFIX x: <urn:x> SELECT * { ?s x:SERVICE ?o }",
        "SELECT * { VALUES (?a ?b) { (<urn:x> <https://example.org/service/#a>) } }",
        'SELECT * { ?s ?p "x"@service }',
        "SELECT * { _:SERVICE ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "PREFIX a: <urn:> SELECT * { ?s a:insert a:load ; a:delete ?DROP }",
    ],
)
def test_words_in_strings_iris_comments_and_names_are_fine(query: str) -> None:
    assert refusal(query) == "fine"


@given(st.text(max_size=60))
@example("SERVICE <urn:x> {}")
@example("} SERVICE { \\")
@example('"""')
def test_any_text_may_stand_in_a_literal(text: str) -> None:
    query = f"SELECT * {{ ?s ?p {Literal(text)} }}"
    assert refusal(query) == "fine"
    pyoxigraph.Store().query(query)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "PREFIX a: <urn:> insert { ?s a:b 1 } where { ?s ?p ?o }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://example.org/>",
        "LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:g>",
        "CLEAR ALL",
        "DROP GRAPH <urn:g>",
        "CREATE GRAPH <urn:g>",
        "COPY <urn:a> TO <urn:b>",
        "MOVE <urn:a> TO <urn:b>",
        "ADD <urn:a> TO <urn:b>",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(query: str) -> None:
    assert refusal(query) == "update"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <FILE:/etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
        "BASE <http://example.org/> BASE <file:///> ASK FROM <x> { }",
        "CONSTRUCT { ?s ?p ?o } FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
    ],
)
def test_files_are_refused(query: str) -> None:
    assert refusal(query) == "file"


@pytest.mark.parametrize("query", ["", "  \n\t", "# only a comment", "#"])
def test_nothing_is_no_query(query: str) -> None:
    assert refusal(query) == "empty"


@pytest.mark.parametrize(
    "query", ["SELEC * {}", "{}", "☃", "1", "PREFIX a: <urn:a>", "ASK { ?s ?p 'x }", 'ASK { """ }']
)
def test_what_does_not_begin_or_end_like_a_query_is_wrong(query: str) -> None:
    assert refusal(query) == "syntax"


def test_a_query_may_not_be_too_long() -> None:
    assert refusal("ASK {}" + " " * MAX_LENGTH) == "too-long"


DEEP = {
    "parentheses": lambda k: f"SELECT ({'(' * k}1{')' * k} AS ?x) {{}}",
    "groups": lambda k: f"SELECT * {'{' * k}{'}' * k}",
    "NOTs": lambda k: f"SELECT ({'!' * 10 * k}true AS ?x) {{}}",
    "NOTs with space": lambda k: f"SELECT ({'! ' * 10 * k}true AS ?x) {{}}",
    "EXISTS": lambda k: f"ASK {{ {'FILTER EXISTS { ' * k}{'}' * k} }}",
    "lists": lambda k: f"ASK {{ {'(' * k}{')' * k} <urn:p> 1 }}",
    "blank nodes": lambda k: f"ASK {{ {'[ <urn:p> ' * k} 1 {']' * k} }}",
    "path": lambda k: f"ASK {{ <urn:a> {'/'.join(['<urn:p>'] * 2 * k)} <urn:b> }}",
    "inverse path": lambda k: f"ASK {{ <urn:a> {'/'.join(['^<urn:p>'] * 2 * k)} <urn:b> }}",
    "unions": lambda k: f"ASK {{ {{}} {'UNION {} ' * 10 * k} }}",
    "binds": lambda k: f"ASK {{ {' '.join(f'BIND(1 AS ?x{i})' for i in range(10 * k))} }}",
    "sums": lambda k: f"SELECT ({'1 + ' * 10 * k} 1 AS ?x) {{}}",
}
"""Texts that end the engine's process, or keep it busy for minutes, when they are long enough."""


@pytest.mark.parametrize("shape", DEEP)
def test_what_is_nested_or_chained_too_far_is_refused(shape: str) -> None:
    assert refusal(DEEP[shape](MAX_DEPTH + 1)) == "too-deep"
    assert refusal(DEEP[shape](MAX_DEPTH * 5)) == "too-deep"
    assert refusal(DEEP[shape](MAX_DEPTH // 10)) == "fine"


def test_brackets_in_strings_and_comments_do_not_count() -> None:
    deep = "(" * MAX_DEPTH * 2
    assert refusal(f"ASK {{ ?s ?p '{deep}' }} # {deep}") == "fine"


def test_a_path_may_have_many_steps() -> None:
    assert refusal(f"ASK {{ ?s {'/'.join(['<urn:p>'] * MAX_STEPS)} ?o }}") == "fine"


GROUPS = st.recursive(
    st.sampled_from(
        ["?s ?p ?o .", "FILTER(1 < 2)", "BIND(1 AS ?x)", "<urn:a> <urn:b>/<urn:c> 'd' ."]
    ),
    lambda inner: st.one_of(
        inner.map(lambda text: f"{{ {text} }}"),
        inner.map(lambda text: f"OPTIONAL {{ {text} }}"),
        inner.map(lambda text: f"FILTER NOT EXISTS {{ {text} }}"),
        st.tuples(inner, inner).map(lambda both: f"{{ {both[0]} }} UNION {{ {both[1]} }}"),
    ),
    max_leaves=12,
)


@given(GROUPS)
def test_ordinary_queries_pass_and_the_engine_takes_them(group: str) -> None:
    query = f"SELECT * WHERE {{ {group} }}"
    assert check(query).form == "SELECT"
    pyoxigraph.Store().query(query)


@given(st.text(alphabet="{}()[]<>\"'\\#:?$@!|&^*+/.,;=-_%abSERVICE01 \n\u00e9", max_size=80))
def test_any_text_is_taken_or_refused_with_a_reason(text: str) -> None:
    for query in (text, f"ASK {{ {text} }}"):
        assert refusal(query) in {
            "fine", "empty", "syntax", "update", "federated", "file", "too-deep",
        }  # fmt: skip


@given(st.text(alphabet="{}()<>\"'\\#:?@.abz_-09% \n", max_size=60))
def test_tokens_leave_out_nothing_but_space_and_comments(text: str) -> None:
    position = 0
    for token in tokens(text):
        assert text.startswith(token.text, token.start)
        assert re.fullmatch(r"([ \t\r\n]|#[^\r\n]*)*", text[position : token.start])
        position = token.start + len(token.text)
        if token.kind == "unfinished":
            return
    assert re.fullmatch(r"([ \t\r\n]|#[^\r\n]*)*", text[position:])


@pytest.mark.parametrize(
    "piece",
    [
        '"\\',
        "<#>",
        "<'>",
        "<'''>",
        "<a#>\n",
        "<SERVICE#>",
        "'",
        "a.",
        "a-",
        "<",
        "<a",
        ":.",
        "_:a.",
        "%0",
        "'''",
        '"""',
        "@a-",
        "\\",
        "é.",
        "?",
    ],
)
def test_no_text_takes_long_to_read(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    refusal(text)
    refusal(f"{text} ?service")
    assert time.process_time() - started < 5, "reading takes more than linear time"


def test_the_expression_is_read_alike_by_every_python(capsys: pytest.CaptureFixture[str]) -> None:
    """Before 3.11.5 possessive repeats took no tripled string for one; Debian 12 has 3.11.2."""
    expression = token_pattern()
    re.compile(expression.pattern, expression.flags | re.DEBUG)
    told = capsys.readouterr().out
    assert "ATOMIC_GROUP" in told
    assert "POSSESSIVE_REPEAT" not in told


def test_the_dataset_of_a_query_is_read() -> None:
    found = check(
        "BASE <http://b/> PREFIX g: <http://g/> "
        "SELECT * FROM <x> FROM g:y FROM NAMED <http://z> WHERE { ?FROM ?p 'FROM <q>' }"
    )
    assert found.default_graphs == ("http://b/x", "http://g/y")
    assert found.named_graphs == ("http://z",)
    assert check("ASK FROM <rel> {}", base="http://base/").default_graphs == ("http://base/rel",)
    built = check("CONSTRUCT { ?s ?p ?o } FROM <urn:a> FROM NAMED <urn:b> { ?s ?p ?o }")
    assert (built.default_graphs, built.named_graphs) == (("urn:a",), ("urn:b",))
    assert not check("ASK { ?s ?p ?o }").has_dataset


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX select: <urn:> ask { ?s select:x ?o }", "ASK"),
        ("BASE <urn:ask> describe <x>", "DESCRIBE"),
        ("construct where { ?s ?p ?o }", "CONSTRUCT"),
    ],
)
def test_the_form_of_a_query_is_its_first_word(query: str, form: str) -> None:
    assert check(query).form == form


def test_star_keeps_the_order_of_first_mention() -> None:
    assert check("SELECT DISTINCT * { ?z ?a $m . ?a ?z ?b }").all_variables == ("z", "a", "m", "b")
    assert check("SELECT ?x { ?z ?a ?x }").all_variables == ()


def test_undeclared_prefixes_are_found_and_strings_are_not_mistaken_for_them() -> None:
    query = "PREFIX a: <urn:a> SELECT * { a:x b:y 'c:z' . _:d e:f <g:h> }"
    assert undeclared_prefixes(query) == ["b", "e"]
