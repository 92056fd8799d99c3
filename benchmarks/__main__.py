"""All benchmarks, or those that are named, and one Markdown table.

    python -m benchmarks [push radar closed start importing] [--scales S M L]

Nothing is written into the repository; lists and data folders are kept in a temporary folder
(``CLUSTERRADAR_BENCHMARKS`` names another).
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from benchmarks import closed, importing, push, radar, start
from benchmarks.figures import Figure, print_table, where_and_when

BENCHMARKS: Final[dict[str, Callable[[Iterable[str]], Iterator[Figure]]]] = {
    "push": push.figures,
    "radar": radar.figures,
    "closed": closed.figures,
    "start": start.figures,
    "importing": importing.figures,
}
_WITHOUT_S: Final = ("push", "closed", "importing")
"""Benchmarks of generated data only: the go-cluster data are too small for them."""


def main() -> None:
    """Run them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(BENCHMARKS)} (default all)")
    parser.add_argument(
        "--scales", nargs="+", default=["S", "M", "L"], help="S, M, L, XL (default S M L)"
    )
    chosen = parser.parse_args()
    for name in chosen.names:
        if name not in BENCHMARKS:
            parser.error(f"there is no benchmark {name}; there are {', '.join(BENCHMARKS)}")
    print(f"{where_and_when()}\n")
    print_table(_all(chosen.names or list(BENCHMARKS), chosen.scales))


def _all(names: Iterable[str], scales: list[str]) -> Iterator[Figure]:
    for name in names:
        yield from BENCHMARKS[name]([one for one in scales if one != "S" or name not in _WITHOUT_S])


if __name__ == "__main__":
    main()
