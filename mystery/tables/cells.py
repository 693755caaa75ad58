"""Cells to values: text and days, each with the Fault that says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from mystery.tables.faults import Fault, TableReason, fault

LONGEST_SHOWN = 80
# Spreadsheets count days from here (the 1900 system, with its leap year that never was).
DAY_ZERO = date(1899, 12, 30)
SERIAL_DAYS = range(18_264, 100_000)
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?г\.?)?(?: \d{1,2}:\d{2}(?::\d{2})?)?")
# Invisible letters that spreadsheets and web pages leave behind; nobody means them.
SWEPT = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


def tidy_cell(text: str) -> str:
    """A cell without invisible letters, and with single spaces."""
    return " ".join(text.translate(SWEPT).split())


def fold_cell(text: str) -> str:
    """A cell without what people vary: case, ё, spaces, composed or decomposed letters."""
    return tidy_cell(unicodedata.normalize("NFC", text)).casefold().replace("ё", "е")


def shorten(text: str) -> str:
    """As much of a cell as a message shows."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def is_printable(text: str) -> bool:
    """Whether every character shows; control and direction-turning characters do not, and could mislead."""
    # Almost every text passes the quick test, which also stops at harmless things such as a no-break space.
    return text.isprintable() or not any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text
    )


def read_text(text: str, column: str, *, longest: int) -> str | Fault:
    """Text of at most ``longest`` characters."""
    if not is_printable(text):
        return fault(TableReason.UNPRINTABLE, column)
    if len(text) > longest:
        return fault(TableReason.TOO_LONG, column, value=shorten(text), most=longest)
    return text


def read_day(text: str, column: str) -> date | Fault | None:
    """A day as 2026-12-31, 31.12.2026 or a spreadsheet's day number; None for an empty cell."""
    if not text:
        return None
    return parse_day(text) or fault(TableReason.NOT_A_DATE, column, value=shorten(text))


def parse_day(text: str) -> date | None:
    """The day that a text says; None for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return DAY_ZERO + timedelta(days=int(text)) if int(text) in SERIAL_DAYS else None
    try:
        if found := ISO_DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := DOTTED_DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None
