"""Formulas of quality pay and staff who were visited often enough to be paid by it, for tests."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import numpy as np
from sqlalchemy import select

from checklists.localtext import LocalText
from mystery.database import db
from mystery.models import ChecklistVersion, Notice, PayAgreement, SignedPay, Visit, VisitSection
from reports.lenses.pay_json import figures_to_json, formula_to_json
from reports.lenses.quality_pay import FairFigure, PayBand, PayComponent, PayFormula, compute_pay
from tests.cast import Cast, Company
from tests.trainings.courses import add_visit, hire

FIRST_DAY = date(2026, 3, 1)
PERIOD = {"since": "2026-03-01", "until": "2026-08-31"}
BANDS = (PayBand(Fraction(70), Fraction(1)), PayBand(Fraction(50), Fraction(1, 2)))
FORMULA = PayFormula(
    Fraction(60),
    (
        PayComponent("base", LocalText(ru="Весь визит", en="The whole visit"), Fraction(30), BANDS),
        PayComponent("greeting", LocalText(ru="Приветствие", en="Greeting"), Fraction(10), BANDS),
    ),
)


def tell_staff(company: Company) -> None:
    """Record that results may count towards pay from the first of March on."""
    db.session.add(
        Notice(company_id=company.company, given_on=FIRST_DAY, text="И для премии.", purpose="bonus")
    )
    db.session.commit()


def agree(
    company: Company, formula: PayFormula = FORMULA, *, agreed_on: date = FIRST_DAY, number: int = 1
) -> UUID:
    """A formula agreed on for the worked checklist."""
    checklist = db.session.scalars(
        select(ChecklistVersion.checklist_id).where(ChecklistVersion.id == company.version)
    ).one()
    agreement = PayAgreement(
        company_id=company.company,
        checklist_id=checklist,
        number=number,
        agreed_on=agreed_on,
        content=formula_to_json(formula),
    )
    db.session.add(agreement)
    db.session.commit()
    return agreement.id


def sign(company: Company, agreement: UUID, name: str = "Анна") -> UUID:
    """A sheet that was signed: 80 for the visit and 60 for the greeting."""
    figures = {
        component: FairFigure(Fraction(value), Fraction(value - 5), Fraction(value + 5), ("a",) * 6)
        for component, value in (("base", 80), ("greeting", 60))
    }
    total = compute_pay(FORMULA, figures).total
    assert total is not None
    signed = SignedPay(
        agreement_id=agreement,
        employee_id=company.employees[name],
        since=FIRST_DAY,
        until=date(2026, 8, 31),
        figures=figures_to_json(figures),
        total=total,
        signed_by_id=company.users["hr"],
    )
    db.session.add(signed)
    db.session.commit()
    return signed.id


def visit_everybody(cast: Cast, *, people: int = 9, visits: int = 6) -> list[str]:
    """Nine people with six visits each, some better than others; returns their names."""
    random = np.random.default_rng(11)
    names = hire(cast, people)
    for number, name in enumerate(names):
        for month in range(visits):
            day = FIRST_DAY + timedelta(days=30 * month + number)
            add_visit(cast, name, day, 55.0 + 4 * number + float(random.normal(0, 3)))
    db.session.commit()
    for visit in db.session.scalars(select(Visit)):
        percent = float(random.normal(80, 5))
        db.session.add(
            VisitSection(
                visit_id=visit.id,
                section="greeting",
                position=0,
                earned=Fraction(1),
                possible=Fraction(1),
                percent=percent,
            )
        )
    db.session.commit()
    return names
