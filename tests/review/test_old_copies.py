"""An old copy of a visit that was mended since: it is known already, so nobody has to decide about it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.access.scopes import Reach, load_reach
from mystery.database import db
from mystery.models import VisitFlag, VisitState
from mystery.review.actions import return_visit
from mystery.sheets.rescue import Rescued, accept_rescue
from tests.capture.checklists import publish, read_every_kind
from tests.cast import Cast
from tests.factories import make_assignment
from tests.phone.copies import make_copy
from tests.phone.device import FIELDS, Device, change_fields
from tests.review.desk import read_visit

Browsers = Callable[..., FlaskClient]
SHORT = FIELDS[:6]


@pytest.fixture
def device(client_of: Browsers, cast: Cast) -> Device:
    """The phone of our auditor."""
    assignment = make_assignment(cast, version=publish(cast, read_every_kind()))
    return Device.open_list(client_of("auditor"), assignment)


@pytest.fixture
def lead(cast: Cast) -> Reach:
    """The reach of our lead."""
    return load_reach(cast.ours.users["lead"])


@pytest.fixture
def old_copy(cast: Cast, device: Device, lead: Reach) -> bytes:
    """The emergency file of what was sent first; the lead has returned that visit."""
    copy = make_copy(device, cast.ours.users["auditor"], fields=SHORT)
    assert device.report(SHORT).get_json()["state"] == "held"
    return_visit(lead, device.visit, "Ответьте на остальное.")
    return copy


def list_open_kinds(visit_id: UUID) -> list[str]:
    """What waits for a decision about the visit."""
    db.session.rollback()
    waiting = (VisitFlag.visit_id == visit_id, VisitFlag.settled_at.is_(None))
    return list(db.session.scalars(select(VisitFlag.kind).where(*waiting)))


def test_it_raises_nothing_for_what_was_sent_before_the_visit_was_mended(
    device: Device, lead: Reach, old_copy: bytes
) -> None:
    assert device.report(revision=device.read()["revision"]).get_json()["state"] == "submitted"
    before = read_visit(device.visit).raw_answers
    result = accept_rescue(lead, old_copy)
    assert isinstance(result, Rescued)
    assert (result.again, result.differs) == (True, True), "what is said of the file stays true"
    assert list_open_kinds(device.visit) == []
    assert read_visit(device.visit).raw_answers == before


def test_it_leaves_a_half_mended_draft_alone(device: Device, lead: Reach, old_copy: bytes) -> None:
    """The auditor goes on at a PC while somebody hands in the old file: what he has mended stays."""
    mended = change_fields(FIELDS[:8], a__words="Уже исправлено")
    assert device.save(mended, revision=device.read()["revision"]).status_code == 200
    result = accept_rescue(lead, old_copy)
    assert isinstance(result, Rescued)
    assert result.again
    visit = read_visit(device.visit)
    assert visit.state == VisitState.DRAFT.value
    assert "Уже исправлено" in visit.draft
    assert list_open_kinds(device.visit) == []


def test_it_still_raises_what_nobody_has_seen(
    cast: Cast, device: Device, lead: Reach, old_copy: bytes
) -> None:
    device.report(revision=device.read()["revision"])
    other = change_fields(FIELDS, a__words="Было иначе")
    accept_rescue(lead, make_copy(device, cast.ours.users["auditor"], fields=other))
    assert list_open_kinds(device.visit) == ["differs"]


def test_it_raises_the_same_content_once_however_it_was_noted(
    cast: Cast, device: Device, lead: Reach
) -> None:
    """The file of a phone and its report differ in the moments beside the answers, not in what they say."""
    device.report()
    other = change_fields(FIELDS, a__words="Было иначе")
    device.report(other, answered={"words": "2026-11-05T15:00:00.000Z"})
    accept_rescue(lead, make_copy(device, cast.ours.users["auditor"], fields=other))
    assert list_open_kinds(device.visit) == ["differs"]
