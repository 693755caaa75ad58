"""What leaves the comparison: the same figures as CSV, XLSX and PDF, and no name where names are hidden."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from mystery.comparisons.views import prints
from mystery.database import db
from mystery.jobs.asking import JobKind
from mystery.jobs.claims import claim_next
from mystery.jobs.worker import do_job
from mystery.models import Grant
from tests.cast import Cast
from tests.comparisons.team import visit_team
from tests.reports.pages import read_text

Browser = Callable[..., FlaskClient]


@pytest.fixture
def team(cast: Cast) -> dict[str, UUID]:
    """Five people of three shops and a newcomer: too few to be modelled, which saves time."""
    return visit_team(cast, people=5, visits=3)


def read_csv(browser: FlaskClient, **choice: str) -> list[list[str]]:
    """The rows of people in the CSV."""
    text = browser.get("/comparison/staff.csv", query_string=choice).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    return rows[1 : next(number for number, row in enumerate(rows) if not any(row))]


def order(browser: FlaskClient, **choice: str) -> str:
    """Order a print and return the address of its page."""
    answer = browser.post("/comparison/staff.pdf", query_string=choice)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_it_gives_fair_figures_to_whoever_may_compare(client_of: Browser, cast: Cast) -> None:
    """The model knows the whole company; a manager gets the people of his own region out of it (CP-05)."""
    visit_team(cast, people=9, visits=3)
    everybody, own = read_csv(client_of("hr")), read_csv(client_of("manager"))
    names = ["Новичок", *(f"Продавец {number:02}" for number in range(9))]
    assert [row[0] for row in everybody] == names
    assert [row[0] for row in own] == [name for name in names if name[-2:] not in ("02", "05", "08")]
    figures = {row[0]: row[3:6] for row in everybody}
    assert figures["Новичок"] == ["", "", ""]
    assert all(figures[row[0]] == row[3:6] for row in own)
    assert all(row[3] for row in everybody[1:])
    assert [row[2] for row in everybody[:4]] == ["Север", "Север", "Север", "Юг"]


def test_it_parts_regions_as_the_page_does(
    client_of: Browser, team: dict[str, UUID], cast: Cast, tmp_path: Path
) -> None:
    """CP-02: whoever is told not to compare regions can see who is of which, names hidden or not."""
    browser = client_of("hr")
    for choice in ({}, {"names": "hidden"}):
        assert {row[2] for row in read_csv(browser, **choice)} == {"Север", "Юг"}
        text = read_text(browser.get("/comparison/staff.pdf", query_string=choice).data, tmp_path)
        headings = re.findall(r"\b(Север|Юг)\b", text)
        assert headings == ["Север", "Юг"] * 3, "the dots, the figures, the sections"


def test_it_hides_names_in_every_file(
    client_of: Browser, team: dict[str, UUID], cast: Cast, tmp_path: Path
) -> None:
    """The codes are those of the page, and neither a name nor the id of a visit comes along."""
    browser = client_of("hr")
    files = [
        browser.get(f"/comparison/staff.{kind}", query_string={"names": "hidden"}).data
        for kind in ("csv", "xlsx", "pdf")
    ]
    book = openpyxl.load_workbook(io.BytesIO(files[1]))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    texts = [files[0].decode("utf-8-sig"), cells, read_text(files[2], tmp_path)]
    codes = [row[0] for row in read_csv(browser, names="hidden")]
    assert codes == sorted(codes)
    for text in texts:
        assert not any(name in text for name in team)
        assert all(code in text for code in codes)
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)


def test_it_prints_a_few_people_at_once(client_of: Browser, team: dict[str, UUID], tmp_path: Path) -> None:
    """A PDF under a name that says what it is, with the company, the purpose and nobody's rank."""
    answer = client_of("hr").get("/comparison/staff.pdf", query_string={"since": "2026-03-01"})
    assert answer.mimetype == "application/pdf"
    name = answer.headers["Content-Disposition"]
    assert re.search(r"filename=staff-comparison-[a-z0-9-]+-2026-03-01\.pdf$", name)
    text = read_text(answer.data, tmp_path)
    assert all(name in text for name in team)
    assert "Сравнивать можно от 8" in text
    assert "не основание для взысканий" in text


def test_it_has_many_people_printed_by_a_worker(
    app: Flask, client_of: Browser, team: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for hundreds of people: they are ordered once, printed by a worker, and fetched."""
    monkeypatch.setattr(prints, "PEOPLE_AT_ONCE", 3)
    browser = client_of("hr")
    offer = browser.get("/comparison/staff.pdf")
    assert offer.mimetype == "text/html"
    assert 'action="/comparison/staff.pdf' in offer.get_data(as_text=True)
    page = order(browser)
    assert order(browser) == page
    assert browser.get(f"{page}/progress").get_json()["working"]
    assert browser.get(f"{page}/staff.pdf").status_code == 404
    claim = claim_next([JobKind.PRINT_DOCUMENT])
    assert claim is not None
    do_job(app, claim, threading.Event())
    assert not browser.get(f"{page}/progress").get_json()["working"]
    assert f"{page}/staff.pdf" in browser.get(page).get_data(as_text=True)
    printed = browser.get(f"{page}/staff.pdf")
    assert printed.data.startswith(b"%PDF")
    monkeypatch.setattr(prints, "PEOPLE_AT_ONCE", 100)
    assert browser.get("/comparison/staff.pdf").data == printed.data


def test_it_gives_an_order_to_nobody_else_and_not_beyond_ones_reach(
    client_of: Browser, team: dict[str, UUID], cast: Cast
) -> None:
    """An address that is passed on opens nothing; nor does one's own once a unit of it is out of reach."""
    page = order(client_of("hr"))
    assert client_of("manager").get(page).status_code == 404
    grant = db.session.query(Grant).filter_by(user_id=cast.ours.users["hr"]).one()
    grant.unit_id = cast.ours.units["N1"]
    db.session.commit()
    assert client_of("hr").get(page).status_code == 404


def test_it_prints_no_more_people_than_one_file_holds(
    client_of: Browser, team: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it says so, and what to do instead."""
    monkeypatch.setattr(prints, "PEOPLE_AT_ONCE", 3)
    monkeypatch.setattr(prints, "MOST_PEOPLE", 4)
    browser = client_of("hr")
    html = browser.get("/comparison/staff.pdf").get_data(as_text=True)
    assert '<form method="post" action="/comparison' not in html
    assert "/comparison/staff.xlsx" in html
    assert order(browser).startswith("/comparison/staff.pdf")


def test_it_lets_three_documents_of_a_person_be_at_work(client_of: Browser, team: dict[str, UUID]) -> None:
    """The fourth waits, and the page says so."""
    browser = client_of("hr")
    choices = [{}, {"names": "hidden"}, {"figure": "customer"}, {"since": "2026-03-02"}]
    places = [order(browser, **choice) for choice in choices]
    assert [place.startswith("/comparison/prints/") for place in places] == [True, True, True, False]
