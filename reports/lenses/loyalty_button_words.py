"""The words of the loyalty button (LN-07), in Russian and English: never a figure without its warning."""

from fractions import Fraction
from typing import Final

from checklists.exact import round_half_up
from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.lenses.loyalty_button import ButtonReading, StripPoint
from reports.lenses.phrasing import count_out_of, count_things, mark_percent, write_percent
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Кнопка лояльности", "Loyalty button"),
    "shown": (
        "Недовольны {part} из {presses}. Нажали {rate} покупателей ({count} из {customers}).",
        "{part} of {presses} were dissatisfied. {rate} of customers pressed ({count} of {customers}).",
    ),
    "customers_unknown": (
        "Недовольны {part} из {presses}. Сколько было покупателей, неизвестно, поэтому доли не показаны.",
        "{part} of {presses} were dissatisfied. How many customers there were is not known, so no share "
        "is shown.",
    ),
    "nobody_pressed": ("Кнопку никто не нажимал.", "Nobody pressed the button."),
    "strip": (
        "Среди всех покупателей недовольных может быть от {low} до {high}: смотря по тому, насколько "
        "охотнее они "
        "нажимают.",
        "Among all customers the dissatisfied may be anything from {low} to {high}, depending on how "
        "much more "
        "readily they press.",
    ),
    "times_one": (
        "{share}, если все нажимают одинаково охотно",
        "{share} if everybody presses alike",
    ),
    "times": (
        "{share}, если недовольные нажимают в {times} раз охотнее",
        "{share} if the dissatisfied press {times} times as readily",
    ),
    "times_few": (
        "{share}, если недовольные нажимают в {times} раза охотнее",
        "{share} if the dissatisfied press {times} times as readily",
    ),
    "warning": (
        "Кнопку чаще нажимают недовольные. Это не оценка всех покупателей, и с баллами визитов её не "
        "складывают.",
        "It is mostly the dissatisfied who press. This is no measure of all customers and is never "
        "merged with the "
        "scores of visits.",
    ),
}


def describe_button(reading: ButtonReading, language: Language) -> str:
    """Say how many presses were of the dissatisfied and how many customers pressed at all."""
    if reading.state == "nobody_pressed":
        return fill_in(WORDS, "nobody_pressed", language)
    return fill_in(
        WORDS,
        reading.state,
        language,
        part=format_number(reading.dissatisfied, language, places=0),
        presses=count_out_of(reading.presses, "press", language),
        rate="" if reading.response_rate is None else write_response_rate(reading.response_rate, language),
        count=count_things(reading.presses, "press", language),
        customers=format_number(reading.customers or 0, language, places=0),
    )


def write_response_rate(rate: Fraction, language: Language) -> str:
    """Write a response rate with one decimal wherever it stands: few press, and months differ by tenths."""
    return mark_percent(round_half_up(100 * rate, 1), language, least=1)


def describe_strip(reading: ButtonReading, language: Language) -> str:
    """Say between which shares the truth lies over the whole strip; empty without a strip."""
    if not reading.strip:
        return ""
    shares = [point.share for point in reading.strip]
    low, high = write_percent(min(shares), language), write_percent(max(shares), language)
    return fill_in(WORDS, "strip", language, low=low, high=high)


def describe_point(point: StripPoint, language: Language) -> str:
    """Say what one point of the strip supposes."""
    key = "times_one" if point.eagerness == 1 else "times"
    if 2 <= point.eagerness % 10 <= 4 and point.eagerness // 10 % 10 != 1:
        key = "times_few"
    share = write_percent(point.share, language)
    return fill_in(WORDS, key, language, share=share, times=point.eagerness)


def warn_of_bias(language: Language) -> str:
    """Give the warning that stands beside every figure of the button."""
    return fill_in(WORDS, "warning", language)
