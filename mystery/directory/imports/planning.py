"""From the sheets of a file to its plan against the directory as it is."""

from __future__ import annotations

from mystery.directory.faults import Fault, Reason, fault
from mystery.directory.imports.columns import SheetKind, lay_out
from mystery.directory.imports.plan import Directory, Plan, Remark
from mystery.directory.imports.problems import ImportProblem, Place, Problems
from mystery.directory.imports.reading import Sheet
from mystery.directory.imports.rows import EmployeeRow, SheetReader, UnitRow
from mystery.directory.imports.staff_plan import StaffPlanner
from mystery.directory.imports.unit_plan import UnitPlanner


def refuse_file(found: Fault) -> Plan:
    """The plan of a file that cannot be read: one problem, nothing else."""
    row = dict(found.details).get("row")
    return Plan(problems=(ImportProblem(found, Place("", row if isinstance(row, int) else None)),))


def plan_import(sheets: list[Sheet], directory: Directory) -> Plan:
    """What the file would do, and everything that is wrong with it; pure, and it writes nothing."""
    reading = FileReading(directory)
    for sheet in sheets:
        reading.take(sheet)
    refused = reading.refusal(sheets)
    if refused is not None:
        return refuse_file(refused)
    units = UnitPlanner(directory, reading.problems)
    planned_units = units.plan(reading.unit_rows)
    staff = StaffPlanner(directory, units, reading.problems)
    return Plan(
        units=planned_units,
        employees=staff.plan(reading.employee_rows),
        problems=reading.problems.in_order(),
        remarks=tuple(reading.remarks),
    )


class FileReading:
    """The rows of a whole file: which sheets are ours, and what is in them."""

    def __init__(self, directory: Directory) -> None:
        self.problems = Problems()
        self.unit_rows: list[UnitRow] = []
        self.employee_rows: list[EmployeeRow] = []
        self.remarks: list[tuple[Remark, str]] = []
        self._today = directory.today
        self._seen: dict[SheetKind, dict[str, Place]] = {kind: {} for kind in SheetKind}

    def take(self, sheet: Sheet) -> None:
        """Read a sheet of ours, and remark on what is left aside."""
        layout = lay_out(sheet)
        if layout is None:
            self.remarks.append((Remark.SHEETS_IGNORED, sheet.name))
            return
        if isinstance(layout, Fault):
            row = dict(layout.details)["row"]
            place = Place(sheet.name, row if isinstance(row, int) else None)
            self.problems.report(place, layout)
            return
        self.problems.layouts[sheet.name] = layout
        if layout.ignored:
            self.remarks.append((Remark.COLUMNS_IGNORED, ", ".join(layout.ignored)))
        if sheet.formula_rows:
            self.remarks.append((Remark.FORMULAS_AS_TEXT, ", ".join(map(str, sheet.formula_rows))))
        reader = SheetReader(sheet, layout, self._today, self.problems, self._seen[layout.kind])
        if layout.kind is SheetKind.UNITS:
            self.unit_rows += reader.unit_rows()
        else:
            self.employee_rows += reader.employee_rows()

    def refusal(self, sheets: list[Sheet]) -> Fault | None:
        """Why there is nothing to plan: an empty file, or one without headings or rows of ours."""
        if self.unit_rows or self.employee_rows or self.problems.found:
            return None
        if not sheets or not any(sheet.rows for sheet in sheets):
            return fault(Reason.FILE_EMPTY)
        return fault(Reason.NO_ROWS if self.problems.layouts else Reason.NO_HEADINGS)
