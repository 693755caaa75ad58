"""The PDF of a report over a period, with the company's logo."""

from __future__ import annotations

from checklists.localtext import Language
from mystery.printouts.period_prints import fetch_period_print
from mystery.printouts.printing import load_logo
from reports.period_print import write_employee_document, write_unit_document
from reports.period_rows import EmployeePeriod, UnitPeriod


def print_employee_period(period: EmployeePeriod, language: Language) -> bytes:
    """The PDF of a report on one employee."""
    return fetch_period_print(write_employee_document(period, language, logo=load_logo(period.look)))


def print_unit_period(period: UnitPeriod, language: Language) -> bytes:
    """The PDF of a report on one unit."""
    return fetch_period_print(write_unit_document(period, language, logo=load_logo(period.look)))
