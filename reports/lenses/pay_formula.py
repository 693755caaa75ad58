"""What a formula of quality pay must keep to before anybody is paid by it (LN-05)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from reports.lenses.quality_pay import PayComponent, PayFormula

MOST_COMPONENTS: Final = 10
MOST_BANDS: Final = 10
WHOLE: Final = Fraction(100)

PayReason = Literal[
    "no_components",
    "too_many_components",
    "not_hundred",
    "base_out_of_range",
    "share_out_of_range",
    "same_component",
    "too_many_bands",
    "band_out_of_range",
    "bands_not_descending",
    "worse_pays_more",
    "nothing_to_earn",
]
PayWarning = Literal["no_bands", "all_or_nothing"]


@dataclass(frozen=True)
class PayProblem:
    """What is wrong with a formula, and with which component; None where it is the whole."""

    reason: PayReason
    component: str | None = None
    found: Fraction | None = None


@dataclass(frozen=True)
class PayCaution:
    """What is allowed and yet makes pay hang on chance."""

    warning: PayWarning
    component: str


def find_formula_problems(formula: PayFormula) -> list[PayProblem]:
    """Find everything that keeps a formula from being used, all at once."""
    found: list[PayProblem] = []
    if not formula.components:
        found.append(PayProblem("no_components"))
    if len(formula.components) > MOST_COMPONENTS:
        found.append(PayProblem("too_many_components", found=Fraction(len(formula.components))))
    total = formula.base + sum((each.share for each in formula.components), Fraction(0))
    if total != WHOLE:
        found.append(PayProblem("not_hundred", found=total))
    if not 0 <= formula.base <= WHOLE:
        found.append(PayProblem("base_out_of_range", found=formula.base))
    names = Counter(each.id for each in formula.components)
    found += [PayProblem("same_component", name) for name, count in names.items() if count > 1]
    for component in formula.components:
        found += _check_component(component)
    return found


def find_cautions(formula: PayFormula) -> list[PayCaution]:
    """Find what lets a tenth of a point decide about pay: no bands at all, or one step from all to "
    "nothing."""
    found = [PayCaution("no_bands", each.id) for each in formula.components if not each.bands]
    return found + [
        PayCaution("all_or_nothing", each.id) for each in formula.components if len(each.bands) == 1
    ]


def _check_component(component: PayComponent) -> Iterator[PayProblem]:
    if not 0 < component.share <= WHOLE:
        yield PayProblem("share_out_of_range", component.id, component.share)
    if len(component.bands) > MOST_BANDS:
        yield PayProblem("too_many_bands", component.id)
    yield from _check_bands(component)


def _check_bands(component: PayComponent) -> Iterator[PayProblem]:
    for band in component.bands:
        if not (0 <= band.at <= WHOLE and 0 <= band.pays <= 1):
            yield PayProblem("band_out_of_range", component.id, band.at)
    for upper, lower in pairwise(component.bands):
        if upper.at <= lower.at:
            yield PayProblem("bands_not_descending", component.id, lower.at)
        elif upper.pays < lower.pays:
            yield PayProblem("worse_pays_more", component.id, lower.at)
    if component.bands and all(band.pays == 0 for band in component.bands):
        yield PayProblem("nothing_to_earn", component.id)
