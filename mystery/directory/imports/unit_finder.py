"""Finds the unit that a cell of a file names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from mystery.directory.faults import Reason
from mystery.directory.register import UnitRecord
from mystery.tables.faults import Fault, fault


class UnitFinder:
    """Finds a unit by its code, else by a name that only one unit has."""

    def __init__(self, units: Iterable[UnitRecord]) -> None:
        self._codes: dict[str, UUID] = {}
        self._names: defaultdict[str, set[UUID]] = defaultdict(set)
        for unit in units:
            self._names[unit.name.casefold()].add(unit.id)
            if unit.code:
                self._codes[unit.code] = unit.id

    def find(self, text: str, column: str) -> UUID | Fault:
        """The unit's id, or the Fault told beside ``column``."""
        if text in self._codes:
            return self._codes[text]
        named = self._names.get(text.casefold(), set())
        if len(named) == 1:
            return next(iter(named))
        reason = Reason.UNIT_AMBIGUOUS if named else Reason.UNKNOWN_UNIT
        return fault(reason, column, value=text)
