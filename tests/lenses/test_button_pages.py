"""The loyalty button is recorded by month and shown with its response rate, strip and warning (LN-07)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.database import db
from mystery.models import ButtonCount
from tests.cast import Cast
from tests.lenses.routes import a_count, good_count
from tests.page_words import fetch_words

Browser = Callable[..., FlaskClient]


def list_counts() -> list[tuple[date, int, int, int | None]]:
    """What the database holds, by month."""
    db.session.expire_all()
    rows = db.session.scalars(select(ButtonCount).order_by(ButtonCount.month, ButtonCount.presses))
    return [(row.month, row.presses, row.dissatisfied, row.customers) for row in rows]


def test_it_records_a_month_and_replaces_what_was_recorded_for_it(client_of: Browser, cast: Cast) -> None:
    """One shop and month has one count, however often it is sent."""
    browser = client_of("hr")
    assert 'class="empty"' in browser.get("/lenses/button").get_data(as_text=True)
    for presses in ("100", "120"):
        answer = browser.post("/lenses/button/count", data=good_count(cast) | {"presses": presses})
        assert answer.status_code == 303
    assert list_counts() == [(date(2026, 10, 1), 120, 30, 4100)]


def test_it_never_shows_a_share_without_its_response_rate_and_warning(client_of: Browser, cast: Cast) -> None:
    """LN-07: 30 of 120 are p = 1/4, 1/7, 1/10 and 1/16 for r = 1, 2, 3 and 5."""
    browser = client_of("manager")
    browser.post("/lenses/button/counts", data={"counts": "N1;10.2026;100;25;4000\nN2\t2026-10\t20\t5\t100"})
    text = fetch_words(browser, "/lenses/button")
    assert "Недовольны 30 из 120 нажатий. Нажали 2,9 % покупателей (120 нажатий из 4 100)." in text
    assert "Кнопку чаще нажимают недовольные" in text
    for share in ("25 %, если все", "14 %, если", "10 %, если", "6 %, если"):
        assert share in text
    assert "октябрь 2026" in text
    browser.post("/lenses/button/counts", data={"counts": "N2; 2026-09; 7; 2"})
    unknown = fetch_words(browser, "/lenses/button")
    assert "Сколько было покупателей, неизвестно, поэтому доли не показаны." in unknown
    assert "если все" not in unknown
    one_shop = fetch_words(browser, "/lenses/button", unit=str(cast.ours.units["N1"]))
    assert "Исправить" in one_shop


def test_it_refuses_counts_that_cannot_be_and_keeps_what_was_entered(client_of: Browser, cast: Cast) -> None:
    """Each problem beside its field; nothing is recorded."""
    browser = client_of("hr")
    for changes in (
        {"dissatisfied": "121"},
        {"customers": "119"},
        {"month": "2999-01"},
        {"month": "soon"},
        {"presses": "-1"},
        {"presses": "9" * 30},
        {"unit": str(cast.foreign.units["N1"])},
    ):
        answer = browser.post("/lenses/button/count", data=good_count(cast) | changes)
        assert answer.status_code == 422, changes
    assert 'value="30"' in answer.get_data(as_text=True)
    assert list_counts() == []


def test_it_records_no_line_while_one_has_to_be_mended(client_of: Browser, cast: Cast) -> None:
    """Every problem with its line, and the text is still there."""
    lines = "N1; 2026-10; 120; 30; 4100\nS1; 2026-10; 1; 0\nN2; 2026-13; 1; 0"
    answer = client_of("manager").post("/lenses/button/counts", data={"counts": lines})
    assert answer.status_code == 422
    html = unescape(answer.get_data(as_text=True))
    assert lines in html.replace("\r\n", "\n")
    assert "S1" in html
    assert "2026-13" in html
    assert list_counts() == []


def test_it_corrects_and_removes_a_count(client_of: Browser, cast: Cast) -> None:
    """The form opens with what was recorded; removing asks once."""
    browser, count = client_of("hr"), str(a_count(cast)["count_id"])
    form = browser.get(f"/lenses/button/count?count={count}").get_data(as_text=True)
    assert 'value="2026-09"' in form
    assert 'value="200"' in form
    assert browser.get(f"/lenses/button/counts/{count}/remove").status_code == 200
    assert browser.post(f"/lenses/button/counts/{count}/remove").status_code == 303
    assert list_counts() == []
    assert browser.get(f"/lenses/button/count?count={count}").status_code == 404
