"""Quality pay (LN-05): a base share and shares that are earned by components of service, line by line.

At Etalonstroy a driver is paid 55 % for trips and 15, 10, 10 and 10 % for punctuality, politeness, a clean
trailer and the hand-over. Each component is a fair figure from six visits or more, rounded to the tenth
that everybody sees, and put into bands; from there on the sum is exact. What the uncertainty of the figures
does to the pay is printed beside it, and a person signs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from checklists.exact import round_half_up
from checklists.localtext import LocalText
from reports.numbers import round_to_add_up

VISITS_NEEDED: Final = 6  # CP-04: pay and bonus
FIGURE_PLACES: Final = 1

PayState = Literal["computed", "not_enough_visits", "not_assessed"]
PROPORTIONAL_AT: Final = Fraction(100)


@dataclass(frozen=True)
class PayBand:
    """From a figure of `at` percent upwards this part of the component's share is paid, 0 to 1."""

    at: Fraction
    pays: Fraction


@dataclass(frozen=True)
class PayComponent:
    """One thing that is paid for: its share of the whole pay in percent, and from which figure which part.

    Bands descend; below the lowest nothing is paid. Without bands the part is the figure itself, of 100.
    """

    id: str
    title: LocalText
    share: Fraction
    bands: tuple[PayBand, ...] = ()

    def find_band(self, figure: Fraction) -> PayBand | None:
        """Return the band that a figure reaches; None below the lowest and where there are no bands."""
        return next((band for band in self.bands if figure >= band.at), None)

    def find_part(self, figure: Fraction) -> Fraction:
        """Return which part of the share a figure earns, 0 to 1."""
        if not self.bands:
            return min(max(figure / PROPORTIONAL_AT, Fraction(0)), Fraction(1))
        band = self.find_band(figure)
        return band.pays if band else Fraction(0)


@dataclass(frozen=True)
class PayFormula:
    """A base share that is paid in any case and components, in percent that add up to 100."""

    base: Fraction
    components: tuple[PayComponent, ...]


@dataclass(frozen=True)
class FairFigure:
    """What a component is paid by: a fair estimate in percent, its 90 % interval, and the visits behind it.

    All three are None where nothing was assessed or the model gives no figure.
    """

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    visits: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many visits the figure comes from."""
        return len(self.visits)


@dataclass(frozen=True)
class PayLine:
    """One component of a person: the figure, the part it earns and what that adds, in percent of the pay.

    `least` and `most` are what the ends of the figure's interval would add.
    """

    component: PayComponent
    figure: FairFigure
    state: PayState
    part: Fraction | None
    adds: Fraction | None
    least: Fraction | None
    most: Fraction | None

    @property
    def is_sure(self) -> bool:
        """Whether the whole interval of the figure earns the same."""
        return self.state == "computed" and self.least == self.most


@dataclass(frozen=True)
class PaySheet:
    """The quality pay of one person, in percent of the whole pay; figures are None unless it is computed.

    `least` and `most` suppose that the components err together: the range is rather too wide than too
    narrow.
    """

    state: PayState
    base: Fraction
    lines: tuple[PayLine, ...]
    total: Fraction | None
    least: Fraction | None
    most: Fraction | None
    needed: int = VISITS_NEEDED


def settle_figure(
    value: float, low: float, high: float, *, visits: Sequence[str], places: int = FIGURE_PLACES
) -> FairFigure:
    """Make of an estimate the figure that is agreed on: rounded once, within 0 to 100, as it is printed."""
    settled = [
        Fraction(round_half_up(Fraction(min(max(each, 0.0), 100.0)), places)) for each in (value, low, high)
    ]
    return FairFigure(settled[0], settled[1], settled[2], tuple(visits))


def compute_pay(formula: PayFormula, figures: Mapping[str, FairFigure]) -> PaySheet:
    """Compute the quality pay of a person from the fair figures by component id.

    A component without a figure, or with one from fewer than six visits, leaves the whole uncomputed: a
    person decides then, and no part is silently paid or lost.
    """
    nothing = FairFigure(None, None, None, ())
    lines = tuple(_compute_line(each, figures.get(each.id, nothing)) for each in formula.components)
    states = {line.state for line in lines}
    state: PayState = "computed"
    if states - {"computed"}:
        state = "not_enough_visits" if "not_enough_visits" in states else "not_assessed"
        return PaySheet(state, formula.base, lines, None, None, None)
    return PaySheet(
        state,
        formula.base,
        lines,
        total=formula.base + sum((line.adds or Fraction(0) for line in lines), Fraction(0)),
        least=formula.base + sum((line.least or Fraction(0) for line in lines), Fraction(0)),
        most=formula.base + sum((line.most or Fraction(0) for line in lines), Fraction(0)),
    )


def list_amounts(sheet: PaySheet) -> list[Decimal]:
    """Return the base and what each line adds, rounded to hundredths so that they add up to the total.

    Raises ValueError for a sheet that is not computed.
    """
    adds = [line.adds for line in sheet.lines if line.adds is not None]
    if sheet.total is None:
        raise ValueError("nothing was computed")
    return round_to_add_up([sheet.base, *adds])


def _compute_line(component: PayComponent, figure: FairFigure) -> PayLine:
    if figure.count < VISITS_NEEDED:
        return PayLine(component, figure, "not_enough_visits", None, None, None, None)
    if figure.value is None or figure.low is None or figure.high is None:
        return PayLine(component, figure, "not_assessed", None, None, None, None)
    part = component.find_part(figure.value)
    return PayLine(
        component,
        figure,
        "computed",
        part=part,
        adds=component.share * part,
        least=component.share * component.find_part(figure.low),
        most=component.share * component.find_part(figure.high),
    )
