"""The page of one visit prints the arithmetic that anybody can add up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import User
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.page_words import read_words

Browser = Callable[..., FlaskClient]


def speak_english(cast: Cast) -> None:
    """Let our HR person read English."""
    user = db.session.get(User, cast.ours.users["hr"])
    assert user is not None
    user.language = "en"
    db.session.commit()


@pytest.mark.parametrize(
    ("answers", "figures"),
    [("V1", ["76.8", "71.78", "66.67", "85.00"]), ("V2", ["60.0", "68.50", "100.00", "45.00"])],
)
def test_it_prints_the_worked_visits_as_scoring_says(
    client_of: Browser, cast: Cast, answers: str, figures: list[str]
) -> None:
    """SC-11, with the two worked visits."""
    speak_english(cast)
    visit = make_submitted_visit(cast, answers)
    text = read_words(client_of("hr").get(f"/visits/{visit}").get_data(as_text=True))
    for figure in figures:
        assert figure in text


def test_it_writes_figures_and_dates_in_the_language_of_the_reader(client_of: Browser, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    russian = read_words(client_of("hr").get(f"/visits/{visit}").get_data(as_text=True))
    assert "76,8" in russian
    assert "5 ноября 2026" in russian
    speak_english(cast)
    english = read_words(client_of("hr").get(f"/visits/{visit}").get_data(as_text=True))
    assert "76.8" in english
    assert "5 November 2026" in english


def test_it_names_the_part_of_the_day_and_never_the_minute(client_of: Browser, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    text = read_words(client_of("manager").get(f"/visits/{visit}").get_data(as_text=True))
    assert "днём" in text
    assert "14:30" not in text


def test_it_answers_404_for_a_draft_and_for_what_is_not_there(client_of: Browser, cast: Cast) -> None:
    browser = client_of("lead")
    assert browser.get(f"/visits/{cast.ours.assignment}").status_code == 404
    assert browser.get("/visits/not-a-visit").status_code == 404


def test_it_shows_an_employee_his_own_visit_and_no_other(client_of: Browser, cast: Cast) -> None:
    own = make_submitted_visit(cast)
    other = make_submitted_visit(cast, unit="N2", employee="Борис")
    assert client_of("employee").get(f"/visits/{own}").status_code == 200
    assert client_of("employee").get(f"/visits/{other}").status_code == 404


def test_it_hides_a_visit_outside_the_managers_region(client_of: Browser, cast: Cast) -> None:
    south = make_submitted_visit(cast, unit="S1", employee="Вера")
    assert client_of("manager").get(f"/visits/{south}").status_code == 404
    assert client_of("manager").get(f"/visits/{south}/report.pdf").status_code == 404


def test_it_names_whom_the_badge_named_when_the_auditor_did_not_know_the_person(
    client_of: Browser, cast: Cast
) -> None:
    visit = make_submitted_visit(cast, employee=None, badge="Оля К.")
    assert "Оля К." in client_of("manager").get(f"/visits/{visit}").get_data(as_text=True)
    assert "Оля К." in client_of("manager").get("/visits/").get_data(as_text=True)
