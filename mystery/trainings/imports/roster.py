"""The roster that an import of trainings is planned against, read from the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, units_in_reach
from mystery.database import db
from mystery.models import Employee, Placement, Training, TrainingPlace, Unit, User
from mystery.trainings.imports.plan import KnownTraining, Roster, StaffUnit, Standing
from mystery.trainings.queries import today_at
from mystery.trainings.staff import Candidate

NEEDED = Permission.COMPARE_STAFF


def read_roster(reach: Reach, company_id: UUID) -> Roster:
    """The company as it is, as far as the person compares its staff."""
    company = db.session.get_one(Unit, company_id)
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.code, Unit.path)
        .where(Unit.company_id == company_id, units_in_reach(reach, NEEDED))
        .order_by(Unit.path)
    )
    units = {unit: StaffUnit(unit, name, code, path) for unit, name, code, path in rows}
    return Roster(
        company_id=company_id,
        today=today_at(company),
        home=find_home(units),
        units=units,
        staff=_read_staff(company_id, units),
        trainings=_read_trainings(company_id, units),
    )


def find_home(units: Mapping[UUID, StaffUnit]) -> UUID | None:
    """The one unit that all others lie in; None where there is none such."""
    top = min(units.values(), key=lambda unit: len(unit.path), default=None)
    if top is None or not all(unit.path.startswith(top.path) for unit in units.values()):
        return None
    return top.id


def _read_staff(
    company_id: UUID, units: Mapping[UUID, StaffUnit]
) -> tuple[tuple[Candidate, tuple[str, ...]], ...]:
    """Who works or worked in the units, with the paths of all of those places."""
    mine = Employee.company_id == company_id
    paths: defaultdict[UUID, set[str]] = defaultdict(set)
    placed = select(Placement.employee_id, Placement.unit_id).join(Employee).where(mine)
    for employee, unit in db.session.execute(placed):
        if unit in units:
            paths[employee].add(units[unit].path)
    rows = db.session.execute(
        select(Employee.id, Employee.code, Employee.name, User.email)
        .outerjoin(User, User.id == Employee.user_id)
        .where(mine)
        .order_by(Employee.id)
    )
    return tuple((Candidate(*row), tuple(sorted(paths[row[0]]))) for row in rows if row[0] in paths)


def _read_trainings(company_id: UUID, units: Mapping[UUID, StaffUnit]) -> tuple[KnownTraining, ...]:
    """The trainings of the units, the earliest recorded first."""
    of_company = Training.unit_id.in_(select(Unit.id).where(Unit.company_id == company_id))
    people: defaultdict[UUID, dict[UUID, Standing]] = defaultdict(dict)
    places = (
        select(TrainingPlace.training_id, TrainingPlace.employee_id, TrainingPlace.trained_on)
        .join(Training, Training.id == TrainingPlace.training_id)
        .where(of_company)
    )
    for training, employee, day in db.session.execute(places):
        people[training][employee] = Standing(day)
    rows = db.session.execute(
        select(Training.id, Training.title, Training.unit_id)
        .where(of_company)
        .order_by(Training.recorded_at, Training.id)
    )
    return tuple(
        KnownTraining(training, title, unit, people[training])
        for training, title, unit in rows
        if unit in units
    )
