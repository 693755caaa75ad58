"""The state: what a phone takes along before it loses the network."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask import url_for
from flask.testing import FlaskClient

from mystery.access.scopes import Reach
from mystery.capture.own_visits import derive_visit_id
from mystery.capture.phone.keys import derive_key
from mystery.capture.queries import list_tasks
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, CaptureSettings
from tests.cast import Cast
from tests.factories import make_assignment
from tests.phone.device import FIELDS, Device
from tests.phone.evidence import load_visit
from tests.phone.test_reports import return_visit


def read_state(browser: FlaskClient) -> dict[str, dict[str, object]]:
    """The visits of a person, by assignment."""
    return {each["assignment"]: each for each in browser.get("/capture/phone/state").get_json()["visits"]}


def test_it_says_who_and_when_and_gives_the_key(cast: Cast, auditor: FlaskClient) -> None:
    state = auditor.get("/capture/phone/state")
    said = state.get_json()
    assert said["uid"] == cast.ours.users["auditor"].hex
    assert len(base64.b64decode(said["key"])) == 32
    assert said["now"].startswith(f"{now():%Y-%m-%dT%H}")
    assert state.headers["Cache-Control"] == "no-store"


def test_it_gives_each_person_a_key_of_his_own_and_always_the_same(
    cast: Cast, client_of: Callable[..., FlaskClient]
) -> None:
    keys = [
        client_of("auditor", foreign=foreign).get("/capture/phone/state").get_json()["key"]
        for foreign in (False, True, False)
    ]
    assert keys[0] == keys[2] != keys[1]
    assert derive_key("a" * 40, UUID(int=1)) != derive_key("b" * 40, UUID(int=1))


def test_it_lists_a_waiting_visit_with_all_that_is_needed_off_line(cast: Cast, device: Device) -> None:
    listed = read_state(device.browser)[str(device.assignment)]
    assert listed["visit"] == str(derive_visit_id(device.assignment, cast.ours.users["auditor"]))
    assert listed["page"] == url_for_page(device)
    assert listed["notes"] == f"{url_for_page(device)}/notes"
    assert (listed["state"], listed["revision"], listed["returned"]) == ("waiting", 0, "")
    assert (listed["first"], listed["last"]) == ("2026-01-01", "2027-12-31")
    assert (listed["voice"], listed["fix"]) == (False, False)
    assert str(listed["place"]) == "Магазин N1"


def url_for_page(device: Device) -> str:
    """The address of the list as the router knows it."""
    with device.browser.application.test_request_context():
        return url_for("capture.fill_visit", visit_id=device.visit, version_id=device.version)


def test_it_follows_a_visit_through_its_states(device: Device) -> None:
    def say() -> tuple[object, object]:
        listed = read_state(device.browser)[str(device.assignment)]
        return listed["state"], listed["revision"]

    device.save(FIELDS[:3])
    assert say() == ("begun", 1)
    device.report(FIELDS[:3])
    assert say() == ("held", 1)
    return_visit(device, "Нет времени")
    assert say() == ("returned", 2)
    assert read_state(device.browser)[str(device.assignment)]["returned"] == "Нет времени"
    device.report()
    assert say()[0] == "sent"


def test_it_says_that_a_visit_is_no_longer_wanted(device: Device) -> None:
    device.save()
    db.session.get_one(Assignment, device.assignment).cancelled_at = now()
    db.session.commit()
    assert read_state(device.browser)[str(device.assignment)]["state"] == "cancelled"
    device.report(FIELDS[:3])
    assert read_state(device.browser)[str(device.assignment)]["state"] == "held"


def test_it_says_what_the_company_has_switched_on(cast: Cast, device: Device) -> None:
    db.session.add(CaptureSettings(company_id=cast.ours.company, voice_memos=True, position_fix=True))
    db.session.commit()
    listed = read_state(device.browser)[str(device.assignment)]
    assert (listed["voice"], listed["fix"]) == (True, True)


def test_it_tells_the_list_where_each_page_is(reach: Reach, device: Device) -> None:
    task = next(task for task in list_tasks(reach) if task.id == device.assignment)
    assert (task.page, task.visit_id, task.version_id) == (url_for_page(device), device.visit, device.version)
    assert task.uid == reach.user_id.hex


def test_it_keeps_a_returned_visit_among_what_is_to_do(cast: Cast, reach: Reach, device: Device) -> None:
    device.report(FIELDS[:3])
    held = next(task for task in list_tasks(reach) if task.id == device.assignment)
    assert (held.progress, held.sent_at) == ("held", load_visit(device.visit).submitted_at)
    assert not held.progress.is_with_auditor
    return_visit(device, "Нет времени")
    back = next(task for task in list_tasks(reach) if task.id == device.assignment)
    assert (back.progress, back.sent_at, back.returned_reason) == ("returned", None, "Нет времени")
    assert back.progress.is_with_auditor


def test_it_lists_no_overdue_visit_that_has_arrived(cast: Cast, reach: Reach, auditor: FlaskClient) -> None:
    today = now().date()
    past = (today - timedelta(days=9), today - timedelta(days=2))
    assignment = make_assignment(cast, window=past)
    overdue = next(task for task in list_tasks(reach) if task.id == assignment)
    assert overdue.is_overdue
    Device.open_list(auditor, assignment).report(fields=[])
    held = next(task for task in list_tasks(reach) if task.id == assignment)
    assert not held.is_overdue
