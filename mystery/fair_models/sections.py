"""What sections add up to for each employee in each unit: the plain means beside a fair score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mystery.fair_models.parts import read_parts
from mystery.fair_models.scope import FairScope
from mystery.fair_models.spelling import spell_both
from mystery.models import VisitSection
from reports.common_rescoring import look_up
from reports.fair_rows import FairVisit


class SectionSum(NamedTuple):
    """The percents of one section, added up over so many visits."""

    employee: str
    unit: str
    section: str
    total: float
    visits: int


def read_section_sums(scope: FairScope, counted: Sequence[FairVisit]) -> tuple[SectionSum, ...]:
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
    scored = [VisitSection.percent.is_not(None)]
    for rows in read_parts(VisitSection, columns, scored, scope=scope, wanted=len(counted)):
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
    return tuple(
        SectionSum(employee, unit, section, float(sums[0, column, line]), int(sums[1, column, line]))
        for (employee, unit), line in places.items()
        for section, column in sections.items()
        if sums[1, column, line]
    )
