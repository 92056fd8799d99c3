"""How long a start takes: to the ready line, and to the first radar page in a browser's hands.

    python -m benchmarks.start [S M L] [--times N]

S is the second start of ``make run``, that is ``clusterradar demo`` on a folder that is loaded;
M and L are ``clusterradar serve``. Python itself and the libraries that everything here needs
are imported in the same run, in turn with the starts: the ratio to that says what is ours.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator
from statistics import median
from time import perf_counter
from typing import Final
from urllib.request import urlopen

from benchmarks.figures import Figure, print_table
from benchmarks.scales import loaded
from benchmarks.serving import serving

_IMPORTS: Final = "import flask, numpy, scipy, pyoxigraph"


def bare() -> float:
    """Seconds that Python and the libraries take."""
    started = perf_counter()
    subprocess.run([sys.executable, "-c", _IMPORTS], check=True)
    return perf_counter() - started


def figures(scales: Iterable[str] = ("S", "M", "L"), times: int = 5) -> Iterator[Figure]:
    """Start several times at each scale point; the medians."""
    for scale in scales:
        folder, _ = loaded(scale)
        imports, ready, drawn = [], [], []
        for _ in range(times):
            imports.append(bare())
            with serving("demo" if scale == "S" else "serve", folder) as server:
                ready.append(server.ready_after)
                with urlopen(server.address, timeout=60) as page:
                    page.read()
                drawn.append(perf_counter() - server.began)
        beside = median(imports)
        for case, seconds in (("ready", median(ready)), ("first radar page", median(drawn))):
            yield Figure(
                "start",
                f"{scale}: {case}",
                f"{seconds:.2f} s",
                f"{seconds / beside:.1f} times the {beside:.2f} s of importing the libraries",
            )


def main() -> None:
    """Measure the scale points that were asked for."""
    parser = argparse.ArgumentParser(description="From the command to the first radar.")
    parser.add_argument("scales", nargs="*", default=["S", "M", "L"], help="S, M, L (default all)")
    parser.add_argument("--times", type=int, default=5, help="starts a scale point (default 5)")
    chosen = parser.parse_args()
    print_table(figures(chosen.scales, chosen.times))


if __name__ == "__main__":
    main()
