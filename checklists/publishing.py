"""Published versions: the hash that freezes them, and what makes two of them comparable (SC-20)."""

import hashlib
from collections.abc import Mapping
from fractions import Fraction

from checklists.definition import Checklist, Question
from checklists.loading import checklist_to_json
from checklists.scorecard import ENOUGH_COVERAGE, QuestionScore, Scorecard
from checklists.scoring import (
    mean_percent,
    measure_coverage,
    reweigh_sections,
    standards_scores,
    sum_section,
)
from checklists.version_changes import Change, SectionChanges, describe_changes, group_changes

__all__ = [
    "Change",
    "SectionChanges",
    "are_comparable",
    "common_coverage",
    "common_standards",
    "content_hash",
    "describe_changes",
    "group_changes",
    "rescore_kept",
    "rescore_on_common",
]


def content_hash(checklist: Checklist) -> str:
    """Return the SHA-256 of the canonical JSON: equal hashes mean the same version."""
    return hashlib.sha256(checklist_to_json(checklist).encode()).hexdigest()


def common_standards(old: Checklist, new: Checklist) -> frozenset[str]:
    """Return the standards both versions cite with the same meaning revision, as "GR-01@1"."""
    return _cited(old) & _cited(new)


def common_coverage(layout: Checklist, standards: frozenset[str]) -> Fraction:
    """Return the share of the layout's weight that questions on these standards carry."""
    shared = [
        sum(
            (question.weight for question in section.questions if question.standard in standards), Fraction(0)
        )
        for section in layout.sections
    ]
    return measure_coverage(layout, shared)


def are_comparable(old: Checklist, new: Checklist) -> bool:
    """Say whether a line may be drawn across the two versions; below 0.6 common coverage it is broken."""
    return common_coverage(new, common_standards(old, new)) >= ENOUGH_COVERAGE


def rescore_on_common(
    played: Checklist, card: Scorecard, *, layout: Checklist, standards: frozenset[str]
) -> tuple[Fraction | None, Fraction]:
    """Return a visit's base on these standards in the newest version's layout and weights, and a coverage.

    `played` is the version of the visit and `card` its scorecard; the base is None where the visit assessed
    none of the standards. The coverage is `common_coverage`, a figure of the versions and not of the visit.
    To compare two versions, rescore the visits of both, the newest's too.
    """
    kept = {
        f"{score.code}@{score.revision}": score.earned / score.possible
        for score in standards_scores(played, card)
    }
    return rescore_kept(kept, layout=layout, standards=standards), common_coverage(layout, standards)


def rescore_kept(
    kept: Mapping[str, Fraction], *, layout: Checklist, standards: frozenset[str]
) -> Fraction | None:
    """Return the base of a visit known by its standards alone, as `rescore_on_common` does.

    `kept` holds the share of points, 0 to 1, by reference, for the standards that were assessed.
    """
    usable = {reference: value for reference, value in kept.items() if reference in standards}
    sections = [
        sum_section(section, tuple(_score_by_standard(question, usable) for question in section.questions))
        for section in layout.sections
    ]
    return mean_percent(reweigh_sections(layout, sections))


def _cited(checklist: Checklist) -> frozenset[str]:
    return frozenset(question.standard for question in checklist.questions() if question.standard)


def _score_by_standard(question: Question, kept: Mapping[str, Fraction]) -> QuestionScore:
    value = kept.get(question.standard or "")
    if value is None:
        return QuestionScore(question.id, "hidden")
    return QuestionScore(
        question.id, "scored", value=value, earned=question.weight * value, possible=question.weight
    )
