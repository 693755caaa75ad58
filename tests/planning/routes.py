"""The permission matrix of planning: only who plans sees who goes where."""

from __future__ import annotations

from typing import Any

from tests.access.matrix import Route
from tests.cast import Cast
from tests.planning.desk import choose, fill_form

PLANNERS = {"lead": 200}
DONE = {"lead": 303}


def ours(cast: Cast) -> dict[str, Any]:
    """The assignment of the cast."""
    return {"assignment_id": cast.ours.assignment}


def our_unit(cast: Cast) -> dict[str, Any]:
    """The second step for our checklist in N1."""
    return choose(cast, "N1")


def good_form(cast: Cast) -> dict[str, Any]:
    """The second step, filled in well; its days lie far ahead, whenever the matrix is walked."""
    return fill_form(cast, window_start="2027-10-01", window_end="2027-10-31")


ROUTES = [
    Route("planning.list_assignments", opens=PLANNERS, foreign=200),
    Route("planning.plan_visits", opens=PLANNERS, values=our_unit),
    Route("planning.assign_visits", "POST", opens=DONE, values=our_unit, form=good_form),
    Route("planning.show_assignment", opens=PLANNERS, values=ours),
    Route("planning.edit_assignment", opens=PLANNERS, values=ours),
    Route("planning.change_assignment", "POST", opens=DONE, values=ours, form=good_form),
    Route("planning.confirm_cancelling", opens=PLANNERS, values=ours),
    Route("planning.cancel_assignment", "POST", opens=DONE, values=ours),
    Route("planning.restore_assignment", "POST", opens=DONE, values=ours),
]
