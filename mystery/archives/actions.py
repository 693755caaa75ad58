"""What a person does with an archive: cancel it, ask for it anew, download it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select, update

from checklists.localtext import Language
from mystery.access.openings import Opened, record_openings
from mystery.access.scopes import NotYours, Reach, visits_in_reach
from mystery.archives.packing import archive_key
from mystery.archives.queries import find_archive, read_archive, read_order
from mystery.clock import now
from mystery.database import allow_writing, db
from mystery.models import Job, JobState, Unit, Visit
from mystery.printouts.archive_orders import ask_for_archive
from mystery.storage import media_store


@dataclass(frozen=True)
class PackedFile:
    """The file of an archive on its way: when it was asked for, in which language, its bytes in pieces."""

    asked_at: datetime
    language: Language
    size: int
    pieces: Iterator[bytes]


def cancel_archive(reach: Reach, job_id: UUID) -> bool:
    """Stop the packing; False when it was over before, and not by cancelling. Raises NotYours."""
    find_archive(reach, job_id)
    statement = (
        update(Job)
        .where(Job.id == job_id, Job.state.in_((JobState.WAITING.value, JobState.RUNNING.value)))
        .values(state=JobState.CANCELLED.value, lease_until=None, ended_at=now())
        .execution_options(synchronize_session=False)
    )
    db.session.execute(statement)
    state = db.session.scalar(select(Job.state).where(Job.id == job_id))
    db.session.commit()
    return state == JobState.CANCELLED.value


def repeat_archive(reach: Reach, job_id: UUID) -> UUID:
    """Have the same reports packed anew and return the id of the new archive.

    What is printed already is not printed again, so only what failed takes time. Raises NotYours and
    TooManyArchives.
    """
    again = ask_for_archive(reach.user_id, read_order(reach, job_id), uuid5(job_id, "again"))
    db.session.commit()
    return again


def open_archive(reach: Reach, job_id: UUID) -> PackedFile:
    """The packed file; an opening of each report in it is written down before anything is sent.

    Raises NotYours when it is somebody else's, not packed, no longer all open to this person, or not in the
    store any more: what nobody can be given nobody has opened.
    """
    allow_writing()
    archive = read_archive(reach, job_id)
    if archive.state is not JobState.DONE or not archive.is_open:
        raise NotYours
    found = media_store().read_pieces(archive_key(job_id))
    if found is None:
        raise NotYours
    rows = db.session.execute(
        select(Visit.id, Unit.company_id, Visit.employee_id)
        .join(Unit, Unit.id == Visit.unit_id)
        .where(Visit.id.in_(archive.packed), visits_in_reach(reach))
        .order_by(Visit.visited_on, Visit.id)
    )
    record_openings(reach.user_id, "pdf", [Opened(*row) for row in rows])
    db.session.commit()
    size, pieces = found
    return PackedFile(archive.asked_at, archive.language, size, pieces)
