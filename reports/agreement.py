"""CP-08: how far auditors agree who saw the same contact, per question and for scores.

A double visit gives one unit: the values that its auditors wrote down. A unit with a single value shows
nothing about agreement and is left out. Both figures are 1 for full agreement and about 0 when auditors
agree no more than chance would make them; both can be negative.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import chain

Nominal = Sequence[Sequence[Hashable]]
Interval = Sequence[Sequence[float]]


def find_nominal_alpha(units: Nominal) -> float | None:
    """Krippendorff's alpha of categories, such as yes and no; None where it is not defined.

    It is not defined without a unit of two values, nor where every value is the same: then nobody could have
    disagreed, and agreement says nothing.
    """
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    observed = sum(_count_differing_pairs(counts) / (counts.total() - 1) for counts in paired)
    everything = sum(paired, Counter[Hashable]())
    return _form_alpha(observed, _count_differing_pairs(everything), everything.total())


def find_interval_alpha(units: Interval) -> float | None:
    """Krippendorff's alpha of numbers, such as points or minutes; None where it is not defined."""
    paired = [unit for unit in units if len(unit) > 1]
    values = list(chain.from_iterable(paired))
    observed = sum(_sum_squared_differences(unit) / (len(unit) - 1) for unit in paired)
    return _form_alpha(observed, _sum_squared_differences(values), len(values))


def find_intraclass_correlation(units: Interval) -> float | None:
    """ICC(1,1): the share of the variance of single scores that lies between contacts, not between auditors.

    One-way, because double visits are made by changing pairs of auditors; units may differ in size. None with
    fewer than two units of two values, or where every value is the same.
    """
    paired = [unit for unit in units if len(unit) > 1]
    count, total = len(paired), sum(len(unit) for unit in paired)
    if count < 2:
        return None
    inside = sum(_sum_squared_differences(unit) / (2 * len(unit)) for unit in paired)
    everything = _sum_squared_differences(list(chain.from_iterable(paired))) / (2 * total)
    between = (everything - inside) / (count - 1)
    within = inside / (total - count)
    size = (total - sum(len(unit) ** 2 for unit in paired) / total) / (count - 1)
    denominator = between + (size - 1) * within
    return (between - within) / denominator if everything > 0 else None


def _form_alpha(observed: float, expected: float, values: int) -> float | None:
    """One minus observed over expected disagreement; both arguments are still sums over pairs."""
    if expected <= 0:
        return None
    return 1 - (values - 1) * observed / expected


def _count_differing_pairs(counts: Counter[Hashable]) -> float:
    return counts.total() ** 2 - sum(count**2 for count in counts.values())


def _sum_squared_differences(values: Sequence[float]) -> float:
    """Sum over all ordered pairs, by way of the mean, which stays exact for values far from zero."""
    if not values or min(values) == max(values):
        return 0.0
    mean = sum(values) / len(values)
    return 2 * len(values) * sum((value - mean) ** 2 for value in values)
