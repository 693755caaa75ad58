"""Answers and conditions in words: what was saved elsewhere, and when a question is asked at all."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from checklists.answers import NOT_APPLICABLE
from checklists.definition import Condition, Question
from checklists.localtext import Language
from mystery.web.formats import format_number

SECONDS_A_MINUTE = 60
LONGEST_UNREAD = 200


def say_answer(question: Question, raw: Any, language: Language) -> str:
    """A raw answer as people read it; what does not parse is shown as it is."""
    if raw is None:
        return str(_("no answer"))
    if raw == NOT_APPLICABLE.value:
        return str(_("not applicable"))
    if isinstance(raw, list):
        return ", ".join(_name_answer(question, str(each), language) for each in raw) or str(
            _("none of these")
        )
    if question.kind == "duration" and isinstance(raw, int):
        minutes, seconds = divmod(raw, SECONDS_A_MINUTE)
        return f"{minutes}:{seconds:02}"
    return _name_answer(question, str(raw), language)


def say_condition(condition: Condition, parent: Question, *, number: str, language: Language) -> str:
    """When a question is asked: "Only if the answer to question 1.5 is: Yes"."""
    if condition.one_of is not None:
        answers = ", ".join(_name_answer(parent, each, language) for each in condition.one_of)
        words = _(
            "Only if the answer to question %(number)s is: %(answers)s.", number=number, answers=answers
        )
    elif condition.at_least is not None or condition.at_most is not None:
        words = _say_bounds(condition, parent, number)
    else:
        words = _("Only if question %(number)s is answered.", number=number)
    return str(words)


def list_condition_data(condition: Condition | None) -> dict[str, str]:
    """The same for the script: ``data-…`` attributes that decide without asking the server."""
    if condition is None:
        return {}
    data = {"data-if": condition.question}
    if condition.one_of is not None:
        data["data-in"] = " ".join(condition.one_of)
    if condition.at_least is not None:
        data["data-min"] = str(float(condition.at_least))
    if condition.at_most is not None:
        data["data-max"] = str(float(condition.at_most))
    return data


def _say_bounds(condition: Condition, parent: Question, number: str) -> str:
    low, high = _say_bound(parent, condition.at_least), _say_bound(parent, condition.at_most)
    if not high:
        words = _("Only if the answer to question %(number)s is at least %(low)s.", number=number, low=low)
    elif not low:
        words = _("Only if the answer to question %(number)s is at most %(high)s.", number=number, high=high)
    else:
        bounds = f"{low}–{high}"
        words = _(
            "Only if the answer to question %(number)s is within %(bounds)s.", number=number, bounds=bounds
        )
    return str(words)


def _say_bound(parent: Question, bound: Fraction | None) -> str:
    if bound is None:
        return ""
    if parent.kind == "duration":
        minutes, seconds = divmod(int(bound), SECONDS_A_MINUTE)
        return f"{minutes}:{seconds:02}"
    return format_number(float(bound))


def _name_answer(question: Question, value: str, language: Language) -> str:
    if question.kind == "yes_no" and value in ("yes", "no"):
        return str(_("Yes") if value == "yes" else _("No"))
    names = {option.id: option.text.in_language(language) for option in question.options}
    # A text is an answer whole; of anything else that no option is called, the beginning tells enough.
    is_whole = question.kind == "text" or len(value) <= LONGEST_UNREAD
    return names.get(value, value if is_whole else f"{value[:LONGEST_UNREAD]}…")
