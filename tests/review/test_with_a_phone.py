"""From the phone to the desk and back: what a phone reports is what the lead finds, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.clock import now
from mystery.database import db
from mystery.models import FlagKind, User, VisitFlag, VisitState
from tests.capture.checklists import publish, read_every_kind
from tests.cast import Cast
from tests.factories import make_assignment
from tests.phone.device import FIELDS, Device, File, change_fields, take_picture
from tests.review.desk import read_visit

Browsers = Callable[..., FlaskClient]


@pytest.fixture
def device(client_of: Browsers, cast: Cast) -> Device:
    """The phone of our auditor with a list of every kind of question; lead and auditor read English."""
    for role in ("lead", "auditor"):
        db.session.get_one(User, cast.ours.users[role]).language = "en"
    assignment = make_assignment(cast, version=publish(cast, read_every_kind()))
    return Device.open_list(client_of("auditor"), assignment)


@pytest.fixture
def lead(client_of: Browsers, device: Device) -> FlaskClient:
    """The browser of our lead."""
    return client_of("lead")


def list_kinds(device: Device) -> dict[str, str]:
    """What was raised about the visit, with what was decided."""
    db.session.rollback()
    rows = db.session.scalars(select(VisitFlag).where(VisitFlag.visit_id == device.visit))
    return {flag.kind: flag.decision for flag in rows}


def read_state(device: Device) -> dict[str, Any]:
    """What the phone is told of its list."""
    listed = device.browser.get("/capture/phone/state").get_json()["visits"]
    found: dict[str, Any] = next(each for each in listed if each["visit"] == str(device.visit))
    return found


def test_it_goes_back_and_comes_again_until_it_counts(device: Device, lead: FlaskClient) -> None:
    assert device.report(FIELDS[:6]).get_json()["state"] == "held"
    assert str(device.visit) in lead.get("/review").get_data(as_text=True)
    lead.post(f"/review/{device.visit}/return", data={"reason": "Answer the rest, please."})
    told = read_state(device)
    assert told["state"] == "returned"
    assert "Answer the rest, please." in str(told["returned"])
    draft = device.read()
    assert [name for name, value in draft["fields"] if value] != [], "what was sent is there to go on with"
    again = device.report(FIELDS[:8], revision=draft["revision"])
    assert again.get_json()["state"] == "held"
    assert re.search(r'menu-count">1<', lead.get("/visits/").get_data(as_text=True))
    lead.post(f"/review/{device.visit}/return", data={"reason": "And the last ones."})
    last = device.report(revision=device.read()["revision"])
    assert last.get_json()["state"] == "submitted"
    assert read_visit(device.visit).state == VisitState.SUBMITTED.value
    assert "menu-count" not in lead.get("/visits/").get_data(as_text=True)


def test_it_is_taken_although_the_phone_goes_on_sending_the_rest(device: Device, lead: FlaskClient) -> None:
    device.report(FIELDS[:6])
    assert lead.post(f"/review/{device.visit}/take").status_code == 303
    late = device.report()
    assert late.get_json()["state"] == "submitted"
    assert list_kinds(device) == {"incomplete": "accepted", "differs": ""}
    page = lead.get(f"/review/{device.visit}").get_data(as_text=True)
    assert "Sent first" in page


def test_it_finds_the_moments_that_the_phone_noted(device: Device, lead: FlaskClient) -> None:
    asked = "mood"
    at = now() - timedelta(hours=9)
    event = {"id": "e1", "at": at.isoformat(), "kind": "tally", "question": asked, "value": "1"}
    moment = (at + timedelta(hours=5)).isoformat()
    device.report(events=[event], answered={asked: moment})
    page = lead.get(f"/review/{device.visit}").get_data(as_text=True)
    assert "5 h after the event" in page
    assert "Counted" in page


def test_it_raises_the_clock_and_a_photo_that_is_none(device: Device, lead: FlaskClient) -> None:
    junk = File(b"this is no picture at all", "shelf")
    device.upload(junk)
    device.report(files=[junk], at=(now() + timedelta(hours=2, minutes=10)).isoformat())
    assert list_kinds(device) == {"unreadable_file": "", "clock": ""}
    page = lead.get(f"/review/{device.visit}").get_data(as_text=True)
    assert "2 h" in page
    (address,) = re.findall(r'href="(/review/[^"]*/files/[^"]*)"', page)
    assert lead.get(address).data == junk.content


def test_it_shows_a_photo_of_no_question_with_the_visit(device: Device, lead: FlaskClient) -> None:
    loose = take_picture(1, question="")
    device.upload(loose)
    device.report(files=[loose])
    assert "unreadable_file" in list_kinds(device)
    page = lead.get(f"/review/{device.visit}").get_data(as_text=True)
    assert "put to no question" in page
    assert (
        page.index('id="loose"')
        < page.index(f"/review/{device.visit}/photos/")
        < page.index('id="questions"')
    )


def test_it_lays_a_second_report_with_other_words_beside_the_first(device: Device, lead: FlaskClient) -> None:
    device.report()
    device.report(change_fields(FIELDS, a__words="Совсем другие слова."))
    assert list_kinds(device) == {FlagKind.DIFFERS.value: ""}
    page = lead.get(f"/review/{device.visit}").get_data(as_text=True)
    assert "Совсем другие слова." in page
