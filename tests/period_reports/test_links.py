"""The results over a period are one step away from where people read about somebody."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from flask.testing import FlaskClient

from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]


def list_links(browser: FlaskClient, address: str) -> set[str]:
    """The links of a page to reports over a period."""
    page = browser.get(address)
    assert page.status_code == 200
    return {
        unescape(link) for link in re.findall(r'href="(/period-reports/[^"]*)"', page.get_data(as_text=True))
    }


def test_it_leads_from_visits_about_somebody_to_his_results(client_of: Browser, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    own = f"/period-reports/employees/{cast.ours.employees['Анна']}"
    manager = client_of("manager")
    assert own in list_links(manager, f"/visits/?employee={cast.ours.employees['Анна']}")
    assert own in list_links(manager, f"/visits/{visit}")


def test_it_leads_nowhere_from_a_visit_about_nobody_known(client_of: Browser, cast: Cast) -> None:
    visit = make_submitted_visit(cast, employee=None)
    assert not [link for link in list_links(client_of("hr"), f"/visits/{visit}") if "employees" in link]


def test_it_leads_an_employee_from_menu_and_list_to_his_own(client_of: Browser, cast: Cast) -> None:
    make_submitted_visit(cast)
    assert list_links(client_of("employee"), "/visits/") == {"/period-reports/mine"}


def test_it_leads_from_a_compared_person_with_the_same_choice(client_of: Browser, cast: Cast) -> None:
    """The same checklist and days; an open end stays open."""
    make_submitted_visit(cast)
    person = f"/comparison/person/{cast.ours.employees['Анна']}?since=2026-11-01"
    links = list_links(client_of("hr"), person)
    (link,) = [each for each in links if "/employees/" in each]
    assert "since=2026-11-01" in link
    assert link.endswith("until=")
    page = client_of("hr").get(link).get_data(as_text=True)
    assert 'value="2026-11-01"' in page


def test_the_menu_offers_the_units_report_to_those_who_compare(client_of: Browser, cast: Cast) -> None:
    assert "/period-reports/unit" in list_links(client_of("manager"), "/visits/")
    assert "/period-reports/unit" not in list_links(client_of("lead"), "/visits/")
