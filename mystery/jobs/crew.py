"""A crew: so many worker processes, each replaced when it ends, all of them ended together."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType

import structlog

log = structlog.get_logger(__name__)

# A fresh interpreter: what was forked from a process with threads may hang in any of their locks.
_context = multiprocessing.get_context("spawn")
SECONDS_BETWEEN_LOOKS = 0.5
# A process that ended sooner than this after its start is started again later and later.
SECONDS_OF_A_FAIR_LIFE = 10.0
LONGEST_PAUSE = 30.0
# So long may a job in hand take to come to a place where it can be put back.
SECONDS_TO_STOP = 20.0

# What a process does until the event is set; it is imported by name in the new process.
Work = Callable[[threading.Event], None]


@dataclass
class _Post:
    """One place in the crew: the process that holds it, and the pipe whose end tells it to stop."""

    process: BaseProcess | None = None
    leash: Connection | None = None
    started: float = 0.0
    not_before: float = 0.0
    pause: float = field(default=0.5)


class Crew:
    """Runs ``work`` in so many processes while the ``with`` block lasts.

    When the process with the crew is killed, the pipes to its workers break, and they stop by themselves.
    """

    def __init__(self, work: Work, processes: int) -> None:
        self._work = work
        self._posts = [_Post() for _ in range(processes)]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_after, daemon=True)

    def __enter__(self) -> Crew:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        for post in self._posts:
            if post.leash is not None:
                post.leash.close()
        patience = time.monotonic() + SECONDS_TO_STOP
        for post in self._posts:
            if post.process is not None:
                post.process.join(max(0.0, patience - time.monotonic()))
                if post.process.is_alive():
                    log.warning("worker did not stop in time", worker=post.process.pid)
                    post.process.kill()
                    post.process.join()

    def list_process_ids(self) -> list[int]:
        """The ids of the processes that are there now."""
        found = (post.process.pid for post in self._posts if post.process is not None)
        return [each for each in found if each is not None]

    def _look_after(self) -> None:
        while True:
            for post in self._posts:
                if post.process is None or not post.process.is_alive():
                    self._fill(post)
            if self._over.wait(SECONDS_BETWEEN_LOOKS):
                return

    def _fill(self, post: _Post) -> None:
        moment = time.monotonic()
        if post.process is not None:
            self._clear(post, moment)
        if moment < post.not_before:
            return
        ours, theirs = _context.Pipe()
        post.process = _context.Process(target=_work_on_leash, args=(self._work, theirs))
        post.leash, post.started = ours, moment
        post.process.start()
        theirs.close()

    def _clear(self, post: _Post, moment: float) -> None:
        assert post.process is not None, "there is somebody to replace"
        code = post.process.exitcode
        (log.info if code == 0 else log.warning)("worker ended", worker=post.process.pid, code=code)
        if moment - post.started < SECONDS_OF_A_FAIR_LIFE and code != 0:
            post.not_before = moment + post.pause
            post.pause = min(2 * post.pause, LONGEST_PAUSE)
        else:
            post.pause = 0.5
        if post.leash is not None:
            post.leash.close()
        post.process.close()
        post.process, post.leash = None, None


def _work_on_leash(work: Work, leash: Connection) -> None:
    """The whole life of a worker process."""
    stopping = threading.Event()
    # Ctrl-C reaches the whole group of processes; the workers wait to be told by the one that leads them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stopping.set())
    threading.Thread(target=_wait_for_end, args=(leash, stopping), daemon=True).start()
    work(stopping)


def _wait_for_end(leash: Connection, stopping: threading.Event) -> None:
    try:
        leash.recv()
    except (EOFError, OSError):
        stopping.set()
