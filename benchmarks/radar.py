"""How fast the radar's JSON comes over HTTP, at several scale points, two requests at once.

    python -m benchmarks.radar [S M L] [--requests N] [--at-once N]

S is the go-cluster data; M and L are generated and imported first (once: the data folders are
kept in ``.benchmarks``). Each scale point is served by a process of its own; every request asks
for another centre, so no answer is remembered, and the first requests are not counted.
"""

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, urlsplit

import numpy as np

from graph import Knowledge
from graph.generating import generate
from graph.importing import import_file, load_go_cluster

FOLDER = Path(".benchmarks")
WARMING = 20
READY = re.compile(r"(http://\S+/)")


def prepare(scale: str) -> tuple[Path, list[str], float]:
    """The data folder of a scale point, centres to ask for, and seconds the import took."""
    folder = FOLDER / scale
    seconds = 0.0
    made = not (folder / "ready").exists()
    knowledge = Knowledge.open(folder)
    if made:
        started = perf_counter()
        if scale == "S":
            load_go_cluster(knowledge)
        else:
            for table in generate(scale, FOLDER / f"{scale}-lists"):
                source = f"invented-{table.path.stem}"
                import_file(knowledge, table.path, table.kind, source)
        seconds = perf_counter() - started
        (folder / "ready").touch()
    view = knowledge.view()
    kinds = ("cluster", "organisation", "project", "topic", "listing")
    centres = [f"{kind}/{thing.slug}" for kind in kinds for thing in view.things(kind)]
    knowledge.close()
    return folder, centres, seconds


def ask(address: str, centres: list[str]) -> list[float]:
    """Milliseconds of each answer, one connection for all."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    milliseconds = []
    for centre in centres:
        started = perf_counter()
        connection.request("GET", f"/api/v1/radar?centre={quote(centre)}")
        answer = connection.getresponse()
        body = answer.read()
        milliseconds.append(1000 * (perf_counter() - started))
        if answer.status != 200 or "suggestions" not in json.loads(body):
            raise SystemExit(f"{centre}: {answer.status} {body[:200]!r}")
    connection.close()
    return milliseconds


def measure(scale: str, requests: int, at_once: int) -> None:
    """Serve a scale point, ask, and print one line."""
    folder, centres, imported = prepare(scale)
    random.Random(0).shuffle(centres)
    asked = centres[: requests + WARMING]
    started = perf_counter()
    command = [
        sys.executable,
        "-m",
        "webapp.cli",
        "serve",
        "--port",
        "0",
        "--data-dir",
        str(folder),
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = next(found[1] for line in server.stdout if (found := READY.search(line)))
        ready = perf_counter() - started
        ask(address, asked[:WARMING])
        shares = [asked[WARMING:][one::at_once] for one in range(at_once)]
        with ThreadPoolExecutor(at_once) as threads:
            answers = list(threads.map(lambda share: ask(address, share), shares))
        milliseconds = np.concatenate([np.asarray(one) for one in answers])
    finally:
        server.terminate()
        server.wait(30)
    took = f"{imported:.0f} s" if imported else "before"
    print(
        f"{scale:<6} {len(centres):>8,} {took:>9} {ready:>8.1f} s {np.median(milliseconds):>8.1f} "
        f"{np.quantile(milliseconds, 0.95):>8.1f}",
        flush=True,
    )


def main() -> None:
    """Measure all scale points that were asked for."""
    parser = argparse.ArgumentParser(description="The radar's JSON over HTTP.")
    parser.add_argument("scales", nargs="*", default=["S", "M", "L"], help="S, M, L (default all)")
    parser.add_argument("--requests", type=int, default=200, help="a scale point (default 200)")
    parser.add_argument("--at-once", type=int, default=2, help="requests at once (default 2)")
    chosen = parser.parse_args()
    print(f"{chosen.requests} requests, {chosen.at_once} at once")
    print(
        f"{'scale':<6} {'centres':>8} {'imported':>9} {'ready in':>10} {'p50 ms':>8} {'p95 ms':>8}"
    )
    for scale in chosen.scales:
        measure(scale, chosen.requests, chosen.at_once)


if __name__ == "__main__":
    main()
