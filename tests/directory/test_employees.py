"""The list of employees and their particulars: search, filters, paging, adding and correcting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
import time_machine
from flask.testing import FlaskClient

from mystery.access.permissions import Role
from mystery.database import db
from mystery.directory import actions, queries
from mystery.directory.actions import EmployeeDraft, Step
from mystery.directory.queries import EmployeeFilter
from mystery.models import Employee
from tests.cast import Cast
from tests.directory.files import reach_of

Clients = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is noon in Moscow on 21 November 2026."""
    with time_machine.travel("2026-11-21T09:00:00+00:00", tick=False):
        yield


def add(cast: Cast, name: str, unit: str = "N1", code: str | None = None) -> UUID:
    """Somebody hired on 1 May 2026."""
    draft = EmployeeDraft(name, code, "Продавец", date(2026, 5, 1))
    added = actions.add_employee(reach_of(cast.ours.company), cast.ours.units[unit], draft)
    assert isinstance(added, UUID), added
    return added


def names(cast: Cast, wanted: EmployeeFilter, unit: str = "company") -> list[str]:
    """Who is listed for somebody who reaches ``unit``."""
    reach = reach_of(cast.ours.units[unit], Role.HR)
    return [row.name for row in queries.list_employees(reach, wanted, 1).rows]


def test_it_lists_who_works_here_by_name_ё_among_е(cast: Cast) -> None:
    for name in ("Ёлкина Яна", "Жуков Ян", "Ежов Ян"):
        add(cast, name)
    assert names(cast, EmployeeFilter()) == ["Анна", "Борис", "Вера", "Ежов Ян", "Ёлкина Яна", "Жуков Ян"]


@pytest.mark.parametrize("text", ["семен", "СЕМЁН", "семёнов пётр", "петр сем", "t-17", "т-17", "Пе"])
def test_it_finds_people_by_parts_of_name_or_code_in_any_case(cast: Cast, text: str) -> None:
    add(cast, "Семёнов Пётр", code="T-17 т-17")
    assert names(cast, EmployeeFilter(text)) == ["Семёнов Пётр"]


@pytest.mark.parametrize("text", ["%", "_", "нет такого", "' OR 1=1 --", "\x00\x01", "я" * 5000])
def test_it_takes_search_text_literally(client_of: Clients, cast: Cast, text: str) -> None:
    page = client_of("hr").get("/directory/employees", query_string={"q": text})
    assert page.status_code == 200
    assert ("Анна" in page.get_data(as_text=True)) == (text == "\x00\x01")


def test_it_filters_by_unit_with_everything_below_and_by_presence(cast: Cast) -> None:
    reach = reach_of(cast.ours.company)
    actions.record_leaving(reach, cast.ours.employees["Борис"], date(2026, 10, 31))
    north = cast.ours.units["Север"]
    assert names(cast, EmployeeFilter(unit_id=north)) == ["Анна"]
    assert names(cast, EmployeeFilter(unit_id=north, state="left")) == ["Борис"]
    assert names(cast, EmployeeFilter(unit_id=north, state="all")) == ["Анна", "Борис"]
    assert names(cast, EmployeeFilter(unit_id=cast.foreign.units["N1"])) == ["Анна", "Вера"]


def test_it_still_lists_somebody_on_the_last_day(cast: Cast) -> None:
    actions.record_leaving(reach_of(cast.ours.company), cast.ours.employees["Борис"], date(2026, 11, 21))
    assert "Борис" in names(cast, EmployeeFilter())


def test_it_pages_long_lists(client_of: Clients, cast: Cast) -> None:
    for number in range(60):
        add(cast, f"Человек {number:02}")
    page = client_of("hr").get("/directory/employees?page=2").get_data(as_text=True)
    assert page.count("row-link") == 13
    assert 'rel="prev"' in page
    assert client_of("hr").get("/directory/employees?page=-1").status_code == 200
    assert client_of("hr").get("/directory/employees?state=odd&unit=x").status_code == 422


def test_it_shows_a_region_only_its_own_people_and_hides_where_they_went(
    client_of: Clients, cast: Cast
) -> None:
    anna = cast.ours.employees["Анна"]
    step = Step(cast.ours.units["S1"], "Тайная должность", date(2026, 6, 1))
    actions.move_employee(reach_of(cast.ours.company), anna, step)
    assert names(cast, EmployeeFilter(), "Север") == ["Борис"]
    assert names(cast, EmployeeFilter(state="all"), "Север") == ["Анна", "Борис"]
    page = client_of("manager").get(f"/directory/employees/{anna}").get_data(as_text=True)
    assert "Магазин N1" in page
    assert "Магазин S1" not in page
    assert "Тайная должность" not in page
    assert client_of("manager").get(f"/directory/employees/{cast.ours.employees['Вера']}").status_code == 404


def test_it_adds_somebody_with_the_first_placement(client_of: Clients, cast: Cast) -> None:
    form = {"name": "Глеб  Орлов", "code": "", "position": "Кассир", "hired_on": "2026-11-01"}
    answer = client_of("hr").post(
        "/directory/employees/add", data=form | {"unit": str(cast.ours.units["N1"])}
    )
    assert answer.status_code == 303
    person = db.session.query(Employee).filter_by(name="Глеб Орлов").one()
    assert (person.code, person.company_id, person.user_id) == (None, cast.ours.company, None)
    [placement] = person.placements
    assert (placement.unit_id, placement.position) == (cast.ours.units["N1"], "Кассир")
    assert (placement.since, placement.until) == (date(2026, 11, 1), None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u200b \u00ad"),
        ("name", "и" * 121),
        ("name", "a\x07b"),
        ("code", "E1"),
        ("position", "п" * 121),
        ("unit", ""),
        ("unit", "not-a-unit"),
        ("unit", "foreign"),
        ("unit", "closed"),
        ("hired_on", ""),
        ("hired_on", "2026-13-01"),
        ("hired_on", "0001-01-01"),
        ("hired_on", "9999-12-31"),
        ("hired_on", "5" * 5000),
    ],
)
def test_it_says_beside_the_field_what_to_mend(
    client_of: Clients, cast: Cast, field: str, value: str
) -> None:
    add(cast, "Первый", code="E1")
    actions.close_unit(reach_of(cast.ours.company), cast.ours.units["S1"], date(2026, 1, 1))
    values = {"foreign": str(cast.foreign.units["N1"]), "closed": str(cast.ours.units["S1"])}
    form = {"name": "Глеб", "code": "E9", "position": "Кассир", "hired_on": "2026-11-01"}
    form |= {"unit": str(cast.ours.units["N1"])} | {field: values.get(value, value)}
    answer = client_of("hr").post("/directory/employees/add", data=form)
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.get_data(as_text=True)
    assert db.session.query(Employee).filter_by(code="E9").count() == 0


def test_it_corrects_particulars_and_nothing_else(client_of: Clients, cast: Cast) -> None:
    anna = cast.ours.employees["Анна"]
    form = {"name": "Анна Орлова", "code": "E1", "position": "Кассир", "hired_on": "2025-02-01"}
    planted = {"company_id": str(cast.foreign.company), "user_id": "", "left_on": "2026-01-01", "id": "x"}
    assert client_of("hr").post(f"/directory/employees/{anna}/edit", data=form | planted).status_code == 303
    db.session.expire_all()
    person = db.session.get_one(Employee, anna)
    assert (person.name, person.code, person.hired_on) == ("Анна Орлова", "E1", date(2025, 2, 1))
    assert (person.company_id, person.left_on) == (cast.ours.company, None)
    assert person.user_id == cast.ours.users["employee"]
    assert [(each.position, each.since) for each in person.placements] == [("Кассир", date(2025, 2, 1))]


def test_it_fills_the_form_with_what_is_known(client_of: Clients, cast: Cast) -> None:
    page = (
        client_of("hr").get(f"/directory/employees/{cast.ours.employees['Анна']}/edit").get_data(as_text=True)
    )
    for known in ('value="Анна"', 'value="Продавец"', 'value="2025-03-01"'):
        assert known in page


def test_it_chooses_the_unit_that_the_address_names(client_of: Clients, cast: Cast) -> None:
    shop = cast.ours.units["N2"]
    page = client_of("hr").get(f"/directory/employees/add?unit={shop}").get_data(as_text=True)
    assert f'<option selected value="{shop}">' in page
    assert client_of("hr").get("/directory/employees/add?unit=nonsense").status_code == 200
