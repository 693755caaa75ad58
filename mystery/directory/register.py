"""The directory as plain records: read from the tables, and changed records written back in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Result, delete, func, insert, select, update

from mystery.clock import now
from mystery.database import db
from mystery.directory.staffing import Record, Stint
from mystery.directory.tree import climb, join_path
from mystery.models import Employee, Placement, Unit, UnitKind

# SQLite takes 32,766 bound values a statement; deletions by id go in portions well below that.
IDS_A_STATEMENT = 5000


@dataclass(frozen=True)
class UnitRecord:
    """A unit without its path, which follows from the parents."""

    id: UUID
    parent_id: UUID | None
    kind: UnitKind
    name: str
    code: str | None
    address: str
    time_zone: str
    closed_on: date | None


@dataclass(frozen=True)
class EmployeeRecord:
    """A person and his working life in the company."""

    id: UUID
    code: str | None
    name: str
    record: Record


def today_in(company_id: UUID) -> date:
    """Which day it is at the company's head office."""
    zone = db.session.scalar(select(Unit.time_zone).where(Unit.id == company_id))
    return now().astimezone(ZoneInfo(zone or "UTC")).date()


def read_units(company_id: UUID) -> dict[UUID, UnitRecord]:
    """All units of a company by id."""
    columns = (
        *(Unit.id, Unit.parent_id, Unit.kind, Unit.name, Unit.code),
        *(Unit.address, Unit.time_zone, Unit.closed_on),
    )
    rows = db.session.execute(select(*columns).where(Unit.company_id == company_id))
    # Read as plain rows: an import may read tens of thousands, and objects take ten times as long.
    return {row[0]: UnitRecord(row[0], row[1], UnitKind(row[2]), *row[3:]) for row in _plain(rows)}


def read_staff(company_id: UUID, *, only: UUID | None = None) -> dict[UUID, EmployeeRecord]:
    """All employees of a company by id, or ``only`` one of them."""
    mine = Employee.company_id == company_id
    if only is not None:
        mine = Employee.id == only
    stints: defaultdict[UUID, list[Stint]] = defaultdict(list)
    columns = (
        *(Placement.employee_id, Placement.unit_id, Placement.position),
        *(Placement.since, Placement.until, Placement.id),
    )
    placements = select(*columns).join(Employee).where(mine).order_by(Placement.since, Placement.until)
    for row in _plain(db.session.execute(placements)):
        stints[row[0]].append(Stint(*row[1:]))
    people = select(Employee.id, Employee.code, Employee.name, Employee.hired_on, Employee.left_on)
    return {
        employee: EmployeeRecord(employee, code, name, Record(hired, left, tuple(stints.get(employee, ()))))
        for employee, code, name, hired, left in db.session.execute(people.where(mine))
    }


def _plain(rows: Result[*tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return (tuple(row) for row in rows)


def write_units(company_id: UUID, changed: Sequence[UnitRecord]) -> None:
    """Insert and update units, parents first, and set every path of the company that changed with them."""
    known = select(Unit.id, Unit.parent_id, Unit.path).where(Unit.company_id == company_id)
    rows = db.session.execute(known).all()
    paths = {unit: path for unit, _parent, path in rows}
    parents = {unit: parent for unit, parent, _path in rows}
    parents |= {unit.id: unit.parent_id for unit in changed}
    ways = {unit: climb(unit, parents) or [unit] for unit in parents}
    new = sorted((unit for unit in changed if unit.id not in paths), key=lambda unit: len(ways[unit.id]))
    added = [
        {**_unit_values(unit), "company_id": company_id, "path": join_path(ways[unit.id])} for unit in new
    ]
    _run_many(insert(Unit), added)
    _run_many(update(Unit), [_unit_values(unit) for unit in changed if unit.id in paths])
    moved = [
        {"id": unit, "path": join_path(ways[unit])}
        for unit, path in paths.items()
        if join_path(ways[unit]) != path
    ]
    _run_many(update(Unit), moved)


def move_subtree(unit: Unit, parent: Unit) -> None:
    """Hang ``unit`` with all below it under ``parent``: every path of the subtree in one statement."""
    old, new = unit.path, f"{parent.path}{unit.id.hex}/"
    unit.parent_id = parent.id
    db.session.flush()
    below = (
        update(Unit).where(Unit.path.startswith(old)).values(path=new + func.substr(Unit.path, len(old) + 1))
    )
    db.session.execute(below.execution_options(synchronize_session=False))
    db.session.expire_all()


def write_staff(
    company_id: UUID, changed: Iterable[EmployeeRecord], before: Mapping[UUID, EmployeeRecord]
) -> None:
    """Insert and update employees and their placements; ``before`` holds those that exist."""
    people = list(changed)
    new = [person for person in people if person.id not in before]
    _run_many(insert(Employee), [{**_person_values(person), "company_id": company_id} for person in new])
    _run_many(update(Employee), [_person_values(person) for person in people if person.id in before])
    gone, added, altered = [], [], []
    for person in people:
        old = before[person.id].record.stints if person.id in before else ()
        kept = {stint.id for stint in person.record.stints}
        gone += [stint.id for stint in old if stint.id is not None and stint.id not in kept]
        added += [_stint_values(person.id, stint) for stint in person.record.stints if stint.id is None]
        altered += [
            _stint_values(person.id, stint) for stint in person.record.stints if stint.id and stint not in old
        ]
    for start in range(0, len(gone), IDS_A_STATEMENT):
        db.session.execute(delete(Placement).where(Placement.id.in_(gone[start : start + IDS_A_STATEMENT])))
    _run_many(update(Placement), altered)
    _run_many(insert(Placement), added)


def _run_many(statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(statement, rows)


def _unit_values(unit: UnitRecord) -> dict[str, Any]:
    return {
        "id": unit.id,
        "parent_id": unit.parent_id,
        "kind": unit.kind.value,
        "name": unit.name,
        "code": unit.code,
        "address": unit.address,
        "time_zone": unit.time_zone,
        "closed_on": unit.closed_on,
    }


def _person_values(person: EmployeeRecord) -> dict[str, Any]:
    return {
        "id": person.id,
        "code": person.code,
        "name": person.name,
        "hired_on": person.record.hired_on,
        "left_on": person.record.left_on,
    }


def _stint_values(employee_id: UUID, stint: Stint) -> dict[str, Any]:
    return {
        "id": stint.id or uuid4(),
        "employee_id": employee_id,
        "unit_id": stint.unit,
        "position": stint.position,
        "since": stint.since,
        "until": stint.until,
    }
