"""What the ontology says arrives in the store, and the reasoner draws the same conclusions."""

from collections.abc import Iterator
from pathlib import Path

import owlready2
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, serialize

from graph import Change, Knowledge
from graph.checking import hermit
from graph.checking.facts import asserted
from ontology import CR, PREFIXES, RDF, XSD
from tests.graph.saying import TEST, adding, row, said, thing


def is_a(cls: str) -> tuple[str, NamedNode]:
    return RDF + "type", NamedNode(CR + cls)


def link(prop: str, kind: str, slug: str) -> tuple[str, NamedNode]:
    return CR + prop, thing(kind, slug)


def number(prop: str, value: int) -> tuple[str, Literal]:
    return CR + prop, Literal(str(value), datatype=NamedNode(XSD + "integer"))


# Each fixture is a source of its own, so that it can be taken back alone.
FIXTURES = {
    "sme": row("sme", "small", "organisation")
    | said("sme", "small", [is_a("Company"), number("employeeCount", 249)])
    | row("sme", "large", "organisation")
    | said("sme", "large", [is_a("Company"), number("employeeCount", 250)])
    | row("sme", "ministry", "organisation")
    | said("sme", "ministry", [is_a("PublicBody"), number("employeeCount", 12)]),
    "device": row("device", "lab", "organisation")
    | row("device", "metrology", "competence")
    | row("device", "cmm", "device")
    | said(
        "device",
        "cmm",
        [link("operatedBy", "organisation", "lab"), link("enables", "competence", "metrology")],
    ),
    "offer": row("offer", "shop", "organisation")
    | row("offer", "hours", "listing", listingType=Literal("capacity"))
    | said("offer", "hours", [is_a("Offer"), link("listedBy", "organisation", "shop")])
    | row("offer", "seeker", "organisation")
    | row("offer", "wish", "listing", listingType=Literal("capacity"))
    | said("offer", "wish", [is_a("Need"), link("listedBy", "organisation", "seeker")])
    | row("offer", "advice", "listing", listingType=Literal("service"))
    | said("offer", "advice", [is_a("Offer"), link("listedBy", "organisation", "seeker")]),
    "bridge": row("bridge", "north", "cluster")
    | row("bridge", "south", "cluster")
    | row("bridge", "joiner", "organisation")
    | said(
        "bridge",
        "joiner",
        [link("memberOf", "cluster", "north"), link("memberOf", "cluster", "south")],
    )
    | row("bridge", "loyal", "organisation", memberOf=thing("cluster", "north")),
    "project": row("project", "east", "cluster")
    | row("project", "west", "cluster")
    | row("project", "optics", "topic")
    | row("project", "joint", "project")
    | said(
        "project",
        "joint",
        [
            link("coordinatedBy", "cluster", "east"),
            link("hasPartner", "cluster", "west"),
            link("about", "topic", "optics"),
        ],
    )
    | row("project", "lonely", "project", coordinatedBy=thing("cluster", "east")),
}

DERIVED = {
    "SME": {"organisation/small"},
    "CapacityProvider": {"organisation/lab", "organisation/shop"},
    "BridgeOrganisation": {"organisation/joiner"},
    "CrossClusterProject": {"project/joint"},
}


def _iri(name: str) -> str:
    return thing(*name.split("/")).value


@pytest.fixture(scope="module")
def knowledge() -> Iterator[Knowledge]:
    made = Knowledge.open()
    made.commit(adding(*FIXTURES.values()), TEST)
    yield made
    made.close()


def members(knowledge: Knowledge, cls: str) -> set[str]:
    found = knowledge.view().statements(predicate=RDF + "type", obj=NamedNode(CR + cls))
    return {"/".join(knowledge.addresses.parse(one.subject) or ()) for one in found if one.inferred}


@pytest.mark.parametrize("cls", DERIVED)
def test_derived_classes_arrive_in_the_store(knowledge: Knowledge, cls: str) -> None:
    assert members(knowledge, cls) == DERIVED[cls]


CONCLUSIONS = {
    "chain over a device": ("organisation/lab", "hasCompetence", "competence/metrology"),
    "chain over a project": ("cluster/west", "experiencedIn", "topic/optics"),
    "inverse": ("cluster/north", "hasMember", "organisation/loyal"),
    "inverse of what follows": ("cluster/east", "takesPartIn", "project/joint"),
    "inverse of about": ("topic/optics", "topicOf", "project/joint"),
}


@pytest.mark.parametrize("case", CONCLUSIONS)
def test_links_that_follow_arrive_in_the_store(knowledge: Knowledge, case: str) -> None:
    subject, prop, value = CONCLUSIONS[case]
    (found,) = knowledge.view().statements(
        thing(*subject.split("/")).value, CR + prop, thing(*value.split("/"))
    )
    assert found.inferred


def test_queries_see_what_follows(knowledge: Knowledge) -> None:
    assert knowledge.view().query(
        f"PREFIX cr: <{CR}> PREFIX org: <{PREFIXES['org']}> "
        "ASK { ?who a cr:SME, org:Organization . ?lab cr:hasCompetence ?skill }"
    )


@pytest.mark.parametrize("source", FIXTURES)
def test_conclusions_go_with_what_they_rest_on(source: str) -> None:
    knowledge = Knowledge.open()
    knowledge.commit(adding(FIXTURES[source]), TEST)
    before = {cls for cls in DERIVED if members(knowledge, cls)}
    assert len(before) == 1
    knowledge.commit(Change(remove=frozenset(FIXTURES[source])), TEST)
    assert {cls for cls in DERIVED if members(knowledge, cls)} == set()
    knowledge.close()


def test_the_definitions_in_the_ontology_mean_the_same_as_the_rules(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    path = tmp_path / "copy.nt"
    with path.open("wb") as file:
        serialize(hermit.derived_copy(asserted(knowledge)), file, format=RdfFormat.N_TRIPLES)
    world = owlready2.World()
    ontology = world.get_ontology(path.as_uri()).load()
    with ontology:
        owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    for cls, expected in DERIVED.items():
        found = {
            "/".join(knowledge.addresses.parse(one.iri) or ())
            for one in world.search(type=world[CR + cls])
        }
        assert found == expected, cls
    for listing, function in {"hours": "LeaseOut", "advice": "ProvideService"}.items():
        (stated,) = world[_iri("listing/" + listing)].businessFunction
        assert stated.iri.rpartition("#")[2] == function
    world.close()
