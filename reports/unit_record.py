"""A unit's visits as data: the counts of the report over a period, and the figures that follow from them.

Only what the report prints is here: staff by name and number, standards kept by person, means of sections
only where enough people stand behind them.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from checklists.definition import Checklist
from reports.comparison import collation_key
from reports.employee_record import read_period
from reports.exact_json import (
    NotAsWritten,
    read_day,
    read_list,
    read_number,
    read_object,
    read_text,
    write_day,
    write_words,
)
from reports.period_rows import KnockOutEvent, StaffMember, StandardCount, UnitPeriod
from reports.section_means import NOISE_PLACES, GroupMean, measure_section
from reports.training_needs import Need
from reports.unit_report import list_shown_needs

MOST_PEOPLE: Final = 100_000
Groups = Mapping[str, tuple[GroupMean, GroupMean]]  # of the unit and of the programme, by section


def describe_unit(period: UnitPeriod) -> dict[str, Any]:
    """The facts, rows and figures of the report on one unit."""
    groups = {section.id: measure_section(period, section) for section in period.newest.sections}
    staff = sorted(period.staff, key=lambda each: (collation_key(each.name), each.employee))
    numbers = {each.employee: number for number, each in enumerate(staff, start=1)}
    counts = sorted(period.counts, key=lambda each: (numbers[each.employee], each.topic))
    return {
        "facts": {
            "company": period.company,
            "unit": period.unit,
            "since": write_day(period.period.since),
            "until": write_day(period.period.until),
            "purpose": write_words(period.purpose),
        },
        "rows": {
            "visits": period.visits,
            "people": len(staff),
            # Where there are too many for one table nobody is named.
            "staff": None if period.is_wide else [each.name for each in staff],
            "counts": [_describe_count(numbers[each.employee], each) for each in counts],
            "sections": [
                {"id": section, "own": _describe_group(own), "programme": _describe_group(programme)}
                for section, (own, programme) in groups.items()
            ],
            "knock_outs": [_describe_event(each) for each in period.knock_outs],
        },
        "figures": describe_unit_figures(period, groups),
    }


def read_unit(record: Mapping[str, Any], versions: Mapping[int, Checklist]) -> tuple[UnitPeriod, Groups]:
    """The period behind the rows of a record, and its sections. Raises NotAsWritten and KeyError."""
    facts, rows = read_object(record["facts"]), read_object(record["rows"])
    people, names = read_number(rows["people"]), rows["staff"]
    if people > MOST_PEOPLE:
        raise NotAsWritten("people")
    named = [""] * people if names is None else read_list(names)
    if len(named) != people:
        raise NotAsWritten("staff")
    period = UnitPeriod(
        company=read_text(facts["company"]),
        unit=read_text(facts["unit"]),
        period=read_period(facts),
        versions=versions,
        visits=read_number(rows["visits"]),
        staff=tuple(StaffMember(str(number), read_text(name)) for number, name in enumerate(named, start=1)),
        counts=tuple(_read_count(read_object(each)) for each in read_list(rows["counts"])),
        sections=(),
        knock_outs=tuple(_read_event(read_object(each)) for each in read_list(rows["knock_outs"])),
        standards={},
        purpose=None,
        is_wide=names is None,
    )
    groups = {
        read_text(each["id"]): (_read_group(each["own"]), _read_group(each["programme"]))
        for each in read_list(rows["sections"])
    }
    return period, groups


def describe_unit_figures(period: UnitPeriod, groups: Groups) -> dict[str, Any]:
    """Every figure that the report prints, exact."""
    return {
        "standards": _sum_standards(period),
        "needs": [_describe_need(each) for each in list_shown_needs(period)],
        "sections": [
            {"id": section.id, "own": _write_mean(own), "programme": _write_mean(programme)}
            for section in period.newest.sections
            for own, programme in [groups[section.id]]
        ],
        "knock_outs": _count_events(period),
    }


def _sum_standards(period: UnitPeriod) -> list[dict[str, Any]]:
    sums: dict[str, tuple[int, int]] = {}
    for each in period.counts:
        kept, assessed = sums.get(each.topic, (0, 0))
        sums[each.topic] = (kept + each.kept, assessed + each.assessed)
    return [
        {"id": topic, "kept": kept, "assessed": assessed} for topic, (kept, assessed) in sorted(sums.items())
    ]


def _describe_need(need: Need) -> dict[str, Any]:
    return {
        "id": need.topic.key,
        "missed": need.missed,
        "assessed": need.assessed,
        "people_missed": need.people_missed,
        "people": need.people,
    }


def _count_events(period: UnitPeriod) -> list[dict[str, Any]]:
    times: dict[str, int] = {}
    for event in period.knock_outs:
        period.versions[event.version].question(event.question)
        times[event.question] = times.get(event.question, 0) + 1
    return [{"id": question, "times": count} for question, count in sorted(times.items())]


def _describe_count(person: int, count: StandardCount) -> dict[str, Any]:
    return {
        "person": person,
        "standard": count.topic,
        "kept": count.kept,
        "partly": count.partly,
        "missed": count.missed,
    }


def _read_count(row: Mapping[str, Any]) -> StandardCount:
    kept, partly, missed = (read_number(row[name]) for name in ("kept", "partly", "missed"))
    return StandardCount(str(read_number(row["person"])), read_text(row["standard"]), kept, partly, missed)


def _describe_event(event: KnockOutEvent) -> dict[str, Any]:
    return {
        "on": write_day(event.visited_on),
        "unit": event.unit,
        "version": event.version,
        "question": event.question,
    }


def _read_event(row: Mapping[str, Any]) -> KnockOutEvent:
    return KnockOutEvent(
        visit="",
        visited_on=read_day(row["on"]),
        unit=read_text(row["unit"]),
        version=read_number(row["version"]),
        question=read_text(row["question"]),
    )


def _describe_group(group: GroupMean) -> dict[str, Any]:
    total = None if group.total is None else f"{group.total:.{NOISE_PLACES}f}"
    return {"visits": group.visits, "people": group.people, "total": total}


def _read_group(value: object) -> GroupMean:
    row = read_object(value)
    visits, people, total = read_number(row["visits"]), read_number(row["people"]), row["total"]
    if total is not None and not visits:
        raise NotAsWritten("total")
    return GroupMean(visits, people, None if total is None else _read_double(total))


def _read_double(value: object) -> float:
    try:
        return float(read_text(value)[:40])
    except ValueError as error:
        raise NotAsWritten("figure") from error


def _write_mean(group: GroupMean) -> str | None:
    mean: Decimal | None = group.mean
    return None if mean is None else f"{mean:f}"
