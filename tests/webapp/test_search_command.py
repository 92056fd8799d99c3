"""``clusterradar search``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph import Knowledge
from tests.graph.small_knowledge import tell
from tests.webapp.pages_app import THINGS
from webapp.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("data")
    knowledge = Knowledge.open(made)
    tell(knowledge, THINGS)
    knowledge.close()
    return made


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["search", *arguments, "--data-dir", str(folder)])


def test_hits_are_lines_with_address_name_and_context(folder: Path) -> None:
    result = run(folder, "messtechnik", "--lang", "de")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].split() == ["topic/metrology", "Messtechnik", "(Thema)"]
    assert len(lines) == 2


def test_json_has_what_the_lines_have(folder: Path) -> None:
    result = run(folder, "Mestechnik", "--json", "--limit", "1", "--lang", "en")
    body = json.loads(result.output)
    assert (body["total"], body["suggestion"]) == (2, "Messtechnik")
    assert [(hit["slug"], hit["label"], hit["match"]) for hit in body["hits"]] == [
        ("metrology", "Metrology", "spelling")
    ]


def test_several_words_need_no_quotes_and_kinds_narrow_down(folder: Path) -> None:
    assert "cluster/optence" in run(folder, "optence", "optik").output
    assert "cluster/optence" not in run(folder, "optence", "--kinds", "topic").output


def test_what_is_cut_off_is_said(folder: Path) -> None:
    assert "3 of 22; --limit shows more." in run(folder, "member", "--limit", "3").output


def test_a_wrong_kind_is_wrong_usage(folder: Path) -> None:
    result = run(folder, "x", "--kinds", "dragon")
    assert result.exit_code == 2
    assert "dragon" in result.output


def test_nothing_found_is_said(folder: Path) -> None:
    result = run(folder, "qqqqq")
    assert result.exit_code == 0
    assert "Nothing found" in result.output
