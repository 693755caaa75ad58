"""Claims: a worker takes a row by one conditional UPDATE and owns it until its lease has passed.

``attempts`` is the number of the claim as well: whoever was given number 3 changes nothing any more once
somebody else was given number 4, however late he wakes up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update

from mystery.clock import now
from mystery.database import db, only_reading
from mystery.models import Job, JobState

LEASE = timedelta(seconds=15)
# After an error a job is tried again that much later, and fails when all of these have passed.
RETRY_AFTER = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
# Workers may die with a job in their hands, by no fault of the job; so often it is the job's fault.
MOST_CLAIMS = 12
LONGEST_ERROR = 500
KEPT_AFTER_END = timedelta(days=7)
FAILED_KEPT_AFTER_END = timedelta(days=30)


class JobLost(Exception):
    """The job is no longer this worker's: it was cancelled, or its lease passed and somebody else has it."""


@dataclass(frozen=True)
class Claim:
    """One job in the hands of one worker."""

    job_id: UUID
    kind: str
    subject: Mapping[str, Any]
    number: int
    asked_by_id: UUID | None
    done_count: int


def claim_next(kinds: Collection[str]) -> Claim | None:
    """Take the next job that is due, or None. Commits.

    A job that a person waits for comes first, then the oldest; a lease that has passed makes a job due again.
    """
    moment = now()
    due = _is_due(moment) & Job.kind.in_(kinds)
    # A look costs nothing; only when there is something to take is the write lock asked for.
    with only_reading():
        nothing_due = db.session.scalar(select(Job.id).where(due).limit(1)) is None
    if nothing_due:
        return None
    next_one = (
        select(Job.id)
        .where(due)
        .order_by(Job.asked_by_id.is_(None), Job.created_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    statement = (
        update(Job)
        .where(Job.id == next_one, due)
        .values(state=JobState.RUNNING.value, attempts=Job.attempts + 1, lease_until=moment + LEASE)
        .returning(Job.id, Job.kind, Job.subject, Job.attempts, Job.asked_by_id, Job.done_count)
        .execution_options(synchronize_session=False)
    )
    row = db.session.execute(statement).one_or_none()
    db.session.commit()
    if row is None:
        return None
    return Claim(row.id, row.kind, json.loads(row.subject), row.attempts, row.asked_by_id, row.done_count)


def extend_lease(claim: Claim) -> bool:
    """Keep the job for another lease; False when it is no longer this worker's. Commits."""
    held = _change(claim, {"lease_until": now() + LEASE})
    db.session.commit()
    return held


def record_progress(claim: Claim, done: int, total: int) -> None:
    """Say that ``done`` of ``total`` steps are finished. Commits; raises JobLost."""
    held = _change(claim, {"done_count": done, "total_count": total, "lease_until": now() + LEASE})
    db.session.commit()
    if not held:
        raise JobLost


def finish(claim: Claim, result: Mapping[str, Any]) -> bool:
    """End the job well, in the same transaction as what it did to the database.

    False when the job is no longer this worker's: then all of that is taken back.
    """
    ended = {
        "state": JobState.DONE.value,
        "result": json.dumps(result, sort_keys=True, separators=(",", ":")),
        "error": "",
        "done_count": Job.total_count,
        "lease_until": None,
        "ended_at": now(),
    }
    held = _change(claim, ended)
    if held:
        db.session.commit()
    else:
        db.session.rollback()
    return held


def retry_or_fail(claim: Claim, error: str) -> JobState | None:
    """After an error, let the job wait and be tried again, or fail; None when it is lost anyway. Commits."""
    tried_again = claim.number <= len(RETRY_AFTER)
    state = JobState.WAITING if tried_again else JobState.FAILED
    values = {
        "state": state.value,
        "error": error[:LONGEST_ERROR],
        "lease_until": now() + RETRY_AFTER[claim.number - 1] if tried_again else None,
        "ended_at": None if tried_again else now(),
    }
    held = _change(claim, values)
    db.session.commit()
    return state if held else None


def give_back(claim: Claim) -> None:
    """Put the job back because this worker stops; the try does not count. Commits.

    Nobody else can have had this number: only a worker that says so itself gives it free again.
    """
    _change(claim, {"state": JobState.WAITING.value, "lease_until": None, "attempts": claim.number - 1})
    db.session.commit()


def sweep_jobs() -> None:
    """Fail what has brought down too many workers, and forget what ended long ago. Commits."""
    moment = now()
    db.session.execute(
        update(Job)
        .where(Job.state == JobState.RUNNING.value, Job.lease_until <= moment, Job.attempts >= MOST_CLAIMS)
        .values(
            state=JobState.FAILED.value,
            error="every worker that had it stopped in the middle",
            lease_until=None,
            ended_at=moment,
        )
        .execution_options(synchronize_session=False)
    )
    # What a person asked for is forgotten together with what came of it, by those who keep that.
    nobodys = Job.asked_by_id.is_(None)
    ended_well = Job.state.in_((JobState.DONE.value, JobState.CANCELLED.value))
    db.session.execute(delete(Job).where(nobodys, ended_well, Job.ended_at < moment - KEPT_AFTER_END))
    failed = Job.state == JobState.FAILED.value
    db.session.execute(delete(Job).where(nobodys, failed, Job.ended_at < moment - FAILED_KEPT_AFTER_END))
    db.session.commit()


def _is_due(moment: datetime) -> ColumnElement[bool]:
    in_work = Job.state.in_((JobState.WAITING.value, JobState.RUNNING.value))
    waits_no_longer = or_(Job.lease_until.is_(None), Job.lease_until <= moment)
    return in_work & waits_no_longer & (Job.attempts < MOST_CLAIMS)


def _change(claim: Claim, values: Mapping[str, Any]) -> bool:
    statement = (
        update(Job)
        .where(Job.id == claim.job_id, Job.state == JobState.RUNNING.value, Job.attempts == claim.number)
        .values(**values)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(statement).scalar_one_or_none() is not None
