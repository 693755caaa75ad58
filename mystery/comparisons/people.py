"""One person of a comparison: whether the reader may compare him, and the visits that his figures rest on."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach, visits_in_reach
from mystery.comparisons.queries import ComparisonScope
from mystery.database import db
from mystery.models import Employee, Unit, Visit, VisitState
from mystery.printouts.dossier import read_purpose
from mystery.printouts.period_visits import read_period_visits, read_versions
from reports.period_rows import EmployeePeriod, Period


def find_company(reach: Reach, employee_id: UUID) -> UUID:
    """The company of an employee whom this person may compare; raises NotYours for any other.

    Whoever was visited in one of the reader's units may be compared, on whatever checklist and day.
    """
    units = select(Unit.id).where(units_in_reach(reach, Permission.COMPARE_STAFF))
    company_id = db.session.scalar(
        select(Employee.company_id)
        .join(Visit, Visit.employee_id == Employee.id)
        .where(
            Employee.id == employee_id,
            Visit.state == VisitState.SUBMITTED.value,
            Visit.unit_id.in_(units),
        )
        .limit(1)
    )
    if company_id is None:
        raise NotYours
    return company_id


def read_name(employee_id: UUID) -> str:
    """The name of an employee whom the reader may compare, as `find_company` has made sure."""
    return db.session.get_one(Employee, employee_id).name


def read_compared_period(
    reach: Reach, employee_id: UUID, scope: ComparisonScope, *, name: str
) -> EmployeePeriod | None:
    """The visits about an employee that this person may read, under the name that is shown; None without any.

    Visits are taken on the checklist and in the period of the comparison, in whatever unit they were.
    """
    conditions = [
        Visit.employee_id == employee_id,
        visits_in_reach(reach),
        *scope.fair_scope.conditions(),
    ]
    visits = read_period_visits(conditions)
    if not visits:
        return None
    return EmployeePeriod(
        company="",
        employee=name,
        position=None,
        period=Period(scope.since, scope.until),
        versions=read_versions(conditions),
        visits=visits,
        standards={},
        purpose=read_purpose(scope.company_id, visits[-1].visited_on),
    )
