"""The scale of a chart: it holds what it must, ends on ticks, and blows nothing up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.chart_scales import EDGE, MOST_TICKS, Scale, choose_scale, write_share

percents = st.lists(st.floats(0, 100), min_size=1, max_size=30)


@given(percents)
def test_it_holds_every_percent_on_few_even_ticks(values: list[float]) -> None:
    scale = choose_scale(values)
    assert 0 <= scale.low <= min(values) + 1e-9
    assert max(values) - 1e-9 <= scale.high <= 100
    assert scale.high - scale.low >= 20 - 1e-9
    assert 2 <= len(scale.ticks) <= MOST_TICKS
    assert (scale.ticks[0], scale.ticks[-1]) == pytest.approx((scale.low, scale.high))


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=30))
def test_it_holds_what_is_no_percent(values: list[float]) -> None:
    scale = choose_scale(values, within=None, least=2)
    assert scale.low <= min(values) + 1e-6
    assert scale.high >= max(values) - 1e-6
    assert len(scale.ticks) <= MOST_TICKS


def test_it_does_not_blow_up_a_small_difference() -> None:
    """Two people a tenth apart stand nearly on one spot."""
    scale = choose_scale([80.0, 80.1])
    assert scale.place(80.1) - scale.place(80.0) < 0.01


def test_it_ends_a_limit_beyond_a_hundred_at_the_edge() -> None:
    scale = choose_scale([88.0, 104.0])
    assert scale.high == 100
    assert scale.place(104.0) == scale.place(100.0) == pytest.approx(1 - EDGE)


def test_it_writes_ticks_in_the_language_of_the_reader() -> None:
    assert [Scale(-1, 0, 0.5).write_tick(tick, "ru") for tick in Scale(-1, 0, 0.5).ticks] == [
        "−1",
        "−0,5",
        "0",
    ]
    assert choose_scale([]).ticks == (0, 5, 10, 15, 20)
    assert write_share(0.25) == "25.00%"
