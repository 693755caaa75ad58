"""The order for an archive: which reports in which language, written down as a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from checklists.localtext import Language
from mystery.database import db
from mystery.jobs.asking import JobKind, ask_for_job
from mystery.models import Job, JobState

MOST_REPORTS: Final = 500
MOST_ARCHIVES_AT_WORK: Final = 3


class TooManyArchives(Exception):
    """The person already has as many archives at work as one person may have."""


@dataclass(frozen=True)
class ArchiveOrder:
    """The visits whose reports are wanted, and the language.

    ``about`` says by language of whoever reads it which visits these are, so that one order can be told from
    another; it is empty in orders of the version before.
    """

    visit_ids: tuple[UUID, ...]
    language: Language
    about: Mapping[str, str] = field(default_factory=dict)

    def to_subject(self) -> dict[str, Any]:
        """The order as a job carries it."""
        visits = [visit_id.hex for visit_id in self.visit_ids]
        return {"visits": visits, "language": self.language, "about": dict(self.about)}

    @classmethod
    def from_subject(cls, subject: Mapping[str, Any]) -> ArchiveOrder:
        """The order that a job carries."""
        visit_ids = tuple(UUID(visit_id) for visit_id in subject["visits"])
        return cls(visit_ids, subject["language"], subject.get("about", {}))


def ask_for_archive(asked_by_id: UUID, order: ArchiveOrder, key: UUID) -> UUID:
    """Have the archive packed and return the id of the job; the same ``key`` asks for it once.

    Commits nothing. Raises TooManyArchives, and ValueError for no reports or more than MOST_REPORTS.
    """
    if not 0 < len(order.visit_ids) <= MOST_REPORTS:
        raise ValueError(f"{len(order.visit_ids)} reports in one archive")
    name = f"archive:{asked_by_id.hex}:{key.hex}"
    known = db.session.scalar(select(Job.id).where(Job.key == name))
    if known is not None:
        return known
    if _count_at_work(asked_by_id) >= MOST_ARCHIVES_AT_WORK:
        raise TooManyArchives
    ask_for_job(
        JobKind.PACK_REPORTS,
        name,
        order.to_subject(),
        asked_by_id=asked_by_id,
        total=len(order.visit_ids),
    )
    return db.session.scalars(select(Job.id).where(Job.key == name)).one()


def _count_at_work(asked_by_id: UUID) -> int:
    at_work = Job.state.in_((JobState.WAITING.value, JobState.RUNNING.value))
    mine = (Job.asked_by_id == asked_by_id, Job.kind == JobKind.PACK_REPORTS)
    return db.session.scalar(select(func.count()).select_from(Job).where(*mine, at_work)) or 0
