"""Numbers, points, shares and lengths of time as people say them: половина, до 5 мин, 2 балла."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checklists.changes.phrases import Phrase, compose, join_phrases, say_alike
from checklists.printout import show_points

SPACE = "\N{NO-BREAK SPACE}"

SHARES: Mapping[Fraction, Phrase] = {
    Fraction(0): Phrase("ноль баллов", "no points"),
    Fraction(1, 4): Phrase("четверть балла", "a quarter"),
    Fraction(1, 3): Phrase("треть балла", "a third"),
    Fraction(1, 2): Phrase("половина", "half"),
    Fraction(2, 3): Phrase("две трети балла", "two thirds"),
    Fraction(3, 4): Phrase("три четверти балла", "three quarters"),
    Fraction(1): Phrase("полный балл", "full points"),
}
OTHER_SHARE = Phrase("{percent} балла", "{percent} of the points")
HOURS, MINUTES, SECONDS = Phrase("ч", "h"), Phrase("мин", "min"), Phrase("с", "s")

Length = tuple[tuple[Fraction, Phrase], ...]


def write_number(value: Fraction) -> Phrase:
    """Write an exact number: 2,5 and 2.5; what four decimals do not hold stays a fraction such as 1/3."""
    text = show_points(value).replace("-", "−")
    return Phrase(text.replace(".", ","), text)


def write_percent(value: Fraction) -> Phrase:
    """Write a figure with its percent sign: 70 % in Russian, 70% in English."""
    number = write_number(value)
    return Phrase(f"{number.ru}{SPACE}%", f"{number.en}%")


def write_points(value: Fraction) -> Phrase:
    """Write points with their word in the right form: 1 балл, 2 балла, 5 баллов, 2,5 балла."""
    number = write_number(value)
    return Phrase(
        f"{number.ru}{SPACE}{_decline_points(value)}",
        f"{number.en}{SPACE}{'point' if value == 1 else 'points'}",
    )


def write_share(value: Fraction) -> Phrase:
    """Write a part of the points of a question: "half", or a percentage where there is no plain word."""
    return SHARES.get(value) or compose(OTHER_SHARE, percent=write_percent(100 * value))


def write_duration(seconds: Fraction) -> Phrase:
    """Write a length of time given in seconds: 1 ч 5 мин, 5 мин, 45 с."""
    parts = split_duration(seconds)
    return join_phrases((_write_part(amount, unit) for amount, unit in parts), " ")


def split_duration(seconds: Fraction) -> Length:
    """Return the hours, minutes and seconds that are not zero, with their units; zero is 0 seconds."""
    sign = -1 if seconds < 0 else 1
    minutes, left = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((Fraction(hours), HOURS), (Fraction(minutes), MINUTES), (left, SECONDS))
    kept = tuple((sign * amount, unit) for amount, unit in parts if amount)
    return kept or ((Fraction(0), SECONDS),)


def write_measure(kind: str, measure: Fraction | str) -> Phrase:
    """Write a limit or a bound of a question of this kind: a time of day, a length of time or a number."""
    if isinstance(measure, str):
        return say_alike(measure)
    return write_duration(measure) if kind == "duration" else write_number(measure)


def write_former_measure(kind: str, former: Fraction | str, *, beside: Fraction | str) -> Phrase:
    """Write the earlier limit beside the present one, without its unit where both have the same."""
    if kind != "duration" or isinstance(former, str) or isinstance(beside, str):
        return write_measure(kind, former)
    parts, others = split_duration(former), split_duration(beside)
    if len(parts) == len(others) == 1 and parts[0][1] == others[0][1]:
        return write_number(parts[0][0])
    return write_duration(former)


def _write_part(amount: Fraction, unit: Phrase) -> Phrase:
    number = write_number(amount)
    return Phrase(f"{number.ru}{SPACE}{unit.ru}", f"{number.en}{SPACE}{unit.en}")


def _decline_points(value: Fraction) -> str:
    if value.denominator > 1:
        return "балла"
    last_two, last = value.numerator % 100, value.numerator % 10
    if 11 <= last_two <= 14 or last in (0, 5, 6, 7, 8, 9):
        return "баллов"
    return "балл" if last == 1 else "балла"
