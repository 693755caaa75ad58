"""The thresholds that a printed score may not cross by rounding (SC-09)."""

from decimal import Decimal
from fractions import Fraction

from checklists.exact import round_half_up
from checklists.scoring import display_percent
from reports.rows import VisitReport


def list_thresholds(report: VisitReport) -> list[Fraction]:
    """Give every level that decides something about the final score: bands, pass mark, satisfactory."""
    rules = report.checklist.scoring
    levels = [band.at for band in report.checklist.bands]
    levels += [rules.satisfactory] if rules.pass_mark is None else [rules.satisfactory, rules.pass_mark]
    return sorted(set(levels))


def display_final(report: VisitReport) -> Decimal:
    """Give the final score as it is shown: half-up to one decimal, never across a threshold.

    Raises ValueError for a visit that is not scored.
    """
    if report.scorecard.final is None:
        raise ValueError("a visit that is not scored has no final score to show")
    return display_percent(report.scorecard.final, list_thresholds(report))


def missed_threshold(report: VisitReport) -> Fraction | None:
    """Give the threshold that plain rounding would have crossed, None where rounding changes nothing."""
    final = report.scorecard.final
    if final is None:
        return None
    rounded = round_half_up(final, 1)
    return next((level for level in list_thresholds(report) if final < level <= rounded), None)
