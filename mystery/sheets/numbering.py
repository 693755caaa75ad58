"""The numbers of questions, the same on the phone, on the review desk and in print."""

from __future__ import annotations

from checklists.definition import Checklist


def number_questions(checklist: Checklist) -> dict[str, str]:
    """The number of each question as the report prints it, "2.3": hidden questions keep theirs."""
    return {
        question.id: f"{section_number}.{place}"
        for section_number, section in enumerate(checklist.sections, start=1)
        for place, question in enumerate(section.questions, start=1)
    }
