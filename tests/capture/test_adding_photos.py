"""Photos of a visit: kept with the draft, shown to their auditor alone, and never in the way of answers."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from mystery.access.scopes import NotYours, Reach
from mystery.capture.actions import (
    MOST_PHOTOS_A_QUESTION,
    PhotoFault,
    PhotoKept,
    add_photo,
    remove_photo,
)
from mystery.database import db
from mystery.models import Photo
from mystery.storage import media_store
from tests.capture.checklists import COMPLETE
from tests.capture.phone import Phone
from tests.capture.pictures import claim_png, draw, encode, take_photo


def list_photos() -> list[Photo]:
    """The photos in the database."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Photo).order_by(Photo.created_at)))


def make_photo(number: int) -> bytes:
    """A small photo unlike the others."""
    return encode(Image.new("RGB", (32 + number, 32)))


def test_it_keeps_photos_with_the_draft_and_shows_them_again(phone: Phone) -> None:
    photo = take_photo(orientation=6)
    saved = phone.press("save", {"a.greeted": ["yes"]}, {"receipt": [(photo, "IMG_0001.JPG")]})
    assert saved.status_code == 303
    (kept,) = list_photos()
    assert (kept.question, kept.original_sha256) == ("receipt", hashlib.sha256(photo).hexdigest())
    assert (kept.width, kept.height) == (1110, 1480)
    assert "IMG" not in kept.storage_key
    address = f"/capture/{phone.visit_id}/photos/{kept.id}"
    assert address in phone.reload()
    shown = phone.browser.get(address)
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert len(shown.data) == kept.byte_size
    assert Image.open(io.BytesIO(shown.data)).size == (1110, 1480)
    assert shown.headers["Cache-Control"] == "private, no-cache"
    again = phone.browser.get(address, headers={"If-None-Match": shown.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_it_counts_a_photo_as_the_answer_to_a_photo_question(phone: Phone) -> None:
    without = {name: values for name, values in COMPLETE.items() if name != "a.receipt"}
    assert phone.press("send", without).status_code == 422
    assert phone.problems == ["Question 2.6 : Add a photo or mark the question not applicable."]
    assert phone.press("send", None, {"receipt": [(make_photo(1), "r.jpg")]}).status_code == 303


def test_it_says_beside_the_question_what_is_wrong_with_a_photo(phone: Phone) -> None:
    uploads = [
        (b"", "empty.jpg"),
        (b"hello", "../../etc/passwd"),
        (claim_png(30_000, 30_000), "bomb.png"),
        (take_photo()[:9_000], "torn.jpg"),
        (b"\x00\x00\x00\x20ftypheic" + bytes(64), "new.heic"),
        (bytes(12 * 1024 * 1024 + 1), "huge.jpg"),
        (make_photo(1), "good.jpg"),
    ]
    refused = phone.press("save", COMPLETE, {"shelf": uploads})
    assert refused.status_code == 422
    beside = phone.beside("q-shelf")
    for words in (
        "The file “empty.jpg” was not added. The file is empty.",
        "The file “passwd” was not added. This is no photo.",
        "The file “bomb.png” was not added. The photo has too many pixels.",
        "The file “torn.jpg” was not added. The photo arrived incomplete or damaged.",
        "The file “new.heic” was not added. This is a HEIC file.",
        "The file “huge.jpg” was not added. The file is larger than 12 MB.",
    ):
        assert words in beside
    assert "etc" not in beside
    assert [photo.question for photo in list_photos()] == ["shelf"], "the good one is kept"
    for name, values in COMPLETE.items():
        assert phone.values[name] == values, name
    assert phone.press("save").status_code == 303


def test_it_does_not_send_a_visit_without_a_photo_that_was_meant_for_it(phone: Phone) -> None:
    incomplete = {**COMPLETE, "a.greeted": []}
    refused = phone.press("send", incomplete, {"shelf": [(b"torn", "shelf.jpg")]})
    assert refused.status_code == 422
    assert "Not sent yet." in refused.text
    assert any("The file “shelf.jpg” was not added. This is no photo" in line for line in phone.problems)
    assert phone.missing == ["1.1"], "what else is open is said at the same time"
    assert phone.press("send", {"a.greeted": ["yes"]}).status_code == 303


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>.jpg", "x" * 300 + ".jpg", "nul\x00.jpg", "..\\..\\con", "\u202egpj.exe"],
)
def test_it_never_repeats_a_wild_file_name(phone: Phone, name: str) -> None:
    phone.press("save", None, {"shelf": [(b"no photo", name)]})
    beside = phone.beside("q-shelf")
    assert "This is no photo." in beside
    assert "<script>alert" not in phone.html
    assert "x" * 60 not in phone.html
    assert "\u202e" not in phone.html
    assert "\x00" not in phone.html


def test_it_removes_a_photo_and_keeps_what_was_typed_meanwhile(phone: Phone) -> None:
    phone.press("save", None, {"shelf": [(make_photo(1), "a.jpg")]})
    phone.reload()
    (kept,) = list_photos()
    button = f"remove:{kept.id}:q-shelf"
    assert button in phone.html
    key = kept.storage_key
    removed = phone.press(button, {"a.greeted": ["yes"]})
    assert (removed.status_code, removed.location) == (303, f"{phone.address}?saved=1#q-shelf")
    assert list_photos() == []
    assert media_store().get(key) is None
    phone.reload()
    assert phone.values["a.greeted"] == ["yes"]
    assert phone.press(button).status_code == 303, "a second tap finds nothing to do"


@pytest.mark.parametrize("subject", ["", "x", "%00", "1" * 400])
def test_it_keeps_the_draft_when_the_photo_to_remove_makes_no_sense(phone: Phone, subject: str) -> None:
    assert phone.press(f"remove:{subject}", {"a.greeted": ["yes"]}).status_code == 400
    phone.reload()
    assert phone.values["a.greeted"] == ["yes"]


def test_it_takes_the_same_picture_once_for_a_question(phone: Phone, reach: Reach) -> None:
    photo = make_photo(1)
    first = add_photo(reach, phone.visit_id, "shelf", photo)
    assert isinstance(first, PhotoKept)
    assert add_photo(reach, phone.visit_id, "shelf", photo) == first
    assert isinstance(add_photo(reach, phone.visit_id, "receipt", photo), PhotoKept)
    assert len(list_photos()) == 2


def test_it_takes_ten_photos_a_question(phone: Phone, reach: Reach) -> None:
    for number in range(MOST_PHOTOS_A_QUESTION):
        assert isinstance(add_photo(reach, phone.visit_id, "shelf", make_photo(number)), PhotoKept)
    assert add_photo(reach, phone.visit_id, "shelf", make_photo(99)) is PhotoFault.TOO_MANY_PHOTOS


@pytest.mark.parametrize("question", ["greeted", "ghost", "", "../shelf"])
def test_it_takes_photos_only_where_they_are_asked_for(phone: Phone, reach: Reach, question: str) -> None:
    assert add_photo(reach, phone.visit_id, question, make_photo(1)) is PhotoFault.NOT_ASKED_FOR


def test_it_changes_no_photo_of_a_sent_visit(phone: Phone, reach: Reach) -> None:
    phone.press("send", COMPLETE, {"shelf": [(make_photo(1), "a.jpg")]})
    (kept,) = list_photos()
    photo_id = kept.id
    assert add_photo(reach, phone.visit_id, "shelf", make_photo(2)) is PhotoFault.VISIT_SENT
    assert remove_photo(reach, phone.visit_id, photo_id) is False
    assert len(list_photos()) == 1
    assert phone.browser.get(f"/capture/{phone.visit_id}/photos/{photo_id}").status_code == 200


def test_it_shows_a_photo_to_nobody_else(
    phone: Phone, reach: Reach, client_of: Callable[..., FlaskClient]
) -> None:
    kept = add_photo(reach, phone.visit_id, "shelf", make_photo(1))
    assert isinstance(kept, PhotoKept)
    address = f"/capture/{phone.visit_id}/photos/{kept.photo_id}"
    assert client_of("auditor", foreign=True).get(address).status_code == 404
    assert client_of("manager").get(address).status_code == 403
    assert phone.browser.get(f"/capture/{uuid4()}/photos/{kept.photo_id}").status_code == 404
    assert phone.browser.get(f"/capture/{phone.visit_id}/photos/{uuid4()}").status_code == 404
    media_store().delete(list_photos()[0].storage_key)
    assert phone.browser.get(address).status_code == 404


def test_it_takes_photos_only_to_ones_own_visit(phone: Phone, cast: object, reach: Reach) -> None:
    stranger = Reach(uuid4(), reach.units)
    with pytest.raises(NotYours):
        add_photo(stranger, phone.visit_id, "shelf", make_photo(1))
    with pytest.raises(NotYours):
        remove_photo(stranger, phone.visit_id, uuid4())


def test_it_says_what_to_do_when_the_photos_are_too_much_together(phone: Phone) -> None:
    half = encode(draw(64, 64)) + bytes(11 * 1024 * 1024)
    refused = phone.press("save", None, {"shelf": [(half, f"{number}.jpg") for number in range(24)]})
    assert refused.status_code == 413
    assert "your answers are still on the page" in refused.text


def test_it_takes_several_large_photos_in_one_sending(phone: Phone) -> None:
    big = [encode(draw(900 + number, 700)) + bytes(5 * 1024 * 1024) for number in range(4)]
    padded = [(content, f"{number}.jpg") for number, content in enumerate(big)]
    assert phone.press("save", None, {"shelf": padded}).status_code == 303
    assert len(list_photos()) == 4
