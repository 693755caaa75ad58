"""My visits: cards in the order of urgency, and nothing on them that gives the auditor away."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from mystery.access.scopes import Reach
from mystery.capture.actions import open_visit
from mystery.capture.queries import Progress, list_tasks, order_sent
from mystery.capture.windows import say_window
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, Unit
from tests.capture.phone import Phone, read_text
from tests.cast import Cast
from tests.factories import make_assignment, make_submitted_visit

MORNING = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_it_lists_what_is_due_first(cast: Cast, reach: Reach, task: UUID) -> None:
    late = make_assignment(cast, window=(date(2026, 11, 1), date(2026, 11, 14)))
    soon = make_assignment(cast, window=(date(2026, 11, 20), date(2026, 11, 22)))
    early = make_assignment(cast, window=(date(2026, 12, 1), date(2026, 12, 9)))
    tasks = list_tasks(reach, at=MORNING)
    assert [each.id for each in tasks] == [late, soon, early, task]
    assert [each.is_overdue for each in tasks] == [True, False, False, False]
    assert [each.is_early for each in tasks] == [False, False, True, False]


def test_it_reckons_days_on_the_clock_of_the_unit(cast: Cast, reach: Reach) -> None:
    """At 22:30 in London the day before is already over in Vladivostok."""
    db.session.get_one(Unit, cast.ours.units["S1"]).time_zone = "Asia/Vladivostok"
    make_assignment(cast, unit="S1", employee="Вера", window=(date(2026, 11, 20), date(2026, 11, 20)))
    make_assignment(cast, unit="N2", employee="Борис", window=(date(2026, 11, 20), date(2026, 11, 20)))
    tasks = list_tasks(reach, at=datetime(2026, 11, 20, 15, 30, tzinfo=UTC))
    assert {each.place: each.is_overdue for each in tasks if each.window_end.day == 20} == {
        "Магазин S1": True,
        "Магазин N2": False,
    }


def test_it_tells_waiting_begun_and_sent_apart(cast: Cast, reach: Reach, task: UUID) -> None:
    begun = make_assignment(cast)
    open_visit(reach, begun)
    make_submitted_visit(cast)
    progress = {each.id: each.progress for each in list_tasks(reach, at=MORNING)}
    assert sorted(progress.values()) == [Progress.BEGUN, Progress.SENT, Progress.WAITING]
    assert (progress[task], progress[begun]) == (Progress.WAITING, Progress.BEGUN)


def test_it_lists_the_latest_sending_first(cast: Cast, reach: Reach, task: UUID) -> None:
    """The window of what was sent last may well have ended first."""
    tasks = list_tasks(reach, at=MORNING)
    moments = [MORNING - timedelta(hours=hours) for hours in (5, 1, 9)]
    sent = [replace(tasks[0], sent_at=moment) for moment in moments]
    assert [each.sent_at for each in order_sent([*sent, tasks[0]])] == sorted(moments, reverse=True)


def test_it_offers_both_languages_at_the_foot(auditor: FlaskClient, task: UUID) -> None:
    foot = auditor.get("/capture").text.split("<footer>")[1]
    assert re.findall(r'name="language" value="(\w+)"', foot) == ["ru", "en"]
    changed = auditor.post("/language", data={"language": "ru", "back": "/capture"})
    assert (changed.status_code, changed.location) == (303, "/capture")
    assert '<html lang="ru">' in auditor.get("/capture").text


def test_it_drops_what_was_sent_long_ago(cast: Cast, reach: Reach, task: UUID) -> None:
    make_submitted_visit(cast, day=date(2026, 11, 5))
    later = datetime(2026, 11, 5, 15, 0, tzinfo=UTC) + timedelta(days=32)
    assert [each.id for each in list_tasks(reach, at=later)] == [task]


def test_it_keeps_a_cancelled_assignment_only_for_whoever_began_it(
    cast: Cast, reach: Reach, task: UUID
) -> None:
    begun = make_assignment(cast)
    open_visit(reach, begun)
    for assignment_id in (task, begun):
        db.session.get_one(Assignment, assignment_id).cancelled_at = now()
    db.session.commit()
    tasks = list_tasks(reach)
    assert [(each.id, each.is_cancelled) for each in tasks] == [(begun, True)]


def test_it_shows_nobody_elses_assignments(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    db.session.get_one(Unit, cast.foreign.units["N1"]).name = "Чужой прилавок"
    db.session.commit()
    page = client_of("auditor").get("/capture").text
    assert "Магазин N1" in page
    assert "Чужой прилавок" not in page


def test_it_says_what_will_be_here_while_there_is_nothing(
    cast: Cast, auditor: FlaskClient, task: UUID
) -> None:
    db.session.get_one(Assignment, task).cancelled_at = now()
    db.session.commit()
    assert "Visits that are assigned to you will appear here" in auditor.get("/capture").text


def test_it_shows_on_the_cards_what_an_auditor_asks_first(cast: Cast, auditor: FlaskClient) -> None:
    db.session.get_one(Unit, cast.ours.units["N1"]).address = "Невский проспект, 12"
    make_assignment(cast, window=(date(2026, 11, 1), date(2026, 11, 14)))
    make_submitted_visit(cast, day=now().date())
    page = read_text(auditor.get("/capture").text)
    for words in ("Невский проспект, 12", "1–14 November 2026", "▲ Overdue", "○ Waiting", "● Sent on"):
        assert words in page


def test_it_gives_nobody_away_to_a_glance_over_the_shoulder(cast: Cast, phone: Phone) -> None:
    """Title and list look like any list: no product name, no company, no word of auditing."""
    for address in ("/capture", phone.address):
        html = phone.browser.get(address).text
        title = re.search(r"<title>(.*?)</title>", html)
        assert title is not None
        assert title.group(1) == "Lists"
        shown = read_text(re.sub(r"<(footer|title).*?</\1>", "", html, flags=re.S)).lower()
        for word in ("mystery", "audit", "shopper", "лавка", "secret"):
            assert word not in shown
        assert re.search(r'rel="icon" href="(data:,|/capture/icon-)', html), "no icon, or that of any list"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 5), date(2026, 11, 5), "5 November 2026"),
        (date(2026, 11, 18), date(2026, 11, 25), "18–25 November 2026"),
        (date(2026, 11, 28), date(2026, 12, 2), "28 November – 2 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 5), "28 December 2026 – 5 January 2027"),
    ],
)
def test_it_says_a_span_of_days_in_few_words(
    auditor: FlaskClient, first: date, last: date, words: str
) -> None:
    with auditor.application.test_request_context(headers={"Accept-Language": "en"}):
        assert say_window(first, last) == words
