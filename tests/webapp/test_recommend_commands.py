"""``clusterradar recommend`` and ``clusterradar evaluate``, as typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph import Knowledge
from graph.importing import load_go_cluster
from webapp.cli import main


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    knowledge = Knowledge.open(folder)
    load_go_cluster(knowledge, lambda *_step: None)
    knowledge.close()
    return folder


def run(data_dir: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--data-dir", str(data_dir)])


def test_recommend_prints_names_and_reasons(data_dir: Path) -> None:
    result = run(data_dir, "recommend", "cluster/optence", "--lang", "de")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "Optence e. V. (Stand 2016)"
    assert "Kapazitätenbörse Photonik" in lines[1]
    assert lines[1].endswith("Projekt unter Leitung von Optence e. V.")
    assert any("Swissmem" in line and "Partner im Projekt" in line for line in lines)


def test_recommend_speaks_json_to_programs(data_dir: Path) -> None:
    result = run(data_dir, "recommend", "cluster/optence", "--lens", "beyond", "--json")
    answer = json.loads(result.output)
    assert {"centre", "viewer", "lens", "totals", "suggestions"} <= answer.keys()
    assert answer["lens"] == "beyond"
    first = answer["suggestions"][0]
    assert {"iri", "kind", "label", "ring", "score", "reason"} <= first.keys()
    assert {"text", "path"} <= first["reason"].keys()


def test_recommend_chooses_kinds_and_how_many(data_dir: Path) -> None:
    result = run(data_dir, "recommend", "cluster/biom", "--kinds", "project", "--limit", "2")
    assert [line.split()[1] for line in result.output.splitlines()[1:]] == ["project"] * 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cluster/nowhere"], "clusterradar search nowhere"),
        (["cluster/optence", "--kinds", "robot"], "There is no kind 'robot'"),
    ],
)
def test_recommend_says_what_to_do_instead(data_dir: Path, words: list[str], said: str) -> None:
    result = run(data_dir, "recommend", *words)
    assert result.exit_code == 2
    assert said in result.output


def test_evaluate_leaves_out_projects(data_dir: Path) -> None:
    result = run(data_dir, "evaluate", "--leave-out", "project", "--json")
    assert result.exit_code == 0
    found = json.loads(result.output)
    assert (found["heads"], found["targets"]) == (18, 24)
    assert found["rankers"][0]["name"] == "clusterradar"
    assert run(data_dir, "evaluate", "--leave-out", "project").output.count("\n") == 9


def test_evaluate_wants_one_thing_to_evaluate(data_dir: Path) -> None:
    assert run(data_dir, "evaluate").exit_code == 2


def test_evaluate_says_what_a_set_is_made_of(data_dir: Path) -> None:
    result = run(data_dir, "evaluate", str(data_dir))
    assert result.exit_code == 1
    assert "not an evaluation set" in result.output
