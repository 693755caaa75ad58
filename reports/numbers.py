"""Numbers as people write them: 71,8 in Russian and 71.8 in English, rounded half-up and once."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from babel.numbers import format_decimal

from checklists.exact import round_half_up
from checklists.localtext import Language
from checklists.scorecard import display_percent

MOST_PLACES: Final = 10
HUNDRED: Final = 100
WORDS_KEPT: Final = 5_000  # a page of people repeats its few hundred figures, and so do its readers

Number = Fraction | Decimal | int


def round_to_add_up(parts: Sequence[Number], *, places: int = 2) -> list[Decimal]:
    """Round parts so that they still add up to their rounded sum (largest remainders get the last unit).

    A reader adds printed figures; rounding each alone could leave the sum a hundredth off the printed total.
    """
    exact = [Fraction(part) * 10**places for part in parts]
    floors = [part.numerator // part.denominator for part in exact]
    total = int(round_half_up(sum(exact, Fraction(0)), 0))
    by_remainder = sorted(range(len(exact)), key=lambda index: floors[index] - exact[index])
    for index in by_remainder[: total - sum(floors)]:
        floors[index] += 1
    return [Decimal(floor).scaleb(-places) for floor in floors]


def round_percent(percent: Fraction, thresholds: Iterable[Fraction] = ()) -> Decimal:
    """Return whole percent; 100 and 0 stand only where they are exact, and no threshold is crossed (SC-09).

    79.6 against the threshold 80 is 79.6, where 79.4 is 79.
    """
    marks = tuple(thresholds)
    rounded = round_half_up(percent, 0)
    if 0 < percent < HUNDRED:
        rounded = min(max(rounded, Decimal(1)), Decimal(HUNDRED - 1))
    crosses = any((rounded >= mark) != (percent >= mark) for mark in marks)
    return display_percent(percent, marks) if crosses else rounded


def format_number(value: Number, language: Language, *, places: int = 2, least: int = 0) -> str:
    """Write a number in a language with `least` to `places` decimals, rounded half-up."""
    return _spell(round_half_up(Fraction(value), places), language, places, least)


@lru_cache(maxsize=WORDS_KEPT)
def _spell(rounded: Decimal, language: Language, places: int, least: int) -> str:
    pattern = f"#,##0.{'0' * least}{'#' * (places - least)}" if places else "#,##0"
    return format_decimal(rounded, format=pattern, locale=language).replace("-", "−")


def format_score(shown: Decimal, language: Language) -> str:
    """Write a score that was already brought to the decimals that SC-09 allows: one, or more where needed."""
    return format_number(shown, language, places=MOST_PLACES, least=1)


def format_signed(value: Number, language: Language, *, places: int = 2) -> str:
    """Write a number with its sign, as a line of a sum: +5,00 or −16,50; zero has none."""
    text = format_number(value, language, places=places, least=places)
    return f"+{text}" if value > 0 else text
