"""Assigning on the page: two steps without JavaScript, problems beside their fields, nothing entered lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from mystery.access.permissions import Role
from mystery.database import db
from mystery.models import Assignment, Grant, Unit, User
from mystery.planning import desks
from tests.cast import Cast
from tests.planning.desk import (
    TODAY,
    add_legend,
    choose,
    fill_form,
    find_employee,
    forget_notices,
    in_days,
    make_auditor,
)

Browser = Callable[..., FlaskClient]


@pytest.fixture
def lead_browser(client_of: Browser, cast: Cast) -> FlaskClient:
    """Our lead, reading English."""
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    db.session.commit()
    return client_of("lead")


def new_assignments(cast: Cast) -> list[Assignment]:
    """The assignments made since the cast was planted."""
    db.session.expire_all()
    return list(db.session.scalars(select(Assignment).where(Assignment.created_by_id.is_not(None))))


def options_of(page: str, name: str) -> list[str]:
    """The words of a select's options, as they stand."""
    found = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    assert found, f"no select {name}"
    return [text.strip() for text in re.findall(r"<option[^>]*>([^<]*)</option>", found.group())]


def problem_of(response: TestResponse, name: str) -> str:
    """What stands beside a field."""
    found = re.search(rf'id="{name}-problem">([^<]*)<', response.get_data(as_text=True))
    assert found, f"no problem beside {name}"
    return found.group(1).strip()


def test_it_offers_the_newest_version_and_every_open_unit_first(
    lead_browser: FlaskClient, cast: Cast
) -> None:
    db.session.get_one(Unit, cast.ours.units["S1"]).closed_on = TODAY
    db.session.commit()
    page = lead_browser.get("/assignments/new").get_data(as_text=True)
    assert "version 1 of" in options_of(page, "version")[1]
    assert "Магазин N1" in page
    assert "Магазин S1" not in page
    assert "Чужие" not in page


def test_it_says_what_is_still_to_be_chosen(lead_browser: FlaskClient, cast: Cast) -> None:
    page = lead_browser.get("/assignments/new", query_string={"version": str(cast.ours.version)})
    assert problem_of(page, "unit") == "Choose at least one unit."
    page = lead_browser.get(
        "/assignments/new", query_string={"unit": str(cast.ours.units["N1"]), "version": "nonsense"}
    )
    assert problem_of(page, "version") == "Choose a checklist."
    checked = re.search(rf'<input[^>]*value="{cast.ours.units["N1"]}"[^>]*>', page.get_data(as_text=True))
    assert checked
    assert "checked" in checked.group()


def test_it_offers_the_people_of_the_chosen_unit(lead_browser: FlaskClient, cast: Cast) -> None:
    make_auditor(cast, "south", "Юг")
    page = lead_browser.get("/assignments/new", query_string=choose(cast, "N1")).get_data(as_text=True)
    assert options_of(page, "employee_0") == ["Anyone who serves", "Анна, Продавец"]
    assert options_of(page, "auditor_0") == ["Choose an auditor", "auditor lavka"]


def test_it_does_not_offer_somebody_who_left_or_an_auditor_who_works_there(
    lead_browser: FlaskClient, cast: Cast
) -> None:
    anna = find_employee(cast, "Анна")
    anna.left_on = anna.placements[0].until = in_days(-1)
    find_employee(cast, "Борис").user_id = make_auditor(cast, "colleague")
    db.session.commit()
    page = lead_browser.get("/assignments/new", query_string=choose(cast, "N1")).get_data(as_text=True)
    assert options_of(page, "employee_0") == ["Anyone who serves"]
    page = lead_browser.get("/assignments/new", query_string=choose(cast, "N2")).get_data(as_text=True)
    assert options_of(page, "auditor_0") == ["Choose an auditor", "auditor lavka"]


def test_it_offers_the_legends_that_the_checklist_names_first(
    lead_browser: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_legend(cast, "zebra", "Зебра")
    add_legend(cast, "aist", "Аист")
    add_legend(cast, "foreign", "Чужая легенда", foreign=True)
    page = lead_browser.get("/assignments/new", query_string=choose(cast, "N1")).get_data(as_text=True)
    assert options_of(page, "scenario") == ["No legend", "Аист", "Зебра"]
    monkeypatch.setattr(desks, "parse_version", lambda _content: SimpleNamespace(scenarios=("zebra",)))
    page = lead_browser.get("/assignments/new", query_string=choose(cast, "N1")).get_data(as_text=True)
    assert options_of(page, "scenario") == ["No legend", "Зебра", "Аист"]
    assert '<optgroup label="Named by the checklist">' in page


def test_it_assigns_and_shows_the_assignment(lead_browser: FlaskClient, cast: Cast) -> None:
    answer = lead_browser.post(
        "/assignments/new", query_string=choose(cast, "N1"), data=fill_form(cast, briefing=" Чайник \n")
    )
    assert answer.status_code == 303
    made = new_assignments(cast)
    assert [row.briefing for row in made] == ["Чайник"]
    page = lead_browser.get(answer.headers["Location"])
    assert "1 visit is assigned." in page.get_data(as_text=True)
    assert "auditor lavka" in page.get_data(as_text=True)


def test_it_assigns_the_same_visit_in_several_shops_each_with_its_auditor(
    lead_browser: FlaskClient, cast: Cast
) -> None:
    other = make_auditor(cast, "other")
    form = fill_form(
        cast, auditor=str(cast.ours.users["auditor"]), auditor_0="", auditor_1=str(other), employee_1=""
    )
    answer = lead_browser.post("/assignments/new", query_string=choose(cast, "N1", "N2"), data=form)
    assert answer.status_code == 303
    assert {(row.unit_id, row.auditor_id, row.employee_id) for row in new_assignments(cast)} == {
        (cast.ours.units["N1"], cast.ours.users["auditor"], cast.ours.employees["Анна"]),
        (cast.ours.units["N2"], other, None),
    }


def test_it_offers_for_all_units_only_auditors_who_may_visit_each(
    lead_browser: FlaskClient, cast: Cast
) -> None:
    make_auditor(cast, "south", "Юг")
    page = lead_browser.get("/assignments/new", query_string=choose(cast, "N1", "S1")).get_data(as_text=True)
    assert options_of(page, "auditor") == ["Chosen for each unit below", "auditor lavka"]
    assert options_of(page, "auditor_1") == ["As chosen for all units", "auditor lavka", "south"]


def test_it_puts_every_problem_beside_its_field_and_keeps_what_was_entered(
    lead_browser: FlaskClient, cast: Cast
) -> None:
    form = fill_form(
        cast,
        window_start=in_days(9).isoformat(),
        briefing="Зайдите с <улицы>",
        employee_1=str(cast.ours.employees["Анна"]),
        auditor_1="",
    )
    answer = lead_browser.post("/assignments/new", query_string=choose(cast, "N1", "N2"), data=form)
    assert answer.status_code == 422
    assert problem_of(answer, "window_end") == "The last day is before the first. Swap them."
    assert problem_of(answer, "auditor_1") == "Choose the auditor."
    assert "does not work in the unit" in problem_of(answer, "employee_1")
    page = answer.get_data(as_text=True)
    assert "Зайдите с &lt;улицы&gt;" in page
    assert f'value="{in_days(9).isoformat()}"' in page
    assert not new_assignments(cast)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("auditor_0", "{foreign_auditor}"),
        ("employee_0", "{foreign_employee}"),
        ("scenario", "{foreign_legend}"),
        ("auditor_0", "not an id"),
        ("auditor_0", "\0"),
        ("scenario", "d714b6b5-b3dd-44d7-8712-6b788d8c64b0"),
        ("window_start", "yesterday"),
        ("window_start", ""),
        ("window_end", "0000-00-00"),
        ("window_end", "99999-01-01"),
        ("briefing", "ы" * 100_000),
    ],
)
def test_it_refuses_foreign_ids_and_nonsense_beside_the_field(
    lead_browser: FlaskClient, cast: Cast, field: str, value: str
) -> None:
    value = value.format(
        foreign_auditor=cast.foreign.users["auditor"],
        foreign_employee=cast.foreign.employees["Анна"],
        foreign_legend=add_legend(cast, "foreign", "Чужая", foreign=True),
    )
    answer = lead_browser.post(
        "/assignments/new", query_string=choose(cast, "N1"), data=fill_form(cast, **{field: value})
    )
    assert answer.status_code == 422
    assert problem_of(answer, field)
    assert not new_assignments(cast)


def test_it_does_not_know_foreign_units_or_versions(lead_browser: FlaskClient, cast: Cast) -> None:
    addresses: list[dict[str, Any]] = [
        {**choose(cast, "N1"), "unit": str(cast.foreign.units["N1"])},
        {**choose(cast, "N1"), "version": str(cast.foreign.version)},
    ]
    for address in addresses:
        assert lead_browser.get("/assignments/new", query_string=address).status_code == 404
        answer = lead_browser.post("/assignments/new", query_string=address, data=fill_form(cast))
        assert answer.status_code == 404
    assert not new_assignments(cast)


def test_it_goes_back_to_the_first_step_when_the_address_is_incomplete(
    lead_browser: FlaskClient, cast: Cast
) -> None:
    answer = lead_browser.post("/assignments/new", data=fill_form(cast))
    assert answer.status_code == 422
    assert problem_of(answer, "version")


def test_it_says_that_staff_must_be_told_first_and_where_to_record_it(
    lead_browser: FlaskClient, cast: Cast
) -> None:
    forget_notices()
    for answer in (
        lead_browser.get("/assignments/new", query_string=choose(cast, "N1")),
        lead_browser.post("/assignments/new", query_string=choose(cast, "N1"), data=fill_form(cast)),
    ):
        assert "Record the notice" in problem_of(answer, "version")
        assert 'href="/checklists/notices"' in answer.get_data(as_text=True)
    assert not new_assignments(cast)


def test_it_makes_one_assignment_when_the_button_is_pressed_twice(
    lead_browser: FlaskClient, cast: Cast
) -> None:
    page = lead_browser.get("/assignments/new", query_string=choose(cast, "N1")).get_data(as_text=True)
    found = re.search(r'name="key"[^>]*value="([^"]+)"', page)
    assert found
    form = fill_form(cast, key=found.group(1))
    first = lead_browser.post("/assignments/new", query_string=choose(cast, "N1"), data=form)
    second = lead_browser.post("/assignments/new", query_string=choose(cast, "N1"), data=form)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(new_assignments(cast)) == 1


def lead_both_companies(cast: Cast) -> None:
    """Our lead leads the foreign company as well."""
    db.session.add(Grant(user_id=cast.ours.users["lead"], role=Role.LEAD.value, unit_id=cast.foreign.company))
    db.session.commit()


def test_it_keeps_checklist_and_units_of_two_companies_apart(lead_browser: FlaskClient, cast: Cast) -> None:
    lead_both_companies(cast)
    page = lead_browser.get("/assignments/new").get_data(as_text=True)
    assert '<optgroup label="Лавка">' in page
    assert '<optgroup label="Чужие">' in page
    mixed = {"version": str(cast.ours.version), "unit": [str(cast.foreign.units["N1"])]}
    answer = lead_browser.get("/assignments/new", query_string=mixed)
    assert "different companies" in problem_of(answer, "version")


def test_it_offers_a_regional_lead_only_his_region(client_of: Browser, cast: Cast) -> None:
    move_lead_to(cast, cast.ours.units["Юг"])
    page = client_of("lead").get("/assignments/new").get_data(as_text=True)
    assert "Магазин S1" in page
    assert "Магазин N1" not in page
    assert client_of("lead").get("/assignments/new", query_string=choose(cast, "N1")).status_code == 404


def move_lead_to(cast: Cast, unit: UUID) -> None:
    """Our lead plans in one unit only."""
    grant = db.session.scalars(select(Grant).where(Grant.user_id == cast.ours.users["lead"])).one()
    grant.unit_id = unit
    db.session.commit()
