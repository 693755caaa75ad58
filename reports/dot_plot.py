"""The dot plot: a line for each person with the fair score, its interval and the plain mean, and the words.

It is a table that is drawn: the name leads to the person, the words beside the dot say the same as the dot.
Lines stay in the order in which they come, which is the alphabet; nothing is sorted by a figure (CP-03).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from checklists.localtext import Language
from reports.chart_scales import PERCENT, Scale, choose_scale
from reports.chart_words import say_chart
from reports.charts import render_drawing
from reports.fair_rows import FairComparison, FairPerson
from reports.fair_words import describe_person, format_points

Key = tuple[tuple[str, str], ...]
MEAN_SHAPE: Final = "mean"


@dataclass(frozen=True)
class Dot:
    """One line: without `fair` only the words are shown, without `raw` there is no hollow dot.

    `tip` are the exact figures, shown on hover and focus; `link` is where the name leads.
    """

    name: str
    words: str
    fair: float | None = None
    low: float | None = None
    high: float | None = None
    raw: float | None = None
    link: str | None = None
    remark: str = ""
    tip: str = ""


@dataclass(frozen=True)
class DotPlot:
    """Dots on one scale, with `mean` drawn through; the key names the shapes fair, interval, raw, mean."""

    title: str
    dots: Sequence[Dot]
    scale: Scale
    key: Key
    mean: float | None = None


def draw_dot_plot(
    dots: Sequence[Dot],
    language: Language,
    *,
    title: str,
    mean: float | None = None,
    scale: Scale | None = None,
) -> Markup:
    """Draw people with their fair scores, or with the words why there is none, in the order given.

    `title` names the picture for whoever does not see it; several pictures are comparable on one `scale`.
    """
    return draw_dots(lay_out_dots(dots, language, title=title, mean=mean, scale=scale), language)


def lay_out_dots(
    dots: Sequence[Dot],
    language: Language,
    *,
    title: str,
    mean: float | None = None,
    scale: Scale | None = None,
) -> DotPlot:
    """Put fair scores on a scale that holds them, with the key of the shapes that occur."""
    shapes = ["fair", "interval", "raw"] if any(dot.fair is not None for dot in dots) else []
    key = [(shape, say_chart(shape, language)) for shape in shapes]
    if shapes and mean is not None:
        key.append((MEAN_SHAPE, say_chart("mean", language, mean=format_points(mean, language))))
    chosen = scale or choose_dot_scale(dots, mean=mean)
    return DotPlot(title, dots, chosen, tuple(key), mean)


def draw_dots(plot: DotPlot, language: Language, *, is_printed: bool = False) -> Markup:
    """Draw any figures with intervals as a dot plot whose key is said by the caller.

    On paper each small drawing bears its words, since nothing else can be read aloud for it; on a page they
    stand beside it, and a browser would show them twice.
    """
    return render_drawing(
        "dot_plot.html",
        plot=plot,
        scale=plot.scale,
        ticks=[(plot.scale.across(t), plot.scale.write_tick(t, language)) for t in plot.scale.ticks],
        has_dots=any(dot.fair is not None for dot in plot.dots),
        is_printed=is_printed,
        say=lambda key: say_chart(key, language),
    )


def choose_dot_scale(dots: Sequence[Dot], *, mean: float | None = None) -> Scale:
    """Choose the scale that holds these dots; percents end at 100, and so do limits beyond it."""
    centres = [value for dot in dots for value in (dot.fair, dot.raw) if value is not None]
    centres += [] if mean is None else [mean]
    limits = [value for dot in dots for value in (dot.low, dot.high) if value is not None]
    # A difference has limits on both sides of zero, and is drawn as it is.
    are_percents = (
        all(PERCENT[0] <= value <= PERCENT[1] for value in centres) and min(limits, default=0.0) >= 0
    )
    return choose_scale([*centres, *limits], within=PERCENT if are_percents else None)


def list_dots(
    comparison: FairComparison,
    language: Language,
    *,
    names: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    remarks: Mapping[str, str] | None = None,
) -> list[Dot]:
    """Make the lines of a comparison, in its own order or, where given, in that of `names` (and only those).

    The mappings go from employee id to the printed name or pseudonym, to an address, to words under the name.
    """
    people = {person.employee: person for person in comparison.people}
    shown = names if names is not None else {each: person.name for each, person in people.items()}
    return [
        _make_dot(
            people[employee],
            comparison,
            language,
            printed=(name, (links or {}).get(employee), (remarks or {}).get(employee, "")),
        )
        for employee, name in shown.items()
        if employee in people
    ]


def _make_dot(
    person: FairPerson,
    comparison: FairComparison,
    language: Language,
    *,
    printed: tuple[str, str | None, str],
) -> Dot:
    name, link, remark = printed
    words = describe_person(person, comparison, language)
    if person.waterfall is None or person.low is None or person.high is None:
        return Dot(name, words, link=link, remark=remark)
    # The printed figures are the ends of the waterfall: picture, words and steps agree to the last digit.
    fair, raw = person.waterfall.fair, person.waterfall.raw
    tip = say_chart(
        "tip",
        language,
        fair=format_points(fair, language),
        low=format_points(person.low, language),
        high=format_points(person.high, language),
        raw=format_points(raw, language),
    )
    return Dot(name, words, float(fair), person.low, person.high, float(raw), link, remark, tip)
