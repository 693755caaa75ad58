"""The page behind the code on a printed report: it confirms stamp and score, and tells nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from mystery.database import db
from mystery.models import ReportSeal
from mystery.printouts.dossier import read_report
from mystery.printouts.seals import keep_seal
from mystery.web.throttle import REPORT_CHECK
from reports.record import read_record
from reports.verification import Status, verify_pdf
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.verification.printing import PRINTED_AT, print_sealed

Browser = Callable[..., FlaskClient]


@pytest.mark.parametrize("letters", [32, 64, 12])
def test_it_confirms_a_report_that_was_printed_here(client: FlaskClient, cast: Cast, letters: int) -> None:
    """V1: 691/9 shows as 76.8 out of 100 (SC-09), for the code and for the stamp typed by hand."""
    seal = print_sealed(cast)
    answer = client.get(f"/v/{seal.digest[:letters]}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    for words in (seal.stamp, "76.8 out of 100", "6 November 2026"):
        assert words in answer.text


def test_it_takes_a_stamp_as_people_type_it(client: FlaskClient, cast: Cast) -> None:
    """From paper: in capitals, in groups, with a blank behind it."""
    stamp = print_sealed(cast).stamp
    typed = f" {stamp[:4].upper()} {stamp[4:8]} {stamp[8:].upper()} "
    assert client.get(f"/v/{typed}").status_code == 200
    assert client.get(f"/v/{stamp} ").status_code == 200
    assert client.get(f"/v/{stamp.upper()}0").status_code == 404


def test_it_promises_of_the_command_what_the_command_checks(client: FlaskClient, cast: Cast) -> None:
    """Nobody is told that a file is unchanged everywhere: for its letters a signature vouches."""
    page = client.get(f"/v/{print_sealed(cast).digest[:32]}", headers={"Accept-Language": "en"}).text
    assert "mystery verify checks a file: that the score on page one follows from the answers" in page
    assert "signature vouches for every letter of every page" in page
    assert "changed anywhere else" not in page


def test_it_names_no_person_and_no_place(client: FlaskClient, cast: Cast) -> None:
    """Whoever finds a sheet of paper learns nothing about whom it is."""
    seal = print_sealed(cast)
    page = client.get(f"/v/{seal.digest[:32]}").text
    for word in ("Анна", "Магазин", "Север", "Лавка", "Визит", seal.visit_id.hex, str(seal.visit_id)):
        assert word not in page


@pytest.mark.parametrize(
    "letters", ["0" * 32, "0" * 11, "g" * 32, "0" * 65, "%", "_" * 32, "ABCDEF012345", "١٢٣٤٥٦٧٨٩٠١٢"]
)
def test_it_does_not_know_any_other_code(client: FlaskClient, cast: Cast, letters: str) -> None:
    print_sealed(cast)
    answer = client.get(f"/v/{letters}", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "No report with this code is known here" in answer.text


@pytest.mark.parametrize("known", [True, False])
def test_it_is_kept_by_no_cache(client: FlaskClient, cast: Cast, known: bool) -> None:
    letters = print_sealed(cast).digest[:32] if known else "1" * 32
    answer = client.get(f"/v/{letters}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_it_stops_whoever_tries_codes(client: FlaskClient, cast: Cast) -> None:
    """Looking up a code that is known never counts; after too many unknown ones nothing is told any more."""
    seal = print_sealed(cast)
    for number in range(REPORT_CHECK.address):
        assert client.get(f"/v/{seal.digest[:32]}").status_code == 200
        assert client.get(f"/v/{number:032x}").status_code == 404
    assert client.get("/v/" + "f" * 32).status_code == 429
    assert client.get(f"/v/{seal.digest[:32]}").status_code == 429


def test_it_says_that_a_newer_print_exists(client: FlaskClient, cast: Cast) -> None:
    """After a correction the old paper is genuine still, and no longer the last word."""
    seal = print_sealed(cast)
    newer = ReportSeal(
        digest="a" * 64, stamp="a" * 12, visit_id=seal.visit_id, printed_at=PRINTED_AT + timedelta(days=2)
    )
    db.session.add(newer)
    db.session.commit()
    english = {"Accept-Language": "en"}
    assert "Ask for the newest report" in client.get(f"/v/{seal.digest[:32]}", headers=english).text
    assert "Ask for the newest report" not in client.get(f"/v/{'a' * 32}", headers=english).text


def test_it_says_in_words_that_nothing_was_scored(client: FlaskClient, cast: Cast) -> None:
    seal = print_sealed(cast)
    seal.shown_final = ""
    db.session.commit()
    page = client.get(f"/v/{seal.digest[:32]}", headers={"Accept-Language": "en"}).text
    assert "Not scored" in page
    assert "out of" not in page


def test_it_seals_a_report_once_in_whatever_language_it_is_printed(client_of: Browser, cast: Cast) -> None:
    """The seal is of the record inside the file, and both languages carry the same record."""
    visit = make_submitted_visit(cast)
    files = [client_of("hr").get(f"/visits/{visit}/report.pdf?language={each}").data for each in ("ru", "en")]
    [seal] = db.session.query(ReportSeal).all()
    for content in files:
        [attached] = PdfReader(io.BytesIO(content)).attachment_list
        assert attached.content is not None
        assert read_record(attached.content.decode())["digest"] == seal.digest
        assert verify_pdf(content).status is Status.VALID
        assert seal.stamp in PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert (seal.shown_final, seal.most) == ("76.8", "100")


def test_it_keeps_the_day_of_the_first_print(cast: Cast) -> None:
    seal = print_sealed(cast)
    keep_seal(seal.visit_id, read_report(seal.visit_id))
    assert [each.printed_at for each in db.session.query(ReportSeal)] == [PRINTED_AT]
