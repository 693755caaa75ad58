"""The permission matrix of quality pay: who answers for a whole company's staff, and the employee's own."""

from __future__ import annotations

from typing import Any

from tests.access.matrix import Route
from tests.cast import Cast
from tests.quality_pay.payroll import PERIOD, agree, sign, tell_staff, visit_everybody

OPENS = {"hr": 200}


def ours(cast: Cast) -> dict[str, Any]:
    """Our company, in the address."""
    return {"company": str(cast.ours.company)}


def somebody_paid(cast: Cast) -> dict[str, Any]:
    """One of nine people with six visits each, in a period that is paid for."""
    tell_staff(cast.ours)
    agree(cast.ours)
    names = visit_everybody(cast)
    return {"employee_id": cast.ours.employees[names[0]], "company": str(cast.ours.company), **PERIOD}


def a_signature(cast: Cast) -> dict[str, Any]:
    """A sheet that was signed."""
    return {"signed_id": sign(cast.ours, agree(cast.ours))}


def good_form(_cast: Cast) -> dict[str, Any]:
    """A sound formula."""
    return {
        "agreed_on": "2026-03-01",
        "base": "60",
        "source_1": "base",
        "share_1": "40",
        "bands_1": "90: 100; 70: 50",
    }


def no_digest(_cast: Cast) -> dict[str, Any]:
    """A signature under something that was never shown."""
    return {"digest": "x"}


ROUTES = [
    # The filter answers for a company that it does not offer, whether or not there is one.
    Route("quality_pay.list_pay", opens=OPENS, values=ours, foreign=422),
    Route("quality_pay.edit_formula", opens=OPENS, values=ours),
    Route("quality_pay.save_formula", "POST", opens={"hr": 303}, values=ours, form=good_form),
    Route("quality_pay.show_pay", opens=OPENS, values=somebody_paid, foreign=422),
    Route(
        "quality_pay.sign_pay", "POST", opens={"hr": 409}, values=somebody_paid, form=no_digest, foreign=422
    ),
    # Анна is the cast's employee; what is about her she sees herself.
    Route("quality_pay.show_signed", opens={"hr": 200, "employee": 200}, values=a_signature),
    Route("quality_pay.list_own", opens={"employee": 200}, foreign=200),
]
