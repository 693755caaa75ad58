"""Emergency files: what the auditor's page and the lead's page both offer, and one of them knows how to do.

Opening such a file is the business of capture, and taking it goes the very way of a report from a phone. The
review desk offers it as well, and capabilities never import each other. So capture hands its way of doing it
to the application, and both pages call ``accept_rescue`` here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, cast
from uuid import UUID

from flask import current_app
from flask.sansio.app import App

from mystery.access.scopes import Reach

MOST_RESCUE_BYTES = 100 * 1024 * 1024
EXTENSION = "rescue"


class RescueFault(StrEnum):
    """Why an emergency file was not taken; nothing was changed then."""

    TOO_LARGE = "too_large"
    NO_COPY = "no_copy"
    CUT_OFF = "cut_off"
    SEALED_ELSEWHERE = "sealed_elsewhere"
    NOT_YOURS = "not_yours"


@dataclass(frozen=True)
class Rescued:
    """The visit has arrived: ``state`` is "submitted", "held" or "set_aside", ``again`` when it had before.

    ``missing`` photos were neither in the file nor here already; each is flagged for the reviewer.
    """

    visit_id: UUID
    state: str
    again: bool
    differs: bool
    missing: int


RescueResult: TypeAlias = Rescued | RescueFault
Acceptor: TypeAlias = Callable[[Reach, bytes], RescueResult]


def offer_acceptor(app: App, accept: Acceptor) -> None:
    """Let ``accept`` open the emergency files of ``app``."""
    app.extensions[EXTENSION] = accept


def accept_rescue(reach: Reach, content: bytes) -> RescueResult:
    """Take the visit in an emergency file, if it is this person's own or lies where he reviews visits."""
    return cast(Acceptor, current_app.extensions[EXTENSION])(reach, content)
