"""The review desk: what waits for a decision, what is with its auditor again, and what was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, list_reached_units, open_flags, reviewed_visits, units_in_reach
from mystery.database import db
from mystery.models import Employee, FlagKind, Unit, User, Visit, VisitFlag, VisitState
from mystery.sheets.raw_sheet import read_part, read_raw
from mystery.sheets.visit_facts import split_moment
from mystery.web.pagination import Page, read_page

Parent = aliased(Unit)
Auditor = aliased(User)
Settler = aliased(User)


class Shelf(StrEnum):
    """Where something lies on the desk."""

    OPEN = "open"
    RETURNED = "returned"
    SETTLED = "settled"


# What nobody else can see until the lead has decided comes first.
KIND_ORDER = (
    FlagKind.INCOMPLETE,
    FlagKind.DIFFERS,
    FlagKind.SET_ASIDE,
    FlagKind.UNREADABLE_FILE,
    FlagKind.CLOCK,
)


@dataclass(frozen=True)
class DeskFilter:
    """What the desk is narrowed to; None means all."""

    shelf: Shelf = Shelf.OPEN
    kind: FlagKind | None = None
    unit_id: UUID | None = None
    auditor_id: UUID | None = None


@dataclass(frozen=True)
class DeskLine:
    """One thing on the desk: why, which visit, and since when; ``day`` as the auditor said it, if he did."""

    flag_id: UUID
    visit_id: UUID
    kind: FlagKind
    unit: str
    region: str | None
    employee: str | None
    auditor: str
    day: date | None
    raised_at: datetime
    settled_at: datetime | None
    settled_by: str | None
    decision: str


@dataclass(frozen=True)
class DeskCounts:
    """How many things lie on the desk: the open ones by kind, and those with their auditors again."""

    open: dict[FlagKind, int]
    returned: int
    settled: int

    @property
    def total_open(self) -> int:
        """How many wait for a decision."""
        return sum(self.open.values())


def list_desk(reach: Reach, asked: DeskFilter, number: int) -> Page[DeskLine]:
    """One page of a shelf: the open things by kind and the longest waiting first, others newest first."""
    statement = _select_lines().where(_lies_on(reach, asked.shelf), *_narrow(asked))
    if asked.shelf is Shelf.OPEN:
        rank = case(
            {kind.value: rank for rank, kind in enumerate(KIND_ORDER)},
            value=VisitFlag.kind,
            else_=len(KIND_ORDER),
        )
        ordered = statement.order_by(rank, VisitFlag.raised_at, VisitFlag.id)
    else:
        ordered = statement.order_by(VisitFlag.settled_at.desc(), VisitFlag.id)
    page = read_page(ordered, number)
    return Page([_make_line(row) for row in page.rows], page.number, page.total, page.size)


def count_desk(reach: Reach) -> DeskCounts:
    """How much lies on the desk of this person."""
    by_kind = select(VisitFlag.kind, func.count()).where(open_flags(reach)).group_by(VisitFlag.kind)
    counted: dict[str, int] = dict(db.session.execute(by_kind).all())
    return DeskCounts(
        open={kind: counted.get(kind.value, 0) for kind in KIND_ORDER},
        returned=_count_shelf(reach, Shelf.RETURNED),
        settled=_count_shelf(reach, Shelf.SETTLED),
    )


def list_filter_units(reach: Reach) -> list[tuple[UUID, str]]:
    """The units that the desk can be narrowed to."""
    return list_reached_units(reach, Permission.REVIEW_VISITS)


def list_filter_auditors(reach: Reach) -> list[tuple[UUID, str]]:
    """The auditors of visits that something was ever raised about."""
    reached = select(Unit.id).where(units_in_reach(reach, Permission.REVIEW_VISITS))
    auditors = (
        select(Visit.auditor_id)
        .join(VisitFlag)
        .where(Visit.unit_id.in_(reached))
        .distinct()
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(User.id, User.name).where(User.id.in_(auditors)).order_by(User.name, User.id)
    )
    return [(user_id, name) for user_id, name in rows]


def _count_shelf(reach: Reach, shelf: Shelf) -> int:
    found = select(func.count()).select_from(VisitFlag).join(Visit).where(_lies_on(reach, shelf))
    return db.session.scalar(found) or 0


def _lies_on(reach: Reach, shelf: Shelf) -> ColumnElement[bool]:
    """The condition on VisitFlag, joined with Visit, that it lies on a shelf of this person's desk."""
    if shelf is Shelf.OPEN:
        return open_flags(reach)
    if shelf is Shelf.SETTLED:
        return and_(VisitFlag.settled_at.is_not(None), reviewed_visits(reach))
    reached = select(Unit.id).where(units_in_reach(reach, Permission.REVIEW_VISITS))
    latest = aliased(VisitFlag)
    # A visit may have been returned more than once; it stands here once, with the last time.
    last = (
        select(func.max(latest.settled_at))
        .where(latest.visit_id == Visit.id, latest.kind == FlagKind.INCOMPLETE.value)
        .correlate(Visit)
        .scalar_subquery()
    )
    return and_(
        VisitFlag.kind == FlagKind.INCOMPLETE.value,
        VisitFlag.settled_at == last,
        Visit.state == VisitState.DRAFT.value,
        Visit.returned_reason != "",
        Visit.unit_id.in_(reached),
    )


def _narrow(asked: DeskFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.kind is not None and asked.shelf is not Shelf.RETURNED:
        conditions.append(VisitFlag.kind == asked.kind.value)
    if asked.unit_id is not None:
        above = select(Unit.path).where(Unit.id == asked.unit_id).correlate(None).scalar_subquery()
        conditions.append(Unit.path.startswith(above))
    if asked.auditor_id is not None:
        conditions.append(Visit.auditor_id == asked.auditor_id)
    return conditions


def _select_lines() -> Select[Any]:
    return (
        select(
            VisitFlag.id.label("flag_id"),
            VisitFlag.visit_id,
            VisitFlag.kind,
            Unit.name.label("unit"),
            Parent.name.label("region"),
            func.coalesce(Employee.name, func.nullif(Visit.employee_note, "")).label("employee"),
            Auditor.name.label("auditor"),
            Visit.visited_on,
            # A held visit has no facts of its own yet: they stand in what was sent, and only there.
            case((Visit.state == VisitState.HELD.value, Visit.raw_answers)).label("held_answers"),
            VisitFlag.raised_at,
            VisitFlag.settled_at,
            Settler.name.label("settled_by"),
            VisitFlag.decision,
        )
        .join(Visit, Visit.id == VisitFlag.visit_id)
        .join(Unit, Unit.id == Visit.unit_id)
        .outerjoin(Parent, Parent.id == Unit.parent_id)
        .outerjoin(Employee, Employee.id == Visit.employee_id)
        .join(Auditor, Auditor.id == Visit.auditor_id)
        .outerjoin(Settler, Settler.id == VisitFlag.settled_by_id)
    )


def _make_line(row: Any) -> DeskLine:
    values = {name: value for name, value in row._mapping.items() if name in LINE}
    day = row.visited_on or (_read_day(row.held_answers) if row.held_answers else None)
    return DeskLine(**{**values, "kind": FlagKind(row.kind), "day": day})


def _read_day(raw_answers: str) -> date | None:
    try:
        return date.fromisoformat(split_moment(read_part(read_raw(raw_answers), "visit").get("date"))[0])
    except (ValueError, json.JSONDecodeError):
        return None


LINE = frozenset(DeskLine.__dataclass_fields__)
