"""Taking a held visit as it is: what is there is scored, what was sent stays, and it is done once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from mystery.access.scopes import NotYours, load_reach
from mystery.capture.actions import Submitted, submit_visit
from mystery.database import db
from mystery.models import Answer, FlagKind, Photo, User, Visit, VisitState
from mystery.review.actions import FactsMissing, Outcome, take_visit
from mystery.sheets.raw_sheet import write_raw
from mystery.sheets.visit_facts import FactFault
from tests.cast import Cast
from tests.factories import MOSCOW, make_submitted_visit, read_worked_answers
from tests.review.desk import ARRIVED, make_held_visit, read_flag, read_visit, write_incomplete_sheet

Browsers = Callable[..., FlaskClient]


def write_sheet_without_facts() -> dict[str, Any]:
    """Answers that nobody said when, and about whom, they were."""
    return write_incomplete_sheet(visit={})


def test_it_scores_what_is_there_and_freezes_it(cast: Cast) -> None:
    """SC-02: the open question is not in the visit; SC-08: the coverage says so."""
    raw = write_incomplete_sheet()
    visit_id = make_held_visit(cast, raw)
    assert take_visit(load_reach(cast.ours.users["lead"]), visit_id, {}) is Outcome.DONE
    visit = read_visit(visit_id)
    assert visit.state == VisitState.SUBMITTED.value
    assert visit.raw_answers == write_raw(raw), "what was sent stays"
    assert visit.submitted_at == ARRIVED
    assert visit.visited_at == datetime(2026, 11, 5, 14, 30, tzinfo=MOSCOW)
    # Greeting 1/1 W20, needs 85 W30, product 60 W25, objections not assessed: 20*100+30*85+25*60 over 75.
    assert visit.base == Fraction(6050, 75)
    assert visit.coverage is not None
    assert visit.coverage < Fraction(3, 4), "V1 has 3/4, and here the wait is missing as well"
    states = dict(
        db.session.execute(select(Answer.question, Answer.state).where(Answer.visit_id == visit_id)).all()
    )
    assert len(states) == 9
    assert states["wait"] == "unanswered"
    flag = read_flag(visit_id)
    assert (flag.decision, flag.settled_by_id) == ("accepted", cast.ours.users["lead"])
    assert flag.settled_at is not None


def test_it_leaves_out_what_cannot_be_read(cast: Cast) -> None:
    raw = read_worked_answers("V1")
    raw["answers"] |= {"asked": 99, "features": ["4", "2"]}
    visit_id = make_held_visit(cast, raw)
    assert take_visit(load_reach(cast.ours.users["lead"]), visit_id, {}) is Outcome.DONE
    found = select(Answer.question).where(Answer.visit_id == visit_id, Answer.value.is_(None))
    assert set(db.session.scalars(found)) == {"asked", "features"}


def test_it_is_read_like_any_other_visit_then(client_of: Browsers, cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    manager = client_of("manager")
    assert manager.get(f"/visits/{visit_id}").status_code == 404
    take_visit(load_reach(cast.ours.users["lead"]), visit_id, {})
    page = manager.get(f"/visits/{visit_id}")
    assert page.status_code == 200
    assert "auditor lavka" not in page.get_data(as_text=True)
    assert manager.get(f"/visits/{visit_id}/report.pdf").status_code == 200


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, {FactFault.DATE_MISSING, FactFault.EMPLOYEE_MISSING}),
        ({"date": "2026-11-05T14:30"}, {FactFault.EMPLOYEE_MISSING}),
        ({"date": "2026-11-05", "employee": "unknown"}, {FactFault.TIME_MISSING}),
        ({"date": "2026-12-05T14:30", "employee": "unknown"}, {FactFault.IN_FUTURE}),
        ({"date": "2020-11-05T14:30", "employee": "unknown"}, {FactFault.TOO_EARLY}),
    ],
)
def test_it_takes_nothing_without_the_facts(
    cast: Cast, given: dict[str, str], faults: set[FactFault]
) -> None:
    visit_id = make_held_visit(cast, write_sheet_without_facts(), employee=None)
    outcome = take_visit(load_reach(cast.ours.users["lead"]), visit_id, given)
    assert isinstance(outcome, FactsMissing)
    assert set(outcome.faults) == faults
    assert read_visit(visit_id).state == VisitState.HELD.value
    assert read_flag(visit_id).settled_at is None


def test_it_takes_the_facts_that_the_reviewer_gives_and_says_so(cast: Cast) -> None:
    raw = write_sheet_without_facts()
    visit_id = make_held_visit(cast, raw, employee=None)
    anna = cast.ours.employees["Анна"]
    given = {"date": "2026-11-05T12:15", "employee": f"{anna} Аня"}
    assert take_visit(load_reach(cast.ours.users["lead"]), visit_id, given) is Outcome.DONE
    visit = read_visit(visit_id)
    assert (visit.employee_id, visit.employee_note) == (anna, "Аня")
    assert visit.visited_at == datetime(2026, 11, 5, 12, 15, tzinfo=MOSCOW)
    assert visit.raw_answers == write_raw(raw), "what was sent stays"
    assert json.loads(read_flag(visit_id).detail)["given"] == ["date", "employee"]


def test_it_never_puts_a_reviewers_fact_in_the_place_of_a_good_one(cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    given = {"date": "2026-11-01T08:00", "employee": str(cast.ours.employees["Борис"])}
    assert take_visit(load_reach(cast.ours.users["lead"]), visit_id, given) is Outcome.DONE
    visit = read_visit(visit_id)
    assert visit.visited_at == datetime(2026, 11, 5, 14, 30, tzinfo=MOSCOW)
    assert visit.employee_id == cast.ours.employees["Анна"]


def test_it_refuses_somebody_who_did_not_work_there(cast: Cast) -> None:
    visit_id = make_held_visit(cast, write_incomplete_sheet(), employee=None)
    given = {"employee": str(cast.ours.employees["Вера"])}
    outcome = take_visit(load_reach(cast.ours.users["lead"]), visit_id, given)
    assert outcome == FactsMissing((FactFault.EMPLOYEE_ELSEWHERE,))


def test_it_sets_aside_where_another_visit_counts_already(cast: Cast) -> None:
    counted = make_submitted_visit(cast)
    visit_id = make_held_visit(cast)
    visit = read_visit(visit_id)
    visit.assignment_id = read_visit(counted).assignment_id
    db.session.commit()
    assert take_visit(load_reach(cast.ours.users["lead"]), visit_id, {}) is Outcome.SET_ASIDE
    assert read_visit(visit_id).state == VisitState.SET_ASIDE.value
    assert read_flag(visit_id).decision == "accepted"


def test_it_changes_nothing_the_second_time(cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    reach = load_reach(cast.ours.users["lead"])
    take_visit(reach, visit_id, {})
    before = read_flag(visit_id).settled_at
    assert take_visit(reach, visit_id, {}) is Outcome.ALREADY
    assert read_flag(visit_id).settled_at == before
    assert db.session.scalar(select(func.count()).where(Answer.visit_id == visit_id)) == 9


def test_it_keeps_the_visit_when_the_auditor_sends_it_again(cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    take_visit(load_reach(cast.ours.users["lead"]), visit_id, {})
    again = submit_visit(load_reach(cast.ours.users["auditor"]), visit_id, read_worked_answers("V1"))
    assert isinstance(again, Submitted)
    assert again.differs
    assert read_visit(visit_id).raw_answers == write_raw(write_incomplete_sheet())


@pytest.mark.parametrize("role", ["auditor", "manager", "hr", "employee", "administrator"])
def test_it_is_nobody_elses_decision(cast: Cast, role: str) -> None:
    visit_id = make_held_visit(cast)
    with pytest.raises(NotYours):
        take_visit(load_reach(cast.ours.users[role]), visit_id, {})


def test_it_is_not_the_decision_of_another_companys_lead(cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    with pytest.raises(NotYours):
        take_visit(load_reach(cast.foreign.users["lead"]), visit_id, {})


def test_it_asks_once_and_only_for_what_is_missing(client_of: Browsers, cast: Cast) -> None:
    lead = client_of("lead")
    complete = make_held_visit(cast)
    page = lead.get(f"/review/{complete}/take").get_data(as_text=True)
    assert 'name="day"' not in page
    assert 'name="employee"' not in page
    visit_id = make_held_visit(cast, write_sheet_without_facts(), employee=None)
    page = lead.get(f"/review/{visit_id}/take").get_data(as_text=True)
    assert 'name="day"' in page
    assert str(cast.ours.employees["Анна"]) in page
    assert str(cast.ours.employees["Вера"]) not in page, "she works elsewhere"
    assert 'role="alert"' not in page, "nothing was entered yet"


def test_it_shows_problems_beside_fields_and_keeps_what_was_entered(client_of: Browsers, cast: Cast) -> None:
    visit_id = make_held_visit(cast, write_sheet_without_facts(), employee=None)
    lead = client_of("lead")
    form = {"day": "2026-11-05", "clock": "", "employee": "unknown", "note": "Марина"}
    answer = lead.post(f"/review/{visit_id}/take", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="clock-problem"' in page
    assert 'value="2026-11-05"' in page
    assert 'value="Марина"' in page
    done = lead.post(f"/review/{visit_id}/take", data={**form, "clock": "12:15"})
    assert done.status_code == 303
    assert done.location == f"/review/{visit_id}"
    assert read_visit(visit_id).employee_note == "Марина"


@pytest.mark.parametrize(
    "form",
    [
        {"day": "\0", "clock": "99:99", "employee": "x" * 100_000, "note": "\0" * 50},
        {"day": "9999-12-31", "clock": "23:59", "employee": "unknown", "note": "н" * 100_000},
        {"day": "0001-01-01", "clock": "00:00", "employee": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_it_answers_absurd_facts_with_a_message(
    client_of: Browsers, cast: Cast, form: dict[str, str]
) -> None:
    visit_id = make_held_visit(cast, write_sheet_without_facts(), employee=None)
    answer = client_of("lead").post(f"/review/{visit_id}/take", data=form)
    assert answer.status_code == 422
    assert "field-problem" in answer.get_data(as_text=True)
    assert read_visit(visit_id).state == VisitState.HELD.value


def test_it_tells_a_stale_page_who_had_decided(client_of: Browsers, cast: Cast) -> None:
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    visit_id = make_held_visit(cast)
    lead = client_of("lead")
    lead.post(f"/review/{visit_id}/take")
    for stale in ("take", "return"):
        answer = lead.post(f"/review/{visit_id}/{stale}", data={"reason": "Поздно."})
        assert answer.status_code == 303
        page = lead.get(answer.location).get_data(as_text=True)
        assert "Nothing was changed: this is decided already. Taken as it is, lead lavka" in page
    assert read_visit(visit_id).returned_reason == ""


def test_it_keeps_the_photos_with_the_visit(cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    photo = Photo(
        visit_id=visit_id,
        question="wait",
        original_sha256="0" * 64,
        storage_key="photos/x.jpg",
        width=1,
        height=1,
        byte_size=1,
    )
    db.session.add(photo)
    db.session.commit()
    take_visit(load_reach(cast.ours.users["lead"]), visit_id, {})
    assert [each.id for each in db.session.get_one(Visit, visit_id).photos] == [photo.id]
    assert read_flag(visit_id, FlagKind.INCOMPLETE).decision == "accepted"
