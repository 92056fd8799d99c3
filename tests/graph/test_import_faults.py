"""Imports that are killed at any moment, or run out of disk: the state before or after, never else.

In the nightly profile 50 imports are killed and 50 find a full disk; by day a few of each.
"""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from graph import Knowledge, import_file

TIMES = 50 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 3
ROWS = 400
_CREATED = re.compile(rb'(<http://purl.org/dc/terms/created> )"[^"]*"')
_ENV = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


def members(path: Path, first: int) -> Path:
    """A list that goes on where another stopped."""
    rows = (
        f'o{n},Optik {n} GmbH,Wetzlar,DE,optics-{n % 9},"Linsen, Spiegel und Prismen Nummer {n}"'
        for n in range(first, first + ROWS)
    )
    head = "id,name,city,country,competences,description_de"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def state(folder: Path) -> tuple[bytes, list[tuple[int, int]]]:
    """The N-Quads of a folder, but for moments of decisions, and how much each batch changed."""
    with Knowledge.open(folder) as knowledge:
        text = serialize(knowledge.dump(), format=RdfFormat.N_QUADS) or b""
        batches = [(one.added, one.removed) for one in knowledge.batches()]
    assert not list((folder / "journal").iterdir())
    return b"\n".join(sorted(_CREATED.sub(rb"\1", text).splitlines())), batches


@dataclass(frozen=True)
class Case:
    """A folder with a list, a newer version of it, and both states that an import may leave."""

    folder: Path
    newer: Path
    before: tuple[bytes, list[tuple[int, int]]]
    after: tuple[bytes, list[tuple[int, int]]]
    seconds: float

    def command(self, folder: Path) -> list[str]:
        """The command that imports the newer list."""
        options = ["--kind", "organisation", "--source", "members", "--partial"]
        command = [sys.executable, "-m", "webapp.cli", "import", str(self.newer), *options]
        return [*command, "--data-dir", str(folder)]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    place = tmp_path_factory.mktemp("faults")
    folder, whole = place / "data", place / "whole"
    newer = members(place / "newer.csv", ROWS // 2)
    with Knowledge.open(folder) as knowledge:
        import_file(knowledge, members(place / "older.csv", 0), "organisation", "members")
    before = state(folder)
    shutil.copytree(folder, whole)
    made = Case(folder, newer, before, before, 0.0)
    started = time.monotonic()
    subprocess.run(made.command(whole), check=True, env=_ENV, capture_output=True, timeout=300)
    seconds = time.monotonic() - started
    after = state(whole)
    assert after != before
    return Case(folder, newer, before, after, seconds)


@pytest.mark.timeout(0 if TIMES > 3 else 300)
def test_an_import_that_is_killed_leaves_the_state_before_or_after(
    case: Case, tmp_path: Path
) -> None:
    chance = random.Random(20261124)
    left = {"before": 0, "after": 0, "done": 0}
    for number in range(TIMES):
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(case.folder, folder)
        running = subprocess.Popen(
            case.command(folder), env=_ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            running.wait(chance.uniform(0.2, 1.0) * case.seconds)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
        done = running.wait(60) == 0
        found = state(folder)
        assert found in (case.before, case.after)
        assert not done or found == case.after
        left["done" if done else "after" if found == case.after else "before"] += 1
        shutil.rmtree(folder)
    print(f"killed imports: {left}")


@pytest.mark.timeout(0 if TIMES > 3 else 300)
def test_an_import_on_a_full_disk_says_what_it_leaves(case: Case, tmp_path: Path) -> None:
    chance = random.Random(20261124)
    left = {"before": 0, "after": 0}
    for number in range(TIMES):
        folder = tmp_path / f"full-{number}"
        shutil.copytree(case.folder, folder)
        most = int(10 ** chance.uniform(3.0, 6.5))
        ended = subprocess.run(
            case.command(folder),
            env=_ENV,
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most)),
        )
        found = state(folder)
        said = ended.stdout + ended.stderr
        assert "Traceback" not in said, said
        if ended.returncode == 0:
            assert found == case.after
        else:
            assert found in (case.before, case.after)
            assert found == case.before or "it completes the change" in said, said
        left["after" if found == case.after else "before"] += 1
        shutil.rmtree(folder)
    print(f"imports on a full disk: {left}")
