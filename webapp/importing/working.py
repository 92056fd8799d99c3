"""The threads that work on uploaded lists, and how far each has come."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Lock, Semaphore, Thread
from typing import Final

AT_ONCE: Final = 2
"""Lists that are planned at the same time; others wait."""
_LOOK_SECONDS: Final = 0.2


class AbandonedError(Exception):
    """Nobody wants this work any more: the list was corrected, thrown away, or the server ends."""


@dataclass(frozen=True)
class Progress:
    """How far work has come.

    Attributes:
        stage: what is done now; empty while it waits for its turn.
        done: steps that are done.
        whole: steps of the stage; 0 where nobody knows.
    """

    stage: str = ""
    done: int = 0
    whole: int = 0


class Task:
    """One piece of work on one list: it tells how far it is, and ends when nobody wants it."""

    def __init__(self, token: str, ending: Event) -> None:
        self.token = token
        self.progress = Progress()
        self._ending = ending
        self._abandoned = False

    def tell(self, stage: str, done: int, whole: int) -> None:
        """Note how far it is (:data:`graph.Progress`).

        Raises:
            AbandonedError: nobody wants it any more.
        """
        self.progress = Progress(stage, done, whole)
        self.go_on()

    def note(self, stage: str, done: int, whole: int) -> None:
        """The same of work that is not left half done."""
        self.progress = Progress(stage, done, whole)

    def go_on(self) -> None:
        """Ask whether it is still wanted.

        Raises:
            AbandonedError: it is not.
        """
        if self._abandoned or self._ending.is_set():
            raise AbandonedError

    def abandon(self) -> None:
        """Nobody wants it any more."""
        self._abandoned = True


class Workers:
    """Threads that work on lists: at most one for each list."""

    def __init__(self) -> None:
        self._ending = Event()
        self._lock = Lock()
        self._running: dict[str, tuple[Task, Thread]] = {}
        self._turn = Semaphore(AT_ONCE)

    def start(self, token: str, work: Callable[[Task], None]) -> None:
        """Begin work on a list; what was under way on it is abandoned."""
        task = Task(token, self._ending)
        thread = Thread(target=self._run, args=(task, work), name=f"import-{token[:6]}")
        thread.daemon = True
        with self._lock:
            if self._ending.is_set():
                return
            if token in self._running:
                self._running[token][0].abandon()
            self._running[token] = task, thread
            thread.start()

    def _run(self, task: Task, work: Callable[[Task], None]) -> None:
        try:
            work(task)
        except AbandonedError:
            return
        finally:
            with self._lock:
                if self._running.get(task.token, (None,))[0] is task:
                    del self._running[task.token]

    @contextmanager
    def turn(self, task: Task) -> Iterator[None]:
        """Wait until few others plan.

        Raises:
            AbandonedError: nobody wants the task any more.
        """
        while not self._turn.acquire(timeout=_LOOK_SECONDS):
            task.go_on()
        try:
            yield
        finally:
            self._turn.release()

    def abandon(self, token: str) -> None:
        """Nobody wants what is done on a list."""
        with self._lock:
            if token in self._running:
                self._running[token][0].abandon()

    def is_running(self, token: str) -> bool:
        """Whether a list is worked on."""
        with self._lock:
            return token in self._running

    def progress(self, token: str) -> Progress:
        """How far work on a list has come."""
        with self._lock:
            return self._running[token][0].progress if token in self._running else Progress()

    def wait(self, token: str, seconds: float) -> None:
        """Wait until the work on a list is done, for a while at most."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            with self._lock:
                running = self._running.get(token)
            if running is None:
                return
            running[1].join(left)

    def close(self) -> None:
        """End all work; a commit under way is finished first."""
        self._ending.set()
        with self._lock:
            threads = [thread for _, thread in self._running.values()]
        for thread in threads:
            thread.join()
