"""All benchmarks, or those that are named, and one Markdown table.

    python -m benchmarks [push radar start importing] [--scales S M L]

Nothing is written into the repository; lists and data folders are kept in a temporary folder
(``CLUSTERRADAR_BENCHMARKS`` names another).
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from benchmarks import importing, push, radar, start
from benchmarks.figures import Figure, table, where_and_when

_FIGURES: Final[dict[str, Callable[[Iterable[str]], Iterator[Figure]]]] = {
    "push": push.figures,
    "radar": radar.figures,
    "start": start.figures,
    "importing": importing.figures,
}
_WITHOUT_S: Final = ("push", "importing")
"""Benchmarks of generated data only: the go-cluster data are too small for them."""


def main() -> None:
    """Run them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(_FIGURES)} (default all)")
    parser.add_argument(
        "--scales", nargs="+", default=["S", "M", "L"], help="S, M, L, XL (default S M L)"
    )
    chosen = parser.parse_args()
    for name in chosen.names:
        if name not in _FIGURES:
            parser.error(f"there is no benchmark {name}; there are {', '.join(_FIGURES)}")
    print(f"{where_and_when()}\n")
    found: list[Figure] = []
    for name in chosen.names or _FIGURES:
        scales = [one for one in chosen.scales if one != "S" or name not in _WITHOUT_S]
        found += _FIGURES[name](scales)
    print(table(found))


if __name__ == "__main__":
    main()
