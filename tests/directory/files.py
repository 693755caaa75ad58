"""Import files for tests: tables written as text, turned into plans for a company."""

from __future__ import annotations

from uuid import UUID

from mystery.access.permissions import Role
from mystery.access.scopes import Reach, ReachedUnit
from mystery.database import db
from mystery.directory.imports.drafts import read_directory
from mystery.directory.imports.plan import Plan
from mystery.directory.imports.planning import plan_import, refuse_import
from mystery.models import Unit
from mystery.tables.faults import Fault
from mystery.tables.reading import Sheet, load_sheets, read_file
from tests.tables.files import table


def reach_of(unit_id: UUID, role: Role = Role.ADMINISTRATOR) -> Reach:
    """The reach of somebody with a role on a unit; the user is of no matter."""
    unit = db.session.get_one(Unit, unit_id)
    return Reach(UUID(int=1), (ReachedUnit(role, unit.id, unit.company_id, unit.path),))


def plan_file(company_id: UUID, content: bytes, *, reach: Reach | None = None) -> Plan:
    """What a file would do to a company."""
    sheets = read_file(content)
    if isinstance(sheets, Fault):
        return refuse_import(sheets)
    return plan_import(load_sheets(sheets), read_directory(reach or reach_of(company_id), company_id))


def plan_rows(company_id: UUID, rows: str, *, reach: Reach | None = None) -> Plan:
    """What one table would do to a company, past the reading of files."""
    cells = table(rows)
    sheet = Sheet("", tuple((number, tuple(row)) for number, row in enumerate(cells, start=1)))
    return plan_import([sheet], read_directory(reach or reach_of(company_id), company_id))


def problems_of(plan: Plan) -> list[tuple[int | None, str, str]]:
    """(row, column, reason) of each problem."""
    return [(it.place.row, it.fault.field, it.fault.reason.value) for it in plan.problems]


def actions_of(plan: Plan) -> list[tuple[str | None, str]]:
    """(code, action) of each row, units first."""
    units = [(entry.after.code, entry.action.value) for entry in plan.units]
    return units + [(entry.after.code, entry.action.value) for entry in plan.employees]
