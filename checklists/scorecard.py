"""The result of scoring one visit: exact figures, and the arithmetic as lines that add up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from checklists.definition import Checklist, Effect
from checklists.exact import round_half_up

QuestionState = Literal["scored", "not_applicable", "hidden", "unanswered", "not_scored"]
StepKind = Literal["section", "section_cap", "bonus", "visit_cap", "fail", "ceiling"]

ENOUGH_COVERAGE = Fraction(3, 5)
JSON_PLACES = 10


@dataclass(frozen=True)
class QuestionScore:
    """One question: its value a in [0, 1], earned = weight x a of possible = weight.

    Earned and possible are zero where the question is not in the visit. `bonus` is what the answer earns on
    top, before a knock-out takes it away.
    """

    id: str
    state: QuestionState
    value: Fraction | None = None
    earned: Fraction = Fraction(0)
    possible: Fraction = Fraction(0)
    bonus: Fraction = Fraction(0)
    critical_fired: bool = False


@dataclass(frozen=True)
class SectionScore:
    """One section: `percent` is 100 x earned / possible, None where nothing was assessed (SC-03).

    `capped_percent` is the same after the section's knock-outs; `reweighted` is its share of the live
    weight, of 1.
    """

    id: str
    earned: Fraction
    possible: Fraction
    percent: Fraction | None
    capped_percent: Fraction | None
    weight: Fraction
    reweighted: Fraction | None
    questions: tuple[QuestionScore, ...]


@dataclass(frozen=True)
class CriticalEvent:
    """A knock-out that fired (SC-05); `cap` in percent, 0 for `zero_section` and `fail_visit`."""

    question: str
    effect: Effect
    cap: Fraction


@dataclass(frozen=True)
class Step:
    """One line of the printed arithmetic (SC-11): `amount` is added to the total so far and gives `total`.

    `subject` is the id of the section or question the line is about; the last total is the final score.
    """

    kind: StepKind
    amount: Fraction
    total: Fraction
    subject: str | None = None


@dataclass(frozen=True)
class Scorecard:
    """The score of a visit: `base` feeds statistics, `final` heads the report (SC-07), None is not scored."""

    base: Fraction | None
    final: Fraction | None
    coverage: Fraction
    passed: bool | None
    band: str | None
    provisional: bool
    sections: tuple[SectionScore, ...]
    critical: tuple[CriticalEvent, ...]
    bonus: Fraction
    steps: tuple[Step, ...]

    @property
    def too_little_assessed(self) -> bool:
        """Whether the visit is shown but kept out of comparisons (SC-08)."""
        return self.coverage < ENOUGH_COVERAGE

    def questions(self) -> Iterator[QuestionScore]:
        """Yield the scores of all questions in the order of the checklist."""
        for section in self.sections:
            yield from section.questions

    def question(self, question_id: str) -> QuestionScore:
        """Return the score of one question. Raises KeyError for an unknown id."""
        for score in self.questions():
            if score.id == question_id:
                return score
        raise KeyError(question_id)

    def to_json_dict(self) -> dict[str, object]:
        """Return what `mystery score --json` prints; figures are decimal texts with ten places."""
        return {
            "base": _write(self.base),
            "final": _write(self.final),
            "base_fraction": None if self.base is None else str(self.base),
            "coverage": _write(self.coverage),
            "passed": self.passed,
            "band": self.band,
            "sections": [_write_section(section) for section in self.sections],
            "critical": [{"question": event.question, "effect": event.effect} for event in self.critical],
            "bonus": _write(self.bonus),
        }


def display_percent(value: Fraction, thresholds: Iterable[Fraction] = ()) -> Decimal:
    """Return the figure to show: half-up to one decimal, but never across a threshold (SC-09).

    79.96 against the threshold 80 shows 79.9. Where one decimal cannot keep to the right side of every
    threshold, more decimals are shown.
    """
    marks = tuple(thresholds)
    for places in range(1, JSON_PLACES):
        rounded = round_half_up(value, places)
        step = Decimal(1).scaleb(-places)
        for shown in (rounded, rounded - step, rounded + step):
            is_near = abs(Fraction(shown) - value) < Fraction(step)
            if is_near and all((Fraction(shown) >= mark) == (value >= mark) for mark in marks):
                return shown
    return round_half_up(value, JSON_PLACES)


def list_thresholds(checklist: Checklist) -> tuple[Fraction, ...]:
    """Return what a final score must not be shown across: bands, the satisfactory level, the pass mark."""
    rules = checklist.scoring
    marks = [band.at for band in checklist.bands] + [rules.satisfactory]
    return tuple(marks if rules.pass_mark is None else [*marks, rules.pass_mark])


def _write_section(section: SectionScore) -> dict[str, object]:
    return {
        "id": section.id,
        "earned": _write(section.earned),
        "possible": _write(section.possible),
        "percent": _write(section.percent),
        "weight": _write(section.weight),
        "reweighted": _write(section.reweighted),
    }


def _write(value: Fraction | None) -> str | None:
    return None if value is None else f"{round_half_up(value, JSON_PLACES):f}"
