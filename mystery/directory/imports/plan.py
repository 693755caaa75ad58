"""What an import would do, as plain values: each row with before and after, and a digest to hold it to."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from uuid import UUID

from mystery.directory.register import EmployeeRecord, UnitRecord
from mystery.tables.faults import Detail
from mystery.tables.problems import ImportProblem, Place
from mystery.tables.sheets import Remark


class Action(StrEnum):
    """What happens to a row's unit or employee."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    LEFT = "left"
    RETURNED = "returned"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One field before and after; a unit is named, never given by its id."""

    field: str
    before: Detail | None
    after: Detail | None


@dataclass(frozen=True)
class PlannedUnit:
    """A row about a unit."""

    place: Place
    action: Action
    after: UnitRecord
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class PlannedEmployee:
    """A row about an employee."""

    place: Place
    action: Action
    after: EmployeeRecord
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Directory:
    """A company as it is now: ``reached`` are the units that the importing person may change."""

    company_id: UUID
    today: date
    units: Mapping[UUID, UnitRecord]
    staff: Mapping[UUID, EmployeeRecord]
    reached: frozenset[UUID]

    def manages(self, person: EmployeeRecord) -> bool:
        """Whether the person's present (or last) unit is reached; the whole company reaches everybody."""
        last = person.record.last
        return self.company_id in self.reached or (last is not None and last.unit in self.reached)


@dataclass(frozen=True)
class Plan:
    """Everything a file would do; with any problem, it may not be done."""

    units: tuple[PlannedUnit, ...] = ()
    employees: tuple[PlannedEmployee, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    remarks: tuple[tuple[Remark, str], ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether the directory already is as the file says."""
        return not (set(self.count_units()) | set(self.count_employees())) - {Action.UNCHANGED}

    @property
    def applicable(self) -> bool:
        """Whether the plan may be carried out."""
        return not self.problems and not self.changes_nothing

    def count_units(self) -> Counter[Action]:
        """How many units each action concerns."""
        return Counter(entry.action for entry in self.units)

    def count_employees(self) -> Counter[Action]:
        """How many employees each action concerns."""
        return Counter(entry.action for entry in self.employees)

    def digest(self) -> str:
        """A fingerprint of all that would be done; it differs as soon as one change does."""
        digest = hashlib.sha256()
        for line in chain(_describe(self.units, "unit"), _describe(self.employees, "employee")):
            digest.update(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        return digest.hexdigest()


def _describe(
    entries: Sequence[PlannedUnit] | Sequence[PlannedEmployee], kind: str
) -> Iterable[list[str | None]]:
    for entry in entries:
        if entry.action is not Action.UNCHANGED:
            # Who is new gets an id at random in each planning, so only those who exist are named by it.
            known = "" if entry.action is Action.ADDED else entry.after.id.hex
            yield [kind, entry.action.value, entry.after.code, known]
            for change in entry.changes:
                yield [change.field, _detail(change.before), _detail(change.after)]


def _detail(value: Detail | None) -> str | None:
    return None if value is None else str(value)
