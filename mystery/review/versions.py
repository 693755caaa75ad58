"""Versions: a visit that was sent twice says two things, and one of them counts.

The lead may let the other one count as long as nobody but reviewers has read the report. What others have
read does not change behind their backs: from then on single answers are corrected, each with its reason, and
everybody sees what stood there before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select

from checklists.scoring import score_visit
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.database import db
from mystery.models import AccessEvent, AnswerCorrection, DraftCopy, FlagKind, Visit, VisitFlag, parse_version
from mystery.review.actions import find_flag
from mystery.review.cases import find_reviewed, read_detail
from mystery.sheets.raw_sheet import RawSheet, read_raw
from mystery.sheets.submission import Refused, check_sheet, check_visit, count_photos

READING_KINDS = ("page", "pdf")


class Bar(Enum):
    """Why another version cannot be chosen any more."""

    READ = auto()
    CORRECTED = auto()


@dataclass(frozen=True)
class OtherVersion:
    """The version of a visit that does not count now, and what would come of choosing it.

    ``digest`` names it: the hash of a kept copy, empty for what was sent first. ``raw`` is what it says,
    ``content`` the same as text, None for what was sent first. ``refused`` is what would stay missing.
    ``final`` is the score it would have, ``final_now`` the one that counts, in percent.
    """

    flag_id: UUID
    digest: str
    content: str | None
    raw: RawSheet
    arrived_at: datetime
    refused: Refused
    final: Fraction | None
    final_now: Fraction | None
    bar: Bar | None

    @property
    def is_first(self) -> bool:
        """Whether it is the one that was sent first."""
        return self.content is None


def read_other_version(reach: Reach, visit_id: UUID, flag_id: UUID) -> OtherVersion | None:
    """What can be chosen at a flag; None when that is settled. Raises NotYours, also where nothing can."""
    visit = find_reviewed(reach, visit_id)
    return weigh_version(visit, find_flag(reach, visit_id, flag_id))


def weigh_version(visit: Visit, flag: VisitFlag) -> OtherVersion | None:
    """The version at ``flag`` that does not count now; None when the flag is settled."""
    if flag.kind != FlagKind.DIFFERS.value:
        raise NotYours
    if flag.settled_at is not None:
        return None
    assert visit.submitted_at is not None, "a flag of a visit that is no draft"
    digest, content, arrived_at = _find_other(visit, flag)
    raw = read_raw(content or visit.raw_answers or "{}")
    checked = check_visit(visit, raw, received_at=visit.submitted_at)
    return OtherVersion(
        flag_id=flag.id,
        digest=digest,
        content=content,
        raw=raw,
        arrived_at=arrived_at,
        refused=checked if isinstance(checked, Refused) else Refused(),
        final=_foresee_final(visit, raw),
        final_now=visit.final,
        bar=_find_bar(visit),
    )


def _find_other(visit: Visit, flag: VisitFlag) -> tuple[str, str | None, datetime]:
    kept = (DraftCopy.visit_id == visit.id, DraftCopy.content_hash == _name_copy(read_detail(flag.detail)))
    copy = db.session.scalar(select(DraftCopy).where(*kept))
    if copy is None:
        raise NotYours
    if copy.content == visit.chosen_answers:
        assert visit.submitted_at is not None, "a version was chosen of a visit that was sent"
        return "", None, visit.submitted_at
    return copy.content_hash, copy.content, copy.kept_at


def _name_copy(detail: Mapping[str, Any]) -> str:
    return str(detail.get("copy") or "")


def _foresee_final(visit: Visit, raw: RawSheet) -> Fraction | None:
    checklist = parse_version(visit.version.content)
    sheet, _problems = check_sheet(checklist, raw, count_photos(visit.id))
    return score_visit(checklist, sheet).final


def _find_bar(visit: Visit) -> Bar | None:
    corrected = select(AnswerCorrection.id).where(AnswerCorrection.visit_id == visit.id).limit(1)
    if db.session.scalar(corrected) is not None:
        return Bar.CORRECTED
    readers = select(AccessEvent.reader_id).where(
        AccessEvent.visit_id == visit.id, AccessEvent.kind.in_(READING_KINDS)
    )
    for reader_id in set(db.session.scalars(readers)):
        # Whoever decides here knows both versions anyway. Of an erased account nobody knows what it was.
        if reader_id is None or not load_reach(reader_id).covers(Permission.REVIEW_VISITS, visit.unit):
            return Bar.READ
    return None
