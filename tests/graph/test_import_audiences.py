"""Lists for few: who reads them, what is matched, and that no plan tells of hidden things."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad

from graph import (
    ANONYMOUS,
    Change,
    Knowledge,
    KnowledgeError,
    ListInfo,
    Plan,
    Viewer,
    called,
    commit_plan,
    import_table,
    make_plan,
    networks_of,
    read_table,
    readable,
)
from ontology import CR
from tests.graph.saying import ADDRESSES, TEST, adding, row, thing
from tests.graph.test_import_lookups import held, known
from tests.graph.test_knowledge_reading import SLUGS, SOURCES, VIEWERS, parts, small_world

THEN = datetime(2026, 5, 1, tzinfo=UTC)
MANAGER = Viewer("m", frozenset({"network:cluster/optence", "group:x"}))
OPTENCE = ListInfo("organisation", "members", owner="cluster/optence")
CLOSED = replace(OPTENCE, audience="network:cluster/optence")


@pytest.fixture
def knowledge() -> Iterator[Knowledge]:
    with Knowledge.open() as opened:
        yield opened


def plan(knowledge: Knowledge, text: str, info: ListInfo, viewer: Viewer = MANAGER) -> Plan:
    return make_plan(knowledge, read_table(text.encode(), "l.csv"), info, viewer=viewer, time=THEN)


def bring(knowledge: Knowledge, text: str, info: ListInfo, viewer: Viewer = MANAGER) -> Plan:
    made = plan(knowledge, text, info, viewer)
    commit_plan(knowledge, made, "l.csv", allow_gone=True)
    return made


def slugs(knowledge: Knowledge, viewer: Viewer, kind: str = "organisation") -> list[str]:
    return [found.slug for found in knowledge.view(viewer).things(kind)]


def test_a_closed_list_is_read_by_its_audience_only(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name,city\nada,Ada,Wetzlar\n", CLOSED)
    assert slugs(knowledge, MANAGER) == ["ada"]
    assert slugs(knowledge, MANAGER, "source") == ["members@cluster:optence"]
    assert list(knowledge.view().triples()) == []
    assert list(knowledge.view(Viewer("s", frozenset({"group:x"}))).triples()) == []


def test_the_audience_is_remembered_and_can_be_changed(knowledge: Knowledge) -> None:
    text = "id,name,city\nada,Ada,Wetzlar\n"
    bring(knowledge, text, CLOSED)
    again = plan(knowledge, text, OPTENCE)
    assert again.is_empty
    assert again.info.audience == CLOSED.audience
    opened = bring(knowledge, text, replace(OPTENCE, audience="public"))
    assert opened.counts["new"] == 0
    assert slugs(knowledge, ANONYMOUS) == ["ada"]
    assert slugs(knowledge, ANONYMOUS, "place") == ["city-wetzlar"]
    bring(knowledge, text, CLOSED)
    assert list(knowledge.view().triples()) == []
    assert slugs(knowledge, MANAGER) == ["ada"]


def test_nobody_brings_a_list_for_others(knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError):
        plan(knowledge, "id,name\nada,Ada\n", replace(OPTENCE, audience="group:secret"))
    with pytest.raises(KnowledgeError):
        plan(knowledge, "id,name\nada,Ada\n", CLOSED, ANONYMOUS)


@pytest.mark.parametrize("name", ["edits", "members@cluster:other", "Members"])
def test_no_list_takes_a_name_that_is_not_its_owners(knowledge: Knowledge, name: str) -> None:
    with pytest.raises(KnowledgeError):
        plan(knowledge, "id,name\nada,Ada\n", ListInfo("organisation", name))


def test_two_owners_have_a_list_of_the_same_name_and_nobody_learns_of_it(
    knowledge: Knowledge,
) -> None:
    other = Viewer("o", frozenset({"network:cluster/other"}))
    theirs = ListInfo("organisation", "members", owner="cluster/other")
    alone = plan(knowledge, "id,name\nada,Ada\n", theirs, other)
    bring(knowledge, "id,name\nada,Ada GmbH\nbob,Bob\n", CLOSED)
    bring(knowledge, "id,name\nx,X\n", ListInfo("organisation", "members"), ANONYMOUS)
    after = plan(knowledge, "id,name\nada,Ada\n", theirs, other)
    assert after == alone
    commit_plan(knowledge, after, "l.csv")
    names = [source.name for source in knowledge.sources()]
    assert names == ["members", "members@cluster:optence", "members@cluster:other"]
    assert {called(name) for name in names} == {"members"}
    assert {source.label for source in knowledge.sources()} == {"members"}


def test_a_hidden_list_of_the_same_name_is_not_there(knowledge: Knowledge) -> None:
    stranger = Viewer("s")
    operators = ListInfo("organisation", "members", audience="group:x")
    alone = plan(knowledge, "id,name\nada,Ada\n", replace(operators, audience=""), stranger)
    bring(knowledge, "id,name\nada,Ada GmbH\nbob,Bob\n", operators)
    assert plan(knowledge, "id,name\nada,Ada\n", replace(operators, audience=""), stranger) == alone


def test_a_public_list_is_matched_with_what_everybody_reads(knowledge: Knowledge) -> None:
    hidden = row("inner", "ada", "organisation", "Ada GmbH", audience="group:x", slug="ada-hidden")
    knowledge.commit(adding(hidden), TEST)
    made = plan(knowledge, "id,name\n1,Ada GmbH\n", replace(OPTENCE, audience="public"))
    assert (made.counts["merged"], made.counts["new"]) == (0, 1)
    assert "ada-hidden" not in str(made.change)
    inner = replace(OPTENCE, audience="group:x")
    assert plan(knowledge, "id,name\n1,Ada GmbH\n", inner).counts["merged"] == 1


def test_a_new_thing_of_a_closed_list_takes_no_plain_address(knowledge: Knowledge) -> None:
    bring(knowledge, "name\nAda GmbH\n", CLOSED)
    (slug,) = slugs(knowledge, MANAGER)
    assert slug.startswith("ada-gmbh-")


def test_words_of_a_closed_list_are_explained_to_its_readers_only(knowledge: Knowledge) -> None:
    knowledge.commit(adding(row("c", "optics", "competence", "Optik")), TEST)
    bring(knowledge, "id,name,competences\nada,Ada,Optik|Laser\n", CLOSED)
    decided = [quad for quad in knowledge.dump() if "/term/" in str(quad)]
    assert decided
    assert not any("public" in str(quad.graph_name) for quad in decided)
    bring(knowledge, "id,label_de\nlaser,Laser\n", replace(CLOSED, kind="competence", source="c"))
    ada = thing("organisation", "ada").value
    read = knowledge.view(MANAGER).statements(ada, CR + "hasCompetence", inferred=False)
    assert {s.object.value.rpartition("/")[2] for s in read} == {"optics", "laser"}


def test_a_row_may_leave_out_what_others_say_only_where_they_say_it_to_its_readers(
    knowledge: Knowledge,
) -> None:
    knowledge.commit(
        adding(row("list", "ada", "cluster"), row("inner", "bob", "cluster", audience="group:x")),
        TEST,
    )
    text = "id,website\nada,https://a.example\nbob,https://b.example\n"
    public = plan(knowledge, text, ListInfo("cluster", "more"), MANAGER)
    assert (public.counts["merged"], public.counts["refused"]) == (1, 1)
    inner = plan(knowledge, text, ListInfo("cluster", "more", audience="group:x"), MANAGER)
    assert (inner.counts["merged"], inner.counts["refused"]) == (2, 0)


TEXTS = tuple(
    "id,name,member_of,city\n" + rest
    for rest in (
        "a,Eins,vdi|a,Wetzlar\n",
        f"{SLUGS[0]},Zwei,{SLUGS[1]},Wetzlar\n",
        "a,one a,one b,\nb,eins,edits a,Wetzlar\n",
    )
)


@given(
    parts,
    parts,
    st.sampled_from(VIEWERS),
    st.data(),
    st.sampled_from(TEXTS),
    st.sampled_from(["organisation", "cluster"]),
)
def test_a_plan_is_as_on_a_store_of_what_the_importer_reads(
    one: frozenset[Quad],
    other: frozenset[Quad],
    viewer: Viewer,
    data: st.DataObject,
    text: str,
    kind: str,
) -> None:
    audience = data.draw(st.sampled_from(("", *readable(viewer))))
    info = ListInfo(kind, data.draw(st.sampled_from((SOURCES[0], "new"))), audience=audience)
    whole = known(small_world(), one, other)
    only = known(held(whole.dump(), viewer))
    outcomes = []
    for knowledge in (whole, only):
        try:
            outcomes.append(plan(knowledge, text, info, viewer))
        except KnowledgeError as error:
            outcomes.append(error.text("en"))  # type: ignore[arg-type]
    assert outcomes[0] == outcomes[1]


def test_importing_as_before_needs_no_account(knowledge: Knowledge) -> None:
    table = read_table(b"id,name\nada,Ada\n", "l.csv")
    done = import_table(knowledge, table, ListInfo("organisation", "members"))
    assert done.batch is not None
    assert slugs(knowledge, ANONYMOUS) == ["ada"]
    knowledge.commit(Change(remove=done.plan.change.add), TEST)
    assert list(knowledge.view().triples()) == []
    assert ADDRESSES.base == knowledge.addresses.base


def test_members_of_a_section_may_be_listed(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\noptence,Optence\n", ListInfo("cluster", "clusters"), ANONYMOUS)
    text = "id,name,unit_of,member_of\nvakuum,IG Vakuum,optence,\nada,Ada,,IG Vakuum|Optence\n"
    bring(knowledge, text, ListInfo("organisation", "people"), ANONYMOUS)
    ada = thing("organisation", "ada").value
    assert networks_of(knowledge, [ada]) == {
        "network:organisation/vakuum",
        "network:cluster/optence",
    }


def test_the_office_of_a_cluster_may_be_called_like_the_cluster(knowledge: Knowledge) -> None:
    bring(knowledge, "id,name\noptence,Optence\n", ListInfo("cluster", "clusters"), ANONYMOUS)
    text = "id,name,member_of\noptence,Optence,\nada,Ada,Optence\nbob,Bob,optence\n"
    made = bring(knowledge, text, ListInfo("organisation", "people"), ANONYMOUS)
    assert [problem.message.en for problem in made.problems] == []
    members = knowledge.view().statements(predicate=CR + "memberOf", inferred=False)
    assert {statement.object for statement in members} == {thing("cluster", "optence")}
