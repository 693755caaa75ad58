"""CP-08 on double visits: how far two auditors agree on each question, and which questions to rewrite.

A double visit is one contact that several auditors wrote down. What they agree in is the wording as much as
the auditors: where they differ, the question is unclear, and so is one whose answers are often corrected.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from reports.agreement import find_interval_alpha, find_intraclass_correlation, find_nominal_alpha

DOUBLES_NEEDED: Final = 10  # with fewer, a single visit would decide about a question
RELIABLE_ALPHA: Final = 0.8  # Krippendorff's own marks: reliable from here on, …
WEAK_ALPHA: Final = 2 / 3  # … and below this not even good for tentative conclusions
DIFFERING_NEEDED: Final = 3  # contacts; rarer differences are slips of a hand, whatever alpha makes of them
CORRECTED_NEEDED: Final = 3  # visits in which an answer was corrected
CORRECTED_SHARE: Final = 0.05  # of the visits in which it was given

AgreementState = Literal["reliable", "tentative", "weak", "always_same", "not_enough_visits"]
RewriteReason = Literal["weak", "corrected"]


@dataclass(frozen=True)
class SeenAnswer:
    """What one auditor wrote down about one contact; `share` is its value, None where none is counted."""

    contact: str
    question: str
    value: str
    share: float | None


@dataclass(frozen=True)
class QuestionAgreement:
    """One question over the double visits in which two or more auditors answered it.

    `alpha` and `correlation` (ICC) are None below the needed number of double visits, and where nobody could
    have disagreed because every answer is the same.
    """

    question: str
    state: AgreementState
    doubles: int
    same: int  # double visits in which everybody wrote the same
    alpha: float | None
    correlation: float | None


@dataclass(frozen=True)
class ScoreAgreement:
    """How far the base scores of double visits agree; None where there are too few."""

    doubles: int
    needed: int
    alpha: float | None
    correlation: float | None


@dataclass(frozen=True)
class CorrectedQuestion:
    """In how many visits the answer to a question was corrected, of those in which it was given."""

    question: str
    corrected: int
    answered: int

    @property
    def is_often(self) -> bool:
        """Whether that is often enough to look at the question."""
        return self.corrected >= CORRECTED_NEEDED and self.corrected >= CORRECTED_SHARE * self.answered


def measure_agreement(
    answers: Sequence[SeenAnswer], *, questions: Sequence[str], graded: Collection[str] = ()
) -> tuple[QuestionAgreement, ...]:
    """Measure the agreement on each of `questions`, in their order.

    Answers to `graded` questions (scales, numbers, times) are compared by their value, so that a 4 beside a 5
    is a smaller difference than a 1; all others are the same or not, "not applicable" being an answer too.
    """
    asked: defaultdict[str, defaultdict[str, list[SeenAnswer]]] = defaultdict(lambda: defaultdict(list))
    for answer in answers:
        asked[answer.question][answer.contact].append(answer)
    return tuple(
        _measure_question(question, list(asked[question].values()), is_graded=question in graded)
        for question in questions
    )


def measure_scores(bases: Sequence[Sequence[float]]) -> ScoreAgreement:
    """Measure the agreement of base scores, one sequence for each contact."""
    doubles = [scores for scores in bases if len(scores) > 1]
    if len(doubles) < DOUBLES_NEEDED:
        return ScoreAgreement(len(doubles), DOUBLES_NEEDED, None, None)
    return ScoreAgreement(
        len(doubles), DOUBLES_NEEDED, find_interval_alpha(doubles), find_intraclass_correlation(doubles)
    )


def list_rewrites(
    agreements: Sequence[QuestionAgreement], corrected: Mapping[str, CorrectedQuestion]
) -> dict[str, tuple[RewriteReason, ...]]:
    """List the questions to rewrite with the reasons, in the order of the checklist (CP-08)."""
    found: dict[str, tuple[RewriteReason, ...]] = {}
    for agreement in agreements:
        reasons: list[RewriteReason] = []
        if agreement.state == "weak":
            reasons.append("weak")
        if agreement.question in corrected and corrected[agreement.question].is_often:
            reasons.append("corrected")
        if reasons:
            found[agreement.question] = tuple(reasons)
    return found


def _measure_question(
    question: str, contacts: Sequence[Sequence[SeenAnswer]], *, is_graded: bool
) -> QuestionAgreement:
    doubles = [contact for contact in contacts if len(contact) > 1]
    same = sum(len({answer.value for answer in contact}) == 1 for contact in doubles)
    if len(doubles) < DOUBLES_NEEDED:
        return QuestionAgreement(question, "not_enough_visits", len(doubles), same, None, None)
    shares = [[answer.share for answer in contact if answer.share is not None] for contact in doubles]
    alpha = (
        find_interval_alpha(shares)
        if is_graded
        else find_nominal_alpha([[answer.value for answer in contact] for contact in doubles])
    )
    correlation = find_intraclass_correlation(shares)
    state = _judge(alpha, len(doubles) - same)
    return QuestionAgreement(question, state, len(doubles), same, alpha, correlation)


def _judge(alpha: float | None, differing: int) -> AgreementState:
    if alpha is None:
        return "always_same"
    if alpha >= RELIABLE_ALPHA:
        return "reliable"
    return "weak" if alpha < WEAK_ALPHA and differing >= DIFFERING_NEEDED else "tentative"
