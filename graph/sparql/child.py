"""What runs inside a reader process: it opens a read-only copy and answers one query at a time.

The parent talks to it over its standard input and output in frames: a line of JSON, then as many
bytes as its ``size`` says. The main thread only waits for what the parent says; the query runs in a
thread of its own, with a stack large enough for deeply nested queries. So the process ends at
once when the parent is gone, even in the middle of a query.
"""

import json
import os
import resource
import signal
import sys
import threading
import time
from queue import SimpleQueue
from typing import Any, Final, NoReturn

from pyoxigraph import NamedNode, Store

from graph.sparql.isolation import give_up_network
from graph.sparql.results import write

STACK: Final = 512 * 1024 * 1024
"""Bytes of address space for the stack of the thread that queries; only what is used costs."""


def answer(store: Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """One answer: a head for the frame and the body."""
    started = time.monotonic()
    found = store.query(
        asked["query"],
        base_iri=asked["base"],
        default_graph=[NamedNode(iri) for iri in asked["default_graphs"]],
        named_graphs=[NamedNode(iri) for iri in asked["named_graphs"]],
    )
    written = write(
        found,
        asked["format"],
        max_rows=asked["max_rows"],
        max_bytes=asked["max_bytes"],
        prefixes=asked["prefixes"],
        variables=asked["variables"],
    )
    seconds = time.monotonic() - started
    return {"rows": written.rows, "cut": written.cut, "seconds": seconds}, written.body


def said_of(error: SyntaxError | RuntimeError | OSError | ValueError) -> dict[str, str]:
    """The head that tells the parent of an error."""
    if isinstance(error, SyntaxError):
        kind = "syntax"
    else:
        kind = "evaluation" if isinstance(error, RuntimeError) else "reading"
    return {"error": kind, "detail": str(error)}


def _send(head: dict[str, Any], body: bytes = b"") -> None:
    out = sys.stdout.buffer
    out.write(json.dumps({**head, "size": len(body)}).encode() + b"\n")
    out.write(body)
    out.flush()


def _work(jobs: "SimpleQueue[dict[str, Any]]") -> NoReturn:
    store: Store | None = None
    while True:
        job = jobs.get()
        try:
            if "open" in job:
                # The old one is let go first: both at once could need too much memory.
                store = None
                store = Store.read_only(job["open"])
                _send({})
            else:
                assert store is not None
                _send(*answer(store, job))
        except (SyntaxError, RuntimeError, OSError, ValueError) as error:
            _send(said_of(error))
        except MemoryError:
            os._exit(70)


def main() -> None:
    """Serve the parent until it closes our standard input."""
    memory = int(sys.argv[1]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory + STACK, memory + STACK))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C in a terminal reaches the whole family; when to end is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_up_network()
    threading.stack_size(STACK)
    jobs: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_work, args=(jobs,), daemon=True).start()
    for line in sys.stdin.buffer:
        jobs.put(json.loads(line))
    os._exit(0)
