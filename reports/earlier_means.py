"""The unit's and the programme's mean beside each section of a visit: context for the talk, not its score.

Means come from visits that were sent before this one. They are shown from five visits to three people on;
below that the report says in one line why there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from checklists.localtext import Language
from reports.numbers import format_number
from reports.rows import SectionMean, SectionMeans, VisitReport
from reports.words import say

LEAST_VISITS: Final = 5
LEAST_PEOPLE: Final = 3
DAYS_BEFORE: Final = 90

Group = Literal["unit", "programme"]
GROUPS: Final[tuple[Group, ...]] = ("unit", "programme")


@dataclass(frozen=True)
class MeanFigure:
    """The mean of one section in a group: its place on the bar (a share of 1), its words and its n."""

    share: Fraction
    figure: str
    visits: str


@dataclass(frozen=True)
class MeanColumn:
    """One group's column beside the bars, a figure for each section or None where too few were assessed."""

    group: Group
    heading: str
    figures: tuple[MeanFigure | None, ...]


def build_mean_columns(report: VisitReport, language: Language) -> tuple[MeanColumn, ...]:
    """Give a column for each group in which at least one section has a mean."""
    columns = (_build_column(report, group, language) for group in GROUPS)
    return tuple(column for column in columns if any(column.figures))


def explain_means(report: VisitReport, language: Language) -> tuple[str, ...]:
    """Say what the marks on the bars are, and for a group without means why it has none."""
    return tuple(_list_explanations(report, language))


def _build_column(report: VisitReport, group: Group, language: Language) -> MeanColumn:
    means = _means_of(report, group)
    found = means.sections if means else {}
    figures = (_write_mean(found.get(section.id), language) for section in report.checklist.sections)
    return MeanColumn(group, say(f"mean_{group}", language), tuple(figures))


def _write_mean(mean: SectionMean | None, language: Language) -> MeanFigure | None:
    if mean is None or mean.visits < LEAST_VISITS or mean.people < LEAST_PEOPLE:
        return None
    exact = Fraction(mean.percent)
    figure = format_number(exact, language, places=0)
    return MeanFigure(exact / 100, figure, format_number(mean.visits, language, places=0))


def _list_explanations(report: VisitReport, language: Language) -> Iterator[str]:
    shown = [column.group for column in build_mean_columns(report, language)]
    if shown:
        yield say("means_note", language, days=DAYS_BEFORE)
    for group in GROUPS:
        means = _means_of(report, group)
        if means is not None and group not in shown:
            yield say(
                f"no_mean_{group}",
                language,
                visits=means.visits,
                people=means.people,
                least_visits=LEAST_VISITS,
                least_people=LEAST_PEOPLE,
            )


def _means_of(report: VisitReport, group: Group) -> SectionMeans | None:
    return report.unit_means if group == "unit" else report.programme_means
