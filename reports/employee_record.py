"""One employee's visits as data: the rows of the report over a period, and the figures that follow from them.

The rows hold the value of each scored answer (SC-01). Scores, standards kept, trend and consistency follow,
so that whoever has the file can work all of them out anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checklists.definition import Checklist
from checklists.scoring import score_values
from reports.consistency import VISITS_NEEDED, Consistency, measure_consistency
from reports.employee_report import judge_visit
from reports.exact_json import (
    read_day,
    read_fraction,
    read_list,
    read_number,
    read_object,
    read_text,
    write_day,
    write_fraction,
    write_words,
)
from reports.period_rows import EmployeePeriod, Period, PeriodVisit
from reports.standard_records import StandardRecord, build_records
from reports.trends import Trend, build_trend

# Doubles differ behind that from one machine to another.
PLACES = 6


def describe_employee(period: EmployeePeriod) -> dict[str, Any]:
    """The facts, rows and figures of the report on one employee."""
    return {
        "facts": {
            "company": period.company,
            "employee": period.employee,
            "position": period.position,
            "since": write_day(period.period.since),
            "until": write_day(period.period.until),
            "purpose": write_words(period.purpose),
        },
        "rows": {"visits": [_describe_visit(number, each) for number, each in _number(period)]},
        "figures": describe_employee_figures(period),
    }


def read_employee(record: Mapping[str, Any], versions: Mapping[int, Checklist]) -> EmployeePeriod:
    """The period behind the rows of a record, every visit scored anew. Raises NotAsWritten and KeyError."""
    facts = read_object(record["facts"])
    rows = read_list(read_object(record["rows"])["visits"])
    position = facts["position"]
    return EmployeePeriod(
        company=read_text(facts["company"]),
        employee=read_text(facts["employee"]),
        position=None if position is None else read_text(position),
        period=read_period(facts),
        versions=versions,
        visits=tuple(_read_visit(read_object(row), versions) for row in rows),
        standards={},
        purpose=None,
    )


def read_period(facts: Mapping[str, Any]) -> Period:
    """The days that facts name. Raises NotAsWritten and KeyError."""
    since, until = (None if facts[name] is None else read_day(facts[name]) for name in ("since", "until"))
    return Period(since, until)


def describe_employee_figures(period: EmployeePeriod) -> dict[str, Any]:
    """Every figure that the report prints, exact; visits are named by their numbers in the report."""
    numbered = replace(
        period,
        # The ids of visits are nobody's business outside; of two visits on one day the number decides.
        visits=tuple(replace(each, visit=f"{number:09}") for number, each in _number(period)),
    )
    trend = build_trend(numbered, visits_needed=VISITS_NEEDED)
    judged = [judge_visit(numbered, visit) for visit in numbered.visits]
    return {
        "visits": [_describe_score(number, each) for number, each in _number(period)],
        "mean": write_fraction(trend.mean),
        "trend": _describe_trend(trend),
        "consistency": _describe_consistency(measure_consistency(judged)),
        "standards": [_describe_standard(each) for each in build_records(numbered)],
    }


def _number(period: EmployeePeriod) -> enumerate[PeriodVisit]:
    return enumerate(period.visits, start=1)


def _describe_visit(number: int, visit: PeriodVisit) -> dict[str, Any]:
    return {
        "number": number,
        "on": write_day(visit.visited_on),
        "unit": visit.unit,
        "version": visit.version,
        "values": {question: write_fraction(share) for question, share in visit.shares.items()},
    }


def _read_visit(row: Mapping[str, Any], versions: Mapping[int, Checklist]) -> PeriodVisit:
    version = read_number(row["version"])
    shares = {question: read_fraction(share) for question, share in read_object(row["values"]).items()}
    card = score_values(versions[version], shares)
    return PeriodVisit(
        visit=str(read_number(row["number"])),
        visited_on=read_day(row["on"]),
        unit=read_text(row["unit"]),
        version=version,
        base=card.base,
        final=card.final,
        coverage=card.coverage,
        shares=shares,
        knock_outs=tuple(event.question for event in card.critical),
    )


def _describe_score(number: int, visit: PeriodVisit) -> dict[str, Any]:
    return {
        "id": number,
        "base": write_fraction(visit.base),
        "final": write_fraction(visit.final),
        "coverage": write_fraction(visit.coverage),
        "knock_outs": sorted(visit.knock_outs),
    }


def _describe_trend(trend: Trend) -> dict[str, Any]:
    change = trend.change
    return {
        "stretches": [
            {
                "versions": list(stretch.versions),
                "coverage": write_fraction(stretch.coverage),
                "points": [
                    {
                        "id": point.number,
                        "percent": write_fraction(point.percent),
                        "counted": point.is_counted,
                    }
                    for point in stretch.points
                ],
            }
            for stretch in trend.stretches
        ],
        "change": {
            "state": change.state,
            "points": _write_double(change.points),
            "low": _write_double(change.low),
            "high": _write_double(change.high),
        },
    }


def _describe_consistency(measured: Consistency) -> dict[str, Any]:
    interval = measured.interval
    return {
        "state": measured.state,
        "satisfactory": _read_numbers(measured.satisfactory),
        "below": _read_numbers(measured.below),
        "left_out": _read_numbers(measured.left_out),
        "low": _write_double(interval.low if interval else None),
        "high": _write_double(interval.high if interval else None),
        "wow": {"state": measured.wow.state, "shown": _read_numbers(measured.wow.shown)},
    }


def _describe_standard(record: StandardRecord) -> dict[str, Any]:
    return {
        "id": record.topic.key,
        "kept": list(record.kept),
        "partly": list(record.partly),
        "missed": list(record.missed),
        "absent": list(record.absent),
        "decided": list(record.decided),
    }


def _read_numbers(visits: tuple[str, ...]) -> list[int]:
    return [int(visit) for visit in visits]


def _write_double(value: float | None) -> str | None:
    return None if value is None else f"{value:.{PLACES}f}"
