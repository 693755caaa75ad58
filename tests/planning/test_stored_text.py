"""Whatever is stored in names and briefings, the lead's pages show it as text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import Assignment, Unit, User
from tests.cast import Cast
from tests.planning.desk import add_legend, choose, find_employee

Browser = Callable[..., FlaskClient]
PAYLOADS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "%(name)s %s {0}"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_it_prints_stored_texts_verbatim(client_of: Browser, cast: Cast, payload: str) -> None:
    assert cast.ours.assignment is not None
    assignment = db.session.get_one(Assignment, cast.ours.assignment)
    assignment.briefing = payload
    assignment.scenario_id = add_legend(cast, "quiet", payload)
    db.session.get_one(Unit, cast.ours.units["N1"]).name = payload
    db.session.get_one(User, cast.ours.users["auditor"]).name = payload
    find_employee(cast, "Анна").name = payload
    db.session.commit()
    browser = client_of("lead")
    for address in (
        "/assignments/",
        "/assignments/new",
        f"/assignments/{assignment.id}",
        f"/assignments/{assignment.id}/change",
        f"/assignments/{assignment.id}/cancel",
    ):
        check_page(browser.get(address).get_data(as_text=True), payload)
    second = browser.get("/assignments/new", query_string=choose(cast, "N1", "N2"))
    check_page(second.get_data(as_text=True), payload)


def check_page(page: str, payload: str) -> None:
    """The payload stands there as text, and nowhere as markup."""
    written = str(escape(payload)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    assert written in page
    if "<" in payload:
        assert payload not in page
    assert "49" not in [word for word in page.split() if "7*7" in word]
