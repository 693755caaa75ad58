"""Printing ahead: a job prints a visit in the languages of those who may read it."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from mystery.clock import now, set_to
from mystery.database import db
from mystery.jobs.asking import ask_for_printing
from mystery.jobs.claims import claim_next
from mystery.jobs.worker import do_job
from mystery.models import Assignment, Grant, Job, JobState, User, Visit
from mystery.printouts import printing
from mystery.printouts.printed_facts import print_folder
from mystery.printouts.printing_ahead import list_reader_languages, sweep_stale_printing
from mystery.storage import media_store
from tests.cast import Cast
from tests.factories import make_assignment, make_submitted_visit


@pytest.fixture(autouse=True)
def quick_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rendering itself is tested elsewhere."""
    monkeypatch.setattr(printing, "render_visit_pdf", lambda *_args, **_more: b"printed")


def work(app: Flask) -> str:
    """Do the next job as a worker does, and return the state in which it ended."""
    db.session.commit()
    claim = claim_next(["print_visit"])
    assert claim is not None
    do_job(app, claim, threading.Event())
    return db.session.scalars(select(Job.state).where(Job.id == claim.job_id)).one()


def list_printed(visit: UUID) -> list[str]:
    """The languages in which prints of the visit are kept."""
    folder = print_folder(visit)
    return sorted(key.removeprefix(f"{folder}/")[:2] for key in media_store().list_under(folder))


def test_it_is_asked_for_when_a_visit_is_sent(app: Flask, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    (job,) = db.session.scalars(select(Job)).all()
    assert (job.kind, job.subject) == ("print_visit", f'{{"visit":"{visit.hex}"}}')


def test_it_prints_in_the_languages_of_the_readers(app: Flask, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    assert list_reader_languages(visit) == ["ru"]
    db.session.execute(update(User).where(User.id == cast.ours.users["hr"]).values(language="en"))
    assert work(app) == JobState.DONE.value
    assert list_printed(visit) == ["en", "ru"]


def test_it_takes_no_notice_of_the_language_of_those_who_read_no_visits(app: Flask, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    for user in (cast.ours.users["auditor"], cast.ours.users["administrator"], cast.foreign.users["lead"]):
        db.session.execute(update(User).where(User.id == user).values(language="en"))
    assert list_reader_languages(visit) == ["ru"]


def test_it_has_nothing_to_do_where_nobody_reads(app: Flask, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    db.session.execute(delete(Grant))
    assert work(app) == JobState.DONE.value
    assert list_printed(visit) == []


def test_it_takes_a_visit_that_is_with_its_auditor_again_for_done(app: Flask, cast: Cast) -> None:
    assignment = db.session.get_one(Assignment, make_assignment(cast))
    draft = Visit(
        assignment_id=assignment.id,
        version_id=assignment.version_id,
        unit_id=assignment.unit_id,
        auditor_id=assignment.auditor_id,
    )
    db.session.add(draft)
    db.session.flush()
    ask_for_printing(draft.id)
    assert work(app) == JobState.DONE.value
    assert list_printed(draft.id) == []


def test_it_drops_what_nobody_printed_for_half_a_day(app: Flask, cast: Cast) -> None:
    """The year of visits that the demonstration makes up would keep a machine busy for minutes."""
    make_submitted_visit(cast)
    sweep_stale_printing()
    assert len(db.session.scalars(select(Job)).all()) == 1
    with set_to(now() + timedelta(hours=13)):
        sweep_stale_printing()
    assert db.session.scalars(select(Job)).all() == []


def test_it_is_tried_again_when_a_report_cannot_be_printed(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(printing, "render_visit_pdf", fail)
    make_submitted_visit(cast)
    assert work(app) == JobState.WAITING.value
    assert claim_next(["print_visit"]) is None, "not at once"
    assert db.session.scalars(select(Job.error)).one().startswith("MemoryError in fail")
