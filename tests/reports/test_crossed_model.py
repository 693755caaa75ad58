"""CP-01: the crossed model against a naive oracle, and what must not change it."""

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.contrasts import Contrast, lay_out_contrasts
from reports.crossed_design import Observations, lay_out
from reports.crossed_model import CrossedFit, fit_model
from reports.mixed_equations import Method, set_up_equations
from tests.reports.dense_oracle import DenseModel, build_dense
from tests.reports.programmes import make_programme, programmes, reorder

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def build_oracle(observations: Observations, fit: CrossedFit) -> DenseModel:
    """The oracle at the variances of a fit."""
    return build_dense(observations.scores, observations.random, observations.fixed, fit.sds)


@few
@given(programmes, st.sampled_from(["REML", "ML"]))
def test_it_agrees_with_the_naive_model_on_likelihood_and_effects(
    observations: Observations, method: Method
) -> None:
    """CP-01: Henderson's equations give what V = sum Z G Z' + R gives, zeros included."""
    fit = fit_model(observations, method=method)
    oracle = build_oracle(observations, fit)
    assert fit.deviance == pytest.approx(oracle.deviance(reml=method == "REML"), abs=1e-6)
    for (name, effects), expected in zip(
        ((name, fit.list_effects(name)) for name in observations.random), oracle.effects, strict=True
    ):
        assert list(effects.values()) == pytest.approx(expected, abs=1e-6), name
    assert fit.mean == pytest.approx(float((oracle.fixed @ oracle.coefficients).mean()), abs=1e-6)


@few
@given(programmes)
def test_it_finds_no_better_variances_nearby(observations: Observations) -> None:
    """CP-01: the optimum is one: whatever is changed a little, the naive deviance does not fall."""
    fit = fit_model(observations)
    for name in fit.sds:
        for factor in (0.9, 1.1):
            changed = {**fit.sds, name: max(fit.sds[name] * factor, 0.3)}
            moved = build_dense(observations.scores, observations.random, observations.fixed, changed)
            assert moved.deviance(reml=True) >= fit.deviance - 1e-6, (name, factor)


@few
@given(programmes)
def test_it_agrees_with_the_naive_model_on_errors_and_covariances(observations: Observations) -> None:
    """CP-03: contrasts carry the variance of the mean, of the effects and of everything between them."""
    fit = fit_model(observations)
    people = sorted(set(observations.random["employee"]))
    shop = observations.random["shop"][0]
    contrasts = [
        Contrast(mean=1, effects={("employee", people[0]): 1}),
        Contrast(mean=1, effects={("employee", people[1]): 1, ("shop", shop): 1}),
        Contrast(effects={("employee", people[0]): 1, ("employee", people[-1]): -1}),
    ]
    joint = fit.estimate_jointly(contrasts)
    oracle = build_oracle(observations, fit)
    average = oracle.fixed.mean(axis=0)
    fixed = np.outer(average, [contrast.mean for contrast in contrasts])
    _, levels = lay_out_contrasts(fit.design, contrasts)
    expected = oracle.error_covariance(fixed, levels.toarray())
    # The oracle's sds are the fit's; its errors are normal where ours are Student's of the same scale.
    assert joint.covariances[0] == pytest.approx(expected, rel=1e-6, abs=1e-8)
    assert joint.separate().scales[0, :2] == pytest.approx(fit.estimate_each(contrasts[:2]).scales[0])


@pytest.mark.parametrize("people", [24, 320], ids=["few", "many"])
def test_each_figure_has_its_own_baseline(people: int) -> None:
    """Figures beside many means at once are those beside each mean alone, with covariances in full."""
    programme = make_programme(people, 3)
    fit = fit_model(programme)
    contrasts = [
        Contrast(effects={("employee", name): 1}) for name in sorted(set(programme.random["employee"]))
    ]
    groups = [contrasts[number : number + 3] for number in range(0, people, 3)]
    means = [
        Contrast(effects={level: -1 / len(group) for each in group for level in each.effects})
        for group in groups
    ]
    chosen = [number // 3 for number in range(people)]
    apart = fit.estimate_each(contrasts, baselines=means, chosen=chosen)
    for number, baseline in enumerate(chosen):
        alone = fit.estimate_jointly([contrasts[number], means[baseline]]).combine(np.ones(2))
        assert apart.values[number] == pytest.approx(alone.values[0])
        assert apart.scales[0, number] == pytest.approx(alone.scales[0, 0])


@few
@given(programmes, st.randoms(use_true_random=False))
def test_it_does_not_care_for_the_order_of_visits(observations: Observations, shuffle: random.Random) -> None:
    """CP-01: the same visits in another order are the same programme."""
    order = list(range(len(observations.scores)))
    shuffle.shuffle(order)
    one, other = fit_model(observations), fit_model(reorder(observations, order))
    assert other.deviance == pytest.approx(one.deviance, abs=1e-6)
    assert dict(other.sds) == pytest.approx(dict(one.sds), abs=1e-2)
    assert dict(other.list_effects("employee")) == pytest.approx(dict(one.list_effects("employee")), abs=1e-2)


@few
@given(programmes, st.floats(-500, 500))
def test_it_moves_the_mean_alone_when_all_scores_move(observations: Observations, shift: float) -> None:
    """CP-01: ten points for everybody change nobody's effect and no variance."""
    moved = Observations(
        [score + shift for score in observations.scores], observations.random, observations.fixed
    )
    one, other = fit_model(observations), fit_model(moved)
    assert other.mean - one.mean == pytest.approx(shift, abs=1e-2)
    assert dict(other.sds) == pytest.approx(dict(one.sds), abs=1e-2)
    assert dict(other.list_effects("auditor")) == pytest.approx(dict(one.list_effects("auditor")), abs=1e-2)


@few
@given(programmes, st.floats(0.01, 100))
def test_it_scales_with_the_scores(observations: Observations, factor: float) -> None:
    """CP-01: in tenths of a point everything is ten times as large."""
    scaled = Observations(
        [score * factor for score in observations.scores], observations.random, observations.fixed
    )
    one, other = fit_model(observations), fit_model(scaled)
    expected = {name: sd * factor for name, sd in one.sds.items()}
    assert dict(other.sds) == pytest.approx(expected, rel=1e-2, abs=1e-2 * factor)


@few
@given(programmes)
def test_it_does_not_care_what_people_are_called(observations: Observations) -> None:
    """CP-01: other names in another alphabetical order carry the same effects; scenarios too."""
    renamed = Observations(
        observations.scores,
        {name: [value[::-1] for value in values] for name, values in observations.random.items()},
        {name: [value[::-1] for value in values] for name, values in observations.fixed.items()},
    )
    one, other = fit_model(observations), fit_model(renamed)
    expected = {name[::-1]: effect for name, effect in one.list_effects("employee").items()}
    assert dict(other.list_effects("employee")) == pytest.approx(expected, abs=1e-2)
    assert other.mean == pytest.approx(one.mean, abs=1e-2)


def test_it_predicts_effects_that_add_up_to_nothing() -> None:
    """CP-02: the average auditor of a programme is the zero from which effects are counted."""
    fit = fit_model(make_programme(20, 6, seed=3))
    for factor in ("employee", "auditor", "shop"):
        assert sum(fit.list_effects(factor).values()) == pytest.approx(0, abs=1e-8)


def test_it_measures_the_effect_of_a_scenario_and_of_a_covariate() -> None:
    """CP-01: fixed effects are contrasts like any other; the covariate here is worth two points a unit."""
    programme = make_programme(60, 6, seed=5, scenarios=3)
    dose = [float(number % 4) for number in range(len(programme.scores))]
    scores = [score + 2 * amount for score, amount in zip(programme.scores, dose, strict=True)]
    fit = fit_model(Observations(scores, programme.random, programme.fixed, {"dose": dose}))
    slope = fit.estimate_jointly([Contrast(covariates={"dose": 1})]).separate()
    low, high = slope.find_intervals()
    assert low[0] < 2 < high[0]
    assert high[0] - low[0] < 2.5
    harder, easier = (
        Contrast(effects={("scenario", name): 1}) for name in ("scenario 00000", "scenario 00002")
    )
    gain = fit.compare(easier, harder)
    oracle = build_dense(
        [score - 2 * amount for score, amount in zip(scores, dose, strict=True)],
        programme.random,
        programme.fixed,
        fit.sds,
    )
    # Scenario 2 is six points easier; the oracle knows the slope, the fit has to find it.
    assert gain.values[0] == pytest.approx(oracle.coefficients[2], abs=0.5)
    assert gain.find_chances_above()[0] > 0.99


def test_it_keeps_the_equations_and_the_fit_in_step() -> None:
    """CP-01: the deviance that was minimised is the deviance of the solution."""
    equations = set_up_equations(lay_out(make_programme()), method="REML")
    theta = np.array([0.7, 0.4, 0.2])
    assert equations.deviance(theta) == pytest.approx(equations.solve(theta).deviance, abs=1e-10)
