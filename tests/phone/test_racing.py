"""Many senders at once, over one real database file: one visit and one photo, and no failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask

from mystery.capture.phone import uploads
from mystery.database import db
from mystery.models import Answer, DraftCopy, Photo, Upload, UploadState, Visit, VisitFlag
from mystery.storage import media_store
from tests.phone.device import FIELDS, Device, File, change_fields, take_picture
from tests.phone.evidence import count_rows, list_flags, load_upload, load_visit

AT_ONCE = 20


@pytest.fixture
def senders(app: Flask, device: Device) -> list[Device]:
    """Tabs and workers of one phone: they all hold the same ticket."""
    return [replace(device, browser=app.test_client()) for _ in range(AT_ONCE)]


def race(senders: list[Device], run: Callable[[Device, int], object]) -> Counter[object]:
    """What the senders got when all of them ran at once."""
    db.session.remove()
    with ThreadPoolExecutor(len(senders)) as pool:
        return Counter(pool.map(run, senders, range(len(senders))))


def test_it_keeps_one_visit_of_twenty_reports_at_once(device: Device, senders: list[Device]) -> None:
    def send(sender: Device, _number: int) -> tuple[int, bool]:
        answer = sender.report()
        return answer.status_code, answer.get_json()["again"]

    assert race(senders, send) == {(200, False): 1, (200, True): AT_ONCE - 1}
    assert (count_rows(Visit), count_rows(Answer), count_rows(DraftCopy)) == (1, 16, 0)
    assert list_flags(device.visit) == []


def test_it_holds_one_visit_of_twenty_reports_that_are_incomplete(
    device: Device, senders: list[Device]
) -> None:
    assert race(senders, lambda sender, _number: sender.report(FIELDS[:5]).status_code) == {200: AT_ONCE}
    assert (count_rows(Visit), count_rows(VisitFlag)) == (1, 1)


def test_it_keeps_the_words_of_all_twenty_when_each_says_something_else(
    device: Device, senders: list[Device]
) -> None:
    def send(sender: Device, number: int) -> int:
        return sender.report(change_fields(FIELDS, a__words=f"Сказали {number}.")).status_code

    assert race(senders, send) == {200: AT_ONCE}
    visit = load_visit(device.visit)
    copies = db.session.query(DraftCopy).all()
    said = " ".join([visit.raw_answers or "", *(copy.content for copy in copies)])
    assert all(f"Сказали {number}." in said for number in range(AT_ONCE))
    assert (count_rows(Visit), len(copies)) == (1, AT_ONCE - 1)
    assert [kind for kind, _detail in list_flags(device.visit)] == ["differs"] * (AT_ONCE - 1)


def test_it_makes_one_photo_of_twenty_uploads_at_once(device: Device, senders: list[Device]) -> None:
    photo = take_picture(300)
    piece = len(photo.content) // 3
    states = race(senders, lambda sender, _number: sender.upload(photo, piece=piece).headers["Upload-State"])
    assert states == {"kept": AT_ONCE}
    (kept,) = load_visit(device.visit).photos
    assert media_store().get(kept.storage_key)
    assert (count_rows(Upload), load_upload(photo.id).photo_id) == (1, kept.id)


def test_it_makes_one_photo_where_pieces_have_different_lengths(
    device: Device, senders: list[Device]
) -> None:
    """Each sender cuts the file in its own way; no piece of one may stand in the place of another's."""
    photo = take_picture(400)

    def send(sender: Device, number: int) -> str:
        return sender.upload(photo, piece=200 + 37 * number).headers["Upload-State"]

    assert race(senders[:8], send) == {"kept": 8}
    assert count_rows(Photo) == 1


def test_it_keeps_twenty_photos_that_come_at_once(device: Device, senders: list[Device]) -> None:
    photos = [take_picture(number, "shelf" if number % 2 else "receipt") for number in range(AT_ONCE)]
    assert race(senders, lambda sender, number: sender.upload(photos[number]).status_code) == {204: AT_ONCE}
    assert count_rows(Photo) == AT_ONCE
    assert device.report(files=photos).status_code == 200


def test_it_lets_a_report_wait_for_a_photo_that_is_on_its_way(device: Device, senders: list[Device]) -> None:
    """Whoever is faster: the report is taken with the photo, or not at all."""
    photo = take_picture(200)

    def send(sender: Device, number: int) -> int:
        if number % 2:
            sender.upload(photo, piece=700)
            return 204
        return sender.report(files=[photo]).status_code

    results = race(senders[:10], send)
    assert set(results) <= {204, 200, 409}
    assert device.report(files=[photo]).status_code == 200
    assert [each.id for each in load_visit(device.visit).photos] == [photo.id]
    assert list_flags(device.visit) == []


def test_it_removes_a_photo_for_good_while_it_is_on_its_way(device: Device, senders: list[Device]) -> None:
    photo = take_picture(200)

    def send(sender: Device, number: int) -> int:
        if number == 0:
            return device.save(removed=[str(photo.id)]).status_code
        return sender.upload(photo, piece=900).status_code

    assert set(race(senders[:6], send)) <= {200, 204}
    device.save(removed=[str(photo.id)])
    assert device.read()["photos"] == []
    assert device.upload(photo).headers["Upload-State"] == "removed"
    assert count_rows(Photo) == 0


def test_it_lets_drafts_and_reports_race_without_a_broken_visit(
    device: Device, senders: list[Device]
) -> None:
    def send(sender: Device, number: int) -> int:
        if number % 2:
            return sender.report().status_code
        return device.save(FIELDS[: number + 3], 0).status_code

    assert set(race(senders, send)) <= {200, 409}
    visit = load_visit(device.visit)
    assert (visit.state, len(visit.answers)) == ("submitted", 16)


def test_it_keeps_one_photo_when_two_finish_it_at_once(
    app: Flask, device: Device, senders: list[Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = File(take_picture(500).content, "shelf")
    with monkeypatch.context() as patch:
        patch.setattr(uploads, "finish_upload", lambda _id: uploads.Standing(0, UploadState.RECEIVING))
        device.send_piece(photo, 0)
    states = race(senders, lambda sender, _number: sender.ask(photo).headers["Upload-State"])
    assert states == {"kept": AT_ONCE}
    assert count_rows(Photo) == 1
