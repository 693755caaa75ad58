"""Lines that people paste into a form, with tabs between cells as spreadsheets copy them, or semicolons.

Every line is looked at before anything is recorded, and each fault names its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mystery.tables.cells import tidy_cell

MOST_LINES = 2000
CELL_ENDS = re.compile(r"[\t;]")


@dataclass(frozen=True)
class LineProblem:
    """A fault with its line, counted from 1; 0 is the list as a whole."""

    line: int
    fault: StrEnum
    value: str = ""


def number_lines(text: str) -> list[tuple[int, str]]:
    """The lines in which anything stands, each with its number as an editor counts it."""
    return [(number, line) for number, line in enumerate(text.splitlines(), start=1) if tidy_cell(line)]


def split_line(line: str, *, least: int) -> list[str]:
    """The tidy cells of a line; empty ones at its end are dropped as long as more than ``least`` are left."""
    cells = [tidy_cell(cell) for cell in CELL_ENDS.split(line)]
    while len(cells) > least and not cells[-1]:
        cells.pop()
    return cells
