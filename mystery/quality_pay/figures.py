"""The fair figures that people are paid by: one model a component, over all visits of a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from mystery.database import db
from mystery.fair_models.keeping import find_model
from mystery.fair_models.scope import FairScope
from mystery.models import Employee
from mystery.quality_pay.agreements import Agreement
from mystery.quality_pay.terms import WHOLE_VISIT, PayPeriod
from reports.fair_rows import FairPerson, Reason
from reports.lenses.quality_pay import FairFigure, PaySheet, compute_pay, settle_figure


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
    # Fitting may take a second and ends the transaction, so the names are read afterwards.
    models = {
        component.id: find_model(_scope(agreement, period, component.id))
        for component in agreement.formula.components
    }
    names = _read_names(agreement.company_id)
    figures: defaultdict[str, dict[str, FairFigure]] = defaultdict(dict)
    paid: dict[str, str] = {}
    why_not: dict[str, Reason] = {}
    for component, kept in models.items():
        comparison = kept.describe(
            "colleagues", {each: names[each] for each in kept.by_employee if each in names}
        )
        if comparison.why_not is not None:
            why_not[component] = comparison.why_not
        for person in comparison.people:
            paid.setdefault(person.employee, person.name)
            figures[person.employee][component] = _settle(person)
    people = tuple(
        PaidPerson(UUID(employee), name, figures[employee], compute_pay(agreement.formula, figures[employee]))
        for employee, name in paid.items()
    )
    return PayRoll(people, why_not)


def _settle(person: FairPerson) -> FairFigure:
    if person.fair is None or person.low is None or person.high is None:
        return FairFigure(None, None, None, person.visits)
    # The waterfall's last line is what is printed everywhere else, so it is what is paid by.
    fair = person.fair if person.waterfall is None else float(person.waterfall.fair)
    return settle_figure(fair, person.low, person.high, visits=person.visits)


def _scope(agreement: Agreement, period: PayPeriod, component: str) -> FairScope:
    return FairScope(
        agreement.company_id,
        agreement.checklist_id,
        period.since,
        period.until,
        section="" if component == WHOLE_VISIT else component,
    )


def _read_names(company_id: UUID) -> dict[str, str]:
    rows = db.session.execute(select(Employee.id, Employee.name).where(Employee.company_id == company_id))
    return {str(employee): name for employee, name in rows}
