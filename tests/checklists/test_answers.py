"""Answers from outside: typed, or refused with a clear problem, however absurd they are."""

import json
from decimal import Decimal
from typing import Any

import pytest

from checklists.answer_files import read_answers
from checklists.answers import (
    NOT_APPLICABLE,
    AnswerSheet,
    VisitFacts,
    parse_answer,
    parse_sheet,
    sheet_to_json,
)
from checklists.definition import Checklist
from checklists.problems import Problem
from checklists.scoring import score_visit
from tests.checklists.tables import lay_out

CHECKLIST = lay_out("""
    section | question | kind         | rules
    s       | yes-no   | yes_no       | not_applicable: true
    s       | mark     | scale 1..5   |
    s       | grade    | choice 4/2/0 |
    s       | ticks    | multi 3/2/0  |
    s       | count    | number       |
    s       | wait     | wait 180:1   |
    s       | hour     | time         |
    s       | day      | date         |
    s       | words    | text         |
    s       | picture  | photo        |
    s       | sound    | audio        |
""")
HUGE = 10**4000


@pytest.mark.parametrize(
    ("question", "raw", "typed"),
    [
        ("yes-no", "yes", "yes"),
        ("yes-no", "n/a", NOT_APPLICABLE),
        ("yes-no", None, None),
        ("yes-no", "", None),
        ("mark", 4, 4),
        ("mark", "4", 4),
        ("mark", Decimal("4.0"), 4),
        ("grade", "2", "2"),
        ("grade", 2, "2"),
        ("ticks", ["2", "3"], ("3", "2")),
        ("ticks", [], ()),
        ("count", 7, 7),
        ("count", "7,5", Decimal("7.5")),
        ("count", Decimal("-0.25"), Decimal("-0.25")),
        ("wait", 240, 240),
        ("hour", "09:30", "09:30"),
        ("day", "2026-02-28", "2026-02-28"),
        ("words", "  Добрый день ", "Добрый день"),
        ("words", "   ", None),
        ("picture", "front.jpg", ("front.jpg",)),
        ("sound", ["a.ogg", "b.ogg"], ("a.ogg", "b.ogg")),
        ("sound", [], None),
    ],
)
def test_it_types_every_kind_of_answer(question: str, raw: Any, typed: Any) -> None:
    """SC-01: what an answers file may hold, kind by kind."""
    assert parse_answer(CHECKLIST.question(question), raw) == (typed, None)


@pytest.mark.parametrize(
    ("question", "raw", "code"),
    [
        ("yes-no", "maybe", "answer_yes_no"),
        ("yes-no", True, "answer_yes_no"),
        ("yes-no", 1, "answer_yes_no"),
        ("yes-no", ["yes"], "answer_yes_no"),
        ("mark", "n/a", "answer_not_applicable"),
        ("mark", 0, "answer_scale"),
        ("mark", 6, "answer_scale"),
        ("mark", Decimal("4.5"), "answer_scale"),
        ("mark", True, "answer_scale"),
        ("mark", HUGE, "answer_scale"),
        ("mark", -HUGE, "answer_scale"),
        ("mark", 4.0, "answer_scale"),
        ("mark", {}, "answer_scale"),
        ("grade", "3", "answer_option"),
        ("grade", True, "answer_one_option"),
        ("grade", ["4"], "answer_one_option"),
        ("ticks", "3", "answer_options"),
        ("ticks", ["3", "9"], "answer_option"),
        ("ticks", ["3", "3"], "answer_twice"),
        ("ticks", [3], "answer_options"),
        ("ticks", [["3"]], "answer_options"),
        ("count", Decimal("1e400"), "answer_number"),
        ("count", Decimal("1e999999999"), "answer_number"),
        ("count", Decimal("1e-400"), "answer_number"),
        ("count", Decimal("NaN"), "answer_number"),
        ("count", Decimal("-Infinity"), "answer_number"),
        ("count", float("inf"), "answer_number"),
        ("count", HUGE, "answer_number"),
        ("count", "1e5", "answer_number"),
        ("count", "9" * 5000, "answer_number"),
        ("count", False, "answer_number"),
        ("wait", -1, "answer_duration"),
        ("wait", 86_401, "answer_duration"),
        ("wait", Decimal("1.5"), "answer_duration"),
        ("wait", "4:00", "answer_duration"),
        ("hour", "24:00", "answer_time"),
        ("hour", "9:30", "answer_time"),
        ("hour", 930, "answer_time"),
        ("day", "2026-02-30", "answer_date"),
        ("day", "20260228", "answer_date"),
        ("day", 2026, "answer_date"),
        ("words", "x" * 10_001, "answer_text"),
        ("words", 5, "answer_text"),
        ("words", "a\x00b", "text_characters"),
        ("words", "a\ud800b", "text_characters"),
        ("picture", 5, "answer_files"),
        ("picture", [""], "answer_files"),
        ("picture", ["x" * 300], "answer_files"),
        ("picture", ["a.jpg"] * 51, "answer_files"),
    ],
)
def test_it_refuses_what_an_answer_cannot_mean(question: str, raw: Any, code: str) -> None:
    """Absurd numbers, truth values as numbers, unknown options: one problem beside its question."""
    value, problem = parse_answer(CHECKLIST.question(question), raw)
    assert value is None
    assert problem is not None
    assert (problem.code, problem.place.question) == (code, question)
    assert len(problem.message("ru")) < 300
    assert len(problem.message("en")) < 300


def test_it_reads_a_whole_sheet_and_reports_every_problem() -> None:
    """Unknown questions, foreign fields and bad answers come together; good answers are kept."""
    sheet, problems = parse_sheet(
        CHECKLIST,
        {
            "answers": {"mark": 9, "yes-no": "yes", "ghost": 1},
            "comments": {"yes-no": " ok ", "ghost": "x", "mark": 5},
            "photos": {"grade": 2, "mark": -1, "ticks": True},
            "visit": {"date": "2026-11-05", "unit": 5, "shop": "x"},
            "mood": "good",
        },
    )
    assert sheet.answers == {"yes-no": "yes"}
    assert sheet.comments == {"yes-no": "ok"}
    assert sheet.photos == {"grade": 2}
    assert sheet.visit == VisitFacts(date="2026-11-05")
    assert [(problem.code, problem.place.question, problem.place.field) for problem in problems] == [
        ("field_unknown", None, None),
        ("answer_scale", "mark", "answers"),
        ("question_unknown", None, "answers"),
        ("question_unknown", None, "comments"),
        ("answer_text", "mark", "comments"),
        ("photo_count", "mark", "photos"),
        ("photo_count", "ticks", "photos"),
        ("answer_text", None, "visit.unit"),
        ("field_unknown", None, "visit"),
    ]


@pytest.mark.parametrize("part", ["answers", "comments", "photos", "visit"])
@pytest.mark.parametrize("raw", [[], "text", 5, True])
def test_it_refuses_parts_of_the_wrong_shape(part: str, raw: Any) -> None:
    """Every part of an answers file is a record."""
    sheet, problems = parse_sheet(CHECKLIST, {part: raw})
    assert sheet == AnswerSheet()
    assert [problem.code for problem in problems] == ["needs_mapping"]


def test_it_writes_a_sheet_and_reads_the_same_again() -> None:
    """The raw answers are immutable evidence: decimals, options, N/A and files survive exactly."""
    answers = {
        "yes-no": "n/a",
        "mark": 3,
        "ticks": ["3"],
        "count": "0.1",
        "words": "«Да»",
        "picture": ["a.jpg"],
    }
    raw = {"answers": answers, "comments": {"mark": "x"}, "photos": {"mark": 1}, "visit": {"unit": "Shop"}}
    sheet, problems = parse_sheet(CHECKLIST, raw)
    assert problems == []
    text = sheet_to_json(sheet)
    again, problems = read_answers(text, CHECKLIST, name="again.json")
    assert problems == []
    assert again == sheet
    assert sheet_to_json(sheet) == text
    assert '"count":"0.1"' in text


def read(text: str, checklist: Checklist = CHECKLIST) -> list[Problem]:
    sheet, problems = read_answers(text, checklist, name="visit.json")
    assert (sheet is None) == bool(problems)
    assert all(problem.place.file == "visit.json" for problem in problems)
    return problems


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json_syntax"),
        ("{'answers': {}}", "json_syntax"),
        ('{"answers": {"count": NaN}}', "json_number"),
        ('{"answers": {"count": -Infinity}}', "json_number"),
        ('{"answers": {"count": 1e400}}', "answer_number"),
        ('{"answers": {"count": %s}}' % ("9" * 6000), "answer_number"),
        ('{"answers": {"count": 0.%s}}' % ("1" * 6000), "answer_number"),
        ('{"answers": {"mark": 1, "mark": 2}}', "duplicate_key"),
        ("[" * 100_000, "json_depth"),
        ("[]", "needs_mapping"),
        ("5", "needs_mapping"),
        (json.dumps({"answers": {"words": "x" * 900_000}}), "answer_text"),
        (json.dumps({"answers": {"words": "x" * 1_000_001}}), "file_too_large"),
        ('{"answers": {"x\\ud800": 1}}', "question_unknown"),
    ],
)
def test_it_turns_any_bad_answers_file_into_one_clear_problem(text: str, code: str) -> None:
    """Never an exception, whatever the file holds."""
    problems = read(text)
    assert [problem.code for problem in problems] == [code]
    for language in ("ru", "en"):
        assert problems[0].message(language).encode()


def test_it_names_the_line_of_broken_json() -> None:
    """The place is what a person needs to mend the file."""
    [problem] = read('{"answers": {\n  "mark": 1,\n  "grade" "4"\n}}')
    assert (problem.code, problem.place.line) == ("json_syntax", 3)


def test_it_scores_figures_of_an_answers_file_exactly() -> None:
    """A decimal of the file is that decimal, not the float next to it."""
    checklist = lay_out("section | question | kind | rules\ns | n | number | bands: [{upto: 0.3, share: 1}]")
    for figure, base in (("0.3", 100), ("0.300001", 0)):
        sheet, _ = read_answers(f'{{"answers": {{"n": {figure}}}}}', checklist, name="visit.json")
        assert sheet is not None
        assert score_visit(checklist, sheet).base == base
