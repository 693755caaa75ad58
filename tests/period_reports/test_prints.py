"""The PDF of a report over a period is printed once for what it says, and its code leads to a page."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import current_app
from flask.testing import FlaskClient
from pypdf import PdfReader

from mystery.printouts.kept_documents import KEPT_FOR
from mystery.printouts.period_prints import (
    fetch_period_print,
    find_period_seal,
    name_print,
    sweep_period_prints,
)
from mystery.settings import current_settings
from mystery.storage import media_store
from reports.period_print import PrintedPeriod, write_employee_document, write_unit_document
from reports.period_record import digest_period_record
from reports.verification import Status, verify_pdf
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.reports.period_samples import make_period, make_unit_period, worked_visit
from tests.reports.samples import sample_checklist

Browser = Callable[..., FlaskClient]
ADDRESS = "https://mystery.example.com"
VISITS = [worked_visit(number) for number in (1, 2, 3)]


class CountingPress:
    """A press that prints nothing and counts what it was asked for."""

    def __init__(self) -> None:
        self.orders = 0

    def __call__(self, visit_id: UUID, language: str) -> str:
        raise AssertionError("no visit is printed here")

    def print_document(self, document: PrintedPeriod) -> bytes:
        self.orders += 1
        return b"%PDF " + document.html.encode()


@pytest.fixture
def press(client: FlaskClient) -> Iterator[CountingPress]:
    """The application with a press that only counts."""
    counting, usual = CountingPress(), current_app.extensions["press"]
    current_app.extensions["press"] = counting
    yield counting
    current_app.extensions["press"] = usual


def write_employee(name: str = "Анна Петрова") -> PrintedPeriod:
    """A document about three visits to somebody."""
    return write_employee_document(make_period(VISITS, employee=name, public_url=ADDRESS), "ru")


def test_it_prints_the_same_words_once(press: CountingPress) -> None:
    assert fetch_period_print(write_employee("Глеб Ли")) == fetch_period_print(write_employee("Глеб Ли"))
    assert press.orders == 1
    fetch_period_print(write_employee("Глеб Иванов"))
    assert press.orders == 2, "a corrected name is printed anew"


def test_it_keeps_prints_for_a_day(press: CountingPress) -> None:
    """A name that was corrected or erased must not lie about in a print that nobody fetches any more."""
    document = write_employee("Вера Ли")
    fetch_period_print(document)
    key = name_print(document)
    sweep_period_prints()
    assert media_store().has(key)
    old = time.time() - KEPT_FOR.total_seconds() - 60
    os.utime(current_settings().media_dir / key, (old, old))
    sweep_period_prints()
    assert not media_store().has(key)
    assert find_period_seal(digest_period_record(document.record)), "what was printed stays genuine"


def test_it_confirms_what_was_printed_and_names_nobody(press: CountingPress, client: FlaskClient) -> None:
    """The page behind the code: kind, visits, the mean of page one and the day, for whoever has the paper."""
    document = write_employee()
    fetch_period_print(document)
    found = re.search(rf"{ADDRESS}(/v/[0-9a-f]{{32}})", document.html)
    assert found is not None
    answer = client.get(found[1], headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    for words in ("On an employee over a period", found[1][3:15], "Mean base score", "100.0"):
        assert words in answer.text
    for word in ("Анна", "Петрова", "Север", "Магазин", "дом"):
        assert word not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert client.get(found[1][:15]).status_code == 200, "the stamp is enough"
    assert client.get(f"{found[1][:15]}{'0' * 20}").status_code == 404


def test_it_confirms_a_unit_by_its_visits(press: CountingPress, client: FlaskClient) -> None:
    document = write_unit_document(make_unit_period({"Анна": VISITS}, sample_checklist()), "ru")
    fetch_period_print(document)
    seal = find_period_seal(digest_period_record(document.record))
    assert seal is not None
    assert (seal.kind, seal.visits, seal.mean) == ("unit", 3, "")
    answer = client.get(f"/v/{seal.stamp}", headers={"Accept-Language": "en"})
    assert "On a unit over a period" in answer.text
    assert "Mean base score" not in answer.text


def test_it_hands_out_reports_that_verify(client_of: Browser, cast: Cast) -> None:
    """From the database: every figure in the file follows from the values in it, whatever the answers."""
    for number, answers in enumerate(("V1", "V2", "V1")):
        make_submitted_visit(cast, answers, day=date(2026, 9, 1) + timedelta(days=number))
    employee = cast.ours.employees["Анна"]
    for address in (f"/period-reports/employees/{employee}/report.pdf", "/period-reports/unit.pdf"):
        pdf = client_of("manager").get(address).data
        verdict = verify_pdf(pdf)
        assert (verdict.status, verdict.differences) == (Status.VALID, ()), address
        (record,) = PdfReader(io.BytesIO(pdf)).attachments["period.json"]
        assert isinstance(record, bytes)
        assert str(employee) not in record.decode()
