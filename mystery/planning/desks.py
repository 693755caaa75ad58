"""What a new assignment can be made of: checklist versions, units, legends, employees and auditors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from checklists.localtext import Language
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.models import (
    ChecklistRecord,
    ChecklistVersion,
    Employee,
    Notice,
    Placement,
    ScenarioRecord,
    Unit,
    User,
    parse_version,
)
from mystery.planning.orders import list_auditor_ids
from mystery.planning.states import local_day


@dataclass(frozen=True)
class VersionChoice:
    """A published version that can be assigned; ``newest`` marks the last of its checklist."""

    id: UUID
    company_id: UUID
    title: str
    number: int
    published_at: datetime
    newest: bool


@dataclass(frozen=True)
class UnitChoice:
    """An open unit in which the person may plan; ``depth`` is 0 for a company."""

    id: UUID
    company_id: UUID
    name: str
    address: str
    depth: int


@dataclass(frozen=True)
class CompanyChoice:
    """A company and whether its staff were told about the programme."""

    id: UUID
    name: str
    told: bool


@dataclass(frozen=True)
class PlanningDesk:
    """What the first step offers: a version, the units to visit, and whose staff were told."""

    companies: tuple[CompanyChoice, ...]
    versions: tuple[VersionChoice, ...]
    units: tuple[UnitChoice, ...]

    @property
    def untold(self) -> tuple[CompanyChoice, ...]:
        """The companies in which nothing may be assigned yet."""
        return tuple(company for company in self.companies if not company.told)


@dataclass(frozen=True)
class PersonChoice:
    """An employee (with his position) or an auditor (with nothing)."""

    id: UUID
    name: str
    position: str = ""


@dataclass(frozen=True)
class VisitPlace:
    """One chosen unit and who could be visited there by whom."""

    unit: UnitChoice
    employees: tuple[PersonChoice, ...]
    auditors: tuple[PersonChoice, ...]


@dataclass(frozen=True)
class ScenarioChoice:
    """A legend of the company; ``named`` says that the checklist itself names it."""

    id: UUID
    title: str
    named: bool


@dataclass(frozen=True)
class VisitDesk:
    """What the second step offers for the chosen version and units."""

    version: VersionChoice
    scenarios: tuple[ScenarioChoice, ...]
    places: tuple[VisitPlace, ...]

    def keeping(self, *, auditor: PersonChoice, employee: PersonChoice | None) -> VisitDesk:
        """The same desk of one unit; those already chosen stay in its lists, though they may be gone."""
        place = self.places[0]
        kept = replace(
            place,
            auditors=_with(place.auditors, auditor),
            employees=place.employees if employee is None else _with(place.employees, employee),
        )
        return replace(self, places=(kept,))


def open_planning_desk(reach: Reach, language: Language) -> PlanningDesk:
    """Everything the person may choose from when a visit is planned."""
    return PlanningDesk(_list_companies(reach), _list_versions(reach, language), _list_units(reach))


def open_visit_desk(
    reach: Reach, version_id: UUID, unit_ids: Sequence[UUID], *, language: Language
) -> VisitDesk:
    """What can be chosen for these units. Raises NotYours for a version or unit that is not the person's."""
    version = next((row for row in _list_versions(reach, language) if row.id == version_id), None)
    units = db.session.scalars(
        select(Unit)
        .where(Unit.id.in_(set(unit_ids)), units_in_reach(reach, Permission.PLAN_VISITS))
        .order_by(Unit.path)
    ).all()
    if version is None or len(units) != len(set(unit_ids)):
        raise NotYours
    by_id = {unit.id: unit for unit in units}
    ordered = [by_id[unit_id] for unit_id in dict.fromkeys(unit_ids)]
    return VisitDesk(
        version, _list_scenarios(version, language), tuple(_furnish_place(unit) for unit in ordered)
    )


def _with(people: tuple[PersonChoice, ...], person: PersonChoice) -> tuple[PersonChoice, ...]:
    return people if any(each.id == person.id for each in people) else (*people, person)


def _list_companies(reach: Reach) -> tuple[CompanyChoice, ...]:
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.time_zone, func.min(Notice.given_on))
        .outerjoin(Notice, Notice.company_id == Unit.id)
        .where(Unit.id.in_(reach.companies(Permission.PLAN_VISITS)))
        .group_by(Unit.id, Unit.name, Unit.time_zone)
        .order_by(Unit.name, Unit.id)
    )
    moment = now()
    return tuple(
        CompanyChoice(company, name, given_on is not None and given_on <= local_day(moment, zone))
        for company, name, zone, given_on in rows
    )


def _list_versions(reach: Reach, language: Language) -> tuple[VersionChoice, ...]:
    title = ChecklistVersion.title_ru if language == "ru" else ChecklistVersion.title_en
    rows = db.session.execute(
        select(
            ChecklistVersion.id,
            ChecklistRecord.company_id,
            title,
            ChecklistVersion.number,
            ChecklistVersion.published_at,
            ChecklistRecord.id,
        )
        .join(ChecklistRecord)
        .where(ChecklistRecord.company_id.in_(reach.companies(Permission.PLAN_VISITS)))
        .order_by(ChecklistVersion.published_at.desc(), ChecklistVersion.number.desc(), ChecklistVersion.id)
    ).all()
    newest: dict[UUID, int] = {}
    for row in rows:
        newest[row[5]] = max(newest.get(row[5], 0), row[3])
    return tuple(VersionChoice(*row[:5], newest=newest[row[5]] == row[3]) for row in rows)


def _list_units(reach: Reach) -> tuple[UnitChoice, ...]:
    units = db.session.scalars(select(Unit).where(units_in_reach(reach, Permission.PLAN_VISITS)))
    moment = now()
    opened = [
        unit for unit in units if unit.closed_on is None or unit.closed_on > local_day(moment, unit.time_zone)
    ]
    return tuple(_to_choice(unit) for unit in order_as_tree(opened))


def order_as_tree(units: Iterable[Unit]) -> list[Unit]:
    """Units as people read a tree: each under its own region, siblings by the alphabet."""
    # Paths are made of ids; the names along a path give the order that people expect.
    units = list(units)
    names = {unit.id.hex: unit.name.casefold() for unit in units}
    return sorted(
        units, key=lambda unit: [names.get(step, "") + step for step in unit.path.strip("/").split("/")]
    )


def _to_choice(unit: Unit) -> UnitChoice:
    return UnitChoice(unit.id, unit.company_id, unit.name, unit.address, unit.path.count("/") - 2)


def _list_scenarios(version: VersionChoice, language: Language) -> tuple[ScenarioChoice, ...]:
    content = db.session.scalar(select(ChecklistVersion.content).where(ChecklistVersion.id == version.id))
    named = parse_version(content or "").scenarios
    rows = db.session.scalars(select(ScenarioRecord).where(ScenarioRecord.company_id == version.company_id))
    choices = [
        ScenarioChoice(row.id, row.title_ru if language == "ru" else row.title_en, row.slug in named)
        for row in rows
    ]
    return tuple(sorted(choices, key=lambda choice: (not choice.named, choice.title.casefold())))


def _furnish_place(unit: Unit) -> VisitPlace:
    today = local_day(now(), unit.time_zone)
    auditors = db.session.execute(
        select(User.id, User.name)
        .where(User.id.in_(list_auditor_ids(unit) - _list_colleague_ids(unit, today)))
        .order_by(User.name, User.id)
    )
    return VisitPlace(
        _to_choice(unit), _list_employees(unit, today), tuple(PersonChoice(*row) for row in auditors)
    )


def _list_employees(unit: Unit, today: date) -> tuple[PersonChoice, ...]:
    rows = db.session.execute(
        select(Employee.id, Employee.name, Placement.position)
        .join(Placement, Placement.employee_id == Employee.id)
        .where(Placement.unit_id == unit.id, *_is_placed(today))
        .order_by(Employee.name, Employee.id)
    )
    return tuple({row[0]: PersonChoice(*row) for row in rows}.values())


def _list_colleague_ids(unit: Unit, today: date) -> frozenset[UUID]:
    found = db.session.scalars(
        select(Employee.user_id)
        .join(Placement, Placement.employee_id == Employee.id)
        .where(Placement.unit_id == unit.id, Employee.user_id.is_not(None), *_is_placed(today))
    )
    return frozenset(user for user in found if user is not None)


def _is_placed(today: date) -> tuple[ColumnElement[bool], ...]:
    # Somebody who begins later is offered too: the window may well lie after that day.
    return (
        or_(Placement.until.is_(None), Placement.until >= today),
        or_(Employee.left_on.is_(None), Employee.left_on >= today),
    )
