"""What a mean over several versions is of, so that a reader can work it out from the visits (SC-20)."""

from checklists.localtext import Language
from reports.period_rows import EmployeePeriod
from reports.period_words import say_period
from reports.trend_words import write_percent
from reports.trends import Trend


def write_averaged(period: EmployeePeriod, trend: Trend, language: Language) -> dict[int, str]:
    """The figure of each visit that the mean is of, by its number; empty where it is of all base scores.

    It is another one where versions differ: the score on the standards that they share, and none for visits
    on versions that share too little with the newest one.
    """
    if trend.mean is None or not _do_versions_differ(period):
        return {}
    return {
        point.number: write_percent(point.percent, language, marks=trend.newest.marks)
        for point in trend.newest.points
        if point.percent is not None and point.is_counted
    }


def describe_averaged(period: EmployeePeriod, trend: Trend, language: Language) -> str:
    """Say in a sentence what the mean is of, where it is not of all base scores; else nothing."""
    return _say("sum_up", period, trend, language)


def explain_averaged(period: EmployeePeriod, trend: Trend, language: Language) -> str:
    """Say how the mean is made, and what it is not for."""
    return _say("method", period, trend, language) or say_period("method_plain", language)


def _say(place: str, period: EmployeePeriod, trend: Trend, language: Language) -> str:
    if trend.mean is None or not _do_versions_differ(period):
        return ""
    versions = trend.newest.versions
    return say_period(
        f"{place}_common" if len(versions) > 1 else f"{place}_newest",
        language,
        numbers=", ".join(str(version) for version in versions),
        column=say_period("averaged", language),
    )


def _do_versions_differ(period: EmployeePeriod) -> bool:
    return len({visit.version for visit in period.visits}) > 1
