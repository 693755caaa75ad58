"""Trainings in a person's reach, the staff they may be about, and the visits that show what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from checklists.scorecard import ENOUGH_COVERAGE
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, employees_in_reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.models import (
    Assignment,
    ChecklistVersion,
    Employee,
    Placement,
    Training,
    TrainingPlace,
    Unit,
    User,
    Visit,
    VisitState,
)
from mystery.printouts.reported_visits import OfferedChecklist, list_offered
from mystery.trainings.staff import Candidate
from reports.comparison import collation_key
from reports.lenses.training_effect import TrainingEffect, measure_effect
from reports.lenses.training_rows import TrainingVisit

EFFECTS_KEPT = 32


@dataclass(frozen=True)
class TrainingRow:
    """A training in a list: its days from first to last, and how many people stand in which group.

    ``is_narrowed`` where the training was for more than the reader's units: then his own people alone are
    listed and counted.
    """

    id: UUID
    title: str
    unit: str
    first_day: date
    last_day: date
    trained: int
    control: int | None  # named people to compare with; None where everybody else is compared
    is_narrowed: bool


@dataclass(frozen=True)
class TrainedPerson:
    """One person of a training; without a day in the group to compare with."""

    employee_id: UUID
    name: str
    trained_on: date | None


@dataclass(frozen=True)
class TrainingPage:
    """What the page of a training shows; ``effect`` is None while nobody concerned was visited."""

    row: TrainingRow
    people: tuple[TrainedPerson, ...]
    checklists: list[OfferedChecklist]
    chosen: OfferedChecklist | None
    effect: TrainingEffect | None


def list_trainings(reach: Reach) -> list[TrainingRow]:
    """The trainings of the person's units, and wider ones in which his people took part, the latest first."""
    trained = func.count(TrainingPlace.trained_on)
    named = aliased(TrainingPlace)
    rows = db.session.execute(
        select(
            Training.id,
            Training.title,
            Unit.name,
            Unit.path,
            func.min(TrainingPlace.trained_on),
            func.max(TrainingPlace.trained_on),
            trained,
            func.count(TrainingPlace.employee_id) - trained,
            # Asked of everybody: those named to compare with may all be out of the reader's reach.
            select(named.training_id)
            .where(named.training_id == Training.id, named.trained_on.is_(None))
            .exists(),
        )
        .join(Unit, Unit.id == Training.unit_id)
        .join(TrainingPlace, TrainingPlace.training_id == Training.id)
        .where(_places_in_reach(reach))
        .group_by(Training.id, Training.title, Unit.name, Unit.path)
    )
    paths = reach.paths(Permission.COMPARE_STAFF)
    found = [
        TrainingRow(
            id=training,
            title=title,
            unit=unit,
            first_day=first,
            last_day=last,
            trained=trained_count,
            control=control if is_control_named else None,
            is_narrowed=not path.startswith(paths),
        )
        for training, title, unit, path, first, last, trained_count, control, is_control_named in rows
        # Recording refuses a training in which nobody was trained: without days, nobody in reach was.
        if first is not None and last is not None
    ]
    return sorted(found, key=lambda row: (-row.first_day.toordinal(), row.title))


def load_training(reach: Reach, training_id: UUID) -> Training:
    """One training of the person's own units, which he may take back; raises NotYours for any other."""
    training = db.session.scalar(
        select(Training)
        .join(Unit)
        .where(Training.id == training_id, units_in_reach(reach, Permission.COMPARE_STAFF))
    )
    if training is None:
        raise NotYours
    return training


def show_training(reach: Reach, training_id: UUID, checklist_id: UUID | None) -> TrainingPage:
    """One training with its people in reach and what it did to them; raises NotYours where there are none."""
    row = next((each for each in list_trainings(reach) if each.id == training_id), None)
    if row is None:
        raise NotYours
    training = db.session.get_one(Training, training_id)
    people = _list_people(reach, training)
    countable = _countable(training)
    if row.is_narrowed:
        countable += _about_own_people(reach)
    checklists = list_offered(countable)
    if row.control is not None:
        # Where some are named to compare with, nobody else is compared.
        countable += (Visit.employee_id.in_([each.employee_id for each in people]),)
    usual = next(iter(checklists), None)
    chosen = next((each for each in checklists if each.checklist_id == checklist_id), usual)
    effect = None
    if chosen is not None:
        visits = _read_visits(countable, chosen.checklist_id)
        days = tuple((str(each.employee_id), each.trained_on) for each in people if each.trained_on)
        effect = _measure(visits, days)
    return TrainingPage(row, people, checklists, chosen, effect)


def list_candidates(reach: Reach, unit: Unit) -> list[Candidate]:
    """The staff who work, or worked, in a unit or below it, as far as the person reaches."""
    placed = (
        select(Placement.employee_id)
        .join(Unit)
        .where(Unit.path.startswith(unit.path), units_in_reach(reach, Permission.COMPARE_STAFF))
    )
    rows = db.session.execute(
        select(Employee.id, Employee.code, Employee.name, User.email)
        .outerjoin(User, User.id == Employee.user_id)
        .where(Employee.id.in_(placed))
    )
    return [Candidate(*row) for row in rows]


def today_at(unit: Unit) -> date:
    """Which day it is in a unit."""
    return now().astimezone(ZoneInfo(unit.time_zone)).date()


def _places_in_reach(reach: Reach) -> ColumnElement[bool]:
    """The condition on Unit and TrainingPlace: a training of the person's units, or one of his people in it.

    The latter is asked of trainings of the units above his own. What a region beside his did is not his
    matter, even where somebody who once worked for him took part.
    """
    permission = Permission.COMPARE_STAFF
    above = {UUID(part) for path in reach.paths(permission) for part in path.strip("/").split("/")}
    own_people = select(Employee.id).where(employees_in_reach(reach, permission))
    return or_(
        units_in_reach(reach, permission),
        and_(Unit.id.in_(above), TrainingPlace.employee_id.in_(own_people)),
    )


def _list_people(reach: Reach, training: Training) -> tuple[TrainedPerson, ...]:
    rows = db.session.execute(
        select(TrainingPlace.employee_id, Employee.name, TrainingPlace.trained_on)
        .join(Employee)
        .join(Training, Training.id == TrainingPlace.training_id)
        .join(Unit, Unit.id == Training.unit_id)
        .where(Training.id == training.id, _places_in_reach(reach))
    )
    people = (TrainedPerson(*row) for row in rows)
    return tuple(sorted(people, key=lambda each: (collation_key(each.name), each.employee_id)))


def _read_visits(conditions: Sequence[ColumnElement[bool]], checklist_id: UUID) -> tuple[TrainingVisit, ...]:
    """The countable visits on one checklist."""
    rows = db.session.execute(
        select(
            cast(Visit.id, String),
            Visit.employee_id,
            Visit.visited_on,
            Visit.base_percent,
            cast(Visit.auditor_id, String),
            cast(Visit.unit_id, String),
            cast(Assignment.scenario_id, String),
            ChecklistVersion.number,
        )
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .join(Assignment, Assignment.id == Visit.assignment_id)
        .where(*conditions, ChecklistVersion.checklist_id == checklist_id)
        .order_by(Visit.id)
    )
    return tuple(
        TrainingVisit(visit, str(employee), day, base, auditor, shop, scenario or "", str(number))
        for visit, employee, day, base, auditor, shop, scenario, number in rows
        if day is not None and base is not None
    )


def _countable(training: Training) -> tuple[ColumnElement[bool], ...]:
    """Submitted visits about somebody of the unit, scored, with enough of them assessed (SC-08)."""
    path = select(Unit.path).where(Unit.id == training.unit_id).scalar_subquery()
    return (
        Visit.state == VisitState.SUBMITTED.value,
        Visit.employee_id.is_not(None),
        Visit.base_percent.is_not(None),
        Visit.coverage_percent >= float(100 * ENOUGH_COVERAGE),
        Visit.unit_id.in_(select(Unit.id).where(Unit.path.startswith(path))),
    )


def _about_own_people(reach: Reach) -> tuple[ColumnElement[bool], ...]:
    """Visits in the person's units, about somebody whom he may compare."""
    permission = Permission.COMPARE_STAFF
    return (
        Visit.unit_id.in_(select(Unit.id).where(units_in_reach(reach, permission))),
        Visit.employee_id.in_(select(Employee.id).where(employees_in_reach(reach, permission))),
    )


@lru_cache(maxsize=EFFECTS_KEPT)
def _measure(visits: tuple[TrainingVisit, ...], days: tuple[tuple[str, date], ...]) -> TrainingEffect:
    """Measured once for the same visits and people: the model takes a second, reading the rows a moment."""
    return measure_effect(visits, dict(days))
