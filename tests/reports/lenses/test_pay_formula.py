"""LN-05: a formula of quality pay is checked before anybody is paid by it."""

from fractions import Fraction

import pytest

from checklists.localtext import LocalText
from reports.lenses.pay_formula import find_cautions, find_formula_problems
from reports.lenses.quality_pay import PayBand, PayComponent, PayFormula
from reports.lenses.quality_pay_words import describe_caution, describe_problem


def band(at: int, pays: str) -> PayBand:
    """A band from a figure, paying a part."""
    return PayBand(Fraction(at), Fraction(pays))


def component(share: int = 40, *bands: PayBand, name: str = "polite") -> PayComponent:
    """A component of quality pay."""
    return PayComponent(name, LocalText(ru="Вежливость", en="Politeness"), Fraction(share), bands)


def formula(*components: PayComponent, base: int = 60) -> PayFormula:
    """A formula."""
    return PayFormula(Fraction(base), components)


GOOD = component(40, band(90, "1"), band(70, "1/2"))


def test_it_takes_a_sound_formula() -> None:
    """LN-05: base and shares make a hundred, bands descend, and more service is never paid worse."""
    assert find_formula_problems(formula(GOOD)) == []
    assert find_cautions(formula(GOOD)) == []


@pytest.mark.parametrize(
    ("broken", "reason", "said"),
    [
        (formula(), "no_components", "Добавьте"),
        (formula(GOOD, base=59), "not_hundred", "складываются в 99 %"),
        (formula(*[component(4, name=f"part{n}") for n in range(11)], base=56), "too_many_components", "11"),
        (formula(component(101), base=-1), "base_out_of_range", "часть −1"),
        (formula(component(101), base=-1), "share_out_of_range", "Доля 101"),
        (formula(component(0), base=100), "share_out_of_range", "Доля 0"),
        (formula(component(20), component(20)), "same_component", "дважды"),
        (formula(component(40, *(band(n, "1") for n in range(11, 0, -1)))), "too_many_bands", "10"),
        (formula(component(40, band(101, "1"))), "band_out_of_range", "101"),
        (formula(component(40, band(90, "3/2"))), "band_out_of_range", "90"),
        (formula(component(40, band(70, "1"), band(90, "1/2"))), "bands_not_descending", "90"),
        (formula(component(40, band(70, "1"), band(70, "1/2"))), "bands_not_descending", "70"),
        (formula(component(40, band(90, "1/2"), band(70, "1"))), "worse_pays_more", "70"),
        (formula(component(40, band(90, "0"), band(70, "0"))), "nothing_to_earn", "ничего"),
    ],
)
def test_it_says_what_is_wrong_and_how_to_mend_it(broken: PayFormula, reason: str, said: str) -> None:
    """LN-05: each problem has its sentence in both languages, with the figure that was found."""
    (problem, *_) = [each for each in find_formula_problems(broken) if each.reason == reason]
    assert said in describe_problem(problem, "ru")
    assert "{" not in describe_problem(problem, "en")


def test_it_asks_for_no_base_above_zero_where_zero_is_allowed() -> None:
    """LN-05: who may be paid for quality alone is told so, and not to enter a number above 0."""
    assert find_formula_problems(formula(component(100), base=0)) == []
    (problem,) = find_formula_problems(formula(component(110), base=-10))[:1]
    assert problem.component is None
    assert describe_problem(problem, "en") == (
        "A base share of −10% cannot be. Enter 0 or more, and less than 100."
    )


def test_it_names_all_problems_at_once() -> None:
    """Nobody mends a form five times."""
    broken = formula(component(50, band(70, "1"), band(90, "1/2")), base=60)
    assert [each.reason for each in find_formula_problems(broken)] == ["not_hundred", "bands_not_descending"]


def test_it_warns_where_chance_would_decide() -> None:
    """LN-05: without bands every tenth pays; with a single one a tenth is all or nothing."""
    loose = component(20, name="loose")
    single = component(20, band(90, "1"), name="single")
    cautions = find_cautions(formula(loose, single))
    assert [(each.warning, each.component) for each in cautions] == [
        ("no_bands", "loose"),
        ("all_or_nothing", "single"),
    ]
    assert describe_caution(cautions[0], loose, "ru").startswith("«Вежливость»")
    assert describe_caution(cautions[1], single, "en").startswith("“Politeness”")
