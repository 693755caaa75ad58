"""The rows of a file as typed values, with every problem of every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from mystery.directory.faults import Reason
from mystery.directory.imports.cells import read_day, read_kind, read_time_zone
from mystery.directory.imports.columns import SheetKind
from mystery.models import UnitKind
from mystery.tables.cells import read_text
from mystery.tables.columns import Layout
from mystery.tables.faults import Fault, TableReason, fault
from mystery.tables.problems import Place, Problems
from mystery.tables.reading import Sheet

Value = TypeVar("Value")
LONGEST_CODE = 40
LONGEST_NAME = 120
LONGEST_POSITION = 120
LONGEST_ADDRESS = 300


@dataclass(frozen=True)
class UnitRow:
    """A unit as the file has it; None and "" are empty cells, which leave things as they are."""

    place: Place
    code: str
    name: str
    kind: UnitKind | None
    parent: str
    address: str
    time_zone: str
    closed_on: date | None


@dataclass(frozen=True)
class EmployeeRow:
    """An employee as the file has him; None and "" are empty cells, which leave things as they are."""

    place: Place
    code: str
    name: str
    position: str
    unit: str
    hired_on: date | None
    since: date | None
    left_on: date | None


@dataclass
class SheetReader:
    """Reads the rows of one sheet; ``seen`` is shared by the sheets of a kind, to find repeated codes."""

    sheet: Sheet
    layout: Layout[SheetKind]
    today: date
    problems: Problems
    seen: dict[str, Place] = field(default_factory=dict)

    def unit_rows(self) -> Iterator[UnitRow]:
        """The rows that have a code of their own, as units."""
        for place, cells in self._coded_lines():
            yield UnitRow(
                place,
                cells["code"],
                self._text(place, cells, "name", LONGEST_NAME),
                self._take(place, read_kind(cells["kind"], "kind"), None),
                self._text(place, cells, "parent", LONGEST_NAME),
                self._text(place, cells, "address", LONGEST_ADDRESS),
                self._take(place, read_time_zone(cells["time_zone"], "time_zone"), ""),
                self._day(place, cells, "closed_on"),
            )

    def employee_rows(self) -> Iterator[EmployeeRow]:
        """The rows that have a code of their own, as employees."""
        for place, cells in self._coded_lines():
            yield EmployeeRow(
                place,
                cells["code"],
                self._text(place, cells, "name", LONGEST_NAME),
                self._text(place, cells, "position", LONGEST_POSITION),
                self._text(place, cells, "unit", LONGEST_NAME),
                self._day(place, cells, "hired_on"),
                self._day(place, cells, "since"),
                self._day(place, cells, "left_on"),
            )

    def _coded_lines(self) -> Iterator[tuple[Place, dict[str, str]]]:
        for place, cells in self.layout.lines(self.sheet):
            code = read_text(cells["code"], "code", longest=LONGEST_CODE)
            if isinstance(code, Fault):
                self.problems.report(place, code)
            elif not code:
                self.problems.report(place, fault(TableReason.MISSING, "code"))
            elif code in self.seen:
                first = self.seen[code]
                self.problems.report(place, fault(Reason.CODE_TWICE, "code", value=code, row=first.row or 0))
            else:
                self.seen[code] = place
                yield place, cells

    def _text(self, place: Place, cells: dict[str, str], column: str, longest: int) -> str:
        return self._take(place, read_text(cells[column], column, longest=longest), "")

    def _day(self, place: Place, cells: dict[str, str], column: str) -> date | None:
        return self._take(place, read_day(cells[column], column, today=self.today), None)

    def _take(self, place: Place, found: Value | Fault, instead: Value) -> Value:
        if isinstance(found, Fault):
            self.problems.report(place, found)
            return instead
        return found
