"""The two figures of a person, never mixed: against shop colleagues, and what the customer got (CP-02).

Both are the score of a visit by an average auditor of this programme. The first is made in an average shop,
the second in the person's own shops. "Average" means the auditors and shops that are there, not all that
there could be: that changes no figure, because predicted effects add up to nothing, and frees its interval
of the chance of having hired these auditors.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from reports.contrasts import Contrast
from reports.crossed_design import Design
from reports.crossed_model import CrossedFit
from reports.estimates import Estimates

EMPLOYEE: Final = "employee"
CUSTOMER_GOT: Final = ("shop",)  # what stays in a figure when it is about the customer


def estimate_fair_scores(
    fit: CrossedFit, people: Sequence[str], *, keep: Sequence[str] = (), factor: str = EMPLOYEE
) -> Estimates:
    """Estimate the fair score of each person, in the order given; raises KeyError for somebody unknown."""
    contrasts = [describe_person(fit.design, person, keep=keep, factor=factor) for person in people]
    return fit.estimate_each(contrasts, baselines=[describe_average(fit.design, but=(factor, *keep))])


def describe_average(design: Design, *, but: Sequence[str] = ()) -> Contrast:
    """Return the score of a visit that is average in each random factor apart from these."""
    effects = {
        (factor.name, level): 1 / len(factor.levels)
        for factor in design.factors.values()
        if factor.name not in but
        for level in factor.levels
    }
    return Contrast(mean=1.0, effects=effects)


def describe_person(
    design: Design, person: str, *, keep: Sequence[str] = (), factor: str = EMPLOYEE
) -> Contrast:
    """Return what a person adds to the average, with the shops (`keep`) in proportion to own visits.

    The difference of two such contrasts is that of the two people. Raises KeyError for somebody unknown.
    """
    effects = {(factor, person): 1.0}
    visits = design.factors[factor].find_scores(person)
    for name in keep:
        kept = design.factors[name]
        numbers, counts = np.unique(kept.codes[visits], return_counts=True)
        for number, count in zip(numbers, counts, strict=True):
            effects[name, kept.levels[number]] = float(count) / float(counts.sum())
    return Contrast(effects=effects)


def compare_people(
    fit: CrossedFit, people: Sequence[str], *, keep: Sequence[str] = (), factor: str = EMPLOYEE
) -> Mapping[tuple[str, str], float]:
    """Return P(A > B) for each ordered pair of different people (CP-03)."""
    contrasts = [describe_person(fit.design, person, keep=keep, factor=factor) for person in people]
    chances = fit.estimate_jointly(contrasts).compare_all()
    return {
        (one, other): float(chances[row, column])
        for row, one in enumerate(people)
        for column, other in enumerate(people)
        if row != column
    }
