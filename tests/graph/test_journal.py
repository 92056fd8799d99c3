"""What a crash, a full disk or a damaged folder leaves: a whole state, and a clear sentence."""

import errno
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from graph import Knowledge, KnowledgeError
from graph.knowledge.journal import FolderLog
from graph.store import Difference, EmbeddedStore
from ontology import Bilingual
from tests.graph.saying import TEST, adding, removing, row, thing

FIRST = row("list", "a", "cluster", "A")
SECOND = row("list", "b", "organisation", "B", memberOf=thing("cluster", "a"))
APPLY = EmbeddedStore.apply
STEPS = ("begun", "applied", "finished")


class Crash(BaseException):
    """The process is gone: no code that handles errors sees it."""


def state(folder: Path) -> tuple[set[Quad], int, int]:
    """All quads, the generation and the number of batches of a folder that is opened anew."""
    with Knowledge.open(folder) as knowledge:
        return set(knowledge.dump()), knowledge.generation, len(knowledge.batches())


def crash_at(knowledge: Knowledge, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def reached(_: Knowledge, here: str) -> None:
        if here == step:
            raise Crash

    monkeypatch.setattr(Knowledge, "_reached", reached)
    with pytest.raises(Crash):
        knowledge.commit(adding(SECOND), TEST)
    monkeypatch.undo()
    with pytest.raises(KnowledgeError, match="could not be completed"):
        knowledge.commit(removing(FIRST), TEST)
    knowledge.close()


@pytest.fixture
def after(tmp_path: Path) -> tuple[set[Quad], int, int]:
    """The state after both commits, without any crash."""
    with Knowledge.open(tmp_path / "whole") as knowledge:
        knowledge.commit(adding(FIRST), TEST)
        knowledge.commit(adding(SECOND), TEST)
    return state(tmp_path / "whole")


@pytest.mark.parametrize("step", STEPS)
def test_opening_finishes_what_a_crash_left(
    step: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: tuple[set[Quad], int, int],
) -> None:
    knowledge = Knowledge.open(tmp_path / "data")
    knowledge.commit(adding(FIRST), TEST)
    crash_at(knowledge, step, monkeypatch)
    assert state(tmp_path / "data") == after
    assert not list((tmp_path / "data" / "journal").iterdir())


def test_a_crash_before_the_journal_is_written_leaves_the_state_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge = Knowledge.open(tmp_path)
    knowledge.commit(adding(FIRST), TEST)

    def half_written(path: Path, _: Path) -> None:
        assert path.stat().st_size
        raise Crash

    monkeypatch.setattr(Path, "replace", half_written)
    with pytest.raises(Crash):
        knowledge.commit(adding(SECOND), TEST)
    monkeypatch.undo()
    knowledge.close()
    quads, generation, batches = state(tmp_path)
    assert SECOND.isdisjoint(quads)
    assert quads >= FIRST
    assert (generation, batches) == (1, 1)
    assert not list((tmp_path / "journal").iterdir())


def test_a_crash_while_the_batch_is_kept_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: tuple[set[Quad], int, int]
) -> None:
    knowledge = Knowledge.open(tmp_path / "data")
    knowledge.commit(adding(FIRST), TEST)
    rename = Path.replace

    def not_kept(path: Path, target: Path) -> Path:
        if path.parent.name == "batches":
            raise Crash
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", not_kept)
    with pytest.raises(Crash):
        knowledge.commit(adding(SECOND), TEST)
    monkeypatch.undo()
    knowledge.close()
    assert state(tmp_path / "data") == after


def test_a_crash_while_a_large_difference_is_applied_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: tuple[set[Quad], int, int]
) -> None:
    knowledge = Knowledge.open(tmp_path / "data")
    knowledge.commit(adding(FIRST), TEST)

    def half_applied(store: EmbeddedStore, difference: Difference) -> None:
        store.load(sorted(difference.add, key=str)[: len(difference.add) // 2])
        raise Crash

    monkeypatch.setattr(EmbeddedStore, "apply", half_applied)
    with pytest.raises(Crash):
        knowledge.commit(adding(SECOND), TEST)
    monkeypatch.undo()
    knowledge.close()
    assert state(tmp_path / "data") == after


KILLED = """
import os, signal, sys
from pathlib import Path
from graph import Knowledge
from tests.graph.test_journal import FIRST, SECOND
from tests.graph.saying import TEST, adding

def reached(self, here):
    if here == sys.argv[2] and self.generation == 1:
        os.kill(os.getpid(), signal.SIGKILL)

Knowledge._reached = reached
knowledge = Knowledge.open(Path(sys.argv[1]))
knowledge.commit(adding(FIRST), TEST)
knowledge.commit(adding(SECOND), TEST)
"""


@pytest.mark.parametrize("step", STEPS[:2])
def test_a_killed_process_leaves_a_folder_that_opens(
    step: str, tmp_path: Path, after: tuple[set[Quad], int, int]
) -> None:
    root = str(Path(__file__).parents[2])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "data"), step],
        env=os.environ | {"PYTHONPATH": root},
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    assert state(tmp_path / "data") == after


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def full_at_first() -> Callable[..., None]:
    """A disk that is full once; what is taken back makes room."""
    waiting = [full_disk]

    def write(*args: object) -> None:
        if waiting:
            waiting.pop()(*args)

    return write


def half_full(store: EmbeddedStore, difference: Difference) -> None:
    """Takes part of what is new, as a large difference would; what was there fits."""
    if any(quad in SECOND for quad in difference.add):
        store.load(list(difference.add)[:3])
        full_disk()
    EmbeddedStore.__dict__["load"](store, ())
    store._engine.update(
        "\n;".join(
            f"DELETE DATA {{ GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }} }}"
            for q in difference.remove
        )
    )


@pytest.mark.parametrize(
    ("where", "name", "fault"),
    [
        (FolderLog, "begin", full_disk),
        (EmbeddedStore, "apply", half_full),
        (EmbeddedStore, "flush", full_at_first()),
        (FolderLog, "finish", full_disk),
    ],
)
def test_a_full_disk_changes_nothing_and_is_said(
    where: type,
    name: str,
    fault: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: tuple[set[Quad], int, int],
) -> None:
    with Knowledge.open(tmp_path / "data") as knowledge:
        knowledge.commit(adding(FIRST), TEST)
        before = set(knowledge.dump())
        monkeypatch.setattr(where, name, fault)
        with pytest.raises(KnowledgeError) as caught:
            knowledge.commit(adding(SECOND), TEST)
        assert "disk is full" in caught.value.text("en")
        assert "Platte" in caught.value.text("de")
        assert set(knowledge.dump()) == before
        assert knowledge.generation == 1
        monkeypatch.undo()
        knowledge.commit(adding(SECOND), TEST)
    assert state(tmp_path / "data") == after


def test_a_journal_that_the_disk_did_not_take_is_not_finished_on_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Knowledge.open(tmp_path) as knowledge:
        knowledge.commit(adding(FIRST), TEST)
        before = set(knowledge.dump())
        monkeypatch.setattr("graph.knowledge.recorded.sync_folder", full_disk)
        with pytest.raises(KnowledgeError, match="Nothing was changed"):
            knowledge.commit(adding(SECOND), TEST)
        monkeypatch.undo()
    assert state(tmp_path) == (before, 1, 1)


def test_a_batch_that_is_taken_back_at_the_last_step_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink
    faults = [full_disk]

    def unlink_later(path: Path, missing_ok: bool = False) -> None:
        if path.parent.name == "journal" and faults:
            faults.pop()()
        unlink(path, missing_ok=missing_ok)

    with Knowledge.open(tmp_path) as knowledge:
        knowledge.commit(adding(FIRST), TEST)
        before = set(knowledge.dump())
        monkeypatch.setattr(Path, "unlink", unlink_later)
        with pytest.raises(KnowledgeError, match="Nothing was changed"):
            knowledge.commit(adding(SECOND), TEST)
        assert len(knowledge.batches()) == 1
    monkeypatch.undo()
    assert state(tmp_path) == (before, 1, 1)


@pytest.mark.parametrize("name", ["apply", "flush"])
def test_a_disk_that_takes_nothing_back_is_finished_on_opening(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: tuple[set[Quad], int, int]
) -> None:
    knowledge = Knowledge.open(tmp_path / "data")
    knowledge.commit(adding(FIRST), TEST)
    monkeypatch.setattr(EmbeddedStore, name, full_disk)
    with pytest.raises(KnowledgeError):
        knowledge.commit(adding(SECOND), TEST)
    monkeypatch.undo()
    with pytest.raises(KnowledgeError) as caught:
        knowledge.commit(removing(FIRST), TEST)
    assert "start clusterradar again" in caught.value.text("en")
    knowledge.close()
    assert state(tmp_path / "data") == after


def test_batches_outlive_the_process(tmp_path: Path) -> None:
    with Knowledge.open(tmp_path) as knowledge:
        first = knowledge.commit(adding(FIRST), TEST)
        assert first.time.utcoffset() is not None
        knowledge.commit(adding(SECOND), TEST)
        knowledge.undo(2)
        before = knowledge.batches()
    with Knowledge.open(tmp_path) as again:
        assert again.batches() == before
        assert [batch.about for batch in before][1:] == [TEST, TEST]
        again.undo(3)
        assert set(again.dump()) >= SECOND


def test_one_folder_is_used_by_one_clusterradar(tmp_path: Path) -> None:
    with Knowledge.open(tmp_path):
        with pytest.raises(KnowledgeError) as here:
            Knowledge.open(tmp_path)
        assert f"Another clusterradar is using {tmp_path}" in here.value.text("en")
        assert "Ein anderes clusterradar" in here.value.text("de")
        opening = f"from graph import Knowledge; Knowledge.open({str(tmp_path)!r})"
        other = subprocess.run(
            [sys.executable, "-c", opening],
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "KnowledgeError: Another clusterradar is using" in other.stderr
    Knowledge.open(tmp_path).close()


def test_a_folder_keeps_its_base(tmp_path: Path) -> None:
    base = "https://radar.example.org/"
    Knowledge.open(tmp_path, base=base).close()
    with Knowledge.open(tmp_path) as knowledge:
        assert knowledge.addresses.base == base
    with pytest.raises(KnowledgeError) as caught:
        Knowledge.open(tmp_path, base="https://other.example.org/")
    assert base in caught.value.text("en")
    Knowledge.open(tmp_path, base=base).close()


@pytest.mark.parametrize("fault", [KnowledgeError(Bilingual("No.", "Nein.")), OSError("no")])
def test_a_folder_that_could_not_be_opened_can_be_opened_later(
    fault: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rebuild(_: Knowledge) -> None:
        raise fault

    monkeypatch.setattr(Knowledge, "rebuild", rebuild)
    with pytest.raises(KnowledgeError) as caught:
        Knowledge.open(tmp_path)
    monkeypatch.undo()
    Knowledge.open(tmp_path).close()
    assert caught.value.message.en


@pytest.mark.parametrize("base", ["https://radar.example.org", "radar/", "/"])
def test_what_is_no_base_is_not_written_down(base: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ends with a slash"):
        Knowledge.open(tmp_path, base=base)
    Knowledge.open(tmp_path, base="https://radar.example.org/").close()


def test_a_folder_may_have_a_colon_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Knowledge.open("radar:2026") as knowledge:
        knowledge.commit(adding(FIRST), TEST)
    assert (tmp_path / "radar:2026" / "store").is_dir()


def test_what_another_ontology_derived_is_derived_anew(tmp_path: Path) -> None:
    with Knowledge.open(tmp_path) as knowledge:
        knowledge.commit(adding(FIRST, SECOND), TEST)
        right = set(knowledge.dump())
        graph = NamedNode(knowledge.addresses.inferred_graph("public"))
        stale = Quad(thing("cluster", "a"), NamedNode("https://example.org/p"), graph, graph)
        knowledge.store.load([stale])
    with Knowledge.open(tmp_path) as same_ontology:
        assert set(same_ontology.dump()) == right | {stale}
    (tmp_path / "derived-by").write_text("another")
    with Knowledge.open(tmp_path) as knowledge:
        assert set(knowledge.dump()) == right
        assert knowledge.batches()[0].about.kind == "rebuild"


def test_a_newer_format_is_not_touched(tmp_path: Path) -> None:
    Knowledge.open(tmp_path).close()
    described = tmp_path / "clusterradar.json"
    described.write_text(json.dumps({"format": 99, "base": "https://example.org/"}))
    with pytest.raises(KnowledgeError) as caught:
        Knowledge.open(tmp_path)
    assert "newer clusterradar" in caught.value.text("en")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": "x", "base": "y"}',
        '{"format": 1, "base": "y"}',
        '{"format": 1, "base": 1}',
    ],
)
def test_a_damaged_description_is_said(text: str, tmp_path: Path) -> None:
    Knowledge.open(tmp_path).close()
    (tmp_path / "clusterradar.json").write_text(text)
    with pytest.raises(KnowledgeError) as caught:
        Knowledge.open(tmp_path)
    assert "damaged" in caught.value.text("en")


def damaged_store(folder: Path) -> None:
    for file in (folder / "store").iterdir():
        if file.name.startswith(("CURRENT", "MANIFEST")):
            file.write_bytes(b"not this")


def lost_store(folder: Path) -> None:
    shutil.rmtree(folder / "store")


def lost_batches(folder: Path) -> None:
    shutil.rmtree(folder / "batches")


def damaged_journal(folder: Path) -> None:
    (folder / "journal" / "000002.nq.gz").write_bytes(b"not this")


def cut_journal(folder: Path) -> None:
    whole = (folder / "batches" / "000001.nq.gz").read_bytes()
    (folder / "journal" / "000002.nq.gz").write_bytes(whole[:-20])


def damaged_batch(folder: Path) -> None:
    (folder / "batches" / "000001.nq.gz").write_bytes(b"not this")


def other_text(folder: Path) -> None:
    (folder / "journal" / "000002.nq.gz").write_bytes(gzip.compress(b'{"sections": [1]}\n<a> <b'))


@pytest.mark.parametrize(
    "harm",
    [
        damaged_store,
        damaged_journal,
        cut_journal,
        other_text,
        damaged_batch,
        lost_store,
        lost_batches,
    ],
)
def test_a_damaged_folder_is_said(harm: Callable[[Path], None], tmp_path: Path) -> None:
    with Knowledge.open(tmp_path) as knowledge:
        knowledge.commit(adding(FIRST), TEST)
    harm(tmp_path)
    for _ in range(2):
        with pytest.raises(KnowledgeError) as caught:
            Knowledge.open(tmp_path)
        assert "damaged" in caught.value.text("en")
        assert "Sicherung" in caught.value.text("de")


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KnowledgeError) as caught:
        Knowledge.open(tmp_path / "file")
    assert "cannot be used" in caught.value.text("en")
