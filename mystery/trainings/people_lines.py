"""People pasted as lines: a personnel number or a name, then the day of the training or the other group.

What a spreadsheet copies has tabs between its cells, what people type has semicolons; commas are left to
names. Every line is looked at before anything is recorded, and each fault names its line.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

MOST_LINES = 2000
LONGEST_SHOWN = 60
EARLIEST = date(2000, 1, 1)
CONTROL_WORDS = ("control", "not trained", "контроль", "контрольная", "контрольная группа", "без обучения")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
CELL_ENDS = re.compile(r"[\t;]")
# Invisible letters that spreadsheets and web pages leave behind; nobody means them.
SWEPT = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


class LineFault(Enum):
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
class Candidate:
    """A member of staff whom a line may mean."""

    id: UUID
    code: str | None
    name: str


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
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if _tidy(line)]
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


class PersonFinder:
    """Finds a member of staff by personnel number or, where only one has it, by name."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        people = list(candidates)
        self._by_code = {_fold(each.code): each.id for each in people if each.code}
        self._by_name: dict[str, list[UUID]] = {}
        for each in people:
            self._by_name.setdefault(_fold(each.name), []).append(each.id)

    def find(self, text: str) -> UUID | LineFault:
        """The person whom the text means, or why nobody can be meant."""
        if (known := self._by_code.get(_fold(text))) is not None:
            return known
        namesakes = self._by_name.get(_fold(text), [])
        if len(namesakes) > 1:
            return LineFault.AMBIGUOUS
        return namesakes[0] if namesakes else LineFault.UNKNOWN


def _read_line(
    line: str, finder: PersonFinder, *, usual_day: date | None, today: date
) -> Place | tuple[LineFault, str]:
    cells = [_tidy(cell) for cell in CELL_ENDS.split(line)]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    if len(cells) > 2:
        return LineFault.TOO_MANY_CELLS, _shorten(line)
    person = finder.find(cells[0])
    if isinstance(person, LineFault):
        return person, _shorten(cells[0])
    said = cells[1] if len(cells) > 1 else ""
    if _fold(said) in CONTROL_WORDS:
        return Place(person, None)
    day = _read_day(said) if said else usual_day
    if day is None:
        return (LineFault.NOT_A_DAY, _shorten(said)) if said else (LineFault.NO_DAY, _shorten(cells[0]))
    if not EARLIEST <= day <= today:
        return (LineFault.DAY_AHEAD if day > today else LineFault.DAY_TOO_OLD), day.isoformat()
    return Place(person, day)


def _read_day(text: str) -> date | None:
    """A day as 2026-12-31 or 31.12.2026; None for anything else."""
    try:
        if found := ISO_DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := DOTTED_DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    return None


def _find_repeated(places: Sequence[tuple[int, Place]], lines: dict[int, str]) -> list[LineProblem]:
    counts = Counter(place.employee_id for _number, place in places)
    seen: set[UUID] = set()
    repeated = []
    for number, place in places:
        if counts[place.employee_id] > 1 and place.employee_id in seen:
            repeated.append(LineProblem(number, LineFault.TWICE, _shorten(_tidy(lines[number]))))
        seen.add(place.employee_id)
    return repeated


def _tidy(text: str) -> str:
    return " ".join(text.translate(SWEPT).split())


def _fold(text: str) -> str:
    """A text without what people vary: case, ё, spaces, composed or decomposed letters."""
    return _tidy(unicodedata.normalize("NFC", text)).casefold().replace("ё", "е")


def _shorten(text: str) -> str:
    shown = _tidy(text)
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…"
