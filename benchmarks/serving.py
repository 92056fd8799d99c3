"""A server in a process of its own, started and stopped for a measurement."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

_ADDRESS: Final = re.compile(r"(http://\S+/)")


@dataclass(frozen=True)
class Serving:
    """A server that is ready.

    Attributes:
        address: where it is.
        began: ``perf_counter`` of the moment in which its process was started.
        ready_after: seconds from there to its ready line.
    """

    address: str
    began: float
    ready_after: float


@contextmanager
def serving(command: str, folder: Path) -> Iterator[Serving]:
    """A server on a free port.

    Args:
        command: ``serve`` or ``demo``.
        folder: its data folder.

    Raises:
        SystemExit: it ends before it is ready.
    """
    arguments = ["-m", "webapp.cli", command, "--port", "0", "--data-dir", str(folder)]
    began = perf_counter()
    server = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = next((match for line in server.stdout if (match := _ADDRESS.search(line))), None)
        if found is None:
            raise SystemExit(f"clusterradar {command} ended with {server.wait(30)}")
        yield Serving(found[1], began, perf_counter() - began)
    finally:
        server.terminate()
        server.wait(30)
