"""What is known about each question of a checklist: agreement, corrections, and where it did not apply.

A question counts under its newest wording: visits in which it read otherwise are left out, so that a
rewritten question begins anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from checklists.definition import Checklist, Question
from checklists.localtext import LocalText
from reports.double_visits import CorrectedQuestion, QuestionAgreement, RewriteReason, list_rewrites
from reports.not_applicable import AskedCount, add_up

OFTEN_NOT_APPLICABLE = 0.2
"""From this share on a question seldom fits where it is asked (CP-07)."""
ASKED_NEEDED = 10


@dataclass(frozen=True)
class QuestionFacts:
    """One question of the newest version with everything counted about it."""

    id: str
    text: LocalText
    section: LocalText
    asked: int
    not_applicable: int
    may_not_apply: bool
    agreement: QuestionAgreement
    corrected: CorrectedQuestion
    reasons: tuple[RewriteReason, ...]

    @property
    def seldom_fits(self) -> bool:
        """Whether it was often marked "not applicable"."""
        return self.asked >= ASKED_NEEDED and self.not_applicable >= OFTEN_NOT_APPLICABLE * self.asked


def find_same_wording(versions: Mapping[UUID, Checklist]) -> dict[UUID, frozenset[str]]:
    """The questions of each version that read as in the newest one; ``versions`` has the oldest first."""
    if not versions:
        return {}
    newest = {question.id: _word(question) for question in list(versions.values())[-1].questions()}
    return {
        version: frozenset(
            question.id for question in checklist.questions() if newest.get(question.id) == _word(question)
        )
        for version, checklist in versions.items()
    }


def gather_questions(
    checklist: Checklist,
    counts: Sequence[AskedCount],
    corrections: Mapping[str, int],
    agreements: Sequence[QuestionAgreement],
) -> tuple[QuestionFacts, ...]:
    """The facts of the questions that ``agreements`` speaks of, in the order of the checklist."""
    asked, none = add_up(counts)
    corrected = {
        each.question: CorrectedQuestion(
            each.question, corrections.get(each.question, 0), asked.get(each.question, 0)
        )
        for each in agreements
    }
    reasons = list_rewrites(agreements, corrected)
    measured = {each.question: each for each in agreements}
    return tuple(
        QuestionFacts(
            question.id,
            question.text,
            section.title,
            asked.get(question.id, 0),
            none.get(question.id, 0),
            question.not_applicable,
            measured[question.id],
            corrected[question.id],
            reasons.get(question.id, ()),
        )
        for section in checklist.sections
        for question in section.questions
        if question.id in measured
    )


def keep_counted(
    counts: Sequence[AskedCount], counted: Mapping[UUID, Collection[str]]
) -> tuple[AskedCount, ...]:
    """The counts of questions that read as they do now."""
    return tuple(each for each in counts if each.question in counted.get(UUID(each.version), ()))


def keep_optional(counts: Sequence[AskedCount], checklist: Checklist) -> list[AskedCount]:
    """The counts of questions that allow "not applicable"; where it is no answer, its rate says nothing."""
    optional = {question.id for question in checklist.questions() if question.not_applicable}
    return [each for each in counts if each.question in optional]


def add_corrections(
    corrections: Mapping[tuple[UUID, str], int], counted: Mapping[UUID, Collection[str]]
) -> dict[str, int]:
    """In how many visits a question was corrected, over the versions in which it reads as it does now."""
    found: defaultdict[str, int] = defaultdict(int)
    for (version, question), visits in corrections.items():
        if question in counted.get(version, ()):
            found[question] += visits
    return dict(found)


def _word(question: Question) -> tuple[object, ...]:
    """What an auditor reads and may answer; weights and lenses are none of his business."""
    options = tuple((option.id, option.text, option.anchor) for option in question.options)
    return (question.kind, question.text, question.hint, question.scale, options)
