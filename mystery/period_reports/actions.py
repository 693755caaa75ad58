"""What happens when somebody opens a report over a period: it is read and written down who opened it."""

from __future__ import annotations

from uuid import UUID

from mystery.access.openings import Opened, OpeningKind, record_opening
from mystery.access.scopes import Reach
from mystery.database import allow_writing, db, stop_writing
from mystery.period_reports.queries.employees import Subject, read_employee_period
from mystery.period_reports.queries.units import CountedUnit, read_unit_period
from mystery.printouts.reported_visits import PeriodScope
from reports.period_rows import EmployeePeriod


def open_employee_period(
    reach: Reach, subject: Subject, scope: PeriodScope, *, kind: OpeningKind
) -> EmployeePeriod | None:
    """Read the report on an employee and record that this person did; without a visit None, and no record."""
    period = read_employee_period(reach, subject.employee_id, scope)
    if period is not None:
        _record(reach.user_id, kind, subject.company_id, (subject.employee_id,))
    return period


def open_unit_period(
    reach: Reach, unit_id: UUID, scope: PeriodScope, *, kind: OpeningKind
) -> CountedUnit | None:
    """Read the report on a unit and record it for each employee whom it shows."""
    counted = read_unit_period(reach, unit_id, scope)
    if counted is not None:
        _record(reach.user_id, kind, counted.company_id, counted.employee_ids)
    return counted


def _record(reader_id: UUID, kind: OpeningKind, company_id: UUID, employee_ids: tuple[UUID, ...]) -> None:
    """Write the openings before anything is shown; reading came first, so that counting holds nobody up."""
    allow_writing()
    for employee_id in employee_ids:
        record_opening(reader_id, kind, Opened(None, company_id, employee_id))
        db.session.flush()
    db.session.commit()
    stop_writing()
