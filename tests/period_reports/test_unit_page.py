"""A unit over a period: standards by staff in alphabetical order, gates, and nobody ranked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from mystery.database import db
from mystery.models import AccessEvent, Employee, Placement
from mystery.period_reports.queries import units
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.page_words import read_words
from tests.period_reports.test_employee_page import read_page

Browser = Callable[..., FlaskClient]
FIRST_DAY = date(2026, 9, 1)


@pytest.fixture
def visits(cast: Cast) -> None:
    """Three visits to Анна (V2, V2, V1), one each to Яна, Борис and Ёлкина in N1 (V2), one to Вера in S1."""
    for name in ("Яна", "Ёлкина"):
        employee = Employee(company_id=cast.ours.company, name=name, hired_on=date(2025, 3, 1))
        employee.placements.append(Placement(unit_id=cast.ours.units["N1"], since=date(2025, 3, 1)))
        db.session.add(employee)
        db.session.flush()
        cast.ours.employees[name] = employee.id
    db.session.commit()
    for number, answers in enumerate(["V2", "V2", "V1"]):
        make_submitted_visit(cast, answers, day=FIRST_DAY + timedelta(days=number))
    for name in ("Яна", "Борис", "Ёлкина"):
        make_submitted_visit(cast, "V2", employee=name, day=FIRST_DAY)
    make_submitted_visit(cast, "V1", unit="S1", employee="Вера", day=FIRST_DAY)


def read_heatmap(page: str) -> list[list[str]]:
    """The rows of the heatmap as words: names first, then each standard."""
    table = page[page.index('<table class="table heatmap">') :]
    table = table[: table.index("</table>")]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("</tr>")]
    return [[read_words(cell) for cell in row] for row in rows if row]


def unit_page(browser: FlaskClient, **choice: str) -> str:
    """The page of a unit."""
    return read_page(browser, "/period-reports/unit", **choice)


def test_it_lists_staff_alphabetically_with_k_of_n(client_of: Browser, cast: Cast, visits: None) -> None:
    """CP-03: the order of the alphabet, whatever they kept; a standard that V2 keeps and V1 does not."""
    page = unit_page(client_of("manager"), unit=str(cast.ours.units["N1"]))
    heatmap = read_heatmap(page)
    assert heatmap[0][1:] == ["Анна", "Борис", "Ёлкина", "Яна", "Все"]
    cells = {row[0]: row[1:] for row in heatmap[1:] if len(row) == len(heatmap[0])}
    assert cells
    for row in cells.values():
        kept, assessed = zip(*(map(int, re.findall(r"\d+", cell)) for cell in row if cell), strict=True)
        assert sum(kept[:-1]) == kept[-1]
        assert sum(assessed[:-1]) == assessed[-1]
    assert any(row[0] == "2 из 3" and row[1] == "1 из 1" for row in cells.values())


def test_it_counts_in_the_database_what_the_answers_say(cast: Cast, client_of: Browser, visits: None) -> None:
    """The heatmap's figures are those of the employee's own report."""
    browser = client_of("hr")
    page = unit_page(browser, unit=str(cast.ours.units["N1"]))
    own = read_page(browser, f"/period-reports/employees/{cast.ours.employees['Анна']}")
    for row in read_heatmap(page)[1:]:
        if len(row) == 6 and row[1]:
            no_code = '<small[^>]*><span class="code"></span></small>'
            tally = re.search(rf'{re.escape(row[0])} {no_code}</th><td class="figure">(.*?)</td>', own)
            assert tally is not None, row[0]
            assert tally[1] == row[1]


def test_it_keeps_to_the_gates(client_of: Browser, cast: Cast, visits: None) -> None:
    """Team figures from three people and five visits; cells stay, as facts."""
    page = unit_page(client_of("hr"), unit=str(cast.ours.units["S1"]))
    assert "О подразделении говорим от трёх сотрудников и пяти визитов; пока 1 сотрудник, 1 визит." in page
    assert "мало данных: 1 сотрудник, 1 визит" in page
    assert len(read_heatmap(page)[0]) == 3
    full = unit_page(client_of("hr"), unit=str(cast.ours.units["N1"]))
    assert "6 визитов, 4 сотрудника" in full
    assert "Чаще всего не соблюдался стандарт" in full


def test_it_shows_knock_outs_as_events_that_lead_to_visits(
    client_of: Browser, cast: Cast, visits: None
) -> None:
    """SC-07: V2's receipt decided five times."""
    page = unit_page(client_of("manager"), unit=str(cast.ours.units["N1"]))
    events = page[page.index('id="knock-outs"') : page.index('id="method"')]
    assert "сработал 5 раз" in events
    assert len(re.findall(r'href="/visits/[0-9a-f-]{36}"', events)) == 5
    assert not any(name in events for name in cast.ours.employees)


def test_a_manager_reads_his_own_units_only(client_of: Browser, cast: Cast, visits: None) -> None:
    """Another's unit in the address is none that is offered; the visits of S1 are nowhere."""
    asked = {"unit": str(cast.ours.units["S1"])}
    answer = client_of("manager").get("/period-reports/unit", query_string=asked)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Вера" not in page
    assert "Магазин S1" not in page
    foreign = unit_page(client_of("hr", foreign=True), unit=str(cast.ours.units["N1"]))
    assert 'class="empty"' in foreign
    assert "Анна" not in foreign


def test_it_writes_down_the_opening_for_each_employee_it_shows(
    client_of: Browser, cast: Cast, visits: None
) -> None:
    client_of("manager").get("/period-reports/unit", query_string={"unit": str(cast.ours.units["N1"])})
    rows = db.session.execute(select(AccessEvent.employee_id, AccessEvent.kind, AccessEvent.reader_id)).all()
    shown = {cast.ours.employees[name] for name in ("Анна", "Борис", "Ёлкина", "Яна")}
    assert {row[0] for row in rows} == shown
    assert {tuple(row[1:]) for row in rows} == {("unit_page", cast.ours.users["manager"])}
    assert len(rows) == 4
    page = read_page(client_of("employee"), f"/period-reports/employees/{cast.ours.employees['Анна']}")
    assert "отчёт о вашем подразделении" in page or "the report on your unit" in page


def test_it_names_nobody_where_there_are_too_many_people(
    client_of: Browser, cast: Cast, visits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "MOST_STAFF", 3)
    page = unit_page(client_of("hr"), unit=str(cast.ours.units["N1"]))
    assert "Здесь 4 сотрудника: для одной таблицы это много." in page
    assert not any(name in page for name in ("Анна", "Ёлкина"))
    assert db.session.scalar(select(func.count()).select_from(AccessEvent)) == 0


def test_it_prints_the_same_bytes_for_the_same_choice(client_of: Browser, cast: Cast, visits: None) -> None:
    browser = client_of("manager")
    choice = {"unit": str(cast.ours.units["N1"]), "language": "en"}
    first, second = (browser.get("/period-reports/unit.pdf", query_string=choice) for _ in range(2))
    assert first.data.startswith(b"%PDF")
    assert first.data == second.data
    assert "unit-2025-09-03-2026-09-03-en.pdf" in first.headers["Content-Disposition"]
    assert browser.get("/period-reports/unit.pdf?since=2030-01-01").status_code == 404


def test_it_says_what_will_be_here_before_the_first_visit(client_of: Browser) -> None:
    assert 'class="empty"' in unit_page(client_of("hr"))
    assert client_of("hr").get("/period-reports/unit.pdf").status_code == 404
