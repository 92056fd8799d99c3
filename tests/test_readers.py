"""Nothing reads the store around the view: who reads raw statements is named here, with why.

A view holds what one viewer may read. Each place below reads more than that and has to see for
itself that nobody learns of it; the tests of the last column say that it does. A place that no
longer needs it, and a new place that is not named, fail the test.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
ROOMS: Final = ("graph", "recommender", "webapp")
AT_HOME: Final = ("graph/knowledge/", "graph/store/")
"""Where raw statements live."""

RAW: Final = frozenset({"store", "rows", "things_of_rows", "unresolved", "dump", "records"})
"""What the knowledge gives of everything that anybody said."""
TOLD: Final = frozenset({"batches", "sources"})
"""What the knowledge tells a viewer; without one, everything."""
_MODULES: Final = (
    "reading",
    "resolving",
    "decided",
    "said",
    "state",
    "deriving",
    "undoing",
    "journal",
    "recorded",
)
INSIDE: Final = frozenset(f"graph.knowledge.{name}" for name in _MODULES)
"""Modules behind the view."""
HARMLESS: Final = frozenset({"context", "width", "shared"})
"""Functions of the names of audiences alone."""

NAMED: Final = {
    "graph/access.py": ("decisions in the asker's audiences", "graph/test_access.py"),
    "graph/belonging.py": ("who is in a closed network", "graph/test_belonging.py"),
    "graph/checking/facts.py": ("checks that the operator runs", "graph/test_checking.py"),
    "graph/editing/doubting.py": (
        "lists beside edits, one audience at a time",
        "graph/test_editing.py",
    ),
    "graph/editing/editing.py": ("what an edit replaces", "graph/test_editing.py"),
    "graph/editing/hearing.py": ("what moves to another audience", "graph/test_editing.py"),
    "graph/editing/removing.py": ("what was written by hand", "graph/test_editing.py"),
    "graph/editing/standing.py": ("one audience at a time", "graph/test_editing.py"),
    "graph/erasing/": ("what the law says must go", "graph/test_erasing.py"),
    "graph/importing/called.py": ("the graphs of a view", "graph/test_import_lookups.py"),
    "graph/importing/choices.py": ("the importer's own source", "graph/test_import_columns.py"),
    "graph/importing/earlier.py": (
        "rows that the importer may read",
        "graph/test_import_lookups.py",
    ),
    "graph/importing/go_cluster.py": (
        "the operator's own lists",
        "graph/test_import_go_cluster.py",
    ),
    "graph/importing/invented.py": ("the operator's own lists", "graph/test_import_go_cluster.py"),
    "graph/importing/likeness/doubts.py": ("the graphs of a view", "graph/test_doubts.py"),
    "graph/importing/linking.py": ("words of one audience", "graph/test_import_audiences.py"),
    "graph/importing/lists.py": ("the importer's own source", "graph/test_import_audiences.py"),
    "graph/importing/planning.py": (
        "rows that the importer may read",
        "graph/test_import_audiences.py",
    ),
    "graph/importing/schemes.py": ("the importer's own source", "graph/test_import_columns.py"),
    "graph/importing/words.py": (
        "words and decisions of audiences that the viewer may read",
        "graph/test_import_words.py",
    ),
    "graph/inference/named.py": ("a store of its own, in memory", "graph/test_inference.py"),
    "graph/search/indexes.py": ("an index for each audience", "graph/test_search_service.py"),
    "graph/sparql/child.py": (
        "a copy, and of it a viewer's graphs",
        "graph/test_sparql_readers.py",
    ),
    "graph/upkeep/upkeep.py": ("one audience of the viewer at a time", "graph/test_upkeep.py"),
    "webapp/cli/importing.py": ("the operator's command", "webapp/test_importing_commands.py"),
    "webapp/importing/recovering.py": (
        "the batch that an interrupted list became",
        "webapp/test_importing.py",
    ),
    "webapp/own.py": ("the operator's command", "webapp/test_commands_beside_a_server.py"),
    "webapp/privacy/": ("all about the person who asks; old batches", "webapp/test_privacy.py"),
}
"""What a place reads, and the tests that nobody learns of it."""

INSIDERS: Final = {
    "graph/audience.py": "says what a viewer may read",
    "webapp/groups/": "whether somebody is in a room",
    "webapp/profiles/confirming.py": "narrows what a mailed link opens",
}
"""Who looks at what a viewer belongs to; none but the first may make audiences of it."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "node_modules" not in path.parts and not name.startswith(AT_HOME):
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def raw_reads(tree: ast.Module) -> Iterator[str]:
    """What a module reads around the view, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in INSIDE:
            taken = [name.name for name in node.names if name.name not in HARMLESS]
            if taken:
                yield f"{node.lineno}: takes {', '.join(taken)} from {node.module}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("graph.store", "pyoxigraph"):
            if {"Store", "open_store"} & {name.name for name in node.names}:
                yield f"{node.lineno}: opens a store"
        elif isinstance(node, ast.Attribute) and node.attr in RAW and is_knowledge(node.value):
            yield f"{node.lineno}: reads {ast.unparse(node)}"
        elif isinstance(node, ast.Call) and tells_all(node):
            yield f"{node.lineno}: asks {ast.unparse(node)} for no viewer"


def is_knowledge(node: ast.expr) -> bool:
    return ast.unparse(node).split(".")[-1].strip("_") in ("knowledge", "knowledge()", "opened")


def tells_all(node: ast.Call) -> bool:
    function = node.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in TOLD
        and is_knowledge(function.value)
        and not node.args
        and not node.keywords
    )


def named(name: str) -> str:
    return next((place for place in NAMED if name.startswith(place)), "")


def test_nothing_reads_the_store_around_the_view() -> None:
    wrong = [
        f"{name}:{read}" for name, tree in modules() if not named(name) for read in raw_reads(tree)
    ]
    assert not wrong, "\n".join(wrong)


def test_each_named_place_needs_to_be_named_and_is_tested() -> None:
    needed = {named(name) for name, tree in modules() if any(raw_reads(tree))}
    assert sorted(set(NAMED) - needed) == []
    assert [test for _, test in NAMED.values() if not (ROOT / "tests" / test).exists()] == []


def test_one_function_says_what_a_viewer_may_read() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        if not name.startswith(tuple(INSIDERS))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "memberships"
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "from graph.knowledge.reading import on_demand",
        "import x\nx.knowledge.store.match()",
        "services().knowledge.batches()",
        "self._knowledge.dump()",
        "knowledge.sources()",
        "from pyoxigraph import Store",
    ],
)
def test_reading_around_the_view_is_noticed(text: str) -> None:
    assert list(raw_reads(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "knowledge.view(viewer).triples()",
        "knowledge.batches(viewer)",
        "table.rows",
        "from graph.knowledge.resolving import context",
        "from pyoxigraph import NamedNode",
    ],
)
def test_reading_through_the_view_is_not(text: str) -> None:
    assert list(raw_reads(ast.parse(text))) == []
