"""What the script of the fill-in page says: its words travel in the page, so that it speaks offline too."""

from __future__ import annotations

import json

from flask_babel import gettext as _

from checklists.localtext import Language
from checklists.problems import report_problem
from mystery.sheets.photo_desk import PhotoFault
from mystery.sheets.problem_words import PHOTOS, say_fact, say_problem
from mystery.sheets.submission import LONGEST_TEXT
from mystery.sheets.visit_facts import FactFault

MISSING = (
    "answer_missing",
    "answer_missing_or_na",
    "comment_missing",
    "comment_missing_na",
    "photo_missing",
    "photo_missing_or_na",
)


def write_sheet_words(language: Language) -> str:
    """The words as a JSON object; "#" stands where the script puts a number, an answer or a name."""
    words = {
        **_list_states(),
        **_list_buttons(),
        **_list_problems(language),
        **_list_answers(),
        **_list_photos(),
    }
    return json.dumps({name: str(text) for name, text in words.items()}, ensure_ascii=False)


def _list_states() -> dict[str, str]:
    return {
        "kept": _("Saved on this device"),
        "keeping": _("Saving…"),
        "not_kept": _("NOT SAVED. Leave this page open and try again."),
        "full": _("NOT SAVED: this device is full. Delete something on it and try again, or save a copy."),
        "locked": _("NOT SAVED: you are signed out. Leave this page open, sign in, and try again."),
        "locked_away": _("Sign in to open this list. What you entered before is kept on this device."),
        "plain": _("This browser keeps nothing by itself. Save with the button “Save draft”."),
        "away": _(
            "The list is open in another tab, and what you entered is there. Nothing can be entered here."
        ),
        "robbed": _("The list was opened in another tab. Nothing can be entered here any more."),
        "sending": _("Sending…"),
        "queued": _("Kept here, will be sent"),
        "sent": _("Sent"),
        "signed_out": _("Kept here. Sign in to send it."),
        "stuck": _("Kept here. The server did not take it. Try again, or save a copy for the lead."),
        "clash": _("This list was changed on another device. Both versions are kept: which one goes on?"),
        "returned": _("Returned: %(reason)s", reason="#"),
        "taken": _("The other version stands here now."),
    }


def _list_buttons() -> dict[str, str]:
    return {
        "again": _("Try again"),
        "copy": _("Save a copy"),
        "sign_in": _("Sign in"),
        "take": _("Go on here"),
        "take_back": _("Take back and change"),
        "keep_mine": _("Keep mine"),
        "take_other": _("Take the other"),
        "take_this": _("Take this answer"),
        "undo": _("Undo"),
        "stop_now": _("Stop it now"),
        "leave_out": _("Leave it out"),
        "remove": _("Remove"),
        "see": _("See what was sent"),
    }


def _list_problems(language: Language) -> dict[str, str]:
    sentences = {code: say_problem(report_problem(code), language) for code in MISSING}
    return sentences | {
        "not_sent": _("Not sent yet."),
        "mend": _("Everything you entered is kept. Please mend this:"),
        "missing": _("Answer these questions, or mark them not applicable where that is offered:"),
        "question": _("Question %(number)s", number="#"),
        "unread": _("This cannot be read. Enter it again."),
        "duration": say_problem(report_problem("answer_duration"), language),
        "too_long": say_problem(report_problem("answer_text", limit=LONGEST_TEXT), language),
        "in_future": say_fact(FactFault.IN_FUTURE),
        "day": say_fact(FactFault.DATE_MISSING),
        "when": say_fact(FactFault.TIME_MISSING),
        "whom": say_fact(FactFault.EMPLOYEE_MISSING),
        "timer_runs": _(
            "The timer still runs: %(value)s. Stop it, or leave it out and enter the time.", value="#"
        ),
        "unplaced": _("Choose the question of each photo, or remove the photo."),
    }


def _list_answers() -> dict[str, str]:
    return {
        "elsewhere": _("Saved elsewhere: %(answer)s", answer="#"),
        "elsewhere_comment": _("Comment saved elsewhere: %(comment)s", comment="#"),
        "nothing": _("no answer"),
        "timer": _("from the timer: %(value)s", value="#"),
        "tally": _("counted: %(value)s", value="#"),
        "name": _("from your notes: %(value)s", value="#"),
        "moment": _("from your first tap: %(value)s", value="#"),
        "notes": _("Your notes"),
        "answers": _("Answers: %(count)s", count="#"),
        "comments": _("Comments: %(count)s", count="#"),
        "photos": _("Photos: %(count)s", count="#"),
        "done": _("You need not do anything more, and you may close this page."),
    }


def _list_photos() -> dict[str, str]:
    return {
        "photo": _("Photo to question %(number)s", number="#"),
        "tray": _("Photos to place"),
        "which": _("Which question is it for?"),
        "unseen": _("This device cannot show the picture. It is kept as it is and will be sent."),
        "no_photo": str(PHOTOS[PhotoFault.NOT_A_PHOTO]),
        "too_large": str(PHOTOS[PhotoFault.TOO_LARGE]),
        "too_many": str(PHOTOS[PhotoFault.TOO_MANY_PHOTOS]),
        "room": _("Little room is left on this device: about %(count)s MB. Delete something.", count="#"),
    }
