"""The axioms as plain values."""

from pathlib import Path

import pytest

from ontology import CR, RDFS, SKOS, rules, schema
from ontology.schema import _rule

INVERSES = """
    memberOf hasMember, unitOf hasUnit, coordinatedBy coordinates, hasPartner partnerIn,
    hasParticipant takesPartIn, organisedBy organises, providedBy provides,
    belongsToProject hasProjectItem, listedBy lists, operatedBy operates, enables enabledBy,
    worksFor employs, hasAuthor wrote, about topicOf, figureOf hasFigure, fundedBy funds,
    involvedIn involves
"""


@pytest.mark.parametrize("pair", [pair.split() for pair in INVERSES.split(",")], ids="-".join)
def test_inverses_hold_in_both_directions(pair: tuple[str, str]) -> None:
    one, other = (CR + name for name in pair)
    assert other in schema().inverses[one]
    assert one in schema().inverses[other]


def test_subproperties() -> None:
    above = schema().subproperties
    for name in ("coordinatedBy", "hasPartner"):
        assert CR + "hasParticipant" in above[CR + name]
    assert CR + "about" in above[CR + "inSector"]
    assert CR + "partOf" in above[CR + "unitOf"]
    assert RDFS + "label" in above[SKOS + "prefLabel"]
    assert SKOS + "broader" in above[SKOS + "broadMatch"]


def test_transitivity_is_never_that_of_broader() -> None:
    assert schema().transitive == {
        CR + "partOf",
        SKOS + "broaderTransitive",
        SKOS + "narrowerTransitive",
    }
    assert SKOS + "related" in schema().symmetric


def test_chains() -> None:
    chains = {
        head.removeprefix(CR): [tuple(step.removeprefix(CR) for step in body) for body in bodies]
        for head, bodies in schema().chains.items()
    }
    assert chains == {
        "hasCompetence": [("operates", "enables")],
        "experiencedIn": [
            ("organises", "belongsToProject", "about"),
            ("provides", "belongsToProject", "about"),
            ("takesPartIn", "about"),
        ],
    }


def test_what_is_counted_is_simple() -> None:
    """OWL 2 DL counts only properties that neither chains nor transitivity lead to."""
    said = schema()
    composed = {*said.chains, *said.transitive}
    grown = True
    while grown:
        more = {
            other
            for prop in composed
            for other in said.subproperties.get(prop, frozenset())
            | said.inverses.get(prop, frozenset())
        }
        grown = not more <= composed
        composed |= more
    assert not composed & {CR + "memberOf", CR + "hasParticipant"}


def test_domains_ranges_and_choices() -> None:
    said = schema()
    assert said.domains[CR + "memberOf"] == {CR + "Actor"}
    assert said.ranges[CR + "belongsToProject"] == {CR + "Project"}
    assert said.range_choices[CR + "memberOf"] == {CR + "Organisation", CR + "Cluster"}
    assert said.range_choices[CR + "operatedBy"] == {CR + "Organisation", CR + "Cluster"}
    assert said.unions[CR + "Actor"] == {CR + "Organisation", CR + "Person"}
    assert said.datatypes[CR + "employeeCount"].endswith("#integer")


def test_kinds_exclude_each_other() -> None:
    disjoint = schema().disjoint
    for one, other in (("Cluster", "Organisation"), ("Device", "Project"), ("Topic", "Sector")):
        assert frozenset({CR + one, CR + other}) in disjoint
    assert frozenset({CR + "Offer", CR + "Need"}) in disjoint


def test_every_rule_has_a_name_and_says_what_it_does() -> None:
    names = [rule.name for rule in rules()]
    assert names == sorted(set(names))
    assert len(names) == 5
    for rule in rules():
        assert rule.description.en != rule.description.de
        assert rule.description["de"].endswith(".")
        assert "CONSTRUCT { ?this a cr:" in rule.query


def test_a_rule_without_a_german_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bold.rq"
    path.write_text("# name: bold\n# label-en: Bold.\nCONSTRUCT {} WHERE {}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bold\.rq needs name"):
        _rule(path)
