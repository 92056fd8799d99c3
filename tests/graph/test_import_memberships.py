"""Lists of members: one organisation in several rows, once for each of its clusters."""

import pytest

from graph import Knowledge, ListInfo, Plan, commit_plan, make_plan, read_table
from ontology import CR

CLUSTERS = b"name\nOptence\nPhotonik BB\n"
HEADER = "Firma;Ort;Mitglied in;Rolle;seit"
OPTENCE = "Acme GmbH;Bonn;Optence;Vorstand;2010"
PHOTONIK = "Acme GmbH;;Photonik BB;Mitglied;2015-03"


def planned(knowledge: Knowledge, *rows: str) -> Plan:
    table = read_table("\n".join([HEADER, *rows]).encode(), "members.csv")
    return make_plan(knowledge, table, ListInfo(kind="organisation", source="members"))


def committed(knowledge: Knowledge, *rows: str) -> Plan:
    plan = planned(knowledge, *rows)
    commit_plan(knowledge, plan, "members", allow_gone=True)
    return plan


@pytest.fixture
def knowledge() -> Knowledge:
    found = Knowledge.open(None)
    plan = make_plan(found, read_table(CLUSTERS), ListInfo(kind="cluster", source="clusters"))
    commit_plan(found, plan, "clusters")
    return found


def said(knowledge: Knowledge, name: str) -> set[str]:
    (thing,) = knowledge.view().things("organisation")
    found = knowledge.view().statements(thing.iri, CR + name, inferred=False)
    return {statement.object.value.rpartition("/")[2] for statement in found}


def test_two_rows_of_one_organisation_are_two_memberships(knowledge: Knowledge) -> None:
    plan = committed(knowledge, OPTENCE, PHOTONIK)
    assert (plan.counts["rows"], plan.counts["new"], plan.counts["refused"]) == (2, 2, 0)
    assert [(one.row, one.level) for one in plan.problems] == [(3, "note")]
    assert said(knowledge, "memberOf") == {"optence", "photonik-bb"}
    assert said(knowledge, "role") == {
        "Vorstand (Optence, seit 2010)",
        "Mitglied (Photonik BB, seit 2015-03)",
    }
    assert said(knowledge, "memberSince") == set(), (
        "since when it is in which cluster is said there"
    )
    again = planned(knowledge, PHOTONIK, OPTENCE)
    assert again.is_empty, "the order of the rows makes no difference"
    assert again.counts["unchanged"] == 2


def test_a_membership_that_ends_goes_and_the_other_stays(knowledge: Knowledge) -> None:
    committed(knowledge, OPTENCE, PHOTONIK)
    plan = committed(knowledge, OPTENCE)
    assert (plan.counts["changed"], plan.counts["gone"]) == (1, 0)
    assert said(knowledge, "memberOf") == {"optence"}
    assert (said(knowledge, "role"), said(knowledge, "memberSince")) == ({"Vorstand"}, {"2010"})


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Acme GmbH;Ulm;Photonik BB;Mitglied;2015", "says otherwise"),
        (OPTENCE, "is called the same"),
        ("Acme GmbH;Bonn;;Beirat;", "is called the same"),
    ],
)
def test_what_is_no_further_membership_is_refused(
    knowledge: Knowledge, row: str, words: str
) -> None:
    plan = committed(knowledge, OPTENCE, row)
    assert (plan.counts["new"], plan.counts["refused"]) == (1, 1)
    (problem,) = (one for one in plan.problems if one.refuses)
    assert problem.row == 3
    assert words in problem.message.en
    assert said(knowledge, "memberOf") == {"optence"}


def test_a_row_that_says_only_since_when_names_a_member(knowledge: Knowledge) -> None:
    committed(knowledge, OPTENCE, "Acme GmbH;;Photonik BB;;2015")
    assert "Mitglied (Photonik BB, seit 2015)" in said(knowledge, "role")
