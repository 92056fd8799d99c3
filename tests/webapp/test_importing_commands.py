"""``import``, ``batches`` and ``undo`` on the command line, as a program and a person use them."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from graph import Knowledge
from webapp.cli import main

COUNTS = {"rows", "new", "changed", "unchanged", "gone", "merged", "doubtful", "refused"}
LIST = "id;Firma;Land;Mitarbeiter\nalpha;Alpha GmbH;DE;12\nbeta;Beta AG;CH;zwölf\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def members(tmp_path: Path) -> Path:
    path = tmp_path / "members.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(folder: Path, *arguments: object) -> Result:
    words = [str(word) for word in arguments]
    return CliRunner().invoke(main, [*words, "--data-dir", str(folder)])


def bring(folder: Path, file: Path, *more: str) -> dict[str, Any]:
    result = run(folder, "import", file, "--kind", "organisation", "--source", "m", "--json", *more)
    found: dict[str, Any] = json.loads(result.stdout)
    found["exit"] = result.exit_code
    return found


def test_a_program_gets_counts_and_problems(folder: Path, members: Path) -> None:
    told = bring(folder, members, "--lang", "en")
    assert told["exit"] == 1
    assert told["batch"] == 1
    assert {name: told[name] for name in COUNTS} == {
        **dict.fromkeys(COUNTS, 0),
        "rows": 2,
        "new": 1,
        "refused": 1,
    }
    (problem,) = told["problems"]
    assert (problem["row"], problem["column"], problem["value"]) == (3, "Mitarbeiter", "zwölf")
    assert problem["message"].endswith("Write digits only, for example 1250.")
    german = bring(folder, members, "--lang", "de", "--dry-run")["problems"][0]
    assert "keine ganze Zahl" in german["message"]


def test_words_without_a_meaning_are_no_problems(folder: Path, members: Path) -> None:
    members.write_text("id,name,member_of,colour\na,A,Optence,red\n", encoding="utf-8")
    told = bring(folder, members)
    assert told["exit"] == 0
    assert [(word["row"], word["column"], word["value"]) for word in told["open"]] == [
        (2, "member_of", "Optence")
    ]
    assert [(note["column"], note["level"]) for note in told["problems"]] == [("colour", "note")]


def test_a_dry_run_writes_nothing(folder: Path, members: Path) -> None:
    told = bring(folder, members, "--dry-run")
    assert (told["batch"], told["new"]) == (None, 1)
    assert json.loads(run(folder, "batches", "--json").stdout) == []


def test_a_plan_file_can_be_corrected_and_imported(folder: Path, members: Path) -> None:
    plan = members.with_name("plan.xlsx")
    assert bring(folder, members, "--dry-run", "--plan-file", str(plan))["refused"] == 1
    book = load_workbook(plan)
    assert book.worksheets[0]["D3"].comment is not None
    book.worksheets[0]["D3"].value = 12
    book.save(plan)
    assert bring(folder, plan)["new"] == 2


def test_rdf_needs_no_kind_but_other_lists_do(folder: Path, members: Path) -> None:
    triples = members.with_name("x.nt")
    triples.write_text(
        "<https://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/clusterradar/ontology#Person> .\n"
        '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Ada" .\n'
    )
    assert run(folder, "import", triples, "--json").exit_code == 0
    refused = run(folder, "import", members, "--lang", "en")
    assert refused.exit_code == 2
    assert "--kind" in refused.output


def test_a_template_is_written_once(tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    words = ["template", "members", "--output", str(target), "--lang", "de"]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert target.read_text(encoding="utf-8-sig").startswith("Kennung;Firma;Mitglied in")
    again = CliRunner().invoke(main, words)
    assert (again.exit_code, "gibt es schon" in again.output) == (1, True)


def test_import_batches_undo(folder: Path, members: Path) -> None:
    members.write_text(LIST.replace("zwölf", "12"), encoding="utf-8")
    assert bring(folder, members)["exit"] == 0
    assert bring(folder, members)["batch"] is None, "nothing has changed"
    (batch,) = json.loads(run(folder, "batches", "--json").stdout)
    assert (batch["batch"], batch["source"], batch["counts"]["new"]) == (1, "m", 2)

    done = run(folder, "undo", 1, "--lang", "en")
    assert done.exit_code == 0
    assert "Batch 1 is taken back (batch 2)" in done.stdout
    words = run(folder, "batches", "--lang", "en").stdout
    assert "takes back batch 1" in words
    assert "[taken back by batch 2]" in words
    again = run(folder, "undo", 1)
    assert again.exit_code == 1
    assert again.stderr.startswith("Error: ")


def test_a_person_reads_what_changed_and_what_to_do(folder: Path, members: Path) -> None:
    run(folder, "import", members, "--kind", "organisation", "--lang", "en")
    members.write_text(LIST.replace("DE;12", "DE;14"), encoding="utf-8")
    told = run(folder, "import", members, "--kind", "organisation", "--lang", "en").stdout
    assert told.startswith("members: 2 rows: 1 changed, 1 refused\n")
    assert "12 -> 14" in told
    assert "row 3, column Mitarbeiter “zwölf”: “zwölf” is not a whole number." in told
    assert "`clusterradar undo 2` takes it back." in told


def test_a_german_reads_german(folder: Path, members: Path) -> None:
    told = run(folder, "import", members, "--kind", "organisation", "--lang", "de").stdout
    assert told.startswith("members: 2 Zeilen: 1 neu, 1 abgelehnt\n")
    assert "Zeile 3, Spalte Mitarbeiter „zwölf“: „zwölf“ ist keine ganze Zahl." in told
    assert "Stapel 1 ist zurückgenommen" in run(folder, "undo", 1, "--lang", "de").stdout


def test_too_many_gone_asks(folder: Path, members: Path) -> None:
    members.write_text("id,name\na,A\nb,B\n", encoding="utf-8")
    bring(folder, members)
    members.write_text("id,name\na,A\n", encoding="utf-8")
    told = bring(folder, members)
    assert (told["exit"], told["batch"]) == (1, None)
    assert "--allow-gone" in told["problems"][0]["message"]
    assert bring(folder, members, "--partial")["gone"] == 0
    assert bring(folder, members, "--complete", "--allow-gone")["gone"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "nothing.csv", "--kind", "cluster"),
        ("import", __file__),
        ("import", __file__, "--kind", "wizard"),
        ("undo", "zero"),
        ("undo", "0"),
    ],
)
def test_wrong_usage_is_exit_code_2(folder: Path, arguments: tuple[str, ...]) -> None:
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_list_that_cannot_be_read_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    picture = tmp_path / "list.csv"
    picture.write_bytes(b"\x89PNG\r\n")
    told = bring(folder, picture)
    assert (told["exit"], told["batch"]) == (1, None)
    assert "CSV" in told["problems"][0]["message"]
    plain = run(folder, "import", picture, "--kind", "cluster")
    assert plain.exit_code == 1
    assert plain.stderr.count("\n") == 1


@pytest.mark.parametrize("sign", ["journal/*", "journal/*.nq.gz", "batches/000002*"])
def test_a_kill_leaves_the_state_before_or_after(folder: Path, tmp_path: Path, sign: str) -> None:
    """``kill -9`` as soon as the commit has come so far that a certain file appears."""
    before = tmp_path / "before.csv"
    before.write_text("id,name\na,A\n", encoding="utf-8")
    bring(folder, before)
    rows = "".join(f"o{n},Organisation {n},DE,Ort {n % 50}\n" for n in range(300))
    large = tmp_path / "large.csv"
    large.write_text("id,name,country,city\n" + rows, encoding="utf-8")
    words = ["import", str(large), "--kind", "organisation", "--data-dir", str(folder)]
    process = subprocess.Popen(
        [sys.executable, "-c", "from webapp.cli import main; main()", *words],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None and not list(folder.glob(sign)):
        time.sleep(0.001)
    process.kill()
    process.wait(timeout=30)

    with Knowledge.open(folder) as knowledge:
        names = {thing.slug for thing in knowledge.view().things("organisation")}
        assert names in ({"a"}, {"a", *(f"o{n}" for n in range(300))})
        found = set(knowledge.dump())
        knowledge.rebuild()
        assert set(knowledge.dump()) == found
