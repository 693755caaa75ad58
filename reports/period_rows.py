"""The plain rows of the reports over a period: one employee's visits, or a unit's counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from checklists.definition import Checklist
from checklists.localtext import LocalText
from checklists.standards import Standard
from reports.rows import ReportLook


@dataclass(frozen=True)
class Period:
    """The days a report is about, both included; None is open."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class PeriodVisit:
    """One submitted visit; base and final are percent, None where nothing was scored, coverage a share of 1.

    `shares` holds the value of each scored question, 0 to 1 (SC-01). Who made the visit is not known here.
    """

    visit: str  # uuid of the visit
    visited_on: date
    unit: str
    version: int
    base: Fraction | None
    final: Fraction | None
    coverage: Fraction
    shares: Mapping[str, Fraction]
    knock_outs: tuple[str, ...] = ()  # ids of the critical questions that decided something (SC-05)


@dataclass(frozen=True)
class EmployeePeriod:
    """Everything that the report about one employee over a period is made from; visits are by date.

    `versions` has the version of each visit and no others; they are versions of one checklist.
    """

    company: str
    employee: str
    position: str | None
    period: Period
    versions: Mapping[int, Checklist]
    visits: tuple[PeriodVisit, ...]
    standards: Mapping[str, Standard]  # keyed by code and meaning revision: "GR-01@1"
    purpose: LocalText | None
    look: ReportLook = field(default_factory=ReportLook)
    public_url: str = ""  # where the page behind the QR code is; empty prints no code

    @property
    def newest(self) -> Checklist:
        """The newest version that was walked: its layout and words are those of the report (SC-20)."""
        return self.versions[max(self.versions)]


@dataclass(frozen=True)
class StaffMember:
    """One employee of a unit's report: uuid and name."""

    employee: str
    name: str


@dataclass(frozen=True)
class StandardCount:
    """In how many visits to one employee a standard was kept in full, partly, or not at all (see Topic)."""

    employee: str
    topic: str  # "GR-01@1", or the key of a question where the checklist cites no standards
    kept: int
    partly: int
    missed: int

    @property
    def assessed(self) -> int:
        """In how many visits it was assessed."""
        return self.kept + self.partly + self.missed


@dataclass(frozen=True)
class SectionCount:
    """The visits in which a section of one version was assessed, about one employee or (None) nobody named.

    `total` is the sum of the percents; `is_own` tells visits of the unit from those of the rest.
    """

    section: str
    version: int
    employee: str | None
    is_own: bool
    visits: int
    total: float


@dataclass(frozen=True)
class KnockOutEvent:
    """A critical question that decided something in one visit (SC-05)."""

    visit: str
    visited_on: date
    unit: str
    version: int
    question: str


@dataclass(frozen=True)
class UnitPeriod:
    """Everything that the report about one unit over a period is made from, already counted.

    `is_wide` says that there are too many people for one sheet: `counts` is then empty, and nobody is named.
    """

    company: str
    unit: str  # a path of names, such as "Север / Магазин 3"
    period: Period
    versions: Mapping[int, Checklist]
    visits: int
    staff: tuple[StaffMember, ...]
    counts: tuple[StandardCount, ...]
    sections: tuple[SectionCount, ...]
    knock_outs: tuple[KnockOutEvent, ...]
    standards: Mapping[str, Standard]
    purpose: LocalText | None
    is_wide: bool = False
    look: ReportLook = field(default_factory=ReportLook)
    public_url: str = ""  # where the page behind the QR code is; empty prints no code

    @property
    def newest(self) -> Checklist:
        """The newest version that was walked: its layout and words are those of the report (SC-20)."""
        return self.versions[max(self.versions)]
