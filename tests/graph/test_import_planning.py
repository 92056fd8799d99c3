"""Planning and committing: new, changed, gone, refused; matching, linking, undo."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import (
    ImportResult,
    Knowledge,
    KnowledgeError,
    ListInfo,
    Plan,
    import_table,
    make_plan,
    read_table,
)
from ontology import CR, KINDS, SKOS, checks


@pytest.fixture
def knowledge() -> Knowledge:
    return Knowledge.open()


def bring(
    knowledge: Knowledge,
    text: str,
    kind: str = "organisation",
    *,
    allow_gone: bool = False,
    **info: Any,
) -> ImportResult:
    table = read_table(text.encode(), "list.csv")
    named = ListInfo(kind=kind, **{"source": f"{kind}s", **info})
    return import_table(knowledge, table, named, allow_gone=allow_gone)


def told(plan: Plan) -> dict[str, int]:
    return {name: count for name, count in plan.counts.items() if count and name != "rows"}


def said(knowledge: Knowledge, kind: str, slug: str, prop: str) -> set[str]:
    """What is asserted of a thing: literals, and slugs of things."""
    found = knowledge.view().statements(
        knowledge.addresses.thing(kind, slug), CR + prop, inferred=False
    )
    values = (statement.object.value for statement in found)
    return {(knowledge.addresses.parse(value) or ("", value))[1] for value in values}


def test_new_changed_unchanged_gone_and_refused(knowledge: Knowledge) -> None:
    first = bring(knowledge, "id,name,employees\n" + "".join(f"o{n},O{n},{n}\n" for n in range(20)))
    assert told(first.plan) == {"new": 20}
    rows = ["o0,O0,0", "o1,O1,99", "o2,O2,many", *(f"o{n},O{n},{n}" for n in range(3, 19)), "p,P,1"]
    second = bring(knowledge, "id,name,employees\n" + "\n".join(rows) + "\n").plan
    assert told(second) == {"new": 1, "changed": 1, "unchanged": 17, "gone": 1, "refused": 1}
    (changed,) = second.rows_of("changed")
    assert changed.number == 3
    (detail,) = changed.details
    assert (detail.property, detail.old, detail.new) == (CR + "employeeCount", ("1",), ("99",))
    assert detail.label("de") != detail.label("en")
    assert [row.name for row in second.rows_of("gone")] == ["O19"]
    assert said(knowledge, "organisation", "o2", "employeeCount") == {"2"}, "refused rows stay"
    assert knowledge.view().find("organisation", "o19") is None


def test_nothing_new_commits_nothing(knowledge: Knowledge) -> None:
    text = "id,name,country,city\na,A,DE,Kassel\n"
    assert bring(knowledge, text).batch is not None
    again = bring(knowledge, text)
    assert again.batch is None
    assert again.plan.is_empty
    assert len(knowledge.batches()) == 1


def test_many_rows_go_only_with_consent(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\na,A\nb,B\nc,C\n")
    with pytest.raises(KnowledgeError, match=r"2 rows of “organisations”.*--allow-gone"):
        bring(knowledge, "id,name\na,A\n")
    assert len(knowledge.view().things("organisation")) == 3
    assert told(bring(knowledge, "id,name\na,A\n", allow_gone=True).plan) == {
        "unchanged": 1,
        "gone": 2,
    }


def test_a_partial_list_only_adds_and_changes_and_is_remembered(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name,city,country\na,A,Kassel,DE\nb,B,Jena,DE\n", complete=False)
    again = bring(knowledge, "id,name,city,country\nb,B2,Jena,DE\n").plan
    assert told(again) == {"changed": 1}
    assert knowledge.view().find("organisation", "a")
    assert said(knowledge, "organisation", "a", "locatedIn") == {"country-de", "city-de-kassel"}
    assert (
        bring(knowledge, "id,name\na,A\n", complete=True, allow_gone=True).plan.counts["gone"] == 1
    )


def test_a_refused_row_that_has_no_name_saves_all_others(knowledge: Knowledge) -> None:
    """Nobody knows which row it was, so none may be taken for gone."""
    bring(knowledge, "name,employees\nA,1\nB,2\n")
    plan = bring(knowledge, "name,employees\nA,1\n,2\n").plan
    assert told(plan) == {"unchanged": 1, "refused": 1}
    assert len(knowledge.view().things("organisation")) == 2


def test_a_thing_may_come_from_two_lists_by_id(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\nphotonics,Photonics Section\n")
    bring(knowledge, "id,name\nswissmem,Swissmem\n", "cluster")
    units = bring(knowledge, "id,unit_of\nphotonics,swissmem\n", source="units")
    assert told(units.plan) == {"new": 1, "merged": 1}
    assert said(knowledge, "organisation", "photonics", "unitOf") == {"swissmem"}
    types = knowledge.view().statements(knowledge.addresses.thing("organisation", "photonics"))
    assert CR + "Unit" in {statement.object.value for statement in types}


def test_a_new_thing_needs_its_required_columns(knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError, match="lacks columns that every new row needs: name"):
        bring(knowledge, "id,unit_of\nphotonics,swissmem\n")


def test_the_same_name_is_the_same_organisation(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name,website\noptik-ag,Müller Optik AG,www.mueller.example\n")
    for source, row in (("b", "MUELLER OPTIK;mueller.example/start"), ("c", "müller  optik ag;")):
        plan = bring(knowledge, f"name;Webseite\n{row}\n", source=source).plan
        assert told(plan) == {"new": 1, "merged": 1}
    assert [t.slug for t in knowledge.view().things("organisation")] == ["optik-ag"]


@pytest.mark.parametrize("row", ["Müller Optik GmbH;", "Müller Optik AG;www.other.example"])
def test_legal_form_and_web_domain_have_a_veto(knowledge: Knowledge, row: str) -> None:
    bring(knowledge, "id,name,website\nmueller,Müller Optik AG,www.mueller.example\n")
    plan = bring(knowledge, f"name;Webseite\n{row}\n", source="b").plan
    assert told(plan) == {"new": 1, "doubtful": 1}
    assert "write mueller in the column “id”" in plan.problems[0].message.en
    assert len(knowledge.view().things("organisation")) == 2


def test_rows_of_one_list_are_never_merged_with_each_other(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\na,Same\nb,Same\n")
    assert {thing.slug for thing in knowledge.view().things("organisation")} == {"a", "b"}


def test_running_numbers_name_rows_in_their_own_list_only(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\n1,Alpha\n")
    bring(knowledge, "id,name\n1,Beta\n", source="b")
    assert {thing.slug for thing in knowledge.view().things("organisation")} == {"alpha", "beta"}


def test_a_slug_that_is_taken_gets_a_hash_of_the_key(knowledge: Knowledge) -> None:
    bring(knowledge, "id,title\nalpha,Alpha\n", "project")
    bring(knowledge, "title\nAlpha\n", "project", source="b")
    slugs = [thing.slug for thing in knowledge.view().things("project")]
    assert slugs[0] == "alpha"
    assert slugs[1].startswith("alpha-")
    assert len(slugs[1]) == len("alpha-") + 6


def test_words_that_mean_nothing_yet_are_linked_later_across_cycles(knowledge: Knowledge) -> None:
    first = bring(knowledge, "id,name,related_projects\na,A,p | Project Q\n").plan
    assert [problem.value for problem in first.problems] == ["p", "Project Q"]
    assert all(not problem.refuses for problem in first.problems)
    assert len(knowledge.unresolved()) == 2
    bring(knowledge, "id,title,other_partners\np,P,a\nq,Project Q,a\n", "project")
    assert knowledge.unresolved() == []
    assert said(knowledge, "organisation", "a", "involvedIn") == {"p", "q"}
    assert said(knowledge, "project", "p", "hasPartner") == {"a"}


def test_labels_other_labels_and_folded_labels_link(knowledge: Knowledge) -> None:
    bring(
        knowledge,
        "id,label_de,label_en,kind,alt_labels_de\n"
        "laser-medicine,Laser in der Medizin,Laser medicine,technology,Lasermedizin\n",
        "topic",
    )
    for word in ("laser-medicine", "Laser medicine", "LASERMEDIZIN", "laser in der Medizin"):
        bring(knowledge, f"id,name,interests\na,A,{word}\n")
        assert said(knowledge, "organisation", "a", "interestedIn") == {"laser-medicine"}, word


def test_a_word_of_two_meanings_is_left_open(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\nx,Twin\ny,Twin\n", "cluster")
    plan = bring(knowledge, "id,name,member_of\na,A,Twin\n").plan
    assert "2 things are called this" in plan.problems[0].message.en
    assert plan.problems[0].column == "member_of"
    assert said(knowledge, "organisation", "a", "memberOf") == set()


THESAURUS = (
    "id,label_de,label_en,kind,broader\n"
    "engineering,E,E,sector,\nautomation,A,A,competence,engineering\nrobots,R,R,competence,automation\n"
)


@pytest.mark.parametrize("thesaurus_first", [True, False])
def test_what_a_word_means_decides_the_property(
    knowledge: Knowledge, *, thesaurus_first: bool
) -> None:
    lists = [("topic", THESAURUS), ("cluster", "id,name,fields\nc,C,automation | engineering\n")]
    for kind, text in lists if thesaurus_first else reversed(lists):
        bring(knowledge, text, kind)
    assert said(knowledge, "cluster", "c", "hasCompetence") == {"automation"}
    assert said(knowledge, "cluster", "c", "activeIn") == {"engineering"}
    view, iri = knowledge.view(), knowledge.addresses.thing
    pairs = {
        (s.predicate.removeprefix(SKOS), s.object.value)
        for slug in ("automation", "robots")
        for s in view.statements(iri("competence", slug), inferred=False)
        if "road" in s.predicate
    }
    assert pairs == {
        ("broadMatch", iri("sector", "engineering")),
        ("broader", iri("competence", "automation")),
    }


def test_places_are_shared_by_sources_and_lie_in_each_other(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name,country,region,city\na,A,DE,Bayern,Augsburg\nb,B,DE | AT,Bayern,\n")
    bring(knowledge, "id,name,country,city\nc,C,Deutschland,Augsburg\n", "cluster")
    assert {t.slug for t in knowledge.view().things("place")} == {
        "country-de",
        "country-at",
        "region-de-bayern",
        "city-de-augsburg",
    }
    assert said(knowledge, "place", "region-de-bayern", "partOf") == {"country-de"}
    assert said(knowledge, "place", "city-de-augsburg", "partOf") == {
        "region-de-bayern",
        "country-de",
    }
    country = knowledge.view().find("place", "country-de")
    assert country is not None
    assert (country.label("de"), country.label("en")) == ("Deutschland", "Germany")


def test_constants_of_a_list_and_a_row_that_says_otherwise(knowledge: Knowledge) -> None:
    bring(
        knowledge,
        "id,name,as_of,invented\na,A,,\nb,B,2020,true\n",
        as_of="2016",
        status="historical",
    )
    found = {thing.slug: thing for thing in knowledge.view().things("organisation")}
    assert (found["a"].as_of, found["a"].historical, found["a"].invented) == ("2016", True, False)
    assert (found["b"].as_of, found["b"].invented) == ("2020", True)
    (source,) = knowledge.sources()
    assert (source.as_of, source.kind, source.complete) == ("2016", "organisation", True)


def test_what_was_told_of_a_list_is_remembered(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\na,A\n", as_of="2016", label="Members", owner="Optence")
    bring(knowledge, "id,name\na,A\nb,B\n")
    (source,) = knowledge.sources()
    assert (source.as_of, source.label, source.owner) == ("2016", "Members", "Optence")
    assert {thing.as_of for thing in knowledge.view().things("organisation")} == {"2016"}


@pytest.mark.parametrize(
    ("info", "message"),
    [
        ({"source": "My List"}, "cannot be the name of a source"),
        ({"source": "../x"}, "cannot be the name of a source"),
        ({"as_of": "yesterday"}, "is not a date"),
        ({"kind": "person"}, "holds rows of the kind organisation, not person"),
    ],
)
def test_what_is_wrong_with_the_list_as_a_whole(
    knowledge: Knowledge, info: dict[str, str], message: str
) -> None:
    bring(knowledge, "id,name\na,A\n")
    named = {"kind": "organisation", "source": "organisations", **info}
    with pytest.raises(KnowledgeError, match=message):
        make_plan(knowledge, read_table(b"id,name\na,A\n"), ListInfo(**named))  # type: ignore[arg-type]


def test_figures_get_names_in_both_languages(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\noptence,Optence\n", "cluster")
    bring(
        knowledge,
        "subject,measure,value,unit,note\noptence,members,1250,companies,about\n",
        "figure",
    )
    (figure,) = knowledge.view().things("figure")
    assert figure.label("en") == "Members (Optence): about 1,250 companies"
    assert figure.label("de") == "Mitglieder (Optence): rund 1.250 Unternehmen"
    assert said(knowledge, "figure", figure.slug, "figureOf") == {"optence"}


COLUMNS = {
    kind: [column for check in checks(kind).properties for column in check.columns]
    for kind in KINDS
    if kind != "source"
}
NASTY = st.one_of(
    st.sampled_from(
        ["", "<b>", "a/b?c#d", "../..", "%2F", "«»", "東京", "-", "a | b", "2015", "DE"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"'), max_size=10),
)


@given(st.sampled_from(sorted(COLUMNS)), st.data())
def test_whatever_cells_hold_is_taken_over_or_refused(kind: str, data: st.DataObject) -> None:
    """Never a traceback; and what was committed is found unchanged the next time."""
    knowledge = Knowledge.open()
    header = ["id", *data.draw(st.lists(st.sampled_from(COLUMNS[kind]), unique=True, max_size=5))]
    rows = data.draw(st.lists(st.tuples(*[NASTY] * len(header)), min_size=1, max_size=4))
    text = "\n".join(";".join(f'"{cell}"' for cell in row) for row in (header, *rows))
    try:
        done = bring(knowledge, text, kind)
    except KnowledgeError as error:
        assert error.text("de")
        return
    assert bring(knowledge, text, kind).batch is None
    things = {thing.slug for thing in knowledge.view().things() if thing.kind != "source"}
    taken = done.plan.counts["rows"] - done.plan.counts["refused"]
    assert len([key for key in knowledge.rows(f"{kind}s") if not key.startswith("place:")]) == taken
    assert len(things) >= taken
    knowledge.rebuild()
    assert knowledge.batches()[0].about.kind != "rebuild"


NAMES = st.sampled_from(["Alpha", "Beta AG", "Beta GmbH", "Größe", "x|y", "-"])
ROWS = st.dictionaries(
    st.sampled_from(["a", "b", "c", "7"]),
    st.tuples(
        NAMES, st.sampled_from(["", "DE", "XX", "CH | AT"]), st.sampled_from(["", "c1", "zz | a"])
    ),
    min_size=1,
    max_size=4,
)


@given(
    st.lists(st.tuples(st.sampled_from(["s", "t"]), ROWS, st.booleans()), min_size=1, max_size=4)
)
def test_any_history_can_be_undone_step_by_step(
    history: list[tuple[str, dict[str, tuple[str, str, str]], bool]],
) -> None:
    """Importing is repeatable (the same list twice changes nothing), and undo is exact."""
    knowledge = Knowledge.open()
    states = [set(knowledge.dump())]
    numbers = []
    for source, rows, complete in history:
        lines = [f"{key};{';'.join(cells)}" for key, cells in rows.items()]
        text = "\n".join(["id;name;country;member_of", *lines, ""])
        options: dict[str, Any] = {"source": source, "complete": complete, "allow_gone": True}
        done = bring(knowledge, text, **options)
        if done.batch is None:
            continue
        numbers.append(done.batch.number)
        states.append(set(knowledge.dump()))
        assert bring(knowledge, text, **options).batch is None
    knowledge.rebuild()
    assert set(knowledge.dump()) == states[-1], "incremental is from scratch"
    for number in reversed(numbers):
        assert set(knowledge.dump()) == states.pop()
        knowledge.undo(number)
    assert set(knowledge.dump()) == states.pop()
