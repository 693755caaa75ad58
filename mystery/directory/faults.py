"""What people get wrong about units and employees, in forms and in files."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What can be wrong beside the reasons of any table; words.py has sentence and cure for each."""

    # Kinds and time zones.
    NOT_A_KIND = "not_a_kind"
    NOT_A_TIME_ZONE = "not_a_time_zone"
    # Codes and units.
    CODE_TAKEN = "code_taken"
    CODE_ELSEWHERE = "code_elsewhere"
    CODE_TWICE = "code_twice"
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_CLOSED = "unit_closed"
    UNIT_AMBIGUOUS = "unit_ambiguous"
    PARENT_CYCLE = "parent_cycle"
    PARENT_IS_SHOP = "parent_is_shop"
    PARENT_CLOSED = "parent_closed"
    PARENT_NEEDED = "parent_needed"
    TOO_DEEP = "too_deep"
    HAS_UNITS_BELOW = "has_units_below"
    OPEN_UNITS_BELOW = "open_units_below"
    CLOSED_IN_FUTURE = "closed_in_future"
    COMPANY_STAYS = "company_stays"
    # Staff and days.
    NOTHING_CHANGES = "nothing_changes"
    HAS_LEFT = "has_left"
    HAS_NOT_LEFT = "has_not_left"
    BEFORE_HIRED = "before_hired"
    BEFORE_LAST_MOVE = "before_last_move"
    BACK_BEFORE_LEFT = "back_before_left"
    HIRED_AFTER_FIRST_STINT = "hired_after_first_stint"
    NOTHING_TO_TAKE_BACK = "nothing_to_take_back"
