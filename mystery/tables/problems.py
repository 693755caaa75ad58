"""The problems of a file, each with sheet, row and column; one a cell, so that none drags others along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from mystery.tables.faults import Fault, TableReason, fault


class Laid(Protocol):
    """What is looked at in the layout of a sheet: which columns it has, and under which headings."""

    @property
    def places(self) -> Mapping[str, int]:
        """Column to its place."""

    @property
    def headings(self) -> Mapping[str, str]:
        """Column to its heading as the file has it."""


@dataclass(frozen=True)
class Place:
    """A row of the file; the sheet's name is "" in CSV, the row None where a whole sheet or file is meant."""

    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class ImportProblem:
    """A Fault with its place; ``heading`` is the column's as the file has it, "" where the file lacks it."""

    fault: Fault
    place: Place = Place()
    heading: str = ""


def refuse_file(found: Fault) -> ImportProblem:
    """The one problem of a file that cannot be read."""
    row = dict(found.details).get("row")
    return ImportProblem(found, Place("", row if isinstance(row, int) else None))


@dataclass
class Problems:
    """Collects the problems of a file in the order of the file."""

    layouts: dict[str, Laid] = field(default_factory=dict)
    found: dict[tuple[Place, str], ImportProblem] = field(default_factory=dict)

    def report(self, place: Place, found: Fault) -> None:
        """Keep a problem, unless its cell has one already.

        When a needed column is missing altogether it is said once, not for every row.
        """
        layout = self.layouts.get(place.sheet)
        if found.reason is TableReason.MISSING and layout and found.field not in layout.places:
            place, found = Place(place.sheet), fault(TableReason.COLUMN_MISSING, found.field)
        heading = layout.headings.get(found.field, "") if layout else ""
        self.found.setdefault((place, found.field), ImportProblem(found, place, heading))

    def in_order(self) -> tuple[ImportProblem, ...]:
        """All problems: sheets as they came, and in each from the top."""
        sheets = {name: index for index, name in enumerate(self.layouts)}
        return tuple(
            sorted(self.found.values(), key=lambda it: (sheets.get(it.place.sheet, -1), it.place.row or 0))
        )
