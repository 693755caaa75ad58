"""Recording a training with its people, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.database import db
from mystery.models import Training, TrainingPlace, Unit
from mystery.tables.pasted_lines import LineProblem
from mystery.trainings.people_lines import Place, read_people
from mystery.trainings.queries import list_candidates, load_training, today_at


@dataclass(frozen=True)
class TrainingDraft:
    """What a person entered; ``people`` are the lines as they were pasted."""

    title: str
    unit_id: UUID
    usual_day: date | None
    people: str


def add_training(reach: Reach, draft: TrainingDraft) -> UUID | list[LineProblem]:
    """Record a training; returns its id, or everything that is wrong with the list of people.

    Raises NotYours for a unit outside the person's reach.
    """
    unit = db.session.scalar(select(Unit).where(Unit.id == draft.unit_id))
    if unit is None or not reach.covers(Permission.COMPARE_STAFF, unit):
        raise NotYours
    found = read_people(
        draft.people, list_candidates(reach, unit), usual_day=draft.usual_day, today=today_at(unit)
    )
    places = [each for each in found if isinstance(each, Place)]
    if len(places) < len(found) or not places:
        return [each for each in found if isinstance(each, LineProblem)]
    training = Training(unit_id=unit.id, title=draft.title, recorded_by_id=reach.user_id)
    training.people = [
        TrainingPlace(employee_id=place.employee_id, trained_on=place.trained_on) for place in places
    ]
    db.session.add(training)
    db.session.flush()
    recorded = training.id
    db.session.commit()
    return recorded


def remove_training(reach: Reach, training_id: UUID) -> str:
    """Remove a training with its list of people and return its title; raises NotYours."""
    training = load_training(reach, training_id)
    title = training.title
    db.session.delete(training)
    db.session.commit()
    return title
