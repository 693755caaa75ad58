"""Many trends in words: each person's points and change, each month's mean, and pictures of both."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checklists.localtext import Language
from reports.book_words import say_book
from reports.comparison import PEOPLE_NEEDED
from reports.dates import format_date
from reports.plurals import count_of
from reports.small_trend_chart import TrendFrame, draw_months, draw_small_trend, name_month
from reports.small_trends import MonthMean, PersonTrend, TrendVisit
from reports.trend_words import describe_change, write_percent
from reports.trends import Change


@dataclass(frozen=True)
class PointLine:
    """One visit of a person in words."""

    visit: str
    day: str
    percent: str
    remark: str


@dataclass(frozen=True)
class TrendLine:
    """One person: the picture, what can be said of a change, and the points in words."""

    employee: str
    name: str
    picture: Markup
    change: str
    points: tuple[PointLine, ...]


@dataclass(frozen=True)
class MonthLine:
    """One month in words; `mean` says why there is none where there is none."""

    month: str
    mean: str
    visits: str
    people: str


def describe_trend(
    trend: PersonTrend, frame: TrendFrame, language: Language, *, tells_days: bool = True
) -> TrendLine:
    """Say and draw one person's visits over time; without their days where these would tell who it is."""
    points = tuple(_describe_point(point, language) for point in trend.visits)
    told = "; ".join(f"{p.day}: {p.percent}" if tells_days else p.percent for p in points)
    label = say_book("trend_label", language, name=trend.name, points=told)
    return TrendLine(
        employee=trend.employee,
        name=trend.name,
        picture=draw_small_trend(trend, frame, language, label=label),
        change=_describe_change(trend.change, language),
        points=points,
    )


def describe_months(months: Sequence[MonthMean], language: Language) -> list[MonthLine]:
    """Say each month's mean, with how many visits and people stand behind it."""
    return [
        MonthLine(
            month=name_month(month.month, language, is_long=True),
            mean=_describe_mean(month, language),
            visits=count_of(month.visits, "visits", language),
            people=count_of(month.people, "employees", language),
        )
        for month in months
    ]


def picture_months(months: Sequence[MonthMean], frame: TrendFrame, language: Language) -> Markup:
    """Draw the months, with all of them in words for whoever does not see the picture."""
    told = "; ".join(f"{line.month}: {line.mean}" for line in describe_months(months, language))
    return draw_months(months, frame, language, label=say_book("months_label", language, months=told))


def describe_frame(frame: TrendFrame, language: Language) -> str:
    """Say what all pictures share: days from left to right, scores from below, the dashed line."""
    return say_book(
        "trend_frame",
        language,
        first=format_date(frame.first, language),
        last=format_date(frame.last, language),
        low=frame.scale.write_tick(frame.scale.low, language),
        high=frame.scale.write_tick(frame.scale.high, language),
        mark=write_percent(frame.satisfactory, language),
    )


def _describe_change(change: Change, language: Language) -> str:
    """A change in full where one is told; else how many visits there are, and from six that none is told."""
    if change.points is not None:
        return describe_change(change, language)
    visits = count_of(change.available, "visits", language)
    return visits if change.state == "not_enough_visits" else say_book("no_change", language, visits=visits)


def _describe_point(point: TrendVisit, language: Language) -> PointLine:
    remark = "" if point.is_counted or point.percent is None else say_book("too_little_short", language)
    day = format_date(point.visited_on, language)
    return PointLine(point.visit, day, write_percent(point.percent, language, marks=point.marks), remark)


def _describe_mean(month: MonthMean, language: Language) -> str:
    if month.mean is None:
        return say_book("too_few_people", language, available=month.people, needed=PEOPLE_NEEDED)
    return write_percent(month.mean, language)
