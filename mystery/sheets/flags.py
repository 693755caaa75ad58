"""Raising a flag: saying that a reviewer has to look at a visit, once for every reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import delete

from mystery.clock import now
from mystery.database import db, insert_new
from mystery.models import FlagKind, VisitFlag


def raise_flag(visit_id: UUID, kind: FlagKind, **detail: str | int) -> bool:
    """Raise a flag with its ``detail``; False when the very same stands already, settled or not.

    Commits nothing: a flag belongs to the transaction of what it is about.
    """
    flag = {"id": uuid4(), "visit_id": visit_id, "kind": kind.value, "detail": _write(detail)}
    return insert_new(VisitFlag, {**flag, "raised_at": now(), "decision": ""})


def withdraw_flag(visit_id: UUID, kind: FlagKind, **detail: str | int) -> None:
    """Take back a flag that nobody has settled: what it was about is gone. Commits nothing."""
    same = (VisitFlag.visit_id == visit_id, VisitFlag.kind == kind.value, VisitFlag.detail == _write(detail))
    db.session.execute(delete(VisitFlag).where(*same, VisitFlag.settled_at.is_(None)))


def _write(detail: Mapping[str, str | int]) -> str:
    return json.dumps(detail, sort_keys=True, separators=(",", ":"))
