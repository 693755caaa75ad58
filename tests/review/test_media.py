"""Photos, memos and lost files: only to who reviews the visit, and never as something a browser would run."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import Photo, Recording, Upload
from mystery.storage import media_store
from tests.cast import Cast
from tests.review.desk import SOUND, UNREADABLE, add_recording, add_unreadable_file, make_held_visit

Browsers = Callable[..., FlaskClient]


@pytest.fixture
def visit(cast: Cast) -> UUID:
    """A held visit."""
    return make_held_visit(cast)


def test_it_hands_out_a_lost_file_as_bytes_to_be_saved(client_of: Browsers, visit: UUID) -> None:
    file = add_unreadable_file(visit)
    answer = client_of("lead").get(f"/review/{visit}/files/{file}")
    assert answer.data == UNREADABLE
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{file}.bin"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_hands_out_no_file_that_is_still_on_its_way_or_was_kept(client_of: Browsers, visit: UUID) -> None:
    file = add_unreadable_file(visit)
    for state in ("receiving", "kept", "removed"):
        db.session.get_one(Upload, file).state = state
        db.session.commit()
        assert client_of("lead").get(f"/review/{visit}/files/{file}").status_code == 404


def test_it_plays_a_memo_whole_and_in_parts(client_of: Browsers, visit: UUID) -> None:
    """Some browsers play nothing from a server that cannot answer with a part."""
    lead, address = client_of("lead"), f"/review/{visit}/recordings/{add_recording(visit)}"
    whole = lead.get(address)
    assert (whole.data, whole.headers["Content-Type"]) == (SOUND, "audio/ogg")
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = lead.get(address, headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.data) == (206, SOUND[:2])
    assert lead.get(address, headers={"Range": "bytes=999999-"}).status_code == 416


@pytest.mark.parametrize(
    "media_type", ["text/html", "image/svg+xml", "audio/x-script", "", "audio/ogg\r\nX: y"]
)
def test_it_calls_nothing_a_sound_that_is_none(client_of: Browsers, visit: UUID, media_type: str) -> None:
    answer = client_of("lead").get(
        f"/review/{visit}/recordings/{add_recording(visit, media_type=media_type)}"
    )
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "X" not in answer.headers


def test_it_shows_a_photo_of_the_visit(client_of: Browsers, visit: UUID) -> None:
    photo = Photo(
        visit_id=visit,
        question="wait",
        original_sha256="0" * 64,
        storage_key=f"photos/{uuid4().hex}.jpg",
        width=1,
        height=1,
        byte_size=4,
    )
    media_store().put(photo.storage_key, b"jpeg")
    db.session.add(photo)
    db.session.commit()
    lead = client_of("lead")
    address = f"/review/{visit}/photos/{photo.id}"
    assert address in lead.get(f"/review/{visit}").get_data(as_text=True)
    assert lead.get(address).data == b"jpeg"


def test_it_looks_only_into_the_visit_that_is_named(client_of: Browsers, cast: Cast, visit: UUID) -> None:
    other = make_held_visit(cast)
    foreign = make_held_visit(cast, foreign=True)
    for named, holder in ((other, visit), (foreign, foreign)):
        memo, file = add_recording(holder), add_unreadable_file(holder)
        assert client_of("lead").get(f"/review/{named}/recordings/{memo}").status_code == 404
        assert client_of("lead").get(f"/review/{named}/files/{file}").status_code == 404


def test_it_says_so_when_the_bytes_are_gone(client_of: Browsers, visit: UUID) -> None:
    memo = add_recording(visit)
    media_store().delete(db.session.get_one(Recording, memo).storage_key)
    assert client_of("lead").get(f"/review/{visit}/recordings/{memo}").status_code == 404
