"""Moving, leaving, returning and taking back on the pages: history, permissions, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from mystery.access.permissions import Role
from mystery.access.scopes import NotYours
from mystery.database import db
from mystery.directory import actions
from mystery.directory.actions import EmployeeDraft, Step
from mystery.models import Employee
from tests.cast import Cast
from tests.directory.files import reach_of

Clients = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is noon in Moscow on 21 November 2026."""
    with time_machine.travel("2026-11-21T09:00:00+00:00", tick=False):
        yield


def address(cast: Cast, step: str, name: str = "Анна") -> str:
    """The address of a step of an employee."""
    return f"/directory/employees/{cast.ours.employees[name]}/{step}"


def history(cast: Cast, name: str = "Анна") -> list[tuple[str, date, date | None]]:
    """(unit, since, until) of each placement."""
    db.session.expire_all()
    person = db.session.get_one(Employee, cast.ours.employees[name])
    return [(each.unit.name, each.since, each.until) for each in person.placements]


def a_move(cast: Cast, unit: str = "N2", since: str = "2026-06-01") -> dict[str, str]:
    """What the form of a move sends."""
    return {"unit": str(cast.ours.units[unit]), "position": "Кассир", "since": since}


def test_it_moves_somebody_and_shows_the_history(client_of: Clients, cast: Cast) -> None:
    browser = client_of("hr")
    page = browser.post(address(cast, "move"), data=a_move(cast), follow_redirects=True)
    assert history(cast) == [
        ("Магазин N1", date(2025, 3, 1), date(2026, 5, 31)),
        ("Магазин N2", date(2026, 6, 1), None),
    ]
    text = page.get_data(as_text=True)
    assert text.index("Магазин N2</a></td>") < text.index("Магазин N1</a></td>")


def test_it_records_leaving_and_return(client_of: Clients, cast: Cast) -> None:
    browser = client_of("hr")
    assert browser.post(address(cast, "leave"), data={"left_on": "2026-06-30"}).status_code == 303
    assert history(cast) == [("Магазин N1", date(2025, 3, 1), date(2026, 6, 30))]
    assert db.session.get_one(Employee, cast.ours.employees["Анна"]).left_on == date(2026, 6, 30)
    assert browser.post(address(cast, "return"), data=a_move(cast, since="2026-09-01")).status_code == 303
    assert history(cast)[-1] == ("Магазин N2", date(2026, 9, 1), None)
    assert db.session.get_one(Employee, cast.ours.employees["Анна"]).left_on is None


def test_it_takes_the_last_step_back(client_of: Clients, cast: Cast) -> None:
    browser, before = client_of("hr"), history(cast)
    browser.post(address(cast, "move"), data=a_move(cast))
    assert browser.post(address(cast, "take-back")).status_code == 303
    assert history(cast) == before
    refused = browser.post(address(cast, "take-back"), follow_redirects=True)
    assert "notice-missed" in refused.get_data(as_text=True)
    assert history(cast) == before


def test_it_offers_each_step_only_when_it_can_be_taken(client_of: Clients, cast: Cast) -> None:
    browser, own = client_of("hr"), f"/directory/employees/{cast.ours.employees['Анна']}"
    page = browser.get(own).get_data(as_text=True)
    assert (f"{own}/move" in page, f"{own}/return" in page, f"{own}/take-back" in page) == (
        True,
        False,
        False,
    )
    browser.post(address(cast, "leave"), data={"left_on": "2026-06-30"})
    page = browser.get(own).get_data(as_text=True)
    assert (f"{own}/move" in page, f"{own}/return" in page, f"{own}/take-back" in page) == (False, True, True)
    assert f"{own}/edit" not in client_of("manager").get(own).get_data(as_text=True)


@pytest.mark.parametrize(
    ("step", "form", "field"),
    [
        ("move", {"since": "2025-02-01"}, "since"),
        ("move", {"since": ""}, "since"),
        ("move", {"since": "10000-01-01"}, "since"),
        ("move", {"since": "2030-01-01"}, "since"),
        ("move", {"unit": ""}, "unit"),
        ("move", {"unit": "8" * 500}, "unit"),
        ("move", {"position": "п" * 200}, "position"),
        ("move", {"position": "a\x00"}, "position"),
        ("return", {}, "since"),
        ("leave", {"left_on": "2025-02-01"}, "left_on"),
        ("leave", {"left_on": "soon"}, "left_on"),
        ("leave", {}, "left_on"),
    ],
)
def test_it_says_beside_the_field_what_to_mend(
    client_of: Clients, cast: Cast, step: str, form: dict[str, str], field: str
) -> None:
    before = history(cast)
    usual = {} if step == "leave" else a_move(cast)
    answer = client_of("hr").post(address(cast, step), data=usual | form)
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.get_data(as_text=True)
    assert history(cast) == before


def test_it_refuses_a_move_that_changes_nothing_or_leads_into_a_closed_unit(
    client_of: Clients, cast: Cast
) -> None:
    same = {"unit": str(cast.ours.units["N1"]), "position": "Продавец", "since": "2026-06-01"}
    assert client_of("hr").post(address(cast, "move"), data=same).status_code == 422
    actions.close_unit(reach_of(cast.ours.company), cast.ours.units["S1"], date(2026, 1, 1))
    assert client_of("hr").post(address(cast, "move"), data=a_move(cast, "S1")).status_code == 422


def test_it_does_not_let_a_region_decide_about_people_who_have_moved_away(cast: Cast) -> None:
    anna, north = cast.ours.employees["Анна"], reach_of(cast.ours.units["Север"], Role.HR)
    away = Step(cast.ours.units["S1"], "Продавец", date(2026, 6, 1))
    assert actions.move_employee(reach_of(cast.ours.company), anna, away) == anna
    draft = EmployeeDraft("Чужая", None, "", date(2025, 3, 1))
    attempts: list[Callable[[], object]] = [
        lambda: actions.edit_employee(north, anna, draft),
        lambda: actions.move_employee(north, anna, Step(cast.ours.units["N1"], "", date(2026, 7, 1))),
        lambda: actions.record_leaving(north, anna, date(2026, 7, 1)),
        lambda: actions.take_back_step(north, anna),
    ]
    for attempt in attempts:
        with pytest.raises(NotYours):
            attempt()


def test_it_does_not_let_a_region_send_somebody_back_where_it_cannot_see(cast: Cast) -> None:
    vera, north = cast.ours.employees["Вера"], reach_of(cast.ours.units["Север"], Role.HR)
    here = Step(cast.ours.units["N1"], "Продавец", date(2026, 6, 1))
    assert actions.move_employee(reach_of(cast.ours.company), vera, here) == vera
    with pytest.raises(NotYours):
        actions.take_back_step(north, vera)


def test_it_moves_nobody_into_another_company(cast: Cast) -> None:
    both = reach_of(cast.ours.company)
    both = type(both)(both.user_id, (*both.units, *reach_of(cast.foreign.company).units))
    abroad = Step(cast.foreign.units["N1"], "", date(2026, 6, 1))
    with pytest.raises(NotYours):
        actions.move_employee(both, cast.ours.employees["Анна"], abroad)
