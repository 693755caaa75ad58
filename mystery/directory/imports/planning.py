"""From the sheets of a file to its plan against the directory as it is."""

from __future__ import annotations

from mystery.directory.imports.columns import HEADINGS, SheetKind
from mystery.directory.imports.plan import Directory, Plan
from mystery.directory.imports.rows import EmployeeRow, SheetReader, UnitRow
from mystery.directory.imports.staff_plan import StaffPlanner
from mystery.directory.imports.unit_plan import UnitPlanner
from mystery.tables.faults import Fault
from mystery.tables.problems import Place, refuse_file
from mystery.tables.reading import Sheet
from mystery.tables.sheets import SheetSorting


def refuse_import(found: Fault) -> Plan:
    """The plan of a file that cannot be read: one problem, nothing else."""
    return Plan(problems=(refuse_file(found),))


def plan_import(sheets: list[Sheet], directory: Directory) -> Plan:
    """What the file would do, and everything that is wrong with it; pure, and it writes nothing."""
    reading = FileReading(directory)
    for sheet in sheets:
        reading.take(sheet)
    sorting = reading.sorting
    if not reading.unit_rows and not reading.employee_rows and (refused := sorting.refuse(sheets)):
        return refuse_import(refused)
    units = UnitPlanner(directory, sorting.problems)
    planned_units = units.plan(reading.unit_rows)
    staff = StaffPlanner(directory, units, sorting.problems)
    return Plan(
        units=planned_units,
        employees=staff.plan(reading.employee_rows),
        problems=sorting.problems.in_order(),
        remarks=tuple(sorting.remarks),
    )


class FileReading:
    """The rows of a whole file: which sheets are ours, and what is in them."""

    def __init__(self, directory: Directory) -> None:
        self.sorting = SheetSorting(HEADINGS)
        self.unit_rows: list[UnitRow] = []
        self.employee_rows: list[EmployeeRow] = []
        self._today = directory.today
        self._seen: dict[SheetKind, dict[str, Place]] = {kind: {} for kind in SheetKind}

    def take(self, sheet: Sheet) -> None:
        """Read a sheet of ours."""
        layout = self.sorting.take(sheet)
        if layout is None:
            return
        seen = self._seen[layout.kind]
        reader = SheetReader(sheet, layout, self._today, self.sorting.problems, seen)
        if layout.kind is SheetKind.UNITS:
            self.unit_rows += reader.unit_rows()
        else:
            self.employee_rows += reader.employee_rows()
