"""Trainings in a person's reach, the staff they may be about, and the visits that show what they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, func, select

from checklists.scorecard import ENOUGH_COVERAGE
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
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
    """A training in a list: its days from first to last, and how many people stand in which group."""

    id: UUID
    title: str
    unit: str
    first_day: date
    last_day: date
    trained: int
    control: int  # named people to compare with; 0 where everybody else of the unit is


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
    """The trainings of the person's units, the latest first."""
    trained = func.count(TrainingPlace.trained_on)
    rows = db.session.execute(
        select(
            Training.id,
            Training.title,
            Unit.name,
            func.min(TrainingPlace.trained_on),
            func.max(TrainingPlace.trained_on),
            trained,
            func.count(TrainingPlace.employee_id) - trained,
        )
        .join(Unit, Unit.id == Training.unit_id)
        .join(TrainingPlace, TrainingPlace.training_id == Training.id)
        .where(units_in_reach(reach, Permission.COMPARE_STAFF))
        .group_by(Training.id, Training.title, Unit.name)
    )
    found = [
        TrainingRow(training, title, unit, first, last, trained_count, control)
        for training, title, unit, first, last, trained_count, control in rows
        # Recording refuses a training in which nobody was trained, so each has its days.
        if first is not None and last is not None
    ]
    return sorted(found, key=lambda row: (-row.first_day.toordinal(), row.title))


def load_training(reach: Reach, training_id: UUID) -> Training:
    """One training; raises NotYours outside the person's reach."""
    training = db.session.scalar(
        select(Training)
        .join(Unit)
        .where(Training.id == training_id, units_in_reach(reach, Permission.COMPARE_STAFF))
    )
    if training is None:
        raise NotYours
    return training


def show_training(reach: Reach, training_id: UUID, checklist_id: UUID | None) -> TrainingPage:
    """One training with its people and what it did; raises NotYours outside the person's reach."""
    training = load_training(reach, training_id)
    (row,) = (each for each in list_trainings(reach) if each.id == training_id)
    people = _list_people(training)
    checklists = list_offered(_countable(training))
    usual = next(iter(checklists), None)
    chosen = next((each for each in checklists if each.checklist_id == checklist_id), usual)
    effect = None
    if chosen is not None:
        visits = _read_visits(training, chosen.checklist_id, people)
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


def _list_people(training: Training) -> tuple[TrainedPerson, ...]:
    rows = db.session.execute(
        select(TrainingPlace.employee_id, Employee.name, TrainingPlace.trained_on)
        .join(Employee)
        .where(TrainingPlace.training_id == training.id)
    )
    people = (TrainedPerson(*row) for row in rows)
    return tuple(sorted(people, key=lambda each: (collation_key(each.name), each.employee_id)))


def _read_visits(
    training: Training, checklist_id: UUID, people: tuple[TrainedPerson, ...]
) -> tuple[TrainingVisit, ...]:
    """The countable visits on one checklist; of the people named only, where some are named to compare."""
    conditions = [*_countable(training), ChecklistVersion.checklist_id == checklist_id]
    if any(each.trained_on is None for each in people):
        conditions.append(Visit.employee_id.in_([each.employee_id for each in people]))
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
        .where(*conditions)
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


@lru_cache(maxsize=EFFECTS_KEPT)
def _measure(visits: tuple[TrainingVisit, ...], days: tuple[tuple[str, date], ...]) -> TrainingEffect:
    """Measured once for the same visits and people: the model takes a second, reading the rows a moment."""
    return measure_effect(visits, dict(days))
