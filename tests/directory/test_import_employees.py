"""The dry run of employee rows: hiring, moves, leaving and returns read from a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
import time_machine

from mystery.access.permissions import Role
from mystery.database import db
from mystery.directory.actions import Step, move_employee, record_leaving
from mystery.directory.imports.drafts import read_directory
from mystery.directory.imports.planning import plan_import
from mystery.models import Employee, Unit
from mystery.tables.reading import Sheet
from tests.cast import Cast
from tests.directory.files import actions_of, plan_rows, problems_of, reach_of

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is noon in Moscow on 21 November 2026."""
    with time_machine.travel("2026-11-21T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def ours(cast: Cast) -> UUID:
    """Our company with codes for its staff: Анна E1 in N1, Борис E2 in N2, Вера E3 in S1."""
    for number, name in enumerate(("Анна", "Борис", "Вера"), start=1):
        db.session.get_one(Employee, cast.ours.employees[name]).code = f"E{number}"
    db.session.commit()
    return cast.ours.company


def test_it_adds_moves_and_records_leaving_in_one_file(ours: UUID) -> None:
    plan = plan_rows(
        ours,
        """
        Табельный номер | ФИО   | Должность | Подразделение | Принят     | С даты     | Уволен
        E1              | Анна  |           | N2            |            | 01.11.2026 |
        E2              | Борис |           | N2            |            |            | 2026-10-31
        E3              | Вера  | Продавец  | S1            | 01.03.2025 |            |
        E4              | Глеб  | Кассир    | Магазин S1    | 15.11.2026 |            |
        """,
    )
    assert not plan.problems
    assert actions_of(plan) == [("E1", "moved"), ("E2", "left"), ("E3", "unchanged"), ("E4", "added")]
    anna = plan.employees[0].after.record
    assert [(stint.since, stint.until) for stint in anna.stints] == [
        (date(2025, 3, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), None),
    ]


def test_it_counts_a_move_from_today_when_no_day_is_named(ours: UUID) -> None:
    plan = plan_rows(ours, "Код | ФИО | Подразделение\nE1 | Анна | S1")
    assert [stint.since for stint in plan.employees[0].after.record.stints] == [date(2025, 3, 1), TODAY]


def test_it_places_people_in_units_that_the_same_file_adds(ours: UUID) -> None:
    units = Sheet("Units", ((1, ("Code", "Name", "Kind")), (2, ("W1", "West", "shop"))))
    staff = Sheet(
        "Staff", ((1, ("Code", "Name", "Unit", "Hired on")), (2, ("E9", "Gleb", "W1", "2026-01-01")))
    )
    plan = plan_import([staff, units], read_directory(reach_of(ours), ours))
    assert not plan.problems
    last = plan.employees[0].after.record.last
    assert last is not None
    assert last.unit == plan.units[0].after.id


def test_it_reads_days_as_people_and_spreadsheets_write_them(ours: UUID) -> None:
    plan = plan_rows(
        ours,
        """
        Код | ФИО   | Подразделение | Принят
        A1  | Один  | N1 | 2026-10-31
        A2  | Два   | N1 | 31.10.2026
        A3  | Три   | N1 | 46326
        A4  | Четыре | N1 | 2026-10-31 00:00:00
        A5  | Пять  | N1 | 31.10.2026 г.
        """,
    )
    assert not plan.problems
    assert {entry.after.record.hired_on for entry in plan.employees} == {date(2026, 10, 31)}


@pytest.mark.parametrize(
    "text", ["31/10/2026", "10.31.2026", "2026-02-30", "31.10.26", "вчера", "=TODAY()", "1", "9" * 30]
)
def test_it_refuses_days_that_could_be_misread(ours: UUID, text: str) -> None:
    plan = plan_rows(ours, f"Код | ФИО | Подразделение | Принят\nA1 | Один | N1 | {text}")
    assert problems_of(plan) == [(2, "hired_on", "not_a_date")]


def test_it_lists_every_problem_with_its_row_and_column(ours: UUID, cast: Cast) -> None:
    db.session.get_one(Unit, cast.ours.units["S1"]).closed_on = date(2026, 1, 1)
    db.session.commit()
    plan = plan_rows(
        ours,
        f"""
        Код | ФИО | Должность | Подразделение | Принят | С даты | Уволен
        A1  |     |           |               |        |        |
        A2  | Два |           | N7            | 2026-01-01 |    |
        A3  | Три | {"д" * 121} | N1          | 2026-01-01 | 2025-01-01 |
        A4  | Четыре |        | S1            | 2026-02-01 |    |
        E1  |     |           | N2            |        | 2025-02-01 |
        E2  |     |           |               | 2027-01-01 | |
        E3  |     |           |               |        |        | 2025-02-28
        A5  | Пять |          | N1            | 1899-01-01 |    |
        """,
    )
    assert problems_of(plan) == [
        (2, "name", "missing"),
        (2, "unit", "missing"),
        (2, "hired_on", "missing"),
        (3, "unit", "unknown_unit"),
        (4, "position", "too_long"),
        (4, "since", "before_hired"),
        (5, "unit", "unit_closed"),
        (6, "since", "before_hired"),
        (8, "left_on", "before_hired"),
        (9, "hired_on", "date_out_of_range"),
    ]


def test_it_lets_a_row_about_somebody_who_left_before_the_closing_pass(ours: UUID, cast: Cast) -> None:
    db.session.get_one(Unit, cast.ours.units["S1"]).closed_on = date(2026, 1, 1)
    db.session.commit()
    rows = "Код | ФИО | Подразделение | Принят | Уволен\nA4 | Четыре | S1 | 2025-02-01 | 2025-12-31"
    assert not plan_rows(ours, rows).problems


def test_it_refuses_a_file_older_than_the_last_move(ours: UUID, cast: Cast) -> None:
    reach = reach_of(ours)
    step = Step(cast.ours.units["S1"], "Продавец", date(2026, 7, 1))
    assert move_employee(reach, cast.ours.employees["Анна"], step) == cast.ours.employees["Анна"]
    plan = plan_rows(ours, "Код | ФИО | Подразделение | С даты\nE1 | Анна | N2 | 2026-05-01")
    assert problems_of(plan) == [(2, "since", "before_last_move")]


def test_it_takes_somebody_back_only_when_a_day_of_return_is_named(ours: UUID, cast: Cast) -> None:
    reach = reach_of(ours)
    record_leaving(reach, cast.ours.employees["Анна"], date(2026, 5, 31))
    still_listed = plan_rows(ours, "Код | ФИО | Подразделение\nE1 | Анна | N1")
    elsewhere = plan_rows(ours, "Код | ФИО | Подразделение\nE1 | Анна | N2")
    back = plan_rows(ours, "Код | ФИО | Подразделение | С даты\nE1 | Анна | N2 | 01.09.2026")
    assert actions_of(still_listed) == [("E1", "unchanged")]
    assert problems_of(elsewhere) == [(2, "since", "has_left")]
    assert actions_of(back) == [("E1", "returned")]


def test_it_mends_a_position_in_place_and_promotes_from_a_named_day(ours: UUID) -> None:
    mended = plan_rows(ours, "Код | ФИО | Должность\nE1 | Анна | Кассир").employees[0]
    promoted = plan_rows(ours, "Код | ФИО | Должность | С даты\nE1 | Анна | Кассир | 2026-09-01").employees[0]
    assert [stint.position for stint in mended.after.record.stints] == ["Кассир"]
    assert [stint.position for stint in promoted.after.record.stints] == ["Продавец", "Кассир"]


def test_it_gives_a_namesake_without_a_code_the_code_of_the_row(ours: UUID, cast: Cast) -> None:
    db.session.get_one(Employee, cast.ours.employees["Анна"]).code = None
    db.session.commit()
    plan = plan_rows(
        ours, "Код | ФИО | Подразделение | Принят\nT1 | анна | N1 | 2025-03-01\nT2 | Анна | N2 | 2026-01-01"
    )
    assert [(entry.after.code, entry.action.value) for entry in plan.employees] == [
        ("T1", "changed"),
        ("T2", "added"),
    ]
    assert plan.employees[0].after.id == cast.ours.employees["Анна"]


def test_it_reaches_no_further_than_the_person_does(ours: UUID, cast: Cast) -> None:
    regional = reach_of(cast.ours.units["Север"], Role.HR)
    rows = """
        Код | ФИО  | Подразделение | Принят
        E3  | Вера | N1            |
        E1  | Анна | S1            |
        E2  | Борис | N1           |
        """
    plan = plan_rows(ours, rows, reach=regional)
    assert problems_of(plan) == [(2, "code", "code_elsewhere"), (3, "unit", "unknown_unit")]
    assert actions_of(plan) == [("E2", "moved")]
