"""Comparing staff: alphabetical, gated, each figure with its visits, and no ranks."""

import dataclasses
import random

import pytest

from reports.comparison import StaffComparison, StaffRow, collation_key, compare_staff
from reports.comparison_words import describe_figure, explain_figure
from tests.reports.samples import visits_of


def row_of(comparison: StaffComparison, name: str) -> StaffRow:
    """Return one employee's row."""
    return next(row for row in comparison.rows if row.name == name)


def test_it_lists_staff_alphabetically_whatever_they_scored() -> None:
    """CP-03: ё stands next to е, case does not matter, and the best is not the first."""
    names = ["Яковлев", "ежов", "Ёлкина", "Елкин", "Жуков", "Абрамов", "Ялкин", "Smith"]
    visits = [visit for number, name in enumerate(names) for visit in visits_of(name, *[50 + 5 * number] * 3)]
    random.Random(4).shuffle(visits)
    assert [row.name for row in compare_staff(visits).rows] == [
        "Smith",
        "Абрамов",
        "ежов",
        "Елкин",
        "Ёлкина",
        "Жуков",
        "Яковлев",
        "Ялкин",
    ]


def test_it_has_no_place_for_a_rank() -> None:
    """CP-03: neither a rank number nor an order by score exists in the result's type."""
    fields = {field.name for field in dataclasses.fields(StaffRow)}
    assert not [name for name in fields if "rank" in name or "place" in name or "trend" in name]


def test_it_averages_the_base_and_counts_knock_outs_apart() -> None:
    """SC-07: 70, 80 and 90 give 80 although one of them was capped to 60; the knock-out is an event."""
    visits = visits_of("Анна", 70, 80, 90)
    visits[1] = dataclasses.replace(visits[1], final=60.0, knocked_out=True)
    row = row_of(compare_staff(visits), "Анна")
    assert row.mean.value == 80
    assert row.knocked_out == ("Анна 2",)
    assert row.mean.visits == ("Анна 1", "Анна 2", "Анна 3")


def test_it_leaves_out_visits_of_which_too_little_was_assessed() -> None:
    """SC-08: coverage below 0.6 is left out of the mean and counted as such; 0.6 itself counts."""
    visits = visits_of("Анна", 70, 80, 90, 0)
    visits[3] = dataclasses.replace(visits[3], coverage=0.59)
    visits[0] = dataclasses.replace(visits[0], coverage=0.6)
    row = row_of(compare_staff(visits), "Анна")
    assert row.mean.value == 80
    assert row.too_little == ("Анна 4",)
    assert row.visits == ("Анна 1", "Анна 2", "Анна 3", "Анна 4")


def test_it_counts_a_visit_without_a_score_apart() -> None:
    """SC-04: not scored is neither 0 nor too little."""
    row = row_of(compare_staff(visits_of("Анна", 70, None, 80, 90)), "Анна")
    assert (row.mean.value, row.not_scored, row.too_little) == (80, ("Анна 2",), ())


@pytest.mark.parametrize(
    ("bases", "words"),
    [
        ([], "мало визитов (0 из 3)"),
        ([80], "мало визитов (1 из 3)"),
        ([80, 81], "мало визитов (2 из 3)"),
    ],
)
def test_it_gives_no_mean_under_three_visits(bases: list[float], words: str) -> None:
    """CP-04: facts only, and the reader is told how many visits are missing."""
    visits = visits_of("Анна", *bases) or visits_of("Анна", None)
    row = row_of(compare_staff(visits), "Анна")
    assert row.mean.value is None
    assert describe_figure(row.mean, "ru") == words
    assert row.mean.count == len(bases)


def test_it_gates_each_section_by_its_own_visits() -> None:
    """CP-04 for sections: a mean needs three visits in which the section was assessed."""
    visits = visits_of("Анна", 70, 80, 90)
    shares: list[dict[str, float | None]] = [
        {"greeting": 60.0, "needs": 50.0},
        {"greeting": 70.0, "needs": None},
        {"greeting": 80.0},
    ]
    visits = [dataclasses.replace(visit, sections=share) for visit, share in zip(visits, shares, strict=True)]
    comparison = compare_staff(visits)
    row = row_of(comparison, "Анна")
    assert comparison.sections == ("greeting", "needs")
    assert (row.sections["greeting"].value, row.sections["greeting"].count) == (70, 3)
    assert explain_figure(row.sections["needs"], "en") == "not enough visits (1 of 3)"
    assert row.sections["needs"].visits == ("Анна 1",)


def test_it_says_that_a_section_was_never_assessed() -> None:
    """SC-03: nothing assessed is said in words."""
    visits = visits_of("Анна", 70, 80, 90, sections={"needs": None})
    row = row_of(compare_staff(visits), "Анна")
    assert describe_figure(row.sections["needs"], "ru") == "не оценивался"


def test_it_gives_a_team_mean_from_five_people() -> None:
    """CP-04: four people are too few; a fifth brings the mean over all counted visits."""
    four = [visit for name in "АБВГ" for visit in visits_of(name, 60, 70, 80)]
    team = compare_staff(four).team
    assert describe_figure(team, "ru") == "мало сотрудников (4 из 5)"
    comparison = compare_staff([*four, *visits_of("Д", 90, 90, 90, 90)])
    assert comparison.team.value == pytest.approx((4 * 210 + 360) / 16)
    assert comparison.team.count == 16


def test_it_does_not_depend_on_the_order_of_rows() -> None:
    """The same visits give the same figures, to the last bit, in whatever order the database gives them."""
    rng = random.Random(7)
    visits = [
        visit
        for name in "АБВГДЕЖ"
        for visit in visits_of(name, *[rng.uniform(30, 100) for _ in range(9)], sections={"x": 1 / 3})
    ]
    expected = compare_staff(visits)
    for _ in range(5):
        rng.shuffle(visits)
        assert compare_staff(visits) == expected


def test_it_follows_a_person_through_units_and_names() -> None:
    """A person may move and marry: one row, the latest name, every unit in the order of the visits."""
    old, *rest = visits_of("Анна", 70, 80, 90)
    moved = [dataclasses.replace(visit, employee_name="Анна Новая", unit="Юг / Магазин 9") for visit in rest]
    comparison = compare_staff([*moved, old])
    assert [row.name for row in comparison.rows] == ["Анна Новая"]
    assert comparison.rows[0].units == ("Север / Магазин 3", "Юг / Магазин 9")
    assert comparison.rows[0].mean.value == 80


def test_it_compares_nobody_without_complaint() -> None:
    """An empty period is an empty comparison."""
    comparison = compare_staff([])
    assert (comparison.rows, comparison.team.value) == ((), None)


def test_it_rounds_a_mean_half_up() -> None:
    """78.25 is shown as 78,3 although a float may lie a hair below it."""
    row = row_of(compare_staff(visits_of("Анна", 78.25, 78.25, 78.25)), "Анна")
    assert describe_figure(row.mean, "ru") == "78,3"


def test_it_keeps_equal_names_apart_in_the_order() -> None:
    """Names that differ only by ё are still in a fixed order."""
    assert collation_key("Ёлкин") > collation_key("Елкин")
    assert collation_key("Ёлкин") < collation_key("Ельцова")
