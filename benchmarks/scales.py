"""Lists and data folders of the scale points, made once, outside the repository."""

import os
import tempfile
from pathlib import Path
from time import perf_counter

from graph import Knowledge
from graph.generating import Written, generate
from graph.importing import import_file, load_go_cluster

FOLDER = Path(
    os.environ.get("CLUSTERRADAR_BENCHMARKS")
    or Path(tempfile.gettempdir()) / "clusterradar-benchmarks"
)
"""Where they are kept for the next run; delete it after a change of what is generated."""


def lists(scale: str) -> list[Written]:
    """The generated lists of a scale point (M, L, ...), in the order of their import."""
    return generate(scale, FOLDER / f"{scale}-lists")


def import_lists(knowledge: Knowledge, written: list[Written]) -> None:
    """Import generated lists, each as a source of its own."""
    for one in written:
        import_file(knowledge, one.path, one.kind, f"invented-{one.path.stem}")


def loaded(scale: str) -> tuple[Path, float]:
    """The data folder of a scale point, and seconds that loading it took (0: it was there).

    S is the go-cluster data; the others are generated.
    """
    folder = FOLDER / scale
    if (folder / "ready").exists():
        return folder, 0.0
    written = [] if scale == "S" else lists(scale)
    started = perf_counter()
    with Knowledge.open(folder) as knowledge:
        if scale == "S":
            load_go_cluster(knowledge)
        else:
            import_lists(knowledge, written)
    (folder / "ready").touch()
    return folder, perf_counter() - started
