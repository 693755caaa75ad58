"""What still stands between a filled-in sheet and its submission: open answers, comments, photos."""

from collections.abc import Iterator

from checklists.answers import AnswerSheet, NotApplicable, Value
from checklists.definition import Checklist, Question
from checklists.problems import Place, Problem, report_problem
from checklists.question_kinds import value_answer
from checklists.visibility import shown_questions


def check_submission(checklist: Checklist, sheet: AnswerSheet) -> list[Problem]:
    """Return every problem that blocks submission, in the order of the questions shown."""
    shown = shown_questions(checklist, sheet.answers)
    problems: list[Problem] = []
    for section in checklist.sections:
        for question in section.questions:
            if question.id in shown:
                place = Place(section=section.id, question=question.id)
                problems += _check_question(question, sheet, place)
    return problems


def needs_comment(question: Question, value: Value) -> bool:
    """Say whether an answer must be explained (SC-10)."""
    if isinstance(value, NotApplicable):
        return question.critical is not None or question.comment == "always"
    if value is None or question.comment == "never":
        return False
    if question.comment == "always":
        return True
    earned = value_answer(question, value)
    if earned is None:
        return False
    if question.comment_at is not None:
        return earned <= question.comment_at
    return earned < 1 if question.critical is not None else earned == 0


def _check_question(question: Question, sheet: AnswerSheet, place: Place) -> Iterator[Problem]:
    value = sheet.answers.get(question.id)
    photos = sheet.photos.get(question.id, 0)
    or_na = "_or_na" if question.not_applicable else ""
    if value is None and not (question.kind == "photo" and photos):
        if question.required:
            code = "photo_missing" if question.kind == "photo" else "answer_missing"
            yield report_problem(f"{code}{or_na}", place)
        return
    if needs_comment(question, value) and not sheet.comments.get(question.id, "").strip():
        is_na = isinstance(value, NotApplicable) and question.critical is not None
        yield report_problem("comment_missing_na" if is_na else "comment_missing", place)
    if question.evidence.photo == "required" and not photos and not isinstance(value, NotApplicable):
        yield report_problem(f"photo_missing{or_na}", place)
