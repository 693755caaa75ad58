"""What is wrong with a cell or a file: a reason, its place, and the facts to name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

Detail = str | int | date


class TableReason(StrEnum):
    """What can be wrong with any table; words.py has the sentence, and the cure, for each.

    What its content means is for the capability, which adds reasons of its own.
    """

    # Text and dates, in forms and in cells.
    MISSING = "missing"
    TOO_LONG = "too_long"
    UNPRINTABLE = "unprintable"
    NOT_A_DATE = "not_a_date"
    DATE_OUT_OF_RANGE = "date_out_of_range"
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

    reason: StrEnum
    field: str = ""
    details: tuple[tuple[str, Detail], ...] = ()

    def beside(self, field: str) -> Fault:
        """The same fault, told beside ``field``."""
        return replace(self, field=field)


def fault(reason: StrEnum, field: str = "", **details: Detail) -> Fault:
    """A Fault with its facts by name."""
    return Fault(reason, field, tuple(sorted(details.items())))
