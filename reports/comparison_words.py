"""The words of a comparison of staff, in Russian and English: states of a figure, cautions and the method."""

from typing import Final

from checklists.localtext import Language
from reports.comparison import Caution, Figure
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "employee": ("Сотрудник", "Employee"),
    "unit": ("Подразделение", "Unit"),
    "visits": ("Визитов", "Visits"),
    "counted": ("Учтено в среднем", "Counted in the mean"),
    "mean": ("Средний базовый балл", "Mean base score"),
    "state": ("Пояснение", "Remark"),
    "knocked_out": (
        "Визитов, где сработал критический вопрос",
        "Visits where a critical question decided",
    ),
    "too_little": ("Оценено слишком мало", "Too little assessed"),
    "not_scored": ("Без оценки", "Not scored"),
    "section_visits": ("{section}: визитов", "{section}: visits"),
    "visit_ids": ("Номера визитов", "Visit ids"),
    "team": ("Вся группа", "The whole group"),
    "shown": ("", ""),
    "not_assessed": ("не оценивался", "not assessed"),
    "not_enough_visits": (
        "мало визитов ({available} из {needed})",
        "not enough visits ({available} of {needed})",
    ),
    "not_enough_people": (
        "мало сотрудников ({available} из {needed})",
        "not enough people ({available} of {needed})",
    ),
    "mixed_checklists": (
        "Здесь смешаны визиты по разным анкетам: выберите одну, чтобы сравнение было честным.",
        "These visits used different checklists: choose one to compare fairly.",
    ),
    "mixed_versions": (
        "Здесь смешаны версии одной анкеты: часть разницы может идти от изменённых вопросов.",
        "These visits used several versions of a checklist: changed questions may explain a difference.",
    ),
    "too_easy": (
        "Больше 10 % визитов набрали 100: анкета слишком лёгкая, чтобы различать людей.",
        "More than 10% of visits scored 100: the checklist is too easy to tell people apart.",
    ),
    "not_discipline": (
        "Эта таблица сама по себе не основание для взысканий: решает человек, прочитав сами визиты.",
        "This table is not a ground for discipline by itself: a person decides, having read the visits.",
    ),
    "method_mean": (
        "Среднее считается по базовому баллу: без бонусов и без ограничений из-за критических вопросов.",
        "Means are of the base score: without bonuses and without caps from critical questions.",
    ),
    "method_coverage": (
        "Визиты, где оценено меньше 60 % анкеты, в среднее не входят и указаны отдельно.",
        "Visits with less than 60% of the checklist assessed are left out of the mean and counted apart.",
    ),
    "method_gate": (
        "Среднее сотрудника показано от трёх визитов, среднее группы — от пяти человек.",
        "An employee's mean is shown from three visits, a group's from five people.",
    ),
    "method_order": (
        "Сотрудники перечислены по алфавиту; мест и рейтингов нет.",
        "Employees are listed alphabetically; there are no ranks.",
    ),
    "sheet_comparison": ("Сравнение", "Comparison"),
    "sheet_visits": ("Визиты", "Visits"),
    "sheet_method": ("О методе", "Method"),
    "visit": ("Визит", "Visit"),
    "date": ("Дата", "Date"),
    "checklist": ("Анкета", "Checklist"),
    "version": ("Версия", "Version"),
    "base": ("Базовый балл", "Base score"),
    "coverage": ("Оценено, %", "Assessed, %"),
    "in_mean": ("Учтён в среднем", "Counted in the mean"),
    "critical": ("Сработал критический вопрос", "A critical question decided"),
    "yes": ("да", "yes"),
    "no": ("нет", "no"),
}

METHOD: Final = ("method_mean", "method_coverage", "method_gate", "method_order")


def name_column(key: str, language: Language, **details: object) -> str:
    """Give a word of a comparison in a language; KeyError for a key that the catalogue does not have."""
    russian, english = WORDS[key]
    return (russian if language == "ru" else english).format(**details)


def describe_figure(figure: Figure, language: Language) -> str:
    """Write a figure for a person: the mean to one decimal, or why there is none yet."""
    if figure.percent is None:
        return explain_figure(figure, language)
    return format_number(figure.percent, language, places=1, least=1)


def explain_figure(figure: Figure, language: Language) -> str:
    """Say why a figure is not given, such as "not enough visits (1 of 3)"; empty when it is given."""
    return name_column(figure.state, language, available=figure.available, needed=figure.needed)


def describe_caution(caution: Caution, language: Language) -> str:
    """Write what to be wary of in a comparison, as one sentence."""
    return name_column(caution, language)


def describe_method(language: Language) -> list[str]:
    """Give the method of the comparison, a sentence a line, ending with what it must not be used for."""
    return [name_column(key, language) for key in (*METHOD, "not_discipline")]
