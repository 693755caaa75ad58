"""The plain rows that reports are made from: what a caller knows about visits, without database or web."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from checklists.answers import AnswerSheet
from checklists.definition import Checklist
from checklists.localtext import LocalText
from checklists.scorecard import Scorecard
from checklists.standards import Standard

# Managers, employees and HR see the part of the day and never the minute: a minute would name the auditor.
PartOfDay = Literal["morning", "afternoon", "evening", "night"]


@dataclass(frozen=True)
class ReportPhoto:
    """A stored photo of a visit; its bytes come through a loader that is asked for `key`.

    `question` is the id of the question it proves, or None when it belongs to the visit as a whole.
    """

    key: str
    question: str | None = None
    caption: str | None = None


@dataclass(frozen=True)
class VisitReport:
    """Everything that one visit's report prints.

    There is no auditor here, and that is on purpose: what has no field cannot be printed.
    """

    company: str
    unit: str  # a path of names, such as "Север / Магазин 3"
    employee: str | None
    position: str | None
    checklist: Checklist
    version: int | None  # None for a checklist that was never published, as in a file
    scenario_title: LocalText | None
    visited_on: date | None  # None where an answers file does not say; a submitted visit always has its day
    part_of_day: PartOfDay | None  # None where nobody wrote down the time, as in an answers file
    scorecard: Scorecard
    sheet: AnswerSheet
    photos: tuple[ReportPhoto, ...]
    standards: Mapping[str, Standard]  # keyed by code and meaning revision: "GR-01@1"
    purpose: LocalText | None  # what the programme is for; printed at the foot of each page
    revision: str  # short hash of the visit's content, so that two printouts can be told apart


@dataclass(frozen=True)
class StaffVisit:
    """One scored visit as a row of a comparison of staff.

    Scores and sections are percent (None where not scored), coverage is a share of 1.
    """

    visit: str  # uuid of the visit, so that every figure can name its visits
    employee: str  # uuid of the employee
    employee_name: str
    unit: str
    visited_on: date
    checklist: str
    version: int
    base: float | None
    final: float | None
    coverage: float
    knocked_out: bool
    sections: Mapping[str, float | None] = field(default_factory=dict)
