"""Writing member lists of a generated graph, in the importer's own formats."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.generating.rows import Row, Rows
from graph.generating.scales import Scale
from graph.generating.shape import generated_edges


@dataclass(frozen=True)
class Written:
    """A table that was written.

    Attributes:
        path: the file.
        kind: the kind to import it as.
        rows: how many rows it has.
    """

    path: Path
    kind: str
    rows: int


def generate(scale: str | Scale, folder: Path, seed: int = 0) -> list[Written]:
    """Write the member lists of a scale point.

    Args:
        scale: a scale point, or the name of one (:data:`graph.generating.SCALES`).
        folder: where to; it is made if needed, and files in it are overwritten.
        seed: the same seed gives the same files.

    Returns:
        The tables in the order in which they are best imported.

    Raises:
        KeyError: there is no such scale point.
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = Rows(generated_edges(scale, seed))
    makers: dict[str, tuple[str, Callable[[], Iterator[Row]]]] = {
        "topics": ("topic", tables.topics),
        "clusters": ("cluster", tables.clusters),
        "organisations": ("organisation", tables.organisations),
        "persons": ("person", tables.persons),
        "devices": ("device", tables.devices),
        "projects": ("project", tables.projects),
        "events": ("event", tables.events),
        "listings": ("listing", tables.listings),
    }
    return [_write(folder / f"{name}.csv", kind, rows()) for name, (kind, rows) in makers.items()]


def _write(path: Path, kind: str, rows: Iterator[Row]) -> Written:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for count, row in enumerate(rows, start=1):
            marked = {**row, "invented": "true"}
            if count == 1:
                writer = csv.DictWriter(file, list(marked))
                writer.writeheader()
            writer.writerow(marked)
    return Written(path, kind, count)
