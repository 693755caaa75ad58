"""The sheets of a whole file: which are ours, what is wrong with them, and what to know of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic

from mystery.tables.columns import Headings, Kind, Layout
from mystery.tables.faults import Fault, TableReason, fault
from mystery.tables.problems import Place, Problems
from mystery.tables.reading import Sheet


class Remark(StrEnum):
    """Something to know about a file that stops nothing."""

    COLUMNS_IGNORED = "columns_ignored"
    SHEETS_IGNORED = "sheets_ignored"
    FORMULAS_AS_TEXT = "formulas_as_text"


@dataclass
class SheetSorting(Generic[Kind]):
    """Sorts the sheets of a file into those that are ours and those that are left aside."""

    headings: Headings[Kind]
    problems: Problems = field(default_factory=Problems)
    remarks: list[tuple[Remark, str]] = field(default_factory=list)

    def take(self, sheet: Sheet) -> Layout[Kind] | None:
        """The layout of a sheet of ours; None for another, with a remark or a problem that says why."""
        layout = self.headings.lay_out(sheet)
        if layout is None:
            self.remarks.append((Remark.SHEETS_IGNORED, sheet.name))
            return None
        if isinstance(layout, Fault):
            row = dict(layout.details)["row"]
            self.problems.report(Place(sheet.name, row if isinstance(row, int) else None), layout)
            return None
        self.problems.layouts[sheet.name] = layout
        if layout.ignored:
            self.remarks.append((Remark.COLUMNS_IGNORED, ", ".join(layout.ignored)))
        if sheet.formula_rows:
            self.remarks.append((Remark.FORMULAS_AS_TEXT, ", ".join(map(str, sheet.formula_rows))))
        return layout

    def refuse(self, sheets: list[Sheet]) -> Fault | None:
        """Why a file without any row of ours has nothing to plan; None where problems say it already."""
        if self.problems.found:
            return None
        if not any(sheet.rows for sheet in sheets):
            return fault(TableReason.FILE_EMPTY)
        return fault(TableReason.NO_ROWS if self.problems.layouts else TableReason.NO_HEADINGS)
