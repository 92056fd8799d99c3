"""How well kept things are: completeness, lists, open words, as one viewer may know it."""

from pyoxigraph import Literal, NamedNode

from graph import ANONYMOUS, Knowledge, Viewer, networks_of, networks_of_each, upkeep_of
from ontology import CR, DCT, FOAF, RDFS
from tests.graph.small_knowledge import THEN, tell

INSIDE = "network:cluster/optence"
MANAGER = Viewer("m", frozenset({INSIDE}))


def known() -> Knowledge:
    knowledge = Knowledge.open()
    word = NamedNode(knowledge.addresses.term("list", "competence", "Quarkologie"))
    tell(
        knowledge,
        {
            "competence/optics": {RDFS + "label": "Optics"},
            "place/mainz": {RDFS + "label": "Mainz"},
            "organisation/alpha": {
                RDFS + "label": "Alpha",
                DCT + "description": Literal("Lenses.", language="en"),
                CR + "hasCompetence": ["id/competence/optics", word],
                CR + "locatedIn": "id/place/mainz",
            },
            "organisation/beta": {RDFS + "label": "Beta"},
        },
    )
    secret = NamedNode(knowledge.addresses.term("inside", "competence", "Geheimes"))
    tell(
        knowledge,
        {
            "organisation/beta": {
                CR + "employeeCount": Literal(7),
                FOAF + "homepage": NamedNode("https://beta.example"),
                CR + "interestedIn": secret,
            }
        },
        source="inside",
        audience=INSIDE,
    )
    return knowledge


def test_what_is_missing_is_weighed_and_named_the_heaviest_first() -> None:
    with known() as knowledge:
        things = knowledge.view().things("organisation")
        alpha, beta = upkeep_of(knowledge, things, ANONYMOUS).values()
    assert alpha.completeness and beta.completeness
    assert (alpha.completeness.said, alpha.completeness.whole) == (8, 14)
    assert alpha.completeness.percent == 57
    assert alpha.completeness.missing[0] == CR + "activeIn"
    assert beta.completeness.percent == 0 and len(beta.completeness.missing) == 7
    assert alpha.topics and alpha.place and not alpha.linked
    assert not beta.topics and not beta.place
    assert [(word.property, word.text) for word in alpha.words] == [
        (CR + "hasCompetence", "Quarkologie")
    ]
    since = f"{THEN:%Y-%m-%dT%H:%M:%SZ}"
    assert [(one.source, one.since) for one in alpha.lists] == [("list", since)]


def test_what_a_closed_list_says_counts_for_its_readers_alone() -> None:
    with known() as knowledge:
        beta = knowledge.addresses.thing("organisation", "beta")
        things = knowledge.view().things("organisation")
        guest = upkeep_of(knowledge, things, ANONYMOUS)[beta]
        manager = upkeep_of(knowledge, things, MANAGER)[beta]
    assert guest.words == () and [one.source for one in guest.lists] == ["list"]
    assert [word.text for word in manager.words] == ["Geheimes"]
    assert [one.source for one in manager.lists] == ["inside", "list"]
    assert manager.completeness and manager.completeness.said == 3


def test_the_networks_of_many_are_those_of_each() -> None:
    with Knowledge.open() as knowledge:
        tell(
            knowledge,
            {
                "cluster/optence": {RDFS + "label": "Optence"},
                "organisation/alpha": {CR + "memberOf": "id/cluster/optence"},
                "organisation/beta": {},
            },
        )
        alpha, beta = (knowledge.addresses.thing("organisation", n) for n in ("alpha", "beta"))
        found = networks_of_each(knowledge, (alpha, beta))
        assert found == {alpha: frozenset({INSIDE}), beta: frozenset()}
        assert networks_of(knowledge, (alpha, beta)) == frozenset({INSIDE})
        assert networks_of(knowledge, ()) == frozenset()
