"""The pages on which an answer is corrected: asked as in the checklist, weighed first, and told to all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import User
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.review.corrections import REASON, correct, make_chain_visit, read_rows
from tests.review.desk import make_held_visit, read_visit

Browsers = Callable[..., FlaskClient]


@pytest.fixture
def lead(client_of: Browsers, cast: Cast) -> FlaskClient:
    """The browser of our lead, who reads English."""
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    db.session.commit()
    return client_of("lead")


def post(lead: FlaskClient, visit_id: UUID, question: str = "features", **form: Any) -> tuple[int, str]:
    """Status and text of the page that answers; what is not said is as an untouched page has it."""
    sent = {"answer": "4", "reason": REASON, "seen": "0", **form}
    answer = lead.post(f"/review/{visit_id}/answers/{question}/correct", data=sent)
    return answer.status_code, answer.get_data(as_text=True)


def read_words(page: str) -> str:
    """A page without markup and runs of blanks."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_it_asks_the_question_as_the_checklist_does(lead: FlaskClient, cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    page = lead.get(f"/review/{visit_id}/answers/features/correct").get_data(as_text=True)
    assert 'value="2" checked' in page, "what counts now is chosen"
    words = read_words(page)
    for text in ("How did the employee describe the product?", "Fully", "Not at all", "Counts now Partly"):
        assert text in words


@pytest.mark.parametrize("question", ["wait", "name", "asked", "heard", "features", "receipt", "wow"])
def test_it_can_ask_every_kind(lead: FlaskClient, cast: Cast, question: str) -> None:
    visit_id = make_submitted_visit(cast)
    answer = lead.get(f"/review/{visit_id}/answers/{question}/correct")
    assert answer.status_code == 200
    assert 'name="answer"' in answer.get_data(as_text=True)


def test_it_shows_both_scores_and_asks_before_it_corrects(lead: FlaskClient, cast: Cast) -> None:
    """SC-04: 691/9 is 76.8, and 90.1 with the product fully described."""
    visit_id = make_submitted_visit(cast)
    status, page = post(lead, visit_id)
    words = read_words(page)
    assert status == 200
    assert "Result 76.8 out of 100, Satisfactory 90.1 out of 100, Excellent" in words
    assert "Product knowledge 60.0 100.0" in words
    assert "Greeting" not in words, "only sections that change"
    assert read_rows(visit_id) == []
    answer = lead.post(
        f"/review/{visit_id}/answers/features/correct",
        data={"answer": "4", "reason": REASON, "seen": "0", "step": "confirm"},
    )
    assert (answer.status_code, answer.location) == (303, f"/review/{visit_id}#q-features")
    page = read_words(lead.get(f"/review/{visit_id}").get_data(as_text=True))
    assert "The answer is corrected" in page
    assert f"Partly → corrected to Fully {REASON}" in page
    assert "Counts now: Fully" in page
    assert "Result as sent: 76.8 out of 100, Satisfactory. Now: 90.1 out of 100, Excellent." in page
    assert len(read_rows(visit_id)) == 1


def test_it_goes_back_to_change_something_and_keeps_what_was_entered(lead: FlaskClient, cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    status, page = post(lead, visit_id, step="edit")
    assert status == 200
    assert 'value="4" checked' in page
    assert REASON in page
    assert 'role="alert"' not in page


def test_it_says_beside_the_field_what_is_wrong_and_loses_nothing(lead: FlaskClient, cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    status, page = post(lead, visit_id, "wait", answer=["много", ""], step="confirm")
    assert status == 422
    assert 'id="answer-problem"' in page
    assert "Enter minutes and seconds as whole numbers" in page
    assert 'value="много"' in page
    assert REASON in page
    status, page = post(lead, visit_id, reason="  ", step="confirm")
    assert status == 422
    assert 'id="reason-problem"' in page
    assert 'value="4" checked' in page
    status, page = post(lead, visit_id, answer="2")
    assert status == 422
    assert "This answer counts already" in page
    assert read_rows(visit_id) == []


@pytest.mark.parametrize(
    "form",
    [
        {"answer": "\0"},
        {"answer": ["4", "2"]},
        {"answer": "x" * 100_000},
        {"reason": "н" * 1001},
        {"reason": "\0\0"},
    ],
)
def test_it_answers_absurd_entries_with_a_message(
    lead: FlaskClient, cast: Cast, form: dict[str, Any]
) -> None:
    visit_id = make_submitted_visit(cast)
    status, page = post(lead, visit_id, **form, step="confirm")
    assert status == 422
    assert "field-problem" in page
    assert read_rows(visit_id) == []


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 40])
def test_it_takes_a_nonsense_count_for_a_stale_page(lead: FlaskClient, cast: Cast, seen: str) -> None:
    visit_id = make_submitted_visit(cast)
    assert post(lead, visit_id, seen=seen, step="confirm")[0] == 409
    assert read_rows(visit_id) == []


def test_it_tells_the_second_of_two_leads_what_the_first_did(lead: FlaskClient, cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    correct(cast, visit_id, "wait", 100, reason="Таймер шёл дольше.")
    status, page = post(lead, visit_id, reason="Моя причина.", step="confirm")
    words = read_words(page)
    assert status == 409
    assert "this visit was corrected since you opened the page" in words
    assert "Таймер шёл дольше." in words
    assert "lead lavka" in words
    assert "Моя причина." in page, "what was entered stands"
    assert 'value="1"' in page, "and can be sent again, now that it was seen"
    assert post(lead, visit_id, seen="1", step="confirm")[0] == 303


def test_it_corrects_nothing_of_a_visit_that_does_not_count(lead: FlaskClient, cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    for answer in (
        lead.get(f"/review/{visit_id}/answers/features/correct"),
        lead.post(f"/review/{visit_id}/answers/features/correct", data={"answer": "4", "reason": REASON}),
    ):
        assert answer.status_code == 303
    assert "Only the answers of a visit that counts" in lead.get(answer.location).get_data(as_text=True)
    assert "/correct" not in lead.get(f"/review/{visit_id}").get_data(as_text=True)


def test_it_knows_only_questions_of_this_checklist(lead: FlaskClient, cast: Cast) -> None:
    visit_id = make_submitted_visit(cast)
    assert lead.get(f"/review/{visit_id}/answers/nothing/correct").status_code == 404
    assert post(lead, visit_id, "nothing")[0] == 404


def test_it_leads_to_questions_that_a_correction_opened(lead: FlaskClient, cast: Cast) -> None:
    visit_id = make_chain_visit(cast, {"offered": "no", "shelf": "yes"})
    _status, page = post(lead, visit_id, "offered", answer="yes")
    assert "Nobody has answered these" in page
    correct(cast, visit_id, "offered", "yes")
    page = lead.get(f"/review/{visit_id}").get_data(as_text=True)
    assert "A correction brought these questions into the visit" in page
    assert f"/review/{visit_id}/answers/named/correct" in page


def test_it_is_read_by_the_employee_with_both_answers_and_the_reason(
    client_of: Browsers, lead: FlaskClient, cast: Cast
) -> None:
    visit_id = make_submitted_visit(cast)
    assert post(lead, visit_id, step="confirm")[0] == 303
    for role in ("employee", "manager", "hr"):
        page = read_words(client_of(role).get(f"/visits/{visit_id}").get_data(as_text=True))
        assert "Частично → исправлено на Полно" in page or "Частично → corrected to Полно" in page
        assert REASON in page
        assert "90,1" in page
        assert "lead lavka" not in page.split("Кто открывал")[0], "who corrected is not said to them"
        assert "auditor" not in page


def test_it_leads_the_lead_from_the_visit_to_the_desk(
    client_of: Browsers, lead: FlaskClient, cast: Cast
) -> None:
    visit_id = make_submitted_visit(cast)
    assert f'href="/review/{visit_id}"' in lead.get(f"/visits/{visit_id}").get_data(as_text=True)
    for role in ("employee", "manager", "hr"):
        assert f'href="/review/{visit_id}"' not in client_of(role).get(f"/visits/{visit_id}").get_data(
            as_text=True
        )


def test_it_prints_what_was_corrected(client_of: Browsers, cast: Cast) -> None:
    """The printed report is made anew, and its embedded record has the corrected answer."""
    visit_id = make_submitted_visit(cast)
    manager = client_of("manager")
    before = manager.get(f"/visits/{visit_id}/report.pdf").data
    correct(cast, visit_id, "features", "4")
    after = manager.get(f"/visits/{visit_id}/report.pdf").data
    assert before != after
    assert read_visit(visit_id).raw_answers is not None
