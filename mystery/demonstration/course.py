"""The training that part of the staff got: whom, when, and what it does to their service until it fades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from mystery.access.scopes import Reach
from mystery.clock import set_to
from mystery.demonstration.chain import SEED
from mystery.demonstration.chance import make_chance
from mystery.trainings.actions import TrainingDraft, add_training

TITLE: Final = "Потребности и возражения, день с тренером"
TRAINED: Final = 46
COURSE_AGO: Final = timedelta(days=240)
# The trainer came twice, so that no shop stood without its people.
SECOND_DAY_AFTER: Final = timedelta(days=7)
RECORDED_AGO: Final = COURSE_AGO - SECOND_DAY_AFTER - timedelta(days=1)
# A training fades after two or three months, as the articles have it.
FIRST_GAIN: Final = 0.16
HALF_LIFE_DAYS: Final = 60.0
# Stock is taken of everybody before, and what was taught is looked at closely afterwards.
STOCK_TAKEN_FOR: Final = timedelta(days=90)
FOLLOWED_FOR: Final = timedelta(days=92)


@dataclass(frozen=True)
class Course:
    """The day of the training by personnel number; everybody else is untrained."""

    days: Mapping[str, date] = field(default_factory=dict)

    def find_gain(self, code: str, day: date) -> float:
        """By how much the chance of a standard kept is higher on ``day`` than without the training."""
        trained_on = self.days.get(code)
        if trained_on is None or day <= trained_on:
            return 0.0
        return float(FIRST_GAIN * 0.5 ** ((day - trained_on).days / HALF_LIFE_DAYS))

    def is_followed(self, code: str, day: date) -> bool:
        """Whether the visits about somebody look at what will be, or was, taught."""
        if not self.days:
            return False
        first, trained_on = min(self.days.values()), self.days.get(code)
        is_after = trained_on is not None and trained_on < day <= trained_on + FOLLOWED_FOR
        return is_after or first - STOCK_TAKEN_FOR <= day < first


def plan_course(codes: Iterable[str], today: date) -> Course:
    """Choose by lot who is trained, as one has to if one wants to know what it did."""
    random = make_chance(SEED + 1)
    chosen = random.sample(sorted(codes), TRAINED)
    first = today - COURSE_AGO
    return Course({code: first + SECOND_DAY_AFTER * (place % 2) for place, code in enumerate(sorted(chosen))})


def record_course(hr: Reach, company: UUID, course: Course, *, at: datetime) -> None:
    """Record the training as HR does, from a pasted list."""
    lines = "\n".join(f"{code}\t{day.isoformat()}" for code, day in course.days.items())
    with set_to(at):
        recorded = add_training(hr, TrainingDraft(TITLE, company, None, lines))
    assert isinstance(recorded, UUID), f"the training was refused: {recorded}"
