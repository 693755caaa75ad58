"""What sections and questions count for in the result when everything is assessed."""

from __future__ import annotations

from fractions import Fraction

from checklists.definition import Checklist, Section


def find_section_shares(checklist: Checklist) -> dict[str, Fraction]:
    """What each section counts for, 0 to 1, in a visit where everything is assessed (SC-04)."""
    influence = {section.id: _weigh(checklist, section) for section in checklist.sections}
    total = sum(influence.values(), Fraction(0))
    return {section: part / total if total else Fraction(0) for section, part in influence.items()}


def find_question_shares(checklist: Checklist) -> dict[str, Fraction]:
    """What each question counts for, 0 to 1, by its part of the points of its section."""
    shares = find_section_shares(checklist)
    return {
        question.id: shares[section.id] * question.weight / possible
        for section in checklist.sections
        if (possible := _add_weights(section))
        for question in section.questions
    }


def _weigh(checklist: Checklist, section: Section) -> Fraction:
    possible = _add_weights(section)
    if checklist.scoring.mode == "points":
        return section.weight * possible
    return section.weight if possible else Fraction(0)


def _add_weights(section: Section) -> Fraction:
    return sum((question.weight for question in section.questions), Fraction(0))
