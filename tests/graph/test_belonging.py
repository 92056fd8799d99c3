"""What opens a network: memberships that a list says whose owner may let people in."""

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad

from graph import Knowledge, Source, decisions, networks_of, source_name
from ontology import CR
from tests.graph.saying import ADDRESSES, TEST, adding, day, row, said, thing

ADA = thing("organisation", "ada")
OPTENCE = thing("cluster", "optence")
SECTION = thing("organisation", "vakuum")


@pytest.fixture
def knowledge() -> Iterator[Knowledge]:
    with Knowledge.open() as opened:
        yield opened


def owned(name: str, owner: str) -> frozenset[Quad]:
    return Source(name, owner=owner).quads(ADDRESSES)


def networks(knowledge: Knowledge, one: NamedNode = ADA) -> set[str]:
    return set(networks_of(knowledge, [one.value]))


@pytest.mark.parametrize(
    ("source", "owner", "opens"),
    [
        ("list", "", True),
        ("list", "go-cluster", True),
        (source_name("list", "cluster/optence"), "cluster/optence", True),
        ("list", "cluster/optence", True),
        (source_name("list", "cluster/other"), "cluster/other", False),
        (source_name("list", "cluster/other"), "cluster/optence", False),
        (source_name("list", "account/4f"), "", False),
        ("list", "organisation/ada", False),
    ],
)
def test_the_owner_of_the_list_must_be_the_operator_or_the_cluster(
    knowledge: Knowledge, source: str, owner: str, opens: bool
) -> None:
    knowledge.commit(
        adding(row(source, "ada", "organisation", memberOf=OPTENCE), owned(source, owner)), TEST
    )
    assert networks(knowledge) == ({"network:cluster/optence"} if opens else set())


def test_what_members_say_by_hand_opens_nothing_and_closes_nothing(knowledge: Knowledge) -> None:
    by_hand = NamedNode(ADDRESSES.source_graph("edits", "public"))
    other = thing("cluster", "other")
    knowledge.commit(
        adding(
            row("list", "ada", "organisation", memberOf=OPTENCE),
            [Quad(ADA, NamedNode(CR + "memberOf"), other, by_hand)],
            decisions.value_wins(
                ADDRESSES, ADA.value, CR + "memberOf", "edits", "ada", day(1), "public"
            ),
        ),
        TEST,
    )
    read = knowledge.view().statements(ADA.value, CR + "memberOf", inferred=False)
    assert [statement.object for statement in read] == [other]
    assert networks(knowledge) == {"network:cluster/optence"}


def test_a_closed_list_lets_in(knowledge: Knowledge) -> None:
    audience = "network:cluster/optence"
    name = source_name("members", "cluster/optence")
    knowledge.commit(
        adding(
            row("list", "ada", "organisation"),
            row(name, "ada", "organisation", audience=audience, memberOf=OPTENCE),
        ),
        TEST,
    )
    assert networks(knowledge) == {audience}


def test_members_of_a_unit_belong_to_what_it_is_a_unit_of(knowledge: Knowledge) -> None:
    knowledge.commit(
        adding(
            row("list", "ada", "organisation", memberOf=SECTION),
            row("list", "vakuum", "organisation", unitOf=thing("organisation", "above")),
            row("list", "above", "organisation", unitOf=OPTENCE),
            row("list", "stranger", "organisation"),
        ),
        TEST,
    )
    inside = {
        "network:organisation/vakuum",
        "network:organisation/above",
        "network:cluster/optence",
    }
    assert networks(knowledge) == inside
    assert networks(knowledge, SECTION) == inside
    assert networks(knowledge, thing("organisation", "stranger")) == set()


def test_a_cluster_says_who_is_in_its_sections_but_not_what_its_sections_are(
    knowledge: Knowledge,
) -> None:
    own = source_name("members", "cluster/optence")
    knowledge.commit(
        adding(
            row(own, "ada", "organisation", memberOf=SECTION),
            row(source_name("units", "cluster/other"), "vakuum", "organisation", unitOf=OPTENCE),
        ),
        TEST,
    )
    assert networks(knowledge) == set()
    knowledge.commit(adding(row("list", "vakuum", "organisation", unitOf=OPTENCE)), TEST)
    assert networks(knowledge) == {"network:organisation/vakuum", "network:cluster/optence"}


def test_units_in_a_circle_are_found_once(knowledge: Knowledge) -> None:
    a, b = thing("organisation", "a"), thing("organisation", "b")
    knowledge.commit(
        adding(
            row("list", "a", "organisation", unitOf=b),
            row("list", "b", "organisation", unitOf=a),
            row("list", "ada", "organisation", memberOf=a),
        ),
        TEST,
    )
    assert networks(knowledge) == {"network:organisation/a", "network:organisation/b"}


def test_words_and_merged_things_count_as_they_are_read(knowledge: Knowledge) -> None:
    word = NamedNode(ADDRESSES.term("list", "cluster", "Optence e. V."))
    young = thing("organisation", "ada-young")
    knowledge.commit(
        adding(
            row("list", "ada", "organisation", time=day(0)),
            row("other", "ada-young", "organisation", time=day(1)),
            said("other", "ada-young", [(CR + "memberOf", word)]),
        ),
        TEST,
    )
    assert networks(knowledge) == set()
    meant = decisions.term_means(ADDRESSES, word.value, OPTENCE.value, "rule:label", day(2))
    knowledge.commit(adding(meant), TEST)
    assert networks(knowledge) == set()
    assert networks(knowledge, young) == {"network:cluster/optence"}
    one = decisions.same(ADDRESSES, ADA.value, young.value, "ada", day(3))
    knowledge.commit(adding(one), TEST)
    assert networks(knowledge) == {"network:cluster/optence"}


def test_a_list_that_others_read_lets_nobody_in(knowledge: Knowledge) -> None:
    """A door that opens would tell of the list."""
    for audience in ("group:optics", "network:cluster/elsewhere", "person:bob"):
        quads = row("list", "ada", "organisation", audience=audience, memberOf=OPTENCE)
        knowledge.commit(adding(quads), TEST)
    assert networks(knowledge) == set()
