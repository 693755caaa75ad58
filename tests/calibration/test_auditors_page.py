"""The lead sees how severe auditors are and what to schedule; nobody else learns anything of it (CP-06)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from mystery.calibration import words
from mystery.database import db
from mystery.models import ChecklistRecord, Grant, User, Visit
from reports.comparison_notes import list_programme
from reports.fair_comparison import fit_fairly
from reports.fair_rows import AuditorSeverity, RegionLinks
from reports.fair_words import describe_reliability
from tests.calibration.programmes import FIRST_DAY, hire_auditor, live_a_season, walk
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.page_words import fetch_words
from tests.reports.fair_visits import make_visits

Browser = Callable[..., FlaskClient]


@pytest.fixture
def lead(client_of: Browser, cast: Cast) -> FlaskClient:
    """The browser of our lead, who reads English."""
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    db.session.commit()
    return client_of("lead")


def read_text(browser: FlaskClient, **choice: str) -> str:
    """The words of the page."""
    return fetch_words(browser, "/auditors", **choice)


def test_it_finds_the_strict_and_the_generous_auditor(lead: FlaskClient, cast: Cast) -> None:
    """CP-06: with the interval, by name, and silent about those who are like the average."""
    live_a_season(cast)
    text = read_text(lead)
    assert "4 auditors, 48 visits." in text
    assert "Stricter than the average auditor: 1. More generous: 1. Not to be told yet: 2." in text
    strict = re.search(r"Галина 12 visits, 12 employees ([\d.]+) lower than the average auditor", text)
    generous = re.search(r"Дарья 12 visits, 12 employees ([\d.]+) higher than the average auditor", text)
    assert strict is not None
    assert generous is not None
    assert float(strict[1]) == pytest.approx(12, abs=2)
    assert float(generous[1]) == pytest.approx(12, abs=2)
    assert text.count("no clear difference from the average auditor") == 2
    names = [name for name in re.findall(r"Галина|Дарья|Егор|Жанна", text)][:4]
    assert names == sorted(names), "by name, never by severity (CP-03)"


def test_it_says_how_many_visits_a_score_needs(lead: FlaskClient, cast: Cast) -> None:
    """CP-06: the programme's own sds, and reliability for one to twelve visits."""
    live_a_season(cast)
    html = lead.get("/auditors").get_data(as_text=True)
    table = html[html.index('class="table reliability"') :]
    assert table[: table.index("</table>")].count('<th scope="row">') == 12
    spreads = re.findall(r"<dt>(\w+)</dt><dd><strong>([\d.]+)</strong>", html)
    assert {name for name, _ in spreads} >= {"employees", "auditors", "chance"}
    assert 6 < dict((name, float(sd)) for name, sd in spreads)["auditors"] < 18
    assert "shops" not in {name for name, _ in spreads}, "one shop has no spread that could be measured"


def test_it_says_that_what_the_customer_got_is_also_about_the_shops(lead: FlaskClient, cast: Cast) -> None:
    """CP-02: beside the figure of the person alone, with the visits that each of them needs."""
    names = live_a_season(cast)
    moved = [cast.ours.employees[name] for name in names[: len(names) // 2]]
    there = update(Visit).where(Visit.employee_id.in_(moved)).values(unit_id=cast.ours.units["N2"])
    db.session.execute(there)
    db.session.commit()
    text = read_text(lead)
    assert "about the person and the shops worked in" in text
    assert "in what the customer got the people and the shops they worked in." in text


def test_it_prints_the_limits_of_an_auditor_as_its_neighbours_do(app: Flask) -> None:
    """CP-06: nobody knows a severity to a thousandth; a limit that only just keeps clear of zero says so."""
    generous = AuditorSeverity("key", 30, 20, 0.0, "generous", severity=2.0, low=0.0014, high=4.043)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert words.write_severity_limits(generous, "en") == ("just above 0", "+4.0")
        said = words.describe_severity(generous, "en")
        assert said.endswith("(likely between just above 0 and 4.0)")
        strict = dataclasses.replace(generous, state="strict", severity=-2.0, low=-4.043, high=-0.0014)
        assert "between just above 0 and 4.0" in words.describe_severity(strict, "en")


def test_it_rounds_no_figure_up_to_what_it_does_not_reach(app: Flask) -> None:
    """SC-09: 79.6 beside "it takes 10 visits" is no 80, and 9.6 is not the tenth that regions need."""
    model = fit_fairly(make_visits(12, 4)).describe("colleagues")
    nearly = dataclasses.replace(model, reliability={9: 0.796, 10: 0.8021, 12: 0.79996}, visits_needed=10)
    with app.test_request_context():
        shown = [words.write_reliability(nearly, count, "ru") for count in (9, 10, 12, 1)]
        assert shown == ["79,6\N{NO-BREAK SPACE}%", "80\N{NO-BREAK SPACE}%", "79,9\N{NO-BREAK SPACE}%", "–"]
        assert "(9.6%)" in words.write_link_share(RegionLinks("north", 125, 12, 1, ()), "en")
    never = dataclasses.replace(nearly, reliability={12: 0.796}, visits_needed=None)
    assert "only 79.6% about the person" in describe_reliability(never, "en")
    assert [note.value for note in list_programme(nearly, "en") if "Share" in note.text][2] == Decimal("79.9")


def test_it_says_what_is_missing_where_nothing_can_be_told(lead: FlaskClient, cast: Cast) -> None:
    """CP-05: under eight people there is no model; without visits, what will be here and what to do first."""
    assert "Once visits have been sent" in read_text(lead)
    live_a_season(cast, people=5)
    text = read_text(lead)
    assert "5 employees have visits; comparing starts at 8." in text
    assert "No double visits yet." in text
    assert "cannot be told from these visits" in text
    assert "No visit fits this choice." in read_text(lead, since="2030-01-01")


def test_it_tells_what_to_schedule_with_the_way_there(lead: FlaskClient, cast: Cast) -> None:
    """CP-02: a tenth of a region's visits by auditors from elsewhere; the link leads to planning there."""
    names = live_a_season(cast)
    hire_auditor(cast, "Зинаида")
    for number, name in enumerate(names):
        walk(cast, "Зинаида", name, unit="S1", day=FIRST_DAY + timedelta(days=200 + number))
    db.session.commit()
    html = unescape(lead.get("/auditors").get_data(as_text=True))
    text = read_text(lead)
    assert "auditors from elsewhere made 0 of 60 visits (0%), and 10% are needed." in text
    assert "Север 0 of 48 (0%) 6 more visits by auditors from elsewhere Visits by these" in text
    assert "Visits by these auditors would count: Зинаида." in text
    assert "Юг 0 of 12 (0%) 2 more visits by auditors from elsewhere" in text
    assert "Visits by these auditors would count: Галина, Дарья, Егор, Жанна." in text
    link = re.search(r'href="(/assignments/new\?[^"]*)"[^>]*aria-label="Assign visits in Север"', html)
    assert link is not None
    page = lead.get(link[1]).get_data(as_text=True)
    boxes = re.findall(r"<input checked[^>]*value=\"([0-9a-f-]{36})\"", page)
    assert set(boxes) == {str(cast.ours.units[shop]) for shop in ("N1", "N2")}


def test_it_names_who_marks_not_applicable_much_more_often(lead: FlaskClient, cast: Cast) -> None:
    """SC's invariant: N/A in place of the worst answer never lowers a score, so its rate is watched."""
    for auditor in ("Галина", "Дарья"):
        hire_auditor(cast, auditor)
        for number in range(12):
            value = "n/a" if auditor == "Галина" and number % 2 else "yes"
            day = FIRST_DAY + timedelta(days=number + 30 * (auditor == "Дарья"))
            walk(cast, auditor, "Анна", day=day, answers={"heard": value, "facts": "yes"})
    db.session.commit()
    text = read_text(lead)
    assert "Галина cannot be told from these visits 12 1 6 of 24; others would have had 0 ◐" in text
    assert "much more often than others on the same questions: Галина." in text
    assert "Was your objection heard out? Objections 6 of 24 ◐ seldom fits" in text


def test_it_is_for_leads_of_the_whole_company(client_of: Browser, cast: Cast) -> None:
    """A lead of one region sees who audits there in planning, and nothing about how auditors mark."""
    live_a_season(cast)
    grant = db.session.query(Grant).filter_by(user_id=cast.ours.users["lead"]).one()
    grant.unit_id = cast.ours.units["Север"]
    db.session.commit()
    html = client_of("lead").get("/auditors").get_data(as_text=True)
    assert 'class="empty"' in html
    assert "Галина" not in html
    foreign = client_of("lead", foreign=True).get(f"/auditors?company={cast.ours.company}")
    assert foreign.status_code == 422


def test_it_leaves_the_checklist_behind_when_the_company_changes(lead: FlaskClient, cast: Cast) -> None:
    """Whoever works for two companies turns from one to the other by its name alone."""
    make_submitted_visit(cast)
    make_submitted_visit(cast, foreign=True)
    grant = Grant(user_id=cast.ours.users["lead"], role="lead", unit_id=cast.foreign.company)
    db.session.add(grant)
    db.session.commit()
    checklist = db.session.query(ChecklistRecord).filter_by(company_id=cast.ours.company).first()
    assert checklist is not None
    asked = {"company": str(cast.foreign.company), "checklist": str(checklist.id)}
    assert lead.get("/auditors", query_string=asked).status_code == 200


@pytest.mark.parametrize("nonsense", [{"checklist": "x"}, {"since": "x"}, {"until": "2026-99-99"}])
def test_it_shows_nothing_that_was_not_asked_for(
    lead: FlaskClient, cast: Cast, nonsense: dict[str, str]
) -> None:
    walk(cast, "auditor", "Анна")
    db.session.commit()
    page = lead.get("/auditors", query_string=nonsense)
    assert page.status_code == 422
    assert "1 auditor, 1 visit." not in page.get_data(as_text=True)
