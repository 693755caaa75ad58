"""The ticket: a session that ended, or that is another person's by now, strands no report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient

from mystery.capture.own_visits import derive_visit_id
from mystery.capture.phone import tickets
from mystery.capture.phone.tickets import LONGEST_TICKET, Ticket, read_ticket, sign_ticket
from mystery.database import db
from mystery.models import Assignment, Grant, Unit, User, Visit, VisitState
from tests.cast import Cast
from tests.phone.device import Device, take_picture
from tests.phone.evidence import count_rows, load_visit


@pytest.fixture
def stranded(app: Flask, device: Device) -> Device:
    """The phone after its session has ended."""
    return replace(device, browser=app.test_client())


def test_it_brings_a_whole_visit_in_without_a_session(stranded: Device) -> None:
    photo = take_picture()
    assert stranded.ask(photo).status_code == 404
    assert stranded.upload(photo).headers["Upload-State"] == "kept"
    assert stranded.ask(photo).headers["Upload-State"] == "kept"
    answer = stranded.report(files=[photo])
    assert answer.get_json()["photos"] == [{"id": str(photo.id), "sha256": photo.sha256}]
    assert load_visit(stranded.visit).state == VisitState.SUBMITTED.value


@pytest.mark.parametrize("role", ["auditor", "lead", "employee"])
def test_it_goes_before_the_session_of_somebody_else(
    cast: Cast, device: Device, client_of: Callable[..., FlaskClient], role: str
) -> None:
    shared = replace(device, browser=client_of(role, foreign=True))
    assert shared.upload(take_picture()).status_code == 204
    assert shared.report(strict=True).status_code == 200
    assert load_visit(device.visit).auditor_id == cast.ours.users["auditor"]


def test_it_reads_nothing(stranded: Device, device: Device) -> None:
    device.save()
    for address in ("draft", "report"):
        answer = stranded.browser.get(f"{stranded.address}/{address}", headers=stranded.headers)
        assert answer.status_code in (401, 405)
    assert stranded.browser.get("/capture/phone/state", headers=stranded.headers).status_code == 401
    assert (
        stranded.browser.put(
            f"{stranded.address}/draft", json=stranded.make_body(), headers=stranded.headers
        ).get_json()["error"]
        == "signed_out"
    )
    page = stranded.browser.get(f"/capture/{stranded.visit}/{stranded.version}", headers=stranded.headers)
    assert page.status_code == 302


def test_it_is_for_its_own_visit_only(cast: Cast, stranded: Device) -> None:
    assert cast.ours.assignment is not None
    other = derive_visit_id(cast.ours.assignment, cast.ours.users["auditor"])
    for visit in (other, uuid4()):
        astray = replace(stranded, visit=visit)
        assert astray.report().status_code == 401
        assert astray.send_piece(take_picture(), 0).status_code == 401
        assert astray.ask(take_picture()).status_code == 401
    other_inside = stranded.report(assignment=str(cast.ours.assignment))
    assert other_inside.status_code == 404, "address and ticket say one assignment, the body another"
    assert count_rows(Visit) == 0


def test_it_touches_no_file_of_another_visit(cast: Cast, device: Device, stranded: Device) -> None:
    assert cast.ours.assignment is not None
    photo = take_picture()
    Device.open_list(device.browser, cast.ours.assignment).upload(photo)
    assert stranded.ask(photo).status_code == 404
    assert stranded.send_piece(photo, 0).status_code == 404
    stranded.report(fields=[], removed=[str(photo.id)])
    again = Device.open_list(device.browser, cast.ours.assignment).ask(photo)
    assert again.headers["Upload-State"] == "kept"


def test_it_works_although_assignment_and_role_have_gone_elsewhere(
    cast: Cast, device: Device, stranded: Device
) -> None:
    """The visit was made in good faith; what becomes of two visits of one assignment the lead decides."""
    auditor = cast.ours.users["auditor"]
    db.session.get_one(Assignment, device.assignment).auditor_id = cast.ours.users["lead"]
    db.session.query(Grant).filter_by(user_id=auditor).delete()
    db.session.commit()
    assert stranded.report().status_code == 200
    assert load_visit(device.visit).auditor_id == auditor


def test_it_is_worth_nothing_once_the_account_is_closed(cast: Cast, stranded: Device) -> None:
    db.session.get_one(User, cast.ours.users["auditor"]).active = False
    db.session.commit()
    assert stranded.report().status_code == 401


def test_it_lets_the_session_speak_when_the_ticket_does_not(device: Device) -> None:
    assert replace(device, ticket="out of date").report().status_code == 200


def test_it_lasts_sixty_days_beyond_the_window(cast: Cast) -> None:
    ticket = Ticket(uuid4(), uuid4(), uuid4())
    assert ticket.is_good_on(date(2027, 1, 29), window_end=date(2026, 11, 30))
    assert not ticket.is_good_on(date(2027, 1, 30), window_end=date(2026, 11, 30))


@pytest.mark.parametrize(
    "value",
    [None, 5, "x", [], ["a", "b"], ["a", "b", "c"], [1, 2, 3], {"a": 1}, [[], [], []], ["00" * 16] * 4],
)
def test_it_reads_nothing_else_that_we_have_signed(app: Flask, value: object) -> None:
    signed = tickets._serializer("s" * 40).dumps(value)
    assert read_ticket("s" * 40, signed) is None


def test_it_is_not_read_at_any_length(app: Flask) -> None:
    ticket = Ticket(uuid4(), uuid4(), UUID(int=0))
    secret = current_app.config["SECRET_KEY"]
    signed = sign_ticket(secret, ticket)
    assert read_ticket(secret, signed) == ticket
    assert sign_ticket(secret, ticket) == signed
    assert len(signed) < LONGEST_TICKET
    assert read_ticket(secret, "x" * 10**6) is None


def test_it_is_given_to_nobody_but_the_auditor(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    foreign = client_of("auditor", foreign=True).get("/capture/phone/state").get_json()
    assert {each["place"] for each in foreign["visits"]} == {
        db.session.get_one(Unit, cast.foreign.units["N1"]).name
    }
    ticket = read_ticket(current_app.config["SECRET_KEY"], foreign["visits"][0]["ticket"])
    assert ticket is not None
    assert ticket.user_id == cast.foreign.users["auditor"]
