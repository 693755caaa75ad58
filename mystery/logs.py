"""Logs: one line an event on the error stream, tracebacks without the values of variables."""

from __future__ import annotations

import sys

import structlog


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
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
