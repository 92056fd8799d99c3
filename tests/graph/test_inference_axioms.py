"""Each axiom and each named rule of the ontology: its conclusion arrives."""

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from graph.inference import Memory, Reasoner
from ontology import CR, PREFIXES, XSD, rules, schema

Said = str
REASONER = Reasoner()


def node(name: str) -> NamedNode:
    """``cr:Cluster`` and the like; a bare word is a thing of the fixture."""
    prefix, colon, local = name.partition(":")
    if not colon:
        return NamedNode("https://example.org/" + name)
    return NamedNode(PREFIXES[prefix] + local)


def statement(text: Said) -> Triple:
    """``"optence a cr:Cluster"``; an object in digits is an integer, in quotes a string."""
    subject, predicate, obj = text.split(" ", 2)
    if predicate == "a":
        predicate = "rdf:type"
    if obj.isdigit():
        value: NamedNode | Literal = Literal(obj, datatype=NamedNode(XSD + "integer"))
    else:
        value = Literal(obj.strip('"')) if obj.startswith('"') else node(obj)
    return Triple(node(subject), node(predicate), value)


def conclusions(*said: Said) -> set[Triple]:
    return REASONER.closure(map(statement, said))


AXIOMS: list[tuple[tuple[Said, ...], Said]] = [
    # chains
    (("lab cr:operates cmm", "cmm cr:enables metrology"), "lab cr:hasCompetence metrology"),
    (("cmm cr:operatedBy lab", "metrology cr:enabledBy cmm"), "lab cr:hasCompetence metrology"),
    (("optence cr:takesPartIn p4", "p4 cr:about optics"), "optence cr:experiencedIn optics"),
    (("p4 cr:hasPartner optence", "p4 cr:inSector optics"), "optence cr:experiencedIn optics"),
    (("p4 cr:coordinatedBy optence", "optics cr:topicOf p4"), "optence cr:experiencedIn optics"),
    (
        ("fair cr:organisedBy optence", "fair cr:belongsToProject p4", "p4 cr:about optics"),
        "optence cr:experiencedIn optics",
    ),
    (
        ("course cr:providedBy optence", "course cr:belongsToProject p4", "p4 cr:about optics"),
        "optence cr:experiencedIn optics",
    ),
    # sub-properties, also through inverses
    (("p4 cr:hasPartner optence",), "p4 cr:hasParticipant optence"),
    (("p4 cr:hasPartner optence",), "optence cr:takesPartIn p4"),
    (("optence cr:coordinates p4",), "p4 cr:hasParticipant optence"),
    (("p4 cr:inSector optics",), "p4 cr:about optics"),
    (("p4 cr:inSector optics",), "optics cr:topicOf p4"),
    (("section cr:unitOf optence",), "section cr:partOf optence"),
    (("optics skos:prefLabel \"Optik\"",), "optics rdfs:label \"Optik\""),
    # transitivity
    (("mainz cr:partOf rlp", "rlp cr:partOf germany"), "mainz cr:partOf germany"),
    (("board cr:unitOf section", "section cr:unitOf optence"), "board cr:partOf optence"),
    (("cfrp skos:broader cloth", "cloth skos:broader ware"), "cfrp skos:broaderTransitive ware"),
    # SKOS
    (("optics skos:related photonics",), "photonics skos:related optics"),
    (("cfrp skos:broader fibres",), "fibres skos:narrower cfrp"),
    (("gfrp skos:broadMatch fibres",), "gfrp skos:broader fibres"),
    # classes
    (("zeiss a cr:Company",), "zeiss a cr:Organisation"),
    (("zeiss a cr:Company",), "zeiss a foaf:Agent"),
    (("zeiss a cr:Company",), "zeiss a org:Organization"),
    (("section a cr:Unit",), "section a org:OrganizationalUnit"),
    (("ada a cr:Person",), "ada a cr:Actor"),
    (("optence a cr:Cluster",), "optence a foaf:Agent"),
    (("optics a cr:Sector",), "optics a skos:Concept"),
    (("li a cr:Offer",), "li a cr:Listing"),
    # named rules
    (("zeiss a cr:Company", "zeiss cr:employeeCount 249"), "zeiss a cr:SME"),
    (("cmm cr:operatedBy lab", "cmm a cr:Device"), "lab a cr:CapacityProvider"),
    (("cmm cr:operatedBy lab", "cmm a cr:Device"), "lab a foaf:Agent"),
    (
        ("li cr:listedBy lab", "li a cr:Offer", 'li cr:listingType "capacity"'),
        "lab a cr:CapacityProvider",
    ),
    (
        (
            "zeiss a cr:Company",
            "optence a cr:Cluster",
            "optonet cr:hasMember zeiss",
            "optonet a cr:Cluster",
            "zeiss cr:memberOf optence",
        ),
        "zeiss a cr:BridgeOrganisation",
    ),
    (
        (
            "p4 a cr:Project",
            "p4 cr:coordinatedBy optence",
            "p4 cr:hasPartner swissmem",
            "optence a cr:Cluster",
            "swissmem a cr:Cluster",
        ),
        "p4 a cr:CrossClusterProject",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "follows"), AXIOMS, ids=[follows for _, follows in AXIOMS])
def test_the_conclusion_arrives(said: tuple[Said, ...], follows: Said) -> None:
    assert statement(follows) in conclusions(*said)


@pytest.mark.parametrize(("said", "follows"), AXIOMS, ids=[follows for _, follows in AXIOMS])
def test_the_conclusion_goes_with_any_of_its_premises(
    said: tuple[Said, ...], follows: Said
) -> None:
    """Each fixture is minimal, so whatever premise goes takes the conclusion along."""
    premises = {statement(text) for text in said}
    inferred = Memory(REASONER.closure(premises))
    for premise in premises:
        left = Memory(premises - {premise})
        new, gone = REASONER.update(left, inferred, set(), {premise})
        assert statement(follows) in gone
        assert (inferred.triples | new) - gone == REASONER.closure(left)
        again, gone_again = REASONER.update(
            Memory(premises), Memory((inferred.triples | new) - gone), {premise}, set()
        )
        assert statement(follows) in again
        assert (inferred.triples | new) - gone | again == inferred.triples | gone_again


INVERSES = sorted(
    (one, other) for one, others in schema().inverses.items() for other in others
    if one.startswith(CR)
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), INVERSES)
def test_every_inverse_is_drawn(one: str, other: str) -> None:
    said = Triple(node("a"), NamedNode(one), node("b"))
    assert Triple(node("b"), NamedNode(other), node("a")) in REASONER.closure([said])


def test_every_named_rule_has_a_case() -> None:
    derived = {follows.rpartition(":")[2] for _, follows in AXIOMS}
    for rule in rules():
        template = rule.query.partition("CONSTRUCT")[2].partition("}")[0]
        assert template.split()[-1].partition(":")[2] in derived, rule.name


@pytest.mark.parametrize(
    "said",
    [
        ("zeiss a cr:Company", "zeiss cr:employeeCount 250"),
        ("zeiss a cr:Organisation", "optence a cr:Cluster", "zeiss cr:memberOf optence"),
        ("li cr:listedBy lab", "li a cr:Need", 'li cr:listingType "capacity"'),
        ("li cr:listedBy lab", "li a cr:Offer", 'li cr:listingType "service"'),
        ("p4 a cr:Project", "p4 cr:hasPartner zeiss", "p4 cr:coordinatedBy optence",
         "zeiss a cr:Company", "optence a cr:Cluster"),
    ],
)  # fmt: skip
def test_what_does_not_count_is_not_derived(said: tuple[Said, ...]) -> None:
    names = {"SME", "CapacityProvider", "BridgeOrganisation", "CrossClusterProject"}
    assert not conclusions(*said) & {
        Triple(node(thing.split()[0]), node("rdf:type"), NamedNode(CR + name))
        for thing in said
        for name in names
    }


def test_any_rule_keeps_a_thing_in_its_class() -> None:
    """A device and an offer both make a capacity provider: one of them may go."""
    device = {statement("lab cr:operates cmm"), statement("cmm a cr:Device")}
    offer = {
        statement("lab cr:lists li"),
        statement("li a cr:Offer"),
        statement('li cr:listingType "capacity"'),
    }
    inferred = Memory(REASONER.closure(device | offer))
    head = statement("lab a cr:CapacityProvider")
    for gone_with, left in ((device, offer), (offer, device)):
        _, gone = REASONER.update(Memory(left), inferred, set(), set(gone_with))
        assert head not in gone


def test_nothing_is_typed_by_a_domain_or_a_range() -> None:
    """A wrong link stays visible to the checks, instead of giving its end the missing class."""
    found = conclusions("zeiss cr:memberOf optence")
    assert {triple.predicate for triple in found} == {node("cr:hasMember")}


def test_only_the_words_of_interest_are_concluded() -> None:
    said = [triple for premises, _ in AXIOMS for triple in map(statement, premises)]
    named = {
        t.object if t.predicate == node("rdf:type") else t.predicate for t in REASONER.closure(said)
    }
    foreign = {name for name in named if not str(name).startswith("<" + CR)}
    assert foreign == {
        node(name)
        for name in (
            "foaf:Agent",
            "org:Organization",
            "org:OrganizationalUnit",
            "rdfs:label",
            "skos:Concept",
            "skos:broader",
            "skos:broaderTransitive",
            "skos:narrower",
            "skos:related",
        )
    }
