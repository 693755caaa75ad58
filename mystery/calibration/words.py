"""Auditors, regions and questions in words, for the programme lead."""

from __future__ import annotations

from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from checklists.localtext import Language
from mystery.calibration.questions import QuestionFacts
from mystery.calibration.report import AuditorLine, CalibrationReport
from reports.catalogues import pick_text
from reports.double_visits import DOUBLES_NEEDED, QuestionAgreement
from reports.fair_rows import LINK_SHARE, RELIABLE_PERCENT, AuditorSeverity, FairComparison, RegionLinks
from reports.fair_severity import VISITS_NEEDED
from reports.fair_texts import FACTORS
from reports.fair_words import describe_reason, format_points, write_limits
from reports.lenses.phrasing import write_percent
from reports.not_applicable import AuditorMarks


def describe_auditors(report: CalibrationReport, language: Language) -> str:
    """Say for how many auditors anything can be told; why nothing can, where there is no model."""
    if report.why_not is not None:
        return describe_reason(report.why_not, language)
    states = [line.severity.state for line in report.auditors]
    if set(states) <= {"not_modelled"}:
        return str(_("Severity cannot be told: it takes two auditors or more who visit the same people."))
    strict, generous = states.count("strict"), states.count("generous")
    return str(
        _(
            "Stricter than the average auditor: %(strict)s. More generous: %(generous)s. "
            "Not to be told yet: %(rest)s.",
            strict=strict,
            generous=generous,
            rest=len(states) - strict - generous,
        )
    )


def describe_severity(severity: AuditorSeverity, language: Language) -> str:
    """Say by how much an auditor marks lower or higher than the average one, or why that cannot be told."""
    if severity.severity is None or severity.low is None or severity.high is None:
        return _explain_silence(severity)
    points = format_points(abs(severity.severity), language)
    if severity.state == "untold":
        limits = _say_limits(*write_severity_limits(severity, language))
        # A programme that doubts its own spreads asks for more than limits that keep clear of zero.
        if severity.low > 0 or severity.high < 0:
            return str(_("perhaps unlike the average auditor, not sure yet (%(limits)s)", limits=limits))
        return str(_("no clear difference from the average auditor (%(limits)s)", limits=limits))
    near, far = sorted((abs(severity.low), abs(severity.high)))
    limits = _say_limits(*write_limits(near, far, language, is_called=True, signed=False))
    if severity.state == "strict":
        return str(_("%(points)s lower than the average auditor (%(limits)s)", points=points, limits=limits))
    return str(_("%(points)s higher than the average auditor (%(limits)s)", points=points, limits=limits))


def write_severity_limits(severity: AuditorSeverity, language: Language) -> tuple[str, ...]:
    """Write both limits with their signs; nothing where there are none."""
    if severity.low is None or severity.high is None:
        return ()
    is_called = severity.state in ("strict", "generous")
    return write_limits(severity.low, severity.high, language, is_called=is_called)


def describe_load(line: AuditorLine) -> str:
    """Say from how much the severity of an auditor is known."""
    visits = ngettext("%(num)s visit", "%(num)s visits", line.severity.visits)
    people = ngettext("%(num)s employee", "%(num)s employees", line.severity.people)
    return f"{visits}, {people}"


def describe_marks(marks: AuditorMarks, language: Language) -> str:
    """Say how often an auditor marked "not applicable", beside the others on the same questions."""
    if not marks.asked:
        return "–"
    return str(
        _(
            "%(count)s of %(asked)s; others would have had %(expected)s",
            count=marks.not_applicable,
            asked=marks.asked,
            expected=format_points(marks.expected, language, places=0),
        )
    )


def write_link_share(links: RegionLinks, language: Language) -> str:
    """Write how much of a region's visits was made by auditors from elsewhere."""
    needed = (Fraction(round(100 * LINK_SHARE)),)
    linked = Fraction(links.links, links.visits) if links.visits else None
    share = "–" if linked is None else write_percent(linked, language, thresholds=needed)
    return str(_("%(count)s of %(visits)s (%(share)s)", count=links.links, visits=links.visits, share=share))


def describe_agreement(agreement: QuestionAgreement) -> str:
    """Say in a word how well auditors agree on a question."""
    words = {
        "reliable": _("agree well"),
        "tentative": _("agree fairly"),
        "weak": _("agree badly"),
        "always_same": _("everybody wrote the same"),
        "not_enough_visits": _(
            "too few double visits (%(available)s of %(needed)s)",
            available=agreement.doubles,
            needed=DOUBLES_NEEDED,
        ),
    }
    return str(words[agreement.state])


def explain_rewrite(question: QuestionFacts, language: Language) -> list[str]:
    """Say why a question should be rewritten, with the counts."""
    agreement, corrected = question.agreement, question.corrected
    found = []
    if "weak" in question.reasons and agreement.alpha is not None:
        found.append(
            _(
                "two auditors differed in %(differing)s of %(doubles)s double visits (alpha %(alpha)s)",
                differing=agreement.doubles - agreement.same,
                doubles=agreement.doubles,
                alpha=format_points(agreement.alpha, language, places=2),
            )
        )
    if "corrected" in question.reasons:
        found.append(
            _(
                "the answer was corrected in %(corrected)s of %(answered)s visits",
                corrected=corrected.corrected,
                answered=corrected.answered,
            )
        )
    return [str(reason) for reason in found]


def list_spreads(comparison: FairComparison, language: Language) -> list[tuple[str, str, str]]:
    """Name each spread of the programme with its points and what it means (CP-06)."""
    meanings = {
        "employee": _("people truly differ by about so much"),
        "auditor": _("different auditors give the same service scores so far apart"),
        "shop": _("shops differ by about so much, whoever works there"),
        "residual": _("what changes from visit to visit with the same person, auditor and shop"),
    }
    return [
        (pick_text(FACTORS, name, language), format_points(sd, language), str(meanings.get(name, "")))
        for name, sd in comparison.spreads.items()
    ]


def write_reliability(comparison: FairComparison, count: int, language: Language) -> str:
    """Write how much a mean of so many visits says about the person; a dash where there is no model."""
    share = comparison.reliability.get(count)
    if share is None:
        return "–"
    exact = Fraction(round(share, 6)).limit_denominator(10**6)
    return write_percent(exact, language, thresholds=(Fraction(RELIABLE_PERCENT),))


def write_figure(value: float | None, language: Language) -> str:
    """Write an alpha or a correlation; a dash where there is none."""
    return "–" if value is None else format_points(value, language, places=2)


def _explain_silence(severity: AuditorSeverity) -> str:
    if severity.state != "not_enough_visits":
        return str(_("cannot be told from these visits"))
    available = severity.visits
    return str(
        _("not enough visits (%(available)s of %(needed)s)", available=available, needed=VISITS_NEEDED)
    )


def _say_limits(low: str, high: str) -> str:
    return str(_("likely between %(low)s and %(high)s", low=low, high=high))
