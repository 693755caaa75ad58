"""The archives that a person has asked for, with what became of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from checklists.localtext import Language
from mystery.access.scopes import NotYours, Reach
from mystery.archives.packing import KEPT_FOR, Reason, list_packed_visits
from mystery.clock import now
from mystery.database import db
from mystery.jobs.asking import JobKind
from mystery.models import Job, JobState
from mystery.printouts.archive_orders import ArchiveOrder

# A worker looks for work twice a second; who waits longer should learn that something may be wrong.
LONG_WAIT = timedelta(minutes=1)


@dataclass(frozen=True)
class MissingReport:
    """A report that is not in an archive; without the facts of the visit where they are not this person's."""

    visit_id: UUID
    reason: Reason
    visited_on: date | None = None
    unit: str = ""
    employee: str | None = None


@dataclass(frozen=True)
class Archive:
    """An archive as its page shows it.

    ``about`` says which visits were asked for, by language; ``reasons`` are why reports are missing.
    """

    job_id: UUID
    state: JobState
    done: int
    total: int
    language: Language
    about: Mapping[str, str]
    asked_at: datetime
    kept_until: datetime | None
    byte_size: int
    packed: tuple[UUID, ...]
    reasons: frozenset[Reason]
    missing: tuple[MissingReport, ...] = ()
    is_open: bool = False

    @property
    def is_at_work(self) -> bool:
        """Whether something is still to happen with it."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def waits_long(self) -> bool:
        """Whether it waits longer than it should."""
        return self.state is JobState.WAITING and self.done == 0 and now() - self.asked_at > LONG_WAIT


def list_archives(reach: Reach) -> list[Archive]:
    """The archives of this person that are not deleted yet, the newest first."""
    jobs = db.session.scalars(select(Job).where(*_own(reach)).order_by(Job.created_at.desc()))
    return [_describe(job) for job in jobs]


def find_archive(reach: Reach, job_id: UUID) -> Archive:
    """One archive without what is missing in it; raises NotYours."""
    return _describe(_find_job(reach, job_id))


def read_archive(reach: Reach, job_id: UUID) -> Archive:
    """One archive with all that its page says; raises NotYours.

    It is open only while this person may read every visit in it: his reach may have shrunk since.
    """
    job = _find_job(reach, job_id)
    reasons: Mapping[str, str] = _read_result(job).get("failed", {})
    plain = _describe(job)
    missing = {UUID(visit_id): Reason(reason) for visit_id, reason in reasons.items()}
    known = {visit.visit_id: visit for visit in list_packed_visits(reach, (*plain.packed, *missing))}
    lines = []
    for visit_id, reason in missing.items():
        visit = known.get(visit_id)
        facts = (visit.visited_on, visit.unit, visit.employee) if visit is not None else ()
        lines.append(MissingReport(visit_id, reason, *facts))
    return _describe(
        job,
        missing=tuple(
            sorted(lines, key=lambda line: (line.visited_on or date.max, line.unit, line.visit_id))
        ),
        is_open=bool(plain.packed) and all(visit_id in known for visit_id in plain.packed),
    )


def read_order(reach: Reach, job_id: UUID) -> ArchiveOrder:
    """What was ordered; raises NotYours."""
    return ArchiveOrder.from_subject(json.loads(_find_job(reach, job_id).subject))


def _own(reach: Reach) -> tuple[ColumnElement[bool], ...]:
    return Job.asked_by_id == reach.user_id, Job.kind == JobKind.PACK_REPORTS


def _find_job(reach: Reach, job_id: UUID) -> Job:
    job = db.session.scalar(select(Job).where(Job.id == job_id, *_own(reach)))
    if job is None:
        raise NotYours
    return job


def _read_result(job: Job) -> Mapping[str, Any]:
    result: Mapping[str, Any] = json.loads(job.result)
    return result


def _describe(job: Job, **more: Any) -> Archive:
    result, order = _read_result(job), json.loads(job.subject)
    return Archive(
        job_id=job.id,
        state=JobState(job.state),
        done=job.done_count,
        total=job.total_count,
        language=order["language"],
        about=order.get("about", {}),
        asked_at=job.created_at,
        kept_until=job.ended_at + KEPT_FOR if job.ended_at is not None else None,
        byte_size=result.get("bytes", 0),
        packed=tuple(UUID(visit_id) for visit_id in result.get("packed", ())),
        reasons=frozenset(map(Reason, result.get("failed", {}).values())),
        **more,
    )
