"""CP-02, CP-06: fair scores, and the way to them from the raw mean in steps that add up."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.contrasts import Contrast
from reports.crossed_design import Observations
from reports.crossed_model import CrossedFit, fit_model
from reports.fair_scores import CUSTOMER_GOT, compare_people, estimate_fair_scores
from reports.variance_integration import integrate_model
from reports.waterfall import SHRINKAGE, build_waterfalls
from tests.reports.programmes import make_programme, programmes


def list_people(observations: Observations) -> list[str]:
    """The people of a programme, alphabetically."""
    return sorted(set(observations.random["employee"]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes, st.sampled_from([(), CUSTOMER_GOT]), st.integers(0, 3))
def test_it_adds_up_exactly_in_what_is_printed(
    observations: Observations, keep: tuple[str, ...], places: int
) -> None:
    """CP-06: raw mean and the printed changes give the printed fair score, to the last digit."""
    for fall in build_waterfalls(fit_model(observations), keep=keep, places=places).values():
        assert fall.raw + sum(step.change for step in fall.steps) == fall.fair
        totals = [fall.raw, *(step.total for step in fall.steps)]
        assert all(
            after - before == step.change
            for (before, after), step in zip(pairwise(totals), fall.steps, strict=True)
        )
        assert [step.kind for step in fall.steps] == ["auditors", "circumstances", SHRINKAGE]
        assert fall.fair == round(fall.fair, places)


@pytest.mark.parametrize("fit_rows", [fit_model, integrate_model])
@pytest.mark.parametrize("keep", [(), CUSTOMER_GOT])
def test_it_ends_at_the_fair_score_and_begins_at_the_raw_mean(
    fit_rows: Callable[[Observations], CrossedFit], keep: tuple[str, ...]
) -> None:
    """CP-06: the ends of the waterfall are the hollow and the filled dot of the picture."""
    programme = make_programme(12, 3, seed=4)
    fit = fit_rows(programme)
    falls = build_waterfalls(fit, keep=keep, places=6)
    people = list_people(programme)
    scores = estimate_fair_scores(fit, people, keep=keep)
    for person, value in zip(people, scores.values, strict=True):
        own = [
            score
            for score, name in zip(programme.scores, programme.random["employee"], strict=True)
            if name == person
        ]
        assert float(falls[person].raw) == pytest.approx(fmean(own), abs=1e-5)
        assert float(falls[person].fair) == pytest.approx(value, abs=1e-5)
        assert falls[person].visits == len(own)


def test_it_shrinks_towards_the_mean_by_the_number_of_visits() -> None:
    """CP-06: what is left of the distance to the mean is n r^2 / (1 + n r^2) for the ratio r of sds."""
    programme = make_programme(15, 4, seed=8)
    fit = fit_model(programme)
    ratio = fit.sds["employee"] / fit.sds["residual"]
    kept = 4 * ratio**2 / (1 + 4 * ratio**2)
    for fall in build_waterfalls(fit, places=8).values():
        before = float(fall.steps[-2].total) - fit.mean
        assert float(fall.fair) - fit.mean == pytest.approx(kept * before, abs=1e-6)


def test_it_takes_a_strict_auditor_out_of_the_mean() -> None:
    """CP-06: who was seen by a strict auditor gets points back in the step of the auditors."""
    programme = make_programme(40, 6, auditors=4, shops=5, seed=9)
    strict = programme.random["auditor"][0]
    harsh = [
        score - 30 * (name == strict)
        for score, name in zip(programme.scores, programme.random["auditor"], strict=True)
    ]
    fit = fit_model(Observations(harsh, programme.random, programme.fixed))
    falls = build_waterfalls(fit)
    shares = {
        person: [
            auditor == strict
            for auditor, name in zip(programme.random["auditor"], programme.random["employee"], strict=True)
            if name == person
        ]
        for person in falls
    }
    often = max(falls, key=lambda person: fmean(shares[person]))
    never = min(falls, key=lambda person: fmean(shares[person]))
    assert falls[often].steps[0].change > Decimal(5)
    assert falls[never].steps[0].change < Decimal(-3)


def test_it_refuses_to_hide_a_factor_in_the_shrinkage() -> None:
    """CP-06: each factor of the model has its step."""
    fit = fit_model(make_programme())
    with pytest.raises(ValueError, match="scenario, shop"):
        build_waterfalls(fit, groups={"auditors": ("auditor",)})


def test_it_keeps_the_two_figures_apart() -> None:
    """CP-02: against colleagues nobody gains by a good shop; what the customer got has the shop in it."""
    programme = make_programme(30, 6, shops=3, seed=12, moving=0.0)
    lucky = programme.random["shop"][0]
    gift = [
        score + 25 * (name == lucky)
        for score, name in zip(programme.scores, programme.random["shop"], strict=True)
    ]
    rows = Observations(gift, programme.random, programme.fixed)
    fit = fit_model(rows)
    people = list_people(rows)
    colleagues = estimate_fair_scores(fit, people).values
    customers = estimate_fair_scores(fit, people, keep=CUSTOMER_GOT).values
    homes = dict(zip(rows.random["employee"], rows.random["shop"], strict=True))
    own = [homes[person] == lucky for person in people]
    apart = [
        fmean(values[here]) - fmean(values[[not flag for flag in here]])
        for values, here in ((colleagues, own), (customers, own))
    ]
    assert abs(apart[0]) < 3
    assert apart[1] > 15


def test_it_compares_every_two_people_once_each_way() -> None:
    """CP-03: P(A > B) and P(B > A) are all there is."""
    programme = make_programme(8, 4)
    people = list_people(programme)
    chances = compare_people(fit_model(programme), people, keep=CUSTOMER_GOT)
    assert len(chances) == 8 * 7
    for (one, other), chance in chances.items():
        assert chance + chances[other, one] == pytest.approx(1)


def test_it_knows_the_average_of_this_programme_better_than_of_all_auditors() -> None:
    """CP-02: the interval of a fair score has no doubt in it about auditors who were never hired."""
    programme = make_programme(20, 6, auditors=3, seed=5)
    fit = fit_model(programme)
    people = list_people(programme)
    here = estimate_fair_scores(fit, people)
    anywhere = fit.estimate_each([Contrast(1.0, {("employee", person): 1.0}) for person in people])
    assert here.values == pytest.approx(anywhere.values)
    assert (here.errors < anywhere.errors).all()
