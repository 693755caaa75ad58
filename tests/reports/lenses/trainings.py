"""Made-up programmes with a training, for tests of its effect: who was trained when, and what it did."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from reports.lenses.training_rows import TrainingVisit

FIRST_DAY = date(2026, 1, 1)
TRAINED_ON = date(2026, 7, 1)


def make_training(
    trained: int,
    control: int,
    *,
    effect: Callable[[int], float] = lambda days: 6.0,
    seed: int = 1,
    visits: int = 12,
    spread: float = 0.0,
) -> tuple[list[TrainingVisit], dict[str, date]]:
    """A year of one visit a month for each person; `effect` is of the days since the training.

    `spread` is the sd with which the change itself differs between people. The season moves everybody.
    """
    random = np.random.default_rng(seed)
    days = {f"person {number:03}": TRAINED_ON for number in range(trained)}
    found = []
    for number in range(trained + control):
        person = f"person {number:03}"
        level, own_change = random.normal(75, 6), random.normal(0, spread) if spread else 0.0
        for month in range(visits):
            day = FIRST_DAY + timedelta(days=int(month * 365 / visits + random.integers(0, 28)))
            since = (day - TRAINED_ON).days
            gain = (own_change + (effect(since) if person in days else 0.0)) if since > 0 else 0.0
            auditor, shop = int(random.integers(0, 8)), number % 6
            score = level + gain + 4 * np.sin(month) + auditor - shop + random.normal(0, 8)
            found.append(
                TrainingVisit(
                    f"{person} {month}", person, day, float(score), f"auditor {auditor}", f"shop {shop}"
                )
            )
    return found, days
