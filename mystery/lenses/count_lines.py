"""Counts of loyalty buttons as people write them: one shop and month, or a pasted line for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from mystery.tables.cells import fold_cell, shorten, tidy_cell
from mystery.tables.pasted_lines import MOST_LINES, LineProblem, number_lines, split_line

MOST_COUNTED = 100_000_000
EARLIEST = date(2000, 1, 1)
ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")
DOTTED_MONTH = re.compile(r"(?:\d{1,2}\.)?(\d{1,2})\.(\d{4})")
SPACES_WITHIN = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d)")
CELLS = (4, 5)


class CountFault(StrEnum):
    """What is wrong with a count or its line."""

    UNKNOWN_SHOP = "unknown_shop"
    AMBIGUOUS_SHOP = "ambiguous_shop"
    NOT_A_MONTH = "not_a_month"
    MONTH_AHEAD = "month_ahead"
    MONTH_TOO_OLD = "month_too_old"
    NOT_A_NUMBER = "not_a_number"
    MORE_DISSATISFIED = "more_dissatisfied"
    MORE_PRESSES = "more_presses"
    TWICE = "twice"
    WRONG_CELLS = "wrong_cells"
    TOO_MANY_LINES = "too_many_lines"
    NO_LINES = "no_lines"


@dataclass(frozen=True)
class Shop:
    """A shop whose button was counted."""

    id: UUID
    code: str | None
    name: str


@dataclass(frozen=True)
class CountDraft:
    """What was counted in a shop in the month that begins on ``month``; None where customers are unknown."""

    unit_id: UUID
    month: date
    presses: int
    dissatisfied: int
    customers: int | None


def check_count(draft: CountDraft, today: date) -> CountFault | None:
    """What cannot be about a count, if anything."""
    if draft.month > today:
        return CountFault.MONTH_AHEAD
    if draft.month < EARLIEST:
        return CountFault.MONTH_TOO_OLD
    if draft.dissatisfied > draft.presses:
        return CountFault.MORE_DISSATISFIED
    if draft.customers is not None and draft.presses > draft.customers:
        return CountFault.MORE_PRESSES
    return None


def read_month(text: str) -> date | None:
    """The first day of a month written as 2026-10, 10.2026 or as any day of it; None for anything else."""
    try:
        if found := ISO_MONTH.fullmatch(text):
            return date(int(found[1]), int(found[2]), 1)
        if found := DOTTED_MONTH.fullmatch(text):
            return date(int(found[2]), int(found[1]), 1)
    except ValueError:
        pass
    return None


def read_counts(text: str, shops: Iterable[Shop], *, today: date) -> list[CountDraft] | list[LineProblem]:
    """Read pasted lines; either all are in order, or all problems are returned."""
    lines = number_lines(text)
    if not lines:
        return [LineProblem(0, CountFault.NO_LINES)]
    if len(lines) > MOST_LINES:
        return [LineProblem(0, CountFault.TOO_MANY_LINES, str(MOST_LINES))]
    found_shops = _index_shops(shops)
    drafts: dict[tuple[UUID, date], CountDraft] = {}
    problems: list[LineProblem] = []
    for number, line in lines:
        found = _read_line(line, found_shops, today)
        if not isinstance(found, CountDraft):
            problems.append(LineProblem(number, *found))
        elif (found.unit_id, found.month) in drafts:
            problems.append(LineProblem(number, CountFault.TWICE, shorten(tidy_cell(line))))
        else:
            drafts[found.unit_id, found.month] = found
    return problems or list(drafts.values())


def _index_shops(shops: Iterable[Shop]) -> Mapping[str, list[UUID]]:
    """Shops by their code and by their name, as people write them."""
    index: dict[str, list[UUID]] = {}
    for shop in shops:
        for word in {fold_cell(shop.code or ""), fold_cell(shop.name)} - {""}:
            index.setdefault(word, []).append(shop.id)
    return index


def _read_line(
    line: str, shops: Mapping[str, list[UUID]], today: date
) -> CountDraft | tuple[CountFault, str]:
    cells = split_line(line, least=CELLS[0])
    if len(cells) not in CELLS:
        return CountFault.WRONG_CELLS, shorten(tidy_cell(line))
    named = shops.get(fold_cell(cells[0]), [])
    if len(named) != 1:
        return (CountFault.AMBIGUOUS_SHOP if named else CountFault.UNKNOWN_SHOP), shorten(cells[0])
    month = read_month(cells[1])
    if month is None:
        return CountFault.NOT_A_MONTH, shorten(cells[1])
    numbers = [_read_number(cell) for cell in cells[2:]]
    for cell, number in zip(cells[2:], numbers, strict=True):
        if number is None:
            return CountFault.NOT_A_NUMBER, shorten(cell)
    presses, dissatisfied, *customers = [number or 0 for number in numbers]
    draft = CountDraft(named[0], month, presses, dissatisfied, customers[0] if customers else None)
    fault = check_count(draft, today)
    return (fault, shorten(tidy_cell(line))) if fault else draft


def _read_number(text: str) -> int | None:
    """A whole number, with or without spaces between its thousands; None for anything else."""
    plain = SPACES_WITHIN.sub("", text)
    if not (plain.isascii() and plain.isdigit()) or len(plain) > len(str(MOST_COUNTED)):
        return None
    return int(plain) if int(plain) <= MOST_COUNTED else None
