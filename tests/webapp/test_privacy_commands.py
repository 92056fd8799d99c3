"""``erase``, ``tidy``, ``backup`` and ``restore``, alone, beside a server, and when killed."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph import Knowledge
from tests.graph.test_erasing import MARA, holding, told
from tests.webapp.test_commands_beside_a_server import run, serving
from webapp import Settings
from webapp.services import Services


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a person who has an account."""
    folder = tmp_path_factory.mktemp("commands") / "data"
    with told(Knowledge.open(folder)) as knowledge:
        made = Services(Settings(), knowledge, folder)
        account = made.accounts.create("mara@optence.example", "Mara Lindqvist")
        with made.accounts.session() as session:
            session.merge(account).person = MARA
        made.accounts.dispose()
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "data"))


def test_erasing_asks_first(folder: Path) -> None:
    for thing in ("mara", "persons/mara", "person/"):
        assert run("erase", thing, "--data-dir", folder).exit_code == 2
    assert run("erase", "person/mara-lindqvist", "--data-dir", folder).exit_code == 1
    assert holding(folder, "lindqvist")
    unknown = run("erase", "person/nobody", "--yes", "--data-dir", folder)
    assert unknown.exit_code == 1 and "Nothing is known" in unknown.output
    said = run("erase", "person/mara-lindqvist", "--yes", "--lang", "de", "--data-dir", folder)
    assert said.exit_code == 0 and "Weggefallene Aussagen" in said.output
    for text in ("lindqvist", "mara@optence.example"):
        assert holding(folder, text) == []


def test_a_server_that_has_the_folder_does_it(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    with serving(folder):
        saved = run("backup", file, "--lang", "en", "--data-dir", folder)
        assert saved.exit_code == 0 and "Everything is in" in saved.output
        told_ = run("erase", "person/mara-lindqvist", "--yes", "--json", "--data-dir", folder)
        assert json.loads(told_.stdout)["things"][-1] == MARA
        for text in ("lindqvist", "mara@optence.example"):
            assert holding(folder, text) == []
        again = run("erase", "person/mara-lindqvist", "--yes", "--data-dir", folder)
        assert again.exit_code == 1 and "Nothing is known" in again.output
        tidied = run("tidy", "--json", "--data-dir", folder)
        assert set(json.loads(tidied.stdout).values()) == {0}
    restored = run("restore", file, "--data-dir", tmp_path / "before")
    assert restored.exit_code == 0, restored.output
    assert holding(tmp_path / "before", "lindqvist"), "a backup is older than an erasure after it"


def test_tidying_without_a_server(folder: Path) -> None:
    said = run("tidy", "--lang", "en", "--data-dir", folder)
    assert said.exit_code == 0 and "Nothing was old enough" in said.output
    os.environ["CLUSTERRADAR_KEEP_BATCHES_DAYS"] = "1"
    try:
        assert "Nothing" in run("tidy", "--lang", "en", "--data-dir", folder).output
    finally:
        del os.environ["CLUSTERRADAR_KEEP_BATCHES_DAYS"]


@pytest.mark.parametrize("tenths", [2, 5, 8])
def test_whoever_is_killed_leaves_before_or_after(
    folder: Path, tmp_path: Path, tenths: int
) -> None:
    with Knowledge.open(folder) as knowledge:
        before = set(knowledge.dump())
    whole = Path(shutil.copytree(folder, tmp_path / "whole"))
    start = time.monotonic()
    command = [sys.executable, "-m", "webapp.cli", "erase", "person/mara-lindqvist", "--yes"]
    subprocess.run([*command, "--data-dir", str(whole)], check=True, capture_output=True)
    takes = time.monotonic() - start
    process = subprocess.Popen([*command, "--data-dir", str(folder)], stdout=subprocess.DEVNULL)
    time.sleep(takes * tenths / 10)
    process.send_signal(signal.SIGKILL)
    process.wait()
    said = run("tidy", "--data-dir", folder)
    assert said.exit_code == 0, said.output
    with Knowledge.open(folder) as knowledge, Knowledge.open(whole) as other:
        assert set(knowledge.dump()) in (before, set(other.dump()))
        gone = set(knowledge.dump()) != before
    assert bool(holding(folder, "lindqvist")) == (not gone)
    assert bool(holding(folder, "mara@optence.example")) == (not gone)
    assert not (folder / "erasing.json").exists()


def test_an_undo_says_what_does_not_come_back(folder: Path) -> None:
    run("erase", "person/mara-lindqvist", "--yes", "--data-dir", folder)
    listed = run("batches", "--lang", "en", "--data-dir", folder).output
    assert re.search(r"3 .*\(\d+ erased since\)", listed)
    said = run("undo", 3, "--lang", "en", "--data-dir", folder).output
    assert "erased since do not come back" in said
    assert holding(folder, "lindqvist") == []
    for batch in (1, 2, 3):
        with Knowledge.open(folder) as knowledge:
            knowledge.forget(batch)
    assert "no longer kept" in run("batches", "--lang", "en", "--data-dir", folder).output
