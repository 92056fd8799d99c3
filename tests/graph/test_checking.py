"""What is wrong with data is found, and said in words."""

import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from graph import Knowledge, check_concepts, check_logic, check_shapes, check_thesaurus
from graph.checking import hermit
from graph.checking.contradictions import Contradictions
from graph.checking.explaining import contradicting_group, smallest_conflict
from graph.checking.facts import TYPE, Wording
from graph.checking.logic import judge_facts
from graph.checking.reports import Clash
from graph.checking.shapes import validate
from ontology import CR, DCT, FOAF, RDFS, SCHEMA, SKOS, XSD
from tests.graph.saying import TEST, adding, row, said, thing

Value = str | NamedNode | Literal


def fact(subject: str, prop: str, value: Value) -> Triple:
    """A statement; names with a hyphen are things, others are words of the ontology."""
    obj = NamedNode(_iri(value)) if isinstance(value, str) else value
    return Triple(NamedNode(_iri(subject)), NamedNode(_iri(prop)), obj)


def _iri(name: str) -> str:
    if name == "a":
        return TYPE
    if "://" in name:
        return name
    return f"https://example.org/{name}" if "-" in name else CR + name


def named(subject: str, cls: str, label: str, *more: Triple) -> list[Triple]:
    """A thing with a class and a name, and more said about it."""
    return [fact(subject, "a", cls), fact(subject, RDFS + "label", Literal(label)), *more]


OPTENCE = named("c-optence", "Cluster", "Optence")
ZEISS = named("o-zeiss", "Organisation", "Zeiss", fact("o-zeiss", "memberOf", "c-optence"))


def contradictions(facts: Sequence[Triple]) -> list[Clash]:
    return Contradictions().among(facts, Wording(facts))


# Shapes


def messages(facts: Sequence[Triple]) -> list[str]:
    return [finding.message.en for finding in validate(facts)]


def test_good_data_keep_the_shapes() -> None:
    assert messages([*OPTENCE, *ZEISS]) == []


BROKEN: dict[str, tuple[Triple, str]] = {
    "missing": (fact("c-x", "a", "Cluster"), "name: there are too few values"),
    "too many": (fact("c-optence", "founded", Literal("2001")), "founded: there are too many"),
    "pattern": (fact("c-optence", "asOf", Literal("May")), "as of: the value has the wrong form"),
    "datatype": (
        fact("c-optence", "memberCount", Literal("many")),
        "members: the value is of the wrong type",
    ),
    "number": (fact("c-optence", "memberCount", Literal(-1)), "members: the number is too small"),
    "class": (fact("o-zeiss", "involvedIn", "o-zeiss"), "projects: the thing is of another kind"),
    "or": (fact("o-zeiss", "hasCompetence", "o-zeiss"), "competences: the thing is of none"),
    "in": (fact("c-optence", "status", Literal("asleep")), "status: the value is none of those"),
    "kind of node": (
        fact("c-optence", FOAF + "homepage", Literal("optence.de")),
        "website: a thing stands where a text belongs",
    ),
    "language": (
        fact("c-optence", DCT + "description", Literal("Réseau", language="fr")),
        "description: the text is in a language",
    ),
    "length": (fact("c-optence", SKOS + "altLabel", Literal("")), "other names: the text is too"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_shape_is_said_in_words(case: str) -> None:
    broken, words = BROKEN[case]
    facts = [*OPTENCE, *ZEISS, fact("c-optence", "founded", Literal("1999")), broken]
    found = [finding for finding in validate(facts) if words in finding.message.en]
    assert len(found) == 1
    assert found[0].message.de != found[0].message.en
    assert found[0].message.de.startswith(f"„{found[0].name.de}“: ")


def test_several_texts_in_one_language_are_found() -> None:
    texts = [fact("c-optence", DCT + "description", Literal(t, language="en")) for t in "ab"]
    assert messages([*OPTENCE, *texts]) == [
        "“Optence”: description: there are several texts in one language."
    ]


def test_shapes_are_checked_over_all_audiences() -> None:
    knowledge = Knowledge.open()
    knowledge.commit(adding(row("list", "optence", "cluster", "Optence")), TEST)
    assert check_shapes(knowledge).good
    bad = row("closed", "x", "device", "Laser", audience="group:a", deviceType=Literal("magic"))
    knowledge.commit(adding(bad), TEST)
    report = check_shapes(knowledge)
    assert not report.good
    assert [finding.thing for finding in report.findings] == [thing("device", "x").value]
    assert report.findings[0].property == CR + "deviceType"
    knowledge.close()


# Thesaurus


def concept(subject: str, **properties: Any) -> list[Triple]:
    said_of_it = [fact(subject, "a", SKOS + "Concept")]
    for name, value in properties.items():
        said_of_it.append(fact(subject, SKOS + name, value))
    return said_of_it


def de(text: str) -> Literal:
    return Literal(text, language="de")


PLANTED: dict[str, list[Triple]] = {
    "S9": [*concept("t-a"), fact("t-a", "a", SKOS + "ConceptScheme")],
    "S13": concept("t-a", prefLabel=de("Optik"), hiddenLabel=de("Optik")),
    "S14": [*concept("t-a", prefLabel=de("Optik")), *concept("t-a", prefLabel=de("Licht"))],
    "S27": [
        *concept("t-a", broader="t-b"),
        *concept("t-b", broadMatch="t-c", related="t-d"),
        *concept("t-c", related="t-a"),
    ],
    "S46": [
        *concept("t-a", exactMatch="t-b"),
        *concept("t-b", exactMatch="t-c"),
        *concept("t-c", broadMatch="t-a"),
    ],
}


@pytest.mark.parametrize("condition", PLANTED)
def test_a_broken_condition_of_skos_is_found(condition: str) -> None:
    (finding,) = check_concepts(PLANTED[condition])
    assert f"(SKOS {condition})" in finding.message.en
    assert f"(SKOS {condition})" in finding.message.de
    assert finding.thing in {_iri(name) for name in ("t-a", "t-b", "t-c")}


SOUND: dict[str, list[Triple]] = {
    "one name in each language": [
        *concept("t-a", prefLabel=de("Optik")),
        *concept("t-a", prefLabel=Literal("Optik", language="en"), altLabel=de("Licht")),
    ],
    "related beside the hierarchy": [
        *concept("t-a", broader="t-b"),
        *concept("t-c", broader="t-b", related="t-a"),
    ],
    "the same thing and another one": [
        *concept("t-a", exactMatch="t-b"),
        *concept("t-c", broadMatch="t-a"),
    ],
    "a circle without related": [*concept("t-a", broader="t-b"), *concept("t-b", broader="t-a")],
}


@pytest.mark.parametrize("case", SOUND)
def test_a_sound_thesaurus_is_left_alone(case: str) -> None:
    assert check_concepts(SOUND[case]) == ()


@given(
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=4),
)
def test_related_and_hierarchy_agree_with_a_plain_closure(
    up: set[tuple[int, int]], related: set[tuple[int, int]]
) -> None:
    above = set(up)
    for _ in range(6):
        above |= {(a, d) for a, b in above for c, d in above if b == c}
    clash = {
        (min(pair), max(pair)) for pair in related if pair in above or (pair[1], pair[0]) in above
    }
    facts = [fact(f"t-{a}", SKOS + "broader", f"t-{b}") for a, b in up]
    facts += [fact(f"t-{a}", SKOS + "related", f"t-{b}") for a, b in related]
    found = {(f.thing[-1], f.value[-1]) for f in check_concepts(facts)}
    assert found == {(str(a), str(b)) for a, b in clash}


def test_the_thesaurus_is_checked_in_the_store() -> None:
    knowledge = Knowledge.open()
    labels = [(SKOS + "prefLabel", de("Optik")), (SKOS + "altLabel", de("Optik"))]
    optics = row("list", "optics", "topic", "Optics") | said("list", "optics", labels)
    knowledge.commit(adding(optics), TEST)
    (finding,) = check_thesaurus(knowledge)
    assert finding.message.en.endswith("(SKOS S13).")
    knowledge.close()


# Contradictions without a reasoner


CLASHING: dict[str, tuple[list[Triple], tuple[str, ...], str]] = {
    "two kinds": (
        [*OPTENCE, fact("c-optence", "a", "Device")],
        ("“Optence” is: cluster", "“Optence” is: device"),
        "By the first, “Optence” is cluster; by the second, device. Nothing is both.",
    ),
    "a class and a domain": (
        [*OPTENCE, *named("d-laser", "Device", "Laser", fact("d-laser", "memberOf", "c-optence"))],
        ("“Laser” is: device", "“Laser” member of “Optence”"),
        "By the first, “Laser” is device; by the second, organisation or person. Nothing is both.",
    ),
    "a special class and the domain of an inverse": (
        [
            *OPTENCE,
            *named("o-lab", "University", "Lab"),
            fact("o-lab", "hasProjectItem", "c-optence"),
        ],
        ("“Lab” is: university", "“Lab” brought about “Optence”"),
        "By the first, “Lab” is university; by the second, project. Nothing is both.",
    ),
    "two properties": (
        [fact("x-1", "operates", "y-2"), fact("y-2", "coordinates", "p-3")],
        ("“https://example.org/y-2” coordinates “https://example.org/p-3”",),
        "device",
    ),
    "the type of a value": (
        named("o-a", "Organisation", "A", fact("o-a", "employeeCount", Literal("ten"))),
        ("“A” counts employees “ten”",),
        "The value of “counts employees” has to be of the type integer.",
    ),
    "a text for a thing": (
        named("o-a", "Organisation", "A", fact("o-a", "memberOf", Literal("Optence"))),
        ("“A” member of “Optence”",),
        "The value of “member of” has to be a thing, not a text.",
    ),
}


@pytest.mark.parametrize("case", CLASHING)
def test_a_clash_names_its_statements(case: str) -> None:
    facts, statements, why = CLASHING[case]
    clashes = contradictions(facts)
    assert clashes
    assert any(
        set(statements) <= {said.en for said in clash.statements} and why in clash.why.en
        for clash in clashes
    ), clashes


def test_what_can_be_true_does_not_clash() -> None:
    unit = named("u-a", "Unit", "A", fact("u-a", "unitOf", "c-optence"))
    unit.append(fact("u-a", "a", "Organisation"))
    offer = named("l-a", "Offer", "Time", fact("l-a", "listedBy", "o-zeiss"))
    assert contradictions([*OPTENCE, *ZEISS, *unit, *offer]) == []


# Explaining


@given(st.integers(1, 60), st.data())
def test_the_smallest_conflict_is_found_and_is_smallest(size: int, data: st.DataObject) -> None:
    culprits = data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=4))
    asked: list[int] = []

    def contradicts(some: Sequence[int]) -> bool:
        asked.append(len(some))
        return culprits <= set(some)

    assert set(smallest_conflict(range(size), contradicts)) == culprits
    assert len(asked) <= 1 + 2 * len(culprits) * (1 + size.bit_length())


@given(st.lists(st.sets(st.integers(0, 20), min_size=1), min_size=1, max_size=12), st.data())
def test_what_a_group_is_narrowed_to_still_contradicts_itself(
    groups: list[set[int]], data: st.DataObject
) -> None:
    everything = sorted(set().union(*groups))
    culprits = data.draw(st.sets(st.sampled_from(everything), min_size=1, max_size=3))
    found = contradicting_group([sorted(group) for group in groups], lambda s: culprits <= set(s))
    assert culprits <= set(found)


# The reasoner

GR = "http://purl.org/goodrelations/v1#"
SALE = named(
    "l-sale",
    "Offer",
    "Old lathe",
    fact("l-sale", SCHEMA + "businessFunction", GR + "Sell"),
)


def test_the_ontology_alone_is_consistent_and_every_class_can_have_members() -> None:
    assert hermit.judge([], 100) == hermit.Verdict(True, ())


def test_what_only_the_reasoner_finds_is_explained() -> None:
    facts = [*OPTENCE, *SALE]
    assert contradictions(facts) == []
    report = judge_facts(facts, 100)
    assert report.consistent is False
    assert not report.good
    (clash,) = report.clashes
    assert {said.en for said in clash.statements} == {
        "“Old lathe” is: offer",
        "“Old lathe” is offered as “sale”",
    }
    assert "without any one of them" in clash.why.en


def test_data_from_the_store_are_judged() -> None:
    knowledge = Knowledge.open()
    date = Literal("2016-05-01", datatype=NamedNode(XSD + "date"))
    knowledge.commit(adding(row("list", "optence", "cluster", "Optence", founded=date)), TEST)
    # A date would stop the reasoner; it gets a text, while the check names the wrong type.
    (clash,) = check_logic(knowledge, 100).clashes
    assert clash.statements[0].en == "“Optence” founded in “2016-05-01”"
    knowledge.close()


def test_without_java_the_report_says_so_and_still_finds_plain_clashes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    report = judge_facts(OPTENCE)
    assert (report.consistent, report.good, report.clashes) == (None, True, ())
    assert report.note.en.startswith("There is no Java on this machine")
    assert "default-jre-headless" in report.note.de
    assert not judge_facts([*OPTENCE, fact("c-optence", "a", "Device")]).good


def test_the_reasoner_is_stopped_when_its_time_is_up() -> None:
    started = time.monotonic()
    report = judge_facts(OPTENCE, 0.2)
    assert time.monotonic() - started < 10
    assert report.consistent is None
    assert "stopped after 0 seconds" in report.note.en


def test_a_reasoner_that_fails_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_facts: object, _seconds: float) -> hermit.Verdict:
        raise hermit.HermitError("unsupported datatype")

    monkeypatch.setattr("graph.checking.logic.judge", fails)
    assert judge_facts(OPTENCE).note.en == "HermiT could not read the data: unsupported datatype"


def test_clusters_are_different_and_names_are_left_out_of_the_copy() -> None:
    both = [*OPTENCE, *named("c-b", "Cluster", "B"), *named("c-c", "Cluster", "C")]
    copy = list(hermit.derived_copy(both))
    subjects = {f.subject for f in copy if f.predicate.value == TYPE and "AllDifferent" in str(f)}
    assert len(subjects) == 2  # business functions, and our clusters
    assert not [f for f in copy if isinstance(f.object, Literal) and f.object.value == "Optence"]
