"""Organisations that may be one: asked, decided by a person, remembered, and taken apart again."""

from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import (
    ANONYMOUS,
    Knowledge,
    KnowledgeError,
    ListInfo,
    commit_plan,
    decide_pair,
    decided_pairs,
    doubtful_pairs,
    make_plan,
    read_table,
    take_back_pair,
)

NOW = datetime(2026, 1, 2, tzinfo=UTC)
HEADER = "name,legal_form,city,website,vat_number,register_number\n"


def bring(knowledge: Knowledge, source: str, *rows: str) -> dict[str, int]:
    text = HEADER + "".join(f"{row}\n" for row in rows)
    plan = make_plan(
        knowledge,
        read_table(text.encode(), f"{source}.csv"),
        ListInfo("organisation", source, complete=False),
    )
    commit_plan(knowledge, plan, source)
    return dict(plan.counts)


def quads(knowledge: Knowledge) -> set[str]:
    return {str(quad) for quad in knowledge.dump()}


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ("Meyer Optik GmbH,,Mainz,,,", "Meyer-Optik,,Mainz,,,", 1),
        ("Meyer Optik GmbH,,Mainz,,,", "Meyer Optik AG,,Mainz,,,", 0),
        ("Meyer Optik GmbH,,Mainz,,,", "Meyer Optik GmbH,,Jena,,,", 0),
        ("Meyer Optik GmbH,,Mainz,m.example,,", "Meyer Optik GmbH,,Jena,www.m.example,,", 1),
        ("Meyer Optik GmbH,,,a.example,,", "Meyer Optik GmbH,,,b.example,,", 0),
        ("Meyer Optik,,Mainz,,DE123456789,", "Optische Werke Meyer,,,,DE 123 456 789,", 1),
        ("Meyer Optik,,Mainz,,DE123456789,", "Meyer Optik,,Mainz,,DE987654321,", 0),
        (
            'Meyer Optik,,,,,"HRB 12, Amtsgericht Mainz"',
            'Meier Optik,,,,,"Amtsgericht Mainz HRB 12"',
            1,
        ),
        ('Meyer Optik,,,,,"HRB 12, Amtsgericht Mainz"', 'Meyer Optik,,,,,"HRB 13, AG Mainz"', 0),
    ],
)
def test_what_is_sure_is_merged_and_what_speaks_against_it_forbids(
    first: str, second: str, merged: int
) -> None:
    with Knowledge.open() as knowledge:
        bring(knowledge, "one", first)
        assert bring(knowledge, "two", second)["merged"] == merged


def test_a_doubt_is_asked_once_decided_and_taken_back() -> None:
    with Knowledge.open() as knowledge:
        bring(knowledge, "one", "Meyer Optik GmbH,,Mainz,,,", "Laser Ost,,Jena,,,")
        bring(knowledge, "two", "Meyer Optik GmbH,,Jena,,,")
        (pair,) = doubtful_pairs(knowledge, ANONYMOUS)
        assert [said.kind for said in pair.vetoes] == ["town"]
        decide = partial(decide_pair, knowledge, account="ada", viewer=ANONYMOUS, now=NOW)
        decide(pair.one, pair.other, "different")
        assert doubtful_pairs(knowledge, ANONYMOUS) == []
        (decided,) = decided_pairs(knowledge, ANONYMOUS)
        assert (decided.name, decided.author) == ("DifferentThings", "ada")
        take_back_pair(knowledge, pair.one, pair.other, viewer=ANONYMOUS)
        assert len(doubtful_pairs(knowledge, ANONYMOUS)) == 1
        with pytest.raises(KnowledgeError):
            take_back_pair(knowledge, pair.one, pair.other, viewer=ANONYMOUS)
        with pytest.raises(KnowledgeError):
            decide(pair.one, pair.one, "same")


@settings(max_examples=8, deadline=None)
@given(st.permutations(["again", "split", "undo"]), st.booleans())
def test_merging_importing_anew_undoing_and_splitting_leaves_no_trace(
    order: list[str], both_ways: bool
) -> None:
    with Knowledge.open() as knowledge:
        bring(knowledge, "one", "Meyer Optik GmbH,,Mainz,,,")
        bring(knowledge, "two", "Meyer Optik GmbH,,Jena,,,", "Laser Ost,,Jena,,,")
        before = quads(knowledge)
        (pair,) = doubtful_pairs(knowledge, ANONYMOUS)
        one, other = (pair.one, pair.other) if both_ways else (pair.other, pair.one)
        decide_pair(knowledge, one, other, "same", account="ada", viewer=ANONYMOUS, now=NOW)
        assert len(knowledge.view().things("organisation")) == 2
        added = None
        for step in order:
            if step == "again":
                bring(knowledge, "two", "Meyer Optik GmbH,,Ulm,,,")
                added = knowledge.batches()[0].number
            elif step == "split":
                take_back_pair(knowledge, one, other, viewer=ANONYMOUS)
        assert added is not None
        knowledge.undo(added)
        assert quads(knowledge) == before
