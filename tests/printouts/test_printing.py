"""Kept prints: made once, named by what they print, and gone when the visit has become another."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import true

from mystery.access.scopes import NotYours
from mystery.database import db
from mystery.models import Employee, Visit, VisitState
from mystery.printouts import printing
from mystery.printouts.printed_facts import print_folder, read_printed_facts
from mystery.printouts.printing import fetch_print, print_now
from mystery.storage import media_store
from reports.rows import VisitReport
from tests.cast import Cast
from tests.factories import make_assignment, make_submitted_visit


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was rendered: "language employee" each time; the rendering itself is tested elsewhere."""
    rendered: list[str] = []

    def pretend(report: VisitReport, language: str, **_more: object) -> bytes:
        rendered.append(f"{language} {report.employee}")
        return rendered[-1].encode()

    monkeypatch.setattr(printing, "render_visit_pdf", pretend)
    return rendered


def fetch(visit: UUID) -> bytes:
    """Download the Russian print, as the server does."""
    db.session.commit()
    return fetch_print(read_printed_facts(visit, true()), "ru")


def test_it_prints_once_for_everybody(app: Flask, cast: Cast, printed: list[str]) -> None:
    visit = make_submitted_visit(cast)
    assert fetch(visit) == fetch(visit) == "ru Анна".encode()
    assert printed == ["ru Анна"]


def test_it_prints_anew_when_the_visit_prints_something_else(
    app: Flask, cast: Cast, printed: list[str]
) -> None:
    visit = make_submitted_visit(cast)
    fetch(visit)
    db.session.get_one(Employee, cast.ours.employees["Анна"]).name = "Анна Котова"
    assert fetch(visit) == "ru Анна Котова".encode()


def test_it_keeps_no_print_with_a_name_that_was_corrected_or_erased(
    app: Flask, cast: Cast, printed: list[str]
) -> None:
    visit = make_submitted_visit(cast)
    print_now(visit, "en")
    print_now(visit, "ru")
    db.session.get_one(Employee, cast.ours.employees["Анна"]).name = "Сотрудник 1"
    db.session.commit()
    print_now(visit, "en")
    print_now(visit, "ru")
    kept = [media_store().get(key) for key in media_store().list_under(print_folder(visit))]
    assert sorted(kept, key=str) == ["en Сотрудник 1".encode(), "ru Сотрудник 1".encode()]


def test_it_prints_no_draft(app: Flask, cast: Cast, printed: list[str]) -> None:
    company = cast.ours
    draft = Visit(
        assignment_id=make_assignment(cast),
        version_id=company.version,
        unit_id=company.units["N1"],
        auditor_id=company.users["auditor"],
        state=VisitState.DRAFT.value,
    )
    db.session.add(draft)
    db.session.commit()
    with pytest.raises(NotYours):
        print_now(draft.id, "ru")
    assert printed == []


def test_it_holds_nobody_up_while_a_report_is_rendered(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that begins while a report is rendered must not wait for it."""
    visit = make_submitted_visit(cast)

    def write_meanwhile(*_args: object, **_more: object) -> bytes:
        with db.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=0")
            other.rollback()
            other.exec_driver_sql("UPDATE employee SET name = name")
            other.commit()
        return b"printed"

    monkeypatch.setattr(printing, "render_visit_pdf", write_meanwhile)
    assert fetch(visit) == b"printed"
