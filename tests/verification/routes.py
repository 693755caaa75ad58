"""The permission matrix of the page behind the code on a report: everybody, signed in or not."""

from __future__ import annotations

from typing import Any

from tests.access.matrix import Route
from tests.cast import Cast
from tests.verification.printing import print_sealed

EVERYONE = ("administrator", "lead", "manager", "hr", "auditor", "employee")


def a_code(cast: Cast) -> dict[str, Any]:
    """The code of a printed report."""
    return {"letters": print_sealed(cast).digest[:32]}


ROUTES = [
    Route(
        "verification.check_report",
        opens=dict.fromkeys(EVERYONE, 200),
        values=a_code,
        foreign=200,
        public=200,
    ),
]
