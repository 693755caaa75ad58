"""Packing many reports into one ZIP: names, what is missing, the same bytes each time, who may fetch it."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from mystery.access.openings import find_broken_link
from mystery.archives.packing import KEPT_FOR, archive_key, sweep_archives
from mystery.clock import now, set_to
from mystery.database import db
from mystery.jobs.claims import LEASE, claim_next
from mystery.jobs.running import RunningJob
from mystery.jobs.worker import do_job
from mystery.models import AccessEvent, Grant, Job, JobState
from mystery.printouts import printing
from mystery.printouts.archive_orders import (
    MOST_ARCHIVES_AT_WORK,
    MOST_REPORTS,
    ArchiveOrder,
    TooManyArchives,
    ask_for_archive,
)
from mystery.storage import media_store
from reports.rows import VisitReport
from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose reports were rendered; the rendering itself is tested elsewhere."""
    rendered: list[str] = []

    def pretend(report: VisitReport, language: str, **_more: object) -> bytes:
        rendered.append(str(report.employee))
        if report.employee == "Борис":
            raise ValueError("nothing to print it with")
        return f"{language} {report.employee}".encode()

    monkeypatch.setattr(printing, "render_visit_pdf", pretend)
    return rendered


def order(cast: Cast, *visits: UUID, role: str = "lead") -> UUID:
    """Ask for an archive as this person of ours."""
    asked = ask_for_archive(cast.ours.users[role], ArchiveOrder(visits, "ru"), uuid4())
    db.session.commit()
    return asked


def pack(app: Flask) -> str:
    """Let a worker do the next archive, and return the state in which it ended."""
    claim = claim_next(["pack_reports"])
    assert claim is not None
    do_job(app, claim, threading.Event())
    return read_job(claim.job_id).state


def read_job(job_id: UUID) -> Job:
    """The row as it is now."""
    db.session.rollback()
    return db.session.get_one(Job, job_id)


def download(browser: FlaskClient, archive: UUID) -> bytes:
    """The file as it arrives."""
    answer = browser.get(f"/archives/{archive}/reports.zip")
    assert answer.status_code == 200, answer.status
    assert answer.headers["Content-Length"] == str(len(answer.data))
    return bytes(answer.data)


def list_files(content: bytes) -> dict[str, bytes]:
    """The files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_packs_reports_under_names_that_people_can_read(
    app: Flask, cast: Cast, client_of: Browser
) -> None:
    visits = [
        make_submitted_visit(cast),
        make_submitted_visit(cast),
        make_submitted_visit(cast, employee="Вера", unit="S1"),
    ]
    archive = order(cast, *visits)
    assert pack(app) == JobState.DONE.value
    assert list_files(download(client_of("lead"), archive)) == {
        "Магазин N1, 2026-11-05, Анна.pdf": "ru Анна".encode(),
        "Магазин N1, 2026-11-05, Анна (2).pdf": "ru Анна".encode(),
        "Магазин S1, 2026-11-05, Вера.pdf": "ru Вера".encode(),
    }


def test_it_gives_the_same_bytes_for_the_same_reports(app: Flask, cast: Cast, client_of: Browser) -> None:
    visits = [make_submitted_visit(cast), make_submitted_visit(cast, employee="Вера", unit="S1")]
    archives = [order(cast, *visits), order(cast, *reversed(visits))]
    assert pack(app) == pack(app) == JobState.DONE.value
    browser = client_of("lead")
    assert download(browser, archives[0]) == download(browser, archives[1])


def test_it_is_kept_under_the_day_of_the_order_and_the_language(
    app: Flask, cast: Cast, client_of: Browser
) -> None:
    """The day on the reader's clock, which the list of archives shows: in Moscow it is tomorrow already."""
    with set_to(datetime(2026, 11, 21, 22, 30, tzinfo=UTC)):
        archive = order(cast, make_submitted_visit(cast))
        pack(app)
        answer = client_of("lead").get(f"/archives/{archive}/reports.zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=reports-2026-11-22-ru.zip"


def test_it_names_what_failed_and_packs_the_rest(app: Flask, cast: Cast, client_of: Browser) -> None:
    good, bad = make_submitted_visit(cast), make_submitted_visit(cast, employee="Борис", unit="N2")
    archive = order(cast, good, bad)
    assert pack(app) == JobState.DONE.value
    files = list_files(download(client_of("lead"), archive))
    assert list(files) == ["Магазин N1, 2026-11-05, Анна.pdf", "_чего не хватает.txt"]
    page = client_of("lead").get(f"/archives/{archive}").text
    assert "Борис" in page
    assert read_job(archive).result.count("failed") == 2


def test_it_prints_again_only_what_failed(
    app: Flask, cast: Cast, client_of: Browser, printed: list[str]
) -> None:
    good, bad = make_submitted_visit(cast), make_submitted_visit(cast, employee="Борис", unit="N2")
    archive = order(cast, good, bad)
    pack(app)
    answers = [client_of("lead").post(f"/archives/{archive}/again") for _click in range(2)]
    assert answers[0].location == answers[1].location != f"/archives/{archive}"
    pack(app)
    assert printed == ["Анна", "Борис", "Борис"]


def test_it_packs_only_what_is_still_open_to_whoever_asked(app: Flask, cast: Cast) -> None:
    own, beyond = make_submitted_visit(cast), make_submitted_visit(cast, employee="Вера", unit="S1")
    archive = order(cast, own, beyond, role="manager")
    pack(app)
    result = json.loads(read_job(archive).result)
    assert result["packed"] == [own.hex]
    assert result["failed"] == {beyond.hex: "gone"}


def test_it_stays_closed_when_reach_has_shrunk_since(app: Flask, cast: Cast, client_of: Browser) -> None:
    archive = order(cast, make_submitted_visit(cast), role="manager")
    pack(app)
    browser = client_of("manager")
    assert download(browser, archive)
    db.session.execute(delete(Grant).where(Grant.user_id == cast.ours.users["manager"]))
    db.session.add(Grant(user_id=cast.ours.users["manager"], role="manager", unit_id=cast.ours.units["Юг"]))
    db.session.commit()
    assert browser.get(f"/archives/{archive}/reports.zip").status_code == 404
    assert "reports.zip" not in browser.get(f"/archives/{archive}").text


def test_it_writes_down_an_opening_of_every_report_inside(app: Flask, cast: Cast, client_of: Browser) -> None:
    visits = {make_submitted_visit(cast), make_submitted_visit(cast, employee="Вера", unit="S1")}
    archive = order(cast, *visits)
    pack(app)
    assert db.session.scalars(select(AccessEvent)).all() == [], "packing is not opening"
    download(client_of("lead"), archive)
    events = db.session.scalars(select(AccessEvent)).all()
    assert {(event.visit_id, event.kind, event.reader_id) for event in events} == {
        (visit, "pdf", cast.ours.users["lead"]) for visit in visits
    }
    assert find_broken_link() is None


def test_it_stops_when_it_is_cancelled(app: Flask, cast: Cast, client_of: Browser) -> None:
    archive = order(cast, make_submitted_visit(cast))
    claim = claim_next(["pack_reports"])
    assert claim is not None
    client_of("lead").post(f"/archives/{archive}/cancel")
    do_job(app, claim, threading.Event())
    assert read_job(archive).state == JobState.CANCELLED.value
    assert not media_store().has(archive_key(archive))


def test_it_goes_on_where_a_worker_was_told_to_stop(
    app: Flask, cast: Cast, client_of: Browser, printed: list[str]
) -> None:
    archive = order(cast, make_submitted_visit(cast))
    told_to_stop = threading.Event()
    told_to_stop.set()
    claim = claim_next(["pack_reports"])
    assert claim is not None
    do_job(app, claim, told_to_stop)
    assert read_job(archive).state == JobState.WAITING.value
    assert pack(app) == JobState.DONE.value
    assert download(client_of("lead"), archive)


def test_it_goes_on_where_a_worker_was_killed(
    app: Flask, cast: Cast, client_of: Browser, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody gives a killed worker's job back: its lease passes."""
    visits = make_submitted_visit(cast), make_submitted_visit(cast, employee="Вера", unit="S1")
    archive = order(cast, *visits)
    claim = claim_next(["pack_reports"])
    assert claim is not None

    class Killed(BaseException):
        """What no code catches."""

    with monkeypatch.context() as patched:
        patched.setattr(RunningJob, "report_progress", count_and_kill(Killed))
        with pytest.raises(Killed):
            do_job(app, claim, threading.Event())
    assert read_job(archive).state == JobState.RUNNING.value
    with set_to(now() + LEASE):
        assert pack(app) == JobState.DONE.value
    assert printed == ["Анна", "Вера"], "what was printed before is not printed again"
    assert len(list_files(download(client_of("lead"), archive))) == 2


def count_and_kill(killed: type[BaseException]) -> Callable[[RunningJob, int, int], None]:
    """A progress report at which the worker is killed when it comes to the second report."""

    def report(_job: RunningJob, done: int, _total: int) -> None:
        if done == 1:
            raise killed

    return report


def test_it_deletes_an_archive_after_some_days(app: Flask, cast: Cast, client_of: Browser) -> None:
    archive = order(cast, make_submitted_visit(cast))
    pack(app)
    with set_to(now() + KEPT_FOR - timedelta(hours=1)):
        sweep_archives()
    assert download(client_of("lead"), archive)
    with set_to(now() + KEPT_FOR + timedelta(hours=1)):
        sweep_archives()
    assert not media_store().has(archive_key(archive))
    assert client_of("lead").get(f"/archives/{archive}").status_code == 404


def test_it_takes_a_few_archives_at_a_time_and_no_endless_ones(app: Flask, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    with pytest.raises(ValueError, match="501 reports"):
        order(cast, *[uuid4() for _ in range(MOST_REPORTS + 1)])
    for _ in range(MOST_ARCHIVES_AT_WORK):
        order(cast, visit)
    with pytest.raises(TooManyArchives):
        order(cast, visit)
