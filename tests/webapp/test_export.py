"""``clusterradar export``: whole files or none."""

from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from graph import Knowledge
from tests.graph.small_knowledge import tell
from tests.webapp.sparql_app import CLUSTERS
from webapp.cli import export as command
from webapp.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export") / "data"
    knowledge = Knowledge.open(made)
    tell(knowledge, CLUSTERS)
    knowledge.close()
    return made


def run(folder: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["export", *arguments, "--data-dir", str(folder)])
    assert "Traceback" not in result.output
    return result


def test_standard_output_is_the_default_and_trig_its_format(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0
    quads = set(parse(result.stdout_bytes, format=RdfFormat.TRIG))
    assert {quad.graph_name.value for quad in quads} >= {
        "https://w3id.org/clusterradar/read/public"
    }


@pytest.mark.parametrize("ending", ["trig", "nq", "ttl", "jsonld", "nt", "rdf"])
def test_the_ending_of_the_file_chooses_the_format(
    folder: Path, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"all.{ending}"
    assert run(folder, "-o", str(target)).exit_code == 0
    chosen = RdfFormat.from_extension(ending)
    assert chosen is not None
    assert len(set(parse(path=str(target), format=chosen))) > 5
    assert [path.name for path in tmp_path.iterdir()] == [target.name], "no draft is left"


def test_a_named_format_wins_and_the_file_can_be_read_by_others(
    folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "net.xml"
    assert run(folder, "--format", "gexf", "--output", str(target), "--lang", "de").exit_code == 0
    assert nx.read_gexf(target).number_of_nodes() >= 3
    assert target.stat().st_mode & 0o400


def test_an_export_that_fails_leaves_the_old_file_and_no_draft(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_view: object, _format: str, stream: object, **_more: object) -> None:
        stream.write(b"half")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command, "write_export", full_disk)
    target = tmp_path / "all.trig"
    target.write_text("old", encoding="utf-8")
    result = run(folder, "-o", str(target))
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "-o", str(tmp_path / "none" / "x.trig"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
