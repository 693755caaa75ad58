"""What became of each standard over a period: in which visits it was kept, partly kept, or missed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from checklists.definition import Checklist, Question, Section
from checklists.localtext import LocalText
from checklists.standards import Standard
from reports.marks import Mark, mark_share
from reports.period_rows import EmployeePeriod, PeriodVisit

VISITS_FOR_STRENGTH: Final = 3
MISSES_TO_REPEAT: Final = 2
STRENGTHS_SHOWN: Final = 5


@dataclass(frozen=True)
class Topic:
    """A standard with its texts, or a question that stands for itself where no standard is cited.

    `weight` is its part of the newest version's hundred; 0 where only an older version has it.
    """

    key: str  # "GR-01@1", or "question wait …"
    code: str | None
    title: LocalText
    text: LocalText | None
    best: LocalText | None
    practice: LocalText | None
    section: LocalText
    weight: Fraction
    is_current: bool


@dataclass(frozen=True)
class StandardRecord:
    """One standard over the period; visits are given by their numbers in the report."""

    topic: Topic
    kept: tuple[int, ...]
    partly: tuple[int, ...]
    missed: tuple[int, ...]
    absent: tuple[int, ...]  # not assessed
    decided: tuple[int, ...]  # visits in which a critical question of this standard decided something

    @property
    def assessed(self) -> int:
        """In how many visits it was assessed."""
        return len(self.kept) + len(self.partly) + len(self.missed)


def build_records(period: EmployeePeriod) -> tuple[StandardRecord, ...]:
    """Give every standard of the versions walked, in the order of the newest one."""
    outcomes = [mark_topics(period.versions[visit.version], visit) for visit in period.visits]
    decided = [_list_decided(period.versions[visit.version], visit) for visit in period.visits]
    return tuple(
        StandardRecord(
            topic=topic,
            kept=_number(mark is Mark.KEPT for mark in marks),
            partly=_number(mark is Mark.PARTLY for mark in marks),
            missed=_number(mark is Mark.MISSED for mark in marks),
            absent=_number(mark is None for mark in marks),
            decided=_number(topic.key in keys for keys in decided),
        )
        for topic in list_topics(period.versions, period.standards)
        for marks in [[visit.get(topic.key) for visit in outcomes]]
    )


def pick_strengths(records: tuple[StandardRecord, ...]) -> tuple[StandardRecord, ...]:
    """Pick up to five standards kept in full each time, from three visits, the weightiest first."""
    kept = [each for each in records if len(each.kept) == each.assessed >= VISITS_FOR_STRENGTH]
    return tuple(sorted(kept, key=lambda each: -each.topic.weight)[:STRENGTHS_SHOWN])


def pick_repeated_misses(records: tuple[StandardRecord, ...]) -> tuple[StandardRecord, ...]:
    """Pick the standards missed in two visits or more: critical ones first, then the most often missed."""
    missed = [each for each in records if len(each.missed) >= MISSES_TO_REPEAT]
    return tuple(sorted(missed, key=lambda each: (-len(each.decided), -len(each.missed), -each.topic.weight)))


def list_topics(versions: Mapping[int, Checklist], standards: Mapping[str, Standard]) -> Iterator[Topic]:
    """Yield the topics of all versions, the newest version's first and each once."""
    seen: set[str] = set()
    newest = max(versions)
    weights = weigh_topics(versions[newest])
    for version in sorted(versions, reverse=True):
        checklist = versions[version]
        for section in checklist.sections:
            for question in section.questions:
                key = key_of(checklist, question)
                if key is not None and key not in seen:
                    seen.add(key)
                    weight = weights.get(key, Fraction(0)) if version == newest else None
                    standard = standards.get(question.standard or "")
                    yield _build_topic(section, question, standard, key=key, weight=weight)


def key_of(checklist: Checklist, question: Question) -> str | None:
    """Give what a question counts towards: its standard, or itself where the checklist cites none at all."""
    if question.weight <= 0 or not question.is_scored:
        return None
    if question.standard:
        return question.standard
    cites = any(each.standard for each in checklist.questions())
    # A reworded question is another one, as a standard of another meaning revision is.
    return None if cites else f"question {question.id} {question.text.en}"


def mark_topics(checklist: Checklist, visit: PeriodVisit) -> dict[str, Mark]:
    """Mark what one visit assessed: kept with the full share, missed with none, partly in between."""
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for question in checklist.questions():
        key = key_of(checklist, question)
        if key is not None and question.id in visit.shares:
            earned, possible = sums.get(key, (Fraction(0), Fraction(0)))
            sums[key] = (earned + question.weight * visit.shares[question.id], possible + question.weight)
    return {key: mark_share(earned, possible) for key, (earned, possible) in sums.items()}


def _list_decided(checklist: Checklist, visit: PeriodVisit) -> set[str | None]:
    return {key_of(checklist, checklist.question(question)) for question in visit.knock_outs}


def _build_topic(
    section: Section, question: Question, standard: Standard | None, *, key: str, weight: Fraction | None
) -> Topic:
    return Topic(
        key=key,
        code=question.standard_code,
        title=standard.title if standard else question.text,
        text=standard.text if standard else None,
        best=standard.best if standard else None,
        practice=standard.practice if standard else None,
        section=section.title,
        weight=weight or Fraction(0),
        is_current=weight is not None,
    )


def weigh_topics(checklist: Checklist) -> dict[str, Fraction]:
    """Give the part of the checklist's hundred that hangs on each topic when everything applies."""
    whole = sum((section.weight for section in checklist.sections), Fraction(0))
    weights: dict[str, Fraction] = {}
    for section in checklist.sections:
        possible = sum((question.weight for question in section.questions), Fraction(0))
        for question in section.questions:
            key = key_of(checklist, question)
            if key is not None and whole > 0:
                part = 100 * section.weight / whole * question.weight / possible
                weights[key] = weights.get(key, Fraction(0)) + part
    return weights


def _number(flags: Iterator[bool]) -> tuple[int, ...]:
    return tuple(number for number, flag in enumerate(flags, start=1) if flag)
