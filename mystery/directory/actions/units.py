"""Adding, changing, closing and moving units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.database import db
from mystery.directory.faults import Reason
from mystery.directory.register import move_subtree, today_in
from mystery.directory.staffing import check_day
from mystery.directory.tree import DEEPEST_LEVEL
from mystery.models import Unit, UnitKind
from mystery.tables.faults import Fault, fault


@dataclass(frozen=True)
class UnitDraft:
    """A unit as a form has it."""

    name: str
    code: str | None
    address: str
    time_zone: str


def add_unit(reach: Reach, parent_id: UUID, kind: str, draft: UnitDraft) -> UUID | Fault:
    """Add a region or shop directly below a unit; raises NotYours, and ValueError for an unknown kind."""
    parent = _load_unit(reach, parent_id)
    refused = _check_parent(parent, levels_below=1, field="")
    if UnitKind(kind) is UnitKind.COMPANY:
        refused = fault(Reason.COMPANY_STAYS, "kind")
    if refused is not None:
        return refused
    unit = parent.grow(kind=UnitKind(kind), name=draft.name, code=draft.code, time_zone=draft.time_zone)
    unit.address = draft.address
    db.session.add(unit)
    return _commit(unit.id)


def edit_unit(reach: Reach, unit_id: UUID, draft: UnitDraft) -> UUID | Fault:
    """Change name, code, address and time zone; raises NotYours."""
    unit = _load_unit(reach, unit_id)
    unit.name, unit.code = draft.name, draft.code
    unit.address, unit.time_zone = draft.address, draft.time_zone
    return _commit(unit_id)


def close_unit(reach: Reach, unit_id: UUID, day: date) -> UUID | Fault:
    """Close a unit since ``day``, today at the latest: nothing new is planned in it. Raises NotYours."""
    unit = _load_unit(reach, unit_id)
    today = today_in(unit.company_id)
    still_open = select(func.count()).where(Unit.parent_id == unit.id, Unit.closed_on.is_(None))
    count = db.session.scalar(still_open) or 0
    if unit.parent_id is None:
        return fault(Reason.COMPANY_STAYS, "closed_on")
    if count:
        return fault(Reason.OPEN_UNITS_BELOW, "closed_on", count=count)
    if day > today:
        return fault(Reason.CLOSED_IN_FUTURE, "closed_on")
    refused = check_day(day, "closed_on", today=today)
    if refused is not None:
        return refused
    unit.closed_on = day
    return _commit(unit_id)


def reopen_unit(reach: Reach, unit_id: UUID) -> UUID | Fault:
    """Open a closed unit again; what it belongs to must be open. Raises NotYours."""
    unit = _load_unit(reach, unit_id)
    if unit.parent is not None and unit.parent.closed_on is not None:
        return fault(Reason.PARENT_CLOSED, value=unit.parent.name, day=unit.parent.closed_on)
    unit.closed_on = None
    return _commit(unit_id)


def move_unit(reach: Reach, unit_id: UUID, parent_id: UUID) -> UUID | Fault:
    """Hang a unit with all below it under another one of the same company; raises NotYours for either."""
    unit, parent = _load_unit(reach, unit_id), _load_unit(reach, parent_id)
    if unit.company_id != parent.company_id:
        raise NotYours
    if unit.parent_id is None:
        return fault(Reason.COMPANY_STAYS, "parent")
    if parent.path.startswith(unit.path):
        return fault(Reason.PARENT_CYCLE, "parent")
    if unit.parent_id == parent.id:
        return fault(Reason.NOTHING_CHANGES, "parent")
    deepest = db.session.scalar(
        select(func.max(func.length(Unit.path))).where(Unit.path.startswith(unit.path))
    )
    levels = ((deepest or 0) - len(unit.path)) // _PATH_STEP + 1
    refused = _check_parent(parent, levels_below=levels, field="parent")
    if refused is not None:
        return refused
    move_subtree(unit, parent)
    return _commit(unit_id)


# One level of a path: 32 hexadecimal digits and a stroke.
_PATH_STEP = 33


def _load_unit(reach: Reach, unit_id: UUID) -> Unit:
    reached = units_in_reach(reach, Permission.MANAGE_UNITS)
    unit = db.session.scalar(select(Unit).where(Unit.id == unit_id, reached))
    if unit is None:
        raise NotYours
    return unit


def _check_parent(parent: Unit, *, levels_below: int, field: str) -> Fault | None:
    if parent.kind == UnitKind.SHOP.value:
        return fault(Reason.PARENT_IS_SHOP, field, value=parent.name)
    if parent.closed_on is not None:
        return fault(Reason.PARENT_CLOSED, field, value=parent.name, day=parent.closed_on)
    if parent.path.count("/") - 1 + levels_below > DEEPEST_LEVEL:
        return fault(Reason.TOO_DEEP, field, most=DEEPEST_LEVEL)
    return None


def _commit(unit_id: UUID) -> UUID | Fault:
    try:
        db.session.commit()
    except IntegrityError:
        # The only rule of the table that values checked above can still break is the unique code.
        db.session.rollback()
        return fault(Reason.CODE_TAKEN, "code")
    return unit_id
