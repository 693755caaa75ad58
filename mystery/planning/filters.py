"""The filters of the lead's list: what may be asked, what can be chosen, and the conditions that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from checklists.localtext import Language
from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, list_reached_units, units_in_reach
from mystery.database import db
from mystery.models import Assignment, ChecklistVersion, Unit, User
from mystery.planning.states import Calendar, is_open


@dataclass(frozen=True)
class AssignmentFilter:
    """What a list is narrowed to; None means all. ``state`` may also be "open" or "soon"."""

    state: str | None = None
    unit_id: UUID | None = None
    auditor_id: UUID | None = None
    checklist_id: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class FilterChoices:
    """What the filters of the list offer, as (id, label)."""

    units: tuple[tuple[UUID, str], ...]
    auditors: tuple[tuple[UUID, str], ...]
    checklists: tuple[tuple[UUID, str], ...]


def list_filter_choices(reach: Reach, language: Language) -> FilterChoices:
    """What the list can be narrowed to: only what stands in it."""
    people = (
        select(User.id, User.name)
        .where(User.id.in_(_assigned(Assignment.auditor_id, reach)))
        .order_by(User.name, User.id)
    )
    checklists = (
        select(ChecklistVersion.checklist_id, title_in(language))
        .where(ChecklistVersion.id.in_(_assigned(Assignment.version_id, reach)))
        .order_by(ChecklistVersion.number.desc())
    )
    newest: dict[UUID, str] = {}
    for checklist_id, name in db.session.execute(checklists):
        newest.setdefault(checklist_id, name)
    return FilterChoices(
        tuple(list_reached_units(reach, Permission.PLAN_VISITS)),
        tuple((row[0], row[1]) for row in db.session.execute(people)),
        tuple(sorted(newest.items(), key=lambda pair: pair[1])),
    )


def _assigned(column: Any, reach: Reach) -> Select[Any]:
    own = units_in_reach(reach, Permission.PLAN_VISITS)
    return select(column).join(Unit, Assignment.unit_id == Unit.id).where(own).distinct()


def narrow(asked: AssignmentFilter, calendar: Calendar) -> list[ColumnElement[bool]]:
    """The conditions of a filter, for a statement that has joined Unit and ChecklistVersion."""
    found = _state_conditions(asked.state, calendar)
    if asked.unit_id is not None:
        # A region stands for everything below it; an id that is not there narrows to nothing.
        above = select(Unit.path).where(Unit.id == asked.unit_id).correlate(None).scalar_subquery()
        found.append(Unit.path.startswith(above))
    if asked.auditor_id is not None:
        found.append(Assignment.auditor_id == asked.auditor_id)
    if asked.checklist_id is not None:
        found.append(ChecklistVersion.checklist_id == asked.checklist_id)
    if asked.since is not None:
        found.append(Assignment.window_end >= asked.since)
    if asked.until is not None:
        found.append(Assignment.window_start <= asked.until)
    return found


def _state_conditions(state: str | None, calendar: Calendar) -> list[ColumnElement[bool]]:
    if state is None:
        return []
    if state == "soon":
        return [calendar.ends_soon]
    return [is_open(calendar.state) if state == "open" else calendar.state == state]


def title_in(language: Language) -> Any:
    """The column that holds a checklist's title in ``language``."""
    return ChecklistVersion.title_ru if language == "ru" else ChecklistVersion.title_en
