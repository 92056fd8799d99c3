"""``clusterradar query`` on a data folder."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph import Knowledge
from ontology import CR, RDFS
from tests.graph.small_knowledge import tell
from tests.webapp.sparql_app import CLUSTERS
from webapp.cli import main

NAMES = f"SELECT ?c ?n {{ ?c a <{CR}Cluster> ; <{RDFS}label> ?n }} ORDER BY ?n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("query") / "data"
    knowledge = Knowledge.open(made)
    tell(knowledge, CLUSTERS)
    knowledge.close()
    return made


def run(folder: Path, *arguments: str, text: str | None = None) -> tuple[int, str, str]:
    command = ["query", *arguments, "--data-dir", str(folder)]
    result = CliRunner().invoke(main, command, input=text)
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout, result.stderr


def test_a_table_is_printed_with_short_names(folder: Path) -> None:
    status, out, _ = run(folder, "--query", NAMES)
    assert status == 0
    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    assert lines[0] == ["c", "n"]
    assert lines[2:] == [["cluster/umlaut", "Größe & <Maß>"], ["cluster/optence", "Optence"]]


def test_the_query_comes_from_a_file_or_from_standard_input(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.rq"
    file.write_text(NAMES, encoding="utf-8")
    expected = run(folder, "--query", NAMES)
    assert run(folder, str(file)) == expected
    assert run(folder, "-", text=NAMES) == expected


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        (["--query", NAMES, "--format", "csv"], "c,n\n"),
        (["--query", NAMES, "--format", "tsv"], "?c\t?n\n"),
        (["--query", NAMES, "--format", "xml"], "<?xml"),
        (["--query", "ASK {}"], "true\n"),
        (["--query", "DESCRIBE <id/cluster/optence>"], "@prefix"),
        (["--query", "DESCRIBE <id/cluster/optence>", "--format", "ntriples"], "<https://w3id"),
        (["--query", "DESCRIBE <id/topic/optics>", "--format", "table"], "subject"),
    ],
)
def test_formats(folder: Path, arguments: list[str], beginning: str) -> None:
    status, out, _ = run(folder, *arguments)
    assert status == 0
    assert out.startswith(beginning)


def test_json_is_one_object(folder: Path) -> None:
    _, out, _ = run(folder, "--query", NAMES, "--json")
    assert [row["n"]["value"] for row in json.loads(out)["results"]["bindings"]] == [
        "Größe & <Maß>",
        "Optence",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name a FILE"),
        (["--query", "SELECT * {"], "not valid SPARQL"),
        (["--query", "ASK { SERVICE <urn:x> {} }"], "SERVICE is not available"),
        (["--query", "CLEAR ALL"], "only reads"),
        (["--query", NAMES, "--format", "turtle"], "json, xml, csv, tsv"),
        (["/no/such/file.rq"], "No such file"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(
    folder: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.cli.speech.terminal_language", lambda: "en")
    status, _, error = run(folder, *arguments)
    assert status == 2
    assert said in error


def test_a_file_that_is_no_text_is_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_bytes(b"ASK { ?s ?p '\xff' }")
    status, _, error = run(folder, str(file))
    assert (status, "UTF-8" in error) == (2, True)


def test_a_slow_query_and_a_cut_answer_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.cli.speech.terminal_language", lambda: "en")
    monkeypatch.setenv("CLUSTERRADAR_MAX_QUERY_ROWS", "2")
    status, out, error = run(folder, "--query", "SELECT * { ?s ?p ?o }", "--format", "csv")
    assert (status, len(out.splitlines())) == (0, 3)
    assert "cut after 2 rows" in error
    monkeypatch.setenv("CLUSTERRADAR_QUERY_TIME_LIMIT_MS", "300")
    rows = " ".join(map(str, range(200)))
    busy = " ".join(f"VALUES ?v{i} {{ {rows} }}" for i in range(6))
    query = f"SELECT (COUNT(*) AS ?n) {{ {busy} FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 > 0) }}"
    status, _, error = run(folder, "--query", query)
    assert (status, "took longer than 0.3 s" in error) == (1, True)


def test_a_folder_without_data_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path, "--query", "ASK {}")[0] == 2
    assert not list(tmp_path.iterdir())
