"""Standards by staff: in how many visits each was kept in full, of those in which it was assessed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final

from checklists.localtext import Language
from reports.comparison import collation_key
from reports.marks import Mark
from reports.period_rows import StaffMember, StandardCount, UnitPeriod
from reports.period_words import say_period
from reports.standard_records import Topic, list_topics

FEW_VISITS: Final = 3
STAFF_ON_A_SHEET: Final = 10


@dataclass(frozen=True)
class Cell:
    """One standard with one employee, or with all; the mark is None where it was never assessed.

    `level` grows with the share kept in full, from 0 to 3: how deep the one colour of the heatmap is.
    """

    words: str
    mark: Mark | None
    level: int
    is_pale: bool


@dataclass(frozen=True)
class HeatmapRow:
    """One standard: a cell for each employee in the order of the heatmap, and one for all of them."""

    code: str
    title: str
    section: str
    remark: str
    cells: tuple[Cell, ...]
    everybody: Cell


@dataclass(frozen=True)
class Heatmap:
    """The staff in alphabetical order, and the standards in the order of the checklist."""

    staff: tuple[StaffMember, ...]
    rows: tuple[HeatmapRow, ...]

    def sheets(self) -> Iterator["Heatmap"]:
        """Yield the heatmap in parts narrow enough for a printed page, and about as wide as each other."""
        parts = max(1, ceil(len(self.staff) / STAFF_ON_A_SHEET))
        width = max(1, ceil(len(self.staff) / parts))
        for start in range(0, len(self.staff), width):
            some = slice(start, start + width)
            rows = tuple(
                HeatmapRow(row.code, row.title, row.section, row.remark, row.cells[some], row.everybody)
                for row in self.rows
            )
            yield Heatmap(self.staff[some], rows)


def build_heatmap(period: UnitPeriod, language: Language) -> Heatmap | None:
    """Build the heatmap of a unit, or None where nothing was counted."""
    by_place = {(count.topic, count.employee): count for count in period.counts}
    staff = tuple(sorted(period.staff, key=lambda each: (collation_key(each.name), each.employee)))
    rows = [
        _build_row(topic, [by_place.get((topic.key, each.employee)) for each in staff], language)
        for topic in list_topics(period.versions, period.standards)
    ]
    assessed = tuple(row for row in rows if row.everybody.mark is not None)
    return Heatmap(staff, assessed) if assessed else None


def _build_row(topic: Topic, counts: list[StandardCount | None], language: Language) -> HeatmapRow:
    known = [count for count in counts if count is not None]
    return HeatmapRow(
        code=topic.code or "",
        title=topic.title.in_language(language),
        section=topic.section.in_language(language),
        remark="" if topic.is_current else say_period("only_older", language),
        cells=tuple(_build_cell([] if count is None else [count], language) for count in counts),
        everybody=_build_cell(known, language),
    )


def _build_cell(counts: Iterable[StandardCount], language: Language) -> Cell:
    counts = list(counts)
    kept = sum(count.kept for count in counts)
    partly = sum(count.partly for count in counts)
    assessed = sum(count.assessed for count in counts)
    if not assessed:
        return Cell("", None, 0, is_pale=False)
    some = Mark.PARTLY if kept or partly else Mark.MISSED
    words = say_period("of", language, part=kept, whole=assessed)
    level = 3 if kept == assessed else (2 if 2 * kept >= assessed else 1) if kept else 0
    return Cell(words, Mark.KEPT if kept == assessed else some, level, is_pale=assessed < FEW_VISITS)
