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


ROUTES = [
    Route("comparisons.compare_staff", opens=OPENS, values=a_visit_exists, foreign=200),
    Route("comparisons.export_csv", opens=OPENS, values=a_visit_exists, foreign=200),
    Route("comparisons.export_xlsx", opens=OPENS, values=a_visit_exists, foreign=200),
]
