"""CP-01: absorbing factor after factor gives what a plain dense decomposition gives, at any size."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from scipy.sparse import csc_array

from reports import elimination
from reports.contrasts import Contrast
from reports.crossed_design import Observations, lay_out
from reports.crossed_model import fit_model
from reports.elimination import Plan, factorise, plan_elimination
from reports.fair_scores import describe_average, describe_person, estimate_fair_scores
from reports.selected_inverse import select_inverse
from tests.reports.programmes import make_programme, programmes

# The fixture only sets a limit, which holds for every example alike.
patched = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def absorb_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Absorb in stages even where the whole would fit into a small dense matrix."""
    monkeypatch.setattr(elimination, "DENSE_ENOUGH", 3)


def plan_programme(observations: Observations) -> tuple[Plan, csc_array]:
    """The plan for a programme, and its sums of products in the order of the columns."""
    design = lay_out(observations)
    products = csc_array(design.incidence.T @ design.incidence)
    columns = design.factors["employee"].columns
    return plan_elimination(products, np.arange(columns.start, columns.stop)), products


def scale_densely(products: csc_array, scales: np.ndarray) -> np.ndarray:
    """S products S + I, as a dense matrix."""
    return np.asarray(scales[:, None] * products.toarray() * scales + np.eye(len(scales)))


@pytest.mark.usefixtures("absorb_always")
@patched
@given(programmes)
def test_it_solves_in_stages_what_a_dense_solver_solves(observations: Observations) -> None:
    plan, products = plan_programme(observations)
    scales = np.linspace(0.0, 2.0, len(plan.order))
    dense = scale_densely(products, scales)
    ordered = csc_array(csc_array(products[:, plan.order])[plan.order])
    factorisation = factorise(ordered, scales[plan.order], plan)
    assert plan.stages
    assert sorted(plan.order) == list(range(len(scales)))
    assert factorisation.log_determinant == pytest.approx(np.linalg.slogdet(dense)[1])
    right = np.random.default_rng(2).normal(size=(len(scales), 3))
    assert factorisation.solve(right) == pytest.approx(np.linalg.solve(dense, right))
    half = factorisation.halve(right)
    assert half.T @ half == pytest.approx(right.T @ np.linalg.solve(dense, right))


@pytest.mark.usefixtures("absorb_always")
@patched
@given(programmes)
def test_it_selects_true_entries_of_the_inverse(observations: Observations) -> None:
    """Every diagonal entry, and every pair of levels that met in a visit, zeros among the scales or not."""
    plan, products = plan_programme(observations)
    scales = np.linspace(0.0, 2.0, len(plan.order))
    scales[::5] = 0.0
    ordered = csc_array(csc_array(products[:, plan.order])[plan.order])
    selected = select_inverse(factorise(ordered, scales[plan.order], plan))
    inverse = np.linalg.inv(scale_densely(products, scales))[np.ix_(plan.order, plan.order)]
    rows, columns = (part.astype(np.int64) for part in ordered.nonzero())
    assert selected.look_up(rows, columns) == pytest.approx(inverse[rows, columns], abs=1e-10)


@pytest.mark.usefixtures("absorb_always")
def test_it_refuses_an_entry_that_it_never_computed() -> None:
    """Two people who share no shop and no auditor never meet in the equations."""
    plan, products = plan_programme(make_programme(12, 2))
    ordered = csc_array(csc_array(products[:, plan.order])[plan.order])
    selected = select_inverse(factorise(ordered, np.ones(len(plan.order)), plan))
    with pytest.raises(KeyError, match="pattern"):
        selected.look_up(np.array([0]), np.array([1]))


def test_it_gives_the_same_fit_in_stages_and_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """CP-01: how the equations are solved shows in the time alone."""
    observations = make_programme(40, 4, auditors=6, shops=8, moving=0.05)
    people = sorted(set(observations.random["employee"]))
    at_once = fit_model(observations)
    monkeypatch.setattr(elimination, "DENSE_ENOUGH", 4)
    staged = fit_model(observations)
    assert staged.solutions[0].factorisation.plan.stages
    assert dict(staged.sds) == pytest.approx(dict(at_once.sds), abs=1e-4)
    for keep in ((), ("shop",)):
        one, other = (estimate_fair_scores(fit, people, keep=keep) for fit in (at_once, staged))
        assert other.values == pytest.approx(one.values, abs=1e-3)
        assert other.errors == pytest.approx(one.errors, abs=1e-3)


def test_it_absorbs_shops_after_people_and_leaves_the_auditors(monkeypatch: pytest.MonkeyPatch) -> None:
    """CP-01: where each person has one shop, shops never meet once the people are gone."""
    monkeypatch.setattr(elimination, "DENSE_ENOUGH", 6)
    plan, _ = plan_programme(make_programme(60, 4, auditors=6, shops=12, moving=0.0))
    assert [stage.size for stage in plan.stages] == [60, 12]
    assert len(plan.order) - plan.core == 6


def test_it_finds_errors_of_single_figures_as_of_joint_ones() -> None:
    """CP-02: the fast way to 30,000 intervals is the slow way to one."""
    observations = make_programme(300, 2, auditors=12, shops=30)
    fit = fit_model(observations)
    people = sorted(set(observations.random["employee"]))[:7]
    each = estimate_fair_scores(fit, people, keep=("shop",))
    average = describe_average(fit.design, but=("employee", "shop"))
    contrasts = [describe_person(fit.design, person, keep=("shop",)) for person in people]
    whole = [Contrast(1.0, {**average.effects, **contrast.effects}) for contrast in contrasts]
    joint = fit.estimate_jointly(whole).separate()
    assert each.values == pytest.approx(joint.values)
    assert each.errors == pytest.approx(joint.errors)


def test_it_needs_no_rest_at_all_when_a_single_factor_is_absorbed() -> None:
    """CP-01: people alone, and more of them than a small dense matrix would hold."""
    whole = make_programme(300, 2)
    people = sorted(set(whole.random["employee"]))
    fit = fit_model(Observations(whole.scores, {"employee": whole.random["employee"]}))
    ratio = fit.theta[0]
    scores = estimate_fair_scores(fit, people)
    kept = 2 * ratio**2 / (1 + 2 * ratio**2)
    mean = np.mean(whole.scores[:2])
    assert scores.values[0] == pytest.approx(fit.mean + kept * (mean - fit.mean))
    of_the_mean = (fit.sds["employee"] ** 2 + fit.sds["residual"] ** 2 / 2) / 300
    variance = (1 - kept) * fit.sds["employee"] ** 2 + (1 - kept) ** 2 * of_the_mean
    widened = fit.design.freedom / (fit.design.freedom - 2)  # Student's distribution
    assert scores.errors[0] ** 2 == pytest.approx(variance * widened, rel=1e-6)
