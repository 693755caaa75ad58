"""CP-01: programmes at the edge of what can be modelled, and those beyond it."""

import pytest

from reports.contrasts import Contrast
from reports.crossed_design import ModelError, Observations
from reports.crossed_model import fit_model
from reports.variance_integration import integrate_model
from tests.reports.programmes import make_programme


def read_rows(table: str) -> Observations:
    """Rows of employee, auditor and score, separated by bars."""
    rows = [row.split() for row in table.split("|")]
    return Observations(
        scores=[float(row[2]) for row in rows],
        random={"employee": [row[0] for row in rows], "auditor": [row[1] for row in rows]},
    )


def test_it_finds_no_difference_where_means_are_nearer_than_chance() -> None:
    """CP-01: everybody has one high and one low visit; the variance of people is exactly zero."""
    fit = fit_model(read_rows("Anna x 90 | Anna y 70 | Boris y 90 | Boris x 70 | Vera x 90 | Vera y 70"))
    assert "employee" in fit.singular
    assert fit.sds["employee"] == 0.0
    assert set(fit.list_effects("employee").values()) == {0.0}
    difference = fit.compare(
        Contrast(effects={("employee", "Anna"): 1}), Contrast(effects={("employee", "Boris"): 1})
    )
    assert difference.find_chances_above()[0] == 0.5


def test_it_lets_a_factor_explain_nearly_everything() -> None:
    """CP-01: people who always get their own score have a large ratio and a tiny residual."""
    fit = fit_model(read_rows("Anna x 90 | Anna y 90 | Boris x 70 | Boris y 70 | Vera x 50 | Vera y 50.1"))
    assert fit.sds["employee"] == pytest.approx(20, rel=0.01)
    assert fit.sds["residual"] == pytest.approx(0.0408, rel=0.25)
    assert fit.list_effects("employee")["Vera"] == pytest.approx(-20, abs=0.1)


def test_it_stays_finite_where_nothing_is_left_to_chance() -> None:
    """CP-01: without any residual the likelihood has no top; the effects are the means all the same."""
    fit = fit_model(read_rows("Anna x 90 | Anna y 90 | Boris x 70 | Boris y 70 | Vera x 50 | Vera y 50"))
    assert dict(fit.list_effects("employee")) == pytest.approx(
        {"Anna": 20, "Boris": 0, "Vera": -20}, abs=0.01
    )
    assert fit.sds["residual"] == pytest.approx(0, abs=0.01)
    careful = integrate_model(
        read_rows("Anna x 90 | Anna y 90 | Boris x 70 | Boris y 70 | Vera x 50 | Vera y 50")
    )
    assert 0 < careful.sds["employee"] < 100


def test_it_holds_a_single_auditor_to_be_part_of_the_mean() -> None:
    """CP-01: with one auditor for everybody there is nothing to compare auditors with."""
    programme = make_programme(10, 3, auditors=1)
    fit = fit_model(programme)
    assert fit.sds["auditor"] == 0.0
    assert "auditor" in fit.singular
    assert integrate_model(programme).sds["auditor"] == 0.0


@pytest.mark.parametrize(
    ("table", "reason", "factors"),
    [
        ("Anna x 90", "too_few_scores", ()),
        ("Anna x 90 | Boris y 80 | Vera x 70", "one_score_each", ("employee",)),
        ("Anna x 9 | Anna x 8 | Boris y 7 | Boris y 6", "confounded", ("employee", "auditor")),
        ("Anna x 100 | Anna y 100 | Boris x 100 | Boris y 100", "all_the_same", ()),
    ],
)
def test_it_says_why_scores_cannot_be_modelled(table: str, reason: str, factors: tuple[str, ...]) -> None:
    """CP-04, CP-07: the reason is a word that a page can explain, with the factors it is about."""
    for fit in (fit_model, integrate_model):
        with pytest.raises(ModelError) as caught:
            fit(read_rows(table))
        assert (caught.value.reason, caught.value.factors) == (reason, factors)


def test_it_needs_more_scores_than_fixed_effects() -> None:
    waves = {"wave": ["1", "2", "3", "4"]}
    rows = read_rows("Anna x 9 | Anna y 8 | Boris x 7 | Boris x 5")
    with pytest.raises(ModelError, match="too_few_scores"):
        fit_model(Observations(rows.scores, rows.random, waves))


def test_it_leaves_out_what_another_fixed_factor_already_says() -> None:
    """SC-20: a version that had a wave of its own cannot be told from it; the fit stands all the same."""
    programme = make_programme(20, 4)
    twin = {"version": [f"v{name[-1]}" for name in programme.fixed["scenario"]]}
    doubled = Observations(programme.scores, programme.random, {**programme.fixed, **twin})
    one, other = fit_model(programme), fit_model(doubled)
    assert other.deviance == pytest.approx(one.deviance)
    assert dict(other.list_effects("employee")) == pytest.approx(dict(one.list_effects("employee")), abs=1e-4)
    with pytest.raises(ModelError, match="aliased: version"):
        other.estimate_jointly([Contrast(effects={("version", "v1"): 1})])


@pytest.mark.parametrize(
    "wrong",
    [
        Observations([80.0, 70.0, 60.0], {"employee": ["A", "A"]}),
        Observations([80.0, float("nan"), 60.0], {"employee": ["A", "A", "B"]}),
        Observations([80.0, 70.0, 60.0], {}),
        Observations([80.0, 70.0, 60.0], {"shop": ["A", "A", "B"]}, {"shop": ["A", "A", "B"]}),
    ],
)
def test_it_refuses_rows_that_do_not_fit_together(wrong: Observations) -> None:
    """A programmer's error is told at once and is no ModelError."""
    with pytest.raises(ValueError, match=r"values|number|factor|columns") as caught:
        fit_model(wrong)
    assert not isinstance(caught.value, ModelError)


def test_it_knows_nobody_who_was_never_visited() -> None:
    fit = fit_model(make_programme())
    for unknown in (
        Contrast(effects={("employee", "nobody"): 1}),
        Contrast(effects={("scenario", "none"): 1}),
        Contrast(covariates={"dose": 1}),
    ):
        with pytest.raises(KeyError):
            fit.estimate_jointly([unknown])
