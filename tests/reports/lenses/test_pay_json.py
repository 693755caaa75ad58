"""LN-05: a signed sheet is kept exactly, and gives the same lines whenever it is read."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.localtext import LocalText
from reports.lenses.pay_json import figures_from_json, figures_to_json, formula_from_json, formula_to_json
from reports.lenses.quality_pay import FairFigure, PayBand, PayComponent, PayFormula, compute_pay

exact = st.fractions(0, 100, max_denominator=1000)
bands = st.lists(st.builds(PayBand, exact, st.fractions(0, 1, max_denominator=100)), max_size=3).map(tuple)
components = st.builds(
    PayComponent,
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.just(LocalText(ru="Вежливость", en="Politeness")),
    exact,
    bands,
)
formulas = st.builds(PayFormula, exact, st.lists(components, max_size=4).map(tuple))
figures = st.builds(
    FairFigure,
    exact,
    exact,
    exact,
    st.lists(st.uuids().map(str), max_size=8).map(tuple),
)


@given(formulas, st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), figures, max_size=4))
def test_it_gives_back_what_was_signed(formula: PayFormula, found: dict[str, FairFigure]) -> None:
    """Nothing is rounded on the way, and the sheet computed again is the sheet that was signed."""
    again = formula_from_json(formula_to_json(formula))
    figures_again = figures_from_json(figures_to_json(found))
    assert (again, figures_again) == (formula, found)
    assert compute_pay(again, figures_again) == compute_pay(formula, found)


def test_it_keeps_what_has_no_figure() -> None:
    """A component that nobody could estimate stays one."""
    silent = {"polite": FairFigure(None, None, None, ("visit",))}
    assert figures_from_json(figures_to_json(silent)) == silent
    assert Fraction(1, 3) == formula_from_json('{"base":"1/3","components":[]}').base


def test_it_refuses_what_is_not_exact() -> None:
    """A float was already rounded before it came here."""
    with pytest.raises(ValueError, match="exact"):
        formula_from_json('{"base":0.5,"components":[]}')
