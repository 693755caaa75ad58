"""The dot plot of people: what is drawn agrees with what is said, and nobody is sorted by a figure."""

from dataclasses import replace

import pytest

from reports.dot_plot import Dot, DotPlot, choose_dot_scale, draw_dot_plot, draw_dots, list_dots
from reports.fair_comparison import FairModel, fit_fairly
from reports.fair_words import describe_person, format_points
from tests.reports.drawings import find_shapes, find_texts, read_share
from tests.reports.fair_visits import make_visits


@pytest.fixture(scope="module")
def model() -> FairModel:
    """Twelve people with four visits each, and one with a single visit."""
    visits = make_visits()
    lone = replace(visits[0], visit="lone", employee="person new", employee_name="Ёлкина")
    return fit_fairly([*visits, lone])


def test_it_draws_the_printed_figures_and_says_the_sentence_beside_them(model: FairModel) -> None:
    """Scoring.md 5: filled dot fair, band the interval, hollow dot raw, words at the right."""
    comparison = model.describe("customer")
    dots = list_dots(comparison, "ru")
    drawing = draw_dot_plot(dots, "ru", title="Сотрудники", mean=comparison.mean)
    scale = choose_dot_scale(dots, mean=comparison.mean)
    rows = [person for person in comparison.people if person.waterfall]
    fair = [read_share(each["cx"]) for each in find_shapes(drawing, "dot-fair") if "%" in each["cx"]]
    raw = [read_share(each["cx"]) for each in find_shapes(drawing, "dot-raw") if "%" in each["cx"]]
    bands = [each for each in find_shapes(drawing, "dot-band") if "%" in each["x"]]
    assert fair == pytest.approx(
        [scale.place(float(p.waterfall.fair)) for p in rows if p.waterfall], abs=1e-4
    )
    assert raw == pytest.approx([scale.place(float(p.waterfall.raw)) for p in rows if p.waterfall], abs=1e-4)
    assert [read_share(band["x"]) for band in bands] == pytest.approx(
        [scale.place(person.low or 0) for person in rows], abs=1e-4
    )
    assert find_texts(drawing, "dots-words") == [
        describe_person(person, comparison, "ru") for person in comparison.people
    ]
    assert comparison.mean is not None
    average = format_points(comparison.mean, "ru")
    assert f"средний визит по модели: {average}" in drawing, "no plain mean, so not called one"


def test_it_keeps_the_order_of_the_comparison(model: FairModel) -> None:
    """CP-03: alphabetical, whatever the figures are; with names given, theirs and only those."""
    comparison = model.describe("customer")
    drawing = draw_dot_plot(list_dots(comparison, "en"), "en", title="Staff")
    assert find_texts(drawing, "dots-name") == [person.name for person in comparison.people]
    hidden = {"person 00003": "Employee 7F", "person 00001": "Employee A2"}
    assert [dot.name for dot in list_dots(comparison, "en", names=hidden)] == ["Employee 7F", "Employee A2"]


def test_it_gives_words_in_place_of_a_dot_below_the_gate(model: FairModel) -> None:
    """CP-04: one visit gives no dot, neither filled nor hollow."""
    comparison = model.describe("customer", people={"person new"})
    drawing = draw_dot_plot(list_dots(comparison, "ru"), "ru", title="Сотрудники", mean=80.0)
    assert find_texts(drawing, "dots-alone") == ["мало визитов (1 из 3)"]
    assert not list(find_shapes(drawing, "dot-fair"))
    assert not list(find_shapes(drawing, "dots-axis"))


def test_it_leads_from_the_name_to_the_person(model: FairModel) -> None:
    comparison = model.describe("customer", people={"person 00001"})
    dots = list_dots(
        comparison, "en", links={"person 00001": "/person/1?a=1&b=2"}, remarks={"person 00001": "North"}
    )
    drawing = draw_dot_plot(dots, "en", title="Staff")
    assert 'href="/person/1?a=1&amp;b=2"' in drawing
    assert "<small>North</small>" in drawing
    assert find_texts(drawing, "dots-tip")[0].startswith(f"{dots[0].fair}, likely between")


def test_it_draws_other_figures_with_a_key_of_their_own() -> None:
    """Severities lie around zero, have no plain mean and no bounds of a percent."""
    dots = [Dot("Ира", "строже на 2", -2.0, -3.1, -0.9), Dot("Олег", "не сказать", 0.4, -1.0, 1.8)]
    scale = choose_dot_scale(dots, mean=0.0)
    assert scale.low < -3.1
    drawing = draw_dots(DotPlot("Аудиторы", dots, scale, (("fair", "строгость"),), 0.0), "ru")
    assert "строгость" in drawing
    assert not list(find_shapes(drawing, "dot-raw"))
    assert len(list(find_shapes(drawing, "dot-mean"))) == 2


def test_it_needs_no_inline_style_and_runs_nothing_from_a_name() -> None:
    drawing = draw_dot_plot([Dot("<script>x</script>", "a & b", 80.0, 70.0, 90.0)], "en", title='"><b>')
    assert "<script" not in drawing
    assert "<b>" not in drawing
    assert "style=" not in drawing
