"""Import files for tests: tables written as text, turned into CSV, workbooks and plans."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import xlsxwriter

from mystery.access.permissions import Role
from mystery.access.scopes import Reach, ReachedUnit
from mystery.database import db
from mystery.directory.faults import Fault
from mystery.directory.imports.drafts import read_directory
from mystery.directory.imports.plan import Plan
from mystery.directory.imports.planning import plan_import, refuse_file
from mystery.directory.imports.reading import Sheet, load_sheets, read_file
from mystery.models import Unit

Rows = Sequence[Sequence[Any]]


def table(text: str) -> list[list[str]]:
    """A table written with strokes between the cells, one row a line."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def as_csv(rows: str | Rows, *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """The table as a CSV file."""
    output = io.StringIO(newline="")
    csv.writer(output, delimiter=delimiter).writerows(table(rows) if isinstance(rows, str) else rows)
    return output.getvalue().encode(encoding)


def as_xlsx(sheets: Mapping[str, str | Rows]) -> bytes:
    """The tables as the sheets of a workbook; dates become date cells, strings stay strings."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    day = workbook.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, cells in enumerate(table(rows) if isinstance(rows, str) else rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                else:
                    sheet.write(row, column, cell)
    workbook.close()
    return output.getvalue()


def as_zip(members: Mapping[str, bytes]) -> bytes:
    """A zip file with these members."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return output.getvalue()


def reach_of(unit_id: UUID, role: Role = Role.ADMINISTRATOR) -> Reach:
    """The reach of somebody with a role on a unit; the user is of no matter."""
    unit = db.session.get_one(Unit, unit_id)
    return Reach(UUID(int=1), (ReachedUnit(role, unit.id, unit.company_id, unit.path),))


def plan_file(company_id: UUID, content: bytes, *, reach: Reach | None = None) -> Plan:
    """What a file would do to a company."""
    sheets = read_file(content)
    if isinstance(sheets, Fault):
        return refuse_file(sheets)
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
