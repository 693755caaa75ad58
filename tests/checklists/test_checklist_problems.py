"""Faulty checklists: every problem is found, placed, and says how to mend it."""

from pathlib import Path

import pytest

from checklists.loading import read_checklist
from checklists.problems import Problem, describe_problems

HEAD = """
checklist: shop
title: {ru: Магазин, en: Shop}
channel: visit
bands: [{at: 0, id: all, label: {ru: Всё, en: All}}]
sections:
  - id: first
    title: {ru: Раздел, en: Section}
    weight: 10
    questions:
"""
OTHER = "      - {id: other, kind: yes_no, text: {ru: Да, en: 'Yes'}}\n"


def find(*questions: str, head: str = HEAD) -> list[Problem]:
    """The problems of a checklist with these questions (flow mappings without id and text)."""
    rows = [
        f"      - {{id: q{n}, text: {{ru: Вопрос, en: Question}}, {question}}}\n"
        for n, question in enumerate(questions, start=1)
    ]
    checklist, problems = read_checklist(head + OTHER + "".join(rows), name="shop.yaml")
    assert (checklist is None) == bool(problems)
    return problems


def codes(*questions: str) -> list[str]:
    return [problem.code for problem in find(*questions)]


def test_it_accepts_the_plain_checklist_these_tests_start_from() -> None:
    """Otherwise the refusals below would prove nothing."""
    assert find("kind: yes_no") == []


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("kind: yesno", "kind_unknown"),
        ("kind: scale", "kind_needs_field"),
        ("kind: yes_no, scale: {low: 1, high: 5}", "kind_refuses_field"),
        ("kind: scale, scale: {low: 5, high: 1}", "scale_order"),
        ("kind: scale, scale: {low: 1, high: 1}", "scale_order"),
        ("kind: scale, scale: {low: 0, high: 1000}", "scale_too_wide"),
        ("kind: scale, scale: {low: true, high: 5}", "whole_number_needed"),
        ("kind: scale, scale: {low: 1, high: 4.5}", "whole_number_needed"),
        ("kind: scale, scale: {low: 1, high: 5, anchors: {7: {ru: а, en: a}}}", "anchor_off_scale"),
        ("kind: choice, options: [{id: a, text: {ru: а, en: a}, points: 1}]", "list_too_short"),
        ("kind: choice, options: [{id: a, text: {ru: а, en: a}, points: -1}]", "negative_number"),
        (
            "kind: choice, options: [{id: a, text: {ru: а, en: a}}, {id: b, text: {ru: б, en: b}}]",
            "no_best_points",
        ),
        (
            "kind: multi, options: [{id: a, text: {ru: а, en: a}, points: 1}, {id: a, text: {ru: б, en: b}}]",
            "duplicate_id",
        ),
        ("kind: duration, bands: [{upto: 300, share: 1}, {upto: 180, share: 1/2}]", "limits_order"),
        ("kind: duration, bands: [{upto: 300, share: 2}]", "number_out_of_range"),
        ("kind: duration, bands: [{upto: '10:15', share: 1}]", "number_needed"),
        ("kind: time, bands: [{upto: 615, share: 1}]", "limit_needs_time"),
        ("kind: time, bands: [{upto: soon, share: 1}]", "bad_limit"),
        ("kind: number, cue: {ru: раз два три, en: once}", "cue_words"),
        ("kind: number, cue: {ru: раз, en: supercalifragilisticexpialidocious}", "text_too_long"),
        ("kind: number, cue: {ru: раз, en: ' '}", "text_empty"),
        ("kind: number, cue: till", "needs_local_text"),
        ("kind: text, weight: 1", "weight_unscored"),
        ("kind: duration, weight: 1", "weight_needs_bands"),
        ("kind: yes_no, weight: -1", "negative_number"),
        ("kind: yes_no, weight: 1e400", "number_needed"),
        ("kind: yes_no, weight: .nan", "number_needed"),
        ("kind: yes_no, weight: .inf", "number_needed"),
        ("kind: yes_no, weight: true", "number_needed"),
        ("kind: yes_no, weight: 99999999999999999999999999", "number_needed"),
        ("kind: yes_no, weight: 100000000", "number_out_of_range"),
        ("kind: yes_no, weight: 1/0", "number_needed"),
        ("kind: yes_no, bonus: 5, weight: 1", "bonus_with_weight"),
        ("kind: yes_no, bonus: -5", "negative_number"),
        ("kind: text, bonus: 5", "bonus_unscored"),
        ("kind: yes_no, bonus: 5, critical: {effect: fail_visit}, comment: on_fail", "critical_bonus"),
        ("kind: text, critical: {effect: fail_visit}, comment: always", "critical_unscored"),
        ("kind: yes_no, critical: {effect: explode}", "not_one_of"),
        ("kind: yes_no, critical: {effect: cap_visit}", "critical_needs_cap"),
        ("kind: yes_no, critical: {effect: fail_visit, cap: 3}", "critical_refuses_cap"),
        ("kind: yes_no, critical: {effect: fail_visit, fail_at: 1}", "critical_always"),
        ("kind: yes_no, critical: {effect: fail_visit}, comment: never", "critical_needs_comment"),
        ("kind: yes_no, comment: sometimes", "not_one_of"),
        ("kind: yes_no, comment: never, comment_at: 1/2", "comment_at_unused"),
        ("kind: text, comment: on_fail", "comment_unscored"),
        ("kind: yes_no, required: perhaps", "true_or_false"),
        ("kind: yes_no, evidence: {photo: maybe}", "not_one_of"),
        ("kind: yes_no, evidence: required", "needs_mapping"),
        ("kind: yes_no, level: friendship", "not_one_of"),
        ("kind: yes_no, standard: greeting", "bad_standard"),
        ("kind: yes_no, hint: Look", "needs_local_text"),
        ("kind: yes_no, hint: {ru: Вот}", "field_missing"),
        ("kind: yes_no, hint: {ru: '', en: a}", "text_empty"),
        ("kind: yes_no, hint: {ru: 5, en: a}", "needs_text"),
        ("kind: yes_no, hint: {ru: вот, там, en: here}", "text_cut"),
        ("kind: multi, options: {a: 1}", "needs_list"),
        ("kind: yes_no, wieght: 3", "field_unknown"),
        ("kind: yes_no, show_if: {question: nobody, answered: true}", "condition_unknown"),
        ("kind: yes_no, show_if: {question: other}", "condition_empty"),
        ("kind: yes_no, show_if: {question: other, answered: true, in: [yes]}", "condition_mixed"),
        ("kind: yes_no, show_if: {question: other, at_least: 2}", "condition_unfit"),
        ("kind: yes_no, show_if: {question: other, in: [maybe]}", "condition_option"),
        ("kind: yes_no, show_if: {question: other, in: []}", "list_empty"),
        ("kind: yes_no, show_if: {question: q1, answered: true}", "condition_cycle"),
        ("kind: yes_no, effort: transfers", "effort_kind"),
        ("kind: duration, effort: retellings", "effort_kind"),
        ("kind: text, effort: waiting", "effort_kind"),
        ("kind: number, effort: patience", "not_one_of"),
        ("kind: number, solved: {'1': later}", "solved_kind"),
        ("kind: yes_no, solved: {maybe: later}", "solved_option"),
        ("kind: yes_no, solved: {no: soon}", "not_one_of"),
        ("kind: yes_no, solved: {}", "list_empty"),
    ],
)
def test_it_refuses_a_question_with_one_clear_problem(question: str, code: str) -> None:
    """SC-01, SC-02, SC-05, SC-10: exactly one problem, with its line, section and question."""
    problems = find(question)
    assert [problem.code for problem in problems] == [code]
    place = problems[0].place
    assert (place.file, place.line, place.section, place.question) == ("shop.yaml", 12, "first", "q1")


def test_it_finds_circles_of_any_length_and_names_them_once() -> None:
    """SC-02: condition cycles are refused, wherever they hide."""
    problems = find(
        "kind: yes_no, show_if: {question: q2, answered: true}",
        "kind: yes_no, show_if: {question: q3, answered: true}",
        "kind: yes_no, show_if: {question: q1, answered: true}",
        "kind: yes_no, show_if: {question: q1, answered: true}",
    )
    assert [problem.code for problem in problems] == ["condition_cycle"]
    assert dict(problems[0].details)["cycle"] == "q1 → q2 → q3 → q1"


def test_it_checks_limits_that_exclude_each_other() -> None:
    """SC-02: a condition that can never hold hides its question for ever."""
    found = codes("kind: number", "kind: yes_no, show_if: {question: q1, at_least: 5, at_most: 2}")
    assert found == ["condition_never"]


def test_it_refuses_conditions_on_photos() -> None:
    """A photo is no answer that a condition could read."""
    found = codes("kind: photo", "kind: yes_no, show_if: {question: q1, answered: true}")
    assert found == ["condition_unfit"]


def test_it_finds_all_problems_of_a_file_at_once() -> None:
    """Faults of single fields, of kinds, of ids and of conditions in one go, in the order of the lines."""
    text = (Path(__file__).parent / "worked" / "faulty.yaml").read_text(encoding="utf-8")
    checklist, problems = read_checklist(text, name="faulty.yaml")
    assert checklist is None
    assert [(problem.place.line, problem.code) for problem in problems] == [
        (4, "not_one_of"),
        (5, "number_out_of_range"),
        (7, "bands_end"),
        (13, "negative_number"),
        (20, "field_missing"),
        (21, "kind_unknown"),
        (22, "duplicate_id"),
        (26, "kind_needs_field"),
        (29, "field_unknown"),
        (31, "condition_unknown"),
        (35, "condition_cycle"),
        (42, "text_cut"),
    ]
    for language in ("ru", "en"):
        lines = describe_problems(problems, language)
        assert all(line.startswith("faulty.yaml, ") for line in lines)


def test_it_points_to_the_very_line_of_a_part_of_a_question() -> None:
    """The third option of a question written over many lines; the second of two bands."""
    rows = "".join(
        f"          - id: {name}\n            text: {{ru: а, en: a}}\n            points: {worth}\n"
        for name, worth in (("full", 2), ("part", 1), ("none", -1))
    )
    question = "      - id: q1\n        kind: choice\n        text: {ru: а, en: a}\n        options:\n" + rows
    [problem] = read_checklist(HEAD + OTHER + question, name="shop.yaml")[1]
    assert (problem.place.field, problem.place.line) == ("options.3.points", 24)
    repeated = question.replace("none", "full").replace("-1", "0")
    [problem] = read_checklist(HEAD + OTHER + repeated, name="shop.yaml")[1]
    assert (problem.code, problem.place.field, problem.place.line) == ("duplicate_id", "options.3.id", 22)
    head = HEAD.replace("[{at: 0,", "[{at: 110, id: b, label: {ru: а, en: a}},\n  {at: 0,")
    [problem] = find(head=head)
    assert (problem.code, problem.place.field, problem.place.line) == ("band_unreachable", "bands.1.at", 5)


def test_it_suggests_the_name_that_was_probably_meant() -> None:
    """A typing error is the most frequent fault: the cure is in the message."""
    [problem] = find("kind: yes_no, wieght: 3")
    assert "(→ weight)" in problem.message("en")
    [problem] = find("kind: yes_no, show_if: {question: othr, answered: true}")
    assert "(→ other)" in problem.message("ru")


def test_it_says_place_and_cure_in_both_languages() -> None:
    """File, line, section, question, field; then what is wrong and what to do."""
    problems = find("kind: yes_no, weight: -1")
    assert describe_problems(problems, "en") == [
        "shop.yaml, line 12, section first, question q1, field weight: Negative numbers are refused. "
        "Write 0 or more; what must cost points gets a weight or “critical”."
    ]
    assert describe_problems(problems, "ru") == [
        "shop.yaml, строка 12, раздел first, вопрос q1, поле weight: Отрицательные значения не допускаются. "
        "Поставьте 0 или больше; за нарушение снимают баллы весом вопроса или «critical»."
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("checklist: shop", "checklist: Shop Visit", "bad_id"),
        ("channel: visit", "channel: telepathy", "not_one_of"),
        ("at: 0", "at: 10", "bands_end"),
        ("at: 0", "at: 101", "bands_end"),
        ("weight: 10", "weight: -10", "negative_number"),
        ("weight: 10", "weight: 10\n    pass_mark: 101", "number_out_of_range"),
        ("channel: visit", "channel: visit\nscoring: {max_final: 50}", "number_out_of_range"),
        ("channel: visit", "channel: visit\nscoring: {pass_mark: 120}", "mark_unreachable"),
        ("channel: visit", "channel: visit\nscoring: {mode: average}", "not_one_of"),
        ("[{at: 0,", "[{at: 0, id: b, label: {ru: а, en: a}}, {at: 0,", "bands_order"),
        ("[{at: 0,", "[{at: 90, id: all, label: {ru: а, en: a}}, {at: 0,", "duplicate_id"),
        ("[{at: 0,", "[{at: 110, id: b, label: {ru: а, en: a}}, {at: 0,", "band_unreachable"),
        ("channel: visit", "channel: visit\ncolour: red", "field_unknown"),
        ("title: {ru: Магазин, en: Shop}", "", "field_missing"),
    ],
)
def test_it_refuses_a_faulty_head(old: str, new: str, code: str) -> None:
    """SC-04, SC-06, SC-09: mode, ceiling, marks and bands of the checklist itself."""
    assert code in [problem.code for problem in find(head=HEAD.replace(old, new, 1))]


def test_it_refuses_repeated_sections_and_questions() -> None:
    """Question ids are unique over the whole checklist, not only in their section."""
    again = HEAD.partition("sections:\n")[2] + OTHER
    problems = read_checklist(HEAD + OTHER + again, name="shop.yaml")[1]
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("duplicate_id", 12),
        ("duplicate_id", 16),
    ]


@pytest.mark.parametrize(
    "text",
    ["[]", "3", "text", "{}", "{sections: [3, [], {questions: [1]}]}", "{sections: {}}"],
)
def test_it_answers_any_yaml_with_problems(text: str) -> None:
    """A file that is no checklist at all is a list of problems too, never an exception."""
    checklist, problems = read_checklist(text, name="file.yaml")
    assert checklist is None
    assert problems
    assert all(problem.message("ru") and problem.message("en") for problem in problems)


def test_it_refuses_texts_and_lists_beyond_all_measure() -> None:
    """Caps on lengths and counts, so that no page, PDF or job meets a monster."""
    long = "x" * 5000
    assert codes(f"kind: yes_no, hint: {{ru: {long}, en: a}}") == ["text_too_long"]
    options = ", ".join(f"{{id: o{n}, text: {{ru: а, en: a}}, points: 1}}" for n in range(101))
    assert codes(f"kind: choice, options: [{options}]") == ["list_too_long"]
    assert "list_too_long" in codes(*["kind: yes_no"] * 300)


def test_it_reads_every_field_of_the_published_example() -> None:
    """The format as documented, all optional parts used at once."""
    questions = [
        "kind: duration, bands: [{upto: 180, share: 1}, {upto: 300, share: 1/2}], standard: GR-01@1",
        "kind: scale, scale: {low: 1, high: 5, anchors: {1: {ru: Хмуро, en: Sullen}}}, level: partnership, "
        "impression: process, perishable: true",
        "kind: choice, options: [{id: full, text: {ru: Всё, en: All}, points: 4, anchor: {ru: Так, en: So}}, "
        "{id: none, text: {ru: Нет, en: None}}], not_applicable: true, comment: on_fail, comment_at: 1/2, "
        "evidence: {photo: optional}, show_if: {question: q1, answered: true}, hint: {ru: Вот, en: Here}",
        "kind: yes_no, critical: {effect: cap_visit, cap: 60, fail_at: 0}",
        "kind: yes_no, bonus: 5",
        "kind: time, bands: [{upto: '10:15', share: 1}], required: no",
        "kind: number, bands: [{upto: 0, share: 1}], effort: reminders",
        "kind: duration, effort: waiting",
        "kind: yes_no, solved: {yes: first_contact, no: never}",
    ]
    assert find(*questions) == []
