"""Correcting an answer: the numbers follow, what was sent stays, and everything is on record."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from checklists.scoring import score_visit
from mystery.access.scopes import NotYours, load_reach
from mystery.clock import set_to
from mystery.comparisons.queries import ComparisonScope, list_checklists, list_staff_visits
from mystery.database import db
from mystery.models import User, VisitSection
from mystery.review.correcting import (
    Change,
    NotCorrected,
    Refusal,
    correct_answer,
    foresee_correction,
)
from mystery.review.corrections import read_corrections
from mystery.sheets.corrected_visit import count_corrected, count_sent
from mystery.sheets.raw_sheet import write_raw
from tests.cast import Cast
from tests.factories import make_submitted_visit, read_worked_answers
from tests.review.corrections import (
    REASON,
    correct,
    make_chain_visit,
    propose,
    read_answers,
    read_rows,
)
from tests.review.desk import ARRIVED, make_held_visit, read_visit
from tests.review.test_racing import AT_ONCE, race


def test_it_works_the_whole_visit_out_anew(cast: Cast) -> None:
    """SC-04: V1 with all product features described is 646/9 with 100 in place of 60 in product."""
    visit_id = make_submitted_visit(cast)
    change = correct(cast, visit_id, "features", "4")
    assert isinstance(change, Change)
    visit = read_visit(visit_id)
    assert change.before.base == Fraction(646, 9)
    assert visit.base == change.after.base == (20 * Fraction(200, 3) + 30 * 85 + 25 * 100) / 75
    assert visit.base is not None
    assert visit.final is not None
    assert visit.final == visit.base + 5, "the bonus still counts (SC-06)"
    assert (visit.base_percent, visit.final_percent) == (float(visit.base), float(visit.final))
    assert (visit.band, visit.coverage) == ("excellent", Fraction(3, 4)), "with the bonus it is above 90"
    assert read_answers(visit_id)["features"] == ("scored", '"4"', 4, 4)
    sections = dict(
        db.session.execute(
            select(VisitSection.section, VisitSection.percent).where(VisitSection.visit_id == visit_id)
        ).all()
    )
    assert sections["product"] == 100
    assert len(sections) == 4


def test_it_lets_a_corrected_critical_answer_knock_out_and_takes_the_bonus(cast: Cast) -> None:
    """SC-05, SC-06: no receipt caps the visit at 60, and no bonus is added to what was knocked out."""
    visit_id = make_submitted_visit(cast)
    correct(cast, visit_id, "receipt", "no")
    visit = read_visit(visit_id)
    assert (visit.knocked_out, visit.final) == (True, Fraction(60))
    correct(cast, visit_id, "receipt", "yes", seen=1)
    visit = read_visit(visit_id)
    assert (visit.knocked_out, visit.final) == (False, Fraction(691, 9))


def test_it_leaves_what_was_sent_and_can_always_recompute_its_score(cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    correct(cast, visit_id, "features", "0")
    correct(cast, visit_id, "wait", 100, seen=1)
    visit = read_visit(visit_id)
    assert visit.raw_answers == write_raw(read_worked_answers("V1"))
    sent = count_sent(visit)
    assert (sent.card.base, sent.card.final) == (Fraction(646, 9), Fraction(691, 9))
    counted = count_corrected(visit)
    assert visit.base == counted.card.base == score_visit(counted.checklist, counted.sheet).base


def test_it_keeps_every_correction_with_its_reason_and_the_last_one_counts(cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    with set_to(ARRIVED):
        correct(cast, visit_id, "features", "4")
        correct(cast, visit_id, "features", "0", seen=1, reason="Нет, всё-таки никак.")
    rows = read_rows(visit_id)
    assert [(row.number, row.before, row.after, row.reason) for row in rows] == [
        (1, '"2"', '"4"', REASON),
        (2, '"4"', '"0"', "Нет, всё-таки никак."),
    ]
    assert {(row.occasion, row.corrected_by_id, row.corrected_at) for row in rows} == {
        ("review", cast.ours.users["lead"], ARRIVED)
    }
    assert read_answers(visit_id)["features"][1] == '"0"'


def test_it_is_undone_by_another_correction(cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    before = read_answers(visit_id)
    correct(cast, visit_id, "features", "4")
    correct(cast, visit_id, "features", "2", seen=1, reason="Ошиблись при проверке.")
    visit = read_visit(visit_id)
    assert (visit.base, visit.final) == (Fraction(646, 9), Fraction(691, 9))
    assert read_answers(visit_id) == before
    assert len(read_rows(visit_id)) == 2


def test_it_takes_an_answer_out_of_the_visit_where_it_does_not_apply(cast: Cast) -> None:
    """SC-02: what does not apply is not in the visit, and coverage says so."""
    visit_id = make_submitted_visit(cast, "V2")
    correct(cast, visit_id, "heard", "n/a")
    assert read_answers(visit_id)["heard"][:2] == ("not_applicable", '"n/a"')
    assert read_visit(visit_id).coverage == Fraction(17, 20)
    correct(cast, visit_id, "facts", "n/a", seen=1)
    assert read_visit(visit_id).coverage == Fraction(3, 4)


def test_it_hides_and_shows_what_depends_on_the_answer(cast: Cast) -> None:
    """SC-02: a question whose condition no longer holds leaves the visit, and all that hang on it."""
    visit_id = make_chain_visit(cast, {"offered": "yes", "named": "no", "why": "Спешил.", "shelf": "yes"})
    change = correct(cast, visit_id, "offered", "no")
    assert isinstance(change, Change)
    assert change.went == ("named", "why")
    states = {question: row[0] for question, row in read_answers(visit_id).items()}
    assert (states["named"], states["why"]) == ("hidden", "hidden")
    back = correct(cast, visit_id, "offered", "yes", seen=1)
    assert isinstance(back, Change)
    assert (back.came, back.unanswered) == (("named", "why"), ())
    assert read_answers(visit_id)["named"][:2] == ("scored", '"no"'), "the auditor's answer counts again"


def test_it_names_questions_that_a_correction_opens_and_takes_their_answers(cast: Cast) -> None:
    visit_id = make_chain_visit(cast, {"offered": "no", "shelf": "yes"})
    reach = load_reach(cast.ours.users["lead"])
    change = correct(cast, visit_id, "offered", "yes")
    assert isinstance(change, Change)
    assert (change.came, change.unanswered) == (("named",), ("named",))
    corrections = read_corrections(reach, visit_id)
    assert corrections is not None
    assert corrections.opened == ("named",)
    assert isinstance(correct(cast, visit_id, "named", "yes", seen=1), Change)
    assert read_rows(visit_id)[1].before is None
    corrections = read_corrections(reach, visit_id)
    assert corrections is not None
    assert corrections.opened == ("why",)
    assert "why" in corrections.correctable


def test_it_corrects_nothing_that_is_not_asked(cast: Cast) -> None:
    visit_id = make_chain_visit(cast, {"offered": "no", "shelf": "yes"})
    assert correct(cast, visit_id, "named", "yes") is NotCorrected.NOT_ASKED
    with pytest.raises(NotYours):
        correct(cast, visit_id, "no-such-question", "yes")
    assert read_rows(visit_id) == []


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [
        ("wait", "скоро", "answer_duration"),
        ("asked", 6, "answer_scale"),
        ("features", "3", "answer_option"),
        ("name", None, "answer_missing"),
        ("heard", None, "answer_missing_or_na"),
        ("receipt", "n/a", "answer_not_applicable"),
    ],
)
def test_it_refuses_what_an_auditor_could_not_send_either(
    cast: Cast, question: str, answer: Any, code: str
) -> None:
    visit_id = make_submitted_visit(cast)
    refusal = correct(cast, visit_id, question, answer)
    assert isinstance(refusal, Refusal)
    assert [problem.code for problem in refusal.problems] == [code]
    assert read_rows(visit_id) == []
    assert read_visit(visit_id).base == Fraction(646, 9)


def test_it_refuses_the_answer_that_counts_already(cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    assert correct(cast, visit_id, "features", "2") == Refusal(is_same=True)


def test_it_takes_the_reason_for_the_comment_that_an_answer_needs(cast: Cast) -> None:
    """SC-10: "no" on a critical question has to be explained, and the reason explains it."""
    visit_id = make_submitted_visit(cast)
    assert isinstance(correct(cast, visit_id, "receipt", "no"), Change)
    db.session.expire_all()
    assert read_visit(visit_id).answers[7].comment == "", "nothing is put into the auditor's mouth"


def test_it_asks_for_no_photo_that_was_missing_before(cast: Cast) -> None:
    visit_id = make_chain_visit(cast, {"offered": "no", "shelf": "yes"})
    assert isinstance(correct(cast, visit_id, "shelf", "no"), Change)


@pytest.mark.parametrize(
    "reason", ["Так решила AUDITOR  Lavka.", "lavka auditor ошибся", "см. auditor@lavka.example"]
)
def test_it_refuses_a_reason_that_names_the_auditor(cast: Cast, reason: str) -> None:
    visit_id = make_submitted_visit(cast)
    assert correct(cast, visit_id, "features", "4", reason=reason) == Refusal(names_auditor=True)
    assert read_rows(visit_id) == []


def test_it_changes_nothing_that_somebody_else_changed_meanwhile(cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    correct(cast, visit_id, "wait", 100)
    assert correct(cast, visit_id, "features", "4") is NotCorrected.CHANGED_MEANWHILE
    assert len(read_rows(visit_id)) == 1


def test_it_takes_a_button_pressed_twice_for_one(cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    correct(cast, visit_id, "features", "4")
    assert correct(cast, visit_id, "features", "4") is NotCorrected.ALREADY
    assert len(read_rows(visit_id)) == 1


def test_it_corrects_once_of_twenty_at_once(app: Flask, cast: Cast) -> None:
    """Two leads and an impatient finger: one correction stands, and its numbers with it."""
    visit_id, reach = make_submitted_visit(cast), load_reach(cast.ours.users["lead"])

    def run(number: int) -> object:
        result = correct_answer(reach, visit_id, propose("wait", number, reason=f"Причина {number}."))
        return type(result) if isinstance(result, Change) else result

    outcomes = race(app, run)
    assert outcomes == {Change: 1, NotCorrected.CHANGED_MEANWHILE: AT_ONCE - 1}
    rows, visit = read_rows(visit_id), read_visit(visit_id)
    assert len(rows) == 1
    assert read_answers(visit_id)["wait"][1] == rows[0].after
    assert visit.base == count_corrected(visit).card.base


def test_it_foresees_and_changes_nothing(cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    change = foresee_correction(load_reach(cast.ours.users["lead"]), visit_id, propose("features", "4"))
    assert isinstance(change, Change)
    assert change.after.base != change.before.base
    assert read_visit(visit_id).base == change.before.base
    assert read_rows(visit_id) == []


def test_it_corrects_only_what_counts(cast: Cast) -> None:
    assert correct(cast, make_held_visit(cast), "features", "4") is NotCorrected.NOT_COUNTING


@pytest.mark.parametrize("role", ["auditor", "manager", "hr", "employee", "administrator"])
def test_it_is_nobody_elses_to_correct(cast: Cast, role: str) -> None:
    visit_id = make_submitted_visit(cast)
    for company in (cast.ours, cast.foreign):
        with pytest.raises(NotYours):
            correct_answer(load_reach(company.users[role]), visit_id, propose("features", "4"))
    with pytest.raises(NotYours):
        correct_answer(load_reach(cast.foreign.users["lead"]), visit_id, propose("features", "4"))


def test_it_feeds_comparisons_with_the_corrected_score(cast: Cast) -> None:
    """SC-07: the base that counts is the one that statistics read."""
    visit_id = make_submitted_visit(cast)
    correct(cast, visit_id, "features", "4")
    base = read_visit(visit_id).base_percent
    reach = load_reach(cast.ours.users["hr"])
    offered = list_checklists(reach)[0]
    scope = ComparisonScope(offered.company_id, offered.checklist_id)
    assert [row.base for row in list_staff_visits(reach, scope)] == [base]


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE answer_correction SET after = '\"0\"'", "correction_is_frozen"),
        ("UPDATE answer_correction SET before = NULL", "correction_is_frozen"),
        ("UPDATE answer_correction SET reason = 'иначе'", "correction_is_frozen"),
        ("DELETE FROM answer_correction", "correction_stays"),
    ],
)
def test_it_stays_as_it_was_made(cast: Cast, statement: str, rule: str) -> None:
    correct(cast, make_submitted_visit(cast), "features", "4")
    with pytest.raises(DatabaseError, match=rule):
        db.session.execute(text(statement))
    db.session.rollback()


def test_it_outlives_the_account_of_who_corrected(cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    correct(cast, visit_id, "features", "4")
    db.session.execute(text("UPDATE answer_correction SET corrected_by_id = NULL"))
    db.session.commit()
    corrections = read_corrections(load_reach(cast.ours.users["lead"]), visit_id)
    assert corrections is not None
    assert [each.person for each in corrections.made] == [None]
    assert db.session.get(User, cast.ours.users["lead"]) is not None
