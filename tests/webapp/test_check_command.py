"""``clusterradar check`` on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal

from graph import Knowledge
from ontology import CR, SKOS
from tests.graph.saying import TEST, adding, row, said, thing
from webapp.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with_optence = tmp_path / "data"
    knowledge = Knowledge.open(with_optence)
    knowledge.commit(adding(row("list", "optence", "cluster", "Optence")), TEST)
    knowledge.close()
    return with_optence


def plant(folder: Path, *parts: Any) -> None:
    knowledge = Knowledge.open(folder)
    knowledge.commit(adding(*parts), TEST)
    knowledge.close()


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--data-dir", str(folder), "--lang", "en", *options])


@pytest.fixture
def no_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)


def test_good_data_exit_with_0(folder: Path) -> None:
    result = run(folder, "--no-logic")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Shapes (things looked at: 1): nothing to complain about",
        "Thesaurus: nothing to complain about",
    ]


@pytest.mark.usefixtures("no_java")
def test_without_java_it_says_so_in_german_too(folder: Path) -> None:
    result = run(folder, "--lang", "de")
    assert result.exit_code == 0
    assert "kein Widerspruch gefunden" in result.output
    assert "gibt es kein Java" in result.output


@pytest.mark.usefixtures("no_java")
def test_a_planted_contradiction_is_explained(folder: Path) -> None:
    laser = row("list", "laser", "device", "Laser", deviceType=Literal("other"))
    plant(folder, laser, said("list", "laser", [(CR + "memberOf", thing("cluster", "optence"))]))
    result = run(folder)
    assert result.exit_code == 1
    assert [line.strip() for line in result.output.splitlines()[2:-1]] == [
        "Logic (statements: 6): 1 found",
        "These statements clash:",
        "1. “Laser” is: device",
        "2. “Laser” member of “Optence”",
        "By the first, “Laser” is device; by the second, organisation or person. Nothing is both.",
    ]


@pytest.mark.usefixtures("no_java")
def test_json_has_all_findings(folder: Path) -> None:
    optics = row("list", "optics", "topic", "Optics", conceptType=Literal("magic"))
    names = [(SKOS + name, Literal("Optik", language="de")) for name in ("prefLabel", "altLabel")]
    plant(folder, optics, said("list", "optics", names))
    result = run(folder, "--json")
    assert result.exit_code == 1
    report = json.loads(result.output)
    assert report["good"] is False
    (finding,) = report["shapes"]["findings"]
    assert finding["thing"] == thing("topic", "optics").value
    assert (finding["property"], finding["value"]) == (CR + "conceptType", "magic")
    assert finding["message"].startswith("“Optics”: kind: the value is none of those allowed")
    assert "S13" in report["thesaurus"]["findings"][0]["message"]
    assert report["logic"]["consistent"] is None
    assert report["logic"]["clashes"] == []
    assert "no Java" in report["logic"]["note"]


def test_a_folder_without_data_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 2
