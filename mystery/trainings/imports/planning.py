"""From the sheets of a file to its plan against the roster as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from mystery.tables.cells import fold_cell, shorten
from mystery.tables.faults import Fault, fault
from mystery.tables.problems import Problems, refuse_file
from mystery.tables.reading import Sheet
from mystery.tables.sheets import SheetSorting
from mystery.trainings.imports.columns import HEADINGS
from mystery.trainings.imports.plan import (
    Action,
    KnownTraining,
    Plan,
    PlannedPlace,
    PlannedTraining,
    Roster,
    StaffUnit,
)
from mystery.trainings.imports.reasons import Reason
from mystery.trainings.imports.rows import RowReader, TrainingRow
from mystery.trainings.people_lines import LineFault
from mystery.trainings.staff import Candidate, PersonFinder, may_be_called

Named = tuple[TrainingRow, Candidate]


def refuse_import(found: Fault) -> Plan:
    """The plan of a file that cannot be read: one problem, nothing else."""
    return Plan(problems=(refuse_file(found),))


def plan_import(sheets: list[Sheet], roster: Roster) -> Plan:
    """What the file would record, and everything that is wrong with it; pure, and it writes nothing."""
    sorting = SheetSorting(HEADINGS)
    rows: list[TrainingRow] = []
    for sheet in sheets:
        layout = sorting.take(sheet)
        if layout is not None:
            rows += RowReader(sheet, layout, roster.today, sorting.problems).read()
    if not rows and (refused := sorting.refuse(sheets)):
        return refuse_import(refused)
    planner = TrainingPlanner(roster, sorting.problems)
    return Plan(tuple(planner.plan(rows)), sorting.problems.in_order(), tuple(sorting.remarks))


class TrainingPlanner:
    """Groups rows into trainings and holds each against what was recorded before."""

    def __init__(self, roster: Roster, problems: Problems) -> None:
        self._roster = roster
        self._problems = problems
        self._finders: dict[UUID, PersonFinder] = {}
        self._codes = {unit.code: unit for unit in roster.units.values() if unit.code}
        self._names: defaultdict[str, list[StaffUnit]] = defaultdict(list)
        for unit in roster.units.values():
            self._names[fold_cell(unit.name)].append(unit)

    def plan(self, rows: Iterable[TrainingRow]) -> Iterable[PlannedTraining]:
        """One entry for each training that the rows speak of, in the order of the file."""
        groups: dict[tuple[UUID, str], list[Named]] = {}
        for row in rows:
            found = self._find_unit(row)
            unit = found if isinstance(found, StaffUnit) else None
            person = self._find_person(row, unit) if unit else found
            if isinstance(person, Candidate) and unit is not None:
                groups.setdefault((unit.id, fold_cell(row.title)), []).append((row, person))
            elif isinstance(person, Fault):
                self._problems.report(row.place, person)
        for (unit_id, _title), named in groups.items():
            yield self._plan_training(self._roster.units[unit_id], named)

    def _find_unit(self, row: TrainingRow) -> StaffUnit | Fault:
        if not row.unit:
            home = self._roster.home
            return self._roster.units[home] if home else fault(Reason.UNIT_NEEDED, "unit")
        if row.unit in self._codes:
            return self._codes[row.unit]
        named = self._names.get(fold_cell(row.unit), [])
        if len(named) == 1:
            return named[0]
        return fault(Reason.UNIT_AMBIGUOUS if named else Reason.UNKNOWN_UNIT, "unit", value=shorten(row.unit))

    def _find_person(self, row: TrainingRow, unit: StaffUnit) -> Candidate | Fault:
        finder = self._finder(unit)
        by_code, by_email = finder.find_code(row.code), finder.find_email(row.email)
        if row.code and by_code is None:
            return fault(LineFault.UNKNOWN, "code", value=shorten(row.code))
        if by_code is not None and by_email is not None and by_code != by_email:
            return fault(Reason.OTHER_PERSON, "email", value=shorten(row.email), name=by_code.name)
        known = by_code or by_email
        if known is not None:
            fits = not row.name or may_be_called(known, row.name)
            return known if fits else fault(Reason.OTHER_NAME, "name", value=row.name, name=known.name)
        namesakes = finder.find_namesakes(row.name) if row.name else []
        if len(namesakes) == 1:
            return namesakes[0]
        column, said = ("name", row.name) if row.name else ("email", row.email)
        return fault(LineFault.AMBIGUOUS if namesakes else LineFault.UNKNOWN, column, value=shorten(said))

    def _finder(self, unit: StaffUnit) -> PersonFinder:
        """Finds among those who work or worked in the unit or below it."""
        if unit.id not in self._finders:
            self._finders[unit.id] = PersonFinder(
                person
                for person, paths in self._roster.staff
                if any(path.startswith(unit.path) for path in paths)
            )
        return self._finders[unit.id]

    def _plan_training(self, unit: StaffUnit, named: Sequence[Named]) -> PlannedTraining:
        known = self._recognise(unit, named)
        before = known.people if known else {}
        places: dict[UUID, PlannedPlace] = {}
        for row, person in named:
            if person.id in places:
                first = places[person.id].place.row or 0
                column = next(name for name in ("code", "name", "email") if getattr(row, name))
                twice = fault(Reason.PERSON_TWICE, column, value=person.name, row=first)
                self._problems.report(row.place, twice)
                continue
            standing = before.get(person.id)
            action = Action.ADDED if standing is None else Action.CHANGED
            action = Action.UNCHANGED if standing == row.standing else action
            places[person.id] = PlannedPlace(row.place, action, person, standing, row.standing)
        after = {**before, **{person: place.after for person, place in places.items()}}
        if not any(standing.trained_on for standing in after.values()):
            first_row = named[0][0]
            nobody = fault(Reason.NOBODY_LEFT_TRAINED, "group", value=first_row.title)
            self._problems.report(first_row.place, nobody)
        title = known.title if known else named[0][0].title
        return PlannedTraining(title, unit, known.id if known else None, tuple(places.values()))

    def _recognise(self, unit: StaffUnit, named: Sequence[Named]) -> KnownTraining | None:
        """The recorded training of that name; of several, the one that shares most with the rows.

        So the file that was applied last is always recognised as what it made.
        """
        title = fold_cell(named[0][0].title)
        asked = {(person.id, row.standing) for row, person in named}
        alike = [
            each
            for each in self._roster.trainings
            if each.unit_id == unit.id and fold_cell(each.title) == title
        ]
        return max(reversed(alike), key=lambda each: len(asked & set(each.people.items())), default=None)
