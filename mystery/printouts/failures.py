"""What a reader is told when a report cannot be printed now: that nothing is lost, and to try again."""

from __future__ import annotations

from typing import Final

import structlog
from flask import Flask, Response, request

from mystery.database import db
from mystery.errors import answer_with

log = structlog.get_logger(__name__)

SECONDS_TO_WAIT: Final = 60


class PrintFailed(Exception):
    """A report could not be printed, or signed, or not in time; a later attempt may do better."""


def init_failures(app: Flask) -> None:
    """Answer prints of ``app`` that failed with a page that says what to do."""
    app.register_error_handler(PrintFailed, answer_failed_print)


def answer_failed_print(error: PrintFailed) -> Response:
    """Log why there is no print and ask the reader to come back."""
    log.error("no print for a download", path=request.path, reason=str(error))
    db.session.rollback()
    response = answer_with(503)
    response.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return response
