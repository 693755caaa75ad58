"""What sections add up to for each employee in each unit: the plain means beside a fair score."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mystery.fair_models.parts import read_parts
from mystery.fair_models.scope import FairScope
from mystery.fair_models.spelling import spell_both
from mystery.models import VisitSection
from reports.common_rescoring import look_up
from reports.fair_rows import FairVisit


class SectionSum(NamedTuple):
    """The percents of one section, added up over so many visits to so many people."""

    total: float
    visits: int
    people: int


@dataclass(frozen=True)
class SectionSums:
    """The sums of all sections; a column for each employee in each unit, a line for each section.

    ``whole`` has the bases of whole visits in the same columns: their sum, and how many there are.
    """

    sections: tuple[str, ...]
    places: tuple[tuple[str, str], ...]  # employee and unit
    totals: NDArray[np.float64]
    visits: NDArray[np.float64]
    whole: NDArray[np.float64]

    def of_employee(self, employee: str) -> dict[str, SectionSum]:
        """The sums of one employee by section, wherever the visits were; only sections that were scored."""
        return self._add_up(self._columns.get(employee, []))

    def of_units(self, units: Collection[str]) -> dict[str, SectionSum]:
        """The sums of some units by section, whoever was visited; only sections that were scored."""
        return self._add_up(self._choose(units))

    def whole_of_units(self, units: Collection[str]) -> SectionSum:
        """The sum of the bases of whole visits in some units, whoever was visited."""
        columns = self._choose(units)
        total, visits = self.whole[:, columns]
        return SectionSum(float(total.sum()), int(visits.sum()), self._count_people(columns, visits))

    def _choose(self, units: Collection[str]) -> list[int]:
        return [column for column, (_, unit) in enumerate(self.places) if unit in units]

    @cached_property
    def _people(self) -> NDArray[np.intp]:
        """A number for the employee of each column."""
        return np.unique([employee for employee, _ in self.places], return_inverse=True)[1]

    @cached_property
    def _columns(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for column, (employee, _) in enumerate(self.places):
            found.setdefault(employee, []).append(column)
        return found

    def _add_up(self, columns: Sequence[int]) -> dict[str, SectionSum]:
        totals, visits = self.totals[:, columns].sum(axis=1), self.visits[:, columns]
        return {
            section: SectionSum(float(total), int(own.sum()), self._count_people(columns, own))
            for section, total, own in zip(self.sections, totals, visits, strict=True)
            if own.any()
        }

    def _count_people(self, columns: Sequence[int], visits: NDArray[np.float64]) -> int:
        return len(np.unique(self._people[columns][visits > 0]))


def read_section_sums(scope: FairScope, counted: Sequence[FairVisit]) -> SectionSums:
    """Add up the scored sections of the visits that count, and of no others (SC-08)."""
    places: dict[tuple[str, str], int] = {}
    lines = {
        spelled: places.setdefault((visit.employee, visit.shop), len(places))
        for visit in counted
        for spelled in spell_both(visit.visit)
    }
    sections: dict[str, int] = {}
    sums = np.zeros((2, 0, len(places)))
    columns = [VisitSection.section, VisitSection.percent]
    conditions = [VisitSection.percent.is_not(None)]
    for rows in read_parts(VisitSection, columns, conditions, scope=scope, wanted=len(counted)):
        names = [name for _, name, _ in rows]
        for name in dict.fromkeys(names):
            sections.setdefault(name, len(sections))
        sums = np.pad(sums, ((0, 0), (0, len(sections) - sums.shape[1]), (0, 0)))
        line = look_up(lines, [visit for visit, _, _ in rows])
        own = np.flatnonzero(line >= 0)
        place = (look_up(sections, names) * len(places) + line)[own]
        percent = np.array([percent for _, _, percent in rows])
        size = len(sections) * len(places)
        added = np.bincount(place, percent[own], size), np.bincount(place, minlength=size)
        sums += np.array(added).reshape(sums.shape)
    # Rows of other visits, which are read along, may be of sections that no visit here has.
    is_own = sums[1].any(axis=1)
    scored = tuple(section for section, own in zip(sections, is_own, strict=True) if own)
    return SectionSums(
        scored, tuple(places), sums[0][is_own], sums[1][is_own], _add_up_whole(counted, places)
    )


def _add_up_whole(counted: Sequence[FairVisit], places: Mapping[tuple[str, str], int]) -> NDArray[np.float64]:
    column = [places[visit.employee, visit.shop] for visit in counted]
    bases = [visit.base or 0.0 for visit in counted]
    added = np.bincount(column, bases, len(places)), np.bincount(column, minlength=len(places))
    return np.array(added, dtype=np.float64)
