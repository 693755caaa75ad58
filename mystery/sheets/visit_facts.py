"""The facts of a visit that are not answers: when it was made, and whom it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from checklists.definition import Channel

NOT_KNOWN = "unknown"
LONGEST_NOTE = 120
# A phone clock may run ahead of ours by this much before we say that the visit lies in the future.
CLOCK_SKEW = timedelta(minutes=15)
EARLIEST_BEFORE_WINDOW = timedelta(days=31)
# In these nobody is assessed: the visit is about goods and rooms, or about somebody else's staff.
CHANNELS_WITHOUT_EMPLOYEE: frozenset[Channel] = frozenset({"merchandising", "competitor"})


class FactFault(StrEnum):
    """What can be wrong with the facts of a visit."""

    DATE_MISSING = "date_missing"
    TIME_MISSING = "time_missing"
    MOMENT_UNREADABLE = "moment_unreadable"
    IN_FUTURE = "in_future"
    TOO_EARLY = "too_early"
    EMPLOYEE_MISSING = "employee_missing"
    EMPLOYEE_ELSEWHERE = "employee_elsewhere"
    NOTE_TOO_LONG = "note_too_long"
    NOTE_UNPRINTABLE = "note_unprintable"

    @property
    def is_about_employee(self) -> bool:
        """Whether it belongs beside the question whom the visit was about."""
        return self in EMPLOYEE_FAULTS


EMPLOYEE_FAULTS = frozenset(
    {
        FactFault.EMPLOYEE_MISSING,
        FactFault.EMPLOYEE_ELSEWHERE,
        FactFault.NOTE_TOO_LONG,
        FactFault.NOTE_UNPRINTABLE,
    }
)


@dataclass(frozen=True)
class NamedEmployee:
    """Whom the auditor named: somebody of the staff by id, or nobody known; ``note`` is the badge's name."""

    id: UUID | None
    is_named: bool
    note: str


def split_moment(text: object) -> tuple[str, str]:
    """The date and the time as typed, of "2026-11-20T14:30"; either may be empty or nonsense."""
    day, _, clock = str(text or "").strip().partition("T")
    return day.strip(), clock.strip()


def join_moment(day: str, clock: str) -> str:
    """The opposite of ``split_moment``."""
    return f"{day.strip()}T{clock.strip()}" if clock.strip() else day.strip()


def read_moment(text: object, time_zone: str) -> datetime | FactFault:
    """The moment of a visit on the unit's clock, aware; or what is wrong with what was typed."""
    day, clock = split_moment(text)
    if not day:
        return FactFault.DATE_MISSING
    if not clock:
        return FactFault.TIME_MISSING
    try:
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    except ValueError:
        return FactFault.MOMENT_UNREADABLE
    if local.tzinfo is not None or len(day) != len("2026-11-20") or not 1900 < local.year < 9000:
        return FactFault.MOMENT_UNREADABLE
    return local.replace(tzinfo=ZoneInfo(time_zone))


def judge_moment(visited_at: datetime, *, window_start: date, received_at: datetime) -> FactFault | None:
    """Whether a visit can have been made then: not in the future, not long before it was asked for."""
    if visited_at > received_at + CLOCK_SKEW:
        return FactFault.IN_FUTURE
    if visited_at.date() < window_start - EARLIEST_BEFORE_WINDOW:
        return FactFault.TOO_EARLY
    return None


def lies_outside(text: object, first: date, last: date) -> bool:
    """Whether the day of a visit, as typed, is a day outside its window; late and early visits do happen."""
    try:
        day = date.fromisoformat(split_moment(text)[0])
    except ValueError:
        return False
    return not first <= day <= last


def split_employee(text: object) -> tuple[str, str]:
    """The choice (an id, ``NOT_KNOWN`` or empty) and the note, of "<id> a note" or of a bare name."""
    typed = str(text or "").strip()
    head, _, rest = typed.partition(" ")
    if head == NOT_KNOWN or _read_id(head) is not None:
        return head, rest.strip()
    return (NOT_KNOWN, typed) if typed else ("", "")


def join_employee(choice: str, note: str) -> str:
    """The opposite of ``split_employee``."""
    return f"{choice.strip()} {note.strip()}".strip()


def read_employee(text: object) -> NamedEmployee | FactFault:
    """Whom the auditor named, or what is wrong with the note."""
    choice, note = split_employee(text)
    if len(note) > LONGEST_NOTE:
        return FactFault.NOTE_TOO_LONG
    if not note.isprintable():
        return FactFault.NOTE_UNPRINTABLE
    return NamedEmployee(_read_id(choice), is_named=bool(choice), note=note)


def asks_employee(channel: Channel, *, assigned: bool) -> bool:
    """Whether the page asks whom the visit was about."""
    return not assigned and channel not in CHANNELS_WITHOUT_EMPLOYEE


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) >= 32 else None
    except ValueError:
        return None
