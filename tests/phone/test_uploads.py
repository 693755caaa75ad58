"""Uploads: pieces arrive in any way they can, and one photo comes of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from mystery.capture.phone import arrivals, uploads
from mystery.database import db
from mystery.models import CaptureSettings, Photo, Recording, Upload, UploadState
from mystery.storage import media_store
from tests.capture.pictures import draw, encode, take_photo
from tests.cast import Cast
from tests.phone.device import Device, File, take_picture
from tests.phone.evidence import count_rows, list_flags, load_upload, load_visit

WEBM = b"\x1a\x45\xdf\xa3" + b"sound" * 400


@pytest.fixture
def large() -> File:
    """A photo of several pieces."""
    return File(encode(draw(3000, 2000), quality=100, subsampling=0) + b"\0" * 400_000, "shelf")


def allow_voice(cast: Cast) -> None:
    """Switch voice memos on."""
    db.session.add(CaptureSettings(company_id=cast.ours.company, voice_memos=True))
    db.session.commit()


def list_pieces(file: File, device: Device) -> list[str]:
    """What lies in the media store of a file that is on its way."""
    folder = f"uploads/{device.visit.hex}/{file.id.hex}"
    return [f"{folder}/{offset}" for offset in range(0, len(file.content), 262_144)]


def test_it_makes_one_photo_of_all_pieces(device: Device, large: File) -> None:
    last = device.upload(large)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(large.content)))
    (photo,) = load_visit(device.visit).photos
    assert (photo.question, photo.original_sha256, photo.id) == ("shelf", large.sha256, large.id)
    assert media_store().get(photo.storage_key)
    assert not [key for key in list_pieces(large, device) if media_store().get(key)], (
        "pieces are cleared away"
    )
    assert load_upload(large.id).photo_id == photo.id


def test_it_keeps_the_hash_of_the_original_as_evidence(device: Device) -> None:
    photo = take_picture()
    photo.original = "ab" * 32
    device.upload(photo)
    assert load_visit(device.visit).photos[0].original_sha256 == "ab" * 32


def test_it_keeps_nothing_of_a_photo_but_its_pixels(device: Device) -> None:
    device.upload(File(take_photo(), "shelf"))
    content = media_store().get(load_visit(device.visit).photos[0].storage_key) or b""
    assert b"SecretPhone" not in content
    assert b"Exif" not in content


def test_it_tells_where_to_go_on(device: Device, large: File) -> None:
    assert device.ask(large).status_code == 404
    first = device.send_piece(large, 0)
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "262144")
    assert first.headers["Upload-State"] == "receiving"
    asked = device.ask(large)
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, "262144")
    for offset in (0, 1, 300_000):
        astray = device.send_piece(large, offset, b"x" * 10)
        assert (astray.status_code, astray.headers["Upload-Offset"]) == (409, "262144")
    assert device.upload(large).headers["Upload-State"] == "kept"


def test_it_takes_a_last_piece_again_and_again(device: Device, large: File) -> None:
    device.upload(large)
    for offset in (0, 262_144, len(large.content)):
        again = device.send_piece(large, offset)
        assert (again.status_code, again.headers["Upload-State"]) == (204, "kept")
        assert again.headers["Upload-Offset"] == str(len(large.content))
    assert count_rows(Photo) == 1


def test_it_begins_again_when_the_bytes_are_not_the_file(device: Device) -> None:
    photo = take_picture()
    spoilt = device.send_piece(photo, 0, bytes(len(photo.content)))
    assert (spoilt.status_code, spoilt.headers["Upload-Offset"]) == (460, "0")
    assert spoilt.get_json()["error"] == "hash"
    assert device.ask(photo).headers["Upload-Offset"] == "0"
    assert device.upload(photo).headers["Upload-State"] == "kept"


def test_it_begins_again_when_a_piece_is_gone(device: Device, large: File) -> None:
    device.send_piece(large, 0)
    media_store().delete(list_pieces(large, device)[0])
    assert device.upload(large).headers["Upload-State"] == "kept"
    assert count_rows(Photo) == 1


@pytest.mark.parametrize("way", ["head", "empty piece", "last piece", "report"])
def test_it_finishes_what_was_cut_off_before_it_was_kept(
    device: Device, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The server was killed after the last byte: whatever the phone does next ends with the photo."""
    photo = take_picture()
    with monkeypatch.context() as patch:
        patch.setattr(uploads, "finish_upload", lambda _id: uploads.Standing(0, UploadState.RECEIVING))
        device.send_piece(photo, 0)
    assert load_upload(photo.id).state == "receiving"
    if way == "head":
        assert device.ask(photo).headers["Upload-State"] == "kept"
    elif way == "empty piece":
        assert device.send_piece(photo, len(photo.content), b"").headers["Upload-State"] == "kept"
    elif way == "last piece":
        assert device.send_piece(photo, 0).headers["Upload-State"] == "kept"
    else:
        assert device.report(files=[photo]).status_code == 200
    assert count_rows(Photo) == 1


@pytest.mark.parametrize("step", ["put_durably", "_lock_rows", "insert_new", "delete_under"])
def test_it_survives_a_kill_between_any_two_steps_of_keeping(
    app: object, device: Device, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    photo = take_picture()

    def die(*_arguments: object, **_keywords: object) -> None:
        raise RuntimeError("killed here")

    with monkeypatch.context() as patch:
        owner = arrivals if hasattr(arrivals, step) else type(media_store())
        patch.setattr(owner, step, die)
        assert device.send_piece(photo, 0).status_code == 500
    assert device.upload(photo).headers["Upload-State"] == "kept"
    assert device.report(files=[photo]).status_code == 200
    assert count_rows(Photo) == 1


@pytest.mark.parametrize("content", [b"\xff\xd8\xffnonsense", b"GIF89a" + b"x" * 50, b"x", bytes(300_000)])
def test_it_keeps_what_nobody_can_read_and_strands_nothing(device: Device, content: bytes) -> None:
    file = File(content, "shelf")
    assert device.upload(file).headers["Upload-State"] == "unreadable"
    assert device.report(files=[file]).get_json()["photos"] == [{"id": str(file.id), "sha256": file.sha256}]
    assert media_store().get(load_upload(file.id).storage_key) == content
    assert ("unreadable_file", {"reason": "unreadable", "upload": str(file.id)}) in list_flags(device.visit)


def test_it_takes_back_the_flag_of_a_file_that_its_auditor_removed(device: Device) -> None:
    file = File(b"no photo", "shelf")
    device.upload(file)
    key = load_upload(file.id).storage_key
    device.save(removed=[str(file.id)])
    assert list_flags(device.visit) == []
    assert media_store().get(key) is None


@pytest.mark.parametrize("question", ["no-such-question", "greeted", ""])
def test_it_keeps_a_photo_that_belongs_to_no_question_and_tells_the_reviewer(
    device: Device, question: str
) -> None:
    photo = take_picture(question=question)
    device.upload(photo)
    assert device.report(files=[photo]).get_json()["state"] == "submitted"
    assert [each.question for each in load_visit(device.visit).photos] == [""]
    assert list_flags(device.visit) == [
        ("unreadable_file", {"reason": "no_question", "upload": str(photo.id)})
    ]


def test_it_brings_a_photo_to_the_question_that_is_named_later(device: Device) -> None:
    """In the notes a photo is taken before anybody knows which question it answers."""
    photo = take_picture(question="")
    device.upload(photo)
    photo.question = "receipt"
    device.save(photos=[photo.named])
    assert [each["question"] for each in device.read()["photos"]] == ["receipt"]
    photo.question = "shelf"
    device.report(files=[photo])
    assert [each.question for each in load_visit(device.visit).photos] == ["shelf"]
    assert list_flags(device.visit) == []


def test_it_keeps_the_same_picture_once_a_question_and_apart_for_two(device: Device) -> None:
    one, same = take_picture(), take_picture()
    device.upload(one)
    assert device.upload(same).headers["Upload-State"] == "kept"
    assert len(load_visit(device.visit).photos) == 1
    same.question = "receipt"
    device.save(photos=[one.named, same.named])
    photos = {photo.question: photo for photo in load_visit(device.visit).photos}
    assert photos.keys() == {"shelf", "receipt"}
    device.save(revision=1, removed=[str(one.id)], photos=[same.named])
    (left,) = load_visit(device.visit).photos
    assert left.question == "receipt"
    assert media_store().get(left.storage_key)


def test_it_brings_two_of_the_same_picture_together(device: Device) -> None:
    one, same = take_picture(question="shelf"), take_picture(question="receipt")
    device.upload(one)
    device.upload(same)
    same.question = "shelf"
    device.save(photos=[one.named, same.named])
    assert len(load_visit(device.visit).photos) == 1
    device.save(revision=1, removed=[str(one.id)], photos=[same.named])
    assert len(load_visit(device.visit).photos) == 1, "the other one still shows it"


def test_it_keeps_a_photo_that_comes_after_the_visit(device: Device) -> None:
    """From a second phone: evidence is not changed any more, and nothing is thrown away."""
    device.report()
    late = take_picture()
    assert device.upload(late).headers["Upload-State"] == "unreadable"
    assert load_visit(device.visit).photos == []
    assert media_store().get(load_upload(late.id).storage_key) == late.content
    assert list_flags(device.visit) == [("unreadable_file", {"reason": "late", "upload": str(late.id)})]
    assert device.report(files=[late]).get_json()["photos"] == [{"id": str(late.id), "sha256": late.sha256}]


def test_it_needs_no_second_copy_of_a_photo_that_is_in_the_visit(device: Device) -> None:
    device.upload(take_picture())
    device.report()
    assert device.upload(take_picture()).headers["Upload-State"] == "kept"
    assert list_flags(device.visit) == []


def test_it_keeps_a_memo_as_it_is_where_voice_is_switched_on(cast: Cast, device: Device) -> None:
    allow_voice(cast)
    memo = File(WEBM, "words", "audio/webm;codecs=opus")
    assert device.upload(memo).headers["Upload-State"] == "kept"
    recording = db.session.scalars(select(Recording)).one()
    assert (recording.question, recording.media_type, recording.sha256) == (
        "words",
        "audio/webm",
        memo.sha256,
    )
    key = recording.storage_key
    assert media_store().get(key) == WEBM
    same = File(WEBM, "words", "audio/webm")
    assert device.upload(same).headers["Upload-State"] == "kept"
    memo.question = ""
    device.save(photos=[memo.named])
    assert db.session.scalars(select(Recording.question)).all() == [""]
    device.save(revision=1, removed=[str(memo.id), str(same.id)])
    assert count_rows(Recording) == 0
    assert media_store().get(key) is None


def test_it_takes_no_memo_where_voice_is_off_and_strands_no_report(device: Device) -> None:
    memo = File(WEBM, "", "audio/webm")
    assert device.upload(memo).headers["Upload-State"] == "removed"
    assert device.report(files=[memo]).get_json()["photos"] == [{"id": str(memo.id), "sha256": memo.sha256}]
    assert count_rows(Recording) == 0
    assert not media_store().get(list_pieces(memo, device)[0])


def test_it_goes_by_the_bytes_of_a_memo_and_not_by_its_name(cast: Cast, device: Device) -> None:
    allow_voice(cast)
    assert device.upload(File(b"<script>", "", "audio/webm")).headers["Upload-State"] == "unreadable"
    assert device.upload(File(WEBM + b"!", "", "image/jpeg")).headers["Upload-State"] == "unreadable"


def test_it_takes_ten_photos_a_question(device: Device) -> None:
    for number in range(10):
        assert device.upload(take_picture(number)).status_code == 204
    eleventh = device.send_piece(take_picture(10), 0)
    assert (eleventh.status_code, eleventh.get_json()["error"]) == (413, "too_many_photos")
    assert device.upload(take_picture(11, "receipt")).status_code == 204


def test_it_takes_no_endless_number_of_files(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES_A_VISIT", 2)
    device.upload(take_picture(1, ""))
    device.upload(take_picture(2, ""))
    assert device.send_piece(take_picture(3, ""), 0).get_json()["error"] == "too_many_files"
    monkeypatch.setattr(uploads, "MOST_FILES_A_VISIT", 9)
    monkeypatch.setattr(uploads, "MOST_BYTES_A_VISIT", 5000)
    assert device.send_piece(take_picture(3, ""), 0).get_json()["error"] == "too_many_files"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": str(13 * 1024 * 1024)}, 413),
        ({"Upload-Length": str(26 * 1024 * 1024), "Content-Type": "audio/webm"}, 413),
        ({"Upload-Length": "9" * 13}, 400),
        ({"Upload-Length": "0"}, 400),
        ({"Upload-Length": "-5"}, 400),
        ({"Upload-Length": "1e3"}, 400),
        ({"Upload-Length": ""}, 400),
        ({"Upload-Offset": "x"}, 400),
        ({"Upload-Offset": "٣"}, 400),
        ({"Upload-Offset": "1" * 400}, 400),
        ({"Upload-Sha256": "AB" * 32}, 400),
        ({"Upload-Sha256": "ab"}, 400),
        ({"Upload-Original": "x"}, 400),
        ({"Upload-Question": "q" * 41}, 400),
        ({"Upload-Length": "5"}, 400),
    ],
)
def test_it_takes_no_piece_that_makes_no_sense(device: Device, headers: dict[str, str], status: int) -> None:
    answer = device.send_piece(take_picture(), 0, headers=headers)
    assert answer.status_code == status, answer.text
    assert count_rows(Upload) == 0


def test_it_takes_no_piece_that_is_too_long(device: Device, large: File) -> None:
    answer = device.send_piece(large, 0, large.content[: 256 * 1024 + 1])
    assert (answer.status_code, answer.get_json()["error"]) == (413, "too_large")
    assert device.send_piece(large, 0, b"").status_code == 400


def test_it_lets_a_phone_make_its_picture_smaller_before_it_is_here(device: Device) -> None:
    photo, smaller = take_picture(9), take_picture(1)
    smaller.id = photo.id
    device.send_piece(photo, 0, photo.content[:100])
    astray = device.send_piece(smaller, 100)
    assert (astray.status_code, astray.headers["Upload-Offset"]) == (409, "0")
    assert device.send_piece(smaller, 0).headers["Upload-State"] == "kept"
    other = device.send_piece(photo, 0)
    assert (other.status_code, other.get_json()["error"]) == (422, "other_content")


def test_it_needs_no_word_for_what_a_file_is(device: Device) -> None:
    assert device.upload(File(take_picture().content, "shelf", "")).headers["Upload-State"] == "kept"
