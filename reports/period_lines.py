"""The lines of the employee's report: one standard over the period, one visit of the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.localtext import Language, LocalText
from checklists.scorecard import ENOUGH_COVERAGE
from reports.dates import format_date
from reports.headline import show_score
from reports.period_rows import EmployeePeriod
from reports.period_words import say_period
from reports.standard_records import StandardRecord


@dataclass(frozen=True)
class RecordLine:
    """One standard in words; the tuples hold numbers of visits."""

    code: str
    title: str
    section: str
    text: str | None
    best: str | None
    practice: str | None
    tally: str  # "4 of 6": kept in full of those in which it was assessed
    missed_words: str
    kept: tuple[int, ...]
    partly: tuple[int, ...]
    missed: tuple[int, ...]
    absent: tuple[int, ...]
    decided: tuple[int, ...]
    remark: str


@dataclass(frozen=True)
class VisitLine:
    """One visit in the list: where the figures come from."""

    number: int
    visit: str
    day: str
    unit: str
    version: int
    base: str
    final: str
    averaged: str  # what the mean is of, where that is not the base score
    remarks: tuple[str, ...]
    knock_outs: tuple[str, ...]


def write_records(records: Sequence[StandardRecord], language: Language) -> tuple[RecordLine, ...]:
    """Write records of standards in their order."""
    return tuple(_write_record(record, language) for record in records)


def _write_record(record: StandardRecord, language: Language) -> RecordLine:
    topic = record.topic
    details = {"kept": len(record.kept), "missed": len(record.missed), "assessed": record.assessed}
    return RecordLine(
        code=topic.code or "",
        title=topic.title.in_language(language),
        section=topic.section.in_language(language),
        text=_in_language(topic.text, language),
        best=_in_language(topic.best, language),
        practice=_in_language(topic.practice, language),
        tally=say_period("strength", language, **details) if record.assessed else "",
        missed_words=say_period("missed_in", language, **details),
        kept=record.kept,
        partly=record.partly,
        missed=record.missed,
        absent=record.absent,
        decided=record.decided,
        remark="" if topic.is_current else say_period("only_older", language),
    )


def write_visit(
    period: EmployeePeriod, number: int, *, averaged: Mapping[int, str], language: Language
) -> VisitLine:
    """Write the visit of this number with what keeps it out of the mean and what was knocked out in it.

    `averaged` has the figures that the mean is of by number, where they are not the base scores.
    """
    visit = period.visits[number - 1]
    checklist = period.versions[visit.version]
    remarks = []
    if visit.base is None:
        remarks.append(say_period("not_scored", language))
    elif visit.coverage < ENOUGH_COVERAGE:
        remarks.append(say_period("too_little", language))
    return VisitLine(
        number=number,
        visit=visit.visit,
        day=format_date(visit.visited_on, language),
        unit=visit.unit,
        version=visit.version,
        base=show_score(checklist, visit.base, language),
        final=show_score(checklist, visit.final, language),
        averaged=averaged.get(number, ""),
        remarks=tuple(remarks),
        knock_outs=tuple(
            say_period(
                "knocked_out", language, question=checklist.question(question).text.in_language(language)
            )
            for question in visit.knock_outs
        ),
    )


def _in_language(text: LocalText | None, language: Language) -> str | None:
    return None if text is None else text.in_language(language)
