"""What the unit rows of a file would do to the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from uuid import UUID, uuid4

from mystery.directory.faults import Reason
from mystery.directory.imports.plan import Action, Change, Directory, PlannedUnit
from mystery.directory.imports.rows import UnitRow
from mystery.directory.imports.unit_finder import UnitFinder
from mystery.directory.register import UnitRecord
from mystery.directory.tree import DEEPEST_LEVEL, climb, lies_in_circle
from mystery.models import UnitKind
from mystery.tables.faults import Detail, Fault, TableReason, fault
from mystery.tables.problems import Problems

Pair = tuple[str, Detail | None, Detail | None]


class UnitPlanner:
    """Plans unit rows; ``after`` is the company's tree as it would be, which the employee rows need too."""

    def __init__(self, directory: Directory, problems: Problems) -> None:
        self._directory = directory
        self._problems = problems
        self._codes = {unit.code: unit for unit in directory.units.values() if unit.code}
        self._uncoded = _group_uncoded(directory)
        self._claimed: set[UUID] = set()
        self.after: dict[UUID, UnitRecord] = dict(directory.units)

    def plan(self, rows: Sequence[UnitRow]) -> tuple[PlannedUnit, ...]:
        """One entry for each row whose unit is the person's; what is wrong goes to the problems."""
        found = ((row, self._recognise(row)) for row in rows)
        recognised = [(row, unit) for row, unit in found if unit is not None]
        for row, unit in recognised:
            self.after[unit] = self._fill(row, unit)
        finder = self.finder()
        for row, unit in recognised:
            self.after[unit] = replace(self.after[unit], parent_id=self._find_parent(row, unit, finder))
        parents = {unit.id: unit.parent_id for unit in self.after.values()}
        for _row, unit in recognised:
            zone = self._inherit_zone(climb(unit, parents) or [])
            self.after[unit] = replace(self.after[unit], time_zone=zone)
        self._check_tree(recognised, parents)
        return tuple(self._describe(row, unit) for row, unit in recognised)

    def finder(self) -> UnitFinder:
        """A finder among the units that the person reaches and those that the file adds."""
        reached = self._directory.reached
        return UnitFinder(
            unit for unit in self.after.values() if unit.id in reached or unit.id not in self._directory.units
        )

    def label(self, unit: UUID | None) -> str:
        """How a unit is named in the plan."""
        if unit is None:
            return ""
        record = self.after[unit]
        return f"{record.name} ({record.code})" if record.code else record.name

    def _recognise(self, row: UnitRow) -> UUID | None:
        """The id of the row's unit: known by its code, or an only namesake without one, or new."""
        known = self._codes.get(row.code)
        if known is not None:
            if known.id in self._directory.reached:
                return known.id
            self._report(row, Reason.CODE_ELSEWHERE, "code", value=row.code)
            return None
        namesakes = self._uncoded.get((row.name.casefold(), row.kind), set()) - self._claimed
        if len(namesakes) != 1:
            return uuid4()
        self._claimed |= namesakes
        return next(iter(namesakes))

    def _fill(self, row: UnitRow, unit: UUID) -> UnitRecord:
        """The unit with what the row says; the parent and an inherited time zone come later."""
        before = self._directory.units.get(unit)
        if row.closed_on and row.closed_on > self._directory.today:
            self._report(row, Reason.CLOSED_IN_FUTURE, "closed_on")
        if before is None:
            return self._fill_new(row, unit)
        kind = row.kind or before.kind
        if (kind is UnitKind.COMPANY) != (before.kind is UnitKind.COMPANY):
            self._report(row, Reason.COMPANY_STAYS, "kind")
        if kind is UnitKind.COMPANY and row.closed_on:
            self._report(row, Reason.COMPANY_STAYS, "closed_on")
        return replace(
            before,
            code=row.code,
            kind=kind,
            name=row.name or before.name,
            address=row.address or before.address,
            time_zone=row.time_zone or before.time_zone,
            closed_on=row.closed_on or before.closed_on,
        )

    def _fill_new(self, row: UnitRow, unit: UUID) -> UnitRecord:
        for column in ("name", "kind"):
            if not getattr(row, column):
                self._report(row, TableReason.MISSING, column)
        if row.kind is UnitKind.COMPANY:
            self._report(row, Reason.COMPANY_STAYS, "kind")
        # A row with a problem still stands for its unit, so that the rows below it are not blamed as well.
        kind, name = row.kind or UnitKind.REGION, row.name or row.code
        return UnitRecord(unit, None, kind, name, row.code, row.address, row.time_zone, row.closed_on)

    def _find_parent(self, row: UnitRow, unit: UUID, finder: UnitFinder) -> UUID | None:
        before = self._directory.units.get(unit)
        if before and before.kind is UnitKind.COMPANY:
            if row.parent:
                self._report(row, Reason.COMPANY_STAYS, "parent")
            return None
        # The present parent may lie above what the person reaches; naming it changes nothing and is fine.
        present = self.after[before.parent_id] if before and before.parent_id else None
        if present and row.parent in ("", present.code):
            return present.id
        found = finder.find(row.parent, "parent") if row.parent else self._top()
        if not isinstance(found, Fault):
            return found
        if present and row.parent.casefold() == present.name.casefold():
            return present.id
        self._problems.report(row.place, found)
        return present.id if present else self._directory.company_id

    def _top(self) -> UUID | Fault:
        """The company, for a new unit whose parent cell is empty; only for those who reach all of it."""
        company = self._directory.company_id
        return company if company in self._directory.reached else fault(Reason.PARENT_NEEDED, "parent")

    def _inherit_zone(self, way: Sequence[UUID]) -> str:
        named = (self.after[unit].time_zone for unit in (*way, self._directory.company_id))
        return next(zone for zone in named if zone)

    def _check_tree(
        self, recognised: Sequence[tuple[UnitRow, UUID]], parents: Mapping[UUID, UUID | None]
    ) -> None:
        """Find circles, shops with something below, and what is open below something closed."""
        below: defaultdict[UUID | None, list[UnitRecord]] = defaultdict(list)
        for record in self.after.values():
            below[record.parent_id].append(record)
        changed = {
            unit: row for row, unit in recognised if self.after[unit] != self._directory.units.get(unit)
        }
        for unit, row in changed.items():
            if lies_in_circle(unit, parents):
                self._report(row, Reason.PARENT_CYCLE, "parent")
            self._check_above(row, self.after[unit])
            self._check_below(row, self.after[unit], below[unit])
        for way in (climb(unit, parents) or [] for unit in parents):
            blamed = [changed[unit] for unit in way if unit in changed]
            if len(way) > DEEPEST_LEVEL and blamed:
                self._report(blamed[0], Reason.TOO_DEEP, "parent", most=DEEPEST_LEVEL)

    def _check_above(self, row: UnitRow, unit: UnitRecord) -> None:
        if unit.parent_id is None:
            return
        parent = self.after[unit.parent_id]
        if parent.kind is UnitKind.SHOP:
            self._report(row, Reason.PARENT_IS_SHOP, "parent", value=parent.name)
        if parent.closed_on and not unit.closed_on:
            self._report(row, Reason.PARENT_CLOSED, "parent", value=parent.name, day=parent.closed_on)

    def _check_below(self, row: UnitRow, unit: UnitRecord, below: Sequence[UnitRecord]) -> None:
        if below and unit.kind is UnitKind.SHOP:
            self._report(row, Reason.HAS_UNITS_BELOW, "kind", count=len(below))
        still_open = [child for child in below if not child.closed_on]
        if still_open and unit.closed_on:
            self._report(row, Reason.OPEN_UNITS_BELOW, "closed_on", count=len(still_open))

    def _describe(self, row: UnitRow, unit: UUID) -> PlannedUnit:
        before, after = self._directory.units.get(unit), self.after[unit]
        changes = tuple(Change(*pair) for pair in self._pairs(before, after) if pair[1] != pair[2])
        action = Action.CHANGED if changes else Action.UNCHANGED
        if before is None:
            action = Action.ADDED
        elif before.parent_id != after.parent_id:
            action = Action.MOVED
        return PlannedUnit(row.place, action, after, changes)

    def _pairs(self, before: UnitRecord | None, after: UnitRecord) -> Iterable[Pair]:
        for name in ("code", "name", "kind", "address", "time_zone", "closed_on"):
            yield name, getattr(before, name, None) or None, getattr(after, name) or None
        # Compared by id: two regions may have the same name.
        if before is None or before.parent_id != after.parent_id:
            yield "parent", self.label(before.parent_id) if before else None, self.label(after.parent_id)

    def _report(self, row: UnitRow, reason: StrEnum, column: str, **details: Detail) -> None:
        self._problems.report(row.place, fault(reason, column, **details))


def _group_uncoded(directory: Directory) -> dict[tuple[str, UnitKind | None], set[UUID]]:
    """Reached units without a code by name and kind, and by name alone for rows that leave the kind empty."""
    groups: defaultdict[tuple[str, UnitKind | None], set[UUID]] = defaultdict(set)
    for unit in directory.units.values():
        if unit.id in directory.reached and not unit.code:
            groups[unit.name.casefold(), unit.kind].add(unit.id)
            groups[unit.name.casefold(), None].add(unit.id)
    return dict(groups)
