"""Exports are read again by other programs, and hold what the viewer may read and nothing else."""

import io
from collections.abc import Iterator
from typing import Any, Final
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, parse

from graph import ANONYMOUS, EXPORT_FORMATS, Knowledge, Viewer, export
from ontology import CR, DCT, RDFS
from tests.graph.small_knowledge import tell

LABEL = RDFS + "label"
ID = "https://w3id.org/clusterradar/id/"
MEMBER = Viewer("ada", frozenset({"group:optics"}))
RDF_NAMES = [name for name, one in EXPORT_FORMATS.items() if one.rdf is not None]
GRAPHML: Final = "{http://graphml.graphdrawing.org/xmlns}"
DATASETS = ["trig", "nquads"]


@pytest.fixture(scope="module")
def knowledge() -> Iterator[Knowledge]:
    made = Knowledge.open()
    tell(
        made,
        {
            "cluster/optence": {
                LABEL: "Optence & <Freunde> “e. V.”",
                DCT + "description": "one\nline\tand \u0001 another",
                CR + "activeIn": ["id/topic/optics", "id/topic/lasers"],
                CR + "coordinates": "id/project/p",
                CR + "asOf": "2016",
            },
            "topic/optics": {LABEL: "Optik"},
            "topic/lasers": {LABEL: "a\u0001b"},
            "project/p": {LABEL: "P", CR + "coordinatedBy": "id/cluster/optence"},
        },
    )
    tell(
        made,
        {
            "topic/secret": {LABEL: "Secret"},
            "cluster/optence": {CR + "activeIn": "id/topic/secret"},
        },
        source="inside",
        audience="group:optics",
    )
    yield made
    made.close()


def written(knowledge: Knowledge, name: str, viewer: Viewer = ANONYMOUS, **more: object) -> bytes:
    stream = io.BytesIO()
    export(knowledge.view(viewer), name, stream, **more)  # type: ignore[arg-type]
    return stream.getvalue()


def statements(content: bytes, name: str) -> set[Quad]:
    chosen = EXPORT_FORMATS[name].rdf
    assert chosen is not None
    return set(parse(content, format=chosen))


@pytest.mark.parametrize("name", RDF_NAMES)
@pytest.mark.parametrize("viewer", [Viewer(), MEMBER], ids=["visitor", "member"])
def test_rdf_read_again_is_what_the_viewer_may_read(
    knowledge: Knowledge, name: str, viewer: Viewer
) -> None:
    # XML has no way at all to write the control character that one text has.
    found = {str(quad.triple).replace("\ufffd", "\u0001") for quad in read(knowledge, name, viewer)}
    assert found == {str(triple) for triple in knowledge.view(viewer).triples()}


def read(knowledge: Knowledge, name: str, viewer: Viewer) -> set[Quad]:
    return statements(written(knowledge, name, viewer), name)


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_what_is_hidden_is_in_no_export(knowledge: Knowledge, name: str) -> None:
    assert b"secret" not in written(knowledge, name).lower()
    assert b"group:optics" not in written(knowledge, name)
    assert b"topic/secret" in written(knowledge, name, MEMBER)


@pytest.mark.parametrize("name", DATASETS)
def test_graphs_keep_apart_who_may_read_and_what_was_concluded(
    knowledge: Knowledge, name: str
) -> None:
    addresses = knowledge.addresses
    graphs = {quad.graph_name.value for quad in read(knowledge, name, MEMBER)}  # type: ignore[union-attr]
    assert graphs == {
        addresses.read_graph("public"),
        addresses.inferred_graph("public"),
        addresses.read_graph("group:optics"),
        addresses.inferred_graph("group:optics"),
    }


@pytest.mark.parametrize("name", RDF_NAMES)
def test_conclusions_can_be_left_out(knowledge: Knowledge, name: str) -> None:
    view = knowledge.view()
    said = statements(written(knowledge, name, inferred=False), name)
    assert len(said) == sum(1 for _ in view.triples(inferred=False))
    assert len(said) < len(read(knowledge, name, Viewer()))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's readers use its old names
@pytest.mark.parametrize(
    ("name", "rdflib_name"),
    [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("trig", "trig")],
)
def test_rdflib_reads_the_export_too(knowledge: Knowledge, name: str, rdflib_name: str) -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=written(knowledge, name), format=rdflib_name)
    label = rdflib.Literal("Optence & <Freunde> “e. V.”")
    assert (rdflib.URIRef(ID + "cluster/optence"), rdflib.RDFS.label, label) in dataset


def network_of(content: bytes, name: str) -> "nx.MultiDiGraph[str]":
    reader: Any = nx.read_graphml if name == "graphml" else nx.read_gexf
    found: nx.MultiDiGraph[str] = reader(io.BytesIO(content))
    return found


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networks_read_again_have_names_kinds_and_typed_edges(
    knowledge: Knowledge, name: str
) -> None:
    found = network_of(written(knowledge, name), name)
    node = found.nodes[ID + "cluster/optence"]
    assert node["label"] == "Optence & <Freunde> “e. V.”"
    assert (node["kind"], node["wedge"], node["as_of"]) == ("cluster", "clusters", "2016")
    assert found.nodes[ID + "topic/lasers"]["label"] == "a\ufffdb"
    edges = {
        (start.removeprefix(ID), values["relation"], end.removeprefix(ID))
        for start, end, values in found.edges(data=True)
        if end.startswith(ID) and "source/" not in end
    }
    assert edges == {
        ("cluster/optence", "cr:activeIn", "topic/optics"),
        ("cluster/optence", "cr:activeIn", "topic/lasers"),
        ("cluster/optence", "cr:coordinates", "project/p"),
        ("project/p", "cr:coordinatedBy", "cluster/optence"),
    }


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networks_have_every_value_everywhere_and_no_id_twice(
    knowledge: Knowledge, name: str
) -> None:
    content = written(knowledge, name, MEMBER).decode()
    assert "None" not in content
    assert 'invented">False' not in content
    found = network_of(content.encode(), name)
    for several in (
        [set(values) for _, values in found.nodes(data=True)],
        [set(values) for *_, values in found.edges(data=True)],
    ):
        assert all(names == several[0] for names in several)
    ids = [part.split('"')[0] for part in content.split(' id="')[1:] if part[0].isdigit()]
    edges = ids if name == "graphml" else ids[-found.number_of_edges() :]
    assert len(set(edges)) == len(edges) >= found.number_of_edges()


def test_graphml_declares_every_attribute_once_and_under_an_id_of_its_own(
    knowledge: Knowledge,
) -> None:
    keys = list(ElementTree.fromstring(written(knowledge, "graphml")).iter(f"{GRAPHML}key"))
    assert len({key.get("id") for key in keys}) == len(keys)
    assert sorted((key.get("for"), key.get("attr.name")) for key in keys) == [
        *(("edge", name) for name in ("inferred", "label", "relation")),
        *(("node", name) for name in ("as_of", "context", "historical", "invented")),
        *(("node", name) for name in ("kind", "label", "wedge")),
    ]


def test_networks_speak_both_languages_and_may_hold_conclusions(knowledge: Knowledge) -> None:
    assert "active in" in written(knowledge, "graphml", lang="en").decode()
    assert "aktiv in" in written(knowledge, "graphml", lang="de").decode()
    few = network_of(written(knowledge, "gexf"), "gexf")
    many = network_of(written(knowledge, "gexf", inferred=True), "gexf")
    assert many.number_of_edges() > few.number_of_edges()


def test_nothing_can_be_exported_too() -> None:
    knowledge = Knowledge.open()
    for name in EXPORT_FORMATS:
        content = written(knowledge, name)
        if EXPORT_FORMATS[name].rdf is None:
            assert network_of(content, name).number_of_nodes() == 0
        else:
            assert statements(content, name) == set()
    knowledge.close()


def test_formats_have_the_endings_that_other_programs_know() -> None:
    for one in EXPORT_FORMATS.values():
        if one.rdf is not None:
            assert RdfFormat.from_extension(one.ending) == one.rdf
