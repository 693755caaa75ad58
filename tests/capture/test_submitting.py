"""Submitting a visit: scored, frozen, and exactly once."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import UUID

import pytest
from sqlalchemy import select

from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.capture.actions import Clash, Saved, Submitted, open_visit, save_draft, submit_visit
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, DraftCopy, Visit
from mystery.sheets.submission import Refused
from mystery.sheets.visit_facts import FactFault
from tests.cast import Cast
from tests.factories import make_submitted_visit, read_worked_answers

SENT_AT = datetime(2026, 11, 5, 15, 0, tzinfo=UTC)


def load_visit(visit_id: object) -> Visit:
    """The visit as the database has it now."""
    db.session.expire_all()
    visit = db.session.get(Visit, visit_id)
    assert visit is not None
    return visit


def test_it_freezes_the_score_of_worked_visit_v1(cast: Cast) -> None:
    """SC-04, SC-06, SC-08: V1 of scoring.md."""
    visit = load_visit(make_submitted_visit(cast, "V1"))
    assert (visit.base, visit.final, visit.coverage) == (Fraction(646, 9), Fraction(691, 9), Fraction(3, 4))
    assert visit.base_percent == pytest.approx(71.7778, abs=1e-4)
    assert visit.final_percent == pytest.approx(76.7778, abs=1e-4)
    assert visit.coverage_percent == 75.0
    assert (visit.band, visit.knocked_out) == ("satisfactory", False)
    assert visit.visited_at == datetime(2026, 11, 5, 11, 30, tzinfo=UTC)
    assert visit.visited_on == date(2026, 11, 5)
    percents = [section.percent for section in visit.sections]
    assert percents == [pytest.approx(66.6667, abs=1e-4), 85.0, None, 60.0]


def test_it_freezes_the_knock_out_of_worked_visit_v2(cast: Cast) -> None:
    """SC-05, SC-07: V2 of scoring.md is capped, its base is not."""
    visit = load_visit(make_submitted_visit(cast, "V2"))
    assert (visit.base, visit.final, visit.coverage) == (Fraction(137, 2), Fraction(60), Fraction(1))
    assert visit.knocked_out is True
    fired = [answer.question for answer in visit.answers if answer.knocked_out]
    assert fired == ["receipt"]


def test_it_keeps_a_row_for_every_question(cast: Cast) -> None:
    visit = load_visit(make_submitted_visit(cast, "V1"))
    rows = {answer.question: answer for answer in visit.answers}
    assert list(rows) == [question for section in LAYOUT for question in section]
    wait = rows["wait"]
    assert (wait.state, wait.value, wait.share) == ("scored", "240", 0.5)
    assert (wait.earned, wait.possible) == (Fraction(1), Fraction(2))
    assert (rows["heard"].state, rows["heard"].value, rows["heard"].share) == (
        "not_applicable",
        '"n/a"',
        None,
    )
    assert rows["features"].value == '"2"'


LAYOUT = (("wait", "name"), ("asked", "repeated"), ("heard", "facts"), ("features", "receipt", "wow"))


def test_it_keeps_the_answers_exactly_as_they_were_sent(reach: Reach, task: UUID) -> None:
    visit_id = open_visit(reach, task)
    raw = read_worked_answers("V1")
    raw["comments"]["wait"] = "Ждал «долго» — <b>4</b> минуты"
    assert isinstance(submit_visit(reach, visit_id, raw, at=SENT_AT), Submitted)
    kept = load_visit(visit_id).raw_answers
    assert kept is not None
    assert list(json.loads(kept)["answers"].items()) == list(raw["answers"].items())
    assert json.loads(kept) == raw


def test_it_answers_a_second_submit_the_same_and_changes_nothing(reach: Reach, task: UUID) -> None:
    visit_id = open_visit(reach, task)
    raw = read_worked_answers("V1")
    first = submit_visit(reach, visit_id, raw, at=SENT_AT)
    second = submit_visit(reach, visit_id, raw)
    assert isinstance(first, Submitted)
    assert isinstance(second, Submitted)
    assert (first.again, second.again, second.differs) == (False, True, False)
    assert second.submitted_at == first.submitted_at == SENT_AT
    assert db.session.scalars(select(DraftCopy)).all() == []


def test_it_keeps_other_answers_that_arrive_after_the_visit_was_sent(reach: Reach, task: UUID) -> None:
    visit_id = open_visit(reach, task)
    submit_visit(reach, visit_id, read_worked_answers("V1"), at=SENT_AT)
    other = read_worked_answers("V2")
    result = submit_visit(reach, visit_id, other)
    assert isinstance(result, Submitted)
    assert (result.again, result.differs) == (True, True)
    assert load_visit(visit_id).base == Fraction(646, 9)
    copy = db.session.scalars(select(DraftCopy)).one()
    assert (copy.visit_id, json.loads(copy.content), copy.revision) == (visit_id, other, None)


def test_it_names_every_problem_at_once_and_stays_a_draft(reach: Reach, task: UUID) -> None:
    """SC-10 and the required answers; nothing is written."""
    visit_id = open_visit(reach, task)
    raw = {
        "visit": {"date": "2026-11-05"},
        "answers": {"wait": "1e999", "name": "maybe", "asked": 4, "receipt": "no", "ghost": "yes"},
        "comments": {"asked": "x" * 100_000},
    }
    refused = submit_visit(reach, visit_id, raw, at=SENT_AT)
    assert isinstance(refused, Refused)
    found = [(problem.place.question, problem.code) for problem in refused.problems]
    assert found == [
        (None, "question_unknown"),
        ("wait", "answer_duration"),
        ("name", "answer_yes_no"),
        ("asked", "answer_text"),
        ("repeated", "answer_missing"),
        ("heard", "answer_missing_or_na"),
        ("facts", "answer_missing_or_na"),
        ("features", "answer_missing"),
        ("receipt", "comment_missing"),
    ]
    assert refused.faults == (FactFault.TIME_MISSING,)
    visit = load_visit(visit_id)
    assert (visit.state, visit.raw_answers, visit.answers, visit.sections) == ("draft", None, [], [])


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (None, FactFault.DATE_MISSING),
        ("", FactFault.DATE_MISSING),
        ("2026-11-05", FactFault.TIME_MISSING),
        ("yesterdayT14:30", FactFault.MOMENT_UNREADABLE),
        ("2026-11-05T25:00", FactFault.MOMENT_UNREADABLE),
        ("0001-01-01T00:00", FactFault.MOMENT_UNREADABLE),
        ("2026-11-05T14:30+03:00", FactFault.MOMENT_UNREADABLE),
        (["2026"], FactFault.TIME_MISSING),
        ("2026-11-05T18:16", FactFault.IN_FUTURE),
        ("2025-11-05T14:30", FactFault.TOO_EARLY),
    ],
)
def test_it_asks_for_a_possible_moment_of_the_visit(
    reach: Reach, typed: object, fault: FactFault, task: UUID
) -> None:
    visit_id = open_visit(reach, task)
    raw = {**read_worked_answers("V1"), "visit": {"date": typed}}
    refused = submit_visit(reach, visit_id, raw, at=SENT_AT)
    assert isinstance(refused, Refused)
    assert (refused.problems, refused.faults) == ((), (fault,))


def test_it_forgives_a_phone_clock_that_runs_a_little_ahead(reach: Reach, task: UUID) -> None:
    visit_id = open_visit(reach, task)
    raw = {**read_worked_answers("V1"), "visit": {"date": "2026-11-05T18:14"}}
    assert isinstance(submit_visit(reach, visit_id, raw, at=SENT_AT), Submitted)


def test_it_keeps_a_late_visit_to_a_cancelled_assignment_and_says_so(reach: Reach, task: UUID) -> None:
    visit_id = open_visit(reach, task)
    assignment = db.session.get(Assignment, task)
    assert assignment is not None
    assignment.cancelled_at = now()
    db.session.commit()
    sent = submit_visit(reach, visit_id, read_worked_answers("V1"), at=SENT_AT)
    assert isinstance(sent, Submitted)
    assert (sent.cancelled, sent.set_aside) == (True, False)
    assert load_visit(visit_id).state == "submitted"


def test_it_sets_aside_a_second_visit_of_an_assignment(cast: Cast, reach: Reach, task: UUID) -> None:
    """The assignment was given to a colleague who sent his visit first; nobody's work is thrown away."""
    visit_id = open_visit(reach, task)
    lead = load_reach(cast.ours.users["lead"])
    draft = load_visit(visit_id)
    colleague = Visit(
        assignment_id=task,
        version_id=draft.version_id,
        unit_id=draft.unit_id,
        auditor_id=lead.user_id,
    )
    db.session.add(colleague)
    db.session.commit()
    raw = read_worked_answers("V1")
    assert isinstance(submit_visit(lead, colleague.id, raw, at=SENT_AT), Submitted)
    sent = submit_visit(reach, visit_id, raw, at=SENT_AT)
    assert isinstance(sent, Submitted)
    assert (sent.set_aside, sent.again) == (True, False)
    kept = load_visit(visit_id)
    assert (kept.state, kept.base, len(kept.answers)) == ("set_aside", Fraction(646, 9), 9)
    again = submit_visit(reach, visit_id, raw)
    assert isinstance(again, Submitted)
    assert (again.set_aside, again.again, again.differs) == (True, True, False)


def test_it_knows_nobody_elses_visit(cast: Cast, reach: Reach, task: UUID, their_task: UUID) -> None:
    theirs = open_visit(load_reach(cast.foreign.users["auditor"]), their_task)
    for attempt in (
        lambda: submit_visit(reach, theirs, read_worked_answers("V1")),
        lambda: save_draft(reach, theirs, {}, 0),
        lambda: open_visit(reach, their_task),
        lambda: open_visit(reach, task, theirs),
    ):
        with pytest.raises(NotYours):
            attempt()
        db.session.rollback()


def test_it_opens_one_draft_however_often_it_is_asked(cast: Cast, reach: Reach, task: UUID) -> None:
    first = open_visit(reach, task)
    assert open_visit(reach, task) == first
    assert open_visit(reach, task, cast.ours.company) == first
    assert db.session.scalars(select(Visit.id)).all() == [first]


def test_it_keeps_both_when_two_pages_saved_different_answers(reach: Reach, task: UUID) -> None:
    visit_id = open_visit(reach, task)
    one, other = {"answers": {"name": "yes"}}, {"answers": {"name": "no"}}
    assert save_draft(reach, visit_id, one, 0) == Saved(1)
    assert save_draft(reach, visit_id, one, 0) == Saved(1), "a repeated request is no clash"
    assert save_draft(reach, visit_id, other, 0) == Clash(1, one)
    assert save_draft(reach, visit_id, other, 0) == Clash(1, one)
    assert json.loads(load_visit(visit_id).draft) == one
    kept = {copy.content for copy in db.session.scalars(select(DraftCopy))}
    assert kept == {'{"answers":{"name":"yes"}}', '{"answers":{"name":"no"}}'}
    assert save_draft(reach, visit_id, other, 1) == Saved(2)


def test_it_keeps_in_the_draft_whatever_was_typed(reach: Reach, task: UUID) -> None:
    visit_id = open_visit(reach, task)
    raw = {
        "answers": {"wait": "five\x00minutes", "asked": "\ud800", "x": ["?"]},
        "comments": {"wait": "я" * 100_000},
    }
    assert save_draft(reach, visit_id, raw, 0) == Saved(1)
    assert json.loads(load_visit(visit_id).draft) == raw
