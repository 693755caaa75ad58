"""What people get wrong in forms and files of the directory: a reason, its place, and the facts to name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

Detail = str | int | date


class Reason(StrEnum):
    """Everything that can be wrong; words.py has the sentence, and the cure, for each."""

    # Text and dates, in forms and in cells.
    MISSING = "missing"
    TOO_LONG = "too_long"
    UNPRINTABLE = "unprintable"
    NOT_A_DATE = "not_a_date"
    DATE_OUT_OF_RANGE = "date_out_of_range"
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
    # Files.
    FILE_MISSING = "file_missing"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_WRONG_TYPE = "file_wrong_type"
    FILE_OLD_EXCEL = "file_old_excel"
    FILE_LOCKED = "file_locked"
    FILE_UNPACKS_TOO_LARGE = "file_unpacks_too_large"
    FILE_BROKEN = "file_broken"
    FILE_TOO_DEMANDING = "file_too_demanding"
    FILE_BROKEN_ENCODING = "file_broken_encoding"
    FILE_UNPRINTABLE = "file_unprintable"
    FILE_QUOTES = "file_quotes"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NO_HEADINGS = "no_headings"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    NO_ROWS = "no_rows"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: with which field (of a form) or column (of a file), and the facts to name."""

    reason: Reason
    field: str = ""
    details: tuple[tuple[str, Detail], ...] = ()

    def beside(self, field: str) -> Fault:
        """The same fault, told beside ``field``."""
        return replace(self, field=field)


def fault(reason: Reason, field: str = "", **details: Detail) -> Fault:
    """A Fault with its facts by name."""
    return Fault(reason, field, tuple(sorted(details.items())))
