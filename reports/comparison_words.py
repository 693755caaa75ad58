"""The words of plain means in a comparison of staff, in Russian and English: columns and states."""

from typing import Final

from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.comparison import Figure
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "employee": ("Сотрудник", "Employee"),
    "visits": ("Визитов", "Visits"),
    "counted": ("Учтено в среднем", "Counted in the mean"),
    "knocked_out": ("Визитов, где сработал критический вопрос", "Visits where a critical question decided"),
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
}


def name_column(key: str, language: Language, **details: object) -> str:
    """Give a word of a comparison in a language; KeyError for a key that the catalogue does not have."""
    return fill_in(WORDS, key, language, **details)


def describe_figure(figure: Figure, language: Language) -> str:
    """Write a figure for a person: the mean to one decimal, or why there is none yet."""
    if figure.percent is None:
        return explain_figure(figure, language)
    return format_number(figure.percent, language, places=1, least=1)


def explain_figure(figure: Figure, language: Language) -> str:
    """Say why a figure is not given, such as "not enough visits (1 of 3)"; empty when it is given."""
    return name_column(figure.state, language, available=figure.available, needed=figure.needed)
