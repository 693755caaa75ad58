"""Everything a lead's page of auditors shows for a checklist and a period, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from mystery.calibration import queries
from mystery.calibration.double_visits import list_comparable, list_graded, read_double_visits
from mystery.calibration.queries import RegionShops, VisitedChecklist
from mystery.calibration.questions import (
    QuestionFacts,
    add_corrections,
    find_same_wording,
    gather_questions,
    keep_counted,
    keep_optional,
)
from mystery.fair_models.keeping import find_model
from mystery.fair_models.scope import FairScope
from reports.comparison import collation_key
from reports.double_visits import ScoreAgreement, measure_agreement, measure_scores
from reports.fair_rows import AuditorSeverity, FairComparison, Reason, RegionLinks
from reports.not_applicable import AuditorMarks, measure_marks

UNASKED = AuditorMarks(0, 0, 0.0, stands_out=False)


@dataclass(frozen=True)
class AuditorLine:
    """One auditor: the name, the severity, and how often a question "did not apply"."""

    name: str
    severity: AuditorSeverity
    marks: AuditorMarks


@dataclass(frozen=True)
class RegionLine:
    """One region with what links it to the others, and the shops to plan in; the name is empty for none.

    ``auditors`` are those whose visits here would link it: they still audit, and mostly in other regions.
    """

    name: str
    links: RegionLinks
    shops: tuple[UUID, ...]
    auditors: tuple[str, ...]


@dataclass(frozen=True)
class CalibrationReport:
    """Auditors and regions by name; ``colleagues`` and ``customer`` carry the programme's own figures.

    Nobody of the staff is in them. ``reworded`` counts the questions of older versions that read otherwise
    now and were left out.
    """

    visits: int
    auditors: tuple[AuditorLine, ...]
    why_not: Reason | None
    regions: tuple[RegionLine, ...]
    colleagues: FairComparison
    customer: FairComparison
    scores: ScoreAgreement
    doubles: int
    questions: tuple[QuestionFacts, ...]
    reworded: int

    @property
    def rewrites(self) -> tuple[QuestionFacts, ...]:
        """The questions to rewrite, in the order of the checklist (CP-08)."""
        return tuple(question for question in self.questions if question.reasons)


def open_report(scope: FairScope, checklist: VisitedChecklist) -> CalibrationReport:
    """Put the report of a scope together; the model is fitted, or found, first."""
    model = find_model(scope).model
    auditors, regions = model.report_auditors(), queries.read_regions(scope.company_id)
    versions = queries.read_versions(checklist.id)
    counted = find_same_wording(versions)
    counts = queries.count_answers(scope, versions)
    doubles = read_double_visits(scope, counted)
    agreements = measure_agreement(
        doubles.answers,
        questions=list_comparable(checklist.newest),
        graded=list_graded(checklist.newest),
    )
    kept = keep_counted(counts, counted)
    return CalibrationReport(
        visits=queries.count_visits(scope),
        auditors=_name_auditors(auditors.auditors, measure_marks(keep_optional(kept, checklist.newest))),
        why_not=auditors.why_not,
        regions=_name_regions(auditors.regions, regions),
        colleagues=model.describe("colleagues", people=()),
        customer=model.describe("customer", people=()),
        scores=measure_scores(doubles.bases),
        doubles=len(doubles.bases),
        questions=gather_questions(
            checklist.newest,
            kept,
            add_corrections(queries.count_corrections(scope), counted),
            agreements,
        ),
        reworded=sum(
            1
            for version, checks in versions.items()
            for each in checks.questions()
            if each.id not in counted[version]
        ),
    )


def _name_auditors(
    severities: tuple[AuditorSeverity, ...], marks: Mapping[str, AuditorMarks]
) -> tuple[AuditorLine, ...]:
    """By name, as every list of people (CP-03)."""
    names = queries.read_auditor_names([each.auditor for each in severities])
    lines = [
        AuditorLine(names.get(each.auditor, ""), each, marks.get(each.auditor, UNASKED))
        for each in severities
    ]
    return tuple(sorted(lines, key=lambda line: (collation_key(line.name), line.severity.auditor)))


def _name_regions(
    links: tuple[RegionLinks, ...], regions: Mapping[str, RegionShops]
) -> tuple[RegionLine, ...]:
    nowhere = RegionShops("", ())
    visitors = queries.read_auditor_names(
        {each for region in links for each in region.elsewhere}, active=True
    )
    lines = []
    for each in links:
        place = regions.get(each.region, nowhere)
        names = sorted((visitors[key] for key in each.elsewhere if key in visitors), key=collation_key)
        lines.append(RegionLine(place.name, each, place.shops, tuple(names)))
    return tuple(sorted(lines, key=lambda line: collation_key(line.name)))
