"""Verifying the report of a visit: its score against its answers, and page one against its record."""

import json
from collections.abc import Iterator
from typing import Any, Final

from checklists.answers import parse_sheet
from checklists.definition import Checklist
from checklists.loading import checklist_from_json
from checklists.localtext import LANGUAGES, Language, LocalText
from checklists.problems import Problem
from checklists.publishing import content_hash
from checklists.scoring import score_visit
from reports.differences import ANOTHER, NONE, Difference, compare, show_value
from reports.headline import show_final
from reports.numbers import format_number
from reports.page_verification import find_alike, is_said_once
from reports.record import describe_score, digest_of
from reports.words import say

UNREADABLE: Final = LocalText(ru="не читается", en="unreadable")
CHECKLIST: Final = LocalText(ru="анкета", en="a checklist")
CORRECTION: Final = LocalText(ru="исправление", en="a correction")
ANSWER: Final = LocalText(ru="ответ по этой версии анкеты", en="an answer of this version")


def check_record(record: dict[str, Any]) -> tuple[Difference, ...]:
    """Everything in a record that does not follow from its answers and its checklist."""
    return tuple(_list_differences(record))


def _list_differences(record: dict[str, Any]) -> Iterator[Difference]:
    digest = digest_of(record)
    if digest != record["digest"]:
        yield Difference("digest", str(record["digest"]), digest)
    try:
        checklist = checklist_from_json(json.dumps(record["checklist"], ensure_ascii=False))
    except ValueError:
        yield Difference("checklist", UNREADABLE, CHECKLIST)
        return
    actual = content_hash(checklist)
    if actual != record["checklist_sha256"]:
        yield Difference("checklist_sha256", str(record["checklist_sha256"]), actual)
    yield from _compare_scores(record, checklist)
    yield from _follow_corrections(record)


def _compare_scores(record: dict[str, Any], checklist: Checklist) -> Iterator[Difference]:
    sheet, problems = parse_sheet(checklist, record["answers"])
    for problem in problems:
        yield Difference(f"answers.{problem.place.question or ''}", _say_problem(problem), ANSWER)
    yield from compare("score", record["score"], describe_score(score_visit(checklist, sheet)))


def _follow_corrections(record: dict[str, Any]) -> Iterator[Difference]:
    """Each correction begins where the one before it ended; the last one ends at the answer that counts."""
    answers = record["answers"].get("answers")
    ends: dict[str, tuple[str, object]] = {}
    for index, correction in enumerate(record.get("corrections", [])):
        place = f"corrections[{index}]"
        if not isinstance(correction, dict) or not isinstance(correction.get("question"), str):
            yield Difference(place, show_value(correction), CORRECTION)
            continue
        question, before = correction["question"], correction.get("before")
        if question in ends:
            yield from compare(f"{place}.before", before, ends[question][1])
        ends[question] = (f"{place}.after", correction.get("after"))
    for question, (place, after) in ends.items():
        yield from compare(place, after, answers.get(question) if isinstance(answers, dict) else None)


def check_page(record: dict[str, Any], text: str) -> Iterator[Difference]:
    """The score on page one against the record: once, and no other; none where nothing was scored."""
    try:
        checklist = checklist_from_json(json.dumps(record["checklist"], ensure_ascii=False))
    except ValueError:
        return
    final = score_visit(checklist, parse_sheet(checklist, record["answers"])[0]).final
    shown = {
        language: (show_final(checklist, final, language), _say_out_of(checklist, language))
        for language in LANGUAGES
    }
    found = [alike for score, out_of in shown.values() for alike in find_alike(score, text, out_of=out_of)]
    if final is None and found:
        yield Difference("page 1: score", ", ".join(found), NONE)
    elif final is not None and not any(
        is_said_once(score, text, out_of=out_of) for score, out_of in shown.values()
    ):
        yield Difference(
            "page 1: score", ", ".join(found) or ANOTHER, LocalText(ru=shown["ru"][0], en=shown["en"][0])
        )


def _say_out_of(checklist: Checklist, language: Language) -> str:
    return say("out_of", language, most=format_number(checklist.scoring.max_final, language))


def _say_problem(problem: Problem) -> LocalText:
    return LocalText(ru=problem.message("ru"), en=problem.message("en"))
