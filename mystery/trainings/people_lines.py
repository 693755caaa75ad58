"""People pasted as lines: a personnel number or a name, then the day of the training or the other group.

Commas are left to names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from mystery.tables.cells import parse_day, shorten, tidy_cell
from mystery.tables.pasted_lines import MOST_LINES, LineProblem, number_lines, split_line
from mystery.trainings.staff import Candidate, PersonFinder, is_control

EARLIEST = date(2000, 1, 1)


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
    lines = number_lines(text)
    if len(lines) > MOST_LINES:
        return [LineProblem(0, LineFault.TOO_MANY_LINES, str(MOST_LINES))]
    finder = PersonFinder(candidates)
    places: dict[UUID, Place] = {}
    problems: list[LineProblem] = []
    for number, line in lines:
        found = _read_line(line, finder, usual_day=usual_day, today=today)
        if not isinstance(found, Place):
            problems.append(LineProblem(number, *found))
        elif found.employee_id in places:
            problems.append(LineProblem(number, LineFault.TWICE, shorten(tidy_cell(line))))
        else:
            places[found.employee_id] = found
    if not problems and not any(place.trained_on for place in places.values()):
        problems.append(LineProblem(0, LineFault.NOBODY_TRAINED))
    return problems or list(places.values())


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
    cells = split_line(line, least=1)
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
