"""Fair comparison on simulated programmes: the model against naive means and against shrinkage alone.

Each programme is simulated with a known truth, so it can be counted how far a figure is off (root mean
square), how many pairs of people come out in the wrong order, how often the 90 % interval holds the truth,
and how many of the differences that were called have the wrong sign. Everything is seeded: two runs give the
same figures.

Naive: means with the t interval of each person's own visits, and a one-sided t-test at 5 % for a call.
Shrinkage: the same model without auditors and shops. Ours: the whole model; below fifty people both of these
integrate over the variances. Two figures are asked for (CP-02): what the customer got, compared across all
people, and the person against shop colleagues, compared within each shop; both by an average auditor.

With two visits nobody has a figure (CP-04), so the product calls nothing: these are the calls of the model
alone. Over 750 programmes of 8x2 from two seeds, 3.3 % of them had the wrong sign, or 2.1 % among colleagues:
too many, which sixty programmes are too few to show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import stdtr, stdtrit

from benchmarks.figures import Figure, Figures
from benchmarks.simulated_programme import Assignment, Floats, Programme, Size, simulate_programme
from reports.comparison import VISITS_NEEDED
from reports.crossed_design import Observations
from reports.estimates import CALLED_FROM
from reports.fair_scores import CUSTOMER_GOT, describe_person, estimate_fair_scores
from reports.variance_integration import fit_programme

SEED: Final = 20261122
REPLICATIONS: Final = 60
LARGE: Final = Size(people=300, visits=6, auditors=20, shops=30, regions=5)
DESIGNS: Final[Mapping[str, tuple[Size, Assignment]]] = {
    "random": (LARGE, "random"),
    "home_shop": (LARGE, "home_shop"),
    "regional": (LARGE, "regional"),
    "8x2": (Size(people=8, visits=2, auditors=3, shops=2), "random"),
    "12x3": (Size(people=12, visits=3, auditors=4, shops=3), "random"),
    "25x3": (Size(people=25, visits=3, auditors=6, shops=5), "random"),
}
TARGETS: Final = {"coverage": "0.87-0.93", "wrong_sign": "<= 2.5"}
NOBODY_SHOWN: Final = "two visits: nobody has a figure (CP-04), nothing is called"


@dataclass(frozen=True)
class Claims:
    """What a method says about a programme: figures, limits, and P(A > B) for every two people."""

    values: Floats
    low: Floats
    high: Floats
    chances: Floats
    called_from: float = CALLED_FROM  # the chance from which the way calls a difference (CP-03)


@dataclass(frozen=True)
class Tally:
    """What came of the claims about one programme."""

    squares: float  # mean squared error
    disordered: float  # share of pairs in the wrong order
    covered: float  # share of intervals that hold the truth
    called: int
    wrong: int  # called with the wrong sign
    pairs: int


@dataclass(frozen=True)
class Way:
    """A way to compare people, and whether it speaks of what customers got or of shop colleagues (CP-02)."""

    claim: Callable[[Programme], Claims]
    within_shops: bool = False


def run() -> Figures:
    """Simulate every design and return the figures of each way: error, order, coverage, wrong calls."""
    return measure_fairness(list(DESIGNS), replications=REPLICATIONS)


def measure_fairness(designs: Sequence[str], *, replications: int) -> Figures:
    """Measure some of the designs with so many simulated programmes each."""
    figures: dict[str, Figure] = {}
    for design in designs:
        tallies = tally_design(design, replications=replications)
        for name, made in tallies.items():
            found = summarise(f"{design}_{name}", made, with_targets=name in OURS)
            figures |= found if DESIGNS[design][0].visits >= VISITS_NEEDED else speak_of_model(found)
    return figures


def tally_design(design: str, *, replications: int) -> dict[str, list[Tally]]:
    """Let each way speak about the same programmes, and count."""
    size, assignment = DESIGNS[design]
    tallies: dict[str, list[Tally]] = {name: [] for name in WAYS}
    for number in range(replications):
        random = np.random.default_rng([SEED, list(DESIGNS).index(design), number])
        programme = simulate_programme(size, assignment, random)
        for name, way in WAYS.items():
            made = way.claim(programme)
            tallies[name].append(count_claims(programme, made, within_shops=way.within_shops))
    return tallies


def count_claims(programme: Programme, claims: Claims, *, within_shops: bool) -> Tally:
    """Hold claims against the truth."""
    truth = programme.colleagues if within_shops else programme.customer
    one, other = np.triu_indices(len(programme.people), k=1)
    if within_shops:
        beside = programme.homes[one] == programme.homes[other]
        one, other = one[beside], other[beside]
    truly = truth[one] - truth[other]
    claimed = claims.values[one] - claims.values[other]
    chances = claims.chances[one, other]
    above, below = chances >= claims.called_from, chances <= 1 - claims.called_from
    return Tally(
        squares=float(np.mean((claims.values - truth) ** 2)),
        disordered=float(np.mean(truly * claimed <= 0)),
        covered=float(np.mean((claims.low <= truth) & (truth <= claims.high))),
        called=int((above | below).sum()),
        wrong=int((above & (truly < 0)).sum() + (below & (truly > 0)).sum()),
        pairs=len(one),
    )


def summarise(prefix: str, tallies: Sequence[Tally], *, with_targets: bool) -> Figures:
    """Average over programmes; wrong signs are counted among all calls of all programmes."""
    called = sum(tally.called for tally in tallies)
    pairs = sum(tally.pairs for tally in tallies)
    wrong = sum(tally.wrong for tally in tallies)
    values = {
        "error": (float(np.sqrt(np.mean([tally.squares for tally in tallies]))), "points"),
        "disordered": (100 * float(np.mean([tally.disordered for tally in tallies])), "%"),
        "coverage": (float(np.mean([tally.covered for tally in tallies])), ""),
        "called": (100 * called / pairs, "%"),
        "wrong_sign": (100 * wrong / max(1, called), "%"),
    }
    targets = TARGETS if with_targets else {}
    return {
        f"{prefix}_{key}": Figure(round(value, 3), unit, targets.get(key))
        for key, (value, unit) in values.items()
    }


def speak_of_model(figures: Figures) -> Figures:
    """Say of calls that only the model would make them, since everybody has too few visits for a figure."""
    return {
        key: replace(figure, reference=NOBODY_SHOWN) if key.endswith("_wrong_sign") else figure
        for key, figure in figures.items()
    }


def claim_naively(programme: Programme) -> Claims:
    """Means as they are, each with the spread of the person's own visits."""
    scores = np.array(programme.observations.scores).reshape(len(programme.people), -1)
    visits = scores.shape[1]
    values = scores.mean(axis=1)
    errors = scores.std(axis=1, ddof=1) / np.sqrt(visits)
    reach = errors * stdtrit(visits - 1, 0.95)
    together = np.hypot(errors[:, None], errors[None, :])
    chances = stdtr(2 * visits - 2, (values[:, None] - values[None, :]) / together)
    return Claims(values, values - reach, values + reach, chances)


def claim_by_shrinkage(programme: Programme) -> Claims:
    """The model that knows people only."""
    rows = programme.observations
    return claim_by_model(
        Observations(rows.scores, {"employee": rows.random["employee"]}), programme.people, keep=()
    )


def claim_fairly(programme: Programme) -> Claims:
    """The whole model, about what the customer got."""
    return claim_by_model(programme.observations, programme.people, keep=CUSTOMER_GOT)


def claim_among_colleagues(programme: Programme) -> Claims:
    """The whole model, about people against their shop colleagues."""
    return claim_by_model(programme.observations, programme.people, keep=())


def claim_by_model(observations: Observations, people: Sequence[str], *, keep: Sequence[str]) -> Claims:
    """Fit, integrating over the variances where the programme is small."""
    fit = fit_programme(observations)
    scores = estimate_fair_scores(fit, people, keep=keep)
    low, high = scores.find_intervals()
    contrasts = [describe_person(fit.design, person, keep=keep) for person in people]
    chances = fit.estimate_jointly(contrasts).compare_all()
    return Claims(scores.values, low, high, chances, fit.called_from)


WAYS: Final[Mapping[str, Way]] = {
    "naive": Way(claim_naively),
    "shrinkage": Way(claim_by_shrinkage),
    "ours": Way(claim_fairly),
    "ours_colleagues": Way(claim_among_colleagues, within_shops=True),
}
OURS: Final = ("ours", "ours_colleagues")
