"""People are pasted as lines: everybody is found, or everything is said that has to be mended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mystery.tables.pasted_lines import MOST_LINES, LineProblem
from mystery.trainings.people_lines import LineFault, Place, read_people
from mystery.trainings.staff import CONTROL_WORDS, Candidate

TODAY = date(2026, 11, 22)
DAY = date(2026, 6, 1)
ANNA, BORIS, VERA, OTHER_VERA = (UUID(int=number) for number in range(1, 5))
STAFF = [
    Candidate(ANNA, "007", "Анна Лёвина"),
    Candidate(BORIS, None, "Борис", "boris@example.org"),
    Candidate(VERA, "12", "Вера"),
    Candidate(OTHER_VERA, "13", "Вера"),
]


def read(text: str, *, usual_day: date | None = DAY) -> list[Place] | list[LineProblem]:
    """What a list comes to among the staff of the cast."""
    return read_people(text, STAFF, usual_day=usual_day, today=TODAY)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("007", [Place(ANNA, DAY)]),
        ("анна  левина\nБОРИС", [Place(ANNA, DAY), Place(BORIS, DAY)]),
        ("12\t2026-05-04", [Place(VERA, date(2026, 5, 4))]),
        ("12; 04.05.2026;", [Place(VERA, date(2026, 5, 4))]),
        ("\ufeff007\r\n\r\nБорис;контроль", [Place(ANNA, DAY), Place(BORIS, None)]),
        ("007\n12;Control", [Place(ANNA, DAY), Place(VERA, None)]),
        ("Boris@Example.org", [Place(BORIS, DAY)]),
        ("Анна Ле\u0308вина", [Place(ANNA, DAY)]),
    ],
)
def test_it_finds_people_as_they_are_written(text: str, places: list[Place]) -> None:
    """By number or name, however typed; with tabs of a spreadsheet or semicolons of a hand."""
    assert read(text) == places


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Глеб", [(1, LineFault.UNKNOWN)]),
        ("007\nВера", [(2, LineFault.AMBIGUOUS)]),
        ("007\nБорис\nАнна Лёвина", [(3, LineFault.TWICE)]),
        ("007;вчера", [(1, LineFault.NOT_A_DAY)]),
        ("007;2026-02-30", [(1, LineFault.NOT_A_DAY)]),
        ("007;2026-11-23", [(1, LineFault.DAY_AHEAD)]),
        ("007;1999-12-31", [(1, LineFault.DAY_TOO_OLD)]),
        ("007;2026-06-01;ещё", [(1, LineFault.TOO_MANY_CELLS)]),
        ("007;контроль", [(0, LineFault.NOBODY_TRAINED)]),
        ("", [(0, LineFault.NOBODY_TRAINED)]),
        ("Глеб\n\n007;вчера", [(1, LineFault.UNKNOWN), (3, LineFault.NOT_A_DAY)]),
        ("007\n" * (MOST_LINES + 1), [(0, LineFault.TOO_MANY_LINES)]),
    ],
)
def test_it_names_every_line_that_has_to_be_mended(text: str, problems: list[tuple[int, LineFault]]) -> None:
    """All at once, with the line's number as an editor counts it; nothing is taken meanwhile."""
    found = read(text)
    assert [(each.line, each.fault) for each in found if isinstance(each, LineProblem)] == problems
    assert len(found) == len(problems)


def test_it_asks_for_a_day_where_none_is_given() -> None:
    """Without a day of the training each line needs its own."""
    assert read("007", usual_day=None) == [LineProblem(1, LineFault.NO_DAY, "007")]


@given(st.text(max_size=300))
def test_it_takes_whatever_is_pasted(text: str) -> None:
    """Never an exception; either places of known people or problems, and never both."""
    found = read(text)
    assert found
    assert len({isinstance(each, Place) for each in found}) == 1
    assert all(
        each.employee_id in {ANNA, BORIS, VERA, OTHER_VERA} for each in found if isinstance(each, Place)
    )
    assert "контроль" in CONTROL_WORDS
