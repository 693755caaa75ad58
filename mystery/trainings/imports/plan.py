"""What an import of trainings would do, as plain values: each row with before and after, and a digest."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from mystery.tables.problems import ImportProblem, Place
from mystery.tables.sheets import Remark
from mystery.trainings.staff import Candidate


class Action(StrEnum):
    """What happens to a row's person."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Standing:
    """How a person stands in a training: trained on a day, or without one in the group to compare with."""

    trained_on: date | None


@dataclass(frozen=True)
class StaffUnit:
    """A unit whose staff may be trained."""

    id: UUID
    name: str
    code: str | None
    path: str


@dataclass(frozen=True)
class KnownTraining:
    """A training as it was recorded."""

    id: UUID
    title: str
    unit_id: UUID
    people: Mapping[UUID, Standing]


@dataclass(frozen=True)
class Roster:
    """A company as it is now, as far as the importing person reaches: units, staff with places, trainings.

    ``home`` is the unit of rows that name none; None where the person reaches several and has to say.
    """

    company_id: UUID
    today: date
    home: UUID | None
    units: Mapping[UUID, StaffUnit]
    staff: tuple[tuple[Candidate, tuple[str, ...]], ...]
    trainings: tuple[KnownTraining, ...]


@dataclass(frozen=True)
class PlannedPlace:
    """A row about one person in one training; ``before`` is None for somebody who is new there."""

    place: Place
    action: Action
    person: Candidate
    before: Standing | None
    after: Standing


@dataclass(frozen=True)
class PlannedTraining:
    """A training with what its rows say; ``known`` is None for one to be recorded anew."""

    title: str
    unit: StaffUnit
    known: UUID | None
    places: tuple[PlannedPlace, ...]


@dataclass(frozen=True)
class Plan:
    """Everything a file would do; with any problem, it may not be done."""

    trainings: tuple[PlannedTraining, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    remarks: tuple[tuple[Remark, str], ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether all of the file has been recorded already."""
        return not set(self.count()) - {Action.UNCHANGED}

    @property
    def applicable(self) -> bool:
        """Whether the plan may be carried out."""
        return not self.problems and not self.changes_nothing

    def rows(self) -> Iterator[tuple[PlannedTraining, PlannedPlace]]:
        """Each person's place with its training, in the order of the file within each training."""
        return ((training, place) for training in self.trainings for place in training.places)

    def count(self) -> Counter[Action]:
        """How many people each action concerns."""
        return Counter(place.action for _training, place in self.rows())

    def digest(self) -> str:
        """A fingerprint of all that would be done; it differs as soon as one change does."""
        digest = hashlib.sha256()
        for training, place in self.rows():
            if place.action is not Action.UNCHANGED:
                known = training.known.hex if training.known else ""
                before = place.before.trained_on if place.before else "-"
                line = [training.title, training.unit.id.hex, known, place.person.id.hex]
                line += [str(before), str(place.after.trained_on)]
                digest.update(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        return digest.hexdigest()
