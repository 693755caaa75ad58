"""The picture of the waterfall adds up in what is printed, and ends where the dot plot begins (CP-06)."""

from decimal import Decimal

import pytest

from reports.fair_comparison import FairModel, fit_fairly
from reports.fair_rows import Figure
from reports.waterfall_picture import choose_waterfall_scale, draw_waterfall
from tests.reports.drawings import find_shapes, find_texts, read_share
from tests.reports.fair_visits import make_visits


@pytest.fixture(scope="module")
def model() -> FairModel:
    """Twelve people with four visits each."""
    return fit_fairly(make_visits())


def read_figure(text: str) -> Decimal:
    """A printed Russian figure as a number."""
    return Decimal(text.replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize("person", range(12))
def test_it_adds_up_in_what_is_printed(model: FairModel, person: int) -> None:
    fall = model.describe("customer").people[person].waterfall
    assert fall is not None
    drawing = draw_waterfall(fall, "ru", figure="customer", title="Как получен балл")
    raw, *changes, fair = [read_figure(text) for text in find_texts(drawing, "fall-figure")]
    assert len(changes) == 3
    assert raw + sum(changes) == fair == fall.fair


def test_it_draws_each_step_from_where_the_last_one_ended(model: FairModel) -> None:
    """Two people are drawn on one scale."""
    falls = [each.waterfall for each in model.describe("colleagues").people[:2] if each.waterfall]
    scale = choose_waterfall_scale(falls)
    for fall in falls:
        drawing = draw_waterfall(fall, "en", figure="colleagues", title="Steps", scale=scale)
        before = [read_share(each["x1"]) for each in find_shapes(drawing, "fall-before") if "%" in each["x1"]]
        dots = [read_share(each["cx"]) for each in find_shapes(drawing, "dot-fair") if "%" in each["cx"]]
        totals = [float(step.total) for step in fall.steps]
        assert before == pytest.approx(
            [scale.place(total) for total in [float(fall.raw), *totals[:-1]]], abs=1e-4
        )
        assert dots == pytest.approx([scale.place(total) for total in [*totals, float(fall.fair)]], abs=1e-4)


@pytest.mark.parametrize(
    ("figure", "name", "meaning"),
    [
        ("colleagues", "Where, and by which scenario", "Some shops, scenarios, waves and versions"),
        ("customer", "By which scenario, and when", "The shop stays in"),
    ],
)
def test_it_says_what_each_step_takes_out(model: FairModel, figure: Figure, name: str, meaning: str) -> None:
    """CP-02: the shop is taken out among colleagues alone, so only there it is said to be."""
    fall = model.describe(figure).people[0].waterfall
    assert fall is not None
    drawing = draw_waterfall(fall, "en", figure=figure, title="Steps")
    assert find_texts(drawing, "fall-name")[::2] == [
        "Mean as it is",
        "Who audited",
        name,
        "Allowance for chance",
        "Fair score",
    ]
    assert meaning in drawing
    assert ("Some shops" in drawing) == (figure == "colleagues")
    assert "The plain mean of the base scores: 4\N{NO-BREAK SPACE}visits." in drawing
    assert "style=" not in drawing
