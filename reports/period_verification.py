"""Verifying a report over a period: do its figures follow from its rows, and does page one print them?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from checklists.definition import Checklist
from checklists.loading import checklist_from_json
from checklists.localtext import LANGUAGES, Language, LocalText
from checklists.publishing import content_hash
from reports.consistency import VISITS_NEEDED
from reports.differences import Difference, compare
from reports.employee_record import describe_employee_figures, read_employee
from reports.employee_report import sum_up_employee
from reports.exact_json import read_number, read_object
from reports.period_record import EMPLOYEE
from reports.record import digest_of
from reports.standard_records import build_records
from reports.trends import build_trend
from reports.unit_record import describe_unit_figures, read_unit
from reports.unit_report import list_shown_needs, sum_up_unit

# Whatever is wrong with the rows of a file that somebody wrote: it is no reason to stop, but an answer.
UNREADABLE: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
GAP: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


def check_period_record(record: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Everything in a record that does not follow from its rows and its checklists."""
    return tuple(_list_differences(record))


def list_period_sentences(record: Mapping[str, Any], language: Language) -> list[str]:
    """The words on page one that carry figures, worked out anew; none for rows that cannot be read."""
    try:
        versions = _read_versions(record)
        if record["kind"] == EMPLOYEE:
            period = read_employee(record, versions)
            trend = build_trend(period, visits_needed=VISITS_NEEDED)
            return [sum_up_employee(period, trend, build_records(period), language)]
        unit, _groups = read_unit(record, versions)
        # The library that gave a standard its title may be another one where the file is checked.
        needs = [
            replace(need, topic=replace(need.topic, title=LocalText(ru=GAP, en=GAP)))
            for need in list_shown_needs(unit)
        ]
        return sum_up_unit(unit, needs, language).split(GAP)
    except UNREADABLE:
        return []


def check_period_page(record: Mapping[str, Any], words: str) -> Iterator[Difference]:
    """What page one says against the record; ``words`` is its text without any blanks."""
    said = [list_period_sentences(record, language) for language in LANGUAGES]
    if not any(sentences and all("".join(each.split()) in words for each in sentences) for sentences in said):
        yield Difference("page 1: figures", "others", " … ".join(said[-1]))


def _list_differences(record: Mapping[str, Any]) -> Iterator[Difference]:
    digest = digest_of(record)
    if digest != record["digest"]:
        yield Difference("digest", str(record["digest"]), digest)
    try:
        versions = _read_versions(record)
        for each in record["versions"]:
            actual = content_hash(versions[each["number"]])
            yield from compare(f"versions[{each['number']}].sha256", each["sha256"], actual)
        figures = _work_out_figures(record, versions)
    except UNREADABLE:
        yield Difference("rows", "unreadable", "rows of a report over a period")
        return
    # The JSON form, so that tuples and lists are the same.
    yield from compare("figures", record["figures"], json.loads(json.dumps(figures)))


def _work_out_figures(record: Mapping[str, Any], versions: Mapping[int, Checklist]) -> dict[str, Any]:
    if record["kind"] == EMPLOYEE:
        return describe_employee_figures(read_employee(record, versions))
    return describe_unit_figures(*read_unit(record, versions))


def _read_versions(record: Mapping[str, Any]) -> dict[int, Checklist]:
    return {
        read_number(read_object(each)["number"]): checklist_from_json(
            json.dumps(each["checklist"], ensure_ascii=False)
        )
        for each in record["versions"]
    }
