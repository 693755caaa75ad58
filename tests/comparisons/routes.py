"""The permission matrix of comparisons: HR and managers compare within their own subtrees."""

from __future__ import annotations

from typing import Any

from tests.access.matrix import Route
from tests.cast import Cast
from tests.factories import make_submitted_visit

OPENS = {"manager": 200, "hr": 200}


def a_visit_exists(cast: Cast) -> dict[str, Any]:
    """Something to compare in both companies; the addresses have no values."""
    make_submitted_visit(cast)
    make_submitted_visit(cast, foreign=True)
    return {}


def somebody(cast: Cast) -> dict[str, Any]:
    """One visited employee of ours; the foreign company has visits of its own."""
    a_visit_exists(cast)
    return {"employee_id": cast.ours.employees["Анна"]}


def two_people(cast: Cast) -> dict[str, Any]:
    """Two visited employees of ours, named in the address."""
    a_visit_exists(cast)
    make_submitted_visit(cast, unit="N2", employee="Борис")
    return {"one": str(cast.ours.employees["Анна"]), "other": str(cast.ours.employees["Борис"])}


ROUTES = [
    Route("comparisons.show_person", opens=OPENS, values=somebody),
    Route("comparisons.show_pair", opens=OPENS, values=two_people),
    Route("comparisons.compare_staff", opens=OPENS, values=a_visit_exists, foreign=200),
    Route("comparisons.export_csv", opens=OPENS, values=a_visit_exists, foreign=200),
    Route("comparisons.export_xlsx", opens=OPENS, values=a_visit_exists, foreign=200),
]
