"""Verifying a report over a period: do its figures follow from its rows, and does page one print them?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from checklists.definition import Checklist
from checklists.loading import checklist_from_json
from checklists.localtext import LANGUAGES, Language, LocalText
from checklists.publishing import content_hash
from checklists.scorecard import display_percent
from reports.consistency import VISITS_NEEDED
from reports.differences import ANOTHER, Difference, compare, show_value
from reports.employee_record import describe_employee_figures, read_employee
from reports.employee_report import sum_up_employee
from reports.exact_json import read_number, read_object
from reports.numbers import format_score
from reports.page_verification import find_alike, is_said_once
from reports.period_record import EMPLOYEE
from reports.period_words import say_period
from reports.plurals import count_of
from reports.record import digest_of
from reports.standard_records import build_records
from reports.trends import build_trend
from reports.unit_record import describe_unit_figures, read_unit
from reports.unit_report import list_shown_needs, sum_up_unit

# Whatever is wrong with the rows of a file that somebody wrote: it is no reason to stop, but an answer.
UNREADABLE: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
UNREAD: Final = LocalText(ru="не читаются", en="unreadable")
ROWS: Final = LocalText(ru="данные отчёта за период", en="rows of a report over a period")
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


def list_period_means(record: Mapping[str, Any], language: Language) -> list[tuple[str, str]]:
    """The means that stand large on page one, worked out anew, each with the words behind it."""
    try:
        if record["kind"] != EMPLOYEE:
            return []
        period = read_employee(record, _read_versions(record))
        trend = build_trend(period, visits_needed=VISITS_NEEDED)
        if trend.mean is None:
            return []
        mean = display_percent(trend.mean, (period.newest.scoring.satisfactory,))
        visits = count_of(len(trend.newest.counted), "visits", language)
    except UNREADABLE:
        return []
    words = f"{say_period('mean', language)} {say_period('mean_of', language, visits=visits)}"
    return [(format_score(mean, language), words)]


def check_period_page(record: Mapping[str, Any], text: str) -> Iterator[Difference]:
    """What page one says against the record: once, and nothing alike with other figures."""
    said = {language: list_period_sentences(record, language) for language in LANGUAGES}
    if not any(_is_page_of(record, text, language, said[language]) for language in LANGUAGES):
        found = [alike for each in LANGUAGES for words in said[each] for alike in find_alike(words, text)]
        shown = {each: " … ".join(words.strip() for words in said[each]) or "–" for each in LANGUAGES}
        expected = LocalText(ru=shown["ru"], en=shown["en"])
        yield Difference("page 1: figures", show_value(" … ".join(found)) if found else ANOTHER, expected)


def _is_page_of(record: Mapping[str, Any], text: str, language: Language, sentences: Sequence[str]) -> bool:
    means = list_period_means(record, language)
    return bool(sentences) and all(
        [
            *(is_said_once(each, text) for each in sentences),
            *(is_said_once(f"{mean} {of}", text, out_of=of) for mean, of in means),
        ]
    )


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
        yield Difference("rows", UNREAD, ROWS)
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
