"""The words of the three impressions (LN-03), in Russian and English."""

from fractions import Fraction
from typing import Final, Literal

from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.consistency import Interval
from reports.lenses.impressions import DISAPPOINTED_AT, Impressions
from reports.lenses.phrasing import count_out_of, count_things, write_percent
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Три впечатления", "Three impressions"),
    "expectation": ("Чего ждал клиент", "What was expected"),
    "process": ("Как прошло", "How it went"),
    "result": ("Что получилось", "What came of it"),
    "above": (
        "Результат выше ожидания в среднем на {gap} пункта; {visits}.",
        "The result was {gap} points above what was expected, on average; {visits}.",
    ),
    "below": (
        "Результат ниже ожидания в среднем на {gap} пункта; {visits}.",
        "The result was {gap} points below what was expected, on average; {visits}.",
    ),
    "level": (
        "Результат в среднем такой, какого и ждали; {visits}.",
        "The result was what had been expected, on average; {visits}.",
    ),
    "too_few": (
        "Сравнивать с ожиданием рано: мало визитов ({count} из {needed}).",
        "Too early to compare with what was expected: not enough visits ({count} of {needed}).",
    ),
    "not_rated": (
        "Ожидание до входа и результат после визита вместе не оценивались.",
        "No visit has both: the expectation rated before entering and the result after.",
    ),
    "nobody_disappointed": (
        "Разочарованных нет: 0 из {visits}; вероятная доля — не больше {high}.",
        "Nobody went away disappointed: 0 of {visits}; the share is likely at most {high}.",
    ),
    "all_disappointed": (
        "Разочарованием закончились все визиты: {part} из {visits}; вероятная доля — не меньше {low}.",
        "Every visit ended in disappointment: {part} of {visits}; the share is likely at least {low}.",
    ),
    "disappointed": (
        "Разочарованием закончилось {part} из {visits}; вероятная доля — от {low} до {high}.",
        "{part} of {visits} ended in disappointment; the share is likely between {low} and {high}.",
    ),
    "rated_late": (
        "Ожидание отмечено после входа или без времени, поэтому не учтено: {visits}.",
        "The expectation was rated after entering, or at no known time, and is not counted: {visits}.",
    ),
    "left_out": (
        "Не вошли визиты, где оценено не всё: {visits}.",
        "Left out, because not everything was rated there: {visits}.",
    ),
    "meaning": (
        "Ожидание оценивают до входа, процесс и результат — после. Впечатления — то, что почувствовал "
        "клиент, "
        "а не то, как задумано. Разочарование — результат ниже ожидания на {points} пунктов и больше.",
        "The expectation is rated before entering, process and result afterwards. Impressions are what "
        "the customer "
        "felt, not what was meant. Disappointed means a result {points} points or more below the "
        "expectation.",
    ),
}


def name_impression(impression: Literal["expectation", "process", "result"], language: Language) -> str:
    """Give the name of an impression."""
    return fill_in(WORDS, impression, language)


def describe_impressions(impressions: Impressions, language: Language) -> str:
    """Say in a sentence how the result stands to the expectation, or why that cannot be said."""
    gap = impressions.result_gap
    if impressions.state == "not_enough_visits":
        return fill_in(WORDS, "too_few", language, count=gap.count, needed=impressions.needed)
    if impressions.state == "not_rated" or gap.value is None:
        return fill_in(WORDS, "not_rated", language)
    shown = format_number(abs(gap.value), language, places=1, least=1)
    key = "above" if gap.value > 0 else "below"
    if abs(gap.value) < Fraction(1, 20):  # would be printed as 0.0
        key = "level"
    return fill_in(WORDS, key, language, gap=shown, visits=count_things(gap.count, "visit", language))


def describe_disappointed(impressions: Impressions, language: Language) -> str:
    """Say how many went away disappointed, with the likely share; empty while there are too few visits."""
    interval, part, whole = impressions.interval, len(impressions.disappointed), impressions.rated
    if interval is None:
        return ""
    low, high = _write_limits(interval, language)
    key = "disappointed"
    if part in (0, whole):
        key = "all_disappointed" if part else "nobody_disappointed"
    visits = count_out_of(whole, "visit", language)
    return fill_in(WORDS, key, language, part=part, visits=visits, low=low, high=high)


def describe_rated_late(impressions: Impressions, language: Language) -> str:
    """Say how many expectations came too late to count; empty where none did."""
    if not impressions.rated_late:
        return ""
    visits = count_things(len(impressions.rated_late), "visit", language)
    return fill_in(WORDS, "rated_late", language, visits=visits)


def describe_left_out(impressions: Impressions, language: Language) -> str:
    """Say how many visits are not among those compared, too late ones apart; empty where none is."""
    if not impressions.left_out:
        return ""
    visits = count_things(len(impressions.left_out), "visit", language)
    return fill_in(WORDS, "left_out", language, visits=visits)


def explain_impressions(language: Language) -> str:
    """Say what the three impressions are and who counts as disappointed."""
    points = format_number(-DISAPPOINTED_AT, language, places=0)
    return fill_in(WORDS, "meaning", language, points=points)


def _write_limits(interval: Interval, language: Language) -> tuple[str, str]:
    low, high = Fraction(interval.low), Fraction(interval.high)
    return write_percent(low, language), write_percent(high, language)
