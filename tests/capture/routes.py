"""The permission matrix of capture: only the auditor, and only with his own assignments and visits."""

from __future__ import annotations

from typing import Any

from mystery.access.scopes import load_reach
from mystery.capture.actions import PhotoKept, add_photo, open_visit
from tests.access.matrix import Route
from tests.capture.checklists import publish, read_every_kind
from tests.capture.pictures import draw, encode
from tests.cast import Cast
from tests.factories import make_assignment, make_submitted_visit

OPENS = {"auditor": 200}
DONE = {"auditor": 303}


def our_assignment(cast: Cast) -> dict[str, Any]:
    """The assignment of the cast."""
    return {"assignment_id": cast.ours.assignment}


def our_draft(cast: Cast) -> dict[str, Any]:
    """A visit of our auditor that is begun."""
    assert cast.ours.assignment is not None
    visit_id = open_visit(load_reach(cast.ours.users["auditor"]), cast.ours.assignment)
    return {"visit_id": visit_id, "version_id": cast.ours.version}


def our_sent_visit(cast: Cast) -> dict[str, Any]:
    """A visit of our auditor that is sent."""
    return {"visit_id": make_submitted_visit(cast)}


def our_photo(cast: Cast) -> dict[str, Any]:
    """A photo of a draft of our auditor."""
    reach = load_reach(cast.ours.users["auditor"])
    visit_id = open_visit(reach, make_assignment(cast, version=publish(cast, read_every_kind())))
    kept = add_photo(reach, visit_id, "shelf", encode(draw(64, 64)))
    assert isinstance(kept, PhotoKept)
    return {"visit_id": visit_id, "photo_id": kept.photo_id}


def a_draft(_cast: Cast) -> dict[str, Any]:
    """A page of the first revision, saved as a draft."""
    return {"action": "save", "revision": "0"}


ROUTES = [
    Route("capture.offer_rescue", opens=OPENS, foreign=200),
    # Without a file there is nothing to hand in; tests/phone/test_rescue.py says whose is taken from whom.
    Route("capture.take_rescue", "POST", opens={"auditor": 422}, foreign=422),
    Route("capture.list_assignments", opens=OPENS, foreign=200),
    Route("capture.show_assignment", opens=OPENS, values=our_assignment),
    Route("capture.begin_visit", "POST", opens=DONE, values=our_assignment),
    Route("capture.fill_visit", opens=OPENS, values=our_draft),
    Route("capture.save_visit", "POST", opens=DONE, values=our_draft, form=a_draft),
    Route("capture.show_sent", opens=OPENS, values=our_sent_visit),
    Route("capture.show_photo", opens=OPENS, values=our_photo),
]
