"""HR compares staff side by side: alphabetical, gated, every figure leading to its visits."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape

import openpyxl
import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import Employee
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.page_words import read_words

Browser = Callable[..., FlaskClient]


def read_rows(browser: FlaskClient, **choice: str) -> dict[str, str]:
    """Employee to the words of his line."""
    page = browser.get("/comparison/", query_string=choice)
    assert page.status_code == 200
    html = page.get_data(as_text=True)
    body = html[html.index("<tbody>") : html.index("</tbody>")] if "<tbody>" in html else ""
    rows = [read_words(row) for row in body.split("</tr>")]
    return {row.split()[0]: row for row in rows if row}


def test_it_lists_the_visits_themselves_while_there_are_few_people(client_of: Browser, visits: None) -> None:
    """CP-05: under eight people raw visits only, alphabetically and with the reason; SC-07: base scores."""
    rows = read_rows(client_of("hr"))
    assert list(rows) == ["Анна", "Борис", "Вера"]
    assert "1 сентября 2026 : 71,8 2 сентября 2026 : 71,8 3 сентября 2026 : 68,5" in rows["Анна"]
    html = client_of("hr").get("/comparison/").get_data(as_text=True)
    assert "Сравнивать можно от 8" in html
    assert "70,7" not in html, "three visits of three people make no mean"
    assert 'class="dots"' not in html


def test_it_says_first_that_people_are_too_few(client_of: Browser, cast: Cast) -> None:
    """CP-05: with a visit each there would be no model either, but that is not what helps."""
    make_submitted_visit(cast)
    html = client_of("hr").get("/comparison/").get_data(as_text=True)
    assert "Сравнивать можно от 8" in html
    assert "У каждого только один визит" not in html
    assert "которых пока нет ни у кого" in html


def test_it_shows_a_manager_the_staff_of_his_own_region(client_of: Browser, visits: None) -> None:
    assert list(read_rows(client_of("manager"))) == ["Анна", "Борис"]


def test_it_shows_a_foreign_company_nothing_of_ours(client_of: Browser, visits: None, cast: Cast) -> None:
    browser = client_of("hr", foreign=True)
    assert read_rows(browser) == {}
    make_submitted_visit(cast, foreign=True)
    assert list(read_rows(browser)) == ["Анна"]
    asked = {"unit": str(cast.ours.units["N1"])}
    assert browser.get("/comparison/", query_string=asked).status_code == 422


def test_it_narrows_by_unit_and_period(client_of: Browser, visits: None, cast: Cast) -> None:
    assert list(read_rows(client_of("hr"), unit=str(cast.ours.units["S1"]))) == ["Вера"]
    assert "3 сентября" not in read_rows(client_of("hr"), until="2026-09-02")["Анна"]


def test_it_leads_from_each_figure_to_its_visits(client_of: Browser, visits: None, cast: Cast) -> None:
    browser = client_of("hr")
    html = browser.get("/comparison/", query_string={"since": "2026-09-01"}).get_data(as_text=True)
    employee = str(cast.ours.employees["Анна"])
    links = {unescape(link) for link in re.findall(r'href="(/visits/\?[^"]+)"', html) if employee in link}
    assert links
    for link in links:
        shown = re.findall(r'href="/visits/[0-9a-f-]{36}"', browser.get(link).get_data(as_text=True))
        assert len(shown) == (1 if "knocked_out" in link else 3)


def test_it_never_ranks(client_of: Browser, visits: None) -> None:
    """CP-03: no rank numbers, and no way to ask for a list sorted by score."""
    html = client_of("hr").get("/comparison/?sort=mean&order=desc").get_data(as_text=True)
    assert list(read_rows(client_of("hr"), sort="mean")) == ["Анна", "Борис", "Вера"]
    assert "мест и рейтингов нет" in html
    assert "не основание для взысканий" in html


def test_it_exports_what_the_page_shows(client_of: Browser, visits: None, cast: Cast) -> None:
    browser = client_of("hr")
    choice = {"unit": str(cast.ours.units["N1"])}
    text = browser.get("/comparison/staff.csv", query_string=choice).data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert lines[1][0] == "Анна"
    assert "70,7" in lines[1]
    workbook = openpyxl.load_workbook(
        io.BytesIO(browser.get("/comparison/staff.xlsx", query_string=choice).data)
    )
    values = [cell.value for cell in next(workbook.worksheets[0].iter_rows(min_row=2, max_row=2))]
    assert values[0] == "Анна"
    assert any(isinstance(value, float) and abs(value - 70.685185) < 1e-5 for value in values)


def test_it_says_in_the_file_and_in_its_name_what_was_compared(client_of: Browser, visits: None) -> None:
    """A file that lies in a folder for a year still says which checklist, unit and days it is about."""
    period = {"since": "2026-09-01", "until": "2026-09-30"}
    answer = client_of("hr").get("/comparison/staff.xlsx", query_string=period)
    name = answer.headers["Content-Disposition"]
    assert re.search(r"filename=staff-comparison-[a-z0-9-]+-2026-09-01-2026-09-30\.xlsx$", name)
    _, table, method = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    checklist, unit, days = [cell.value for cell in method["A"][3:6]]
    assert checklist.endswith(f": {table['D2'].value}")
    assert unit.endswith(": Все подразделения")
    assert "1 сентября 2026" in days
    assert "30 сентября 2026" in days
    text = client_of("hr").get("/comparison/staff.csv", query_string=period).data.decode("utf-8-sig")
    assert checklist in text


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1"])
def test_it_exports_no_live_formula(client_of: Browser, visits: None, cast: Cast, payload: str) -> None:
    employee = db.session.get(Employee, cast.ours.employees["Анна"])
    assert employee is not None
    employee.name = payload
    db.session.commit()
    browser = client_of("hr")
    text = browser.get("/comparison/staff.csv").data.decode("utf-8-sig")
    assert any(row and row[0] == f"'{payload}" for row in csv.reader(io.StringIO(text), delimiter=";"))
    workbook = openpyxl.load_workbook(io.BytesIO(browser.get("/comparison/staff.xlsx").data))
    cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == payload for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    "nonsense", [{"unit": "x"}, {"checklist": "x"}, {"since": "x"}, {"until": "2026-99-99"}]
)
def test_it_shows_nothing_that_was_not_asked_for(
    client_of: Browser, visits: None, nonsense: dict[str, str]
) -> None:
    page = client_of("hr").get("/comparison/", query_string=nonsense)
    assert page.status_code == 422
    assert "Анна" not in page.get_data(as_text=True)


def test_it_says_what_will_be_here_before_the_first_visit(client_of: Browser) -> None:
    assert 'class="empty"' in client_of("hr").get("/comparison/").get_data(as_text=True)
    assert client_of("hr").get("/comparison/staff.csv").status_code == 404
