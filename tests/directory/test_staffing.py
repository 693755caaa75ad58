"""The rules of hiring, moving, leaving and returning, on plain values."""

from __future__ import annotations

import itertools
from datetime import date
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mystery.directory import staffing
from mystery.directory.faults import Reason
from mystery.directory.staffing import Record, Stint
from mystery.tables.faults import Fault, TableReason

NORTH, SOUTH = UUID(int=1), UUID(int=2)
HIRED = date(2025, 3, 1)


def moved(record: Record, unit: UUID, since: date, position: str = "Продавец") -> Record:
    """The record after a move that must succeed."""
    after = staffing.move(record, unit=unit, position=position, since=since)
    assert isinstance(after, Record), after
    return after


def reason(outcome: Record | Fault) -> StrEnum:
    """Why a step was refused."""
    assert isinstance(outcome, Fault), outcome
    return outcome.reason


@pytest.fixture
def anna() -> Record:
    """Hired on 1 March 2025 in the north."""
    return staffing.hire(NORTH, "Продавец", HIRED)


def test_it_closes_the_old_placement_the_day_before_the_new_one(anna: Record) -> None:
    after = moved(anna, SOUTH, date(2025, 6, 1))
    assert [(stint.unit, stint.since, stint.until) for stint in after.stints] == [
        (NORTH, HIRED, date(2025, 5, 31)),
        (SOUTH, date(2025, 6, 1), None),
    ]


def test_it_knows_where_somebody_works_on_any_day(anna: Record) -> None:
    after = moved(anna, SOUTH, date(2025, 6, 1))
    days = [date(2025, 2, 28), HIRED, date(2025, 5, 31), date(2025, 6, 1)]
    assert [stint.unit if (stint := after.stint_on(day)) else None for day in days] == [
        None,
        NORTH,
        NORTH,
        SOUTH,
    ]


def test_it_refuses_a_move_before_the_first_day_or_before_the_last_move(anna: Record) -> None:
    after = moved(anna, SOUTH, date(2025, 6, 1))
    early = staffing.move(after, unit=NORTH, position="", since=date(2025, 2, 1))
    between = staffing.move(after, unit=NORTH, position="", since=date(2025, 5, 1))
    assert reason(early) is Reason.BEFORE_HIRED
    assert reason(between) is Reason.BEFORE_LAST_MOVE


def test_it_corrects_a_move_made_on_the_same_day_instead_of_making_an_empty_placement(anna: Record) -> None:
    day = date(2025, 6, 1)
    third = UUID(int=3)
    after = moved(moved(anna, SOUTH, day), third, day)
    assert [stint.unit for stint in after.stints] == [NORTH, third]


def test_it_joins_the_placements_again_when_a_mistaken_move_is_corrected_back(anna: Record) -> None:
    day = date(2025, 6, 1)
    assert moved(moved(anna, SOUTH, day), NORTH, day) == anna


def test_it_refuses_a_move_that_changes_nothing(anna: Record) -> None:
    outcome = staffing.move(anna, unit=NORTH, position="Продавец", since=date(2025, 6, 1))
    assert reason(outcome) is Reason.NOTHING_CHANGES


def test_it_keeps_both_positions_when_somebody_is_promoted(anna: Record) -> None:
    after = moved(anna, NORTH, date(2025, 6, 1), "Старший продавец")
    assert [stint.position for stint in after.stints] == ["Продавец", "Старший продавец"]


def test_it_ends_the_placement_with_the_last_day(anna: Record) -> None:
    after = staffing.leave(anna, date(2025, 8, 31))
    assert isinstance(after, Record)
    assert after.left_on == date(2025, 8, 31)
    assert after.stint_on(date(2025, 8, 31)) is not None
    assert after.stint_on(date(2025, 9, 1)) is None
    assert (after.has_left(date(2025, 8, 31)), after.has_left(date(2025, 9, 1))) == (False, True)


def test_it_corrects_a_last_day_that_was_recorded_wrongly(anna: Record) -> None:
    first = staffing.leave(anna, date(2025, 8, 31))
    assert isinstance(first, Record)
    second = staffing.leave(first, date(2025, 9, 15))
    assert isinstance(second, Record)
    assert (second.left_on, second.stints[-1].until) == (date(2025, 9, 15), date(2025, 9, 15))


def test_it_refuses_a_last_day_before_the_first_or_before_the_present_placement(anna: Record) -> None:
    assert reason(staffing.leave(anna, date(2025, 2, 28))) is Reason.BEFORE_HIRED
    later = moved(anna, SOUTH, date(2025, 6, 1))
    assert reason(staffing.leave(later, date(2025, 5, 31))) is Reason.BEFORE_LAST_MOVE


def test_it_refuses_to_move_somebody_who_has_left_or_to_take_back_somebody_who_has_not(anna: Record) -> None:
    left = staffing.leave(anna, date(2025, 8, 31))
    assert isinstance(left, Record)
    assert reason(staffing.move(left, unit=SOUTH, position="", since=date(2025, 9, 1))) is Reason.HAS_LEFT
    back = staffing.come_back(anna, unit=SOUTH, position="", since=date(2025, 9, 1))
    assert reason(back) is Reason.HAS_NOT_LEFT


def test_it_keeps_the_gap_of_a_return_in_the_history(anna: Record) -> None:
    left = staffing.leave(anna, date(2025, 8, 31))
    assert isinstance(left, Record)
    back = staffing.come_back(left, unit=SOUTH, position="Кассир", since=date(2026, 2, 1))
    assert isinstance(back, Record)
    assert back.left_on is None
    assert back.stint_on(date(2025, 12, 1)) is None
    assert back.stint_on(date(2026, 2, 1)) == Stint(SOUTH, "Кассир", date(2026, 2, 1))


def test_it_refuses_a_return_on_or_before_the_last_day(anna: Record) -> None:
    left = staffing.leave(anna, date(2025, 8, 31))
    assert isinstance(left, Record)
    same = staffing.come_back(left, unit=NORTH, position="Продавец", since=date(2025, 8, 31))
    assert reason(same) is Reason.BACK_BEFORE_LEFT


def test_it_lets_the_old_placement_go_on_when_somebody_returns_the_next_day(anna: Record) -> None:
    left = staffing.leave(anna, date(2025, 8, 31))
    assert isinstance(left, Record)
    assert staffing.come_back(left, unit=NORTH, position="Продавец", since=date(2025, 9, 1)) == anna


def test_it_moves_the_first_placement_with_the_first_day(anna: Record) -> None:
    after = staffing.change_hire_date(moved(anna, SOUTH, date(2025, 6, 1)), date(2025, 2, 1))
    assert isinstance(after, Record)
    assert (after.hired_on, after.stints[0].since) == (date(2025, 2, 1), date(2025, 2, 1))


def test_it_refuses_a_first_day_after_the_end_of_the_first_placement(anna: Record) -> None:
    after = staffing.change_hire_date(moved(anna, SOUTH, date(2025, 6, 1)), date(2025, 6, 2))
    assert reason(after) is Reason.HIRED_AFTER_FIRST_STINT


def test_it_takes_back_a_move_a_leaving_and_a_return_in_turn(anna: Record) -> None:
    there = moved(anna, SOUTH, date(2025, 6, 1))
    left = staffing.leave(there, date(2025, 8, 31))
    assert isinstance(left, Record)
    back = staffing.come_back(left, unit=NORTH, position="Кассир", since=date(2026, 2, 1))
    assert isinstance(back, Record)
    steps = [back]
    while isinstance(before := staffing.take_back(steps[-1]), Record):
        steps.append(before)
    assert steps == [back, left, there, anna]
    assert reason(staffing.take_back(anna)) is Reason.NOTHING_TO_TAKE_BACK


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1949, 12, 31), date(2028, 1, 1), date(9999, 12, 31)])
def test_it_refuses_days_that_can_only_be_slips_of_the_pen(day: date) -> None:
    refused = staffing.check_day(day, "since", today=date(2026, 11, 21))
    assert refused is not None
    assert (refused.reason, refused.field) == (TableReason.DATE_OUT_OF_RANGE, "since")


DAYS = st.dates(date(2025, 3, 1), date(2026, 12, 31))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "leave", "return", "hired", "back"]), DAYS, st.sampled_from([NORTH, SOUTH])
    ),
    max_size=12,
)


@given(STEPS)
def test_it_never_lets_placements_overlap_or_lie_outside_the_time_of_employment(
    steps: list[tuple[str, date, UUID]],
) -> None:
    record = staffing.hire(NORTH, "", HIRED)
    for step, day, unit in steps:
        outcome = {
            "move": lambda r, d, u: staffing.move(r, unit=u, position="", since=d),
            "leave": lambda r, d, u: staffing.leave(r, d),
            "return": lambda r, d, u: staffing.come_back(r, unit=u, position="", since=d),
            "hired": lambda r, d, u: staffing.change_hire_date(r, d),
            "back": lambda r, d, u: staffing.take_back(r),
        }[step](record, day, unit)
        record = outcome if isinstance(outcome, Record) else record
        assert_sound(record)


def assert_sound(record: Record) -> None:
    """Placements in order, each ended before the next; the last one open, or ended with the leaving."""
    stints = record.stints
    assert stints[0].since >= record.hired_on
    for before, after in itertools.pairwise(stints):
        assert before.until is not None
        assert before.since <= before.until < after.since
    assert stints[-1].until == record.left_on
    assert record.left_on is None or stints[-1].since <= record.left_on
