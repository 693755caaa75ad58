"""SC-03, SC-04 and SC-08: sections, the two modes, and how much was assessed."""

from fractions import Fraction as F

from checklists.answers import AnswerSheet
from checklists.scoring import score_visit
from tests.checklists.tables import fill_in, lay_out

TWO_SECTIONS = """
    section | W  | question | kind   | w | answer
    short   | 50 | a        | yes_no | 1 | no
    long    | 50 | b        | yes_no | 3 | yes
    long    | 50 | c        | yes_no | 6 | yes
"""


def test_it_averages_sections_by_their_weights() -> None:
    """SC-04, mode sections: each section counts by its own weight, however few its points."""
    card = score_visit(*fill_in(TWO_SECTIONS))
    assert [section.percent for section in card.sections] == [0, 100]
    assert card.base == 50


def test_it_adds_all_points_in_mode_points() -> None:
    """SC-04, mode points: 100 sum(W E) / sum(W D); the same answers give 90 instead of 50."""
    card = score_visit(*fill_in(TWO_SECTIONS, scoring={"mode": "points"}))
    assert card.base == 90
    assert [section.reweighted for section in card.sections] == [F(1, 10), F(9, 10)]


def test_it_leaves_a_section_without_weight_out_of_the_base() -> None:
    """SC-04: a live section has D > 0 and W > 0."""
    card = score_visit(
        *fill_in("""
            section | W  | question | kind   | w | answer
            facts   | 0.0 | a        | yes_no | 1 | no
            service | 10 | b        | yes_no | 1 | yes
        """)
    )
    assert card.sections[0].percent == 0
    assert card.sections[0].reweighted is None
    assert card.base == 100


def test_it_does_not_score_a_visit_of_which_nothing_is_live() -> None:
    """SC-04: not scored is neither 0 nor 100, and has no band and no pass."""
    card = score_visit(lay_out(TWO_SECTIONS, scoring={"pass_mark": 50}), AnswerSheet())
    assert (card.base, card.final, card.band, card.passed) == (None, None, None, None)
    assert card.steps == ()
    assert card.coverage == 0
    assert card.to_json_dict()["base_fraction"] is None


def test_it_counts_coverage_by_the_weight_of_what_was_assessed() -> None:
    """SC-08: in a section weighing 50, three of nine points are a third of that half."""
    table = TWO_SECTIONS.replace("6 | yes", "6 | n/a")
    assert score_visit(*fill_in(table)).coverage == F(50, 100) + F(50, 100) * F(3, 9)
    assert score_visit(*fill_in(table, scoring={"mode": "points"})).coverage == F(4, 10)


def test_it_marks_a_visit_of_which_too_little_was_assessed() -> None:
    """SC-08: below 0.6 the visit is shown, and marked; 0.6 itself is enough."""
    table = """
        section | question | kind   | w | answer
        s       | a        | yes_no | {w} | yes
        s       | b        | yes_no | 4 | n/a
    """
    assert not score_visit(*fill_in(table.format(w=6))).too_little_assessed
    assert score_visit(*fill_in(table.format(w=5))).too_little_assessed


def test_it_says_that_a_draft_is_provisional() -> None:
    """SC-02: a missing required answer blocks submission; until then the score is a draft's."""
    table = """
        section | question | kind   | answer | rules
        s       | a        | yes_no | yes    |
        s       | b        | yes_no | {b}      | required: {required}
    """
    assert score_visit(*fill_in(table.format(b="-", required="true"))).provisional
    assert not score_visit(*fill_in(table.format(b="-", required="false"))).provisional
    assert not score_visit(*fill_in(table.format(b="n/a", required="true"))).provisional


def test_it_holds_weights_exactly_as_they_are_written() -> None:
    """Three weights of 1/3 and of 0.1 are thirds and tenths, not floats near them."""
    card = score_visit(
        *fill_in("""
            section | question | kind   | w   | answer
            s       | a        | yes_no | 1/3 | yes
            s       | b        | yes_no | 0.1 | yes
            s       | c        | yes_no | 0.2 | no
        """)
    )
    assert card.sections[0].earned == F(13, 30)
    assert card.base == 100 * F(13, 19)
