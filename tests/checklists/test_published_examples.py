"""Examples that other publishers print with their results; our arithmetic reproduces every one."""

from decimal import Decimal
from fractions import Fraction as F

from checklists.exact import round_half_up
from checklists.scoring import score_visit
from tests.checklists.tables import fill_in


def test_it_scores_five_cleaning_tasks_of_which_one_is_not_applicable() -> None:
    """Clean Smarts (SC-02, SC-03): 5 + 5 + 5 + 1 of 20, the N/A task out of both sums: 80 %."""
    card = score_visit(
        *fill_in("""
            section | question | kind         | w | answer
            tasks   | floor    | choice 5/3/1 | 5 | 5
            tasks   | desks    | choice 5/3/1 | 5 | 5
            tasks   | bins     | choice 5/3/1 | 5 | 5
            tasks   | windows  | choice 5/3/1 | 5 | 1
            tasks   | kitchen  | choice 5/3/1 | 5 | n/a
        """)
    )
    assert (card.sections[0].earned, card.sections[0].possible) == (F(16), F(20))
    assert card.base == 80


def test_it_counts_ten_items_with_one_not_applicable_out_of_ninety() -> None:
    """ComplianceCheckpoint (SC-03): the N/A item leaves 90 possible points, not 100."""
    rows = "\n".join(f"items | item{n} | scale 0..10 | 10 | {'n/a' if n == 4 else 9}" for n in range(10))
    card = score_visit(*fill_in(f"section | question | kind | w | answer\n{rows}"))
    assert (card.sections[0].earned, card.sections[0].possible) == (F(81), F(90))
    assert card.base == 90


def test_it_weighs_a_no_a_yes_and_a_half() -> None:
    """Plan Brothers (SC-03): (0 x 1 + 1 x 2 + 0.5 x 1) / (1 + 2 + 1) = 62.5 %."""
    card = score_visit(
        *fill_in("""
            section | question | kind         | w | answer
            shop    | greeted  | yes_no       | 1 | no
            shop    | advised  | yes_no       | 2 | yes
            shop    | tidy     | choice 2/1/0 | 1 | 1
        """)
    )
    assert card.base == F(125, 2)


def test_it_reweighs_seven_sections_when_the_last_does_not_apply() -> None:
    """SC-04: weights .05 .15 .20 .20 .20 .15 .05, the last N/A: each is divided by 0.95."""
    weights = ["0.05", "0.15", "0.20", "0.20", "0.20", "0.15", "0.05"]
    rows = "\n".join(
        f"s{n} | {weight} | q{n} | yes_no | 1 | {'n/a' if n == 6 else 'yes'}"
        for n, weight in enumerate(weights)
    )
    card = score_visit(*fill_in(f"section | W | question | kind | w | answer\n{rows}"))
    expected = [F(weight) / F("0.95") for weight in weights[:6]]
    assert [section.reweighted for section in card.sections] == [*expected, None]
    assert sum(expected) == 1
    assert card.base == 100


def test_it_rounds_once_and_not_part_by_part() -> None:
    """A published guide adds rounded parts and prints 88.62; the exact sum is 88.6094, shown as 88.61."""
    checklist, sheet = fill_in("""
        section | W  | question | kind                   | w | answer
        one     | 25 | a        | choice 250000/221556/0 | 1 | 221556
        two     | 35 | b        | choice 350000/302256/0 | 1 | 302256
        three   | 40 | c        | choice 400000/362282/0 | 1 | 362282
    """)
    card = score_visit(checklist, sheet)
    parts = [step.amount for step in card.steps]
    assert parts == [F("22.1556"), F("30.2256"), F("36.2282")]
    assert sum(round_half_up(part, 2) for part in parts) == Decimal("88.62")
    assert card.base == F("88.6094")
    assert round_half_up(card.base, 2) == Decimal("88.61")
