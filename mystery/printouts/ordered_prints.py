"""Documents too long to wait for: written by whoever asks, printed by a worker, kept for a day.

The order carries no content: the written document lies in the store under the digest of what it says, so the
same document is printed once, whoever else asks for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, list_reached_units
from mystery.clock import now
from mystery.database import db, only_reading
from mystery.jobs.asking import JobKind, ask_for_job
from mystery.jobs.handlers import Handler
from mystery.jobs.running import RunningJob
from mystery.models import Job, JobState
from mystery.printouts.kept_documents import KEPT_FOR, pack_document, sweep_folder, unpack_document
from mystery.storage import media_store
from reports.pdf import render_period_pdf
from reports.period_print import PrintedPeriod
from reports.visit_report import TEMPLATE_VERSION

ORDERS: Final = "print-orders"
PRINTS: Final = "ordered-prints"
MOST_AT_WORK: Final = 3
LONG_WAIT: Final = timedelta(minutes=1)
AT_WORK: Final = (JobState.WAITING.value, JobState.RUNNING.value)


class TooManyPrints(Exception):
    """The person already has as many documents at work as one person may have."""


@dataclass(frozen=True)
class OrderedPrint:
    """An order as its page shows it; ``back`` is the address that it was asked for on."""

    job_id: UUID
    state: JobState
    asked_at: datetime
    back: str

    @property
    def is_at_work(self) -> bool:
        """Whether something is still to happen with it."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def is_waiting(self) -> bool:
        """Whether no worker has begun yet."""
        return self.state is JobState.WAITING

    @property
    def is_done(self) -> bool:
        """Whether the print can be fetched."""
        return self.state is JobState.DONE

    @property
    def waits_long(self) -> bool:
        """Whether it waits longer than it should."""
        return self.is_waiting and now() - self.asked_at > LONG_WAIT


def order_print(
    document: PrintedPeriod, *, asked_by_id: UUID, units: Collection[str], people: Collection[UUID], back: str
) -> UUID:
    """Have a document printed and return the id of the job; the same document is asked for once.

    ``people`` are those whom it tells about, for whom an opening is due once somebody takes it along, and
    ``units`` are theirs: whoever no longer reaches all of them gets nothing.
    Commits nothing. Raises TooManyPrints.
    """
    content = pack_document(document)
    # By what this version prints of it: after an upgrade the same words may look otherwise.
    digest = hashlib.sha256(TEMPLATE_VERSION.encode() + content).hexdigest()
    name = f"document:{asked_by_id.hex}:{digest}"
    known = db.session.scalars(select(Job).where(Job.key == name)).one_or_none()
    if known is not None and known.state in (*AT_WORK, JobState.DONE.value):
        return known.id
    if known is not None:
        db.session.delete(known)
        db.session.flush()
    if _count_at_work(asked_by_id) >= MOST_AT_WORK:
        raise TooManyPrints
    media_store().put(f"{ORDERS}/{digest}.json", content)
    subject = {
        "document": digest,
        "units": sorted(units),
        "people": sorted(person.hex for person in people),
        "back": back,
    }
    ask_for_job(JobKind.PRINT_DOCUMENT, name, subject, asked_by_id=asked_by_id)
    return db.session.scalars(select(Job.id).where(Job.key == name)).one()


def print_ordered(job: RunningJob) -> Mapping[str, Any]:
    """Print the document of an order, unless its print is kept already; raises LookupError without it."""
    digest = job.subject["document"]
    content = media_store().get(f"{ORDERS}/{digest}.json")
    if content is None:
        raise LookupError("the document was swept before it was printed")
    key = f"{PRINTS}/{digest}.pdf"
    if not media_store().has(key):
        with job.limited_step():
            media_store().put(key, render_period_pdf(unpack_document(content)))
    return {}


def find_print(reach: Reach, job_id: UUID) -> OrderedPrint:
    """The order of this person; raises NotYours for anybody else's, and once it reaches beyond his own."""
    job, subject = _find_job(reach, job_id)
    return OrderedPrint(job.id, JobState(job.state), job.created_at, subject["back"])


def open_print(reach: Reach, job_id: UUID) -> tuple[bytes, tuple[UUID, ...]]:
    """The printed document and whom it tells about; raises NotYours, also while it is not printed."""
    _, subject = _find_job(reach, job_id)
    content = media_store().get(f"{PRINTS}/{subject['document']}.pdf")
    if content is None:
        raise NotYours
    # Orders of the version before name nobody: those openings were written down when they were asked for.
    return content, tuple(UUID(person) for person in subject.get("people", ()))


def sweep_ordered_prints() -> None:
    """Delete documents, prints and orders that were kept long enough. Commits."""
    for folder in (ORDERS, PRINTS):
        sweep_folder(folder)
    over = (Job.kind == JobKind.PRINT_DOCUMENT, Job.state.not_in(AT_WORK), Job.ended_at < now() - KEPT_FOR)
    with only_reading():
        old = db.session.scalars(select(Job.id).where(*over)).all()
    db.session.execute(delete(Job).where(Job.id.in_(old)))
    db.session.commit()


def _find_job(reach: Reach, job_id: UUID) -> tuple[Job, Mapping[str, Any]]:
    mine = (Job.id == job_id, Job.kind == JobKind.PRINT_DOCUMENT, Job.asked_by_id == reach.user_id)
    job = db.session.scalars(select(Job).where(*mine)).one_or_none()
    if job is None:
        raise NotYours
    subject = json.loads(job.subject)
    reached = {str(unit) for unit, _name in list_reached_units(reach, Permission.COMPARE_STAFF)}
    if not reached.issuperset(subject["units"]):
        raise NotYours
    return job, subject


def _count_at_work(asked_by_id: UUID) -> int:
    mine = (Job.asked_by_id == asked_by_id, Job.kind == JobKind.PRINT_DOCUMENT)
    return db.session.scalar(select(func.count()).select_from(Job).where(*mine, Job.state.in_(AT_WORK))) or 0


PRINTING_ORDERS = Handler(JobKind.PRINT_DOCUMENT, print_ordered)
