"""A verdict in words: what was checked, what it says, and what differs."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from checklists.localtext import Language, LocalText
from reports.numbers import format_number
from reports.record import STAMP_LETTERS
from reports.verification import Difference, Status, Verdict

WORDS: Final = {
    "valid": LocalText(
        ru="Отчёт не изменён: оценка следует из ответов, вложенных в файл.",
        en="Valid: the score follows from the answers embedded in the file.",
    ),
    "altered": LocalText(
        ru="Отчёт изменён: файл не сходится сам с собой.",
        en="Altered: the file does not agree with itself.",
    ),
    "unknown": LocalText(
        ru="Неизвестный файл: в нём нет данных проверки, которые пишет Mystery.",
        en="Unknown: the file carries no visit data as Mystery writes it.",
    ),
    "score": LocalText(ru="Итог: {final}, основная оценка: {base}", en="Final score: {final}, base: {base}"),
    "not_scored": LocalText(ru="не оценено", en="not scored"),
    "stamp": LocalText(ru="Отметка на каждой странице: {stamp}", en="Stamp on each page: {stamp}"),
    "difference": LocalText(
        ru="{place}: в файле {found}, должно быть {expected}",
        en="{place}: the file says {found}, it should be {expected}",
    ),
}
PLACES: Final = 2


def describe_verdict(verdict: Verdict, language: Language) -> list[str]:
    """The lines that `mystery verify` prints."""
    return list(_list_lines(verdict, language))


def _list_lines(verdict: Verdict, language: Language) -> Iterator[str]:
    yield WORDS[verdict.status.value].in_language(language)
    if verdict.record is not None and verdict.status is Status.VALID:
        score = verdict.record["score"]
        yield _say(
            "score", language, final=_show(score["final"], language), base=_show(score["base"], language)
        )
        yield _say("stamp", language, stamp=verdict.record["digest"][:STAMP_LETTERS])
    for difference in verdict.differences:
        yield _say_difference(difference, language)


def _say_difference(difference: Difference, language: Language) -> str:
    return _say(
        "difference",
        language,
        place=difference.place,
        found=difference.found,
        expected=difference.expected,
    )


def _show(fraction: str | None, language: Language) -> str:
    if fraction is None:
        return WORDS["not_scored"].in_language(language)
    return f"{format_number(Fraction(fraction), language, places=PLACES)} ({fraction})"


def _say(key: str, language: Language, **details: Any) -> str:
    return WORDS[key].in_language(language).format(**details)
