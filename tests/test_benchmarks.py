"""Benchmarks are run by people, not by tests; these only see that none is forgotten."""

from pathlib import Path

import pytest

from benchmarks import __main__ as runner
from benchmarks.figures import Figure, print_table

FOLDER = Path(runner.__file__).parent


def test_every_benchmark_can_be_run_with_all_others_and_is_described() -> None:
    written = {path.stem for path in FOLDER.glob("*.py") if "def figures(" in path.read_text()}
    assert written == set(runner.BENCHMARKS)
    described = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in written if f"`python -m benchmarks.{name}" not in described] == []


def test_figures_make_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([Figure("start", "S: ready", "1.4 s", "3 times"), Figure("radar", "S", "9 ms")])
    assert [line.count("|") for line in capsys.readouterr().out.splitlines()] == [5, 5, 5, 5]
