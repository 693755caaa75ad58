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
from mystery.calibration.queries import AskedCount
from reports.double_visits import CorrectedQuestion, QuestionAgreement, RewriteReason, list_rewrites

OFTEN_NOT_APPLICABLE = 0.2
"""From this share on a question seldom fits where it is asked (CP-07)."""
ASKED_NEEDED = 10
TWICE = 2
STRIKING = 5
"""An auditor stands out who marked "not applicable" twice as often as the others, and so many times more."""


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


@dataclass(frozen=True)
class AuditorMarks:
    """How often an auditor marked "not applicable", and how often the others would have there."""

    asked: int
    not_applicable: int
    expected: float

    @property
    def stands_out(self) -> bool:
        """Whether that is strikingly often."""
        return self.not_applicable >= max(TWICE * self.expected, self.expected + STRIKING)


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
    asked, none = _add_up(counts)
    corrected = {
        each.question: CorrectedQuestion(
            each.question, corrections.get(each.question, 0), asked[each.question]
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
            asked[question.id],
            none[question.id],
            question.not_applicable,
            measured[question.id],
            corrected[question.id],
            reasons.get(question.id, ()),
        )
        for section in checklist.sections
        for question in section.questions
        if question.id in measured
    )


def measure_auditors(counts: Sequence[AskedCount]) -> dict[str, AuditorMarks]:
    """Each auditor's "not applicable" beside what the others marked on the same questions, by auditor id."""
    asked, none = _add_up(counts)
    own: defaultdict[UUID, list[AskedCount]] = defaultdict(list)
    for count in counts:
        own[count.auditor_id].append(count)
    return {str(auditor): _measure(theirs, asked, none) for auditor, theirs in own.items()}


def keep_counted(
    counts: Sequence[AskedCount], counted: Mapping[UUID, Collection[str]]
) -> tuple[AskedCount, ...]:
    """The counts of questions that read as they do now."""
    return tuple(each for each in counts if each.question in counted.get(each.version_id, ()))


def add_corrections(
    corrections: Mapping[tuple[UUID, str], int], counted: Mapping[UUID, Collection[str]]
) -> dict[str, int]:
    """In how many visits a question was corrected, over the versions in which it reads as it does now."""
    found: defaultdict[str, int] = defaultdict(int)
    for (version, question), visits in corrections.items():
        if question in counted.get(version, ()):
            found[question] += visits
    return dict(found)


def _measure(theirs: Sequence[AskedCount], asked: Mapping[str, int], none: Mapping[str, int]) -> AuditorMarks:
    own_asked, own_none = _add_up(theirs)
    expected = 0.0
    for question, count in own_asked.items():
        others = asked[question] - count
        if others:
            expected += count * (none[question] - own_none[question]) / others
    return AuditorMarks(sum(own_asked.values()), sum(own_none.values()), expected)


def _add_up(counts: Sequence[AskedCount]) -> tuple[defaultdict[str, int], defaultdict[str, int]]:
    asked: defaultdict[str, int] = defaultdict(int)
    none: defaultdict[str, int] = defaultdict(int)
    for count in counts:
        asked[count.question] += count.asked
        none[count.question] += count.not_applicable
    return asked, none


def _word(question: Question) -> tuple[object, ...]:
    """What an auditor reads and may answer; weights and lenses are none of his business."""
    options = tuple((option.id, option.text, option.anchor) for option in question.options)
    return (question.kind, question.text, question.hint, question.scale, options)
