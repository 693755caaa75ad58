"""CP-05: below fifty people the variances are integrated over, on a fixed grid."""

import random

import numpy as np
import pytest

from reports.crossed_design import ModelError, Observations
from reports.crossed_model import CrossedFit, fit_model
from reports.fair_scores import compare_people, describe_person, estimate_fair_scores
from reports.variance_integration import fit_programme, integrate_model
from tests.reports.dense_oracle import build_dense
from tests.reports.programmes import make_programme, reorder

FLAT = "Anna x 90 | Anna y 70 | Boris y 90 | Boris x 70 | Vera x 90 | Vera y 70"


def drop_all_but(observations: Observations, *names: str) -> Observations:
    """The same visits with fewer random factors and no fixed ones."""
    return Observations(observations.scores, {name: observations.random[name] for name in names})


def list_people(observations: Observations) -> list[str]:
    """The people of a programme, alphabetically."""
    return sorted(set(observations.random["employee"]))


def integrate_naively(observations: Observations, points: int) -> tuple[dict[str, float], float]:
    """Employee effects and the mean employee sd, by a fine plain sum over ratios themselves, one by one.

    The residual sd is integrated as well, with the weight 1/s, on a grid of its own: the oracle does not know
    that it could be had in closed form.
    """
    spread = float(np.std(observations.scores))
    ratios = (np.arange(points) + 0.5) * 9.0 / points
    residuals = np.exp(np.linspace(np.log(spread / 12), np.log(spread * 4), 60))
    effects, sds, logs = [], [], []
    for ratio in ratios:
        for residual in residuals:
            known = {"employee": ratio * residual, "residual": residual}
            model = build_dense(observations.scores, observations.random, {}, known)
            penalty = -2 * np.log(ratio) + ratio**2 / 0.5
            # The grid of residuals is even in logarithms, in which the weight 1/s is flat.
            logs.append(-(model.deviance(reml=True) + penalty) / 2)
            effects.append(model.effects[0])
            sds.append(ratio * residual)
    weights = np.exp(np.array(logs) - max(logs))
    weights /= weights.sum()
    people = list_people(observations)
    return dict(zip(people, weights @ np.array(effects), strict=True)), float(weights @ np.array(sds))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_agrees_with_a_plain_sum_over_all_variances(seed: int) -> None:
    """CP-05: -2 log theta + theta^2/0.5 on the deviance, and the residual integrated out."""
    programme = drop_all_but(make_programme(8, 2, seed=seed), "employee")
    fit = integrate_model(programme)
    effects, sd = integrate_naively(programme, points=80)
    scale = max(map(abs, effects.values()))
    assert dict(fit.list_effects("employee")) == pytest.approx(effects, abs=0.01 * scale)
    # Ours takes the residual sd at its best for each ratio, which is a little below its average.
    assert fit.sds["employee"] == pytest.approx(sd, rel=0.1)


@pytest.mark.parametrize("shape", [(8, 2)])
def test_it_hardly_changes_on_a_finer_grid(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """CP-05: the grid is fine enough: errors move by less than 3 %, chances by less than 0.01."""
    programme = make_programme(*shape, auditors=4, shops=4, seed=7)
    people = list_people(programme)
    coarse = integrate_model(programme)
    monkeypatch.setattr("reports.variance_integration.STEPS", {3: 0.6})
    monkeypatch.setattr("reports.variance_integration.UNLIKELY", 8.0)
    fine = integrate_model(programme)
    assert len(fine.weights) > 3 * len(coarse.weights)
    one, other = (estimate_fair_scores(fit, people) for fit in (coarse, fine))
    assert one.errors == pytest.approx(other.errors, rel=0.03)
    assert one.values == pytest.approx(other.values, abs=0.1)
    expected = compare_people(fine, people[:4])
    assert dict(compare_people(coarse, people[:4])) == pytest.approx(dict(expected), abs=0.01)


def test_it_claims_less_than_reml_when_little_is_known() -> None:
    """CP-05: where REML sees no variance and is sure that all are alike, this model keeps the doubt."""
    rows = [row.split() for row in FLAT.split("|")]
    programme = Observations([float(row[2]) for row in rows], {"employee": [row[0] for row in rows]})
    sure, careful = fit_model(programme), integrate_model(programme)
    assert sure.singular == ("employee",)
    assert careful.singular == ()
    assert careful.sds["employee"] > 1
    widths = []
    for fit in (sure, careful):
        joint = fit.estimate_jointly([describe_person(fit.design, name) for name in ("Anna", "Boris")])
        low, high = joint.subtract(0, 1).find_intervals()
        widths.append(float(high[0] - low[0]))
    assert widths[0] == 0
    assert widths[1] > 10


def test_it_gives_the_same_figures_each_time_and_in_any_order() -> None:
    """CP-05: no chance in it; the order of visits moves nothing that could be printed."""
    programme = make_programme(10, 3, seed=11)
    order = list(range(len(programme.scores)))
    random.Random(1).shuffle(order)
    people = list_people(programme)
    first, again, shuffled = (
        estimate_fair_scores(integrate_model(rows), people)
        for rows in (programme, programme, reorder(programme, order))
    )
    assert (first.values == again.values).all()
    assert shuffled.values == pytest.approx(first.values, abs=0.01)
    assert shuffled.find_intervals()[0] == pytest.approx(first.find_intervals()[0], abs=0.05)


def test_it_comes_to_what_reml_says_when_the_programme_is_large() -> None:
    """CP-05: with 150 people the penalty no longer matters, so nothing jumps at fifty."""
    programme = make_programme(150, 4, auditors=20, shops=25, seed=2)
    fits: list[CrossedFit] = [fit_model(programme), integrate_model(programme)]
    people = list_people(programme)[:10]
    one, other = (estimate_fair_scores(fit, people) for fit in fits)
    assert dict(fits[1].sds) == pytest.approx(dict(fits[0].sds), abs=0.8)
    assert other.values == pytest.approx(one.values, abs=0.5)
    assert other.errors == pytest.approx(one.errors, rel=0.1)


def test_it_chooses_by_the_number_of_people() -> None:
    """CP-05: below eight raw visits only, below fifty integrated, from fifty on REML alone."""
    with pytest.raises(ModelError, match="too_few_people"):
        fit_programme(make_programme(7, 6))
    assert len(fit_programme(make_programme(8, 3)).weights) > 1
    assert len(fit_programme(make_programme(49, 2)).weights) > 1
    assert len(fit_programme(make_programme(50, 6, auditors=8, shops=8)).weights) == 1


def test_it_takes_no_variance_for_nothing_where_none_can_be_seen() -> None:
    """CP-05: REML at zero gives intervals without any width; from fifty people on that is integrated too."""
    programme = make_programme(50, 2)
    reml = fit_model(programme)
    assert reml.singular == ("auditor",)
    assert fit_programme(programme, reml=reml).sds["auditor"] > 0.5


def test_it_asks_for_more_before_it_calls_a_difference() -> None:
    """CP-03, CP-05: 0.975 where the variances are integrated, 0.95 where they are known."""
    assert fit_programme(make_programme(8, 3)).called_from == 0.975
    assert fit_model(make_programme(8, 3)).called_from == 0.95
