"""The older version of a checklist: what it looked like before the lead improved it."""

from __future__ import annotations

import json
from typing import Any, Final

from checklists.definition import Checklist
from checklists.loading import checklist_from_json, checklist_to_json

WIDER_BANDS: Final = 2
"""Waiting was judged half as strictly then."""


def make_older_version(checklist: Checklist) -> Checklist:
    """The checklist without its last scored question, with wider waiting bands under no standard as yet.

    Who was served after nine minutes kept what was asked of him then, and not the five minutes of the
    library's standard: such questions are no common ground of the two versions (SC-20).
    """
    raw: dict[str, Any] = json.loads(checklist_to_json(checklist))
    for section in raw["sections"]:
        for question in section["questions"]:
            if question["kind"] == "duration" and question.get("bands"):
                widen_bands(question)
    drop_last_plain_question(raw)
    return checklist_from_json(json.dumps(raw))


def widen_bands(question: dict[str, Any]) -> None:
    """Double the limits of a duration question, which then keeps no standard that names stricter ones."""
    question["standard"] = None
    for band in question["bands"]:
        band["upto"] = int(band["upto"]) * WIDER_BANDS


def drop_last_plain_question(raw: dict[str, Any]) -> None:
    """Take out the last question that nothing depends on, in the section that has most of them."""
    needed = {
        question["show_if"]["question"]
        for section in raw["sections"]
        for question in section["questions"]
        if question.get("show_if")
    }
    section = max(raw["sections"], key=lambda each: len(each["questions"]))
    plain = [
        question
        for question in section["questions"]
        if question["id"] not in needed
        and not question.get("critical")
        and not question.get("bonus")
        and not question.get("show_if")
    ]
    section["questions"].remove(plain[-1])
