"""A job while it is done: its progress, the lease kept alive beside it, and a limit to each of its steps."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any
from uuid import UUID

import structlog
from flask import Flask

from mystery.jobs.claims import Claim, JobLost, extend_lease, record_progress, retry_or_fail

log = structlog.get_logger(__name__)

SECONDS_A_STEP = 60.0
# A step that its alarm could not end hangs in code that hears nothing; then the process has to go.
SECONDS_UNTIL_KILLED = 2 * SECONDS_A_STEP
SECONDS_BETWEEN_BEATS = 5.0
HUNG = 70


class StepTooLong(Exception):
    """A step took longer than any step may."""


class Stopping(Exception):
    """The worker was told to stop; the job goes back and another worker goes on with it."""


class RunningJob:
    """A claimed job as its handler sees it."""

    def __init__(self, claim: Claim, stopping: threading.Event) -> None:
        self._claim = claim
        self._stopping = stopping
        self.step_begun = time.monotonic()
        # Whether this process was left in a state in which it had better not begin another job.
        self.is_spoilt = False

    @property
    def job_id(self) -> UUID:
        """The id of the row."""
        return self._claim.job_id

    @property
    def subject(self) -> Mapping[str, Any]:
        """The ids that the job is about."""
        return self._claim.subject

    @property
    def asked_by_id(self) -> UUID | None:
        """Who asked for it; None when nobody did."""
        return self._claim.asked_by_id

    @property
    def done_count(self) -> int:
        """How many steps were finished by workers that had the job before."""
        return self._claim.done_count

    def report_progress(self, done: int, total: int) -> None:
        """Say how many steps are finished. Commits; raises JobLost when it was cancelled, and Stopping."""
        record_progress(self._claim, done, total)
        self.step_begun = time.monotonic()
        if self._stopping.is_set():
            raise Stopping

    @contextmanager
    def limited_step(self) -> Iterator[None]:
        """A step that raises StepTooLong when it takes too long; the process ends after this job then."""
        self.step_begun = time.monotonic()
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGALRM, self._raise_too_long)
        # Again every second: where Python is called from C, the first exception may be swallowed.
        signal.setitimer(signal.ITIMER_REAL, SECONDS_A_STEP, 1.0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _raise_too_long(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_spoilt = True
        raise StepTooLong


@contextmanager
def keep_lease(app: Flask, claim: Claim, job: RunningJob) -> Iterator[None]:
    """Extend the lease from a thread for as long as the job makes progress; it ends before the job does."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(app, claim, job, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(app: Flask, claim: Claim, job: RunningJob, over: threading.Event) -> None:
    while not over.wait(SECONDS_BETWEEN_BEATS):
        try:
            if time.monotonic() - job.step_begun > SECONDS_UNTIL_KILLED:
                _end_process(app, claim)
            with app.app_context():
                extend_lease(claim)
        except Exception as error:
            # A beat that is missed is made up by the next one; two in a row, and somebody else takes the job.
            log.warning("lease not extended", job=claim.job_id.hex, error=type(error).__name__)


def _end_process(app: Flask, claim: Claim) -> None:
    log.error("job hangs, worker ends", job=claim.job_id.hex, kind=claim.kind)
    try:
        with app.app_context():
            retry_or_fail(claim, "a step did not end in time")
    finally:
        os._exit(HUNG)


__all__ = ["JobLost", "RunningJob", "StepTooLong", "Stopping", "keep_lease"]
