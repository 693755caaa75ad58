"""Worker processes: killed at any moment, they lose nothing and do nothing twice; told to stop, they stop."""

from __future__ import annotations

import time
from pathlib import Path

from mystery.jobs.crew import Crew
from tests.jobs.idle import wait_to_be_told
from tests.jobs.trial import run_trial


def test_it_does_each_job_exactly_once_while_workers_are_killed() -> None:
    """reliability.md: worker killed in mid-job. How soon another takes over, tests/jobs/trial.py measures."""
    outcome = run_trial(jobs=40, kills=1)
    assert (outcome.lost, outcome.twice) == (0, 0)


def test_it_stops_its_workers_when_it_is_over() -> None:
    with Crew(wait_to_be_told, 1) as crew:
        until = time.monotonic() + 20
        while not crew.list_process_ids() and time.monotonic() < until:
            time.sleep(0.02)
        (worker,) = crew.list_process_ids()
        begun = time.monotonic()
    assert time.monotonic() - begun < 15, "told to stop, not waited for"
    assert not Path(f"/proc/{worker}").exists()
