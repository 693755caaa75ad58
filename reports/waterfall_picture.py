"""The way from the plain mean to the fair score as a picture: a line for each step, which add up (CP-06).

A step is drawn from where the figure stood (a tick) to where it comes to (a dot); the figure beside it is
what the step adds. No step is good or bad, so all have one colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from checklists.localtext import Language
from reports.chart_scales import PERCENT, Scale, choose_scale
from reports.chart_words import say_chart
from reports.charts import render_drawing
from reports.fair_rows import Figure
from reports.fair_words import describe_step, explain_step, format_points
from reports.numbers import format_signed
from reports.plurals import count_of
from reports.waterfall import Waterfall, WaterfallStep

LEAST_SPAN: Final = 10.0  # points; a step of a tenth is not blown up to fill the picture


@dataclass(frozen=True)
class FallLine:
    """One line: a total (`before` is None) or a step; places are shares of the width."""

    kind: str
    name: str
    meaning: str
    figure: str
    after: str
    before: str | None = None
    left: str = ""
    width: str = ""


def draw_waterfall(
    waterfall: Waterfall, language: Language, *, figure: Figure, title: str, scale: Scale | None = None
) -> Markup:
    """Draw the steps of one person to a figure; the printed figures add up exactly.

    Two people share one `scale`.
    """
    chosen = scale or choose_waterfall_scale([waterfall])
    return render_drawing(
        "waterfall.html",
        title=title,
        lines=_list_lines(waterfall, figure, chosen, language),
        ticks=[(chosen.across(t), chosen.write_tick(t, language)) for t in chosen.ticks],
        say=lambda key: say_chart(key, language),
    )


def choose_waterfall_scale(waterfalls: Iterable[Waterfall]) -> Scale:
    """Choose the scale that holds every figure of these waterfalls."""
    totals = [float(total) for each in waterfalls for total in (each.raw, *(s.total for s in each.steps))]
    are_percents = all(PERCENT[0] <= total <= PERCENT[1] for total in totals)
    return choose_scale(totals, within=PERCENT if are_percents else None, least=LEAST_SPAN)


def _list_lines(waterfall: Waterfall, figure: Figure, scale: Scale, language: Language) -> list[FallLine]:
    visits = count_of(waterfall.visits, "visits", language)
    start = FallLine(
        "raw",
        say_chart("start", language),
        say_chart("start_meaning", language, visits=visits),
        format_points(waterfall.raw, language),
        scale.across(float(waterfall.raw)),
    )
    end = FallLine(
        "fair",
        say_chart("end", language),
        say_chart("end_meaning", language),
        format_points(waterfall.fair, language),
        scale.across(float(waterfall.fair)),
    )
    totals = [waterfall.raw, *(step.total for step in waterfall.steps)]
    steps = [
        _draw_step(step, before, figure=figure, scale=scale, language=language)
        for step, before in zip(waterfall.steps, totals, strict=False)
    ]
    return [start, *steps, end]


def _draw_step(
    step: WaterfallStep, before: Decimal, *, figure: Figure, scale: Scale, language: Language
) -> FallLine:
    low, high = sorted((float(before), float(step.total)))
    return FallLine(
        step.kind,
        describe_step(step.kind, figure, language),
        explain_step(step.kind, figure, language),
        format_signed(step.change, language, places=1),
        scale.across(float(step.total)),
        before=scale.across(float(before)),
        left=scale.across(low),
        width=scale.between(low, high),
    )
