"""Counts are pasted as lines: all are read, or everything is said that has to be mended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mystery.lenses.count_lines import CountDraft, CountFault, Shop, read_counts, read_month
from mystery.tables.pasted_lines import MOST_LINES, LineProblem

TODAY = date(2026, 11, 22)
OCTOBER = date(2026, 10, 1)
FIRST, SECOND, TWIN = (UUID(int=number) for number in range(1, 4))
SHOPS = [Shop(FIRST, "M01", "Озёрный"), Shop(SECOND, None, "Гавань"), Shop(TWIN, "M03", "Гавань")]


def read(text: str) -> list[CountDraft] | list[LineProblem]:
    """What lines come to among these shops."""
    return read_counts(text, SHOPS, today=TODAY)


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("M01;2026-10;120;30;4100", CountDraft(FIRST, OCTOBER, 120, 30, 4100)),
        ("озерный\t10.2026\t1 200\t30\t41\u00a0000", CountDraft(FIRST, OCTOBER, 1200, 30, 41_000)),
        ("m03; 01.10.2026; 5; 5;", CountDraft(TWIN, OCTOBER, 5, 5, None)),
        ("\ufeffM01; 2026-10-31; 0; 0; 0", CountDraft(FIRST, OCTOBER, 0, 0, 0)),
    ],
)
def test_it_reads_lines_as_they_are_written(line: str, draft: CountDraft) -> None:
    """By code or name, with tabs of a spreadsheet or semicolons of a hand; customers may be left out."""
    assert read(line) == [draft]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Центр;2026-10;1;0", [(1, CountFault.UNKNOWN_SHOP)]),
        ("Гавань;2026-10;1;0", [(1, CountFault.AMBIGUOUS_SHOP)]),
        ("M01;2026-13;1;0", [(1, CountFault.NOT_A_MONTH)]),
        ("M01;2026-12;1;0", [(1, CountFault.MONTH_AHEAD)]),
        ("M01;1999-12;1;0", [(1, CountFault.MONTH_TOO_OLD)]),
        ("M01;2026-10;1,5;0", [(1, CountFault.NOT_A_NUMBER)]),
        ("M01;2026-10;1;", [(1, CountFault.NOT_A_NUMBER)]),
        ("M01;2026-10;1;2", [(1, CountFault.MORE_DISSATISFIED)]),
        ("M01;2026-10;10;2;9", [(1, CountFault.MORE_PRESSES)]),
        ("M01;2026-10;1;0\n\nM01;10.2026;2;0", [(3, CountFault.TWICE)]),
        ("M01;2026-10;1", [(1, CountFault.WRONG_CELLS)]),
        ("M01;2026-10;1;0;5;6", [(1, CountFault.WRONG_CELLS)]),
        (" \n", [(0, CountFault.NO_LINES)]),
        ("M01;2026-10;1;0\n" * (MOST_LINES + 1), [(0, CountFault.TOO_MANY_LINES)]),
    ],
)
def test_it_names_every_line_that_has_to_be_mended(text: str, problems: list[tuple[int, CountFault]]) -> None:
    """All at once, with the line's number as an editor counts it."""
    found = read(text)
    assert [(each.line, each.fault) for each in found if isinstance(each, LineProblem)] == problems
    assert len(found) == len(problems)


@given(st.text(max_size=300))
def test_it_takes_whatever_is_pasted(text: str) -> None:
    """Never an exception; either counts of known shops or problems, and never both."""
    found = read(text)
    assert found
    assert len({isinstance(each, CountDraft) for each in found}) == 1
    month = read_month(text)
    assert month is None or month.day == 1
