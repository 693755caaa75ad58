"""The lines of sections and questions that the page and the PDF share."""

from fractions import Fraction

import pytest

from checklists.definition import Checklist
from reports.charts import Bar, draw_bars, draw_mark
from reports.headline import build_headline
from reports.marks import Mark
from reports.visit_report import build_section_bars
from reports.visit_sections import QuestionLine, build_visit_sections
from tests.reports.samples import V1, V2, change_answers, make_report, sample_checklist, show_photo


def line_of(question: str, raw: dict[str, object] = V1) -> QuestionLine:
    """The line of one question in English."""
    sections = build_visit_sections(make_report(raw), "en")
    return next(line for section in sections for line in section.questions if line.id == question)


def change_question(question: str, **fields: object) -> Checklist:
    """The sample checklist with some fields of one question changed."""
    plain = sample_checklist().model_dump(by_alias=True, exclude_none=True)
    for section in plain["sections"]:
        for each in section["questions"]:
            if each["id"] == question:
                each.update(fields)
    return Checklist.model_validate(plain)


@pytest.mark.parametrize(
    ("question", "answer", "points", "mark"),
    [
        ("wait", "4 min", "1 of 2", Mark.PARTLY),
        ("name", "Yes", "1 of 1", Mark.KEPT),
        ("asked", "4 of 5", "2.25 of 3", Mark.PARTLY),
        ("heard", "not applicable", "", Mark.NOT_APPLICABLE),
        ("features", "Answered when asked", "2 of 4", Mark.PARTLY),
        ("wow", "Yes", "bonus 5", Mark.KEPT),
        ("words", "", "", None),
    ],
)
def test_it_writes_answer_points_and_mark(question: str, answer: str, points: str, mark: Mark | None) -> None:
    """V1, question by question: SC-01 values as earned of possible."""
    line = line_of(question)
    assert (line.answer.replace("\u00a0", " "), line.points, line.mark) == (answer, points, mark)


def test_it_keeps_own_words_apart_from_answers() -> None:
    """A text answer is said under the question, like a comment; the anchor stands beside the answer."""
    assert line_of("words").said == "Принесли воды и предложили подождать у окна."
    assert line_of("wait").comment == "Двое разговаривали у кассы."
    assert line_of("features").anchor == "Correct answers, nothing volunteered."


def test_it_shows_what_a_question_without_answer_could_have_brought() -> None:
    """An unanswered optional question is not in the visit (SC-02): no points, no mark."""
    line = line_of("wow", change_answers(V1, wow=None))
    assert (line.answer, line.points, line.mark) == ("no answer", "bonus up to 5", None)


def test_it_numbers_questions_by_their_place_in_the_checklist() -> None:
    """The same question has the same number in every visit, whatever was hidden in this one."""
    checklist = change_question("wait", show_if={"question": "name", "in": ["no"]})
    first = build_visit_sections(make_report(checklist=checklist), "ru")[0]
    assert [line.number for line in first.questions] == ["1.2"]


def test_it_marks_the_critical_question_that_fired() -> None:
    """V2: the receipt is marked in the margin whether or not it fires, and says when it did."""
    assert (line_of("receipt", V2).is_critical, line_of("receipt", V2).fired) == (True, True)
    assert (line_of("receipt", V1).is_critical, line_of("receipt", V1).fired) == (True, False)


@pytest.mark.parametrize(
    ("kind", "extra", "raw", "words"),
    [
        ("scale", {"scale": {"low": 0, "high": 10}}, 7, "7 of 10"),
        ("scale", {"scale": {"low": -2, "high": 2}}, -1, "-1 on a scale of -2 to 2"),
        ("number", {}, "2.50", "2.5"),
        ("time", {}, "14:30", "in the afternoon"),
        ("date", {}, "2026-11-05", "5 November 2026"),
        ("photo", {}, ["IMG_0001 Иван.jpg"], "attached: 1"),
    ],
)
def test_it_writes_every_kind_of_answer(kind: str, extra: dict[str, object], raw: object, words: str) -> None:
    """Names of files are counted and never printed: they may name a phone or a person."""
    checklist = change_question("words", kind=kind, **extra)
    report = make_report(change_answers(V1, words=raw), checklist=checklist)
    line = build_visit_sections(report, "en")[3].questions[3]
    assert line.answer == words


def test_it_writes_the_options_of_a_multiple_choice() -> None:
    """Chosen options in the checklist's words; none chosen is an answer of its own."""
    options = [
        {"id": name, "points": 1, "text": {"ru": name.upper(), "en": name.upper()}}
        for name in ("a", "b", "c")
    ]
    checklist = change_question("features", kind="multi", options=options)
    chosen = build_visit_sections(
        make_report(change_answers(V1, features=["c", "a"]), checklist=checklist), "en"
    )[3].questions[0]
    assert (chosen.answer, chosen.points) == ("A; C", "2.67 of 4")
    none = build_visit_sections(make_report(change_answers(V1, features=[]), checklist=checklist), "en")
    assert none[3].questions[0].answer == "none of the list"


def test_it_says_when_a_section_stays_below_its_own_threshold() -> None:
    """SC-09: the section's pass mark is the tick of its bar, and missing it is said in words."""
    plain = sample_checklist().model_dump(by_alias=True, exclude_none=True)
    plain["sections"][0]["pass_mark"] = 80
    report = make_report(checklist=Checklist.model_validate(plain))
    section = build_visit_sections(report, "en")[0]
    assert section.remark == "below its threshold of 80"
    bars = build_section_bars(report, build_visit_sections(report, "en"))
    assert [float(bar.tick or 0) for bar in bars[:2]] == [0.8, 0.7]
    assert build_headline(report, "en").verdict == "Not passed"


def test_it_gives_a_verdict_only_where_a_threshold_is_set() -> None:
    """A checklist without thresholds has a band and no verdict."""
    assert build_headline(make_report(), "ru").verdict is None
    rules = sample_checklist().scoring.model_copy(update={"pass_mark": 75})
    passed = make_report(checklist=sample_checklist(scoring=rules))
    assert build_headline(passed, "ru").verdict == "Зачтено"


def test_it_puts_photos_to_their_questions() -> None:
    """Photos are numbered through the visit, whichever question they prove."""
    report = make_report(photos=(show_photo("a"), show_photo("b", "wait"), show_photo("c", "wait")))
    line = build_visit_sections(report, "en", gone={"c"})[0].questions[0]
    assert [photo.label for photo in line.photos] == [
        "Photo 2 for question 1.1",
        "Photo 3 for question 1.1: the picture is no longer there",
    ]
    assert [photo.key for photo in line.photos] == ["b", None]


def test_it_escapes_the_labels_of_its_charts() -> None:
    """A chart is markup, its words are text; lengths stay within the drawing."""
    drawn = draw_bars([Bar("<b>x</b>", None, "& so"), Bar("y", share=build_share(3), figure="1")])
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn
    assert "&amp; so" in drawn
    assert 'width="100.00"' in drawn
    assert "style=" not in drawn


@pytest.mark.parametrize("mark", list(Mark))
def test_it_draws_each_mark_as_its_own_shape(mark: Mark) -> None:
    """Marks are drawings with a class, so that a page in dark mode may recolour them."""
    assert f'class="mark mark-{mark}"' in draw_mark(mark)


def build_share(value: int) -> Fraction:
    """A share beyond its scale."""
    return Fraction(value)
