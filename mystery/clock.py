"""What time it is: one place to ask, always aware and in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set_moment: ContextVar[datetime | None] = ContextVar("set_moment", default=None)


def now() -> datetime:
    """The present moment, in UTC, to the microsecond."""
    return _set_moment.get() or datetime.now(UTC)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let ``now`` answer ``moment``: the demonstration lives through a year in less than a minute."""
    token = _set_moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_moment.reset(token)
