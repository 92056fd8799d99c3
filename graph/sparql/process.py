"""One reader process, seen from the parent: started, asked, and killed when it takes too long."""

import json
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

_ROOT: Final = Path(__file__).resolve().parents[2]
_START: Final = "from graph.sparql.child import main; main()"
_CHUNK: Final = 1 << 20


class ReaderEndedError(Exception):
    """The process ended by itself: its memory or its stack did not suffice."""


class ReaderProcess:
    """A process that answers queries over one read-only copy.

    It must be asked from one thread at a time, and ended with :meth:`close`.

    Args:
        memory_mb: memory that it may use, in MiB.
    """

    def __init__(self, memory_mb: int) -> None:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, str(memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout
        self._held = bytearray()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the process ended by itself, or something else ended it."""
        return self._process.poll() is not None

    def ask(self, job: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Hand over a job and wait for its answer.

        Raises:
            TimeoutError: there was no answer in time; the process must be closed now.
            ReaderEndedError: the process ended by itself; it must be closed too.
        """
        deadline = time.monotonic() + seconds
        try:
            self._requests.write(json.dumps(job).encode() + b"\n")
            self._requests.flush()
        except (BrokenPipeError, ValueError) as error:
            raise ReaderEndedError from error
        while (end := self._held.find(b"\n")) < 0:
            self._read(deadline)
        head = json.loads(self._held[:end])
        del self._held[: end + 1]
        while len(self._held) < head["size"]:
            self._read(deadline)
        body = bytes(self._held)
        self._held.clear()
        return head, body

    def _read(self, deadline: float) -> None:
        waiting = select.poll()
        try:
            waiting.register(self._answers, select.POLLIN)
            if not waiting.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise TimeoutError
            piece = os.read(self._answers.fileno(), _CHUNK)
        except ValueError as error:
            # Closed by another thread: a pool that is closed does not wait for its queries.
            raise ReaderEndedError from error
        if not piece:
            raise ReaderEndedError
        self._held += piece

    def close(self) -> None:
        """End the process, whatever it does, and take it off the system's list."""
        self._process.kill()
        self._process.wait()
        self._answers.close()
        # What was still to be handed over is of no use to anybody now.
        with suppress(BrokenPipeError):
            self._requests.close()
