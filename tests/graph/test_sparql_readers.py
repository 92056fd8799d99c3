"""Reader processes: what a viewer sees, what limits do, and that nothing is left behind."""

import os
import platform
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from graph import PUBLIC, Checkpoint, Knowledge, QueryError, QueryLimits, Readers, Viewer
from graph.sparql.process import ReaderProcess
from ontology import CR, DCT, RDFS
from tests.graph.small_knowledge import tell

LABEL = RDFS + "label"
MEMBER = Viewer("ada", frozenset({"group:optics"}))
OUTSIDER = Viewer("bob", frozenset({"group:other"}))
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i ?l"
EVERYTHING = "SELECT * { ?s ?p ?o }"

OPEN = {
    f"cluster/c{i}": {LABEL: f"Cluster {i}", CR + "memberOf": "id/cluster/c0"} for i in range(8)
}
SECRET = {
    "topic/secret": {LABEL: "Secret topic"},
    "cluster/c1": {CR + "activeIn": "id/topic/secret", DCT + "description": "told to the group"},
}


@pytest.fixture(scope="module")
def knowledge() -> Iterator[Knowledge]:
    made = Knowledge.open()
    tell(made, OPEN)
    tell(made, SECRET, source="inside", audience="group:optics")
    yield made
    made.close()


@pytest.fixture(scope="module")
def readers(knowledge: Knowledge) -> Iterator[Readers]:
    made = Readers(knowledge, QueryLimits(time_ms=20_000, readers=1))
    yield made
    made.close()


def csv(readers: Readers, query: str, **more: object) -> list[str]:
    answer = readers.answer(query, accept="text/csv, text/turtle", **more)  # type: ignore[arg-type]
    return sorted(answer.body.decode().splitlines())


def code(readers: Readers, query: str) -> str:
    with pytest.raises(QueryError) as refused:
        readers.answer(query)
    return refused.value.code


def test_an_answer_tells_all_about_itself(readers: Readers) -> None:
    answer = readers.answer(f"SELECT ?c {{ ?c <{LABEL}> 'Cluster 3' }}", accept="text/csv")
    assert answer.body.decode().splitlines() == [
        "c",
        "https://w3id.org/clusterradar/id/cluster/c3",
    ]
    assert (answer.media_type, answer.rows, answer.cut, answer.form) == (
        "text/csv",
        1,
        False,
        "SELECT",
    )
    assert 0 <= answer.seconds < 20


def test_relative_iris_are_relative_to_the_base_of_the_data(readers: Readers) -> None:
    assert any("Cluster 3" in line for line in csv(readers, "DESCRIBE <id/cluster/c3>"))
    assert csv(readers, f"SELECT ?n FROM <read/public> {{ <id/cluster/c3> <{LABEL}> ?n }}") == [
        "Cluster 3",
        "n",
    ]


def test_columns_of_star_stand_in_the_order_of_the_query(readers: Readers) -> None:
    answer = readers.answer("SELECT * { ?z ?y ?a }", accept="text/csv")
    assert answer.body.startswith(b"z,y,a\r\n")


QUERIES = [
    EVERYTHING,
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT DISTINCT ?g { GRAPH ?g { } }",
    "SELECT * FROM <read/group:optics> { ?s ?p ?o }",
    "SELECT * FROM NAMED <read/group:optics> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <source/inside/group:optics> { ?s ?p ?o }",
    "SELECT * FROM <decisions/public> { ?s ?p ?o }",
    "SELECT * { GRAPH <read/group:optics> { ?s ?p ?o } }",
    "ASK { GRAPH <source/list/public> { ?s ?p ?o } }",
    "ASK { <id/topic/secret> ?p ?o }",
    "ASK { ?s ?p <id/topic/secret> }",
    "DESCRIBE <id/topic/secret>",
    "DESCRIBE <id/cluster/c1>",
    "SELECT * { <id/cluster/c1> (!<urn:x>)* ?x }",
    "SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'ecret')) }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { GRAPH ?g { ?s <urn:x>|!<urn:x> <id/topic/secret> } } }",
]


@pytest.fixture(scope="module")
def innocent() -> Iterator[Readers]:
    """Readers over a knowledge that never held what is hidden."""
    made = Knowledge.open()
    tell(made, OPEN)
    asked = Readers(made, QueryLimits(time_ms=20_000, readers=1))
    yield asked
    asked.close()
    made.close()


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_hidden_changes_no_answer(readers: Readers, innocent: Readers, query: str) -> None:
    assert csv(readers, query) == csv(innocent, query)
    assert csv(readers, query, viewer=OUTSIDER) == csv(innocent, query, viewer=OUTSIDER)


@pytest.mark.parametrize("name", ["default_graphs", "named_graphs"])
def test_the_parameters_of_the_protocol_open_nothing(
    readers: Readers, innocent: Readers, name: str
) -> None:
    base = "https://w3id.org/clusterradar/"
    query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for graph in ("read/group:optics", "source/inside/group:optics", "decisions/public", "no/such"):
        chosen = {name: (base + graph,)}
        assert csv(readers, query, **chosen) == csv(innocent, query, **chosen) == ["s,p,o,g"]
    chosen = {name: (base + "read/public",)}
    assert csv(readers, query, **chosen) == csv(innocent, query, **chosen)
    assert len(csv(readers, query, **chosen)) > 8


def test_a_member_sees_what_the_group_was_told(readers: Readers) -> None:
    query = "SELECT ?o { <id/cluster/c1> ?p ?o FILTER(CONTAINS(STR(?o), 'told')) }"
    assert csv(readers, query, viewer=MEMBER) == ["o", "told to the group"]
    assert csv(readers, query) == ["o"]


def test_the_dataset_of_the_protocol_wins_over_the_query(readers: Readers) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <read/public> { ?s ?p ?o }"
    assert csv(readers, query)[0] != "0"
    assert csv(readers, query, default_graphs=("urn:none",))[0] == "0"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {", "syntax"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "syntax"),
        ("SELECT (<urn:f>(1) AS ?x) {}", "unknown-function"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "update"),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", "federated"),
    ],
)
def test_what_cannot_be_answered_is_told_and_the_reader_goes_on(
    readers: Readers, query: str, expected: str
) -> None:
    assert code(readers, query) == expected
    assert readers.answer("ASK {}").rows == 1


def test_a_syntax_error_says_where_and_which_prefix_is_missing(readers: Readers) -> None:
    with pytest.raises(QueryError) as refused:
        readers.answer("SELECT *\n{ ?s cr:name ?o }")
    assert "line 2" in refused.value.text("en")
    assert "Zeile 2" in refused.value.text("de")
    assert f"PREFIX cr: <{CR}>" in refused.value.remedy.en


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(
    knowledge: Knowledge,
) -> None:
    asked = Readers(knowledge, QueryLimits(time_ms=1_500, readers=1))
    try:
        asked.warm()
        started = time.monotonic()
        assert code(asked, SLOW) == "too-slow"
        assert time.monotonic() - started < 20
        assert asked.answer("ASK {}").rows == 1
    finally:
        asked.close()


def test_a_query_that_needs_too_much_memory_is_stopped(knowledge: Knowledge) -> None:
    asked = Readers(knowledge, QueryLimits(time_ms=60_000, readers=1, memory_mb=300))
    try:
        assert code(asked, HUNGRY) == "too-much-memory"
        assert asked.answer("ASK {}").rows == 1
    finally:
        asked.close()


def test_answers_are_cut_at_the_limits(knowledge: Knowledge) -> None:
    asked = Readers(knowledge, QueryLimits(rows=5, readers=1))
    try:
        answer = asked.answer(EVERYTHING)
        assert (answer.rows, answer.cut) == (5, True)
        assert asked.answer(EVERYTHING, max_rows=2).rows == 2
        assert asked.answer(EVERYTHING, max_rows=50).rows == 5
        assert asked.answer("CONSTRUCT WHERE { ?s ?p ?o }").cut
        assert not asked.answer(f"{EVERYTHING} LIMIT 5").cut
    finally:
        asked.close()


def test_who_waits_too_long_for_a_reader_is_told_to_come_back(knowledge: Knowledge) -> None:
    asked = Readers(knowledge, QueryLimits(wait_ms=200, readers=1))
    try:
        asked.warm()
        with asked._slot(1.0):
            assert code(asked, "ASK {}") == "busy"
        assert asked.answer("ASK {}").rows == 1
    finally:
        asked.close()


def test_many_at_once_get_their_own_answers(knowledge: Knowledge) -> None:
    asked = Readers(knowledge, QueryLimits(time_ms=60_000, wait_ms=60_000, readers=2))
    found: dict[int, bytes] = {}

    def ask(number: int) -> None:
        found[number] = asked.answer(f"SELECT ({number} AS ?x) {{}}", accept="text/csv").body

    threads = [Thread(target=ask, args=(number,)) for number in range(12)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        asked.close()
    assert found == {number: f"x\r\n{number}\r\n".encode() for number in range(12)}


@pytest.mark.parametrize("on_disk", [False, True])
def test_readers_move_over_to_what_was_just_committed(tmp_path: Path, on_disk: bool) -> None:
    knowledge = Knowledge.open(tmp_path / "data" if on_disk else None)
    asked = Readers(knowledge, QueryLimits(readers=1))
    query = f"SELECT (COUNT(*) AS ?n) {{ ?c a <{CR}Cluster> }}"
    try:
        assert csv(asked, query)[0] == "0"
        for count in (1, 2):
            tell(knowledge, {f"cluster/n{count}": {LABEL: "New"}}, source=f"list{count}")
            assert csv(asked, query)[0] == str(count)
        pid = process_of(asked).pid
        assert csv(asked, query)[0] == "2"
        assert process_of(asked).pid == pid, "the same process goes on"
    finally:
        asked.close()
        knowledge.close()
    assert not list((tmp_path / "data").glob("checkpoints/*"))


def test_a_copy_that_no_reader_has_open_is_deleted(tmp_path: Path) -> None:
    knowledge = Knowledge.open(tmp_path / "data")
    asked = Readers(knowledge, QueryLimits(readers=1))
    try:
        for count in range(3):
            tell(knowledge, {f"cluster/n{count}": {LABEL: "New"}}, source=f"list{count}")
            knowledge._checkpoints._made = -1.0
            assert asked.answer("ASK {}").rows == 1
            assert len(list((tmp_path / "data" / "checkpoints").iterdir())) == 1
            if count:
                os.kill(process_of(asked).pid, signal.SIGKILL)
    finally:
        asked.close()
        knowledge.close()


def test_a_commit_in_the_wrong_moment_keeps_no_query_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    knowledge = Knowledge.open()
    asked = Readers(knowledge, QueryLimits(readers=1))
    made = Knowledge.checkpoint

    def late(self: Knowledge) -> Checkpoint:
        monkeypatch.setattr(Knowledge, "checkpoint", made)
        tell(self, {"cluster/n": {LABEL: "New"}})
        return made(self)

    monkeypatch.setattr(Knowledge, "checkpoint", late)
    answers: list[int] = []

    def ask() -> None:
        answers.extend(asked.answer(EVERYTHING).rows for _ in range(2))

    thread = Thread(target=ask, daemon=True)
    try:
        thread.start()
        thread.join(20)
        assert len(answers) == 2
        assert answers[1]
    finally:
        asked.close()
        knowledge.close()


QUIET = """
import socket, sys, threading
from graph.sparql.isolation import give_up_network
quiet = give_up_network()
refused = []

def reach() -> None:
    try:
        socket.socket()
    except PermissionError:
        refused.append(True)

thread = threading.Thread(target=reach)
thread.start()
thread.join()
assert quiet == bool(refused)
print(quiet)
"""


def test_a_process_that_gave_up_the_network_makes_no_socket() -> None:
    done = subprocess.run(
        [sys.executable, "-c", QUIET], capture_output=True, text=True, check=True, timeout=60
    )
    common = sys.platform == "linux" and platform.machine() in {"x86_64", "aarch64"}
    assert done.stdout.split() == [str(common)]


def test_a_query_that_the_guard_overlooks_reaches_nobody(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sparql.guard._calls_out", lambda _: False)
    asked = Readers(knowledge, QueryLimits(readers=1))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        try:
            assert code(asked, f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}") == "busy"
            with pytest.raises(TimeoutError):
                server.accept()
            assert asked.answer("ASK {}").rows == 1
        finally:
            asked.close()


def process_of(readers: Readers) -> ReaderProcess:
    process = readers._slots[0].process
    assert process is not None
    return process


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_reader_that_something_else_killed_is_replaced_in_silence(knowledge: Knowledge) -> None:
    asked = Readers(knowledge, QueryLimits(readers=1))
    try:
        asked.warm()
        pid = process_of(asked).pid
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert asked.answer("ASK {}").rows == 1
        assert process_of(asked).pid != pid
    finally:
        asked.close()


def test_closing_leaves_no_process_even_in_the_middle_of_a_query(knowledge: Knowledge) -> None:
    asked = Readers(knowledge, QueryLimits(time_ms=60_000, readers=1))
    asked.warm()
    pid = process_of(asked).pid
    codes: list[str] = []
    thread = Thread(target=lambda: codes.append(code(asked, SLOW)))
    thread.start()
    time.sleep(0.3)
    asked.close()
    thread.join(10)
    assert codes == ["busy"]
    assert not is_alive(pid)
    assert code(asked, "ASK {}") == "busy"


PARENT = """
import sys, threading, time
from graph import Knowledge, Readers, QueryLimits
readers = Readers(Knowledge.open(), QueryLimits(readers=1, time_ms=60000))
readers.warm()
threading.Thread(target=lambda: readers.answer(sys.argv[1]), daemon=True).start()
time.sleep(0.3)
print(readers._slots[0].process.pid, flush=True)
time.sleep(60)
"""


def test_a_reader_ends_when_its_parent_is_killed_even_in_the_middle_of_a_query(
    tmp_path: Path,
) -> None:
    # VALUES of many rows joined with themselves keep an empty store busy.
    rows = " ".join(map(str, range(300)))
    busy = " ".join(f"VALUES ?v{i} {{ {rows} }}" for i in range(5))
    query = f"SELECT (COUNT(*) AS ?n) {{ {busy} FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 > 0) }}"
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, query],
        stdout=subprocess.PIPE,
        text=True,
        # Nobody is left to tidy up after a killed parent.
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_alive(pid)
        parent.kill()
    deadline = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(pid)


def test_public_is_what_a_visitor_reads(knowledge: Knowledge) -> None:
    assert knowledge.view().audiences == (PUBLIC,)
