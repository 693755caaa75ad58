"""Nobody is told of a download that never happened: it is written down once there is something to give."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from uuid import UUID

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import event, select

from checklists.localtext import Language
from mystery.access.openings import find_broken_link
from mystery.archives.packing import archive_key
from mystery.comparisons.views import prints
from mystery.database import db
from mystery.jobs.asking import JobKind
from mystery.jobs.claims import claim_next
from mystery.jobs.worker import do_job
from mystery.models import AccessEvent
from mystery.printouts import ordered_prints
from mystery.printouts.failures import PrintFailed
from mystery.printouts.printing import PressAtHand
from mystery.storage import media_store
from reports.period_print import PrintedPeriod
from tests.archives.routes import an_archive
from tests.cast import Cast
from tests.comparisons.team import visit_team
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]


class WatchedPress:
    """The press of this process, at which something happens before it prints, or after which it fails."""

    def __init__(self, happening: Callable[[], object]) -> None:
        self._happening, self._usual = happening, PressAtHand()

    def __call__(self, visit_id: UUID, language: Language) -> str:
        self._happening()
        return self._usual(visit_id, language)

    def print_document(self, document: PrintedPeriod) -> bytes:
        self._happening()
        return self._usual.print_document(document)


@contextmanager
def before_each_print(happening: Callable[[], object]) -> Iterator[None]:
    """Let this happen before anything is printed."""
    extensions = current_app.extensions
    usual, extensions["press"] = extensions["press"], WatchedPress(happening)
    try:
        yield
    finally:
        extensions["press"] = usual


def run_out_of_ink() -> None:
    """What happens when nothing can be printed."""
    raise PrintFailed("no ink")


def write_elsewhere() -> None:
    """Begin to write as another process would; raises OperationalError while somebody holds the database."""
    with closing(sqlite3.connect(str(db.engine.url.database), timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")


def list_kinds() -> list[str]:
    """What was written down, in the order in which it was."""
    db.session.rollback()
    assert find_broken_link() is None
    return list(db.session.scalars(select(AccessEvent.kind).order_by(AccessEvent.id)))


@pytest.fixture(params=["visit", "employee", "unit", "staff"])
def download(request: pytest.FixtureRequest, cast: Cast) -> tuple[str, str]:
    """The address of a download about Анна, and what is written down of it."""
    visit = make_submitted_visit(cast, day=date(2026, 9, 1))
    anna = cast.ours.employees["Анна"]
    return {
        "visit": (f"/visits/{visit}/report.pdf", "pdf"),
        "employee": (f"/period-reports/employees/{anna}/report.pdf", "period_pdf"),
        "unit": ("/period-reports/unit.pdf", "unit_pdf"),
        "staff": ("/comparison/staff.pdf", "period_page"),
    }[str(request.param)]


def test_a_download_that_could_not_be_printed_never_happened(
    client_of: Browser, download: tuple[str, str]
) -> None:
    address, kind = download
    browser = client_of("hr")
    with before_each_print(run_out_of_ink):
        assert browser.get(address).status_code == 503
    assert list_kinds() == []
    assert browser.get(address).status_code == 200
    assert list_kinds() == [kind]


def test_nobody_waits_for_the_database_while_a_report_is_printed(
    client_of: Browser, download: tuple[str, str]
) -> None:
    with before_each_print(write_elsewhere):
        assert client_of("hr").get(download[0]).status_code == 200


def test_whoever_may_no_longer_read_a_visit_once_it_is_printed_gets_nothing(
    client_of: Browser, cast: Cast
) -> None:
    visit = make_submitted_visit(cast)

    def print_and_move_away() -> None:
        PressAtHand()(visit, "ru")
        with closing(sqlite3.connect(str(db.engine.url.database))) as other, other:
            elsewhere = cast.ours.units["S1"].hex
            other.execute("UPDATE visit SET unit_id = ? WHERE id = ?", (elsewhere, visit.hex))

    with before_each_print(print_and_move_away):
        assert client_of("manager").get(f"/visits/{visit}/report.pdf").status_code == 404
    assert list_kinds() == []


def test_a_print_at_hand_is_read_and_recorded_in_one_transaction(client_of: Browser, cast: Cast) -> None:
    """A download that was printed before takes no longer than it ever did, and holds the database once."""
    address, browser = f"/visits/{make_submitted_visit(cast)}/report.pdf", client_of("hr")
    browser.get(address)
    begun: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("BEGIN"):
            begun.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert begun.count("BEGIN IMMEDIATE") == 1
    assert list_kinds() == ["pdf", "pdf"]


def test_an_archive_whose_file_is_gone_is_opened_by_nobody(client_of: Browser, cast: Cast) -> None:
    archive, browser = an_archive(cast)["archive_id"], client_of("manager")
    media_store().delete(archive_key(archive))
    assert browser.get(f"/archives/{archive}/reports.zip").status_code == 404
    assert list_kinds() == []
    media_store().put(archive_key(archive), b"zip")
    assert browser.get(f"/archives/{archive}/reports.zip").status_code == 200
    assert list_kinds() == ["pdf"]


def test_a_comparison_that_a_worker_prints_is_opened_by_whoever_takes_it_along(
    app: Flask, client_of: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by whoever asked for it: the printing may fail, or nobody may come for it."""
    people = visit_team(cast, people=3, visits=1)
    monkeypatch.setattr(prints, "PEOPLE_AT_ONCE", 1)
    browser = client_of("hr")
    page = browser.post("/comparison/staff.pdf").location
    assert list_kinds() == []
    assert browser.get(f"{page}/staff.pdf").status_code == 404
    claim = claim_next([JobKind.PRINT_DOCUMENT])
    assert claim is not None
    monkeypatch.setattr(ordered_prints, "render_period_pdf", lambda _document: b"%PDF")
    do_job(app, claim, threading.Event())
    assert list_kinds() == []
    assert browser.get(f"{page}/staff.pdf").data == b"%PDF"
    told = set(db.session.scalars(select(AccessEvent.employee_id)))
    assert told == set(people.values())
    assert list_kinds() == ["period_page"] * len(people)
