"""SC-11: the arithmetic is printed so that a reader adds it up and gets the same number."""

import re
from decimal import Decimal
from fractions import Fraction as F

from hypothesis import HealthCheck, given, settings

from checklists.printout import print_arithmetic, round_steps, show_points
from checklists.scoring import score_visit
from tests.checklists.strategies import Data, visits
from tests.checklists.tables import fill_in
from tests.checklists.test_invariants import score
from tests.checklists.test_worked_visits import score_worked

KNOCKED_OUT = """
    section | W | question | kind       | w | answer | rules
    first   | 2 | a        | scale 0..3 | 3 | 2      |
    first   | 2 | b        | yes_no     | 1 | no     | critical: {effect: cap_section, cap: 40}
    second  | 1 | c        | scale 0..3 | 1 | 2      |
    second  | 1 | d        | yes_no     | 2 | yes    |
    third   | 4 | e        | yes_no     | 1 | n/a    |
    third   | 4 | wow      | yes_no     |   | yes    | bonus: 5
"""


def test_it_lists_every_section_cap_and_bonus_as_a_line() -> None:
    """SC-06, SC-11: the lines come in the order in which the score is made."""
    assert [step.kind for step in score_worked("v1").steps] == ["section", "section", "section", "bonus"]
    assert [step.kind for step in score_worked("v2").steps][-1] == "visit_cap"
    steps = score_visit(*fill_in(KNOCKED_OUT)).steps
    assert [(step.kind, step.subject) for step in steps] == [
        ("section", "first"),
        ("section", "second"),
        ("section_cap", "first"),
    ]
    assert [step.amount for step in steps] == [F(100, 3), F(800, 27), F(-20, 3)]


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(visits())
def test_it_adds_up_as_shown(visit: tuple[Data, Data]) -> None:
    """SC-11: the rounded lines add up to the rounded total, whatever the fractions behind them."""
    lines = round_steps(score(*visit).steps)
    running = Decimal(0)
    for line in lines:
        running += line.amount
        assert running == line.total
        assert abs(F(line.amount) - line.step.amount) <= F(1, 100)


def test_it_shows_more_decimals_where_two_would_cross_a_threshold() -> None:
    """SC-09, SC-11: a total of 79.996 against 80 does not read 80.00."""
    checklist, sheet = fill_in("""
        section | question | kind                  | answer
        s       | a        | choice 25000/19999/0  | 19999
    """)
    [line] = round_steps(score_visit(checklist, sheet).steps, thresholds=[F(80)])
    assert line.total == Decimal("79.996")
    [line] = round_steps(score_visit(checklist, sheet).steps)
    assert line.total == Decimal("80.00")


def test_it_prints_lines_a_reader_can_add_in_english() -> None:
    """SC-11: per question earned and possible, per section weight before and after, lines and total."""
    checklist, sheet = fill_in(KNOCKED_OUT)
    text = "\n".join(print_arithmetic(checklist, score_visit(checklist, sheet), "en"))
    assert "[first]: 2 of 4 = 50.00 %, weight 2, share 66.67 %" in text
    assert "[c]: 2/3 of 1" in text
    assert "[b]: 0 of 1, critical" in text
    assert "[e]: not applicable" in text
    assert "[wow]: bonus 5 not counted because of a critical question" in text
    assert "[third]: not assessed, weight 4" in text
    assert "too little was assessed" in text
    lines = re.findall(r"^  ([+−]) +([0-9.]+)", text, re.MULTILINE)
    amounts = [Decimal(figure) if sign == "+" else -Decimal(figure) for sign, figure in lines]
    assert sum(amounts) == Decimal("56.30")
    assert "Final 56.3 %" in text


def test_it_prints_the_same_figures_in_russian_with_commas() -> None:
    """Numbers are written as the language writes them."""
    checklist, sheet = fill_in(KNOCKED_OUT)
    text = "\n".join(print_arithmetic(checklist, score_visit(checklist, sheet), "ru"))
    assert "[first]: 2 из 4 = 50,00 %, вес 2, доля 66,67 %" in text
    assert "потолок раздела first" in text
    assert "Итог 56,3 %" in text
    assert not re.search(r"[0-9]\.[0-9]", text)


def test_it_says_when_there_is_nothing_to_score() -> None:
    """SC-04: no figure is printed where none exists."""
    checklist, sheet = fill_in("section | question | kind | answer\ns | a | yes_no | -")
    lines = print_arithmetic(checklist, score_visit(checklist, sheet), "en")
    assert "Nothing was assessed: not scored." in lines
    assert "Draft: some answers are still open." in lines
    assert not any(line.startswith("Final") for line in lines)


def test_it_shows_points_exactly() -> None:
    """SC-11: earned points are figures to recompute with, so they are never rounded."""
    assert [show_points(F(text)) for text in ("4.25", "2/3", "10", "0", "1/16")] == [
        "4.25",
        "2/3",
        "10",
        "0",
        "0.0625",
    ]
