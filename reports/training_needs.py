"""What a unit should train first: the standards most often missed, with two people or more."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from reports.period_rows import StandardCount, UnitPeriod
from reports.standard_records import Topic, list_topics

# What only one person misses is a matter for a talk in private, and no programme for everybody.
PEOPLE_TO_TRAIN: Final = 2
VISITS_TO_TRAIN: Final = 5


@dataclass(frozen=True)
class Need:
    """One standard of the newest version: visits in which it was missed, and people with whom it was."""

    topic: Topic
    missed: int
    assessed: int
    people_missed: int
    people: int


def list_needs(period: UnitPeriod) -> tuple[Need, ...]:
    """List the standards to train, the most often missed first; nothing here tells who missed them."""
    by_topic: dict[str, list[StandardCount]] = {}
    for count in period.counts:
        by_topic.setdefault(count.topic, []).append(count)
    needs = [
        _sum_up(topic, by_topic.get(topic.key, []))
        for topic in list_topics(period.versions, period.standards)
        if topic.is_current
    ]
    wanted = [
        need for need in needs if need.people_missed >= PEOPLE_TO_TRAIN and need.assessed >= VISITS_TO_TRAIN
    ]
    return tuple(
        sorted(
            wanted, key=lambda need: (-Fraction(need.missed, need.assessed), -need.missed, -need.topic.weight)
        )
    )


def _sum_up(topic: Topic, counts: list[StandardCount]) -> Need:
    return Need(
        topic=topic,
        missed=sum(each.missed for each in counts),
        assessed=sum(each.assessed for each in counts),
        people_missed=sum(each.missed > 0 for each in counts),
        people=sum(each.assessed > 0 for each in counts),
    )
