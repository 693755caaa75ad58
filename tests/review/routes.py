"""The permission matrix of the review desk: only who reviews, and only in his own subtree."""

from __future__ import annotations

from typing import Any

from mystery.models import FlagKind
from tests.access.matrix import Route
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.review.desk import (
    add_recording,
    add_unreadable_file,
    make_held_visit,
    make_twice_sent_visit,
    raise_flag,
    read_flag,
)

REVIEWERS = {"lead": 200}
DONE = {"lead": 303}


def held(cast: Cast) -> dict[str, Any]:
    """A held visit in N1."""
    return {"visit_id": make_held_visit(cast)}


def a_reason(_cast: Cast) -> dict[str, Any]:
    """What has to be said when a visit is returned."""
    return {"reason": "Добавьте, сколько вы ждали."}


def a_flag(cast: Cast) -> dict[str, Any]:
    """A visit that counts, sent by a phone whose clock was wrong."""
    visit_id = make_submitted_visit(cast)
    return {"visit_id": visit_id, "flag_id": raise_flag(visit_id, FlagKind.CLOCK, {"seconds": 7200})}


def twice_sent(cast: Cast) -> dict[str, Any]:
    """A visit that counts, sent again with other content."""
    visit_id = make_twice_sent_visit(cast)
    return {"visit_id": visit_id, "flag_id": read_flag(visit_id, FlagKind.DIFFERS).id}


def no_such_photo(cast: Cast) -> dict[str, Any]:
    """A held visit and a photo that it does not have."""
    return {**held(cast), "photo_id": cast.ours.company}


def a_recording(cast: Cast) -> dict[str, Any]:
    """A held visit with a voice memo."""
    visit_id = make_held_visit(cast)
    return {"visit_id": visit_id, "recording_id": add_recording(visit_id)}


def a_file(cast: Cast) -> dict[str, Any]:
    """A held visit with a file that nothing could read."""
    visit_id = make_held_visit(cast)
    return {"visit_id": visit_id, "upload_id": add_unreadable_file(visit_id)}


def an_answer(cast: Cast) -> dict[str, Any]:
    """An answer of a visit that counts."""
    return {"visit_id": make_submitted_visit(cast), "question_id": "features"}


def a_correction(_cast: Cast) -> dict[str, Any]:
    """Another answer to it, to see what that would change."""
    return {"answer": "4", "reason": "На фото видно.", "seen": "0"}


ROUTES = [
    Route("review.list_open", opens=REVIEWERS, foreign=200),
    Route("review.show_visit", opens=REVIEWERS, values=held),
    Route("review.confirm_taking", opens=REVIEWERS, values=held),
    Route("review.take_visit", "POST", opens=DONE, values=held),
    Route("review.confirm_returning", opens=REVIEWERS, values=held),
    Route("review.return_visit", "POST", opens=DONE, values=held, form=a_reason),
    Route("review.settle_flag", "POST", opens=DONE, values=a_flag),
    Route("review.reopen_flag", "POST", opens=DONE, values=a_flag),
    Route("review.confirm_choosing", opens=REVIEWERS, values=twice_sent),
    Route("review.choose_version", "POST", opens=DONE, values=twice_sent),
    Route("review.ask_correction", opens=REVIEWERS, values=an_answer),
    Route("review.correct_answer", "POST", opens=REVIEWERS, values=an_answer, form=a_correction),
    Route("review.show_photo", opens={"lead": 404}, values=no_such_photo),
    Route("review.play_recording", opens=REVIEWERS, values=a_recording),
    Route("review.download_file", opens=REVIEWERS, values=a_file),
    Route("review.offer_rescue", opens=REVIEWERS, foreign=200),
    # Without a file there is nothing to hand in; tests/review/test_rescue.py says whose is taken from whom.
    Route("review.take_rescue", "POST", opens={"lead": 422}, foreign=422),
]
