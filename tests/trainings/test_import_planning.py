"""A table of trainings is planned: everybody is found, or every row that has to be mended is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mystery.tables.columns import fold_heading
from mystery.tables.reading import Sheet
from mystery.trainings.imports.columns import COLUMNS, HEADINGS, SheetKind
from mystery.trainings.imports.plan import Action, KnownTraining, Plan, Roster, StaffUnit, Standing
from mystery.trainings.imports.planning import plan_import
from mystery.trainings.staff import Candidate
from tests.tables.files import table

TODAY = date(2026, 11, 22)
DAY = date(2026, 6, 1)
COMPANY, NORTH, SHOP, OTHER_SHOP = (UUID(int=number) for number in range(1, 5))
ANNA, BORIS, VERA, OTHER_VERA = (UUID(int=number) for number in range(11, 15))
PATHS = {COMPANY: "/1/", NORTH: "/1/2/", SHOP: "/1/2/3/", OTHER_SHOP: "/1/4/"}
ROSTER = Roster(
    company_id=COMPANY,
    today=TODAY,
    home=COMPANY,
    units={
        COMPANY: StaffUnit(COMPANY, "Лавка", None, PATHS[COMPANY]),
        NORTH: StaffUnit(NORTH, "Север", "R1", PATHS[NORTH]),
        SHOP: StaffUnit(SHOP, "Ёлка", "N1", PATHS[SHOP]),
        OTHER_SHOP: StaffUnit(OTHER_SHOP, "Елка", "S1", PATHS[OTHER_SHOP]),
    },
    staff=(
        (Candidate(ANNA, "007", "Лёвина Анна", "anna@example.org"), (PATHS[SHOP],)),
        (Candidate(BORIS, None, "Борис Чёрный", "boris@example.org"), (PATHS[SHOP], PATHS[OTHER_SHOP])),
        (Candidate(VERA, "12", "Вера"), (PATHS[SHOP],)),
        (Candidate(OTHER_VERA, "13", "Вера"), (PATHS[OTHER_SHOP],)),
    ),
    trainings=(),
)
BEFORE = KnownTraining(
    UUID(int=99), "Возражения", COMPANY, {ANNA: Standing(DAY), BORIS: Standing(None), VERA: Standing(DAY)}
)


def plan(rows: str, roster: Roster = ROSTER) -> Plan:
    """What a table would do."""
    cells = table(rows)
    return plan_import([Sheet("", tuple((at, tuple(row)) for at, row in enumerate(cells, start=1)))], roster)


def told(planned: Plan) -> list[tuple[UUID, date | None, str]]:
    """(person, day, action) of each row."""
    return [
        (place.person.id, place.after.trained_on, place.action.value) for _training, place in planned.rows()
    ]


def test_it_finds_people_by_number_mail_or_name() -> None:
    """As the directory names them; two trainings, the group to compare with, days of one's own."""
    planned = plan("""
        Обучение   | Дата       | Табельный номер | ФИО         | Эл. почта         | Группа
        Возражения | 01.06.2026 | 007             | анна левина |                   |
        возражения | 2026-06-02 |                 |             | Boris@example.org | обучен
        Возражения |            | 12              |             |                   | Контроль
        Касса      | 2026-06-03 |                 | борис       | boris@example.org |
    """)
    assert planned.problems == ()
    first, second = planned.trainings
    assert (first.title, first.unit.id, first.known) == ("Возражения", COMPANY, None)
    assert (second.title, len(second.places)) == ("Касса", 1)
    assert told(planned) == [
        (ANNA, DAY, "added"),
        (BORIS, date(2026, 6, 2), "added"),
        (VERA, None, "added"),
        (BORIS, date(2026, 6, 3), "added"),
    ]


def test_it_takes_a_unit_of_the_rows_own() -> None:
    """By code or name; then its staff are meant, so a name that another unit knows too is no doubt."""
    planned = plan("""
        Training | Date       | Name | Whose staff
        Tills    | 2026-06-01 | Вера | N1
        Tills    | 2026-06-01 | Вера | S1
        Tills    | 2026-06-01 | Лёвина Анна | Север
    """)
    assert planned.problems == ()
    assert [(each.unit.id, each.places[0].person.id) for each in planned.trainings] == [
        (SHOP, VERA),
        (OTHER_SHOP, OTHER_VERA),
        (NORTH, ANNA),
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Т | 2026-06-01 | 008 | | | | ", ("code", "unknown")),
        ("Т | 2026-06-01 | | Глеб | | | ", ("name", "unknown")),
        ("Т | 2026-06-01 | | | x@y.example | | ", ("email", "unknown")),
        ("Т | 2026-06-01 | | Вера | | | ", ("name", "ambiguous")),
        ("Т | 2026-06-01 | 007 | Борис | | | ", ("name", "other_name")),
        ("Т | 2026-06-01 | 007 | | boris@example.org | | ", ("email", "other_person")),
        ("Т | 2026-06-01 | | | | | ", ("code", "nobody_named")),
        ("Т | вчера | 007 | | | | ", ("day", "not_a_date")),
        ("Т | 2026-11-23 | 007 | | | | ", ("day", "day_ahead")),
        ("Т | 1999-12-31 | 007 | | | | ", ("day", "day_too_old")),
        ("Т | | 007 | | | | ", ("day", "missing")),
        (" | 2026-06-01 | 007 | | | | ", ("title", "missing")),
        ("Т | 2026-06-01 | 007 | | | потом | ", ("group", "not_a_group")),
        ("Т | контроль | 007 | | | | ", ("group", "nobody_left_trained")),
        ("Т | 2026-06-01 | 007 | | | | Запад", ("unit", "unknown_unit")),
        ("Т | 2026-06-01 | 007 | | | | елка", ("unit", "unit_ambiguous")),
        ("Т | 2026-06-01 | 13 | | | | N1", ("code", "unknown")),
        (f"{'Т' * 121} | 2026-06-01 | 007 | | | | ", ("title", "too_long")),
    ],
)
def test_it_names_the_cell_that_has_to_be_mended(row: str, problem: tuple[str, str]) -> None:
    """One problem a cell, with its row; nothing of such a file may be applied."""
    heads = "Обучение | Дата | Табельный номер | ФИО | Эл. почта | Группа | Чей персонал"
    planned = plan(f"{heads}\n{row}")
    assert [(it.place.row, it.fault.field, it.fault.reason.value) for it in planned.problems] == [
        (2, *problem)
    ]
    assert not planned.applicable


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("Обучение | Дата\nТ | 2026-06-01", "column_missing"),
        ("Дата | ФИО\n2026-06-01 | Борис", "column_missing"),
        ("Обучение | Чему учили | Дата\nТ | Т | 2026-06-01", "column_twice"),
        ("Город | Погода\nОмск | снег", "no_headings"),
        ("Обучение | Дата | ФИО", "no_rows"),
    ],
)
def test_it_refuses_a_table_that_is_no_list_of_trainings(rows: str, reason: str) -> None:
    """Once for the file, not for every row."""
    reasons = [it.fault.reason.value for it in plan(rows).problems]
    assert reason in reasons or (reason == "column_missing" and reasons == ["nobody_named"])


def test_it_names_both_rows_of_somebody_who_stands_twice() -> None:
    """A repeated training needs a name of its own, else the second day would silently win."""
    planned = plan("""
        Обучение | Дата       | Табельный номер
        Касса    | 2026-06-01 | 007
        Касса    | 2026-09-01 | 007
    """)
    (problem,) = planned.problems
    assert (problem.place.row, problem.fault.reason.value) == (3, "person_twice")
    assert dict(problem.fault.details) == {"row": 2, "value": "Лёвина Анна"}


def test_it_holds_each_row_against_what_was_recorded() -> None:
    """Known by name and unit; who is not in the file stays as he is."""
    again = replace(ROSTER, trainings=(BEFORE,))
    planned = plan(
        """
        Обучение   | Дата       | Табельный номер | Группа
        ВОЗРАЖЕНИЯ | 2026-06-01 | 007             |
        Возражения | 2026-06-05 | 12              |
        Возражения |            | 13              | control
        """,
        again,
    )
    (training,) = planned.trainings
    assert (training.known, training.title) == (BEFORE.id, "Возражения")
    assert [action for _person, _day, action in told(planned)] == ["unchanged", "changed", "added"]
    assert planned.count() == {Action.UNCHANGED: 1, Action.CHANGED: 1, Action.ADDED: 1}
    same = plan("Обучение | Дата | Табельный номер\nВозражения | 2026-06-01 | 007", again)
    assert same.changes_nothing
    assert not same.applicable
    assert same.digest() != planned.digest()


def test_it_recognises_its_own_among_trainings_of_one_name() -> None:
    """The one that shares most with the file; of equals the one recorded last."""
    later = replace(BEFORE, id=UUID(int=100), people={VERA: Standing(date(2026, 9, 1))})
    roster = replace(ROSTER, trainings=(BEFORE, later))
    heads = "Обучение | Дата | Табельный номер"
    assert plan(f"{heads}\nВозражения | 2026-09-01 | 12", roster).trainings[0].known == later.id
    assert plan(f"{heads}\nВозражения | 2026-06-01 | 007", roster).trainings[0].known == BEFORE.id
    assert plan(f"{heads}\nВозражения | 2026-10-01 | 13", roster).trainings[0].known == later.id


def test_it_keeps_somebody_trained_in_every_training() -> None:
    """A file may move people to the other group, but not all of them."""
    roster = replace(ROSTER, trainings=(replace(BEFORE, people={ANNA: Standing(DAY)}),))
    heads = "Обучение | Дата | Табельный номер | Группа"
    assert plan(f"{heads}\nВозражения | | 12 | control", roster).applicable
    (problem,) = plan(f"{heads}\nВозражения | | 007 | control", roster).problems
    assert problem.fault.reason.value == "nobody_left_trained"


def test_it_asks_for_the_unit_where_several_are_looked_after() -> None:
    """Somebody with two regions has no unit that an empty cell could mean."""
    planned = plan("Обучение | Дата | Табельный номер\nТ | 2026-06-01 | 007", replace(ROSTER, home=None))
    assert [it.fault.reason.value for it in planned.problems] == ["unit_needed"]


def test_it_gives_no_heading_two_meanings() -> None:
    headings = [
        fold_heading(word) for column in COLUMNS[SheetKind.TRAININGS] for word in (*column.ru, *column.en)
    ]
    assert len(headings) == len(set(headings)) == len(HEADINGS.known[SheetKind.TRAININGS])


CELLS = st.sampled_from(
    ["", "Т", "Касса", "2026-06-01", "45000", "007", "12", "Вера", "control", "N1", "x@y"]
)


@given(st.lists(st.lists(CELLS | st.text(max_size=12), min_size=6, max_size=6), max_size=8))
def test_it_plans_whatever_a_table_holds(rows: list[list[str]]) -> None:
    """Never an exception; each row is planned or blamed or empty; the plan of a plan's outcome is empty."""
    heads = ("Обучение", "Дата", "Табельный номер", "ФИО", "Группа", "Чей персонал")
    cells = (heads, *(tuple(row) for row in rows))
    sheet = Sheet("", tuple((at, row) for at, row in enumerate(cells, start=1)))
    planned = plan_import([sheet], ROSTER)
    assert planned.applicable == (not planned.problems)
    if planned.applicable:
        done = tuple(
            KnownTraining(
                UUID(int=500 + at), each.title, each.unit.id, {it.person.id: it.after for it in each.places}
            )
            for at, each in enumerate(planned.trainings)
        )
        assert plan_import([sheet], replace(ROSTER, trainings=done)).changes_nothing
