"""The funnel: limits as the programme's own sds set them, and a dot for everybody who has a figure."""

from math import sqrt

import numpy as np
import pytest

from reports.fair_comparison import FairModel, fit_fairly
from reports.fair_rows import Figure
from reports.funnel_plot import (
    OUTER,
    FunnelLimits,
    FunnelPoint,
    draw_funnel,
    explain_funnel,
    find_funnel_limits,
    list_funnel_points,
)
from tests.reports.drawings import find_shapes, find_texts
from tests.reports.fair_visits import make_visits

SDS = {"employee": 6.0, "auditor": 4.0, "shop": 3.0, "residual": 8.0}


@pytest.fixture(scope="module")
def model() -> FairModel:
    """Twelve people with four visits each."""
    return fit_fairly(make_visits())


@pytest.mark.parametrize(("figure", "staying"), [("colleagues", 9.0), ("customer", 0.0)])
def test_it_narrows_with_the_root_of_the_visits(figure: Figure, staying: float) -> None:
    """The formula of the module: what people themselves differ by is left out, shops stay as they are."""
    low, high = FunnelLimits(75.0, SDS, figure).find(5)
    assert (high - 75.0, 75.0 - low) == pytest.approx([1.959964 * sqrt(staying + 80 / 5)] * 2, abs=1e-5)
    outer = FunnelLimits(75.0, SDS, figure).find(5, level=OUTER)[1]
    assert outer - 75.0 == pytest.approx(3.090232 * sqrt(staying + 80 / 5), abs=1e-5)


def test_it_holds_nineteen_in_twenty_where_people_do_not_differ() -> None:
    """Drawn from the model without any difference between people: auditors, chance, and a shop each."""
    random = np.random.default_rng(7)
    count, visits = 20_000, 4
    means = (
        75
        + random.normal(0, 3, count)
        + random.normal(0, 4, (visits, count)).mean(axis=0)
        + random.normal(0, 8, (visits, count)).mean(axis=0)
    )
    low, high = FunnelLimits(75.0, SDS).find(visits)
    assert np.mean((means >= low) & (means <= high)) == pytest.approx(0.95, abs=0.006)


def test_it_refuses_a_mean_of_no_visit() -> None:
    with pytest.raises(ValueError, match="needs a visit"):
        FunnelLimits(75.0, SDS).find(0)


def test_it_shows_everybody_with_a_figure_by_the_plain_mean(model: FairModel) -> None:
    """CP-04: people below the gate have no dot; CP-03: the order is the comparison's."""
    comparison = model.describe("customer")
    points = list_funnel_points(comparison, links={"person 00000": "/p"})
    assert [(point.visits, point.mean) for point in points] == [
        (len(person.visits), person.raw) for person in comparison.people
    ]
    limits = find_funnel_limits(comparison)
    assert limits is not None
    drawing = draw_funnel(points, "en", title="Funnel", limits=limits)
    assert len(list(find_shapes(drawing, "funnel-dot"))) == 12
    assert [each["href"] for each in find_shapes(drawing, "funnel-point") if "href" in each] == ["/p"]
    assert find_texts(drawing, "funnel-words")[0].startswith("Person 00000: ")
    assert all(each["visibility"] == "hidden" for each in find_shapes(drawing, "funnel-words"))


def test_it_has_no_limits_without_a_model() -> None:
    comparison = fit_fairly(make_visits(6, 3)).describe("customer")
    assert find_funnel_limits(comparison) is None
    assert not list_funnel_points(comparison)
    assert not draw_funnel([], "ru", title="Воронка", limits=FunnelLimits(75.0, SDS))


@pytest.mark.parametrize("visits", [(3, 3), (3, 4), (3, 12), (3, 400)])
def test_it_draws_any_span_of_visits_within_its_frame(visits: tuple[int, int]) -> None:
    points = [FunnelPoint(f"p{number}", number, 70.0 + index) for index, number in enumerate(visits)]
    drawing = draw_funnel(points, "ru", title="Воронка", limits=FunnelLimits(75.0, SDS))
    pieces = [*find_shapes(drawing, "funnel-inner"), *find_shapes(drawing, "funnel-outer")]
    places = [float(each[end][:-1]) for each in pieces for end in ("x1", "x2") if "%" in each[end]]
    assert places
    assert min(places) >= 8.9
    assert max(places) <= 96.1
    assert len(pieces) < 220
    marks = [text for text in find_texts(drawing, "chart-soft") if text == str(visits[-1])]
    assert marks


def test_it_explains_itself_in_both_languages() -> None:
    for figure in ("colleagues", "customer"):
        assert "998" in explain_funnel(figure, "ru")
        assert "95 people in 100" in explain_funnel(figure, "en")
