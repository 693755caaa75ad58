"""The lead hands in an emergency file: the visit arrives as from the phone, once, from his subtree only."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mystery.database import db
from mystery.models import User, Visit, VisitState
from tests.cast import Cast
from tests.factories import make_assignment
from tests.phone.copies import make_copy
from tests.phone.device import Device
from tests.review.desk import read_visit

Browsers = Callable[..., FlaskClient]
COMPLETE = [
    ["v.day", "2026-11-05"],
    ["v.clock", "14:30"],
    ["a.wait", "4"],
    ["a.wait", "0"],
    ["a.name", "yes"],
    ["a.asked", "4"],
    ["a.repeated", "yes"],
    ["a.heard", "n/a"],
    ["a.facts", "n/a"],
    ["a.features", "2"],
    ["a.receipt", "yes"],
    ["a.wow", "yes"],
]


@pytest.fixture
def device(client_of: Browsers, cast: Cast) -> Device:
    """The phone of our auditor with one list, of the shop N1."""
    for role in ("lead", "auditor"):
        db.session.get_one(User, cast.ours.users[role]).language = "en"
    assignment = make_assignment(cast)
    return Device.open_list(client_of("auditor"), assignment)


@pytest.fixture
def file(cast: Cast, device: Device) -> bytes:
    """The emergency file of that phone."""
    return make_copy(device, cast.ours.users["auditor"], fields=COMPLETE)


def hand_in(browser: FlaskClient, content: bytes) -> TestResponse:
    """What somebody gets who hands in a file."""
    return browser.post("/review/rescue", data={"file": (io.BytesIO(content), "list.bin")})


def test_it_takes_the_visit_and_leads_to_it(client_of: Browsers, device: Device, file: bytes) -> None:
    lead = client_of("lead")
    answer = hand_in(lead, file)
    assert (answer.status_code, answer.location) == (303, f"/review/{device.visit}")
    assert read_visit(device.visit).state == VisitState.SUBMITTED.value
    assert "The visit has arrived and counts." in lead.get(answer.location).get_data(as_text=True)


def test_it_takes_it_once_however_often_it_is_tried(client_of: Browsers, device: Device, file: bytes) -> None:
    lead = client_of("lead")
    for _time in range(2):
        answer = hand_in(lead, file)
    assert "had arrived before with the same content" in lead.get(answer.location).get_data(as_text=True)
    assert db.session.query(Visit).count() == 1


def test_it_holds_an_incomplete_visit_for_the_very_lead_who_brought_it(
    client_of: Browsers, cast: Cast, device: Device
) -> None:
    lead = client_of("lead")
    answer = hand_in(lead, make_copy(device, cast.ours.users["auditor"], fields=COMPLETE[:4]))
    page = lead.get(answer.location).get_data(as_text=True)
    assert "Something is missing, so decide what becomes of it." in page
    assert f"/review/{device.visit}/take" in page


def test_it_takes_nothing_from_a_lead_of_another_company(
    client_of: Browsers, device: Device, file: bytes
) -> None:
    answer = hand_in(client_of("lead", foreign=True), file)
    assert answer.status_code == 422
    assert 'id="file-problem"' in answer.get_data(as_text=True)
    assert db.session.get(Visit, device.visit) is None


@pytest.mark.parametrize("content", [b"", b"\0", b"{}", b'{"format": "lists-copy"}\n', b"x" * 100_000])
def test_it_says_what_is_wrong_with_a_file_that_is_none(client_of: Browsers, content: bytes) -> None:
    answer = hand_in(client_of("lead"), content)
    assert answer.status_code == 422
    assert 'id="file-problem"' in answer.get_data(as_text=True)


def test_it_asks_for_the_file_where_none_was_chosen(client_of: Browsers) -> None:
    answer = client_of("lead").post("/review/rescue", data={})
    assert answer.status_code == 422
    assert 'id="file-problem"' in answer.get_data(as_text=True)


def test_it_refuses_a_file_beyond_all_measure_with_a_message(
    client_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mystery.review.views.rescue.MOST_RESCUE_BYTES", 1000)
    monkeypatch.setattr("mystery.review.views.rescue.FORM_AROUND_FILE_BYTES", 1000)
    answer = hand_in(client_of("lead"), b"x" * 10_000)
    assert answer.status_code == 413
    assert 'id="file-problem"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("role", ["auditor", "manager", "hr", "employee", "administrator"])
def test_it_is_the_leads_page(client_of: Browsers, role: str, device: Device, file: bytes) -> None:
    assert hand_in(client_of(role), file).status_code == 403
    assert db.session.get(Visit, device.visit) is None


def test_it_keeps_both_where_the_phone_had_sent_something_else(
    client_of: Browsers, cast: Cast, device: Device, file: bytes
) -> None:
    lead = client_of("lead")
    hand_in(lead, file)
    other = [["a.name", "no"] if field[0] == "a.name" else field for field in COMPLETE]
    answer = hand_in(lead, make_copy(device, cast.ours.users["auditor"], fields=[*other, ["c.name", "Нет."]]))
    page = lead.get(answer.location).get_data(as_text=True)
    assert "Both are kept." in page
    assert "Нет." in page
