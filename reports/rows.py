"""The plain rows that reports are made from: what a caller knows about visits, without database or web."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from checklists.answers import AnswerSheet, Value
from checklists.definition import Checklist
from checklists.localtext import LocalText
from checklists.scorecard import Scorecard
from checklists.standards import Standard

# Managers, employees and HR see the part of the day and never the minute: a minute would name the auditor.
PartOfDay = Literal["morning", "afternoon", "evening", "night"]
CorrectionOccasion = Literal["review", "appeal"]


@dataclass(frozen=True)
class ReportPhoto:
    """A stored photo of a visit; its bytes come through a loader that is asked for `key`.

    `question` is the id of the question it proves, or None when it belongs to the visit as a whole.
    """

    key: str
    question: str | None = None
    caption: str | None = None


@dataclass(frozen=True)
class ReportLook:
    """A company's own look: the key of its logo, whose bytes the photo loader gives, and "#0f5c63" for ours.

    A key always names the same bytes: another logo has another key. An empty key or colour means none.
    """

    logo: str = ""
    colour: str = ""


@dataclass(frozen=True)
class ReportCorrection:
    """One answer that was corrected after sending, oldest first where a question has several.

    ``before`` and ``after`` are typed answers as in an AnswerSheet (None: no answer); the sheet and the
    scorecard of the report hold the corrected answers. Who corrected it is not said.
    """

    question: str
    before: Value
    after: Value
    occasion: CorrectionOccasion
    reason: str
    on: date


@dataclass(frozen=True)
class PlayedScenario:
    """The legend of the visit: the role as it was given, and what was expected of the employee."""

    title: LocalText
    role: LocalText | None = None
    expected: tuple[LocalText, ...] = ()


@dataclass(frozen=True)
class SectionMean:
    """The mean percent of one section over ``visits`` earlier visits to ``people`` people."""

    percent: float
    visits: int
    people: int


@dataclass(frozen=True)
class SectionMeans:
    """Means by section id over the visits sent before this one; a section below the gates has no entry.

    ``visits`` and ``people`` count the whole group, so that a report can say why there is no mean.
    """

    visits: int
    people: int
    sections: Mapping[str, SectionMean] = field(default_factory=dict)


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
    visited_on: date | None  # None where an answers file does not say; a submitted visit always has its day
    part_of_day: PartOfDay | None  # None where nobody wrote down the time, as in an answers file
    scorecard: Scorecard
    sheet: AnswerSheet
    photos: tuple[ReportPhoto, ...]
    standards: Mapping[str, Standard]  # keyed by code and meaning revision: "GR-01@1"
    purpose: LocalText | None  # what the programme is for; printed at the foot of each page
    revision: str  # short hash of the visit's content, so that two printouts can be told apart
    scenario: PlayedScenario | None = None
    corrections: tuple[ReportCorrection, ...] = ()
    look: ReportLook = ReportLook()
    unit_means: SectionMeans | None = None  # None where nothing is known of other visits, as for a file
    programme_means: SectionMeans | None = None
    public_url: str = ""  # where the page behind the QR code is; empty prints no code


@dataclass(frozen=True)
class StaffVisit:
    """One scored visit as a row of a comparison of staff.

    Scores and sections are percent (None where not scored), coverage is a share of 1. `base` is what means
    are of: on the standards that several versions share, where there are several (SC-20); `own_base` is then
    what the visit's own version makes of it.
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
    own_base: float | None = None

    @property
    def printed_base(self) -> float | None:
        """The base as the report of this visit prints it."""
        return self.base if self.own_base is None else self.own_base
