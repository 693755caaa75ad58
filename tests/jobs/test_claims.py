"""Asking for jobs and claiming them: the row is the truth, and one conditional UPDATE decides who has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from mystery.clock import set_to
from mystery.database import db
from mystery.jobs.asking import ask_for_job, ask_for_printing
from mystery.jobs.claims import (
    LEASE,
    MOST_CLAIMS,
    RETRY_AFTER,
    Claim,
    JobLost,
    claim_next,
    extend_lease,
    finish,
    give_back,
    record_progress,
    retry_or_fail,
    sweep_jobs,
)
from mystery.models import Job, JobState, SignInAttempt
from tests.cast import Cast

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
KINDS = ("test",)


def ask(key: str = "one", *, kind: str = "test", asked_by_id: UUID | None = None) -> bool:
    """Write a job down and commit."""
    is_new = ask_for_job(kind, key, {"number": key}, asked_by_id=asked_by_id)
    db.session.commit()
    return is_new


def claim(*, after: timedelta = timedelta()) -> Claim:
    """Claim the next job so long after the start of the test; there has to be one."""
    with set_to(START + after):
        taken = claim_next(KINDS)
    assert taken is not None
    return taken


def read_job(key: str = "one") -> Job:
    """The row as it is in the database now."""
    db.session.rollback()
    return db.session.scalars(select(Job).where(Job.key == key)).one()


def test_it_writes_the_same_work_down_once(app: Flask) -> None:
    assert ask()
    assert not ask()
    assert len(db.session.scalars(select(Job)).all()) == 1


def test_it_forgets_a_job_with_the_transaction_that_asked_for_it(app: Flask) -> None:
    ask_for_job("test", "one", {})
    db.session.rollback()
    assert db.session.scalars(select(Job)).all() == []


def test_it_asks_again_to_print_a_visit_that_has_changed(app: Flask, cast: Cast) -> None:
    visit = cast.ours.company
    assert ask_for_printing(visit)
    assert not ask_for_printing(visit)
    assert ask_for_printing(visit, "correction-1")


def test_it_gives_a_job_to_one_worker_only(app: Flask) -> None:
    ask()
    assert claim().subject == {"number": "one"}
    with set_to(START):
        assert claim_next(KINDS) is None


def test_it_leaves_jobs_to_those_who_know_them(app: Flask) -> None:
    ask(kind="something newer")
    assert claim_next(KINDS) is None


def test_it_begins_with_what_somebody_waits_for_and_then_with_the_oldest(app: Flask, cast: Cast) -> None:
    for minute, (key, asked_by_id) in enumerate(
        [("first", None), ("second", None), ("asked for", cast.ours.users["lead"])]
    ):
        with set_to(START - timedelta(hours=1) + timedelta(minutes=minute)):
            ask(key, asked_by_id=asked_by_id)
    assert [claim().subject["number"] for _ in range(3)] == ["asked for", "first", "second"]


def test_it_takes_over_when_the_lease_has_passed_and_not_before(app: Flask) -> None:
    ask()
    claim()
    with set_to(START + LEASE - timedelta(seconds=1)):
        assert claim_next(KINDS) is None
    assert claim(after=LEASE).number == 2


def test_it_keeps_a_job_whose_lease_is_extended(app: Flask) -> None:
    ask()
    taken = claim()
    with set_to(START + LEASE / 2):
        assert extend_lease(taken)
    with set_to(START + LEASE):
        assert claim_next(KINDS) is None


def test_it_lets_a_worker_that_wakes_up_late_change_nothing(app: Flask) -> None:
    """The worker slept past its lease; what it did to the database is taken back with its claim."""
    ask()
    late = claim()
    taken_over = claim(after=LEASE)
    db.session.add(SignInAttempt(subject="twice"))
    assert not finish(late, {"by": "late"})
    assert db.session.scalars(select(SignInAttempt)).all() == []
    with pytest.raises(JobLost):
        record_progress(late, 1, 2)
    assert not extend_lease(late)
    assert retry_or_fail(late, "too late") is None
    assert finish(taken_over, {"by": "in time"})
    assert read_job().result == '{"by":"in time"}'


def test_it_ends_a_job_together_with_what_the_job_wrote(app: Flask) -> None:
    ask()
    taken = claim()
    db.session.add(SignInAttempt(subject="once"))
    assert finish(taken, {})
    assert len(db.session.scalars(select(SignInAttempt)).all()) == 1
    assert read_job().state == JobState.DONE.value


def test_it_tries_three_times_more_after_an_error_and_then_fails(app: Flask) -> None:
    ask()
    after = timedelta()
    for pause in RETRY_AFTER:
        taken = claim(after=after)
        with set_to(START + after):
            assert retry_or_fail(taken, "ValueError") is JobState.WAITING
            assert claim_next(KINDS) is None, "not before the pause is over"
        after += pause
    assert retry_or_fail(claim(after=after), "ValueError") is JobState.FAILED
    job = read_job()
    assert (job.state, job.error, job.attempts) == ("failed", "ValueError", 1 + len(RETRY_AFTER))


def test_it_does_not_count_a_job_that_was_put_back(app: Flask) -> None:
    ask()
    for _ in range(MOST_CLAIMS + 1):
        give_back(claim())
    assert claim().number == 1


def test_it_fails_a_job_that_has_brought_down_too_many_workers(app: Flask) -> None:
    ask()
    for number in range(MOST_CLAIMS):
        claim(after=number * LEASE)
    with set_to(START + MOST_CLAIMS * LEASE):
        assert claim_next(KINDS) is None
        sweep_jobs()
    assert read_job().state == JobState.FAILED.value


def test_it_stops_a_job_that_was_cancelled(app: Flask) -> None:
    ask()
    taken = claim()
    read_job().state = JobState.CANCELLED.value
    db.session.commit()
    with pytest.raises(JobLost):
        record_progress(taken, 1, 2)
    assert read_job().state == JobState.CANCELLED.value


def test_it_forgets_finished_jobs_after_a_while_but_not_those_that_people_asked_for(
    app: Flask, cast: Cast
) -> None:
    ask("nobody's")
    ask("somebody's", asked_by_id=cast.ours.users["lead"])
    for _ in range(2):
        with set_to(START):
            finish(claim(), {})
    with set_to(START + timedelta(days=6)):
        sweep_jobs()
    assert len(db.session.scalars(select(Job)).all()) == 2
    with set_to(START + timedelta(days=8)):
        sweep_jobs()
    assert [job.key for job in db.session.scalars(select(Job))] == ["somebody's"]
