"""Where a person worked and when: the rules of hiring, moving, leaving and returning, on plain values.

A record is a chain of stints in order of time. A stint's ``until`` is its last day, inclusive; the last
stint is open while the person works, and ends on ``left_on`` when he has left. Every function returns the
record as it would be afterwards, or the Fault that forbids the step; nothing is changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from mystery.directory.faults import Reason
from mystery.tables.faults import Fault, TableReason, fault

EARLIEST_DAY = date(1950, 1, 1)
FURTHEST_AHEAD = timedelta(days=366)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stint:
    """A stretch of time in one unit and position; ``id`` is None until the database has it."""

    unit: UUID
    position: str
    since: date
    until: date | None = None
    id: UUID | None = None


@dataclass(frozen=True)
class Record:
    """The working life of one person in the company."""

    hired_on: date
    left_on: date | None = None
    stints: tuple[Stint, ...] = ()

    @property
    def last(self) -> Stint | None:
        """The latest stint, or None for somebody who was never placed."""
        return self.stints[-1] if self.stints else None

    def stint_on(self, day: date) -> Stint | None:
        """Where the person works on ``day``; None before the first day, in a gap and after the last."""
        for stint in self.stints:
            if stint.since <= day and (stint.until is None or day <= stint.until):
                return stint
        return None

    def has_left(self, day: date) -> bool:
        """Whether ``day`` lies after the person's last day."""
        return self.left_on is not None and self.left_on < day


def check_day(day: date, field: str, *, today: date) -> Fault | None:
    """Refuse a day that can only be a slip of the pen: before 1950, or more than a year ahead."""
    if EARLIEST_DAY <= day <= today + FURTHEST_AHEAD:
        return None
    return fault(TableReason.DATE_OUT_OF_RANGE, field, first=EARLIEST_DAY, last=today + FURTHEST_AHEAD)


def hire(unit: UUID, position: str, day: date) -> Record:
    """The record of somebody whose first day is ``day``."""
    return Record(day, None, (Stint(unit, position, day),))


def move(record: Record, *, unit: UUID, position: str, since: date) -> Record | Fault:
    """Place the person in another unit or position from ``since``; the stint before ends the day before.

    A move on the very day the last stint began corrects that stint instead of making an empty one.
    """
    last = record.last
    if record.left_on is not None:
        return fault(Reason.HAS_LEFT, day=record.left_on)
    if since < record.hired_on:
        return fault(Reason.BEFORE_HIRED, day=record.hired_on)
    if last is None:
        return replace(record, stints=(Stint(unit, position, since),))
    if (last.unit, last.position) == (unit, position):
        return fault(Reason.NOTHING_CHANGES)
    if since < last.since:
        return fault(Reason.BEFORE_LAST_MOVE, day=last.since)
    if since == last.since:
        return _correct_last(record, unit=unit, position=position)
    closed = _with_last(record, replace(last, until=since - ONE_DAY))
    return replace(closed, stints=(*closed.stints, Stint(unit, position, since)))


def leave(record: Record, day: date) -> Record | Fault:
    """Record ``day`` as the person's last; a leaving recorded before is corrected."""
    last = record.last
    if day < record.hired_on:
        return fault(Reason.BEFORE_HIRED, day=record.hired_on)
    if last is not None and day < last.since:
        return fault(Reason.BEFORE_LAST_MOVE, day=last.since)
    if last is not None:
        record = _with_last(record, replace(last, until=day))
    return replace(record, left_on=day)


def come_back(record: Record, *, unit: UUID, position: str, since: date) -> Record | Fault:
    """Take a person who left back from ``since``; without a gap in the same place the old stint goes on."""
    if record.left_on is None:
        return fault(Reason.HAS_NOT_LEFT)
    if since <= record.left_on:
        return fault(Reason.BACK_BEFORE_LEFT, day=record.left_on)
    last, back = record.last, replace(record, left_on=None)
    uninterrupted = since == record.left_on + ONE_DAY
    if last is not None and uninterrupted and (last.unit, last.position) == (unit, position):
        return _with_last(back, replace(last, until=None))
    return replace(back, stints=(*back.stints, Stint(unit, position, since)))


def change_hire_date(record: Record, day: date) -> Record | Fault:
    """Correct the first day; a first stint that began with the old one, or before the new one, follows it."""
    if day == record.hired_on:
        return record
    first = record.stints[0] if record.stints else None
    end = (first.until if first else None) or record.left_on
    if end is not None and day > end:
        return fault(Reason.HIRED_AFTER_FIRST_STINT, day=end)
    if first is None:
        return replace(record, hired_on=day)
    follows = first.since == record.hired_on or first.since < day
    first = replace(first, since=day) if follows else first
    return replace(record, hired_on=day, stints=(first, *record.stints[1:]))


def correct_position(record: Record, position: str) -> Record:
    """Mend the name of the latest position, without a move."""
    last = record.last
    return record if last is None else _with_last(record, replace(last, position=position))


def take_back(record: Record) -> Record | Fault:
    """Undo the last step: the leaving if the person has left, else the last move or return."""
    last = record.last
    if last is not None and record.left_on is not None:
        return _with_last(replace(record, left_on=None), replace(last, until=None))
    if last is None or len(record.stints) < 2:
        return fault(Reason.NOTHING_TO_TAKE_BACK)
    before = record.stints[-2]
    earlier = replace(record, stints=record.stints[:-1])
    if before.until is not None and before.until < last.since - ONE_DAY:
        # There was a gap: the last step was a return, so the person has left again.
        return replace(earlier, left_on=before.until)
    return _with_last(earlier, replace(before, until=None))


def _correct_last(record: Record, *, unit: UUID, position: str) -> Record:
    """The last stint was meant to be elsewhere; back in the place before it, the stint before goes on."""
    last = record.stints[-1]
    before = record.stints[-2] if len(record.stints) > 1 else None
    if before and before.until == last.since - ONE_DAY and (before.unit, before.position) == (unit, position):
        return replace(record, stints=(*record.stints[:-2], replace(before, until=None)))
    return _with_last(record, replace(last, unit=unit, position=position))


def _with_last(record: Record, stint: Stint) -> Record:
    return replace(record, stints=(*record.stints[:-1], stint))
