"""Asking for the reports of a list as one ZIP: exactly what the list shows, once for each page."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.database import db
from mystery.models import Job
from mystery.visits import actions, views
from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]


def list_ordered() -> list[set[UUID]]:
    """The visits of each archive that was asked for."""
    db.session.rollback()
    subjects = db.session.scalars(select(Job.subject).where(Job.kind == "pack_reports"))
    return [{UUID(visit) for visit in json.loads(subject)["visits"]} for subject in subjects]


def test_it_orders_what_the_list_shows_and_no_more(client_of: Browser, cast: Cast) -> None:
    wanted = make_submitted_visit(cast)
    make_submitted_visit(cast, employee="Вера", unit="S1")
    make_submitted_visit(cast, foreign=True)
    browser = client_of("lead")
    assert "/visits/archive?text=" in browser.get("/visits/?text=Анна").text
    answer = browser.post("/visits/archive?text=Анна", data={"key": str(uuid4()), "language": "en"})
    assert list_ordered() == [{wanted}]
    assert browser.get(answer.location).status_code == 200


def test_it_orders_only_what_this_person_may_read(client_of: Browser, cast: Cast) -> None:
    own = make_submitted_visit(cast)
    make_submitted_visit(cast, employee="Вера", unit="S1")
    client_of("employee").post("/visits/archive", data={"key": str(uuid4()), "language": "ru"})
    assert list_ordered() == [{own}]


def test_it_takes_a_second_click_for_the_first(client_of: Browser, cast: Cast) -> None:
    make_submitted_visit(cast)
    browser, form = client_of("lead"), {"key": str(uuid4()), "language": "ru"}
    answers = [browser.post("/visits/archive", data=form) for _click in range(2)]
    assert answers[0].location == answers[1].location
    assert len(list_ordered()) == 1


def test_it_says_what_to_do_with_more_than_one_zip_holds(
    client_of: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (actions, views):
        monkeypatch.setattr(place, "MOST_REPORTS", 1)
    make_submitted_visit(cast)
    make_submitted_visit(cast)
    browser = client_of("lead")
    page = browser.get("/visits/").text
    assert "/visits/archive" not in page
    answer = browser.post("/visits/archive", data={"key": str(uuid4()), "language": "ru"})
    assert answer.status_code == 404
    assert list_ordered() == []


def test_it_lets_a_person_have_a_few_archives_at_work(client_of: Browser, cast: Cast) -> None:
    make_submitted_visit(cast)
    browser = client_of("lead")
    for _ in range(4):
        answer = browser.post("/visits/archive", data={"key": str(uuid4()), "language": "ru"})
    assert answer.location == "/archives/"
    assert len(list_ordered()) == 3


@pytest.mark.parametrize(
    "form", [{}, {"key": "1", "language": "ru"}, {"key": str(UUID(int=1)), "language": "xx"}]
)
def test_it_refuses_what_no_page_of_ours_sends(client_of: Browser, cast: Cast, form: dict[str, str]) -> None:
    make_submitted_visit(cast)
    assert client_of("lead").post("/visits/archive", data=form).status_code == 400
    assert list_ordered() == []
