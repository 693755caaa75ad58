"""Moments: what a phone would have noted of a simulated visit, so that its answers have minutes of recall."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from mystery.demonstration.chance import make_chance

WITHOUT_PHONE_SHARE: Final = 0.1
SECONDS_AN_ANSWER: Final = (12, 40)
RATED_LATE_SHARE: Final = 0.12
MINUTES_BEFORE: Final = (2, 12)


def note_moments(
    raw: Mapping[str, Any],
    *,
    visited_at: datetime,
    sent_at: datetime,
    number: int,
    expectations: Collection[str] = (),
) -> dict[str, Any]:
    """The parts that a phone adds to the sheet of a visit; none where it was filled in on a computer.

    The auditor leaves after some minutes, and answers the questions in one go just before sending; what he
    expects he mostly rates before entering. A generator of its own leaves everything else in the simulated
    year as it was.
    """
    random = make_chance(number)
    if random.random() < WITHOUT_PHONE_SHARE:
        return {}
    spent = timedelta(minutes=random.randint(8, 20))
    moment, answered = sent_at, {}
    for question in reversed(list(raw["answers"])):
        moment = max(moment - timedelta(seconds=random.randint(*SECONDS_AN_ANSWER)), visited_at + spent)
        answered[question] = write_moment(moment)
    if random.random() >= RATED_LATE_SHARE:
        before = write_moment(visited_at - timedelta(minutes=random.randint(*MINUTES_BEFORE)))
        answered |= {question: before for question in expectations if question in answered}
    end = {"id": f"end-{number}", "at": write_moment(visited_at + spent), "kind": "end", "question": ""}
    return {"events": [{**end, "value": None}], "answered": answered}


def write_moment(moment: datetime) -> str:
    """A moment as phones write it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
