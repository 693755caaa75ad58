"""How an archive is spoken of: its state, its size, and why a report is not in it."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from mystery.archives.packing import Reason
from mystery.archives.queries import Archive
from mystery.models import JobState
from mystery.web.formats import format_percent
from mystery.web.locale import LANGUAGES, current_language

REASONS = {
    Reason.GONE: _l("The visit is not, or no longer, open to you."),
    Reason.TOO_LONG: _l("Printing it took too long."),
    Reason.FAILED: _l("It could not be printed."),
}
MEGABYTE = 1_000_000


def describe_order(archive: Archive) -> str:
    """What was asked for: how many reports, in which language, of which visits."""
    count = ngettext("%(num)s report", "%(num)s reports", archive.total)
    about = archive.about.get(current_language(), "")
    return " · ".join(part for part in (count, LANGUAGES[archive.language], about) if part)


def describe_state(archive: Archive) -> str:
    """The state in a sentence."""
    if archive.state is JobState.WAITING and not archive.done:
        return str(_("Waiting for its turn."))
    if archive.is_at_work:
        return str(_("%(done)s of %(total)s reports are packed.", done=archive.done, total=archive.total))
    if archive.state is JobState.CANCELLED:
        return str(_("Cancelled."))
    if archive.reasons == {Reason.GONE} and not archive.packed:
        return str(_("None of these visits is open to you any more, so there is nothing to pack."))
    if archive.reasons and not archive.packed:
        return str(
            _(
                "None of the reports could be printed now. The visits are all there: pack them again in a "
                "few minutes, and ask your administrator if that fails too."
            )
        )
    if archive.state is JobState.FAILED or not archive.packed:
        return str(
            _("It could not be packed. Your reports are all there: try again, or open them one by one.")
        )
    return str(ngettext("%(num)s report is packed.", "%(num)s reports are packed.", len(archive.packed)))


def describe_reason(reason: Reason) -> str:
    """Why a report is missing."""
    return str(REASONS[reason])


def describe_size(byte_size: int) -> str:
    """A size in megabytes."""
    return str(_("%(size)s MB", size=format_percent(max(0.1, byte_size / MEGABYTE))))
