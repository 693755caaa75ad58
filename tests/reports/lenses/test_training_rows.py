"""LN-06: which visits lie before and after a training, and how long after."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.lenses.event_curve import STARTS, find_stretch
from reports.lenses.training_rows import (
    TrainingVisit,
    add_months,
    find_changes,
    keep_shared_months,
    place_visits,
)


def visit(employee: str, day: date, base: float = 70.0) -> TrainingVisit:
    """A visit by some auditor in some shop."""
    return TrainingVisit(f"{employee} {day}", employee, day, base, "auditor", "shop")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_it_counts_months_by_the_calendar(day: date, months: int, later: date) -> None:
    """A month after 31 January is the last day of February."""
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2026, 3, 2), 0),
        (date(2026, 3, 31), 0),
        (date(2026, 4, 1), 1),
        (date(2026, 5, 1), 2),
        (date(2026, 6, 1), 3),
        (date(2026, 8, 31), 3),
        (date(2026, 9, 1), 6),
        (date(2029, 9, 1), 6),
    ],
)
def test_it_puts_each_day_into_one_stretch(day: date, since: int) -> None:
    """LN-06: 0-1, 1-2, 2-3, 3-6 and 6+ months."""
    assert find_stretch(date(2026, 3, 1), day) == since


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 900))
def test_it_never_goes_back_as_time_passes(trained_on: date, days: int) -> None:
    """A later day never lies in an earlier stretch."""
    day = date.fromordinal(trained_on.toordinal() + days)
    before = date.fromordinal(day.toordinal() - 1)
    assert find_stretch(trained_on, before) <= find_stretch(trained_on, day)
    assert find_stretch(trained_on, day) in STARTS


def test_it_leaves_out_the_day_itself() -> None:
    """LN-06: nobody knows whether the visit or the training came first that day."""
    trained = {"Anna": date(2026, 3, 10)}
    days = [date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)]
    placed = place_visits([visit("Anna", day) for day in days], trained)
    assert [(each.visit.day.day, each.side) for each in placed] == [(9, "before"), (11, "after")]


def test_it_lends_the_others_the_middle_of_the_days() -> None:
    """LN-06: who was never trained has no day of training; the middle of the others' days stands in."""
    trained = {"Anna": date(2026, 3, 1), "Boris": date(2026, 4, 1), "Vera": date(2026, 9, 1)}
    placed = place_visits([visit("Dina", date(2026, 3, 20)), visit("Dina", date(2026, 4, 2))], trained)
    assert [(each.group, each.side) for each in placed] == [("control", "before"), ("control", "after")]


def test_it_counts_only_people_who_were_seen_on_both_sides() -> None:
    """LN-06: a difference needs two sides."""
    trained = {"Anna": date(2026, 3, 1), "Boris": date(2026, 3, 1)}
    placed = place_visits(
        [
            visit("Anna", date(2026, 2, 1), 60),
            visit("Anna", date(2026, 2, 5), 70),
            visit("Anna", date(2026, 4, 1), 75),
            visit("Boris", date(2026, 4, 1), 90),
        ],
        trained,
    )
    (change,) = find_changes(placed, "trained")
    assert (change.employee, change.before, change.after, change.points) == ("Anna", 65, 75, 10)
    assert find_changes(placed, "control") == []


def test_it_keeps_the_months_that_both_groups_share() -> None:
    """LN-06: a month in which only the trained were visited says nothing about the training."""
    trained = {"Anna": date(2026, 3, 1)}
    placed = place_visits(
        [
            visit("Anna", date(2026, 2, 1)),
            visit("Dina", date(2026, 2, 20)),
            visit("Anna", date(2026, 5, 1)),
            visit("Dina", date(2026, 6, 1)),
        ],
        trained,
    )
    assert {each.visit.day.month for each in keep_shared_months(placed)} == {2}
