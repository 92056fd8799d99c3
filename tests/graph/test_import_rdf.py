"""RDF lists: subjects become rows, checked like cells; nothing is written elsewhere or fetched."""

import io
import json
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graph import Knowledge, KnowledgeError, ListInfo, Plan, commit_plan, export, make_plan
from graph import read_table as read
from graph.importing.rdf_lists import rdf_format

PREFIXES = """
@prefix cr: <https://w3id.org/clusterradar/ontology#> .
@prefix id: <https://w3id.org/clusterradar/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/> .
"""
MIXED = (
    PREFIXES
    + """
<https://w3id.org/clusterradar/id/cluster/optence> a cr:Cluster ; rdfs:label "Optence e. V." ;
    cr:founded "2001" ; cr:locatedIn <https://w3id.org/clusterradar/id/place/city-de-wetzlar> .
<https://w3id.org/clusterradar/id/place/city-de-wetzlar> a cr:Place ; rdfs:label "Wetzlar" .
ex:acme a cr:Organisation, cr:Company ; rdfs:label "Acme GmbH" ; cr:employeeCount 12 ;
    dct:description "Baut Linsen."@de ; cr:memberOf ex:bb,
        <https://w3id.org/clusterradar/id/cluster/optence> ; cr:hasCompetence "Laserschweißen" .
ex:bb a cr:Cluster ; rdfs:label "Photonik BB" .
[] a cr:Competence ; skos:prefLabel "Laserschweißen"@de .
_:b a cr:Person ; rdfs:label "Erika Muster" ; cr:worksFor ex:acme .
"""
)
BASE = "https://w3id.org/clusterradar/"


def planned(knowledge: Knowledge, text: str, name: str = "x.ttl", **info: Any) -> Plan:
    table = read(text.encode(), name)
    return make_plan(knowledge, table, ListInfo(**{"kind": "", "source": "rdf", **info}))


def told(text: str, name: str = "x.ttl") -> tuple[Plan, list[str]]:
    with Knowledge.open(None) as knowledge:
        plan = planned(knowledge, PREFIXES + text, name)
    return plan, [one.message.en for one in plan.problems if one.level != "open"]


def triples(knowledge: Knowledge) -> set[str]:
    out = io.BytesIO()
    export(knowledge.view(), "ntriples", out, inferred=False)
    return {line for line in out.getvalue().decode().splitlines() if "/id/source/" not in line}


def test_subjects_of_several_kinds_come_in_link_to_each_other_and_go_again() -> None:
    with Knowledge.open(None) as knowledge:
        before = set(knowledge.dump())
        plan = planned(knowledge, MIXED)
        assert not plan.problems
        assert (plan.counts["rows"], plan.counts["new"]) == (6, 6)
        batch = commit_plan(knowledge, plan, "x")
        said = triples(knowledge)
        acme = f"<{BASE}id/organisation/acme-gmbh> <https://w3id.org/clusterradar/ontology#"
        for tail in (
            f"memberOf> <{BASE}id/cluster/optence> .",
            f"memberOf> <{BASE}id/cluster/photonik-bb> .",
            f"hasCompetence> <{BASE}id/competence/laserschweissen> .",
            'employeeCount> "12"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        ):
            assert acme + tail in said
        assert planned(knowledge, MIXED).is_empty, "blank nodes are the same the next time"
        knowledge.undo(batch.number)
        assert set(knowledge.dump()) == before


@pytest.mark.parametrize("form", ["jsonld", "trig", "ntriples", "nquads", "rdfxml"])
def test_every_format_says_the_same_and_what_we_export_comes_back(form: str) -> None:
    with Knowledge.open(None) as knowledge, Knowledge.open(None) as other:
        commit_plan(knowledge, planned(knowledge, MIXED), "x")
        out = io.BytesIO()
        export(knowledge.view(), form, out)
        table = read(out.getvalue(), "export")
        plan = make_plan(other, table, ListInfo(kind="", source="copy"))
        commit_plan(other, plan, "x")
        assert triples(other) == triples(knowledge)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ex:a rdfs:label 'A' .", "It is not said what this is"),
        ("ex:a a cr:Wizard ; rdfs:label 'A' .", "There is no class cr:Wizard"),
        ("ex:a a cr:Person, cr:Device ; rdfs:label 'A' .", "several kinds at once"),
        ("ex:a a cr:Person .", "is missing"),
        ("[] a cr:Person .", "neither an address nor a name"),
        ("ex:a a cr:Organisation ; rdfs:label 'A' ; cr:employeeCount 'ten' .", "whole number"),
        ("ex:a a cr:Cluster ; rdfs:label 'A' ; cr:founded '2001', '2002' .", "Only one value"),
        ("ex:a a cr:Cluster ; rdfs:label 'A' ; dct:description 'plain' .", "needs a language"),
        ("ex:a a cr:Cluster ; rdfs:label 'A' ; dct:description 'x'@fr .", "language “fr”"),
        ("ex:a a cr:Organisation ; rdfs:label 'A' ; cr:memberOf [ rdfs:label 'B' ] .", "not said"),
        (
            "ex:a a cr:Organisation ; rdfs:label 'A' ; cr:memberOf ex:b . "
            "ex:b a cr:Person ; rdfs:label 'B' .",
            "of another kind",
        ),
        ("ex:a a cr:Event ; rdfs:label 'A' ; cr:startDate '2020' ; cr:endDate '2019' .", "before"),
        ("<https://w3id.org/clusterradar/id/person/a> a cr:Cluster ; rdfs:label 'A' .", "names an"),
        ("<https://w3id.org/clusterradar/id/source/x> a cr:Source .", "the platform itself"),
        ("<https://w3id.org/clusterradar/decision/x> a cr:RowIsThing .", "the platform itself"),
        ("<https://w3id.org/clusterradar/row/x/y> a cr:Person ; rdfs:label 'A' .", "the platform"),
    ],
)
def test_a_subject_that_is_wrong_is_refused_by_its_name(text: str, words: str) -> None:
    plan, messages = told(text + " ex:fine a cr:Person ; rdfs:label 'Fine' .")
    assert plan.counts["refused"] == plan.counts["rows"] - plan.counts["new"] >= 1
    assert any(words in message for message in messages), messages
    places = ("https://example.org/a: ", "_:", BASE)
    assert all(message.startswith(places) for message in messages), messages
    assert [row.name for row in plan.rows if row.state == "new"][-1] == "Fine"


def test_what_is_outside_of_the_ontology_is_told() -> None:
    plan, messages = told(
        "ex:a a cr:Organisation, ex:Thing, cr:SME, <http://www.w3.org/ns/org#Organization> ; "
        "rdfs:label 'A' ; ex:likes 'tea', 'cake' ; cr:hasMember ex:a ."
    )
    assert plan.counts["refused"] == 0
    told_of = {one.column: one.message.en for one in plan.problems}
    assert told_of.keys() == {
        "https://example.org/Thing",
        "https://example.org/likes",
        "cr:hasMember",
    }
    assert "left out: 2" in told_of["https://example.org/likes"]
    assert len(messages) == 3


def test_named_graphs_write_nowhere_else_and_claim_no_audience() -> None:
    person = "a cr:Person ; rdfs:label 'A'"
    text = f"""{PREFIXES}
    GRAPH <https://example.org/g> {{ ex:own {person} . }}
    GRAPH <{BASE}source/other/public> {{ ex:public {person.replace("A'", "B'")} . }}
    GRAPH <{BASE}source/other/group%3Ax> {{ ex:own cr:role 'secret' . }}
    GRAPH <{BASE}decisions/public> {{ ex:own cr:role 'decided' . }}
    GRAPH <{BASE}read/group%3Ax> {{ ex:own cr:role 'read' . }}
    """
    with Knowledge.open(None) as knowledge:
        plan = planned(knowledge, text, "x.trig")
        graphs = {str(quad.graph_name).strip("<>") for quad in plan.change.add}
        assert graphs == {BASE + "source/rdf/public", BASE + "decisions/public"}
        left = {one.column for one in plan.problems if one.level == "note"}
        assert {place.rpartition("/")[2] for place in left} == {"group%3Ax", "public"}
        assert len(left) == 3
        values = {quad.object.value for quad in plan.change.add if isinstance(quad.object, Literal)}
        assert not values & {"secret", "decided", "read"}
        assert plan.counts["new"] == 2


@pytest.mark.parametrize(
    "context",
    [
        "https://example.org/context.jsonld",
        ["file:///etc/passwd"],
        {"@import": "http://localhost/"},
    ],
)
def test_a_context_elsewhere_is_never_fetched(context: object) -> None:
    document = {"@context": context, "@id": "https://example.org/a", "name": "A"}
    with pytest.raises(KnowledgeError, match="never fetched"):
        read(json.dumps(document).encode(), "x.jsonld")


def test_keys_that_a_context_does_not_know_are_told() -> None:
    document = {
        "@context": {"name": "http://www.w3.org/2000/01/rdf-schema#label"},
        "@id": "acme",
        "@type": "https://w3id.org/clusterradar/ontology#Organisation",
        "name": "Acme",
        "town": "Bonn",
    }
    with Knowledge.open(None) as knowledge:
        plan = planned(knowledge, json.dumps(document), "x.json")
    assert plan.counts["new"] == 1
    assert [(one.column, one.level) for one in plan.problems] == [("town", "note")]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("@prefix ex: <https://example.org/> .\nex:a ex:b", "x.ttl", "line 2"),
        ("<https://example.org/a> <https://example.org/b> [" + "(" * 9_000, "x.ttl", "turtle"),
        ('{"@context": {}, "@graph": ' + "[" * 90_000, "x.jsonld", "json-ld"),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            + "<rdf:Description><rdf:value>" * 300,
            "x.rdf",
            "200 elements",
        ),
        ("# nothing\n", "x.ttl", "makes no statements"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(text: str, name: str, words: str) -> None:
    with pytest.raises(KnowledgeError, match=words):
        read(text.encode(), name)


def test_formats_are_known_by_name_or_beginning() -> None:
    quad = Quad(BlankNode("b"), NamedNode("x:p"), Literal("v"))
    for form, ending in ((RdfFormat.N_QUADS, "nq"), (RdfFormat.RDF_XML, "rdf")):
        written = serialize([quad], format=form)
        assert written is not None
        assert rdf_format(written) == ending
    assert rdf_format(b"# members\n@prefix : <https://example.org/> .") == "trig"
    assert rdf_format(b"anything", "list.TTL") == "ttl"
    for other in (b"id;name\n", b'[{"@id": "x", "name": "y"}]', b"<html>", b"prefix,name\n"):
        assert rdf_format(other) == ""
    assert list(parse(b"<a:b> <a:c> <a:d> .", RdfFormat.TURTLE))
