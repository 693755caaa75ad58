"""The fair figures that people are paid by: one model a component, over all visits of a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, select

from mystery.database import db
from mystery.models import (
    Assignment,
    ChecklistVersion,
    Employee,
    Unit,
    Visit,
    VisitSection,
    VisitState,
)
from mystery.quality_pay.queries import Agreement, PayPeriod
from mystery.quality_pay.terms import WHOLE_VISIT
from reports.fair_comparison import FairModel, fit_fairly
from reports.fair_rows import FairPerson, FairVisit, Reason
from reports.lenses.quality_pay import FairFigure, PaySheet, compute_pay, settle_figure

MODELS_KEPT = 24


@dataclass(frozen=True)
class PaidPerson:
    """One employee with the figures by component and the pay that they give."""

    employee_id: UUID
    name: str
    figures: Mapping[str, FairFigure]
    sheet: PaySheet


@dataclass(frozen=True)
class PayRoll:
    """Everybody visited in a period, alphabetically; ``why_not`` says where no model could be fitted."""

    people: tuple[PaidPerson, ...]
    why_not: Mapping[str, Reason]

    def find(self, employee_id: UUID) -> PaidPerson | None:
        """One of these people."""
        return next((each for each in self.people if each.employee_id == employee_id), None)


def compute_roll(agreement: Agreement, period: PayPeriod) -> PayRoll:
    """Compute the quality pay of everybody who was visited on the formula's checklist in a period.

    Each is measured against shop colleagues (CP-02): what a good or bad shop brings is nobody's own.
    """
    visits = _read_visits(agreement, period)
    # Fitting may take a second, in which nobody shall wait for the lock of a request that is going to sign.
    db.session.rollback()
    figures: defaultdict[str, dict[str, FairFigure]] = defaultdict(dict)
    names: dict[str, str] = {}
    why_not: dict[str, Reason] = {}
    for component in agreement.formula.components:
        model = _fit(visits[component.id])
        comparison = model.describe("colleagues")
        if comparison.why_not is not None:
            why_not[component.id] = comparison.why_not
        for person in comparison.people:
            names.setdefault(person.employee, person.name)
            figures[person.employee][component.id] = _settle(person)
    people = tuple(
        PaidPerson(UUID(employee), name, figures[employee], compute_pay(agreement.formula, figures[employee]))
        for employee, name in names.items()
    )
    return PayRoll(people, why_not)


def _settle(person: FairPerson) -> FairFigure:
    if person.fair is None or person.low is None or person.high is None:
        return FairFigure(None, None, None, person.visits)
    # The waterfall's last line is what is printed everywhere else, so it is what is paid by.
    fair = person.fair if person.waterfall is None else float(person.waterfall.fair)
    return settle_figure(fair, person.low, person.high, visits=person.visits)


def _read_visits(agreement: Agreement, period: PayPeriod) -> dict[str, tuple[FairVisit, ...]]:
    """The visits of a period for each component: the same visits, each time with that section's percent."""
    conditions = _paid(agreement, period)
    sections = _read_sections(conditions)
    rows = db.session.execute(
        select(
            cast(Visit.id, String),
            cast(Visit.employee_id, String),
            Employee.name,
            cast(Visit.auditor_id, String),
            cast(Visit.unit_id, String),
            cast(Assignment.scenario_id, String),
            ChecklistVersion.number,
            Visit.coverage_percent,
            Visit.base_percent,
        )
        .join(Employee, Employee.id == Visit.employee_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .join(Assignment, Assignment.id == Visit.assignment_id)
        .where(*conditions)
        .order_by(Visit.id)
    ).all()
    return {
        component.id: tuple(
            FairVisit(
                visit=str(UUID(visit)),
                employee=str(UUID(employee)),
                employee_name=name,
                auditor=auditor,
                shop=shop,
                base=base if component.id == WHOLE_VISIT else sections.get((visit, component.id)),
                coverage=(coverage or 0.0) / 100,
                scenario=scenario or "",
                version=str(number),
            )
            for visit, employee, name, auditor, shop, scenario, number, coverage, base in rows
        )
        for component in agreement.formula.components
    }


def _read_sections(conditions: tuple[ColumnElement[bool], ...]) -> dict[tuple[str, str], float | None]:
    rows = db.session.execute(
        select(cast(VisitSection.visit_id, String), VisitSection.section, VisitSection.percent)
        .join(Visit, Visit.id == VisitSection.visit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*conditions)
    )
    return {(visit, section): percent for visit, section, percent in rows}


def _paid(agreement: Agreement, period: PayPeriod) -> tuple[ColumnElement[bool], ...]:
    units = select(Unit.id).where(Unit.company_id == agreement.company_id)
    return (
        Visit.state == VisitState.SUBMITTED.value,
        Visit.employee_id.is_not(None),
        Visit.unit_id.in_(units),
        Visit.visited_on.between(period.since, period.until),
        ChecklistVersion.checklist_id == agreement.checklist_id,
    )


@lru_cache(maxsize=MODELS_KEPT)
def _fit(visits: tuple[FairVisit, ...]) -> FairModel:
    """Fitted once for the same visits: the model may take a second, reading the rows a moment."""
    return fit_fairly(visits)
