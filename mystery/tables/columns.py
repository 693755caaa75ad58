"""The columns of an uploaded table: their headings in both languages, and how a sheet is told by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from mystery.tables.cells import tidy_cell
from mystery.tables.faults import Fault, TableReason, fault
from mystery.tables.problems import Place
from mystery.tables.reading import Sheet

# A title above the table is common; headings are looked for in so many rows from the top.
ROWS_SEARCHED = 10
FEWEST_HEADINGS = 2

# What the rows of a sheet are; each capability has kinds of its own.
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True)
class Column:
    """A column: its headings, the first of each language being the one in our blank file."""

    id: str
    ru: tuple[str, ...]
    en: tuple[str, ...]

    def heading(self, language: str) -> str:
        """The heading in our own blank file."""
        return self.ru[0] if language == "ru" else self.en[0]

    def others(self, language: str) -> tuple[str, ...]:
        """What else is understood, the reader's language first."""
        heading = self.heading(language)
        both = (*self.ru, *self.en) if language == "ru" else (*self.en, *self.ru)
        return tuple(word for word in both if word != heading)


@dataclass(frozen=True)
class Layout(Generic[Kind]):
    """Where which column stands in a sheet; ``ignored`` are headings that mean nothing to us."""

    kind: Kind
    columns: tuple[str, ...]
    heading_row: int
    places: dict[str, int]
    headings: dict[str, str]
    ignored: tuple[str, ...]

    def lines(self, sheet: Sheet) -> Iterator[tuple[Place, dict[str, str]]]:
        """The rows below the headings that say anything, as tidy cells by column; "" where one is empty."""
        empty = dict.fromkeys(self.columns, "")
        for number, texts in sheet.rows:
            if number > self.heading_row:
                places = self.places.items()
                filled = {column: tidy_cell(texts[at]) for column, at in places if at < len(texts)}
                if any(filled.values()):
                    yield Place(sheet.name, number), empty | filled


class Headings(Generic[Kind]):
    """All headings that a capability understands; ``needed`` is the column each sheet must have."""

    def __init__(self, columns: Mapping[Kind, Sequence[Column]], *, needed: str) -> None:
        self._columns = {kind: tuple(column.id for column in listed) for kind, listed in columns.items()}
        self._needed = needed
        self.known: dict[Kind, dict[str, str]] = {
            kind: {fold_heading(word): column.id for column in listed for word in (*column.ru, *column.en)}
            for kind, listed in columns.items()
        }

    def lay_out(self, sheet: Sheet) -> Layout[Kind] | Fault | None:
        """The layout of a sheet; None when nothing in it looks like our headings."""
        best: tuple[int, int, Kind] | None = None
        for index, (_number, cells) in enumerate(sheet.rows[:ROWS_SEARCHED]):
            for kind, known in self.known.items():
                score = len({known[fold_heading(cell)] for cell in cells if fold_heading(cell) in known})
                if score >= FEWEST_HEADINGS and (best is None or score > best[0]):
                    best = (score, index, kind)
        if best is None:
            return None
        _score, index, kind = best
        return self._read_headings(kind, *sheet.rows[index])

    def _read_headings(self, kind: Kind, row: int, cells: tuple[str, ...]) -> Layout[Kind] | Fault:
        places: dict[str, int] = {}
        headings: dict[str, str] = {}
        ignored: list[str] = []
        for place, cell in enumerate(cells):
            column = self.known[kind].get(fold_heading(cell))
            if column is None:
                ignored += [cell.strip()] if cell.strip() else []
            elif column in places:
                twice: dict[str, Any] = {"first": headings[column], "second": cell.strip(), "row": row}
                return fault(TableReason.COLUMN_TWICE, column, **twice)
            else:
                places[column], headings[column] = place, cell.strip()
        if self._needed not in places:
            return fault(TableReason.COLUMN_MISSING, self._needed, row=row)
        return Layout(kind, self._columns[kind], row, places, headings, tuple(ignored))


def fold_heading(text: str) -> str:
    """A heading without what people vary: case, ё, punctuation, spaces."""
    return re.sub(r"[\W_]+", "", text.casefold().replace("ё", "е"))
