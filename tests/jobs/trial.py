"""A trial of the crew: jobs that each leave one row, done by processes that are killed again and again.

    python -m tests.jobs.trial --jobs 10000 --kills 100

says how many jobs were done, lost or done twice, and how long the longest take-over took.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import func, select

from mystery.database import db, only_reading
from mystery.jobs import claims
from mystery.jobs.asking import ask_for_job
from mystery.jobs.crew import Crew
from mystery.jobs.handlers import Handler, init_jobs
from mystery.jobs.running import RunningJob
from mystery.jobs.worker import run_worker
from mystery.models import Job, JobState, SignInAttempt

LEASE = timedelta(seconds=1)


@dataclass(frozen=True)
class Outcome:
    """What came of a trial; ``longest_pause`` is how long a killed worker's job lay there, in seconds."""

    done: int
    lost: int
    twice: int
    kills: int
    longest_pause: float


def open_trial(folder: Path) -> Flask:
    """An application of nothing but a database and one kind of job."""
    app = Flask("trial")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'trial.db'}"
    db.init_app(app)
    init_jobs(app, [Handler("trial", leave_row)])
    return app


def leave_row(job: RunningJob) -> Mapping[str, Any]:
    """Write one row that only this job writes, slowly enough to be killed before and after."""
    job.report_progress(0, 1)
    time.sleep(0.002)
    db.session.add(SignInAttempt(subject=job.subject["name"]))
    db.session.flush()
    time.sleep(0.002)
    return {}


def work_in_trial(folder: Path, stopping: threading.Event) -> None:
    """The life of one worker process of the trial."""
    claims.LEASE = LEASE
    run_worker(open_trial(folder), stopping)


def write_jobs(app: Flask, count: int) -> None:
    """Lay the tables and ask for so many jobs."""
    with app.app_context():
        tables = [Job.metadata.tables[name] for name in ("user", "job", "sign_in_attempt")]
        Job.metadata.create_all(db.engine, tables=tables)
        for number in range(count):
            ask_for_job("trial", f"trial:{number}", {"name": f"job {number}"})
        db.session.commit()


def run_trial(*, jobs: int, kills: int, processes: int = 2, seed: int = 1) -> Outcome:
    """Do the jobs while workers are killed, and count what is there afterwards."""
    chance = random.Random(seed)  # The same kills in each run; no secret.
    with tempfile.TemporaryDirectory() as name:
        app = open_trial(Path(name))
        write_jobs(app, jobs)
        pauses: list[float] = []
        with Crew(partial(work_in_trial, Path(name)), processes) as crew, app.app_context():
            wait_for(lambda: count_done() > 0)
            for number in range(kills):
                # The last kills come when little is left, so that they cannot all be over too soon.
                wait_for(partial(is_done, jobs * (number + 1) // (kills + 1)))
                pauses += kill_somebody(crew, chance)
            wait_for(lambda: count_done() == jobs)
        with app.app_context():
            rows = Counter(db.session.scalars(select(SignInAttempt.subject)))
            db.session.remove()
            db.engine.dispose()
    return Outcome(
        done=jobs,
        lost=jobs - len(rows),
        twice=sum(count > 1 for count in rows.values()),
        kills=kills,
        longest_pause=max(pauses, default=0.0),
    )


def kill_somebody(crew: Crew, chance: random.Random) -> list[float]:
    """Kill a worker with SIGKILL; if it left a job in the middle, how long until another had that job."""
    victims = crew.list_process_ids()
    if not victims:
        return []
    os.kill(chance.choice(victims), signal.SIGKILL)
    killed = time.monotonic()
    time.sleep(0.05)
    left = list_left()
    wait_for(lambda: not list_left() & left)
    return [time.monotonic() - killed] if left else []


def list_left() -> set[tuple[Any, int]]:
    """The claims under way, by job and number."""
    statement = select(Job.id, Job.attempts).where(Job.state == JobState.RUNNING.value)
    with only_reading():
        return {(job_id, number) for job_id, number in db.session.execute(statement)}


def count_done() -> int:
    """How many jobs are done."""
    with only_reading():
        return db.session.scalar(select(func.count()).where(Job.state == JobState.DONE.value)) or 0


def is_done(count: int) -> bool:
    """Whether so many jobs are done."""
    return count_done() >= count


def wait_for(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait until a condition holds; raises TimeoutError."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.02)


@click.command()
@click.option("--jobs", default=10_000, show_default=True)
@click.option("--kills", default=100, show_default=True)
@click.option("--processes", default=2, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(jobs: int, kills: int, processes: int, seed: int) -> None:
    """Run the trial and print what came of it."""
    begun = time.monotonic()
    outcome = run_trial(jobs=jobs, kills=kills, processes=processes, seed=seed)
    click.echo(f"{outcome}, lease {LEASE.total_seconds():.0f} s, {time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
