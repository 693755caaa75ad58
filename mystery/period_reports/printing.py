"""The PDF of a report over a period, with the company's logo."""

from __future__ import annotations

from checklists.localtext import Language
from mystery.printouts.period_prints import fetch_period_print
from mystery.storage import media_store
from reports.period_print import write_employee_document, write_unit_document
from reports.period_rows import EmployeePeriod, UnitPeriod
from reports.photos import admit_photo
from reports.rows import ReportLook


def print_employee_period(period: EmployeePeriod, language: Language) -> bytes:
    """The PDF of a report on one employee."""
    return fetch_period_print(write_employee_document(period, language, logo=load_logo(period.look)))


def print_unit_period(period: UnitPeriod, language: Language) -> bytes:
    """The PDF of a report on one unit."""
    return fetch_period_print(write_unit_document(period, language, logo=load_logo(period.look)))


def load_logo(look: ReportLook) -> bytes | None:
    """The company's logo; None where it has none, or no longer keeps a picture that can be printed."""
    content = media_store().get(look.logo) if look.logo else None
    return None if content is None else admit_photo(content)
