"""The sentences of tables: what is wrong with a cell or a file and how to mend it, and what to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mystery.tables.faults import Detail, Fault, TableReason
from mystery.tables.pasted_lines import LineProblem
from mystery.tables.sheets import Remark
from mystery.web.formats import format_day, format_number

FAULTS: dict[StrEnum, Any] = {
    TableReason.MISSING: _l("This is empty. Fill it in."),
    TableReason.TOO_LONG: _l("“%(value)s” is too long. Shorten it to %(most)s characters."),
    TableReason.UNPRINTABLE: _l(
        "Some characters here cannot be seen. Clear the field and type the text anew."
    ),
    TableReason.NOT_A_DATE: _l("“%(value)s” is not a date. Write it as 2026-12-31 or 31.12.2026."),
    TableReason.DATE_OUT_OF_RANGE: _l("This day is too far away. Choose one from %(first)s to %(last)s."),
    TableReason.FILE_MISSING: _l("Choose a file."),
    TableReason.FILE_EMPTY: _l("The file is empty. Save the table again and choose that file."),
    TableReason.FILE_TOO_LARGE: _l(
        "The file is larger than %(most)s MB. Split it, or delete pictures and unused sheets."
    ),
    TableReason.FILE_WRONG_TYPE: _l(
        "This is neither CSV nor XLSX. In the spreadsheet program choose “Save as” and one of the two."
    ),
    TableReason.FILE_OLD_EXCEL: _l(
        "This is the old Excel format (xls). Save the file as XLSX and choose that."
    ),
    TableReason.FILE_LOCKED: _l("The file is protected with a password. Save it without one."),
    TableReason.FILE_UNPACKS_TOO_LARGE: _l(
        "Unpacked, the file would take more than %(most)s MB. Copy the table into a new file and save that."
    ),
    TableReason.FILE_BROKEN: _l("The file is damaged and cannot be opened. Save it again as XLSX or CSV."),
    TableReason.FILE_TOO_DEMANDING: _l(
        "Reading the file took too much time or memory. Split it, or copy the table into a new file."
    ),
    TableReason.FILE_BROKEN_ENCODING: _l(
        "The letters in row %(row)s are damaged. Save the file again as “CSV UTF-8” or XLSX."
    ),
    TableReason.FILE_UNPRINTABLE: _l(
        "Row %(row)s holds zero bytes, so this is no text. Save the file again as CSV or XLSX."
    ),
    TableReason.FILE_QUOTES: _l(
        "The quotation marks in row %(row)s do not match. Double those inside a cell, or save as XLSX."
    ),
    TableReason.TOO_MANY_ROWS: _l("There are more than %(most)s rows. Split the file."),
    TableReason.TOO_MANY_COLUMNS: _l(
        "Row %(row)s has more than %(most)s columns. Delete those that are not for the import."
    ),
    TableReason.NO_HEADINGS: _l(
        "No headings of ours are in the first rows. Download the blank file and copy its headings."
    ),
    TableReason.COLUMN_MISSING: _l(
        "This column is missing. Add it with the heading shown in the blank file."
    ),
    TableReason.COLUMN_TWICE: _l(
        "“%(first)s” and “%(second)s” are headings of the same column. Delete one of the columns."
    ),
    TableReason.NO_ROWS: _l("There are headings but no rows below them. Fill in at least one row."),
}

REMARKS: dict[Remark, Any] = {
    Remark.COLUMNS_IGNORED: _l("Columns that are not read: %(what)s."),
    Remark.SHEETS_IGNORED: _l("A sheet without our headings is not read: %(what)s."),
    Remark.FORMULAS_AS_TEXT: _l("Formulas are taken as text, not calculated. Rows: %(what)s."),
}


def say_fault(found: Fault, sentences: Mapping[StrEnum, Any], facts: Mapping[str, str]) -> str:
    """What is wrong and how to mend it: in the capability's own ``sentences``, else in those of any table."""
    sentence = sentences[found.reason] if found.reason in sentences else FAULTS[found.reason]
    return str(sentence) % facts


def describe_line(problem: LineProblem, sentences: Mapping[StrEnum, Any]) -> str:
    """What is wrong with a pasted line, beginning with its number."""
    said = str(sentences[problem.fault]) % {"value": problem.value}
    return str(_("Line %(line)s: %(problem)s", line=problem.line, problem=said)) if problem.line else said


def describe_remark(remark: Remark, what: str) -> str:
    """Something to know about a file."""
    return str(REMARKS[remark]) % {"what": what}


def show_detail(value: Detail | None) -> str:
    """A value of a fault or a change as people read it; an absent one is a dash."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return format_day(value)
    return format_number(value) if isinstance(value, int) else value
