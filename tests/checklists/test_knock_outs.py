"""SC-05, SC-06 and SC-07: critical questions, bonus, and the two scores."""

from fractions import Fraction as F

import pytest

from checklists.scorecard import Scorecard
from checklists.scoring import score_visit
from tests.checklists.tables import fill_in

VISIT = """
    section | W  | question | kind       | w | answer  | rules
    first   | 50 | a        | yes_no     | 4 | yes     |
    first   | 50 | receipt  | {kind} | 1 | {receipt} | critical: {rule}
    second  | 50 | b        | yes_no     | 1 | yes     |
    second  | 50 | wow      | yes_no     |   | {wow}   | bonus: 8
"""


def play(rule: str, receipt: str = "no", wow: str = "no", kind: str = "yes_no") -> Scorecard:
    return score_visit(*fill_in(VISIT.format(rule=rule, receipt=receipt, wow=wow, kind=kind)))


@pytest.mark.parametrize(
    ("rule", "final"),
    [
        ("{effect: zero_section}", 50),
        ("{effect: cap_section, cap: 40}", 70),
        ("{effect: cap_section, cap: 95}", 90),
        ("{effect: cap_visit, cap: 60}", 60),
        ("{effect: cap_visit, cap: 95}", 90),
        ("{effect: fail_visit}", 0),
    ],
)
def test_it_knocks_out_by_the_effect_of_the_question(rule: str, final: int) -> None:
    """SC-05, SC-06, SC-07: base stays 90 whatever happens to the final score; a cap never lifts it."""
    card = play(rule)
    assert card.base == 90
    assert card.final == final
    assert [event.question for event in card.critical] == ["receipt"]
    assert card.question("receipt").critical_fired


def test_it_fires_at_and_below_fail_at() -> None:
    """SC-05: fires when a <= fail_at; the default is 0."""
    rule = "{effect: fail_visit, fail_at: 1/2}"
    assert play(rule, receipt="3", kind="scale 1..5").critical
    assert not play(rule, receipt="4", kind="scale 1..5").critical
    assert not play("{effect: fail_visit}", receipt="2", kind="scale 1..5").critical


@pytest.mark.parametrize("answer", ["n/a", "-"])
def test_it_never_fires_on_a_question_that_does_not_apply(answer: str) -> None:
    """SC-05: N/A and open answers knock nothing out."""
    card = play("{effect: fail_visit}", receipt=answer, wow="yes")
    assert card.critical == ()
    assert card.final == 100


def test_it_never_fires_on_a_hidden_question() -> None:
    """SC-05: an answer that was given before the question was hidden knocks nothing out."""
    card = score_visit(
        *fill_in("""
            section | question | kind | answer | rules
            s | paid    | yes_no | no  | weight: 0
            s | receipt | yes_no | no | critical: {effect: fail_visit}, show_if: {question: paid, in: ["yes"]}
            s | polite  | yes_no | yes |
        """)
    )
    assert card.critical == ()
    assert card.final == 100


def test_it_lets_the_lowest_cap_win() -> None:
    """SC-05: several knock-outs at once, of the visit and of one section."""
    table = """
        section | W  | question | kind   | w | answer | rules
        first   | 50 | a        | yes_no | 1 | no     | critical: {effect: cap_visit, cap: 60}
        first   | 50 | b        | yes_no | 1 | no     | critical: {effect: cap_visit, cap: 45}
        first   | 50 | c        | yes_no | 8 | yes    |
        second  | 50 | d        | yes_no | 1 | no     | critical: {effect: cap_section, cap: 70}
        second  | 50 | e        | yes_no | 1 | no     | critical: {effect: cap_section, cap: 20}
        second  | 50 | f        | yes_no | 8 | yes    |
    """
    card = score_visit(*fill_in(table))
    assert len(card.critical) == 4
    assert card.base == 80
    assert [section.capped_percent for section in card.sections] == [80, 20]
    assert card.final == 45


def test_it_grants_the_bonus_only_when_nothing_was_knocked_out() -> None:
    """SC-06: WOW never compensates a failed basic, even where the cap would not have bitten."""
    assert play("{effect: cap_visit, cap: 100}", receipt="yes", wow="yes").bonus == 8
    card = play("{effect: cap_visit, cap: 100}", receipt="no", wow="yes")
    assert (card.bonus, card.final) == (F(0), F(90))
    assert card.question("wow").bonus == 8


def test_it_stops_at_the_ceiling_of_the_checklist() -> None:
    """SC-06: clamped to max_final; a checklist may let WOW exceed 100."""
    table = VISIT.format(rule="{effect: fail_visit}", receipt="yes", wow="yes", kind="yes_no")
    assert score_visit(*fill_in(table)).final == 100
    assert score_visit(*fill_in(table, scoring={"max_final": 105})).final == 105
    assert score_visit(*fill_in(table, scoring={"max_final": 120})).final == 108


def test_it_adds_the_bonus_to_earned_and_never_to_possible() -> None:
    """SC-06: a bonus question that earned nothing changes nothing."""
    with_no, with_yes = (play("{effect: fail_visit}", receipt="yes", wow=wow) for wow in ("no", "yes"))
    assert with_no.base == with_yes.base == 100
    assert with_no.sections[1].possible == with_yes.sections[1].possible == 1


def test_it_caps_sections_in_mode_points_too() -> None:
    """SC-06: 4 of 5 and 5 of 5 points; the first section is capped at 40 %, that is at 2 of its 5 points."""
    table = """
        section | question | kind   | w | answer | rules
        first   | a        | yes_no | 4 | yes    |
        first   | b        | yes_no | 1 | no     | critical: {effect: cap_section, cap: 40}
        second  | c        | yes_no | 5 | yes    |
    """
    card = score_visit(*fill_in(table, scoring={"mode": "points"}))
    assert (card.base, card.final) == (F(90), F(70))
