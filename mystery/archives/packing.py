"""Packing: a worker prints the reports that are not printed yet and puts all of them into one file."""

from __future__ import annotations

import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select

from checklists.localtext import Language
from mystery.access.scopes import NotYours, Reach, load_reach, visits_in_reach
from mystery.archives.names import PackedVisit, name_reports
from mystery.clock import now
from mystery.database import db, only_reading
from mystery.jobs.asking import JobKind
from mystery.jobs.handlers import Handler
from mystery.jobs.running import JobLost, RunningJob, StepTooLong, Stopping
from mystery.models import Employee, Job, JobState, Unit, User, Visit
from mystery.printouts.archive_orders import ArchiveOrder
from mystery.printouts.printing import print_now
from mystery.settings import current_settings
from mystery.storage import media_store

log = structlog.get_logger(__name__)

KEPT_FOR: Final = timedelta(days=3)
# Left behind by a worker that was killed; a living one is never that slow.
LITTER_AFTER_SECONDS: Final = 24 * 3600
MISSING: Final[dict[Language, tuple[str, str]]] = {
    "ru": ("_чего не хватает.txt", "Не вошли в архив (отчётов: {count}). Почему — на странице архива."),
    "en": ("_what is missing.txt", "Not in this archive (reports: {count}). The archive's page says why."),
}


class Reason(StrEnum):
    """Why a report is not in an archive."""

    # It was asked for, but is not, or no longer, open to whoever asked.
    GONE = "gone"
    TOO_LONG = "too_long"
    FAILED = "failed"


def archive_key(job_id: UUID) -> str:
    """Where the file of an archive is kept."""
    return f"archives/{job_id.hex}.zip"


def pack_reports(job: RunningJob) -> Mapping[str, Any]:
    """Pack what was ordered, as far as whoever ordered may read it now; the result names visits by id.

    The same reports give the same bytes. Whatever was printed before the job changed hands is not printed
    again, so a job that is taken over is soon where it was.
    """
    order = ArchiveOrder.from_subject(job.subject)
    with only_reading():
        visits = find_visits(job.asked_by_id, order)
    left = set(order.visit_ids) - {visit.visit_id for visit in visits}
    failed = {visit_id: Reason.GONE for visit_id in left}
    with _packing_folder() as folder:
        path = folder / "reports.zip"
        packed = _write_archive(job, path, visits, order, failed)
        if packed:
            media_store().put_file(archive_key(job.job_id), path)
        size = path.stat().st_size
    return {
        "packed": [visit_id.hex for visit_id in packed],
        "failed": {visit_id.hex: reason.value for visit_id, reason in failed.items()},
        "bytes": size,
    }


def find_visits(asked_by_id: UUID | None, order: ArchiveOrder) -> list[PackedVisit]:
    """The visits of an order that whoever ordered may read now."""
    user = db.session.get(User, asked_by_id) if asked_by_id is not None else None
    if user is None or not user.active:
        return []
    return list_packed_visits(load_reach(user.id), order.visit_ids)


def list_packed_visits(reach: Reach, visit_ids: tuple[UUID, ...]) -> list[PackedVisit]:
    """Those of these visits that this person may read."""
    employee = func.coalesce(Employee.name, func.nullif(Visit.employee_note, ""))
    rows = db.session.execute(
        select(Visit.id, Visit.visited_on, Unit.name, employee)
        .join(Unit, Unit.id == Visit.unit_id)
        .outerjoin(Employee, Employee.id == Visit.employee_id)
        .where(Visit.id.in_(visit_ids), visits_in_reach(reach))
    )
    # A submitted visit has its day; only drafts have none.
    return [PackedVisit(visit_id, day, unit, name) for visit_id, day, unit, name in rows if day is not None]


def sweep_archives() -> None:
    """Delete archives that were kept long enough, and what killed workers left lying. Commits."""
    over = (
        Job.kind == JobKind.PACK_REPORTS,
        Job.state.in_((JobState.DONE.value, JobState.FAILED.value, JobState.CANCELLED.value)),
        Job.ended_at < now() - KEPT_FOR,
    )
    with only_reading():
        old = db.session.scalars(select(Job.id).where(*over)).all()
    for job_id in old:
        # The file first: a row without a file is asked for in vain, a file without a row is never deleted.
        media_store().delete(archive_key(job_id))
    db.session.execute(delete(Job).where(Job.id.in_(old)))
    db.session.commit()
    for folder in _packing_root().glob("*"):
        if time.time() - folder.stat().st_mtime > LITTER_AFTER_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _write_archive(
    job: RunningJob,
    path: Path,
    visits: list[PackedVisit],
    order: ArchiveOrder,
    failed: dict[UUID, Reason],
) -> list[UUID]:
    packed = []
    total = len(order.visit_ids)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number, (visit, name) in enumerate(name_reports(visits)):
            # After a take-over, the bar does not go back while it catches up.
            job.report_progress(max(number, min(job.done_count, total)), total)
            content = _print_one(job, visit.visit_id, order.language)
            if isinstance(content, Reason):
                failed[visit.visit_id] = content
                continue
            archive.writestr(_describe_file(name, visit), content)
            packed.append(visit.visit_id)
        if failed:
            name, words = MISSING[order.language]
            archive.writestr(_describe_file(name, None), words.format(count=len(failed)).encode())
    return packed


def _print_one(job: RunningJob, visit_id: UUID, language: Language) -> bytes | Reason:
    try:
        with job.limited_step():
            content = media_store().get(print_now(visit_id, language))
    except (JobLost, Stopping):
        raise
    except NotYours:
        return Reason.GONE
    except StepTooLong:
        return Reason.TOO_LONG
    except Exception as error:
        log.error("report not packed", visit=visit_id.hex, error=type(error).__name__)
        return Reason.FAILED
    return Reason.GONE if content is None else content


def _describe_file(name: str, visit: PackedVisit | None) -> zipfile.ZipInfo:
    """The entry of a report: dated by the visit, because the clock would make other bytes each time."""
    day = visit.visited_on if visit is not None else None
    moment = (day.year, day.month, day.day, 12, 0, 0) if day is not None else (2000, 1, 1, 0, 0, 0)
    entry = zipfile.ZipInfo(name, moment)
    # As if from Unix on every system, readable for whoever unpacks it only.
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry


def _packing_root() -> Path:
    return current_settings().data_dir / "packing"


@contextmanager
def _packing_folder() -> Iterator[Path]:
    _packing_root().mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_packing_root()) as folder:
        yield Path(folder)


PACKING = Handler(JobKind.PACK_REPORTS, pack_reports)
