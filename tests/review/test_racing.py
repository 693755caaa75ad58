"""Several reviewers at once over one real database file: one decision stands, and the others are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from mystery.access.scopes import load_reach
from mystery.database import db
from mystery.models import Answer, DraftCopy, FlagKind, VisitState
from mystery.review.actions import Outcome, return_visit, settle_flag, take_visit
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.review.desk import make_held_visit, raise_flag, read_flag, read_visit

AT_ONCE = 20


def race(app: Flask, run: Callable[[int], object]) -> Counter[object]:
    """What so many threads got when all of them ran at once, each as a request of its own does."""
    db.session.remove()

    def run_alone(number: int) -> object:
        with app.app_context():
            try:
                return run(number)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(run_alone, range(AT_ONCE)))


def test_it_takes_a_visit_once_of_twenty_at_once(app: Flask, cast: Cast) -> None:
    visit_id, reach = make_held_visit(cast), load_reach(cast.ours.users["lead"])
    outcomes = race(app, lambda _number: take_visit(reach, visit_id, {}))
    assert outcomes == {Outcome.DONE: 1, Outcome.ALREADY: AT_ONCE - 1}
    assert db.session.scalar(select(func.count()).where(Answer.visit_id == visit_id)) == 9


def test_it_either_takes_or_returns(app: Flask, cast: Cast) -> None:
    visit_id, reach = make_held_visit(cast), load_reach(cast.ours.users["lead"])

    def decide(number: int) -> object:
        if number % 2:
            return take_visit(reach, visit_id, {})
        return return_visit(reach, visit_id, f"Причина {number}.")

    assert race(app, decide) == {Outcome.DONE: 1, Outcome.ALREADY: AT_ONCE - 1}
    visit, flag = read_visit(visit_id), read_flag(visit_id)
    is_taken = visit.state == VisitState.SUBMITTED.value
    assert flag.decision == ("accepted" if is_taken else "returned")
    assert bool(visit.returned_reason) is not is_taken
    assert bool(db.session.scalars(select(DraftCopy)).all()) is not is_taken


def test_it_settles_a_flag_once(app: Flask, cast: Cast) -> None:
    visit_id, reach = make_submitted_visit(cast), load_reach(cast.ours.users["lead"])
    flag = raise_flag(visit_id, FlagKind.CLOCK, {"seconds": 4000})
    outcomes = race(app, lambda _number: settle_flag(reach, visit_id, flag))
    assert outcomes == {Outcome.DONE: 1, Outcome.ALREADY: AT_ONCE - 1}


def test_it_answers_every_tap_with_a_page(
    app: Flask, cast: Cast, client_of: Callable[..., FlaskClient]
) -> None:
    visit_id = make_held_visit(cast)
    browsers = [client_of("lead") for _ in range(AT_ONCE)]
    statuses = race(app, lambda number: browsers[number].post(f"/review/{visit_id}/take").status_code)
    assert statuses == {303: AT_ONCE}
    assert read_visit(visit_id).state == VisitState.SUBMITTED.value
