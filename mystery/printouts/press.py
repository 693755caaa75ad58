"""The press: a process of its own that renders what a download did not find printed.

A server answers in threads, and a report that is rendered in one of them makes all the others wait. The
process is started when it is first needed, and another one follows after so many reports or any trouble.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from uuid import UUID

import structlog
from flask import Flask

from checklists.localtext import Language
from mystery.access.scopes import NotYours
from mystery.database import db
from mystery.printouts.failures import PrintFailed
from mystery.printouts.printing import print_now
from reports.pdf import render_period_pdf
from reports.period_print import PrintedPeriod

log = structlog.get_logger(__name__)

_context = multiprocessing.get_context("spawn")
# The first report waits for the start of the process as well.
SECONDS_A_REPORT = 60.0
REPORTS_A_PROCESS = 300
PRINTED, GONE, FAILED = "printed", "gone", "failed"

# The life of the process: it opens the application and calls serve_press; imported by name over there.
Life = Callable[[Connection], None]


# What is to be printed: a visit in a language, or a document that somebody has written already.
Order = tuple[UUID, Language] | PrintedPeriod
# What became of it, and the key of the print, the print itself, or what went wrong.
Reply = tuple[str, str | bytes]


class PressProcess:
    """A ``Press`` in another process, one report at a time; safe to share between threads."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._left = 0

    def __call__(self, visit_id: UUID, language: Language) -> str:
        """Print a visit; raises NotYours when it is no submitted visit, and PrintFailed."""
        with self._lock:
            answer, words = self._exchange((visit_id, language))
        if answer == GONE:
            raise NotYours
        if answer == FAILED:
            raise PrintFailed(words)
        return str(words)

    def print_document(self, document: PrintedPeriod) -> bytes:
        """Print a document that is kept nowhere; raises PrintFailed."""
        with self._lock:
            answer, content = self._exchange(document)
        if not isinstance(content, bytes):
            raise PrintFailed(content or answer)
        return content

    def close(self) -> None:
        """End the process; the next report starts another."""
        with self._lock:
            self._stop()

    def _exchange(self, order: Order) -> Reply:
        pipe = self._open_pipe()
        self._left -= 1
        try:
            pipe.send(order)
            if not pipe.poll(SECONDS_A_REPORT):
                raise PrintFailed("the press did not answer in time")
            answer: Reply = pipe.recv()
        except (EOFError, OSError, PrintFailed) as error:
            self._stop()
            raise PrintFailed(str(error)) from error
        if self._left <= 0 or answer[0] == FAILED:
            self._stop()
        return answer

    def _open_pipe(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._stop()
        self._pipe, theirs = _context.Pipe()
        self._process = _context.Process(target=_live, args=(self._life, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._left = REPORTS_A_PROCESS
        return self._pipe

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process, self._pipe = None, None


def serve_press(app: Flask, pipe: Connection) -> None:
    """Print whatever comes through the pipe until the other end is closed."""
    while True:
        try:
            order: Order = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_answer_document(order) if isinstance(order, PrintedPeriod) else _answer(app, *order))


def _answer_document(document: PrintedPeriod) -> Reply:
    try:
        return PRINTED, render_period_pdf(document)
    except Exception as error:
        log.error("document not printed", error=type(error).__name__)
        return FAILED, type(error).__name__


def _answer(app: Flask, visit_id: UUID, language: Language) -> tuple[str, str]:
    with app.app_context():
        try:
            return PRINTED, print_now(visit_id, language)
        except NotYours:
            return GONE, ""
        except Exception as error:
            log.error("report not printed", visit=visit_id.hex, error=type(error).__name__)
            return FAILED, type(error).__name__
        finally:
            # Nothing is held while the press waits: the database file may be replaced by a backup meanwhile.
            db.session.remove()
            db.engine.dispose()


def _live(life: Life, pipe: Connection) -> None:
    # Ctrl-C reaches the whole group of processes; this one ends when its pipe does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    life(pipe)
