"""An answer as a person reads it: "4 мин" for 240 seconds, the option's words for its id."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from checklists.answers import NOT_APPLICABLE, Value
from checklists.definition import Question
from checklists.localtext import Language
from reports.dates import format_date, format_duration, name_part_of_day
from reports.numbers import format_number
from reports.words import say

PLACES_OF_A_NUMBER: Final = 6


def describe_answer(question: Question, value: Value, language: Language) -> str:
    """Write an answer in words; missing and not applicable answers have words of their own."""
    if value is None:
        return say("no_answer", language)
    if value is NOT_APPLICABLE:
        return say("not_applicable", language)
    return DESCRIPTIONS.get(question.kind, _as_it_is)(question, value, language)


def describe_anchor(question: Question, value: Value, language: Language) -> str | None:
    """Give the sentence that the checklist puts to the chosen option or step, None where it has none."""
    if question.kind == "choice":
        anchors = [option.anchor for option in question.options if option.id == value and option.anchor]
        return anchors[0].in_language(language) if anchors else None
    if question.scale is not None and isinstance(value, int):
        anchor = question.scale.anchors.get(value)
        return anchor.in_language(language) if anchor else None
    return None


def _yes_or_no(question: Question, value: Value, language: Language) -> str:
    return say("yes" if value == "yes" else "no", language)


def _step(question: Question, value: Value, language: Language) -> str:
    scale = question.scale
    assert scale is not None, "a scale question has a scale"
    if scale.low in (0, 1):
        return say("of", language, part=value, whole=scale.high)
    return say("scale", language, value=value, low=scale.low, high=scale.high)


def _options(question: Question, value: Value, language: Language) -> str:
    chosen = value if isinstance(value, tuple) else (value,)
    texts = [option.text.in_language(language) for option in question.options if option.id in chosen]
    return "; ".join(texts) or say("none_chosen", language)


def _number(question: Question, value: Value, language: Language) -> str:
    assert isinstance(value, int | Decimal), "a number's answer is a number"
    return format_number(Fraction(value), language, places=PLACES_OF_A_NUMBER)


def _duration(question: Question, value: Value, language: Language) -> str:
    assert isinstance(value, int), "a duration is whole seconds"
    return format_duration(value, language)


def _date(question: Question, value: Value, language: Language) -> str:
    return format_date(date.fromisoformat(str(value)), language)


def _part_of_day(question: Question, value: Value, language: Language) -> str:
    # "When did you call?" to the minute would name the auditor to anybody with a list of calls.
    hour = int(str(value).partition(":")[0])
    return say(f"part_{name_part_of_day(hour)}", language)


def _files(question: Question, value: Value, language: Language) -> str:
    # Names of files are never printed: they come from a phone and may say whose it is.
    count = len(value) if isinstance(value, tuple) else 1
    return say("files", language, count=count)


def _as_it_is(question: Question, value: Value, language: Language) -> str:
    return str(value)


DESCRIPTIONS: Final[Mapping[str, Callable[[Question, Value, Language], str]]] = {
    "yes_no": _yes_or_no,
    "scale": _step,
    "choice": _options,
    "multi": _options,
    "number": _number,
    "duration": _duration,
    "time": _part_of_day,
    "date": _date,
    "text": _as_it_is,
    "photo": _files,
    "audio": _files,
}
