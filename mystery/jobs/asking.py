"""Asking for work: a row in the transaction at hand, once for each key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from mystery.clock import now
from mystery.database import insert_new
from mystery.models import Job, JobState


class JobKind(StrEnum):
    """What can be asked for; who does it is wired in mystery/app.py."""

    PRINT_VISIT = "print_visit"
    PACK_REPORTS = "pack_reports"
    PRINT_DOCUMENT = "print_document"


def ask_for_job(
    kind: str, key: str, subject: Mapping[str, Any], *, asked_by_id: UUID | None = None, total: int = 0
) -> bool:
    """Write a job down; False, and nothing changes, when a job with this ``key`` is there already.

    Commits nothing: the job belongs to the transaction that is its reason. ``subject`` holds ids only. A job
    that a person asked for goes before those that nobody waits for; ``total`` is how many steps it will have.
    """
    job = {
        "id": uuid4(),
        "kind": kind,
        "key": key,
        "subject": json.dumps(subject, sort_keys=True, separators=(",", ":")),
        "state": JobState.WAITING.value,
        "attempts": 0,
        "done_count": 0,
        "total_count": total,
        "result": "{}",
        "error": "",
        "asked_by_id": asked_by_id,
        "created_at": now(),
    }
    return insert_new(Job, job, unique="key")


def ask_for_printing(visit_id: UUID, occasion: str = "submitted") -> bool:
    """Have the report of a visit printed before anybody asks for it; False when it was asked for already.

    ``occasion`` tells one reason to print from the next: a corrected visit is printed anew, so pass something
    that no other change of this visit has, such as the id of the correction.
    """
    return ask_for_job(JobKind.PRINT_VISIT, f"print:{visit_id.hex}:{occasion}", {"visit": visit_id.hex})
