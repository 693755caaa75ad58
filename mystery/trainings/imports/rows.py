"""The rows of a file of trainings as typed values, with every problem of every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mystery.tables.cells import fold_cell, read_day, read_text, shorten
from mystery.tables.columns import Layout
from mystery.tables.faults import Fault, TableReason, fault
from mystery.tables.problems import Place, Problems
from mystery.tables.reading import Sheet
from mystery.trainings.imports.columns import SheetKind
from mystery.trainings.imports.plan import Standing
from mystery.trainings.imports.reasons import Reason
from mystery.trainings.people_lines import EARLIEST, LineFault
from mystery.trainings.staff import is_control

LONGEST_TITLE = 120
LONGEST_NAME = 120
LONGEST_CODE = 40
LONGEST_EMAIL = 254
TRAINED_WORDS = (
    *("", "trained", "took part", "yes", "обучен", "обучена", "обученные", "обучение", "учился", "училась"),
    *("участник", "участница", "участвовал", "участвовала", "да"),
)


@dataclass(frozen=True)
class TrainingRow:
    """One person in one training as the file has it; "" are empty cells."""

    place: Place
    title: str
    standing: Standing
    code: str
    name: str
    email: str
    unit: str


@dataclass
class RowReader:
    """Reads the rows of one sheet; with any problem, nothing of the file is taken."""

    sheet: Sheet
    layout: Layout[SheetKind]
    today: date
    problems: Problems

    def read(self) -> Iterator[TrainingRow]:
        """The rows in which every cell can be read."""
        for place, cells in self.layout.lines(self.sheet):
            texts = self._read_texts(cells)
            standing = self._read_standing(cells)
            faults = [each for each in (*texts.values(), standing) if isinstance(each, Fault)]
            for found in faults:
                self.problems.report(place, found)
            if not faults and isinstance(standing, Standing):
                yield TrainingRow(
                    place, standing=standing, **{name: str(each) for name, each in texts.items()}
                )

    def _read_texts(self, cells: dict[str, str]) -> dict[str, str | Fault]:
        longest = {
            "title": LONGEST_TITLE,
            "code": LONGEST_CODE,
            "name": LONGEST_NAME,
            "email": LONGEST_EMAIL,
            "unit": LONGEST_NAME,
        }
        texts = {name: read_text(cells[name], name, longest=most) for name, most in longest.items()}
        if texts["title"] == "":
            texts["title"] = fault(TableReason.MISSING, "title")
        if not any(texts[name] for name in ("code", "name", "email")):
            texts["code"] = fault(Reason.NOBODY_NAMED, "code")
        return texts

    def _read_standing(self, cells: dict[str, str]) -> Standing | Fault:
        if is_control(cells["group"]) or (not cells["group"] and is_control(cells["day"])):
            return Standing(None)
        if fold_cell(cells["group"]) not in TRAINED_WORDS:
            return fault(Reason.NOT_A_GROUP, "group", value=shorten(cells["group"]))
        day = read_day(cells["day"], "day")
        if day is None:
            return fault(TableReason.MISSING, "day")
        if isinstance(day, Fault):
            return day
        if not EARLIEST <= day <= self.today:
            return fault(LineFault.DAY_AHEAD if day > self.today else LineFault.DAY_TOO_OLD, "day", value=day)
        return Standing(day)
