"""The list of visits shows each person the visits of his scope, and finds among them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import Employee
from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]
VISIT_LINK = re.compile(r'href="/visits/([0-9a-f-]{36})"')


def list_shown(browser: FlaskClient, **filters: str) -> list[str]:
    """The ids of the visits on the page, in its order."""
    page = browser.get("/visits/", query_string=filters)
    assert page.status_code == 200
    return VISIT_LINK.findall(page.get_data(as_text=True))


@pytest.fixture
def visits(cast: Cast) -> dict[str, str]:
    """One visit each to Анна (N1), Борис (N2), Вера (S1) and a foreign Анна."""
    return {
        "Анна": str(make_submitted_visit(cast, "V1", day=date(2026, 11, 3))),
        "Борис": str(make_submitted_visit(cast, "V2", unit="N2", employee="Борис", day=date(2026, 11, 4))),
        "Вера": str(make_submitted_visit(cast, "V1", unit="S1", employee="Вера", day=date(2026, 11, 5))),
        "foreign": str(make_submitted_visit(cast, "V1", foreign=True)),
    }


@pytest.mark.parametrize(
    ("role", "people"),
    [
        ("lead", ["Вера", "Борис", "Анна"]),
        ("hr", ["Вера", "Борис", "Анна"]),
        ("manager", ["Борис", "Анна"]),
        ("employee", ["Анна"]),
    ],
)
def test_it_shows_each_person_the_visits_of_his_scope_newest_first(
    client_of: Browser, visits: dict[str, str], role: str, people: list[str]
) -> None:
    assert list_shown(client_of(role)) == [visits[name] for name in people]


def test_it_never_shows_a_foreign_company_what_is_ours(client_of: Browser, visits: dict[str, str]) -> None:
    assert list_shown(client_of("hr", foreign=True)) == [visits["foreign"]]


@pytest.mark.parametrize("text", ["вера", "ВЕРА", "  магазин s1 "])
def test_it_finds_by_employee_or_unit_whatever_the_case(
    client_of: Browser, visits: dict[str, str], text: str
) -> None:
    assert list_shown(client_of("hr"), text=text) == [visits["Вера"]]


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE visit; --", "\0", "а" * 10_000])
def test_it_takes_no_text_for_a_pattern_or_a_command(
    client_of: Browser, visits: dict[str, str], text: str
) -> None:
    shown = list_shown(client_of("hr"), text=text)
    assert shown == [] or text == "\0"


@pytest.mark.parametrize(
    ("text", "found"),
    [("Чернов Дмитрий", True), ("дмитрий чернов", True), ("N1 дмит", True), ("дмитрий петров", False)],
)
def test_it_finds_words_in_any_order(client_of: Browser, cast: Cast, text: str, found: bool) -> None:
    employee = db.session.get_one(Employee, cast.ours.employees["Анна"])
    employee.name = "Чернов Дмитрий"
    visit = str(make_submitted_visit(cast))
    assert list_shown(client_of("hr"), text=text) == ([visit] if found else [])


def test_it_narrows_by_unit_period_checklist_and_result(
    client_of: Browser, visits: dict[str, str], cast: Cast
) -> None:
    browser = client_of("hr")
    assert list_shown(browser, unit=str(cast.ours.units["Юг"])) == [visits["Вера"]]
    assert list_shown(browser, since="2026-11-04", until="2026-11-04") == [visits["Борис"]]
    # V2 of scoring.md is the one whose critical question fired.
    assert list_shown(browser, outcome="knocked_out") == [visits["Борис"]]
    assert list_shown(browser, employee=str(cast.ours.employees["Анна"])) == [visits["Анна"]]


@pytest.mark.parametrize("number", ["-5", "9" * 40])
def test_it_opens_a_page_that_is_there(client_of: Browser, visits: dict[str, str], number: str) -> None:
    assert len(list_shown(client_of("hr"), page=number)) == 3


@pytest.mark.parametrize(("asked", "status"), [({"outcome": "best"}, 422), ({"employee": "x"}, 404)])
def test_it_shows_nothing_that_was_not_asked_for(
    client_of: Browser, visits: dict[str, str], asked: dict[str, str], status: int
) -> None:
    page = client_of("hr").get("/visits/", query_string=asked)
    assert page.status_code == status
    assert not VISIT_LINK.findall(page.get_data(as_text=True))


def test_it_offers_all_of_them_once_where_nothing_fits(client_of: Browser, visits: dict[str, str]) -> None:
    page = client_of("hr").get("/visits/", query_string={"text": "никто"}).get_data(as_text=True)
    assert page.count(">Показать все</a>") == 1


def test_it_says_what_will_be_here_before_the_first_visit(client_of: Browser) -> None:
    page = client_of("hr").get("/visits/").get_data(as_text=True)
    assert 'class="empty"' in page
