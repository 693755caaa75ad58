"""A worker: takes jobs one after another in the main thread of its own process, until it is told to stop."""

from __future__ import annotations

import resource
import threading
import time
import traceback
from pathlib import Path

import structlog
from flask import Flask

from mystery.database import db
from mystery.jobs.claims import Claim, claim_next, finish, give_back, retry_or_fail, sweep_jobs
from mystery.jobs.handlers import current_handlers, current_sweeps
from mystery.jobs.running import JobLost, RunningJob, Stopping, keep_lease
from mystery.models import JobState

log = structlog.get_logger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_AFTER_TROUBLE = 5.0
SECONDS_BETWEEN_SWEEPS = 300.0
# Renderers leak a little; a new process now and then keeps memory where it was.
JOBS_A_PROCESS = 500
MOST_RESIDENT_BYTES = 700 * 1024**2
MOST_MEMORY_BYTES = 3 * 1024**3
MEMORY_FIGURES = Path("/proc/self/statm")


def run_worker(app: Flask, stopping: threading.Event) -> None:
    """Do jobs until ``stopping`` is set, or until a fresh process had better go on."""
    swept = -SECONDS_BETWEEN_SWEEPS
    for _ in range(JOBS_A_PROCESS):
        claim = None
        while claim is None:
            if stopping.is_set():
                return
            if time.monotonic() - swept >= SECONDS_BETWEEN_SWEEPS:
                swept = time.monotonic()
                sweep_all(app)
            claim = look_for_work(app, stopping)
        if not do_job(app, claim, stopping):
            return


def look_for_work(app: Flask, stopping: threading.Event) -> Claim | None:
    """The next job; without one, None after a while."""
    try:
        with app.app_context():
            claim = claim_next(current_handlers().keys())
    except Exception as error:
        log.error("no work could be taken", error=describe_error(error))
        stopping.wait(SECONDS_AFTER_TROUBLE)
        return None
    if claim is None:
        stopping.wait(SECONDS_BETWEEN_LOOKS)
    return claim


def do_job(app: Flask, claim: Claim, stopping: threading.Event) -> bool:
    """Do one job and write down how it ended; False when this process had better not begin another."""
    job = RunningJob(claim, stopping)
    begun = time.monotonic()
    with app.app_context():
        try:
            with keep_lease(app, claim, job):
                result = current_handlers()[claim.kind].handle(job)
            outcome = "done" if finish(claim, result) else "lost"
        except JobLost:
            db.session.rollback()
            outcome = "lost"
        except Stopping:
            db.session.rollback()
            give_back(claim)
            outcome = "given back"
        except Exception as error:
            db.session.rollback()
            outcome = _note_failure(claim, error)
            job.is_spoilt = job.is_spoilt or isinstance(error, MemoryError)
    seconds = round(time.monotonic() - begun, 3)
    log.info(
        "job", kind=claim.kind, job=claim.job_id.hex, number=claim.number, outcome=outcome, seconds=seconds
    )
    return not job.is_spoilt and measure_resident_bytes() < MOST_RESIDENT_BYTES


def sweep_all(app: Flask) -> None:
    """Put the rows in order, and let everybody take away what nobody needs any more."""
    with app.app_context():
        for sweep in (sweep_jobs, *current_sweeps()):
            try:
                sweep()
            except Exception as error:
                db.session.rollback()
                log.error("sweep failed", sweep=sweep.__name__, error=describe_error(error))


def describe_error(error: BaseException) -> str:
    """The kind of an error and where it was raised; never its words, which may quote what people wrote."""
    places = traceback.extract_tb(error.__traceback__)
    where = f" in {places[-1].name}, line {places[-1].lineno}" if places else ""
    return f"{type(error).__name__}{where}"


def limit_memory() -> None:
    """Give this process a ceiling: an endless report fails alone and does not take the machine along."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, MOST_MEMORY_BYTES)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def measure_resident_bytes() -> int:
    """The memory that this process holds now; 0 where the system does not tell."""
    if not MEMORY_FIGURES.exists():
        return 0
    return int(MEMORY_FIGURES.read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def _note_failure(claim: Claim, error: Exception) -> str:
    state = retry_or_fail(claim, describe_error(error))
    log.error("job failed", kind=claim.kind, job=claim.job_id.hex, error=describe_error(error))
    if state is None:
        return "lost"
    return "failed" if state is JobState.FAILED else "to be tried again"
