"""What benchmarks report: figures, and the Markdown table of them."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        benchmark: name of the benchmark.
        case: what was measured.
        value: the figure with its unit.
        beside: what it is compared with in the same run; empty where nothing is.
    """

    benchmark: str
    case: str
    value: str
    beside: str = ""


def print_table(figures: Iterable[Figure]) -> None:
    """Print the figures as a Markdown table, each as soon as it is known.

    >>> print_table([Figure("start", "S", "1.4 s", "3 times as long")])
    | benchmark | what | figure | beside it |
    |---|---|---|---|
    | start | S | 1.4 s | 3 times as long |
    """
    print("| benchmark | what | figure | beside it |\n|---|---|---|---|", flush=True)
    for one in figures:
        print(f"| {one.benchmark} | {one.case} | {one.value} | {one.beside} |", flush=True)


def where_and_when() -> str:
    """The machine, how busy it is, and the day."""
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{day}, {os.cpu_count()} cores{load}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )
