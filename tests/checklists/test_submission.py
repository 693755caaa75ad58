"""SC-10 and the other conditions of submission: answers, comments and photos that are still missing."""

from checklists.answers import NOT_APPLICABLE, AnswerSheet, Value
from checklists.definition import Checklist
from checklists.problems import describe_problems
from checklists.validation import check_submission
from tests.checklists.tables import lay_out

CRITICAL = "critical: {effect: fail_visit}"


def lay_out_one(kind: str, rules: str) -> Checklist:
    return lay_out(f"section | question | kind | rules\ns | q | {kind} | {rules}")


def missing(kind: str, rules: str, answer: Value, *, comment: str = "", photos: int = 0) -> list[str]:
    sheet = AnswerSheet(answers={"q": answer}, comments={"q": comment}, photos={"q": photos})
    problems = check_submission(lay_out_one(kind, rules), sheet)
    assert all(problem.place.question == "q" for problem in problems)
    return [problem.code for problem in problems]


def test_it_asks_for_required_answers_and_offers_not_applicable_where_allowed() -> None:
    """SC-02: a missing required answer blocks submission; an optional one does not."""
    assert missing("yes_no", "", None) == ["answer_missing"]
    assert missing("yes_no", "not_applicable: true", None) == ["answer_missing_or_na"]
    assert missing("yes_no", "required: false", None) == []
    assert missing("text", "", None) == []


def test_it_asks_nothing_about_hidden_questions() -> None:
    """SC-02: what is not shown cannot be missing."""
    checklist = lay_out("""
        section | question | kind   | rules
        s       | a        | yes_no | comment: never
        s       | b        | yes_no | show_if: {question: a, in: ["yes"]}
    """)
    assert check_submission(checklist, AnswerSheet(answers={"a": "no"})) == []
    assert len(check_submission(checklist, AnswerSheet(answers={"a": "yes"}))) == 1


def test_it_wants_a_comment_on_zero_by_default() -> None:
    """SC-10: a <= 0 elsewhere."""
    assert missing("scale 1..5", "", 1) == ["comment_missing"]
    assert missing("scale 1..5", "", 2) == []
    assert missing("scale 1..5", "", 1, comment="Nobody came") == []
    assert missing("scale 1..5", "", 1, comment="  ") == ["comment_missing"]


def test_it_wants_a_comment_below_full_marks_on_a_critical_question() -> None:
    """SC-10: below 1 on critical questions, and for N/A on them."""
    assert missing("scale 1..5", CRITICAL, 4) == ["comment_missing"]
    assert missing("scale 1..5", CRITICAL, 5) == []
    rules = f"{CRITICAL}, not_applicable: true"
    assert missing("yes_no", rules, NOT_APPLICABLE) == ["comment_missing_na"]
    assert missing("yes_no", rules, NOT_APPLICABLE, comment="Bought nothing") == []
    assert missing("yes_no", "not_applicable: true", NOT_APPLICABLE) == []


def test_it_follows_the_threshold_of_the_question() -> None:
    """SC-10: comment_at replaces the default, on critical questions too."""
    assert missing("scale 1..5", "comment_at: 1/2", 3) == ["comment_missing"]
    assert missing("scale 1..5", "comment_at: 1/2", 4) == []
    assert missing("scale 1..5", f"{CRITICAL}, comment_at: 1/2", 4) == []


def test_it_lets_a_question_always_or_never_want_a_comment() -> None:
    """SC-10: `always` means with any answer, N/A too; `never` means never."""
    assert missing("yes_no", "comment: always", "yes") == ["comment_missing"]
    assert missing("yes_no", "comment: always, not_applicable: true", NOT_APPLICABLE) == ["comment_missing"]
    assert missing("yes_no", "comment: never", "no") == []
    assert missing("text", "comment: always", "seen") == ["comment_missing"]
    assert missing("number", "", 7) == []


def test_it_does_not_ask_why_there_was_no_wow() -> None:
    """SC-10: a bonus that was not earned is nothing to explain, unless the checklist wants it."""
    assert missing("yes_no", "bonus: 5", "no") == []
    assert missing("yes_no", "bonus: 5, comment: on_fail", "no") == ["comment_missing"]


def test_it_wants_required_photos_with_the_answer() -> None:
    """Evidence rules: required with an answer, never with N/A, optional never blocks."""
    assert missing("yes_no", "evidence: {photo: required}", "yes") == ["photo_missing"]
    assert missing("yes_no", "evidence: {photo: required}", "yes", photos=1) == []
    rules = "evidence: {photo: required}, not_applicable: true"
    assert missing("yes_no", rules, "yes") == ["photo_missing_or_na"]
    assert missing("yes_no", rules, NOT_APPLICABLE) == []
    assert missing("yes_no", "evidence: {photo: optional}", "yes") == []


def test_it_takes_a_stored_photo_for_the_answer_to_a_photo_question() -> None:
    """A photo question is answered by its file name or by a counted photo."""
    assert missing("photo", "required: true", None) == ["photo_missing"]
    assert missing("photo", "required: true", None, photos=1) == []
    assert missing("photo", "required: true", ("front.jpg",)) == []


def test_it_names_section_and_question_of_everything_missing_in_order() -> None:
    """All problems at once, each beside its question, in both languages."""
    checklist = lay_out("""
        section | question | kind   | rules
        one     | a        | yes_no | not_applicable: true
        two     | b        | yes_no |
    """)
    problems = check_submission(checklist, AnswerSheet(answers={"b": "no"}))
    assert describe_problems(problems, "en") == [
        "section one, question a: Answer the question or mark it not applicable.",
        "section two, question b: Add a comment: what exactly you saw or heard.",
    ]
    assert describe_problems(problems, "ru") == [
        "раздел one, вопрос a: Ответьте на вопрос или отметьте «неприменимо».",
        "раздел two, вопрос b: Добавьте комментарий: что именно вы видели или слышали.",
    ]
