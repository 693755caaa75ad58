"""The page of the screen: there before anybody begins, the auditor's alone, without a word of a client."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from mystery.access.scopes import NotYours, load_reach
from mystery.authoring.recording import Recordable, switch_recording
from mystery.capture.notes import read_notes_page
from mystery.capture.own_visits import derive_visit_id
from mystery.database import db
from mystery.models import Unit, User, Visit
from tests.capture.checklists import publish
from tests.cast import Cast
from tests.factories import make_assignment, make_submitted_visit
from tests.notes.conftest import read_tapped


@pytest.fixture
def task(cast: Cast) -> tuple[UUID, UUID]:
    """A visit that nobody has begun, and its version."""
    version = publish(cast, read_tapped())
    assignment = make_assignment(cast, employee=None, version=version)
    return derive_visit_id(assignment, cast.ours.users["auditor"]), version


@pytest.fixture
def auditor(cast: Cast, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of our auditor, who reads English."""
    db.session.get_one(User, cast.ours.users["auditor"]).language = "en"
    db.session.commit()
    return client_of("auditor")


def test_it_opens_before_the_visit_is_begun_and_begins_nothing(
    auditor: FlaskClient, cast: Cast, task: tuple[UUID, UUID]
) -> None:
    """A GET never writes; the phone opens its pages off-line before the server knows of a visit."""
    visit, version = task
    answer = auditor.get(f"/capture/{visit}/{version}/notes")
    assert answer.status_code == 200
    assert answer.headers["X-Page-Uid"] == cast.ours.users["auditor"].hex
    assert db.session.get(Visit, visit) is None


def test_it_says_no_word_of_place_company_checklist_or_question(
    auditor: FlaskClient, cast: Cast, task: tuple[UUID, UUID]
) -> None:
    """A stranger who looks over the shoulder learns nothing (capture.md 10)."""
    visit, version = task
    page = auditor.get(f"/capture/{visit}/{version}/notes").get_data(as_text=True)
    units = [db.session.get_one(Unit, unit) for unit in cast.ours.units.values()]
    checklist = read_tapped()
    texts = [checklist.title, *(each.title for each in checklist.sections)]
    texts += [each.text for each in checklist.questions()]
    secrets = [unit.name for unit in units] + [text.ru for text in texts] + [text.en for text in texts]
    assert [secret for secret in secrets if secret and secret in page] == []
    assert "<title>Lists</title>" in page


def test_it_shows_the_cue_of_a_question_and_the_number_of_one_without(
    cast: Cast, task: tuple[UUID, UUID]
) -> None:
    page = read_notes_page(load_reach(cast.ours.users["auditor"]), *task, "en")
    assert [(each.id, each.cue) for each in page.timers] == [("queue", "till"), ("noticed", "1.2")]
    assert [(each.id, each.cue) for each in page.tallies] == [("mistakes", "letters")]
    assert [(each.id, each.cue) for each in page.pictures] == [("shelf", "shelf")]


def test_it_has_no_microphone_and_no_place_unless_the_lead_switched_them_on(
    auditor: FlaskClient, cast: Cast, task: tuple[UUID, UUID]
) -> None:
    address = f"/capture/{task[0]}/{task[1]}/notes"
    page = auditor.get(address).get_data(as_text=True)
    assert 'data-act="memo"' not in page
    assert 'data-act="place"' not in page
    lead = load_reach(cast.ours.users["lead"])
    switch_recording(lead, cast.ours.company, Recordable.VOICE_MEMOS, allowed=True)
    page = auditor.get(address).get_data(as_text=True)
    assert 'data-act="memo"' in page
    assert 'data-act="place"' not in page


def test_it_leads_to_what_was_sent_but_can_always_be_cached(auditor: FlaskClient, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    address = f"/capture/{visit}/{cast.ours.version}/notes"
    assert auditor.get(address).location == f"/capture/{visit}/sent"
    assert auditor.get(address + "?blank=1").status_code == 200


def test_it_is_nobody_elses(cast: Cast, task: tuple[UUID, UUID]) -> None:
    visit, version = task
    with pytest.raises(NotYours):
        read_notes_page(load_reach(cast.foreign.users["auditor"]), visit, version, "en")
    auditor = load_reach(cast.ours.users["auditor"])
    with pytest.raises(NotYours):
        read_notes_page(auditor, visit, uuid4(), "en")
    with pytest.raises(NotYours):
        read_notes_page(auditor, uuid4(), version, "en")
