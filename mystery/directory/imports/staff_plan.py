"""What the employee rows of a file would do to the staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from mystery.directory import staffing
from mystery.directory.faults import Reason
from mystery.directory.imports.plan import Action, Change, Directory, PlannedEmployee
from mystery.directory.imports.rows import EmployeeRow
from mystery.directory.imports.unit_plan import Pair, UnitPlanner
from mystery.directory.register import EmployeeRecord
from mystery.directory.staffing import Record
from mystery.tables.faults import Fault, TableReason, fault
from mystery.tables.problems import Problems


@dataclass(frozen=True)
class Wish:
    """What a row asks of one person: the unit is resolved, None where the cell is empty."""

    row: EmployeeRow
    unit: UUID | None
    today: date


class StaffPlanner:
    """Plans employee rows against the staff as it is and the tree as the unit rows would leave it."""

    def __init__(self, directory: Directory, units: UnitPlanner, problems: Problems) -> None:
        self._directory = directory
        self._units = units
        self._finder = units.finder()
        self._problems = problems
        self._codes = {person.code: person for person in directory.staff.values() if person.code}
        self._uncoded: defaultdict[str, list[EmployeeRecord]] = defaultdict(list)
        for person in directory.staff.values():
            if not person.code and directory.manages(person):
                self._uncoded[person.name.casefold()].append(person)

    def plan(self, rows: Sequence[EmployeeRow]) -> tuple[PlannedEmployee, ...]:
        """One entry for each row that can be carried out; what is wrong goes to the problems."""
        return tuple(entry for entry in map(self._plan_row, rows) if entry is not None)

    def _plan_row(self, row: EmployeeRow) -> PlannedEmployee | None:
        unit = self._finder.find(row.unit, "unit") if row.unit else None
        if isinstance(unit, Fault):
            self._problems.report(row.place, unit)
            return None
        known = self._codes.get(row.code)
        if known is not None and not self._directory.manages(known):
            self._problems.report(row.place, fault(Reason.CODE_ELSEWHERE, "code", value=row.code))
            return None
        before = known or self._find_namesake(row, unit)
        wish = Wish(row, unit, self._directory.today)
        found = self._plan_new(wish) if before is None else plan_known(before.record, wish)
        found = found if isinstance(found, Fault) else self._check_units(before, found)
        if isinstance(found, Fault):
            self._problems.report(row.place, found)
            return None
        person_id, name = (before.id, before.name) if before else (uuid4(), row.name)
        return self._describe(row, before, EmployeeRecord(person_id, row.code, row.name or name, found))

    def _find_namesake(self, row: EmployeeRow, unit: UUID | None) -> EmployeeRecord | None:
        """The only person without a code who has the row's name, place and first day; he gets the code."""
        namesakes = [
            person
            for person in self._uncoded.get(row.name.casefold(), ())
            if unit in (None, person.record.last.unit if person.record.last else None)
            and row.hired_on in (None, person.record.hired_on)
        ]
        if len(namesakes) != 1:
            return None
        self._uncoded[row.name.casefold()].remove(namesakes[0])
        return namesakes[0]

    def _plan_new(self, wish: Wish) -> Record | Fault:
        row = wish.row
        missing = [column for column in ("name", "unit", "hired_on") if not getattr(row, column)]
        for column in missing:
            self._problems.report(row.place, fault(TableReason.MISSING, column))
        if wish.unit is None or row.hired_on is None or missing:
            return fault(TableReason.MISSING, missing[0])
        since = row.since or row.hired_on
        if since < row.hired_on:
            return fault(Reason.BEFORE_HIRED, "since", day=row.hired_on)
        record = replace(staffing.hire(wish.unit, row.position, since), hired_on=row.hired_on)
        return _leave(record, row)

    def _check_units(self, before: EmployeeRecord | None, record: Record) -> Record | Fault:
        """Nobody may be placed in a unit that is closed, unless he left before it was."""
        last = record.last
        known = before.record.last if before else None
        if last is None or (known is not None and known.unit == last.unit and known.since == last.since):
            return record
        unit = self._units.after[last.unit]
        if unit.closed_on and (last.until is None or last.until > unit.closed_on):
            return fault(Reason.UNIT_CLOSED, "unit", value=unit.name, day=unit.closed_on)
        return record

    def _describe(
        self, row: EmployeeRow, before: EmployeeRecord | None, after: EmployeeRecord
    ) -> PlannedEmployee:
        changes = tuple(Change(*pair) for pair in self._pairs(before, after) if pair[1] != pair[2])
        action = Action.ADDED if before is None else name_action(before, after, changes)
        return PlannedEmployee(row.place, action, after, changes)

    def _pairs(self, before: EmployeeRecord | None, after: EmployeeRecord) -> Iterable[Pair]:
        old, new = before.record if before else None, after.record
        yield "code", before.code if before else None, after.code
        yield "name", before.name if before else None, after.name
        yield "hired_on", old.hired_on if old else None, new.hired_on
        last, now = old.last if old else None, new.last
        yield "unit", self._label(last.unit if last else None), self._label(now.unit if now else None)
        yield "position", (last.position or None) if last else None, (now.position or None) if now else None
        yield "since", last.since if last else None, now.since if now else None
        yield "left_on", old.left_on if old else None, new.left_on

    def _label(self, unit: UUID | None) -> str | None:
        return self._units.label(unit) if unit else None


def plan_known(record: Record, wish: Wish) -> Record | Fault:
    """The record of somebody known after what the row asks, step by step: first day, place, last day."""
    row = wish.row
    if row.since and row.left_on and row.since > row.left_on:
        # Such a row would leave now, and return when the file is read again.
        return fault(Reason.BEFORE_LAST_MOVE, "left_on", day=row.since)
    if row.hired_on:
        changed = staffing.change_hire_date(record, row.hired_on)
        if isinstance(changed, Fault):
            return changed.beside("hired_on")
        record = changed
    placed = _place_again(record, wish) if record.left_on else _place(record, wish)
    return placed if isinstance(placed, Fault) else _leave(placed, row)


def name_action(before: EmployeeRecord, after: EmployeeRecord, changes: Sequence[Change]) -> Action:
    """What happens to somebody known, in one word."""
    old, new = before.record, after.record
    if (old.left_on is None) != (new.left_on is None):
        return Action.LEFT if new.left_on else Action.RETURNED
    if (old.last.unit if old.last else None) != (new.last.unit if new.last else None):
        return Action.MOVED
    return Action.CHANGED if changes else Action.UNCHANGED


def _place(record: Record, wish: Wish) -> Record | Fault:
    """Move somebody who works here where the row says; a new position alone moves only from a named day."""
    row, last = wish.row, record.last
    if last is None and wish.unit is None:
        return record
    unit = wish.unit or (last.unit if last else wish.unit)
    position = row.position or (last.position if last else "")
    if unit is None or (last is not None and (last.unit, last.position) == (unit, position)):
        return record
    if last is not None and last.unit == unit and not (row.since and row.since > last.since):
        return staffing.correct_position(record, position)
    moved = staffing.move(record, unit=unit, position=position, since=row.since or wish.today)
    return moved.beside("since") if isinstance(moved, Fault) else moved


def _place_again(record: Record, wish: Wish) -> Record | Fault:
    """Somebody who has left returns from a day after that; without such a day he stays where he was."""
    row, last = wish.row, record.last
    unit = wish.unit or (last.unit if last else None)
    position = row.position or (last.position if last else "")
    if row.since and record.left_on and row.since > record.left_on:
        if unit is None:
            return fault(TableReason.MISSING, "unit")
        back = staffing.come_back(record, unit=unit, position=position, since=row.since)
        return back.beside("since") if isinstance(back, Fault) else back
    if last is not None and unit != last.unit and record.left_on:
        return fault(Reason.HAS_LEFT, "since", day=record.left_on)
    return staffing.correct_position(record, position)


def _leave(record: Record, row: EmployeeRow) -> Record | Fault:
    if row.left_on is None or row.left_on == record.left_on:
        return record
    left = staffing.leave(record, row.left_on)
    return left.beside("left_on") if isinstance(left, Fault) else left
