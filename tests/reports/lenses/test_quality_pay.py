"""LN-05: quality pay is computed line by line, from fair figures, in bands, with its noise."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.localtext import LocalText
from reports.lenses.quality_pay import (
    FairFigure,
    PayBand,
    PayComponent,
    PayFormula,
    compute_pay,
    list_amounts,
    settle_figure,
)
from reports.lenses.quality_pay_words import (
    describe_line,
    describe_noise,
    describe_pay,
    describe_visits,
    explain_pay,
)

BANDS = (
    PayBand(Fraction(90), Fraction(1)),
    PayBand(Fraction(75), Fraction(1, 2)),
    PayBand(Fraction(60), Fraction(1, 4)),
)
SIX = tuple(f"visit {number}" for number in range(6))


def name_component(component: str, share: int, bands: tuple[PayBand, ...] = ()) -> PayComponent:
    """A component whose title is its id."""
    return PayComponent(component, LocalText(ru="Вежливость", en=component), Fraction(share), bands)


def find_figure(value: float, reach: float = 5, visits: tuple[str, ...] = SIX) -> FairFigure:
    """A figure with its interval to both sides."""
    return settle_figure(value, value - reach, value + reach, visits=visits)


ETALONSTROY = PayFormula(
    Fraction(55),
    (
        name_component("punctual", 15),
        name_component("polite", 10),
        name_component("clean", 10),
        name_component("handover", 10),
    ),
)


def test_it_reproduces_the_published_formula() -> None:
    """LN-05: Etalonstroy 55 + 15a + 10b + 10c + 10d with a = .9, c = .8 and the rest 1 gives 96.5."""
    figures = {"punctual": 90, "polite": 100, "clean": 80, "handover": 100}
    sheet = compute_pay(ETALONSTROY, {name: find_figure(value) for name, value in figures.items()})
    assert sheet.total == Fraction(193, 2)
    assert [line.adds for line in sheet.lines] == [Fraction(27, 2), 10, 8, 10]
    assert sum(list_amounts(sheet)) == Decimal("96.5")
    assert describe_pay(sheet, "ru").startswith("Выплата 96,5\u00a0% полной суммы.")


def test_it_pays_in_bands_and_says_what_the_noise_does() -> None:
    """LN-05: 82 lies in the band from 75; its interval from 77 to 87 earns the same."""
    formula = PayFormula(Fraction(80), (name_component("polite", 20, BANDS),))
    sheet = compute_pay(formula, {"polite": find_figure(82)})
    (line,) = sheet.lines
    assert (sheet.total, sheet.least, sheet.most) == (Fraction(90), Fraction(90), Fraction(90))
    assert line.is_sure
    assert describe_line(line, "en") == (
        "82.0 out of 100 (likely between 77.0 and 87.0), 6\u00a0visits: the band “from 75” earns 50% of 20%, "
        "which is 10%."
    )
    assert describe_noise(line, "en") == "The uncertainty does not change what is paid."
    assert describe_pay(sheet, "en") == ("The pay is 90% of the whole. The uncertainty does not change it.")


def test_it_shows_that_chance_could_have_paid_otherwise() -> None:
    """LN-05: an interval that reaches into other bands is printed as money."""
    formula = PayFormula(Fraction(80), (name_component("polite", 20, BANDS),))
    sheet = compute_pay(formula, {"polite": find_figure(88, reach=20)})
    assert (sheet.total, sheet.least, sheet.most) == (Fraction(90), Fraction(85), Fraction(100))
    assert describe_noise(sheet.lines[0], "ru") == (
        "Погрешность заходит в другую полосу: могло бы быть от 5\u00a0% до 20\u00a0%."
    )
    assert describe_pay(sheet, "en") == (
        "The pay is 90% of the whole. Allowing for uncertainty, between 85% and 100%."
    )
    assert describe_visits(sheet, "ru") == "6\u00a0визитов"
    below = compute_pay(formula, {"polite": find_figure(50)})
    assert below.total == 80
    assert "below the lowest band" in describe_line(below.lines[0], "en")


def test_it_computes_nothing_under_six_visits() -> None:
    """CP-04, LN-05: pay and bonus from six visits; no part is silently paid or lost."""
    figures = {each.id: find_figure(90) for each in ETALONSTROY.components}
    figures["clean"] = find_figure(90, visits=SIX[:5])
    sheet = compute_pay(ETALONSTROY, figures)
    assert (sheet.state, sheet.total, sheet.least) == ("not_enough_visits", None, None)
    assert describe_line(sheet.lines[2], "ru") == "Мало визитов: 5 из 6."
    assert describe_noise(sheet.lines[2], "ru") == ""
    assert "Решает руководитель" in describe_pay(sheet, "ru")
    with pytest.raises(ValueError, match="nothing was computed"):
        list_amounts(sheet)


def test_it_computes_nothing_from_what_was_never_assessed() -> None:
    """LN-05: a component without a figure is said, not taken for zero or for full."""
    figures = {each.id: find_figure(90) for each in ETALONSTROY.components}
    figures["clean"] = FairFigure(None, None, None, SIX)
    sheet = compute_pay(ETALONSTROY, figures)
    assert (sheet.state, sheet.total) == ("not_assessed", None)
    assert "6\u00a0visits" in describe_line(sheet.lines[2], "en")
    assert compute_pay(ETALONSTROY, {}).state == "not_enough_visits"
    assert "подписью" in explain_pay("ru")


def test_it_pays_by_the_figure_that_is_printed() -> None:
    """SC-09, LN-05: 89.96 is agreed on as 90.0, printed so and paid so; a reader can check the band."""
    figure = settle_figure(89.96, -3.0, 104.0, visits=SIX)
    assert (figure.value, figure.low, figure.high) == (Fraction(90), Fraction(0), Fraction(100))
    sheet = compute_pay(PayFormula(Fraction(80), (name_component("polite", 20, BANDS),)), {"polite": figure})
    assert sheet.total == 100


def test_it_rounds_lines_so_that_they_add_up() -> None:
    """SC-11: thirds of a share are printed so that the column gives the printed total."""
    thirds = (PayBand(Fraction(0), Fraction(1, 3)),)
    components = tuple(name_component(f"part{number}", 10, thirds) for number in range(3))
    sheet = compute_pay(
        PayFormula(Fraction(70), components), {each.id: find_figure(80) for each in components}
    )
    assert list_amounts(sheet) == [Decimal("70.00"), Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]
    assert sheet.total == 80


figures = st.integers(0, 1000).map(lambda tenths: tenths / 10)


@given(figures, figures, st.sampled_from([(), BANDS, BANDS[:1]]))
def test_it_never_pays_less_for_more(one: float, more: float, bands: tuple[PayBand, ...]) -> None:
    """LN-05: pay rises with the figure, and always lies between the base and the whole."""
    formula = PayFormula(Fraction(60), (name_component("polite", 40, bands),))
    low, high = sorted((one, more))
    less, other = (compute_pay(formula, {"polite": find_figure(value)}) for value in (low, high))
    assert less.total is not None
    assert other.total is not None
    assert 60 <= less.total <= other.total <= 100
    assert less.least is not None
    assert less.most is not None
    assert less.least <= less.total <= less.most
