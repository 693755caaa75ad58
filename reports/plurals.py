"""Counted things in both languages: 1 визит, 2 визита, 5 визитов; 1 visit, 2 visits."""

from typing import Final, Literal

from babel import Locale

from checklists.localtext import Language

Noun = Literal["visits", "of_visits", "employees", "of_employees", "times", "points", "auditors"]

FORMS: Final[dict[Noun, dict[Language, dict[str, str]]]] = {
    "visits": {
        "ru": {"one": "визит", "few": "визита", "many": "визитов"},
        "en": {"one": "visit", "other": "visits"},
    },
    # "5 из 21 визита": after a preposition Russian bends the noun further.
    "of_visits": {
        "ru": {"one": "визита", "few": "визитов", "many": "визитов"},
        "en": {"one": "visit", "other": "visits"},
    },
    "of_employees": {
        "ru": {"one": "сотрудника", "few": "сотрудников", "many": "сотрудников"},
        "en": {"one": "employee", "other": "employees"},
    },
    "employees": {
        "ru": {"one": "сотрудник", "few": "сотрудника", "many": "сотрудников"},
        "en": {"one": "employee", "other": "employees"},
    },
    "times": {
        "ru": {"one": "раз", "few": "раза", "many": "раз"},
        "en": {"one": "time", "other": "times"},
    },
    "auditors": {
        "ru": {"one": "аудитор", "few": "аудитора", "many": "аудиторов"},
        "en": {"one": "auditor", "other": "auditors"},
    },
    "points": {
        "ru": {"one": "пункт", "few": "пункта", "many": "пунктов"},
        "en": {"one": "point", "other": "points"},
    },
}
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def count_of(number: int, noun: Noun, language: Language) -> str:
    """Write a whole number with its noun in the right form, on one line."""
    form = Locale(language).plural_form(number)
    return f"{number}{NO_BREAK}{FORMS[noun][language][form]}"
