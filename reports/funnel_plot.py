"""The funnel: plain means against numbers of visits, between the limits that chance alone would set.

The limits follow Spiegelhalter ("Funnel plots for comparing institutional performance", Statistics in
Medicine 24, 2005) with the additive overdispersion named there, all from the sds that the programme itself
shows. Were there no difference between people, the mean of n visits would have the sd

    sqrt(s^2 + (a^2 + e^2) / n)

where every visit brings another auditor (a) and another chance (e), while a shop (s) stays the same in all
visits of a person and does not average out. In the figure "what the customer got" shops are part of what is
looked at, so that s is left out there (CP-02), as it is in the reliability of that figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import NormalDist
from typing import Final

from markupsafe import Markup

from checklists.localtext import Language
from reports.chart_scales import PERCENT, Scale, choose_scale, write_share
from reports.chart_words import say_chart
from reports.charts import render_drawing
from reports.fair_rows import FairComparison, Figure
from reports.fair_words import format_points
from reports.plurals import count_of

INNER: Final = 0.95
OUTER: Final = 0.998
PEOPLE: Final = "employee"
STAYING: Final[Mapping[Figure, tuple[str, ...]]] = {"colleagues": ("shop",), "customer": ()}
LOOKED_AT: Final[Mapping[Figure, tuple[str, ...]]] = {"colleagues": (PEOPLE,), "customer": (PEOPLE, "shop")}

TOP: Final = 34.0  # above it the figures of the dot that is pointed at
BOTTOM: Final = 300.0
SIDE: Final = 0.09  # share of the width for the figures of the axis
MOST_PIECES: Final = 48  # straight pieces of a limit; it is drawn through whole numbers of visits only
MOST_MARKS: Final = 7  # numbers of visits under the picture


@dataclass(frozen=True)
class FunnelPoint:
    """One person: the plain mean of so many counted visits; `link` is where the dot leads."""

    name: str
    visits: int
    mean: float
    link: str | None = None


@dataclass(frozen=True)
class FunnelLimits:
    """What the limits are made of: the average visit, the programme's sds in points, the figure looked at."""

    centre: float
    sds: Mapping[str, float]
    figure: Figure = "colleagues"

    def find(self, visits: int, *, level: float = INNER) -> tuple[float, float]:
        """Return the limits for a mean of so many visits. Raises ValueError for fewer than one visit."""
        if visits < 1:
            raise ValueError("a mean needs a visit")
        staying = sum(sd**2 for name, sd in self.sds.items() if name in STAYING[self.figure])
        passing = sum(
            sd**2
            for name, sd in self.sds.items()
            if name not in STAYING[self.figure] and name not in LOOKED_AT[self.figure]
        )
        reach = NormalDist().inv_cdf((1 + level) / 2) * sqrt(staying + passing / visits)
        return self.centre - reach, self.centre + reach


@dataclass(frozen=True)
class Piece:
    """A straight piece of a limit, from one number of visits to a later one."""

    x1: str
    y1: str
    x2: str
    y2: str
    is_outer: bool


@dataclass(frozen=True)
class Field:
    """Where numbers of visits and means stand in the picture."""

    first: int
    last: int
    scale: Scale

    def across(self, visits: float) -> str:
        """Write the place of a number of visits, as a share of the width."""
        return write_share(self.share(visits))

    def share(self, visits: float) -> float:
        """Return the same as a share of 1; half a visit stays free on either side."""
        return SIDE + (1 - 1.5 * SIDE) * (visits - self.first + 0.5) / (self.last - self.first + 1)

    def height(self, mean: float) -> str:
        """Write how far from the top a mean stands."""
        return f"{BOTTOM - (BOTTOM - TOP) * self.scale.place(mean):.1f}"


def draw_funnel(
    points: Sequence[FunnelPoint], language: Language, *, title: str, limits: FunnelLimits
) -> Markup:
    """Draw the dots of people between the limits, in the order given; a name shows on hover and on focus.

    What it shows must also stand in a table beside it. Empty where there is nobody to show.
    """
    if not points:
        return Markup("")
    field = _lay_out(points, limits)
    return render_drawing(
        "funnel.html",
        title=title,
        field=field,
        points=[_place_point(point, field, language) for point in points],
        pieces=list(_list_pieces(field, limits)),
        centre=field.height(limits.centre),
        marks=[(field.across(n), str(n)) for n in _list_marks(field)],
        ticks=[(field.height(t), field.scale.write_tick(t, language)) for t in field.scale.ticks],
        say=lambda key: say_chart(key, language),
        mean=say_chart("mean", language, mean=format_points(limits.centre, language)),
    )


def list_funnel_points(
    comparison: FairComparison,
    *,
    names: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
) -> list[FunnelPoint]:
    """Make the dots of a comparison: everybody with a figure (CP-04), or those of `names`, in its order."""
    people = {person.employee: person for person in comparison.people if person.state == "shown"}
    shown = names if names is not None else {each: person.name for each, person in people.items()}
    return [
        FunnelPoint(name, len(person.visits), person.raw, (links or {}).get(employee))
        for employee, name in shown.items()
        if (person := people.get(employee)) is not None and person.raw is not None
    ]


def find_funnel_limits(comparison: FairComparison) -> FunnelLimits | None:
    """Return what the limits of a comparison are made of; None where its model does not hold."""
    if comparison.why_not is not None or comparison.mean is None:
        return None
    return FunnelLimits(comparison.mean, comparison.sds, comparison.figure)


def explain_funnel(figure: Figure, language: Language) -> str:
    """Say what the dots and the lines are, to somebody without statistics."""
    return say_chart(f"funnel_{figure}", language)


def _lay_out(points: Sequence[FunnelPoint], limits: FunnelLimits) -> Field:
    first, last = min(point.visits for point in points), max(point.visits for point in points)
    means = [point.mean for point in points]
    reaches = limits.find(first, level=OUTER)
    are_percents = all(PERCENT[0] <= value <= PERCENT[1] for value in [*means, limits.centre])
    scale = choose_scale([*means, *reaches], within=PERCENT if are_percents else None)
    return Field(first, last, scale)


def _place_point(point: FunnelPoint, field: Field, language: Language) -> dict[str, str | None]:
    visits = count_of(point.visits, "visits", language)
    words = say_chart(
        "funnel_point", language, name=point.name, mean=format_points(point.mean, language), visits=visits
    )
    return {
        "x": field.across(point.visits),
        "y": field.height(point.mean),
        "link": point.link,
        "words": words,
        "name": point.name,
        "figures": f"{format_points(point.mean, language)}, {visits}",
    }


def _list_pieces(field: Field, limits: FunnelLimits) -> list[Piece]:
    """The four limits as straight pieces between whole numbers of visits, as there is nothing in between."""
    stride = max(1, -(-(field.last - field.first) // MOST_PIECES))
    stops = [*range(field.first, field.last, stride), field.last]
    # Half a visit at either end, so that a single number of visits has its limits drawn as well.
    places = [field.across(place) for place in (field.first - 0.5, *stops, field.last + 0.5)]
    found = []
    for level in (INNER, OUTER):
        for side in (0, 1):
            heights = [field.height(limits.find(stop, level=level)[side]) for stop in stops]
            ends = list(zip(places, [heights[0], *heights, heights[-1]], strict=True))
            found += [Piece(*one, *other, level == OUTER) for one, other in pairwise(ends)]
    return found


def _list_marks(field: Field) -> list[int]:
    """Numbers of visits to write under the picture: the first, the last, and even steps between."""
    span = field.last - field.first
    stride = max(1, -(-span // (MOST_MARKS - 1)))
    marks = list(range(field.first, field.last, stride))
    if marks and field.last - marks[-1] < stride and len(marks) > 1:
        marks.pop()
    return [*marks, field.last]
