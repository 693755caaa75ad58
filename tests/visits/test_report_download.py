"""The PDF of a visit: downloaded by its readers, in both languages, rendered once."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from mystery.database import db
from mystery.models import AccessEvent, Employee
from mystery.printouts import printing
from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]


def read_pdf(content: bytes) -> str:
    """The text of all pages, spaces folded."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ru", ("76,8", "Как получился балл")), ("en", ("76.8", "How the score adds up"))],
)
def test_it_prints_the_report_in_the_language_asked_for(
    client_of: Browser, cast: Cast, language: str, expected: tuple[str, ...]
) -> None:
    visit = make_submitted_visit(cast)
    answer = client_of("manager").get(f"/visits/{visit}/report.pdf?language={language}")
    assert answer.mimetype == "application/pdf"
    text = read_pdf(answer.data)
    for words in (*expected, "Анна"):
        assert words in text


def read_name(answer: TestResponse) -> str:
    """Under which name a browser keeps the file."""
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert disposition.isascii()
    return unquote(disposition.rpartition("filename*=UTF-8''")[2])


def test_it_names_the_file_by_what_it_is_and_in_which_language(client_of: Browser, cast: Cast) -> None:
    """So that the same report in two languages is two files, and no letters look like the stamp of a page."""
    browser, address = client_of("manager"), f"/visits/{make_submitted_visit(cast)}/report.pdf"
    answers = [browser.get(f"{address}?language={language}") for language in ("ru", "en")]
    assert [read_name(answer) for answer in answers] == [
        "Отчёт о проверке 2026-11-05 Анна ru.pdf",
        "Visit report 2026-11-05 Анна en.pdf",
    ]
    for answer, plain in zip(answers, ("visit-2026-11-05-ru.pdf", "visit-2026-11-05-en.pdf"), strict=True):
        assert f"filename={plain};" in answer.headers["Content-Disposition"]


def test_a_long_name_leaves_room_for_day_and_language(client_of: Browser, cast: Cast) -> None:
    db.session.get_one(Employee, cast.ours.employees["Анна"]).name = "Анна/" + "а" * 115
    db.session.commit()
    answer = client_of("manager").get(f"/visits/{make_submitted_visit(cast)}/report.pdf")
    name = read_name(answer)
    assert name.startswith("Отчёт о проверке 2026-11-05 Анна_ааа")
    assert name.endswith("а ru.pdf")
    assert len(name.encode()) < 255, "more than a file system takes"


def test_it_renders_a_report_once_and_then_serves_the_same_bytes(
    client_of: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = make_submitted_visit(cast)
    first = client_of("manager").get(f"/visits/{visit}/report.pdf").data

    def refuse(*_args: object, **_kwargs: object) -> bytes:
        raise AssertionError("rendered a second time")

    monkeypatch.setattr(printing, "render_visit_pdf", refuse)
    assert client_of("hr").get(f"/visits/{visit}/report.pdf").data == first


def test_it_takes_an_unknown_language_for_the_readers_own(client_of: Browser, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    answer = client_of("manager").get(f"/visits/{visit}/report.pdf?language=../../etc")
    assert "76,8" in read_pdf(answer.data)


def test_it_sends_nothing_to_whoever_has_the_very_same_report(client_of: Browser, cast: Cast) -> None:
    """And nothing is opened then: the employee reads of the first download alone."""
    visit = make_submitted_visit(cast)
    browser = client_of("manager")
    address = f"/visits/{visit}/report.pdf"
    tag = browser.get(address).headers["ETag"]
    again = browser.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "no-store"
    assert len(db.session.scalars(select(AccessEvent)).all()) == 1
    assert browser.get(address, headers={"If-None-Match": '"another"'}).status_code == 200
    assert client_of("manager", foreign=True).get(address, headers={"If-None-Match": tag}).status_code == 404
