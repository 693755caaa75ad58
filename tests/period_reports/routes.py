"""The permission matrix of reports over a period: scope decides, and employees read what is about them."""

from __future__ import annotations

from typing import Any

from tests.access.matrix import Route
from tests.cast import Cast
from tests.factories import make_submitted_visit

READERS = {"lead": 200, "manager": 200, "hr": 200, "employee": 200}
COMPARERS = {"manager": 200, "hr": 200}


def a_visited_employee(cast: Cast) -> dict[str, Any]:
    """Анна, about whom there is a visit in N1."""
    make_submitted_visit(cast)
    return {"employee_id": cast.ours.employees["Анна"]}


def visits_everywhere(cast: Cast) -> dict[str, Any]:
    """A visit in both companies; the addresses have no values."""
    make_submitted_visit(cast)
    make_submitted_visit(cast, foreign=True)
    return {}


ROUTES = [
    Route("period_reports.show_own", opens={"employee": 302}, values=visits_everywhere, foreign=302),
    Route("period_reports.show_employee", opens=READERS, values=a_visited_employee),
    Route("period_reports.download_employee", opens=READERS, values=a_visited_employee),
    Route("period_reports.show_unit", opens=COMPARERS, values=visits_everywhere, foreign=200),
    Route("period_reports.download_unit", opens=COMPARERS, values=visits_everywhere, foreign=200),
]
