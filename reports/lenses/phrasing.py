"""How the lenses speak: things counted with their endings, shares and points."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from babel import Locale

from checklists.localtext import Language
from reports.numbers import MOST_PLACES, format_number, format_signed, round_percent

Thing = Literal["visit", "person", "answer", "press", "matter"]

# Russian: after one, after two to four, after more, and the case after "из": "из 1 визита".
RUSSIAN: Final[dict[Thing, tuple[str, str, str, str]]] = {
    "visit": ("визит", "визита", "визитов", "визита"),
    "person": ("человек", "человека", "человек", "человека"),
    "answer": ("ответ", "ответа", "ответов", "ответа"),
    "press": ("нажатие", "нажатия", "нажатий", "нажатия"),
    "matter": ("вопрос", "вопроса", "вопросов", "вопроса"),
}
ENGLISH: Final[dict[Thing, tuple[str, str]]] = {
    "visit": ("visit", "visits"),
    "person": ("person", "people"),
    "answer": ("answer", "answers"),
    "press": ("press", "presses"),
    "matter": ("matter", "matters"),
}
PLACES: Final = {"one": 0, "few": 1}  # every other Russian form stands third


def write_percent(share: Fraction, language: Language, *, thresholds: Iterable[Fraction] = ()) -> str:
    """Write a share of 1 as whole percent: "72%", «72 %»; 100 and 0 stand only where they are exact.

    `thresholds`, in percent, are never crossed by rounding (SC-09).
    """
    return mark_percent(round_percent(100 * share, thresholds), language)


def mark_percent(figure: Decimal, language: Language, *, least: int = 0) -> str:
    """Write a figure with the sign of percent, with as many decimals as it has and needs, or with `least`."""
    space = "\N{NO-BREAK SPACE}" if language == "ru" else ""
    return f"{format_number(figure, language, places=MOST_PLACES, least=least)}{space}%"


def write_points(value: Fraction, language: Language) -> str:
    """Write a difference in points with its sign and one decimal."""
    return format_signed(value, language, places=1)


def count_things(count: int, thing: Thing, language: Language) -> str:
    """Say how many there are: "3 visits", «3 визита»."""
    if language == "en":
        word = ENGLISH[thing][0 if count == 1 else 1]
    else:
        word = RUSSIAN[thing][PLACES.get(Locale("ru").plural_form(count), 2)]
    return f"{format_number(count, language, places=0)}\N{NO-BREAK SPACE}{word}"


def count_out_of(count: int, thing: Thing, language: Language) -> str:
    """Say of how many something is a part, as it stands after "of" and «из»: «1 визита», «3 визитов»."""
    if language == "en":
        return count_things(count, thing, language)
    place = 3 if Locale("ru").plural_form(count) == "one" else 2
    return f"{format_number(count, language, places=0)}\N{NO-BREAK SPACE}{RUSSIAN[thing][place]}"
