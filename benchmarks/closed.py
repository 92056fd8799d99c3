"""What closed statements cost: the radar's JSON where a fifth of all is closed.

    python -m benchmarks.closed [M L] [--requests N] [--at-once N]

The rows of a scale point are dealt out to 500 sources; every fifth source is read by those who act
for one of 25 organisations only, which closes some 20 % of all statements. Beside it stands a store
of the public statements alone. All are asked for the same centres, twenty by twenty in turn, so
that a busy machine is busy for all: both stores by visitors, and the mixed one with a token of an
account that acts for five of the organisations, and so reads a fifth of what is closed. Both stores
are made once.
"""

import argparse
import hashlib
import random
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from pyoxigraph import NamedNode, Quad

from benchmarks.figures import Figure, print_table
from benchmarks.radar import WARMING, ask, prepare
from benchmarks.scales import FOLDER
from benchmarks.serving import serving
from graph import PUBLIC, About, Addresses, Change, Knowledge, Source
from graph.decisions import ROW
from graph.store import graph_of
from webapp import Settings
from webapp.accounts import Accounts

SOURCES: Final = 500
CLOSED_EVERY: Final = 5
READERS: Final = 25
READ: Final = 5

Taken = tuple[float, float]
"""p50 and p95 in milliseconds."""


class _Dealt:
    """The quads of a scale point, dealt out to sources of which some are closed.

    Args:
        knowledge: of the scale point.
        readers: slugs of the organisations that the closed sources are for.
    """

    def __init__(self, knowledge: Knowledge, readers: list[str]) -> None:
        self._knowledge = knowledge
        self._addresses: Addresses = knowledge.addresses
        self._audiences = [f"organisation:{slug}" for slug in readers]

    def quads(self) -> frozenset[Quad]:
        """All of them, with the descriptions of the sources."""
        found: set[Quad] = set()
        rows_of = {
            quad.subject: quad.object for quad in self._knowledge.store.match(None, ROW, None)
        }
        for quad in self._knowledge.dump():
            graph = graph_of(quad).value
            if self._addresses.parse_source_graph(graph):
                part = self._part(quad.subject)
                place = self._addresses.source_graph(f"part-{part}", self._audience(part))
            elif self._addresses.parse_decision_graph(graph):
                row = rows_of.get(quad.subject)
                audience = self._audience(self._part(row)) if row is not None else PUBLIC
                place = self._addresses.decision_graph(audience)
            else:
                continue
            found.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode(place)))
        for part in range(SOURCES):
            found |= Source(f"part-{part}").quads(self._addresses, self._audience(part))
        return frozenset(found)

    @staticmethod
    def _part(row: object) -> int:
        return int.from_bytes(hashlib.sha256(str(row).encode()).digest()[:4]) % SOURCES

    def _audience(self, part: int) -> str:
        if part % CLOSED_EVERY:
            return PUBLIC
        return self._audiences[part // CLOSED_EVERY % READERS]


def _is_public(quad: Quad, addresses: Addresses) -> bool:
    graph = graph_of(quad).value
    place = addresses.parse_source_graph(graph)
    return (place[1] if place else addresses.parse_decision_graph(graph)) == PUBLIC


def _store(folder: Path, quads: frozenset[Quad]) -> None:
    with Knowledge.open(folder) as knowledge:
        knowledge.commit(Change(add=quads), About("import", "", "dealt out anew"))
    (folder / "ready").touch()


def stores(scale: str) -> tuple[Path, Path, list[str]]:
    """The mixed store, that of public statements alone, and centres that are in both."""
    whole, _ = prepare(scale)
    mixed, public = FOLDER / f"{scale}-closed", FOLDER / f"{scale}-open"
    if not ((mixed / "ready").exists() and (public / "ready").exists()):
        with Knowledge.open(whole) as knowledge:
            organisations = knowledge.view().things("organisation")
            readers = [thing.slug for thing in organisations[:READERS]]
            quads, addresses = _Dealt(knowledge, readers).quads(), knowledge.addresses
        _store(mixed, quads)
        _store(public, frozenset(quad for quad in quads if _is_public(quad, addresses)))
    with Knowledge.open(public) as knowledge:
        kinds = ("cluster", "organisation", "project", "topic", "listing")
        view = knowledge.view()
        return mixed, public, [f"{kind}/{one.slug}" for kind in kinds for one in view.things(kind)]


def token(folder: Path) -> str:
    """A token that reads what five of the organisations may read."""
    with Knowledge.open(folder) as knowledge:
        graphs = knowledge.store.graphs()
        places = [
            place for graph in graphs if (place := knowledge.addresses.parse_source_graph(graph))
        ]
        closed = sorted({audience for _, audience in places if audience != PUBLIC})[:READ]
        accounts = Accounts.open(Settings().accounts_address(folder), knowledge=knowledge)
        known = accounts.by_email("reader@clusterradar.example")
        account = known or accounts.create("reader@clusterradar.example", "Reader")
        for audience in closed:
            iri = knowledge.addresses.thing("organisation", audience.partition(":")[2])
            accounts.confirm_acting(account.id, iri, how="manager")
        return accounts.create_token(account.id, "benchmark")[1]


def measure(
    cases: Mapping[str, tuple[str, str]], asked: list[str], at_once: int
) -> dict[str, Taken]:
    """p50 and p95 of the answers in milliseconds for each case, all asked in turn.

    Args:
        cases: name to the address of a server and a token, or none.
        asked: centres; the first ones are not counted.
        at_once: requests at once.
    """
    headers = {
        name: {"Authorization": f"Bearer {bearer}"} if bearer else {}
        for name, (_, bearer) in cases.items()
    }
    taken: dict[str, list[float]] = {name: [] for name in cases}
    with ThreadPoolExecutor(at_once) as threads:
        for start in range(0, len(asked), WARMING):
            part = asked[start : start + WARMING]
            for name, (address, _) in cases.items():
                shares = [part[one::at_once] for one in range(at_once)]
                answers = threads.map(partial(ask, address, headers=headers[name]), shares)
                found = [one for several in answers for one in several]
                if start:
                    taken[name] += found
    return {
        name: (float(np.median(several)), float(np.quantile(several, 0.95)))
        for name, several in taken.items()
    }


def figures(
    scales: Iterable[str] = ("M", "L"), requests: int = 200, at_once: int = 2
) -> Iterator[Figure]:
    """Each scale point: public alone, then mixed, as a visitor and with five audiences."""
    for scale in scales:
        mixed, public, centres = stores(scale)
        random.Random(0).shuffle(centres)
        bearer = token(mixed)
        with serving("serve", public) as one, serving("serve", mixed) as other:
            cases = {
                "public statements alone, a visitor": (one.address, ""),
                "20 % closed, a visitor": (other.address, ""),
                "20 % closed, five audiences": (other.address, bearer),
            }
            taken = measure(cases, centres[: requests + WARMING], at_once)
        alone = next(iter(taken.values()))
        for name, own in taken.items():
            ratios = " and ".join(f"{a / b:.2f}" for a, b in zip(own, alone, strict=True))
            beside = "" if own is alone else f"{ratios} times the store of public statements alone"
            yield Figure("closed", f"{scale}: {name}", _text(own), beside)


def _text(taken: Taken) -> str:
    return f"p50 {taken[0]:.1f} ms, p95 {taken[1]:.1f} ms"


def main() -> None:
    """Measure the scale points that were asked for."""
    parser = argparse.ArgumentParser(description="The radar where a fifth of all is closed.")
    parser.add_argument("scales", nargs="*", default=["L"], help="M, L (default L)")
    parser.add_argument("--requests", type=int, default=200, help="a store (default 200)")
    parser.add_argument("--at-once", type=int, default=2, help="requests at once (default 2)")
    chosen = parser.parse_args()
    print_table(figures(chosen.scales, chosen.requests, chosen.at_once))


if __name__ == "__main__":
    main()
