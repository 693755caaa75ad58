"""Keeping what a phone sends: its drafts, and its reports, each of them exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from mystery.access.scopes import NotYours
from mystery.capture.own_visits import (
    Clash,
    Saved,
    SaveResult,
    Submitted,
    answer_again,
    arrived_before,
    change_draft,
    describe_sent,
    keep_both,
    keep_copy,
    replace_draft,
)
from mystery.capture.phone.bodies import SentSheet
from mystery.capture.phone.file_list import (
    NamedBack,
    compare_files,
    flag_files_without_question,
    settle_files,
)
from mystery.capture.phone.senders import Sender, open_visit_of
from mystery.capture.phone.uploads import finish_whole_uploads
from mystery.clock import now
from mystery.database import db
from mystery.models import FlagKind, Visit, VisitState
from mystery.sheets.flags import raise_flag
from mystery.sheets.frozen_visit import freeze_visit
from mystery.sheets.held_visit import hold_visit
from mystery.sheets.raw_sheet import RawSheet, is_overtaken, read_raw, says_same, write_raw
from mystery.sheets.submission import Refused, check_visit
from mystery.sheets.visit_facts import CLOCK_SKEW

# What a whole number of any database holds: 68 years.
MOST_SKEW_SECONDS = 2**31 - 1


@dataclass(frozen=True)
class Received:
    """The report is here, and the phone may let go of it and of the files that are named back."""

    sent: Submitted
    files: tuple[NamedBack, ...]


@dataclass(frozen=True)
class FilesMissing:
    """Nothing was changed: these files have to arrive before the report."""

    ids: tuple[UUID, ...]


@dataclass(frozen=True)
class NotSent:
    """What has to be mended, as somebody asked who can still mend it; the draft is saved, nothing is sent."""

    visit_id: UUID
    refused: Refused
    revision: int


ReportResult: TypeAlias = Received | FilesMissing | NotSent | Clash


def keep_draft(sender: Sender, visit_id: UUID, sheet: SentSheet, raw: RawSheet) -> SaveResult:
    """Keep a draft of a phone, if it goes on from what was kept last; else keep both. Raises NotYours.

    A phone that never heard of its last save goes on from an older revision, and yet from this very draft.
    """
    content = write_raw(raw)
    visit = _open_visit(sender, visit_id, sheet)
    if visit.state != VisitState.DRAFT.value:
        result: SaveResult = answer_again(visit, content)
        db.session.commit()
        return result
    litter = settle_files(visit, sheet.files, sheet.removed)
    result = _save_draft(visit, sheet, raw)
    db.session.commit()
    litter.clear_away()
    return result


def receive_report(
    sender: Sender, visit_id: UUID, sheet: SentSheet, raw: RawSheet, *, at: datetime | None = None
) -> ReportResult:
    """Take a whole visit from a phone: one visit, however often and from wherever it comes. Raises NotYours.

    It is never refused for a problem found late: then it is held for a reviewer, unless the phone asks to
    be ``strict`` because its person is still there to mend it. ``at`` is the moment of arrival.
    """
    own = _open_visit(sender, visit_id, sheet).id
    db.session.commit()
    finish_whole_uploads(own)
    visit = _open_visit(sender, own, sheet)
    missing, here = compare_files(visit, (file for file in sheet.files if file.id not in sheet.removed))
    if missing:
        db.session.rollback()
        return FilesMissing(tuple(missing))
    content = write_raw(raw)
    if visit.state != VisitState.DRAFT.value:
        sent = answer_again(visit, content)
        db.session.commit()
        return Received(sent, tuple(here))
    litter = settle_files(visit, sheet.files, sheet.removed)
    result = _take_report(visit, sheet, raw, at or now())
    db.session.commit()
    litter.clear_away()
    return Received(result, tuple(here)) if isinstance(result, Submitted) else result


def _open_visit(sender: Sender, visit_id: UUID, sheet: SentSheet) -> Visit:
    visit = open_visit_of(sender, visit_id, sheet.assignment_id)
    if visit.version_id != sheet.version_id:
        raise NotYours
    return visit


def _save_draft(visit: Visit, sheet: SentSheet, raw: RawSheet) -> SaveResult:
    content, saved = write_raw(raw), read_raw(visit.draft)
    revision = -1 if sheet.revision is None else sheet.revision
    if content == visit.draft:
        return Saved(visit.draft_revision)
    if is_overtaken(raw, saved):
        # The revision stays what it was, so that a device that has forgotten the later state takes it over.
        return Saved(max(revision, 0))
    if change_draft(visit.id, content, revision):
        return Saved(revision + 1)
    # Not by the clock: of two devices the one that wrote later knows nothing of the other.
    if sheet.wrote(saved) or says_same(saved, raw):
        return Saved(replace_draft(visit, content))
    return keep_both(visit, content, revision)


def _take_report(
    visit: Visit, sheet: SentSheet, raw: RawSheet, received_at: datetime
) -> Submitted | NotSent | Clash:
    content = write_raw(raw)
    checked = check_visit(visit, raw, received_at=received_at)
    if isinstance(checked, Refused) and sheet.strict:
        return _refuse_strictly(visit, sheet, raw, checked)
    if isinstance(checked, Refused) and visit.returned_reason and _was_returned(visit, content, raw):
        # The reviewer has returned this already: a phone had not heard of it, or an old copy was handed in.
        return _describe_returned(visit, received_at)
    _keep_other_draft(visit, sheet, raw)
    if isinstance(checked, Refused):
        hold_visit(visit, raw, submitted_at=received_at)
    else:
        freeze_visit(visit.id, checked, raw=content, submitted_at=received_at)
    flag_files_without_question(visit)
    _note_clock(visit, sheet.at, received_at)
    db.session.flush()
    db.session.refresh(visit)
    if visit.state == VisitState.SET_ASIDE.value:
        raise_flag(visit.id, FlagKind.SET_ASIDE)
    return describe_sent(visit)


def _refuse_strictly(visit: Visit, sheet: SentSheet, raw: RawSheet, refused: Refused) -> NotSent | Clash:
    """Save what is refused as the draft; one that was saved from elsewhere is asked about, not replaced."""
    content, saved = write_raw(raw), read_raw(visit.draft)
    if is_overtaken(raw, saved):
        return NotSent(visit.id, refused, visit.draft_revision)
    if saved and not _goes_on_from(visit, sheet, saved) and not says_same(saved, raw):
        keep_copy(visit.id, content, -1 if sheet.revision is None else sheet.revision)
        keep_copy(visit.id, visit.draft, visit.draft_revision)
        return Clash(visit.draft_revision, saved)
    return NotSent(visit.id, refused, replace_draft(visit, content))


def _goes_on_from(visit: Visit, sheet: SentSheet, saved: RawSheet) -> bool:
    return sheet.revision == visit.draft_revision or sheet.wrote(saved)


def _was_returned(visit: Visit, content: str, raw: RawSheet) -> bool:
    return content == visit.draft or arrived_before(visit.id, raw)


def _describe_returned(visit: Visit, received_at: datetime) -> Submitted:
    return Submitted(visit.id, received_at, again=True, held=True)


def _keep_other_draft(visit: Visit, sheet: SentSheet, raw: RawSheet) -> None:
    """Keep a draft that was saved from elsewhere and says what the report does not; tell the reviewer."""
    saved = read_raw(visit.draft)
    is_known = _goes_on_from(visit, sheet, saved) and not is_overtaken(raw, saved)
    if not saved or is_known or says_same(saved, raw):
        return
    digest = keep_copy(visit.id, visit.draft, visit.draft_revision)
    raise_flag(visit.id, FlagKind.DIFFERS, copy=digest)


def _note_clock(visit: Visit, phone_at: datetime | None, received_at: datetime) -> None:
    if phone_at is None:
        return
    seconds = int((phone_at - received_at).total_seconds())
    visit.clock_skew_seconds = max(-MOST_SKEW_SECONDS, min(MOST_SKEW_SECONDS, seconds))
    if abs(phone_at - received_at) > CLOCK_SKEW:
        raise_flag(visit.id, FlagKind.CLOCK, seconds=visit.clock_skew_seconds)
