"""The permission matrix of visits: scope decides, and the auditor who wrote a visit does not read it here."""

from __future__ import annotations

from typing import Any

from tests.access.matrix import Route
from tests.cast import Cast
from tests.factories import make_submitted_visit

# The manager's region contains N1; the employee is the one the visit is about.
READERS = {"lead": 200, "manager": 200, "hr": 200, "employee": 200}


def a_visit(cast: Cast) -> dict[str, Any]:
    """A visit about Анна in N1."""
    return {"visit_id": make_submitted_visit(cast)}


def no_such_photo(cast: Cast) -> dict[str, Any]:
    """A visit and a photo that it does not have."""
    return {**a_visit(cast), "photo_id": cast.ours.company}


def an_order(cast: Cast) -> dict[str, Any]:
    """The form that packs what the list shows."""
    return {"key": str(cast.ours.company), "language": "ru"}


def everything(cast: Cast) -> dict[str, Any]:
    """No filters, and a visit about Анна in the list."""
    make_submitted_visit(cast)
    return {}


ROUTES = [
    Route("visits.pack_reports", "POST", opens=dict.fromkeys(READERS, 303), values=everything, form=an_order),
    Route("visits.list_visits", opens=READERS, foreign=200),
    Route("visits.show_visit", opens=READERS, values=a_visit),
    Route("visits.download_report", opens=READERS, values=a_visit),
    Route("visits.show_photo", opens=dict.fromkeys(READERS, 404), values=no_such_photo),
]
