"""SC-01: the value of an answer, the share it earns of the best answer; one function a kind of scoring."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklists.answers import Value
    from checklists.definition import Question


def value_yes_no(question: Question, value: Value) -> Fraction:
    """1 for yes, 0 for no."""
    return Fraction(value == "yes")


def value_scale(question: Question, value: Value) -> Fraction:
    """(x - low) / (high - low)."""
    assert question.scale is not None, "a scale question has a scale"
    assert isinstance(value, int), "a scale answer is a whole number"
    return Fraction(value - question.scale.low, question.scale.high - question.scale.low)


def value_choice(question: Question, value: Value) -> Fraction:
    """The points of the chosen option over the best points."""
    best = max(option.points for option in question.options)
    chosen = sum((option.points for option in question.options if option.id == value), Fraction(0))
    return chosen / best


def value_multi(question: Question, value: Value) -> Fraction:
    """The chosen points over all points; in mode `all` 1 only when every option worth points is chosen."""
    assert isinstance(value, tuple), "a multiple choice is a tuple of option ids"
    worth = {option.id: option.points for option in question.options if option.points > 0}
    earned = [points for option, points in worth.items() if option in value]
    if question.mode == "all":
        return Fraction(len(earned) == len(worth))
    return sum(earned, Fraction(0)) / sum(worth.values(), Fraction(0))


def value_banded(question: Question, value: Value) -> Fraction:
    """The share of the first band whose upper limit (inclusive) holds; beyond the last band 0."""
    assert isinstance(value, int | str | Decimal), "a banded answer is a number or a time of day"
    measured = read_limit(value)
    for band in question.bands:
        if measured <= read_limit(band.upto):
            return band.share
    return Fraction(0)


def read_limit(limit: Fraction | Decimal | int | str) -> Fraction:
    """Return a limit or a measured answer as a number; a time of day counts in minutes since midnight."""
    if isinstance(limit, str):
        hours, minutes = limit.split(":")
        return Fraction(int(hours) * 60 + int(minutes))
    return Fraction(limit)
