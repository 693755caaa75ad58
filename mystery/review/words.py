"""What the review desk says: why something was raised, what was decided, and how long ago things were."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from mystery.models import FlagKind
from mystery.review.actions import Decision
from mystery.review.cases import Case, Raised
from mystery.review.versions import Bar

MINUTES_AN_HOUR, MINUTES_A_DAY = 60, 24 * 60

# In a list, as a heading.
KINDS: dict[FlagKind, Any] = {
    FlagKind.INCOMPLETE: _l("Held: something is missing"),
    FlagKind.DIFFERS: _l("Sent twice with different content"),
    FlagKind.SET_ASIDE: _l("A second visit for the same assignment"),
    FlagKind.UNREADABLE_FILE: _l("A file that is not in the visit"),
    FlagKind.CLOCK: _l("The phone’s clock was wrong"),
}
# Above a number, where there is little room.
SHORT_KINDS: dict[FlagKind, Any] = {
    FlagKind.INCOMPLETE: _l("held"),
    FlagKind.DIFFERS: _l("sent twice"),
    FlagKind.SET_ASIDE: _l("second visits"),
    FlagKind.UNREADABLE_FILE: _l("loose files"),
    FlagKind.CLOCK: _l("wrong clocks"),
}
MEANINGS: dict[FlagKind, Any] = {
    FlagKind.INCOMPLETE: _l(
        "The visit arrived with something still to be mended. It is kept as it was sent and has no score: "
        "take it as it is, or return it to the auditor."
    ),
    FlagKind.DIFFERS: _l(
        "The same visit was sent again with other content. Both versions are kept; "
        "the one sent first counts, unless you choose the other."
    ),
    FlagKind.SET_ASIDE: _l(
        "Another visit had answered this assignment before. "
        "This one is complete and kept, but counts nowhere."
    ),
    FlagKind.UNREADABLE_FILE: _l(
        "This file arrived whole but is neither a photo nor a recording that can be opened here. "
        "You can download it as it is."
    ),
    FlagKind.CLOCK: _l(
        "The phone’s clock was wrong when the visit was sent. Check the day and the time of the visit."
    ),
}
# Why a file is not in the visit, where it is not that it cannot be opened.
FILE_MEANINGS: dict[str, Any] = {
    "late": _l(
        "This file arrived when the visit had already been sent, so it is not part of the visit. "
        "You can download it as it is."
    ),
    "no_question": _l(
        "This photo was taken during the visit and put to no question of the checklist. "
        "It is shown below with the visit as a whole."
    ),
    "missing": _l("This photo was taken on the phone, but it is neither in the emergency file nor here."),
}
BUTTONS: dict[FlagKind, Any] = {
    FlagKind.DIFFERS: _l("Keep the one sent first"),
    FlagKind.SET_ASIDE: _l("Keep it aside"),
    FlagKind.UNREADABLE_FILE: _l("Mark as seen"),
    FlagKind.CLOCK: _l("Mark as seen"),
}
DECISIONS: dict[str, Any] = {
    Decision.ACCEPTED.value: _l("Taken as it is"),
    Decision.RETURNED.value: _l("Returned to the auditor"),
    Decision.SENT_KEPT.value: _l("The one sent first is kept"),
    Decision.OTHER_TAKEN.value: _l("The one sent later is chosen"),
    Decision.KEPT_ASIDE.value: _l("Kept aside"),
    Decision.SEEN.value: _l("Seen"),
}
NO_DECISION = _l("Settled")
DRAFT_MEANING = _l(
    "On another device other content was saved, and never sent. Both versions are kept; "
    "the one that was sent counts, unless you choose the other."
)
BARS = {
    Bar.READ: _l(
        "The report has been read already, so its version stays: nothing changes behind the back of whoever "
        "read it. Correct single answers instead, each with its reason."
    ),
    Bar.CORRECTED: _l(
        "Answers of this visit were corrected, so its version stays. Correct further answers one by one."
    ),
}


def name_decision(decision: str) -> str:
    """What was decided, in a word or two."""
    return str(DECISIONS.get(decision, NO_DECISION))


def say_meaning(flag: Raised, case: Case) -> str:
    """Why something was raised, in a sentence or two."""
    if flag.kind is FlagKind.CLOCK and case.skew_seconds is not None:
        cure = _("Check the day and the time of the visit.")
        return f"{say_skew(case.skew_seconds)} {cure}"
    copy = case.copies.get(str(flag.detail.get("copy")))
    if flag.kind is FlagKind.DIFFERS and copy is not None and not copy.was_sent:
        return str(DRAFT_MEANING)
    if flag.kind is FlagKind.UNREADABLE_FILE:
        return str(FILE_MEANINGS.get(str(flag.detail.get("reason")), MEANINGS[flag.kind]))
    return str(MEANINGS[flag.kind])


def say_skew(seconds: int) -> str:
    """By how much a phone's clock was ahead of ours, or behind it."""
    length = say_minutes(abs(seconds) // 60)
    if abs(seconds) < 60:
        return str(_("The phone’s clock was right when the visit was sent."))
    if seconds > 0:
        return str(_("The phone’s clock was %(length)s ahead when the visit was sent.", length=length))
    return str(_("The phone’s clock was %(length)s behind when the visit was sent.", length=length))


def say_minutes(minutes: int) -> str:
    """A length of time: "4 min", "2 h 5 min", "3 days"."""
    if minutes < MINUTES_AN_HOUR:
        return str(_("%(count)s min", count=minutes))
    if minutes < MINUTES_A_DAY:
        hours, rest = divmod(minutes, MINUTES_AN_HOUR)
        if not rest:
            return str(_("%(count)s h", count=hours))
        return str(_("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))
    return str(ngettext("%(num)s day", "%(num)s days", minutes // MINUTES_A_DAY))


def say_waiting(since: datetime, moment: datetime) -> str:
    """For how long something has been waiting."""
    return say_minutes(max(0, int((moment - since).total_seconds()) // 60))
