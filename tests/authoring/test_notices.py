"""Without a record that staff were told, no programme opens; a record is added and never changed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.authoring.actions import record_notice
from mystery.authoring.notice_terms import NoticeFault, NoticeTerms
from mystery.clock import set_to
from mystery.database import db
from mystery.models import Notice, Unit
from tests.cast import Cast

GOOD = {"given_on": "2026-03-01", "purpose": "bonus", "text": "С марта визиты входят в расчёт премии."}


def notices_of(company: object) -> list[Notice]:
    """The records of a company, the newest record first."""
    db.session.expire_all()
    query = select(Notice).where(Notice.company_id == company).order_by(Notice.recorded_at.desc())
    return list(db.session.scalars(query))


def test_it_records_when_in_what_words_and_what_for(author: FlaskClient, cast: Cast) -> None:
    answer = author.post("/checklists/notices", data=GOOD)
    assert answer.status_code == 303
    newest, planted = notices_of(cast.ours.company)
    assert (newest.given_on, newest.purpose, newest.text) == (date(2026, 3, 1), "bonus", GOOD["text"])
    assert newest.recorded_by_id == cast.ours.users["lead"]
    assert planted.given_on == date(2026, 1, 15)


def test_it_shows_all_records_and_which_is_in_force(author: FlaskClient, cast: Cast) -> None:
    author.post("/checklists/notices", data=GOOD)
    page = author.get("/checklists/notices").get_data(as_text=True)
    days = re.findall(r"<h3>([^<]*?) ?(<span|</h3>)", page)
    assert [day.strip() for day, _tag in days] == ["1 March 2026", "15 January 2026"]
    assert page.count("in force") == 1
    assert page.index("in force") < page.index("15 January 2026")


def test_it_shows_readers_the_notice_without_the_form(
    client_of: Callable[..., FlaskClient], cast: Cast
) -> None:
    page = client_of("hr").get("/checklists/notices").get_data(as_text=True)
    assert "Проверки идут весь год." in page
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_on", ""),
        ("given_on", "tomorrow"),
        ("given_on", "2999-01-01"),
        ("given_on", "1926-01-01"),
        ("given_on", "0001-01-01"),
        ("text", ""),
        ("text", "   \n "),
        ("text", "ы" * 100_000),
        ("purpose", ""),
        ("purpose", "punishment"),
        ("purpose", "\0"),
    ],
)
def test_it_refuses_what_cannot_be_beside_the_field(
    author: FlaskClient, cast: Cast, field: str, value: str
) -> None:
    answer = author.post("/checklists/notices", data={**GOOD, field: value})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert re.search(rf'id="{field}-problem">\s*\S', page)
    if field != "text":
        assert html.escape(GOOD["text"]) in page
    assert len(notices_of(cast.ours.company)) == 1


def test_it_takes_today_by_the_calendar_of_the_company(cast: Cast, lead: Reach) -> None:
    db.session.get_one(Unit, cast.ours.company).time_zone = "Asia/Vladivostok"
    db.session.commit()
    terms = NoticeTerms(date(2026, 11, 22), "Текст", "training")
    with set_to(datetime(2026, 11, 21, 15, tzinfo=UTC)):
        assert record_notice(lead, cast.ours.company, terms).id is not None
    with set_to(datetime(2026, 11, 21, 13, tzinfo=UTC)):
        assert record_notice(lead, cast.ours.company, terms).faults == (NoticeFault.DAY_AHEAD,)


def test_it_lets_only_the_lead_of_the_whole_company_record(cast: Cast) -> None:
    terms = NoticeTerms(date(2026, 3, 1), "Текст", "training")
    for role in ("manager", "hr", "administrator", "auditor", "employee"):
        with pytest.raises(NotYours):
            record_notice(load_reach(cast.ours.users[role]), cast.ours.company, terms)
    with pytest.raises(NotYours):
        record_notice(load_reach(cast.ours.users["lead"]), cast.foreign.company, terms)


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "{{7*7}}", "%(x)s"])
def test_it_prints_the_text_verbatim(author: FlaskClient, cast: Cast, payload: str) -> None:
    form: dict[str, Any] = {**GOOD, "text": payload}
    author.post("/checklists/notices", data=form)
    page = author.get("/checklists/notices").get_data(as_text=True)
    assert html.escape(payload) in page
    if "<" in payload:
        assert payload not in page


def test_it_asks_for_the_company_where_there_are_several(author_of_two: FlaskClient, cast: Cast) -> None:
    refused = author_of_two.post("/checklists/notices", data=GOOD)
    assert refused.status_code == 422
    assert 'id="company-problem"' in refused.get_data(as_text=True)
    author_of_two.post("/checklists/notices", data={**GOOD, "company": str(cast.foreign.company)})
    assert len(notices_of(cast.foreign.company)) == 2
    assert len(notices_of(cast.ours.company)) == 1


def test_it_says_on_the_list_of_checklists_that_staff_must_be_told(author: FlaskClient, cast: Cast) -> None:
    assert "Record the notice" not in author.get("/checklists/").get_data(as_text=True)
    db.session.query(Notice).delete()
    db.session.commit()
    page = author.get("/checklists/").get_data(as_text=True)
    assert "Record the notice given to staff" in page
