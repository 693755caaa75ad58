"""Names inside an archive: whatever a shop is called, a file of that name can be written anywhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mystery.archives.names import PackedVisit, name_reports, tidy_name

FORBIDDEN = set('<>:"/\\|?*\0')


def visit(number: int, unit: str, employee: str | None) -> PackedVisit:
    """A visit on a day in November."""
    return PackedVisit(UUID(int=number), date(2026, 11, 5), unit, employee)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Магазин № 3 (центр)", "Магазин № 3 (центр)"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\tb\nc", "a_b_c"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("trailing. ", "trailing"),
        ("Кафе «Уют»: зал", "Кафе «Уют»_ зал"),
        ("ы" * 90, "ы" * 60),
    ],
)
def test_it_keeps_what_can_be_read_and_nothing_that_leads_elsewhere(typed: str, kept: str) -> None:
    assert tidy_name(typed) == kept


def test_it_numbers_what_would_have_the_same_name_also_where_capitals_do_not_count() -> None:
    named = name_reports([visit(1, "Север", "Анна"), visit(2, "СЕВЕР", "анна"), visit(3, "Север", None)])
    names = sorted(name for _visit, name in named)
    assert names == [
        "СЕВЕР, 2026-11-05, анна.pdf",
        "Север, 2026-11-05, Анна (2).pdf",
        "Север, 2026-11-05.pdf",
    ]


@given(st.lists(st.tuples(st.text(max_size=90), st.none() | st.text(max_size=90)), max_size=8))
def test_it_names_anything_safely_and_no_two_alike(facts: list[tuple[str, str | None]]) -> None:
    visits = [visit(number, unit, employee) for number, (unit, employee) in enumerate(facts)]
    named = name_reports(visits)
    names = [name for _visit, name in named]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert not FORBIDDEN & set(name)
        assert len(name) < 160
        assert name.endswith(".pdf")
        assert not name.startswith((".", " "))
    assert named == name_reports(reversed(visits))
