"""The rules around a question in words: when it is asked, what a knock-out does, when a comment is needed."""

from __future__ import annotations

from fractions import Fraction

from checklists.changes.figures import write_measure, write_number, write_percent
from checklists.changes.names import (
    ALL_OR_NOTHING,
    ANSWERS,
    COMMENTS,
    CONDITIONS,
    CRITICAL_AT_NOTHING,
    CRITICAL_AT_SHARE,
    EFFECTS,
    ENDING,
    KINDS,
    OR,
    SCALE_ENDS,
    SOLUTIONS,
)
from checklists.changes.phrases import Phrase, compose, join_phrases, quote, say_alike
from checklists.changes.wordings import show_text
from checklists.definition import Checklist, Condition, Critical, Question, Scale
from checklists.question_kinds import list_answers
from checklists.standards import load_standards


def describe_kind(question: Question) -> Phrase:
    """Say what kind of answer is asked for, a scale with its ends."""
    kind = KINDS[question.kind]
    if question.scale is not None:
        return _name_ends(kind, question.scale)
    return compose(ALL_OR_NOTHING, kind=kind) if question.mode == "all" else kind


def describe_scale(scale: Scale) -> Phrase:
    """Say from where to where a scale goes."""
    return _name_ends(SCALE_ENDS, scale)


def describe_condition(condition: Condition | None, checklist: Checklist) -> Phrase | None:
    """Say when a question is asked, with the text of the question on which that depends."""
    if condition is None:
        return None
    parent = checklist.question(condition.question)
    question = show_text(parent.text)
    if condition.one_of is not None:
        answers = _join_with_or([_name_answer(parent, answer) for answer in condition.one_of])
        return compose(CONDITIONS["one_of"], question=question, answers=answers)
    low, high = (_write_bound(parent, bound) for bound in (condition.at_least, condition.at_most))
    form = "between" if low and high else "at_least" if low else "at_most" if high else "answered"
    return compose(CONDITIONS[form], question=question, low=low, high=high)


def describe_critical(critical: Critical | None) -> Phrase | None:
    """Say what happens when the question knocks out, and at which answers."""
    if critical is None:
        return None
    cap = None if critical.cap is None else write_percent(critical.cap)
    effect = compose(EFFECTS[critical.effect], cap=cap)
    if critical.fail_at == 0:
        return compose(CRITICAL_AT_NOTHING, effect=effect)
    return compose(CRITICAL_AT_SHARE, percent=write_percent(100 * critical.fail_at), effect=effect)


def describe_comment(question: Question) -> Phrase:
    """Say when a comment is required (SC-10)."""
    if question.comment != "on_fail":
        return COMMENTS[question.comment]
    if question.comment_at is None and question.critical is not None:
        return COMMENTS["below_best"]
    if not question.comment_at:
        return COMMENTS["no_points"]
    return compose(COMMENTS["at_most"], percent=write_percent(100 * question.comment_at))


def describe_endings(question: Question) -> Phrase | None:
    """Say which answers tell that the customer's matter was solved, and when."""
    if question.solved is None:
        return None
    # In the order of the answers, since a mapping has none that counts.
    endings = [
        compose(ENDING, answer=_name_answer(question, answer), solution=SOLUTIONS[question.solved[answer]])
        for answer in list_answers(question)
        if answer in question.solved
    ]
    return join_phrases(endings, "; ")


def describe_standard(reference: str | None) -> Phrase | None:
    """Name a standard by its code, with its title where the library has it."""
    if reference is None:
        return None
    code = say_alike(reference.partition("@")[0])
    known = load_standards().get(reference)
    return (
        code
        if known is None
        else compose(Phrase("{code} {title}", "{code} {title}"), code=code, title=quote(known.title))
    )


def _name_ends(template: Phrase, scale: Scale) -> Phrase:
    low, high = (write_number(Fraction(end)) for end in (scale.low, scale.high))
    return compose(template, low=low, high=high)


def _name_answer(parent: Question, answer: str) -> Phrase:
    if parent.kind == "yes_no":
        return quote(ANSWERS[answer])
    return next(show_text(option.text) for option in parent.options if option.id == answer)


def _write_bound(parent: Question, bound: Fraction | None) -> Phrase | None:
    return None if bound is None else write_measure(parent.kind, bound)


def _join_with_or(phrases: list[Phrase]) -> Phrase:
    joined = phrases[0]
    for phrase in phrases[1:]:
        joined = compose(OR, one=joined, other=phrase)
    return joined
