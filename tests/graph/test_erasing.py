"""What is erased is nowhere any more, all else is as it was, and nothing brings it back."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from graph import (
    About,
    Change,
    Knowledge,
    KnowledgeError,
    ListInfo,
    Plan,
    Readers,
    SearchService,
    Viewer,
    decisions,
    erase,
    finish_erasing,
    known_about,
    make_plan,
    read_table,
)
from graph.erasing.wanted import GAP, Wanted, same_name
from graph.store import EmbeddedStore
from ontology import CR, DCT
from tests.graph.saying import ADDRESSES, TEST, adding, day, row, said, thing

MARA = ADDRESSES.thing("person", "mara-lindqvist")
OPTENCE = row("list", "optence", "organisation", "Optence e. V.")
OTHERS = OPTENCE | row(
    "list", "jo", "person", "Jo Abendroth", worksFor=thing("organisation", "optence")
)
HERS = row(
    "list",
    "mara-lindqvist",
    "person",
    "Dr. Mara Lindqvist",
    worksFor=thing("organisation", "optence"),
)
AGAIN = row("guests", "g-7", "person", "Mara Lindqvist", slug="lindqvist-m", time=day(1))
SAME = decisions.same(
    ADDRESSES, MARA, ADDRESSES.thing("person", "lindqvist-m"), "account-of-jo", day(1)
)
WORD = NamedNode(ADDRESSES.term("papers", "person", "Lindqvist, Mara"))
WORD_MEANS = decisions.term_means(ADDRESSES, WORD.value, MARA, "rule:label", day(1))
UNKNOWN_WORD = NamedNode(ADDRESSES.term("papers", "person", "M. Muster"))
PAPER = row("papers", "p", "publication", "On light", hasAuthor=UNKNOWN_WORD)
HER_PAPER = said("papers", "p", [(CR + "hasAuthor", WORD)]) | WORD_MEANS
NOTE = said(
    "list", "optence", [(DCT + "description", Literal("Ask Mara Lindqvist.", language="en"))]
)
NOTE_LEFT = said("list", "optence", [(DCT + "description", Literal(f"Ask {GAP}.", language="en"))])
SECRET = row(
    "closed", "x", "person", "Mara Q. Lindqvist", audience="group:optics", slug="mara-lindqvist"
)
OWN = said("edits", "optence", [(CR + "role", Literal("to call back"))], "person:0123456789abcdef")


def told(knowledge: Knowledge) -> Knowledge:
    """A knowledge in which a person is spoken of in every way."""
    knowledge.commit(adding(OTHERS, PAPER, HERS), TEST)
    knowledge.commit(
        adding(AGAIN, SAME, HER_PAPER), About("import", "guests", "Mara Lindqvist.csv")
    )
    knowledge.commit(adding(NOTE, SECRET, OWN), TEST)
    return knowledge


def erased(knowledge: Knowledge) -> Knowledge:
    erase(knowledge, [MARA], accounts=["0123456789abcdef"])
    return knowledge


@pytest.fixture(scope="module")
def never() -> set[Quad]:
    """The same knowledge that never held the person, but the gap in a text of others."""
    with Knowledge.open() as knowledge:
        knowledge.commit(adding(OTHERS, PAPER, NOTE_LEFT), TEST)
        return set(knowledge.dump())


def holding(folder: Path, text: str) -> list[Path]:
    """The files of a folder that hold a text, packed ones unpacked; case makes no difference."""
    wanted = text.lower().encode()
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        if wanted in content.lower():
            found.append(path.relative_to(folder))
    return found


def test_no_file_holds_what_was_erased(tmp_path: Path, never: set[Quad]) -> None:
    with told(Knowledge.open(tmp_path)) as knowledge:
        knowledge.release(knowledge.checkpoint())
        (place := tmp_path / "checkpoints").is_dir()
        searched = {path.parts[0] for path in holding(tmp_path, "lindqvist")}
        assert {"store", "batches", "checkpoints"} <= searched, "or the search finds nothing"
        erased(knowledge)
        assert holding(tmp_path, "lindqvist") == []
        assert not place.exists()
        assert set(knowledge.dump()) == never
    for text in ("lindqvist", "0123456789abcdef", "g-7", "to call back"):
        assert holding(tmp_path, text) == []
    with Knowledge.open(tmp_path) as knowledge:
        assert set(knowledge.dump()) == never
        knowledge.rebuild()
        assert knowledge.batches()[0].about.kind == "erasure"
    assert holding(tmp_path, "lindqvist") == []


def test_in_memory_it_is_the_same(never: set[Quad]) -> None:
    knowledge = told(Knowledge.open())
    result = erase(knowledge, [MARA], accounts=["0123456789abcdef"])
    assert set(knowledge.dump()) == never
    assert MARA in result.things and result.texts == 1 and result.batches == 3
    assert not result.shared and not result.left


def test_who_reads_on_reads_what_is_left() -> None:
    knowledge = told(Knowledge.open())
    search, readers = SearchService(knowledge), Readers(knowledge)
    insider = Viewer("0123456789abcdef", frozenset({"group:optics"}))
    asked = "ASK { ?who <http://www.w3.org/2000/01/rdf-schema#label> 'Dr. Mara Lindqvist' }"
    try:
        assert search.search("Lindqvist", viewer=insider).hits
        assert b"true" in readers.answer(asked).body
        view = knowledge.view(insider)
        assert view.thing(MARA)
        erased(knowledge)
        assert not search.search("Lindqvist", viewer=insider).hits
        assert b"false" in readers.answer(asked).body
        assert knowledge.view(insider).thing(MARA) is None
        assert search.search("Jo Abendroth").hits
    finally:
        readers.close()


class Crash(BaseException):
    """The process is gone: no code that handles errors sees it."""


@pytest.mark.parametrize("step", ["store written", "all written", "turned", "swept"])
def test_the_next_start_finishes_what_a_crash_left(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, never: set[Quad]
) -> None:
    def reached(_: Knowledge, here: str) -> None:
        if here == step:
            raise Crash

    knowledge = told(Knowledge.open(tmp_path))
    monkeypatch.setattr(Knowledge, "_reached", reached)
    with pytest.raises(Crash):
        erased(knowledge)
    monkeypatch.undo()
    copied = shutil.copytree(tmp_path, tmp_path.with_name(tmp_path.name + "-after"))
    knowledge.close()
    with Knowledge.open(copied) as reopened:
        assert set(reopened.dump()) == never
        accounts: list[tuple[str, ...]] = []
        done = finish_erasing(reopened, lambda erasing: accounts.append(erasing.accounts))
        assert done and MARA in done.things
        assert accounts == [("0123456789abcdef",)]
        assert finish_erasing(reopened) is None
        assert [batch.about.kind for batch in reopened.batches()].count("erasure") == 1
    for text in ("lindqvist", "0123456789abcdef"):
        assert holding(copied, text) == []


def test_what_is_erased_elsewhere_is_finished_too(tmp_path: Path) -> None:
    def crash(_: object) -> None:
        raise Crash

    knowledge = told(Knowledge.open(tmp_path))
    with pytest.raises(Crash):
        erase(knowledge, [MARA], texts=["mara@example.org"], elsewhere=crash)
    knowledge.close()
    with Knowledge.open(tmp_path) as reopened:
        done = finish_erasing(reopened)
    assert done is not None
    assert done.wanted.found_in("mara@example.org") and done.wanted.found_in("mara-lindqvist")
    assert holding(tmp_path, "lindqvist") == []


def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with told(Knowledge.open(tmp_path)) as knowledge:
        before = set(knowledge.dump())
        monkeypatch.setattr(EmbeddedStore, "load", full)
        with pytest.raises(KnowledgeError, match="the disk is full"):
            erased(knowledge)
        monkeypatch.undo()
        assert set(knowledge.dump()) == before
        assert not list(tmp_path.glob("*-1")) and not (tmp_path / "erasing.json").exists()
        knowledge.commit(adding(row("list", "new", "cluster", "New")), TEST)
    with Knowledge.open(tmp_path) as reopened:
        assert reopened.view().thing(MARA) is not None


def test_no_undo_brings_it_back(tmp_path: Path) -> None:
    with told(Knowledge.open(tmp_path)) as knowledge:
        knowledge.commit(Change(remove=HERS), TEST)
        erased(knowledge)
        latest, gone, third, second, first = knowledge.batches()
        assert latest.about.counts["texts"] == 1
        assert [one.erased > 0 for one in (gone, third, second, first)] == [True] * 4
        with pytest.raises(KnowledgeError, match="erased data for good"):
            knowledge.undo(latest.number)
        with pytest.raises(KnowledgeError, match="nothing to bring back"):
            knowledge.undo(gone.number)
        assert "Mara" not in second.about.title
        undone = knowledge.undo(third.number)
        assert undone.removed == 1, "the text of others goes, with the gap in it"
        knowledge.undo(undone.number)
        assert holding(tmp_path, "lindqvist") == []


def test_a_batch_that_is_too_old_is_not_undone(tmp_path: Path) -> None:
    with told(Knowledge.open(tmp_path)) as knowledge:
        before = set(knowledge.dump())
        knowledge.forget(3)
        assert holding(tmp_path / "batches", "to call back") == []
    with Knowledge.open(tmp_path) as knowledge:
        assert [batch.kept for batch in knowledge.batches()] == [False, True, True]
        assert set(knowledge.dump()) == before
        with pytest.raises(KnowledgeError, match="no longer kept"):
            knowledge.undo(3)


def test_namesakes_keep_their_name(tmp_path: Path) -> None:
    other = row("list", "other", "person", "Mara Lindqvist")
    with told(Knowledge.open(tmp_path)) as knowledge:
        knowledge.commit(adding(other), TEST)
        result = erase(knowledge, [MARA])
        assert result.shared == ("Dr. Mara Lindqvist", "Mara Lindqvist")
        assert other <= set(knowledge.dump()), "the other person stays"
        assert set(knowledge.dump()) >= NOTE, "nobody knows whom a text means"
        assert knowledge.view().thing(MARA) is None


def test_what_else_has_the_name_in_its_address_is_told() -> None:
    knowledge = told(Knowledge.open())
    knowledge.commit(
        adding(row("list", "mara-lindqvist-seeks-glass", "listing", "Seeks glass")), TEST
    )
    listing = ADDRESSES.thing("listing", "mara-lindqvist-seeks-glass")
    assert erase(knowledge, [MARA]).left == (listing,)
    assert not erase(knowledge, [listing]).left
    assert not [quad for quad in knowledge.dump() if "lindqvist" in str(quad)]


def test_a_row_that_was_wrongly_taken_for_the_person_stays() -> None:
    knowledge = told(Knowledge.open())
    wrong = decisions.row_is(ADDRESSES, ADDRESSES.row("list", "jo"), MARA, "rule:x", day(3))
    knowledge.commit(Change(add=wrong), TEST)
    knowledge.undo(4)
    erased(knowledge)
    assert knowledge.view().thing(ADDRESSES.thing("person", "jo")) is not None


# Importing again


@pytest.fixture(scope="module")
def without_her() -> Iterator[Knowledge]:
    with erased(told(Knowledge.open())) as knowledge:
        yield knowledge


Planning = Callable[..., Plan]


@pytest.fixture
def planned(without_her: Knowledge) -> Planning:
    def plan(text: str, kind: str = "person", source: str = "again") -> Plan:
        table = read_table(text.encode(), "again.csv")
        return make_plan(without_her, table, ListInfo(kind, source))

    return plan


@pytest.mark.parametrize(
    "line",
    [
        "1;Mara Lindqvist;optence",
        "1;Prof. Lindqvist, Mara;Optence e. V.",
        "1;MARA LINDQVIST;",
        "mara-lindqvist;M. L.;",
        "lindqvist-m;M. L.;optence",
    ],
)
def test_an_import_that_would_bring_the_person_back_is_refused(
    planned: Planning, line: str
) -> None:
    plan = planned(f"id;name;works_for\n{line}\njo-2;Jo Abendroth;optence\n")
    (problem,) = [one for one in plan.problems if one.refuses]
    assert "erased and must not come back" in problem.message.en and problem.row == 2
    assert plan.counts["new"] == 1 and plan.counts["refused"] == 1
    assert not [quad for quad in plan.change.add if "lindqvist" in str(quad).lower()]


def test_the_same_row_of_the_same_list_is_refused_whatever_it_says(planned: Planning) -> None:
    plan = planned("id;name;works_for\ng-7;Somebody;\n", source="guests")
    assert plan.counts["refused"] == 1


@pytest.mark.parametrize("line", ["1;Mara Lindqvist;Zeiss", "1;Mara Lind;optence", "g-7;Somebody;"])
def test_others_come_in(planned: Planning, line: str) -> None:
    plan = planned(f"id;name;works_for\n{line}\n")
    assert not [one for one in plan.problems if one.refuses]


def test_a_list_that_names_the_person_elsewhere_is_refused_too(planned: Planning) -> None:
    plan = planned("id;title;authors\n1;Light;Mara Lindqvist | Jo\n2;Dark;Jo\n", "publication")
    (problem,) = [one for one in plan.problems if one.refuses]
    assert problem.row == 2 and problem.value == "Mara Lindqvist"


def test_the_marks_tell_no_name(without_her: Knowledge) -> None:
    assert b"indqvist" not in without_her.erased
    other = erased(told(Knowledge.open()))
    assert not set(without_her.erased.split(b"\n")[3:-3]) & set(other.erased.split(b"\n")[3:-3])


# Texts

NAMES = st.tuples(*[st.text("abcdeäöüßAÉ", min_size=3, max_size=8)] * 2).map(" ".join)


@given(NAMES, st.text("abc äöü,.", max_size=12), st.sampled_from([" ", "-", "  ", "%20", "_"]))
def test_a_name_that_was_taken_out_is_not_found(name: str, around: str, joint: str) -> None:
    wanted = Wanted([name])
    text = f"{around} {name.replace(' ', joint)} {around}"
    assert wanted.found_in(text) or joint == "%20"
    assert not wanted.found_in(wanted.taken_out(text)) or joint == "%20"
    assert same_name(f"Dr. {name}") == same_name(", ".join(reversed(name.split())))


def test_single_words_are_never_taken_out() -> None:
    wanted = Wanted(["Light", "jo@example.org", "Jörg Müller"])
    text = "Light for jo@example.org, not for ajo@example.org; JOERG MUELLER and Jörg-Müller"
    assert wanted.taken_out(text) == f"Light for {GAP}, not for ajo@example.org; {GAP} and {GAP}"


# What is known about somebody


def test_who_asks_is_told_what_is_known_about_them() -> None:
    knowledge = told(Knowledge.open())
    everything = known_about(knowledge, MARA, None)
    assert everything.rows == (("closed", "x"), ("guests", "g-7"), ("list", "mara-lindqvist"))
    assert everything.sources == ("closed", "guests", "list", "papers")
    (paper,) = [one for one in everything.pointing if one.source == "papers"]
    assert paper.statement.subject == ADDRESSES.thing("publication", "p")
    assert {one.name for one in everything.decisions} == {"RowIsThing", "TermMeans", "SameThing"}
    public = known_about(knowledge, MARA, Viewer())
    assert public.sources == ("guests", "list", "papers")
    assert "Q." not in str(public)


def test_where_nothing_is_to_erase_nothing_is_written_anew(tmp_path: Path) -> None:
    with Knowledge.open(tmp_path) as knowledge:
        knowledge.commit(adding(OTHERS), TEST)
        assert erase(knowledge, [], accounts=["0123456789abcdef"]).statements == 0
        assert knowledge.generation == 1 and not list(tmp_path.glob("store-*"))
