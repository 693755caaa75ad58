"""The pages of archives: which one is which, and what to do when nothing came of one."""

from __future__ import annotations

import html
import json
import re
import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from mystery.clock import now, set_to
from mystery.database import db
from mystery.jobs.claims import claim_next
from mystery.jobs.worker import do_job
from mystery.models import Grant, Job, User
from mystery.printouts import printing
from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]


def order(browser: FlaskClient, language: str = "ru", **filters: str) -> str:
    """Ask for what the list shows with these filters, and return the address of the archive."""
    form = {"key": str(uuid4()), "language": language}
    answer = browser.post("/visits/archive", query_string=filters, data=form)
    assert answer.location.startswith("/archives/")
    return str(answer.location)


def read_words(browser: FlaskClient, address: str) -> str:
    """The words of a page, spaces folded."""
    page = browser.get(address, follow_redirects=True).text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def pack(app: Flask) -> None:
    """Let a worker do the next archive."""
    claim = claim_next(["pack_reports"])
    assert claim is not None
    do_job(app, claim, threading.Event())
    db.session.rollback()


@pytest.fixture
def lead(client_of: Browser, cast: Cast) -> FlaskClient:
    """The browser of our lead, who reads English; there are three visits in two regions."""
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    for answers, employee, unit in (("V1", "Анна", "N1"), ("V2", "Борис", "N2"), ("V1", "Вера", "S1")):
        make_submitted_visit(cast, answers, employee=employee, unit=unit)
    return client_of("lead")


def test_it_tells_one_archive_from_another(lead: FlaskClient, cast: Cast) -> None:
    """Three orders of the same minute read differently: how many reports, in which language, of what."""
    with set_to(now()):
        order(lead)
        order(lead, "en", unit=str(cast.ours.units["Север"]), since="2026-11-01", until="2026-11-30")
        last = order(lead, text="борис", outcome="knocked_out", since="2026-11-01")
    words = read_words(lead, "/archives/")
    for expected in (
        "· 3 reports · Русский · All visits Waiting",
        "· 2 reports · English · Север · from 1 November 2026 to 30 November 2026 Waiting",
        "· 1 report · Русский · “борис” · A critical question decided · since 1 November 2026 Waiting",
    ):
        assert expected in words
    assert "1 report · Русский · “борис”" in read_words(lead, last)


def test_it_speaks_of_an_order_in_the_language_of_whoever_reads_it(lead: FlaskClient, cast: Cast) -> None:
    order(lead, unit=str(cast.ours.units["Север"]), outcome="knocked_out")
    db.session.get_one(User, cast.ours.users["lead"]).language = "ru"
    db.session.commit()
    assert "Русский · Север · Сработал критический вопрос" in read_words(lead, "/archives/")


def test_it_takes_a_second_cancel_for_the_first(lead: FlaskClient) -> None:
    """It was cancelled, and not over before: saying both would be wrong at least once."""
    archive = order(lead)
    for _click in range(2):
        answer = lead.post(f"{archive}/cancel")
        words = read_words(lead, answer.location)
        assert "Cancelled." in words
        assert "It was over before" not in words


def test_it_says_that_a_packed_archive_cannot_be_cancelled(
    app: Flask, lead: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "render_visit_pdf", lambda *_args, **_more: b"%PDF")
    archive = order(lead)
    pack(app)
    assert "It was over before" in read_words(lead, lead.post(f"{archive}/cancel").location)


def test_it_does_not_send_to_single_reports_where_none_could_be_printed(
    app: Flask, lead: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would fail as well: what helps is to wait, or to ask whoever runs the server."""

    def fail(*_args: object, **_more: object) -> bytes:
        raise ValueError("nothing to print with")

    monkeypatch.setattr(printing, "render_visit_pdf", fail)
    archive = order(lead)
    pack(app)
    for address in (archive, "/archives/"):
        words = read_words(lead, address)
        assert "None of the reports could be printed now" in words
        assert "one by one" not in words
    assert "Pack again" in read_words(lead, archive)


def test_it_says_that_nothing_is_open_any_more(app: Flask, lead: FlaskClient, cast: Cast) -> None:
    archive = order(lead, unit=str(cast.ours.units["Север"]))
    user = cast.ours.users["lead"]
    db.session.execute(delete(Grant).where(Grant.user_id == user))
    db.session.add(Grant(user_id=user, role="manager", unit_id=cast.ours.units["S1"]))
    db.session.commit()
    pack(app)
    assert "None of these visits is open to you any more" in read_words(lead, archive)


def test_it_still_shows_an_archive_of_the_version_before(lead: FlaskClient) -> None:
    """It was ordered without saying what it is about, and is kept for some days after the upgrade."""
    archive = order(lead)
    job = db.session.scalars(select(Job).where(Job.kind == "pack_reports")).one()
    subject = json.loads(job.subject)
    assert subject.pop("about")
    job.subject = json.dumps(subject)
    db.session.commit()
    assert "· 3 reports · Русский Waiting" in read_words(lead, "/archives/")
    assert "3 reports" in read_words(lead, archive)
