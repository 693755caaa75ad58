"""What an auditor's pages show: his assignments, the legend, the draft, and what he has sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from checklists.definition import Checklist
from checklists.localtext import LocalText
from checklists.scenarios import Scenario
from mystery.access.scopes import NotYours, Reach, own_assignments
from mystery.capture.own_visits import derive_visit_id, foresee_visit, load_own_visit, select_visit
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, Photo, Unit, Visit, VisitState, parse_version
from mystery.sheets import stored_photos
from mystery.sheets.raw_sheet import RawSheet, read_part, read_raw
from mystery.sheets.staff import StaffMember, list_staff
from mystery.sheets.submission import Refused, check_visit
from mystery.sheets.visit_facts import asks_employee

SENT_STAYS_LISTED = timedelta(days=31)
UNSETTLED = (VisitState.DRAFT.value, VisitState.HELD.value)


class Progress(StrEnum):
    """How far an auditor is with an assignment."""

    WAITING = "waiting"
    BEGUN = "begun"
    # It was sent, and a reviewer has given it back to be mended.
    RETURNED = "returned"
    # It has arrived, and a reviewer is looking at what is still to be mended.
    HELD = "held"
    SENT = "sent"

    @property
    def is_with_auditor(self) -> bool:
        """Whether the auditor still has something to do."""
        return self in (Progress.WAITING, Progress.BEGUN, Progress.RETURNED)


@dataclass(frozen=True)
class Task:
    """One assignment as a card; days are those of the unit's clock.

    The visit's id is known before anybody begins it, so that a phone can open its pages off-line; ``uid``
    is whose card it is. ``returned_reason`` is empty unless a reviewer gave the visit back.
    """

    id: UUID
    uid: str
    visit_id: UUID
    version_id: UUID
    place: str
    address: str
    window_start: date
    window_end: date
    progress: Progress
    sent_at: datetime | None
    is_overdue: bool
    is_early: bool
    is_cancelled: bool
    returned_reason: str

    @property
    def page(self) -> str:
        """The address of the list to be filled in."""
        return f"/capture/{self.visit_id}/{self.version_id}"

    @property
    def notes(self) -> str:
        """The address of the notes to be taken during the visit."""
        return f"{self.page}/notes"


@dataclass(frozen=True)
class Legend:
    """The role to play: the story, its steps, and what to ask."""

    title: LocalText
    story: LocalText
    steps: tuple[LocalText, ...]
    ask: tuple[LocalText, ...]


@dataclass(frozen=True)
class Brief:
    """Everything to know before a visit; ``visit_id`` when it is begun (the task foretells it)."""

    uid: str
    assignment_id: UUID
    task: Task
    title: LocalText
    questions: int
    employee: StaffMember | None
    legend: Legend | None
    briefing: str
    visit_id: UUID | None
    version_id: UUID | None


@dataclass(frozen=True)
class Draft:
    """A visit that is being filled in, or that may be; ``staff`` is None where nobody needs to be named.

    ``offered_day`` is today where the visit is wanted today: any other day is better asked for than guessed.
    An ``is_blank`` page goes into a cache, to be opened any day: it holds no answers, and no day is its own.
    """

    uid: str
    visit_id: UUID
    version_id: UUID
    assignment_id: UUID
    is_begun: bool
    is_blank: bool
    is_sent: bool
    checklist: Checklist
    raw: RawSheet
    revision: int
    place: str
    time_zone: str
    today: date
    window_start: date
    window_end: date
    offered_day: date | None
    employee: StaffMember | None
    staff: tuple[StaffMember, ...] | None
    photos: dict[str, list[UUID]]
    legend: Legend | None
    briefing: str
    is_cancelled: bool
    returned_reason: str


@dataclass(frozen=True)
class SentVisit:
    """What was sent, and when; deliberately nothing about the score.

    A held visit need not say when it was made.
    """

    place: str
    address: str
    title: LocalText
    visited_at: datetime | None
    submitted_at: datetime
    time_zone: str
    answers: int
    comments: int
    photos: int
    is_held: bool
    is_set_aside: bool
    is_cancelled: bool


def list_tasks(reach: Reach, *, at: datetime | None = None) -> list[Task]:
    """The person's assignments, the most urgent first; what was sent stays listed for a month."""
    moment = at or now()
    sent, own = aliased(Visit), aliased(Visit)
    statement = (
        select(Assignment, Unit, own, sent.submitted_at)
        .join(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(sent, and_(sent.assignment_id == Assignment.id, sent.state == VisitState.SUBMITTED.value))
        .outerjoin(own, own.id == select_visit(reach, Assignment.id).correlate(Assignment).scalar_subquery())
        .where(own_assignments(reach))
        # A cancelled assignment stays for whoever has begun it, so that his answers can still be sent.
        .where(or_(Assignment.cancelled_at.is_(None), own.state.in_(UNSETTLED)))
        .where(or_(sent.submitted_at.is_(None), sent.submitted_at >= moment - SENT_STAYS_LISTED))
        .order_by(Assignment.window_end, Unit.name, Assignment.id)
    )
    return [_make_task(reach, *row, moment) for row in db.session.execute(statement)]


def order_sent(tasks: Iterable[Task]) -> list[Task]:
    """Those of ``tasks`` that are sent, the latest sending first."""
    dated = [(task.sent_at, task) for task in tasks if task.sent_at is not None]
    return [task for _moment, task in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def read_brief(reach: Reach, assignment_id: UUID, *, at: datetime | None = None) -> Brief:
    """The assignment with its legend; raises NotYours for somebody else's."""
    assignment = db.session.scalar(
        select(Assignment).where(Assignment.id == assignment_id, own_assignments(reach))
    )
    if assignment is None:
        raise NotYours
    visit = db.session.scalars(
        select(Visit).where(Visit.id == select_visit(reach, assignment_id).scalar_subquery())
    ).one_or_none()
    sent_at = visit.submitted_at if visit is not None and visit.state != VisitState.HELD.value else None
    version = assignment.version
    return Brief(
        uid=reach.user_id.hex,
        assignment_id=assignment.id,
        task=_make_task(reach, assignment, assignment.unit, visit, sent_at, at or now()),
        title=LocalText(ru=version.title_ru, en=version.title_en),
        questions=sum(1 for _ in parse_version(version.content).questions()),
        employee=_find_employee(assignment, assignment.unit, _local_day(at or now(), assignment.unit)),
        legend=_read_legend(assignment),
        briefing=assignment.briefing,
        visit_id=visit.id if visit is not None else None,
        version_id=visit.version_id if visit is not None else None,
    )


def read_draft(
    reach: Reach, visit_id: UUID, version_id: UUID, *, blank: bool = False, at: datetime | None = None
) -> Draft:
    """A visit on its own version, whether begun or not; ``blank`` leaves out everything that was entered.

    Raises NotYours for somebody else's visit, and for another version.
    """
    assignment, visit = foresee_visit(reach, visit_id)
    version = visit.version if visit is not None else assignment.version
    if version.id != version_id:
        raise NotYours
    checklist = parse_version(version.content)
    unit = assignment.unit
    today = _local_day(at or now(), unit)
    asks = asks_employee(checklist.channel, assigned=assignment.employee_id is not None)
    first, last = min(assignment.window_start, today), max(assignment.window_end, today)
    is_wanted_today = assignment.window_start <= today <= assignment.window_end
    shown = None if blank else visit
    return Draft(
        uid=reach.user_id.hex,
        visit_id=visit.id if visit is not None else visit_id,
        version_id=version_id,
        assignment_id=assignment.id,
        is_begun=visit is not None,
        is_blank=blank,
        is_sent=shown is not None and shown.state != VisitState.DRAFT.value,
        checklist=checklist,
        raw=read_raw(shown.draft) if shown is not None else {},
        revision=shown.draft_revision if shown is not None else 0,
        place=unit.name,
        time_zone=unit.time_zone,
        today=today,
        window_start=assignment.window_start,
        window_end=assignment.window_end,
        offered_day=today if is_wanted_today and not blank else None,
        employee=_find_employee(assignment, unit, today),
        staff=tuple(list_staff(unit, first, last)) if asks else None,
        photos=list_photos(shown.id) if shown is not None else {},
        legend=_read_legend(assignment),
        briefing=assignment.briefing,
        is_cancelled=assignment.cancelled_at is not None,
        returned_reason=shown.returned_reason if shown is not None else "",
    )


def read_sent(reach: Reach, visit_id: UUID) -> SentVisit | None:
    """What was sent; None while the visit is a draft. Raises NotYours for somebody else's visit."""
    visit = load_own_visit(reach, visit_id)
    if visit.submitted_at is None:
        return None
    raw = read_raw(visit.raw_answers or "{}")
    return SentVisit(
        place=visit.unit.name,
        address=visit.unit.address,
        title=LocalText(ru=visit.version.title_ru, en=visit.version.title_en),
        visited_at=visit.visited_at,
        submitted_at=visit.submitted_at,
        time_zone=visit.unit.time_zone,
        answers=sum(1 for value in read_part(raw, "answers").values() if value is not None),
        comments=len(read_part(raw, "comments")),
        photos=sum(len(ids) for ids in list_photos(visit.id).values()),
        is_held=visit.state == VisitState.HELD.value,
        is_set_aside=visit.state == VisitState.SET_ASIDE.value,
        is_cancelled=visit.assignment.cancelled_at is not None,
    )


def find_problems(reach: Reach, visit_id: UUID, raw: RawSheet, *, at: datetime | None = None) -> Refused:
    """What would stand in the way of sending ``raw`` now; raises NotYours for somebody else's visit."""
    checked = check_visit(load_own_visit(reach, visit_id), raw, received_at=at or now())
    return checked if isinstance(checked, Refused) else Refused()


def find_photo_key(reach: Reach, visit_id: UUID, photo_id: UUID) -> str:
    """Where a photo of the person's own visit is stored; raises NotYours for any other."""
    load_own_visit(reach, visit_id)
    return stored_photos.find_photo_key(visit_id, photo_id)


def list_photos(visit_id: UUID) -> dict[str, list[UUID]]:
    """The photos of a visit by question, in the order they came."""
    rows = db.session.execute(
        select(Photo.question, Photo.id)
        .where(Photo.visit_id == visit_id)
        .order_by(Photo.created_at, Photo.id)
    )
    photos: dict[str, list[UUID]] = {}
    for question, photo_id in rows:
        photos.setdefault(question, []).append(photo_id)
    return photos


def _make_task(  # noqa: PLR0913  # One row of the list, column by column.
    reach: Reach,
    assignment: Assignment,
    unit: Unit,
    own: Visit | None,
    sent_at: datetime | None,
    moment: datetime,
) -> Task:
    today = _local_day(moment, unit)
    progress = Progress.SENT if sent_at else _read_progress(own)
    arrived_at = own.submitted_at if own is not None and progress is Progress.HELD else sent_at
    return Task(
        id=assignment.id,
        uid=reach.user_id.hex,
        visit_id=own.id if own is not None else derive_visit_id(assignment.id, reach.user_id),
        version_id=own.version_id if own is not None else assignment.version_id,
        place=unit.name,
        address=unit.address,
        window_start=assignment.window_start,
        window_end=assignment.window_end,
        progress=progress,
        sent_at=arrived_at,
        is_overdue=arrived_at is None and assignment.window_end < today,
        is_early=assignment.window_start > today,
        is_cancelled=assignment.cancelled_at is not None,
        returned_reason=own.returned_reason if own is not None and progress is Progress.RETURNED else "",
    )


def _read_progress(own: Visit | None) -> Progress:
    if own is None:
        return Progress.WAITING
    if own.state == VisitState.DRAFT.value:
        return Progress.RETURNED if own.returned_reason else Progress.BEGUN
    return Progress.HELD if own.state == VisitState.HELD.value else Progress.SENT


def _read_legend(assignment: Assignment) -> Legend | None:
    if assignment.scenario is None:
        return None
    scenario = Scenario.model_validate_json(assignment.scenario.content)
    return Legend(scenario.title, scenario.legend, scenario.steps, scenario.ask)


def _find_employee(assignment: Assignment, unit: Unit, today: date) -> StaffMember | None:
    """Whom to meet, with the position held on the day of the window that is nearest to today."""
    person = assignment.employee
    if person is None:
        return None
    day = min(max(today, assignment.window_start), assignment.window_end)
    placed = (each for each in list_staff(unit, day, day) if each.id == person.id)
    return next(placed, StaffMember(person.id, person.name, ""))


def _local_day(moment: datetime, unit: Unit) -> date:
    return moment.astimezone(ZoneInfo(unit.time_zone)).date()
