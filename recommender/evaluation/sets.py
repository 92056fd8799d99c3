"""Reads evaluation sets: a folder with a graph as it was known, and what came later."""

import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from graph import KnowledgeError
from ontology import Bilingual
from recommender.engine.walk import Integers
from recommender.ranking import Links


@dataclass(frozen=True, eq=False, kw_only=True)
class Known(Links):
    """A graph as it was known at some time, and what came later.

    Attributes:
        ids: ``kind:name`` of each node, ascending.
        targets: for each head, in the order of the file, the nodes that came later; a negative
            number stands for one that the graph does not know.
    """

    ids: tuple[str, ...]
    targets: dict[int, tuple[int, ...]]

    def known(self) -> "Reach":
        """Who is known to whom already."""
        return Reach(self)


@dataclass(frozen=True)
class EvaluationSet:
    """A set: learn on ``fit``, score on ``test``."""

    name: str
    fit: Known
    test: Known


class Reach:
    """Whom a head reaches along a set's known paths."""

    def __init__(self, graph: Known) -> None:
        self._paths = [graph.steps(path) for path in graph.paths]
        self._size = graph.size

    def of(self, head: int) -> Integers:
        """The nodes known to a head, and the head itself."""
        found = {head}
        for steps in self._paths:
            reached = sparse.csr_matrix(([1.0], ([0], [head])), shape=(1, self._size))
            for step in steps:
                reached = reached @ step
            found.update(reached.indices.tolist())
        return np.array(sorted(found), np.int64)


def read_set(folder: Path) -> EvaluationSet:
    """Read an evaluation set.

    Args:
        folder: with ``meta.json``, and ``edges.csv.gz`` and ``targets.csv.gz`` in ``fit`` and
            ``test``.

    Raises:
        KnowledgeError: a file is missing, or is not what it should be.
    """
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        kind, paths = str(meta["candidates"]), meta.get("known_paths", [])
        name = str(meta.get("name", folder.name))
        return EvaluationSet(
            name, _read(folder / "fit", kind, paths), _read(folder / "test", kind, paths)
        )
    except (OSError, EOFError, KeyError, ValueError, TypeError) as error:
        cause = _cause(error)
        raise KnowledgeError(
            Bilingual(
                en=f"{folder} is not an evaluation set ({cause}).",
                de=f"{folder} ist kein Satz zum Bewerten ({cause}).",
            ),
            Bilingual(
                en="It holds meta.json, and edges.csv.gz and targets.csv.gz in fit and test.",
                de="Er enthält meta.json sowie edges.csv.gz und targets.csv.gz in fit und test.",
            ),
        ) from error


def _cause(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{Path(error.filename).name}: {error.strerror}"
    if isinstance(error, KeyError):
        return f"meta.json has no {error}"
    return str(error)


def _read(folder: Path, kind: str, paths: Sequence[Sequence[str]]) -> Known:
    edges = list(_rows(folder / "edges.csv.gz", ("head", "relation", "tail")))
    wanted = list(_rows(folder / "targets.csv.gz", ("head", "tail")))
    # A head without edges is asked for too, though nobody can find anything for it.
    ends = {row[end] for row in edges for end in ("head", "tail")}
    ids = sorted(ends | {row["head"] for row in wanted})
    names = sorted({row["relation"] for row in edges})
    number = {one: at for at, one in enumerate(ids)}
    relation = {one: at for at, one in enumerate(names)}
    targets: dict[int, list[int]] = {}
    for at, row in enumerate(wanted, 1):
        targets.setdefault(number[row["head"]], []).append(number.get(row["tail"], -at))
    kinds = [one.partition(":")[0] for one in ids]
    kind_names = sorted(set(kinds))
    kind_number = {one: at for at, one in enumerate(kind_names)}
    return Known(
        ids=tuple(ids),
        kinds=np.array([kind_number[one] for one in kinds], np.int64),
        kind_names=tuple(kind_names),
        names=tuple(names),
        heads=np.array([number[row["head"]] for row in edges], np.int64),
        relations=np.array([relation[row["relation"]] for row in edges], np.int64),
        tails=np.array([number[row["tail"]] for row in edges], np.int64),
        times=np.array([float(row.get("time") or "nan") for row in edges]),
        targets={head: tuple(found) for head, found in targets.items()},
        candidates=np.array([at for at, one in enumerate(kinds) if one == kind], np.int64),
        paths=tuple(tuple(_step(step, relation) for step in path) for path in paths),
    )


def _rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = set(columns) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name} has no column {', '.join(sorted(missing))}")
        yield from reader


def _step(step: str, number: dict[str, int]) -> tuple[tuple[int, bool], ...]:
    """``a|^b``: along a, or against b. Relations that the graph does not have lead nowhere."""
    ways = ((one.lstrip("^"), one.startswith("^")) for one in step.split("|"))
    return tuple((number[name], backward) for name, backward in ways if name in number)
