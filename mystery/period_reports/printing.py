"""The PDF of a report over a period: printed when it is asked for, and kept nowhere."""

from __future__ import annotations

from threading import Lock

from checklists.localtext import Language
from reports.pdf import render_period_pdf
from reports.period_print import write_employee_document, write_unit_document
from reports.period_rows import EmployeePeriod, UnitPeriod

# One document at a time in a process: rendering in threads is slower, and the fonts are shared.
_printing = Lock()


def print_employee_period(period: EmployeePeriod, language: Language) -> bytes:
    """The PDF of a report on one employee."""
    with _printing:
        return render_period_pdf(write_employee_document(period, language))


def print_unit_period(period: UnitPeriod, language: Language) -> bytes:
    """The PDF of a report on one unit."""
    with _printing:
        return render_period_pdf(write_unit_document(period, language))
