"""SC-09: pass marks and bands are decided on exact values; what is shown never crosses a threshold."""

from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.exact import round_half_up
from checklists.scorecard import Scorecard, display_percent, list_thresholds
from checklists.scoring import score_visit
from tests.checklists.tables import BANDS, TEXT, fill_in, lay_out

HALF = """
    section | W  | question | kind       | answer
    first   | 50 | a        | scale 0..4 | {first}
    second  | 50 | b        | scale 0..4 | {second}
"""


def play(first: int | str, second: int | str, **rules: object) -> Scorecard:
    return score_visit(*fill_in(HALF.format(first=first, second=second), **rules))


def test_it_passes_nobody_where_no_threshold_is_named() -> None:
    """SC-09: pass is optional; without a mark there is no such thing as passing."""
    assert play(4, 4).passed is None
    assert play(0, 0).passed is None


def test_it_passes_from_the_mark_of_the_whole_visit_upwards() -> None:
    """SC-09: total >= threshold."""
    assert play(3, 3, scoring={"pass_mark": 75}).passed is True
    assert play(3, 3, scoring={"pass_mark": "75.01"}).passed is False


def test_it_needs_every_section_to_reach_its_own_mark() -> None:
    """SC-09: every section >= its threshold; one that was not assessed holds nobody back."""
    table = HALF.format(first="{first}", second=4)
    checklist = lay_out(table.format(first=4))
    data = checklist.model_dump(by_alias=True, exclude_none=True)
    data["sections"][0]["pass_mark"] = 50
    strict = type(checklist).model_validate(data)
    for answer, passed in ((2, True), (1, False), ("n/a", True)):
        _, sheet = fill_in(table.format(first=answer))
        assert score_visit(strict, sheet).passed is passed


def test_it_fails_a_section_by_its_capped_percent() -> None:
    """SC-09 with SC-05: a zeroed section cannot pass, however many points it earned."""
    table = """
        section | question | kind   | w | answer | rules
        s       | a        | yes_no | 9 | yes    |
        s       | b        | yes_no | 1 | no     | critical: {effect: zero_section}
    """
    checklist, sheet = fill_in(table)
    data = checklist.model_dump(by_alias=True, exclude_none=True)
    data["sections"][0]["pass_mark"] = 50
    assert score_visit(type(checklist).model_validate(data), sheet).passed is False


def test_it_never_passes_a_failed_visit() -> None:
    """SC-09: no fail. A checklist with `fail_visit` can be failed even without marks."""
    table = """
        section | question | kind   | w | answer   | rules
        s       | a        | yes_no | 9 | yes      |
        s       | b        | yes_no | 1 | {answer} | critical: {{effect: fail_visit}}
    """
    assert score_visit(*fill_in(table.format(answer="no"))).passed is False
    assert score_visit(*fill_in(table.format(answer="yes"))).passed is True


@pytest.mark.parametrize(
    ("first", "second", "band"), [(4, 4, "excellent"), (4, 3, "satisfactory"), (3, 2, "poor"), (0, 0, "poor")]
)
def test_it_names_the_band_of_the_final_score(first: int, second: int, band: str) -> None:
    """SC-09: bands run from the top down and end at zero, so that every score has one."""
    assert play(first, second).band == band


def test_it_decides_the_band_on_the_exact_value() -> None:
    """SC-09: 89.96 rounds to 90.0 and is still not excellent."""
    checklist, sheet = fill_in("""
        section | question | kind                | answer
        s       | a        | choice 2500/2249/0  | 2249
    """)
    card = score_visit(checklist, sheet)
    assert card.final == F("89.96")
    assert card.band == "satisfactory"
    assert display_percent(card.final, list_thresholds(checklist)) == Decimal("89.9")


@pytest.mark.parametrize(
    ("value", "thresholds", "shown"),
    [
        ("79.96", ["80"], "79.9"),
        ("79.96", [], "80.0"),
        ("80", ["80"], "80.0"),
        ("71.75", ["70"], "71.8"),
        ("71.74", ["70"], "71.7"),
        ("70.03", ["70.02"], "70.1"),
        ("0.05", ["0"], "0.1"),
        ("99.99", ["100"], "99.9"),
        ("80.02", ["80.01", "80.04"], "80.02"),
    ],
)
def test_it_shows_one_decimal_but_never_across_a_threshold(
    value: str, thresholds: list[str], shown: str
) -> None:
    """SC-09: half-up, and more decimals only where one cannot keep to the right side."""
    assert display_percent(F(value), [F(mark) for mark in thresholds]) == Decimal(shown)


@given(
    st.fractions(0, 100, max_denominator=5000),
    st.lists(st.fractions(0, 100, max_denominator=400), max_size=4),
)
def test_it_shows_every_value_on_its_side_of_every_threshold(value: F, thresholds: list[F]) -> None:
    """SC-09 for any value: same side as the exact figure, and within a tenth of it."""
    shown = F(display_percent(value, thresholds))
    assert abs(shown - value) < F(1, 10)
    assert all((shown >= mark) == (value >= mark) for mark in thresholds)


@settings(derandomize=True, deadline=None)
@given(st.fractions(-1000, 1000, max_denominator=3000), st.integers(0, 10))
def test_it_rounds_half_away_from_zero(value: F, places: int) -> None:
    """SC-09: the only rounding there is; exact halves go up in size."""
    rounded = F(round_half_up(value, places))
    error = abs(rounded - value) * 10**places
    assert error <= F(1, 2)
    if error == F(1, 2):
        assert abs(rounded) > abs(value)


def test_it_lists_bands_satisfactory_and_pass_mark_as_thresholds() -> None:
    """SC-09, LN-01: what a displayed final score must not cross."""
    checklist = lay_out(HALF.format(first=1, second=1), scoring={"pass_mark": 66, "satisfactory": 71})
    assert set(list_thresholds(checklist)) == {90, 70, 0, 71, 66}
    assert len(BANDS) == 3
    assert checklist.bands[0].label.in_language("ru") == TEXT["ru"]
