"""Many requests at once over one real database file: exactly one visit, no failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from mystery.database import db
from mystery.models import Answer, DraftCopy, Photo, Visit, VisitState
from tests.capture.checklists import COMPLETE
from tests.capture.phone import Phone
from tests.capture.pictures import draw, encode
from tests.cast import Cast, sign_in

AT_ONCE = 20


def race(number: int, run: Callable[[int], object]) -> Counter[object]:
    """What ``number`` threads got when all of them ran at once."""
    db.session.remove()
    with ThreadPoolExecutor(number) as pool:
        return Counter(pool.map(run, range(number)))


def count(model: type) -> int:
    """How many rows there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def open_browsers(app: Flask, cast: Cast, number: int) -> list[FlaskClient]:
    """So many browsers of our auditor."""
    browsers = [app.test_client() for _ in range(number)]
    for browser in browsers:
        sign_in(browser, cast.ours.users["auditor"])
    return browsers


def test_it_keeps_one_visit_of_twenty_sendings_at_once(app: Flask, cast: Cast, phone: Phone) -> None:
    browsers = open_browsers(app, cast, AT_ONCE)
    body = {**phone.values, **COMPLETE, "action": "send"}

    def send(number: int) -> tuple[int, str | None]:
        response = browsers[number].post(phone.address, data=body)
        return response.status_code, response.location

    assert race(AT_ONCE, send) == {(303, f"/capture/{phone.visit_id}/sent"): AT_ONCE}
    assert (count(Visit), count(Answer), count(DraftCopy)) == (1, 16, 0)


def test_it_keeps_one_of_twenty_different_sendings_and_the_others_beside_it(
    app: Flask, cast: Cast, phone: Phone
) -> None:
    browsers = open_browsers(app, cast, AT_ONCE)

    def send(number: int) -> int:
        words = {"a.words": [f"Сказали {number}"]}
        body = {**phone.values, **COMPLETE, **words, "action": "send"}
        return browsers[number].post(phone.address, data=body).status_code

    statuses = race(AT_ONCE, send)
    assert set(statuses) <= {303, 409}
    assert count(Visit) == 1
    db.session.expire_all()
    contents = list(db.session.scalars(select(DraftCopy.content)))
    visit = db.session.get_one(Visit, phone.visit_id)
    everything = " ".join([*contents, visit.raw_answers or "", visit.draft])
    assert all(f"Сказали {number}" in everything for number in range(AT_ONCE)), "nobody's words are lost"


def test_it_begins_one_visit_of_twenty_taps_at_once(app: Flask, cast: Cast, task: UUID) -> None:
    browsers = open_browsers(app, cast, AT_ONCE)

    def begin(number: int) -> tuple[int, str | None]:
        response = browsers[number].post(f"/capture/assignments/{task}/begin")
        return response.status_code, response.location

    assert len(race(AT_ONCE, begin)) == 1
    assert count(Visit) == 1


def test_it_keeps_one_photo_of_ten_sendings_at_once(app: Flask, cast: Cast, phone: Phone) -> None:
    browsers = open_browsers(app, cast, 10)
    photo = encode(draw(640, 480))

    def send(number: int) -> int:
        copy = Phone.__new__(Phone)
        copy.browser, copy.address, copy.values = browsers[number], phone.address, dict(phone.values)
        return copy.press("save", None, {"shelf": [(photo, "shelf.jpg")]}).status_code

    assert race(10, send) == {303: 10}
    assert count(Photo) == 1


def test_it_lets_saving_and_sending_race_without_a_broken_visit(app: Flask, cast: Cast, phone: Phone) -> None:
    browsers = open_browsers(app, cast, AT_ONCE)

    def press(number: int) -> int:
        button = "send" if number % 2 else "save"
        body = {**phone.values, **COMPLETE, "action": button}
        return browsers[number].post(phone.address, data=body).status_code

    assert set(race(AT_ONCE, press)) == {303}
    db.session.rollback()
    db.session.expire_all()
    visit = db.session.get_one(Visit, phone.visit_id)
    assert (visit.state, len(visit.answers)) == (VisitState.SUBMITTED.value, 16)
