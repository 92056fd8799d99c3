"""How fast lists are imported, beside a bare bulk load of the same statements.

    python -m benchmarks.importing [M L]

All generated lists of a scale point are imported into a new folder: read, validated, matched,
linked, written to the journal, reasoned about, stored. Then everything that is in the store
afterwards is bulk-loaded by pyoxigraph alone from an N-Quads file, which is the least that
storing it can cost. Last, a list of one new row is imported by the command line.
"""

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter, process_time

import pyoxigraph
from pyoxigraph import RdfFormat

from benchmarks.figures import Figure, print_table
from benchmarks.scales import import_lists, lists
from graph import Knowledge


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and seconds of all cores."""
    clock, cores = perf_counter(), process_time()
    work()
    return perf_counter() - clock, process_time() - cores


def first_row(path: Path, target: Path) -> Path:
    """A list of one row that is not in a list yet."""
    with path.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    row |= {"id": "one-more", "name": "One more e. V."}
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    return target


def by_command(one: Path, folder: Path) -> float:
    """Seconds of ``clusterradar import`` of part of a list."""
    command = ["-m", "webapp.cli", "import", str(one), "--kind", "organisation", "--partial"]
    options = ["--source", "invented-organisations", "--data-dir", str(folder)]
    started = perf_counter()
    subprocess.run([sys.executable, *command, *options], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started


def figures(scales: Iterable[str] = ("M", "L")) -> Iterator[Figure]:
    """Import each scale point once."""
    for scale in scales:
        with tempfile.TemporaryDirectory(prefix="clusterradar-") as name:
            yield from _figures(scale, Path(name))


def _figures(scale: str, place: Path) -> Iterator[Figure]:
    written = lists(scale)
    rows = sum(one.rows for one in written)
    folder, dump = place / "data", place / "all.nq"
    with Knowledge.open(folder) as knowledge:
        clock, cores = timed(lambda: import_lists(knowledge, written))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pyoxigraph.serialize(knowledge.dump(), str(dump), format=RdfFormat.N_QUADS)
        quads = knowledge.store.count()
    bare = pyoxigraph.Store(str(place / "bare"))
    _, alone = timed(lambda: bare.bulk_load(path=str(dump), format=RdfFormat.N_QUADS))
    path = next(one.path for one in written if one.kind == "organisation")
    seconds = by_command(first_row(path, place / "one.csv"), folder)
    yield Figure(
        "importing",
        f"{scale}: {rows:,} rows, {quads:,} statements",
        f"{rows / clock:,.0f} rows/s ({clock:.1f} s, {cores:.1f} s of CPU, {memory:,.0f} MB)",
        f"{cores / alone:.1f} times the {alone:.1f} s of CPU of a bare bulk load",
    )
    yield Figure("importing", f"{scale}: one more row, by the command line", f"{seconds:.2f} s")


def main() -> None:
    """Measure the scale points that were asked for."""
    parser = argparse.ArgumentParser(description="Import beside a bare bulk load.")
    parser.add_argument("scales", nargs="*", default=["M", "L"], help="M, L, XL (default M and L)")
    print_table(figures(parser.parse_args().scales))


if __name__ == "__main__":
    main()
