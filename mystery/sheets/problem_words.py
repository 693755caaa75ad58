"""What an auditor is told about a problem: what is wrong and how to mend it, in the words of a phone page."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from checklists.localtext import Language
from checklists.problems import Problem
from mystery.sheets.photo_desk import PhotoFault
from mystery.sheets.visit_facts import FactFault

# The catalogue of the checklists speaks to somebody who writes an answers file; here people tap.
TAPPED: dict[str, Any] = {
    "answer_yes_no": _l("Choose one of the answers shown."),
    "answer_option": _l("Choose among the answers shown."),
    "answer_one_option": _l("Choose one of the answers shown."),
    "answer_options": _l("Tick what applies, or “None of these” alone."),
    "answer_twice": _l("Tick what applies, or “None of these” alone."),
    "answer_duration": _l("Enter minutes and seconds as whole numbers, one day at most."),
    "answer_date": _l("Choose a day."),
    "answer_time": _l("Choose a time of day."),
    "answer_files": _l("Write the name of the recording, 200 characters at most."),
    "answer_missing": _l("Answer the question."),
    "answer_missing_or_na": _l("Answer the question, or mark it not applicable."),
}
EITHER_OR = _l("Either answer, or mark it not applicable: both at once cannot be.")

FACTS: dict[FactFault, Any] = {
    FactFault.DATE_MISSING: _l("Choose the day of the visit."),
    FactFault.TIME_MISSING: _l("Choose the time of the visit; the minute may be approximate."),
    FactFault.MOMENT_UNREADABLE: _l("This is no date and time. Choose both again."),
    FactFault.IN_FUTURE: _l("This moment is still to come. Correct the day or the time."),
    FactFault.TOO_EARLY: _l("This is long before the visit was asked for. Correct the day."),
    FactFault.EMPLOYEE_MISSING: _l("Choose who served you, or “I do not know”."),
    FactFault.EMPLOYEE_ELSEWHERE: _l("This person did not work here then. Choose again, or “I do not know”."),
    FactFault.NOTE_TOO_LONG: _l("Shorten the name to 120 characters."),
    FactFault.NOTE_UNPRINTABLE: _l("The name holds control characters. Type it again."),
}

PHOTOS: dict[PhotoFault, Any] = {
    PhotoFault.EMPTY: _l("The file is empty. Take the photo again."),
    PhotoFault.TOO_LARGE: _l("The file is larger than 12 MB. Choose a smaller photo."),
    PhotoFault.TOO_MANY_PIXELS: _l("The photo has too many pixels. Take it at up to 64 megapixels."),
    PhotoFault.TOO_SMALL: _l(
        "The picture is smaller than 96 pixels and would print blurred. Choose a larger one."
    ),
    PhotoFault.HEIC: _l("This is a HEIC file. Set the camera to JPEG (“most compatible”) and take it again."),
    PhotoFault.NOT_A_PHOTO: _l("This is no photo. Choose a JPEG, PNG or WebP file."),
    PhotoFault.DAMAGED: _l("The photo arrived incomplete or damaged. Add it again."),
    PhotoFault.TOO_MANY_PHOTOS: _l("There are ten photos here already. Remove one first."),
    PhotoFault.NOT_ASKED_FOR: _l("No photo is asked for here."),
    PhotoFault.VISIT_SENT: _l("The visit is already sent; a photo cannot be added any more."),
}


def say_problem(problem: Problem, language: Language) -> str:
    """The sentence for one problem of an answer or a comment."""
    if problem.code in TAPPED:
        return str(TAPPED[problem.code])
    return problem.message(language)


def say_fact(fault: FactFault) -> str:
    """The sentence for a problem with when or whom."""
    return str(FACTS[fault])


def say_photo(fault: PhotoFault, name: str) -> str:
    """The sentence for a picture that was not taken, with its file name, if it has one, to tell it apart."""
    if not name:
        return str(PHOTOS[fault])
    return str(
        _("The file “%(name)s” was not added. %(reason)s", name=shorten_name(name), reason=PHOTOS[fault])
    )


def shorten_name(name: str) -> str:
    """A file name fit to be shown: without a path, unprintable characters and endless length."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(each if each.isprintable() else "?" for each in last)
    return plain if len(plain) <= 40 else f"{plain[:18]}…{plain[-18:]}"
