"""How fast the radar's JSON comes over HTTP, at several scale points, two requests at once.

    python -m benchmarks.radar [S M L] [--requests N] [--at-once N]

S is the go-cluster data; M and L are generated and imported first, once (``benchmarks/scales.py``
says where they are kept). Each scale point is served by a process of its own; every request asks
for another centre, so no answer is remembered, and the first requests are not counted.
"""

import argparse
import http.client
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from urllib.parse import quote, urlsplit

import numpy as np

from benchmarks.figures import Figure, print_table
from benchmarks.scales import loaded
from benchmarks.serving import serving
from graph import Knowledge

WARMING = 20


def prepare(scale: str) -> tuple[Path, list[str]]:
    """The data folder of a scale point, and centres to ask for."""
    folder, _ = loaded(scale)
    with Knowledge.open(folder) as knowledge:
        view = knowledge.view()
        kinds = ("cluster", "organisation", "project", "topic", "listing")
        return folder, [f"{kind}/{thing.slug}" for kind in kinds for thing in view.things(kind)]


def ask(
    address: str, centres: list[str], headers: Mapping[str, str] = MappingProxyType({})
) -> list[float]:
    """Milliseconds of each answer, one connection for all."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=600)
    milliseconds = []
    for centre in centres:
        started = perf_counter()
        connection.request("GET", f"/api/v1/radar?centre={quote(centre)}", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        milliseconds.append(1000 * (perf_counter() - started))
        if answer.status != 200 or "suggestions" not in json.loads(body):
            raise SystemExit(f"{centre}: {answer.status} {body[:200]!r}")
    connection.close()
    return milliseconds


def measure(scale: str, requests: int, at_once: int) -> Figure:
    """Serve a scale point and ask."""
    folder, centres = prepare(scale)
    random.Random(0).shuffle(centres)
    asked = centres[: requests + WARMING]
    with serving("serve", folder) as server:
        ask(server.address, asked[:WARMING])
        shares = [asked[WARMING:][one::at_once] for one in range(at_once)]
        with ThreadPoolExecutor(at_once) as threads:
            answers = list(threads.map(lambda share: ask(server.address, share), shares))
    milliseconds = np.concatenate([np.asarray(one) for one in answers])
    return Figure(
        "radar",
        f"{scale}, {len(centres):,} centres: JSON over HTTP, {at_once} at once",
        f"p50 {np.median(milliseconds):.1f} ms, p95 {np.quantile(milliseconds, 0.95):.1f} ms",
    )


def figures(
    scales: Iterable[str] = ("S", "M", "L"), requests: int = 200, at_once: int = 2
) -> Iterator[Figure]:
    """Each scale point."""
    return (measure(scale, requests, at_once) for scale in scales)


def main() -> None:
    """Measure all scale points that were asked for."""
    parser = argparse.ArgumentParser(description="The radar's JSON over HTTP.")
    parser.add_argument("scales", nargs="*", default=["S", "M", "L"], help="S, M, L (default all)")
    parser.add_argument("--requests", type=int, default=200, help="a scale point (default 200)")
    parser.add_argument("--at-once", type=int, default=2, help="requests at once (default 2)")
    chosen = parser.parse_args()
    print_table(figures(chosen.scales, chosen.requests, chosen.at_once))


if __name__ == "__main__":
    main()
