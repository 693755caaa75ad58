"""Printing ahead: the report of a visit is there before the first of its readers asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from checklists.localtext import Language
from mystery.access.permissions import PERMISSIONS, Permission
from mystery.access.scopes import NotYours
from mystery.clock import now
from mystery.database import db, only_reading
from mystery.jobs.asking import JobKind
from mystery.jobs.handlers import Handler
from mystery.jobs.running import RunningJob
from mystery.models import Grant, Job, JobState, Unit, User, Visit
from mystery.printouts.printing import print_now

# A year of visits that the demonstration makes up would keep a machine busy for minutes.
LONGEST_WAIT = timedelta(hours=12)
READING_ROLES = [
    role.value
    for role, permissions in PERMISSIONS.items()
    if permissions & {Permission.SEE_VISITS, Permission.SEE_OWN_VISITS}
]


def print_ahead(job: RunningJob) -> Mapping[str, Any]:
    """Print a visit in each language that readers of its company use."""
    visit_id = UUID(job.subject["visit"])
    with only_reading():
        languages = list_reader_languages(visit_id)
    for number, language in enumerate(languages):
        job.report_progress(number, len(languages))
        try:
            with job.limited_step():
                print_now(visit_id, language)
        except NotYours:
            # Given back to its auditor or set aside since: there is nothing to print, and nothing is wrong.
            return {"printed": []}
    return {"printed": languages}


def list_reader_languages(visit_id: UUID) -> list[Language]:
    """The languages of those who may read visits in the company of this visit."""
    company = select(Unit.company_id).join(Visit, Visit.unit_id == Unit.id).where(Visit.id == visit_id)
    readers = (
        select(Grant.user_id)
        .join(Unit)
        .where(Unit.company_id == company.scalar_subquery(), Grant.role.in_(READING_ROLES))
    )
    spoken = set(db.session.scalars(select(User.language).distinct().where(User.id.in_(readers))))
    languages: tuple[Language, ...] = ("ru", "en")
    return [language for language in languages if language in spoken]


def sweep_stale_printing() -> None:
    """Forget what has waited for long: whoever wanted it has had it printed by now. Commits."""
    stale = (
        Job.kind == JobKind.PRINT_VISIT,
        Job.state == JobState.WAITING.value,
        Job.created_at < now() - LONGEST_WAIT,
    )
    db.session.execute(delete(Job).where(*stale))
    db.session.commit()


PRINTING_AHEAD = Handler(JobKind.PRINT_VISIT, print_ahead)
