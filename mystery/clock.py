"""What time it is: one place to ask, always aware and in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, in UTC, to the microsecond."""
    return datetime.now(UTC)
