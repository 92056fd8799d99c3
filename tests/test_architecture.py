"""Imports point one way, and no room reaches past what another one hands out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ABOVE = {
    "ontology": set(),
    "graph": {"ontology"},
    "recommender": {"graph", "ontology"},
    "webapp": {"recommender", "graph", "ontology"},
}
LONGEST_MODULE = 400


def modules(room: str) -> list[Path]:
    return sorted(path for path in (ROOT / room).rglob("*.py") if "node_modules" not in path.parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of every import in a file, relative ones made absolute."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            yield node.lineno, ".".join((*start, *(node.module or "").split(".")))


@pytest.mark.parametrize("room", ABOVE)
def test_imports_point_upwards_only(room: str) -> None:
    rooms = set(ABOVE) | {"tests", "benchmarks", "docs"}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(room)
        for line, name in imports(path)
        if name.split(".")[0] in rooms - ABOVE[room] - {room}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ABOVE)
def test_no_room_reaches_past_the_face_of_another(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} reaches into {name}"
        for path in modules(room)
        for line, name in imports(path)
        if name.split(".")[0] in ABOVE[room] and "." in name
    ]
    assert not wrong, "\n".join(wrong)


def test_the_engine_knows_arrays_only() -> None:
    engine = ROOT / "recommender" / "engine"
    files = sorted(engine.rglob("*.py")) or [ROOT / "recommender" / "engine.py"]
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files
        for line, name in imports(path)
        if name.split(".")[0] in {"graph", "ontology", "webapp", "rdflib", "pyoxigraph"}
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_says_what_it_is_for_and_stays_readable() -> None:
    wrong = []
    for room in ABOVE:
        for path in modules(room):
            text = path.read_text(encoding="utf-8")
            if not ast.get_docstring(ast.parse(text)):
                wrong.append(f"{path.relative_to(ROOT)} has no docstring")
            if text.count("\n") > LONGEST_MODULE:
                wrong.append(f"{path.relative_to(ROOT)} has more than {LONGEST_MODULE} lines")
    assert not wrong, "\n".join(wrong)


def test_every_room_lists_what_it_hands_out() -> None:
    for room in ABOVE:
        module = __import__(room)
        missing = [name for name in module.__all__ if not hasattr(module, name)]
        assert not missing, f"{room} promises {missing}"
