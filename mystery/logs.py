"""Logs: one line an event on the error stream, tracebacks without the values of variables."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog


class PatientStream:
    """The error stream as it is now; when it cannot be written, the request still gets its answer."""

    def write(self, text: str) -> int:
        """Write, unless the disk is full or the pipe is gone."""
        with suppress(OSError, ValueError):
            return sys.stderr.write(text)
        return 0

    def flush(self) -> None:
        """Flush, unless the disk is full or the pipe is gone."""
        with suppress(OSError, ValueError):
            sys.stderr.flush()


def init_logs() -> None:
    """Set up structlog.

    Its default prints local variables beside a traceback; those hold people's answers and secrets,
    which have no place in a log.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event"], bool_as_flag=False
            ),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=cast(TextIO, PatientStream())),
        cache_logger_on_first_use=False,
    )
