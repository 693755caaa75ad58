"""The report on one employee over a period: one sentence, the visits over time, standards, visits, the talk.

The page in the browser and the PDF are made from the same `EmployeePage` and keep the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from checklists.localtext import Language
from checklists.scorecard import display_percent
from reports.averaged_scores import describe_averaged, explain_averaged, write_averaged
from reports.consistency import VISITS_NEEDED, JudgedVisit, measure_consistency
from reports.consistency_words import (
    describe_consistency,
    describe_interval,
    describe_wow,
    explain_consistency,
)
from reports.numbers import format_score
from reports.period_lines import RecordLine, VisitLine, write_records, write_visit
from reports.period_rows import EmployeePeriod, PeriodVisit
from reports.period_words import describe_period, say_period
from reports.plurals import count_of
from reports.standard_records import (
    StandardRecord,
    build_records,
    pick_repeated_misses,
    pick_strengths,
)
from reports.trend_words import describe_change, describe_points, describe_stretches
from reports.trends import Trend, build_trend

MISSES_IN_FULL = 3
MISSES_NAMED = 5  # of the others, on paper


@dataclass(frozen=True)
class EmployeePage:
    """What the report says, in one language; empty texts and tuples where there is nothing to say."""

    facts: tuple[tuple[str, str], ...]
    figure: str | None  # the mean, from three visits
    figure_words: str
    sentence: str
    consistency: tuple[str, ...]
    change: str
    stretch_notes: tuple[str, ...]
    trend: Trend
    trend_alt: str
    is_facts_only: bool
    strengths: tuple[RecordLine, ...]
    misses: tuple[RecordLine, ...]
    more_misses: tuple[RecordLine, ...]  # paper names the first few
    others_words: str  # how many more there are that paper does not name
    records: tuple[RecordLine, ...]
    visits: tuple[VisitLine, ...]
    has_averaged: bool  # whether the mean is of other figures than the base scores of the list
    method: tuple[str, ...]


def build_employee_page(period: EmployeePeriod, language: Language) -> EmployeePage:
    """Say what the visits of a period tell about one employee; raises ValueError without any visit."""
    trend = build_trend(period, visits_needed=VISITS_NEEDED)
    records = build_records(period)
    few = len(period.visits) < VISITS_NEEDED
    misses = () if few else pick_repeated_misses(records)
    mean = _show_mean(period, trend, language)
    averaged = write_averaged(period, trend, language)
    said = (sum_up_employee(period, trend, records, language), describe_averaged(period, trend, language))
    return EmployeePage(
        facts=tuple(_list_facts(period, language)),
        figure=mean,
        figure_words=_describe_mean(trend, language) if mean else "",
        sentence=" ".join(sentence for sentence in said if sentence),
        consistency=() if few else tuple(_describe_consistency(period, language)),
        change="" if few else describe_change(trend.change, language),
        stretch_notes=tuple(describe_stretches(trend, language)),
        trend=trend,
        trend_alt=describe_points(trend, language),
        is_facts_only=few,
        strengths=() if few else write_records(pick_strengths(records), language),
        misses=write_records(misses[:MISSES_IN_FULL], language),
        more_misses=write_records(misses[MISSES_IN_FULL:], language),
        others_words=_count_unnamed(len(misses) - MISSES_IN_FULL - MISSES_NAMED, language),
        records=write_records(records, language),
        visits=tuple(
            write_visit(period, number, averaged=averaged, language=language)
            for number in range(1, len(period.visits) + 1)
        ),
        has_averaged=bool(averaged),
        method=(
            say_period("method_base", language),
            explain_averaged(period, trend, language),
            *(say_period(key, language) for key in ("method_change", "not_discipline")),
        ),
    )


def _count_unnamed(count: int, language: Language) -> str:
    return say_period("others_more", language, count=count) if count > 0 else ""


def _list_facts(period: EmployeePeriod, language: Language) -> list[tuple[str, str]]:
    units = tuple(dict.fromkeys(visit.unit for visit in period.visits))
    person = f"{period.employee}, {period.position}" if period.position else period.employee
    versions = sorted({visit.version for visit in period.visits})
    written = say_period(
        "version_one" if len(versions) == 1 else "version_many",
        language,
        numbers=", ".join(str(version) for version in versions),
    )
    facts = [
        ("employee", person),
        ("unit" if len(units) == 1 else "units", "; ".join(units)),
        ("period", describe_period(period.period, language)),
        ("checklist", f"{period.newest.title.in_language(language)}, {written}"),
        ("visits", str(len(period.visits))),
    ]
    return [(say_period(key, language), text) for key, text in facts]


def _show_mean(period: EmployeePeriod, trend: Trend, language: Language) -> str | None:
    if trend.mean is None:
        return None
    return format_score(display_percent(trend.mean, (period.newest.scoring.satisfactory,)), language)


def _describe_mean(trend: Trend, language: Language) -> str:
    return say_period("mean_of", language, visits=count_of(len(trend.newest.counted), "visits", language))


def sum_up_employee(
    period: EmployeePeriod, trend: Trend, records: Sequence[StandardRecord], language: Language
) -> str:
    """Say in a sentence what page one says: visits, mean, standards kept."""
    visits = count_of(len(period.visits), "visits", language)
    if len(period.visits) < VISITS_NEEDED:
        return say_period("sum_up_facts", language, visits=visits)
    kept = sum(len(record.kept) for record in records)
    assessed = sum(record.assessed for record in records)
    mean = _show_mean(period, trend, language)
    head = (
        say_period("sum_up", language, visits=visits, mean=mean)
        if mean
        else say_period("sum_up_counted", language, visits=visits, counted=len(trend.newest.counted))
    )
    return f"{head} {say_period('sum_up_kept', language, kept=kept, assessed=assessed)}"


def _describe_consistency(period: EmployeePeriod, language: Language) -> list[str]:
    measured = measure_consistency([judge_visit(period, visit) for visit in period.visits])
    said = (
        describe_consistency(measured, language),
        describe_interval(measured.interval, language),
        describe_wow(measured.wow, language),
        explain_consistency(language),
    )
    return [sentence for sentence in said if sentence]


def judge_visit(period: EmployeePeriod, visit: PeriodVisit) -> JudgedVisit:
    """Judge a visit by the version that it was walked on (LN-01)."""
    checklist = period.versions[visit.version]
    bonus = [question.id for question in checklist.questions() if question.bonus]
    return JudgedVisit(
        visit=visit.visit,
        visited_on=visit.visited_on,
        base=visit.base,
        coverage=visit.coverage,
        knocked_out=bool(visit.knock_outs),
        satisfactory=checklist.scoring.satisfactory,
        wow=any(visit.shares.get(question, 0) > 0 for question in bonus) if bonus else None,
    )
