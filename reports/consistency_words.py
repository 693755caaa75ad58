"""The words of consistency (LN-01) in both languages: never "100 % stable", always of how many visits."""

from typing import Final

from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.consistency import VISITS_NEEDED, WOW_RUN_NEEDED, Consistency, Interval, WowStanding
from reports.numbers import format_number
from reports.plurals import count_of

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Стабильность", "Consistency"),
    "all": (
        "Все визиты не ниже достойного уровня: {count} из {count}.",
        "All {count} visits were satisfactory.",
    ),
    "none": (
        "Ни один визит не достиг достойного уровня: 0 из {count}.",
        "None of the {count} visits was satisfactory.",
    ),
    "some": (
        "Не ниже достойного уровня: {part} из {visits}.",
        "{part} of the {visits} were satisfactory.",
    ),
    "some_one": (
        "Не ниже достойного уровня: 1 из {visits}.",
        "1 of the {visits} was satisfactory.",
    ),
    "not_enough_visits": (
        "О стабильности говорить рано: мало визитов ({count} из {needed}).",
        "Too early to speak of consistency: not enough visits ({count} of {needed}).",
    ),
    "likely": (
        "Если ничего не изменится, достойными, вероятно, будут от {low} до {high} % визитов.",
        "If nothing changes, likely between {low}% and {high}% of visits will be satisfactory.",
    ),
    "likely_least": (
        "Если ничего не изменится, достойными, вероятно, будут не меньше {low} % визитов.",
        "If nothing changes, likely at least {low}% of visits will be satisfactory.",
    ),
    "likely_most": (
        "Если ничего не изменится, достойными, вероятно, будут не больше {high} % визитов.",
        "If nothing changes, likely at most {high}% of visits will be satisfactory.",
    ),
    "meaning": (
        "Достойный визит: базовый балл не ниже уровня, заданного в анкете (обычно 70), и ни один "
        "критический вопрос не сработал. Интервал — 90 %, по Уилсону.",
        "A visit is satisfactory when its base score reaches the level set in the checklist (usually 70) and "
        "no critical question decided. The interval is Wilson's, at 90%.",
    ),
    "wow_counted": (
        "Сверх ожиданий: в {part} из последних {count} визитов, и все они достойные.",
        "WOW: in {part} of the last {count} visits, all of them satisfactory.",
    ),
    "wow_none": (
        "Сверх ожиданий: пока ни в одном из последних {count} визитов; все они достойные.",
        "WOW: in none of the last {count} visits yet, all of them satisfactory.",
    ),
    "wow_not_counted": (
        "«Сверх ожиданий» не учтено: ниже достойного уровня {part} из последних {count} визитов.",
        "WOW not counted: {part} of the last {count} visits were below satisfactory.",
    ),
    "wow_not_counted_one": (
        "«Сверх ожиданий» не учтено: ниже достойного уровня 1 из последних {count} визитов.",
        "WOW not counted: 1 of the last {count} visits was below satisfactory.",
    ),
    "wow_not_enough_visits": (
        "«Сверх ожиданий» пока не учтено: нужно {needed} достойных визита подряд, а всего {count}.",
        "WOW not counted yet: it takes {needed} satisfactory visits in a row, and there are {count} so far.",
    ),
}


def describe_consistency(consistency: Consistency, language: Language) -> str:
    """Say in one sentence how many visits were satisfactory, or that it is too early to say."""
    part, count = len(consistency.satisfactory), consistency.count
    if consistency.state == "not_enough_visits":
        return _say("not_enough_visits", language, count=count, needed=VISITS_NEEDED)
    if part in (0, count):
        return _say("all" if part else "none", language, count=count)
    visits = count_of(count, "of_visits", language)
    return _say("some_one" if part == 1 else "some", language, part=part, visits=visits)


def describe_interval(interval: Interval | None, language: Language) -> str:
    """Say between which shares the truth likely lies; empty where there is no interval."""
    if interval is None:
        return ""
    low, high = (
        format_number(round(100 * each), language, places=0) for each in (interval.low, interval.high)
    )
    if interval.high == 1:
        return _say("likely_least", language, low=low)
    return _say("likely_most" if interval.low == 0 else "likely", language, low=low, high=high)


def describe_wow(wow: WowStanding, language: Language) -> str:
    """Say in how many visits WOW was seen, or why it is not counted; empty where none was offered."""
    if wow.state == "not_offered" or (wow.state == "not_enough_visits" and not wow.visits):
        return ""
    count = len(wow.visits)
    if wow.state == "not_enough_visits":
        return _say("wow_not_enough_visits", language, needed=WOW_RUN_NEEDED, count=count)
    part = len(wow.shown if wow.state == "counted" else wow.below)
    if wow.state == "counted" and not part:
        return _say("wow_none", language, count=count)
    one = "_one" if wow.state == "not_counted" and part == 1 else ""
    return _say(f"wow_{wow.state}{one}", language, part=part, count=count)


def explain_consistency(language: Language) -> str:
    """Say what a satisfactory visit is and what the interval is."""
    return _say("meaning", language)


def _say(key: str, language: Language, **details: object) -> str:
    return fill_in(WORDS, key, language, **details)
