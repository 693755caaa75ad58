"""What happens when somebody opens a report over a period: it is read and written down who opened it."""

from __future__ import annotations

from uuid import UUID

from checklists.localtext import Language
from mystery.access.openings import Opened, OpeningKind, record_opening
from mystery.access.scopes import Reach
from mystery.database import allow_writing, db, stop_writing
from mystery.period_reports.printing import print_employee_period, print_unit_period
from mystery.period_reports.queries.employees import Subject, read_employee_period
from mystery.period_reports.queries.units import CountedUnit, read_unit_period
from mystery.printouts.reported_visits import PeriodScope
from reports.period_rows import EmployeePeriod


def open_employee_period(reach: Reach, subject: Subject, scope: PeriodScope) -> EmployeePeriod | None:
    """Read the report on an employee and record that this person did; without a visit None, and no record."""
    period = read_employee_period(reach, subject.employee_id, scope)
    if period is not None:
        _record(reach, "period_page", subject.company_id, (subject.employee_id,))
    return period


def take_employee_print(
    reach: Reach, subject: Subject, scope: PeriodScope, language: Language
) -> bytes | None:
    """The same as a PDF, recorded once it is printed, since what fails nobody has had. Raises PrintFailed."""
    period = read_employee_period(reach, subject.employee_id, scope)
    if period is None:
        return None
    printed = print_employee_period(period, language)
    _record(reach, "period_pdf", subject.company_id, (subject.employee_id,))
    return printed


def open_unit_period(reach: Reach, unit_id: UUID, scope: PeriodScope) -> CountedUnit | None:
    """Read the report on a unit and record it for each employee whom it shows."""
    counted = read_unit_period(reach, unit_id, scope)
    if counted is not None:
        _record(reach, "unit_page", counted.company_id, counted.employee_ids)
    return counted


def take_unit_print(
    reach: Reach, unit_id: UUID, scope: PeriodScope, language: Language
) -> tuple[str, bytes] | None:
    """The name of the unit and the same as a PDF, recorded once it is printed. Raises PrintFailed."""
    counted = read_unit_period(reach, unit_id, scope)
    if counted is None:
        return None
    printed = print_unit_period(counted.period, language)
    _record(reach, "unit_pdf", counted.company_id, counted.employee_ids)
    return counted.period.unit, printed


def _record(reach: Reach, kind: OpeningKind, company_id: UUID, employee_ids: tuple[UUID, ...]) -> None:
    """Write the openings before anything is shown; what took long came first, so that it holds nobody up."""
    allow_writing()
    for employee_id in employee_ids:
        record_opening(reach.user_id, kind, Opened(None, company_id, employee_id))
        db.session.flush()
    db.session.commit()
    stop_writing()
