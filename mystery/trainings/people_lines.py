"""People pasted as lines: a personnel number or a name, then the day of the training or the other group.

What a spreadsheet copies has tabs between its cells, what people type has semicolons; commas are left to
names. Every line is looked at before anything is recorded, and each fault names its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from mystery.tables.cells import parse_day, shorten, tidy_cell
from mystery.trainings.staff import Candidate, PersonFinder, is_control

MOST_LINES = 2000
EARLIEST = date(2000, 1, 1)
CELL_ENDS = re.compile(r"[\t;]")


class LineFault(StrEnum):
    """What is wrong with a line."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    TWICE = "twice"
    NOT_A_DAY = "not_a_day"
    DAY_AHEAD = "day_ahead"
    DAY_TOO_OLD = "day_too_old"
    NO_DAY = "no_day"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_MANY_LINES = "too_many_lines"
    NOBODY_TRAINED = "nobody_trained"


@dataclass(frozen=True)
class LineProblem:
    """A fault with its line, counted from 1; 0 is the list as a whole."""

    line: int
    fault: LineFault
    value: str = ""


@dataclass(frozen=True)
class Place:
    """One person as recorded: trained on a day, or without a day in the group to compare with."""

    employee_id: UUID
    trained_on: date | None


def read_people(
    text: str, candidates: Iterable[Candidate], *, usual_day: date | None, today: date
) -> list[Place] | list[LineProblem]:
    """Read pasted lines; either everybody was found and has a place, or all problems are returned.

    ``usual_day`` counts for lines that name no day of their own.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if tidy_cell(line)]
    if len(lines) > MOST_LINES:
        return [LineProblem(0, LineFault.TOO_MANY_LINES, str(MOST_LINES))]
    finder = PersonFinder(candidates)
    places: list[tuple[int, Place]] = []
    problems: list[LineProblem] = []
    for number, line in lines:
        found = _read_line(line, finder, usual_day=usual_day, today=today)
        if isinstance(found, Place):
            places.append((number, found))
        else:
            problems.append(LineProblem(number, *found))
    problems += _find_repeated(places, dict(lines))
    if not problems and not any(place.trained_on for _number, place in places):
        problems.append(LineProblem(0, LineFault.NOBODY_TRAINED))
    return sorted(problems, key=lambda each: each.line) or [place for _number, place in places]


def find_person(text: str, finder: PersonFinder) -> UUID | LineFault:
    """The person whom a number, an e-mail or a name means, or why nobody can be meant."""
    known = finder.find_code(text) or finder.find_email(text)
    if known is not None:
        return known.id
    namesakes = finder.find_namesakes(text)
    if len(namesakes) > 1:
        return LineFault.AMBIGUOUS
    return namesakes[0].id if namesakes else LineFault.UNKNOWN


def _read_line(
    line: str, finder: PersonFinder, *, usual_day: date | None, today: date
) -> Place | tuple[LineFault, str]:
    cells = [tidy_cell(cell) for cell in CELL_ENDS.split(line)]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    if len(cells) > 2:
        return LineFault.TOO_MANY_CELLS, shorten(tidy_cell(line))
    person = find_person(cells[0], finder)
    if isinstance(person, LineFault):
        return person, shorten(cells[0])
    said = cells[1] if len(cells) > 1 else ""
    if is_control(said):
        return Place(person, None)
    day = parse_day(said) if said else usual_day
    if day is None:
        return (LineFault.NOT_A_DAY, shorten(said)) if said else (LineFault.NO_DAY, shorten(cells[0]))
    if not EARLIEST <= day <= today:
        return (LineFault.DAY_AHEAD if day > today else LineFault.DAY_TOO_OLD), day.isoformat()
    return Place(person, day)


def _find_repeated(places: Sequence[tuple[int, Place]], lines: dict[int, str]) -> list[LineProblem]:
    counts = Counter(place.employee_id for _number, place in places)
    seen: set[UUID] = set()
    repeated = []
    for number, place in places:
        if counts[place.employee_id] > 1 and place.employee_id in seen:
            repeated.append(LineProblem(number, LineFault.TWICE, shorten(tidy_cell(lines[number]))))
        seen.add(place.employee_id)
    return repeated
