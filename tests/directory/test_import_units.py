"""The dry run of unit rows: what would be added, changed and moved, and every problem by row and column."""

from __future__ import annotations

from uuid import UUID

import pytest

from mystery.access.permissions import Role
from mystery.database import db
from mystery.directory.imports.plan import Action
from mystery.models import Unit
from tests.cast import Cast
from tests.directory.files import actions_of, plan_rows, problems_of, reach_of


@pytest.fixture
def ours(cast: Cast) -> UUID:
    """Our company: regions Север (shops N1, N2) and Юг (shop S1)."""
    return cast.ours.company


def test_it_adds_regions_and_shops_in_whatever_order_they_stand(ours: UUID) -> None:
    plan = plan_rows(
        ours,
        """
        Код | Название    | Вид     | Входит в
        W1  | Магазин W1  | магазин | W
        W   | Запад       | регион  |
        """,
    )
    assert not plan.problems
    assert actions_of(plan) == [("W1", "added"), ("W", "added")]
    shop, region = (entry.after for entry in plan.units)
    assert (shop.parent_id, region.parent_id) == (region.id, ours)


def test_it_gives_a_new_unit_the_time_zone_of_the_unit_above(ours: UUID) -> None:
    plan = plan_rows(
        ours,
        """
        Code | Name | Kind   | Part of | Time zone
        W1   | Shop | shop   | W       |
        W    | West | region |         | Asia/Omsk
        E1   | East | shop   |         |
        """,
    )
    assert [entry.after.time_zone for entry in plan.units] == ["Asia/Omsk", "Asia/Omsk", "Europe/Moscow"]


def test_it_says_what_changes_and_leaves_empty_cells_alone(ours: UUID) -> None:
    plan = plan_rows(
        ours,
        """
        Код | Название       | Адрес
        N1  |                | Невский, 1
        N2  | Магазин на Охте |
        S1  | Магазин S1     |
        """,
    )
    assert actions_of(plan) == [("N1", "changed"), ("N2", "changed"), ("S1", "unchanged")]
    assert [(change.field, change.before, change.after) for change in plan.units[0].changes] == [
        ("address", None, "Невский, 1")
    ]
    assert [(change.field, change.before, change.after) for change in plan.units[1].changes] == [
        ("name", "Магазин N2", "Магазин на Охте")
    ]


def test_it_moves_a_unit_named_by_code_or_by_an_only_name(ours: UUID, cast: Cast) -> None:
    plan = plan_rows(ours, "Код | Входит в\nN1 | юг\nS1 | Юг")
    assert actions_of(plan) == [("N1", "moved"), ("S1", "unchanged")]
    assert plan.units[0].after.parent_id == cast.ours.units["Юг"]


def test_it_gives_a_namesake_without_a_code_the_code_of_the_row(ours: UUID, cast: Cast) -> None:
    plan = plan_rows(ours, "Код | Название | Вид\nNORTH | север | регион\nNORTH2 | Север | регион")
    assert actions_of(plan) == [("NORTH", "changed"), ("NORTH2", "added")]
    assert plan.units[0].after.id == cast.ours.units["Север"]


def test_it_lists_every_problem_with_its_row_and_column(ours: UUID) -> None:
    plan = plan_rows(
        ours,
        f"""
        Код | Название | Вид     | Входит в   | Часовой пояс | Закрыто с
            | Без кода | магазин |            |              |
        A1  |          | ларёк   | Луна       | Марс/Кратер  | вчера
        A2  | {"д" * 121} | магазин |         |              | 2099-01-01
        A2  | Дважды   | магазин |            |              |
        A3  | Под магазином | магазин | N1    |              |
        A4  | Компания | компания |           |              |
        {"К" * 41} | Код | магазин |          |              |
        """,
    )
    assert problems_of(plan) == [
        (2, "code", "missing"),
        (3, "kind", "not_a_kind"),
        (3, "time_zone", "not_a_time_zone"),
        (3, "closed_on", "not_a_date"),
        (3, "name", "missing"),
        (3, "parent", "unknown_unit"),
        (4, "name", "too_long"),
        (4, "closed_on", "date_out_of_range"),
        (5, "code", "code_twice"),
        (6, "parent", "parent_is_shop"),
        (7, "kind", "company_stays"),
        (8, "code", "too_long"),
    ]
    assert not plan.applicable


def test_it_finds_circles_made_by_the_file_or_with_what_is_there(ours: UUID) -> None:
    among_new = plan_rows(
        ours,
        """
        Код | Название | Вид    | Входит в
        A   | Первый   | регион | B
        B   | Второй   | регион | A
        C   | Под ними | регион | B
        """,
    )
    assert problems_of(among_new) == [(2, "parent", "parent_cycle"), (3, "parent", "parent_cycle")]
    with_old = plan_rows(
        ours,
        """
        Код | Название | Вид    | Входит в
        NN  | Север    | регион | X
        X   | Новый    | регион | NN
        """,
    )
    assert [reason for _row, _column, reason in problems_of(with_old)] == ["parent_cycle", "parent_cycle"]
    itself = plan_rows(ours, "Код | Название | Вид | Входит в\nA | Сам | регион | A")
    assert problems_of(itself) == [(2, "parent", "parent_cycle")]


def test_it_refuses_a_tree_that_grows_too_deep(ours: UUID) -> None:
    rows = "\n".join(
        f"D{level} | Уровень {level} | регион | {f'D{level - 1}' if level else ''}" for level in range(12)
    )
    plan = plan_rows(ours, f"Код | Название | Вид | Входит в\n{rows}")
    assert {reason for _row, _column, reason in problems_of(plan)} == {"too_deep"}


def test_it_asks_for_the_code_when_several_units_have_the_name(ours: UUID, cast: Cast) -> None:
    db.session.get_one(Unit, cast.ours.units["Юг"]).name = "Север"
    db.session.commit()
    plan = plan_rows(ours, "Код | Название | Вид | Входит в\nA | Новый | магазин | Север")
    assert problems_of(plan) == [(2, "parent", "unit_ambiguous")]


def test_it_keeps_shops_without_units_below_and_closed_units_without_open_ones(
    ours: UUID, cast: Cast
) -> None:
    plan = plan_rows(
        ours,
        """
        Код | Название | Вид     | Закрыто с
        NN  | Север    | регион  | 01.10.2026
        N1  |          |         | 01.10.2026
        N2  |          |         |
        """,
    )
    assert problems_of(plan) == [(2, "closed_on", "open_units_below")]
    both = plan_rows(ours, "Код | Закрыто с\nN1 | 01.10.2026\nN2 | 2026-10-01")
    assert actions_of(both) == [("N1", "changed"), ("N2", "changed")]


def test_it_does_not_let_a_region_with_shops_become_a_shop(ours: UUID, cast: Cast) -> None:
    db.session.get_one(Unit, cast.ours.units["Север"]).code = "NN"
    db.session.commit()
    plan = plan_rows(ours, "Код | Вид\nNN | магазин")
    assert problems_of(plan) == [(2, "kind", "has_units_below")]


def test_it_says_once_that_a_needed_column_is_missing(ours: UUID) -> None:
    plan = plan_rows(ours, "Код | Название\nA1 | Первый\nA2 | Второй\nN1 | Магазин N1")
    assert problems_of(plan) == [(None, "kind", "column_missing")]


def test_it_reaches_no_further_than_the_person_does(ours: UUID, cast: Cast) -> None:
    regional = reach_of(cast.ours.units["Север"], Role.HR)
    rows = """
        Код | Название | Вид     | Входит в
        A1  | Здесь    | магазин | Север
        A2  | Там      | магазин | Юг
        A3  | Наверху  | магазин |
        S1  | Чужой    |         |
        N1  |          |         | Север
        """
    plan = plan_rows(ours, rows, reach=regional)
    assert problems_of(plan) == [
        (3, "parent", "unknown_unit"),
        (4, "parent", "parent_needed"),
        (5, "code", "code_elsewhere"),
    ]


def test_it_knows_nothing_of_another_company(ours: UUID, cast: Cast) -> None:
    db.session.get_one(Unit, cast.foreign.units["Юг"]).name = "Тайный регион"
    db.session.commit()
    plan = plan_rows(ours, "Код | Название | Вид | Входит в\nA | Новый | магазин | Тайный регион")
    assert problems_of(plan) == [(2, "parent", "unknown_unit")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("Что-то | Ещё\n1 | 2", "no_headings"),
        ("Код | Название | Вид", "no_rows"),
        ("Название | Вид\nА | магазин", "column_missing"),
        ("Код | Code | Название\nA | B | В", "column_twice"),
    ],
)
def test_it_says_what_is_wrong_with_the_headings(ours: UUID, rows: str, reason: str) -> None:
    assert [it.fault.reason.value for it in plan_rows(ours, rows).problems] == [reason]


def test_it_finds_the_headings_below_a_title_and_names_columns_it_does_not_read(ours: UUID) -> None:
    plan = plan_rows(
        ours,
        """
        Перечень магазинов на ноябрь
        Телефон | КОД | название | Тип
        123     | N9  | Девятый  | магазин
        """,
    )
    assert not plan.problems
    assert [(entry.place.row, entry.action) for entry in plan.units] == [(3, Action.ADDED)]
    assert [what for _remark, what in plan.remarks] == ["Телефон"]
