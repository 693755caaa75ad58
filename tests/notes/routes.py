"""The permission matrix of the screen of a visit: the auditor whose assignment it is, and nobody else."""

from __future__ import annotations

from typing import Any

from mystery.capture.own_visits import derive_visit_id
from tests.access.matrix import Route
from tests.cast import Cast


def our_foreseen_visit(cast: Cast) -> dict[str, Any]:
    """The visit of the assignment of the cast, which nobody has begun."""
    assert cast.ours.assignment is not None
    visit_id = derive_visit_id(cast.ours.assignment, cast.ours.users["auditor"])
    return {"visit_id": visit_id, "version_id": cast.ours.version}


ROUTES = [Route("notes.show_notes", opens={"auditor": 200}, values=our_foreseen_visit)]
