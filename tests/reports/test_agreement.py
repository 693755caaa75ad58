"""CP-08: agreement of auditors on double visits."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.agreement import find_interval_alpha, find_intraclass_correlation, find_nominal_alpha
from reports.reliability import find_reliability, find_visits_needed

# Krippendorff's own worked example of four observers and twelve units, with gaps (a dot).
FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
# Shrout and Fleiss's six subjects and four judges, the example of every text on intraclass correlation.
FOUR_JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

units = st.lists(st.lists(st.integers(0, 4), min_size=0, max_size=4), min_size=1, max_size=12)


def read_observers(table: str) -> list[list[int]]:
    """What each unit got from those who saw it."""
    lines = [line.split() for line in table.strip().splitlines()]
    return [[int(value) for value in column if value != "."] for column in zip(*lines, strict=True)]


def test_it_reproduces_krippendorffs_example() -> None:
    """CP-08: the published figures are .743 for categories and .849 for numbers."""
    seen = read_observers(FOUR_OBSERVERS)
    assert find_nominal_alpha(seen) == pytest.approx(0.743, abs=0.0005)
    assert find_interval_alpha(seen) == pytest.approx(0.849, abs=0.0005)


def test_it_reproduces_the_intraclass_correlation_of_shrout_and_fleiss() -> None:
    """CP-08: ICC(1,1) is published as .17."""
    assert find_intraclass_correlation(FOUR_JUDGES) == pytest.approx(0.1657, abs=0.0001)


def naive_alpha(seen: list[list[int]], *, squared: bool) -> float | None:
    """Alpha pair by pair, as it is defined."""

    def differ(one: int, other: int) -> float:
        return float((one - other) ** 2) if squared else float(one != other)

    paired = [unit for unit in seen if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    if len(values) < 2:
        return None
    observed = sum(
        differ(unit[i], unit[j]) / (len(unit) - 1)
        for unit in paired
        for i in range(len(unit))
        for j in range(len(unit))
        if i != j
    ) / len(values)
    expected = sum(
        differ(values[i], values[j]) for i in range(len(values)) for j in range(len(values)) if i != j
    ) / (len(values) * (len(values) - 1))
    return None if expected == 0 else 1 - observed / expected


@given(units)
def test_it_agrees_with_the_definition_pair_by_pair(seen: list[list[int]]) -> None:
    """CP-08: gaps, single values and units of any size included."""
    assert find_nominal_alpha(seen) == pytest.approx(naive_alpha(seen, squared=False))
    assert find_interval_alpha(seen) == pytest.approx(naive_alpha(seen, squared=True))


@given(units, st.randoms(use_true_random=False), st.integers(1, 9), st.integers(-50, 50))
def test_it_depends_on_neither_order_nor_scale(
    seen: list[list[int]], shuffle: random.Random, factor: int, shift: int
) -> None:
    """CP-08: minutes or seconds, this auditor first or that one."""
    moved = [[factor * value + shift for value in unit] for unit in seen]
    shuffle.shuffle(moved)
    for unit in moved:
        shuffle.shuffle(unit)
    for find in (find_nominal_alpha, find_interval_alpha, find_intraclass_correlation):
        one, other = find(seen), find(moved)
        assert other == (None if one is None else pytest.approx(one, abs=1e-9))


@pytest.mark.parametrize("seen", [[], [[1], [2]], [[1, 1], [1, 1]], [["yes", "yes"]]])
def test_it_has_no_figure_where_nobody_could_have_disagreed(seen: list[list[int]]) -> None:
    """CP-08: all the same says nothing about agreement, so it is neither 1 nor 0."""
    assert find_nominal_alpha(seen) is None
    if all(isinstance(value, int) for unit in seen for value in unit):
        assert find_interval_alpha(seen) is None
        assert find_intraclass_correlation(seen) is None


def test_it_is_one_when_all_agree_and_some_differ() -> None:
    """CP-08: perfect pairs; and pairs that always contradict each other fall below nothing."""
    assert find_nominal_alpha([["yes", "yes"], ["no", "no"]]) == 1
    assert find_interval_alpha([[70, 70], [90, 90]]) == 1
    assert find_intraclass_correlation([[70, 70], [90, 90]]) == 1
    contrary = find_nominal_alpha([["yes", "no"], ["no", "yes"]])
    assert contrary is not None
    assert contrary < 0


def test_it_computes_reliability_from_the_programmes_own_sds() -> None:
    """CP-06: 36 of people against (16 + 64) / n of auditors and chance, among colleagues of one shop."""
    sds = {"employee": 6.0, "auditor": 4.0, "shop": 3.0, "residual": 8.0}
    assert find_reliability(sds, 1, same=("shop",)) == pytest.approx(36 / 116)
    assert find_reliability(sds, 6, same=("shop",)) == pytest.approx(36 / (36 + 80 / 6))
    assert find_reliability(sds, 6, signal=("employee", "shop")) == pytest.approx(45 / (45 + 80 / 6))


@given(st.floats(0.5, 20), st.floats(0, 20), st.floats(0.5, 20), st.floats(0.05, 0.95))
def test_it_asks_for_the_least_number_of_visits(
    people: float, auditors: float, chance: float, wanted: float
) -> None:
    """CP-06: so many visits suffice, and one fewer do not."""
    sds = {"employee": people, "auditor": auditors, "residual": chance}
    visits = find_visits_needed(sds, wanted)
    assert visits is not None
    assert find_reliability(sds, visits) >= wanted - 1e-6
    assert visits == 1 or find_reliability(sds, visits - 1) < wanted + 1e-6


def test_it_asks_for_no_visits_that_could_not_help() -> None:
    """CP-06: where people do not differ, no number of visits tells them apart."""
    assert find_visits_needed({"employee": 0.0, "residual": 8.0}, 0.8) is None
    assert find_reliability({"employee": 0.0, "residual": 0.0}, 3) == 0.0
    with pytest.raises(ValueError, match="a visit"):
        find_reliability({"employee": 6.0, "residual": 8.0}, 0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        find_visits_needed({"employee": 6.0, "residual": 8.0}, 1.0)
