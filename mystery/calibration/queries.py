"""What a lead's page of auditors is made of: checklists, names, and counts of answers.

Only a lead of the whole company reads it: severity is found from all visits of a company, and who visited
what is nobody else's business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import String, cast, func, select

from checklists.definition import Checklist
from mystery.database import db
from mystery.fair_models.scope import FairScope
from mystery.models import (
    Answer,
    AnswerCorrection,
    ChecklistRecord,
    ChecklistVersion,
    Unit,
    UnitKind,
    User,
    Visit,
    VisitState,
    parse_version,
)
from reports.not_applicable import AskedCount

ANSWERED = ("scored", "not_scored")
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class VisitedChecklist:
    """A checklist with sent visits; ``newest`` is its newest version."""

    id: UUID
    newest_id: UUID
    newest: Checklist
    visits: int


@dataclass(frozen=True)
class RegionShops:
    """A region with the shops below it that are still open, for planning visits there."""

    name: str
    shops: tuple[UUID, ...]


def list_checklists(company_id: UUID) -> list[VisitedChecklist]:
    """The checklists of a company with sent visits, the most used first."""
    counts = db.session.execute(
        select(ChecklistVersion.checklist_id, func.count(Visit.id))
        .join(ChecklistRecord)
        .join(Visit, Visit.version_id == ChecklistVersion.id)
        .where(ChecklistRecord.company_id == company_id, Visit.state == VisitState.SUBMITTED.value)
        .group_by(ChecklistVersion.checklist_id)
    )
    visits = {checklist: count for checklist, count in counts}
    versions = db.session.execute(
        select(ChecklistVersion.checklist_id, ChecklistVersion.id, ChecklistVersion.content)
        .where(ChecklistVersion.checklist_id.in_(visits))
        .order_by(ChecklistVersion.number)
    )
    newest = {checklist: (version, content) for checklist, version, content in versions}
    found = [
        VisitedChecklist(checklist, version, parse_version(content), visits[checklist])
        for checklist, (version, content) in newest.items()
    ]
    return sorted(found, key=lambda each: (-each.visits, each.newest.checklist))


def read_versions(checklist_id: UUID) -> dict[UUID, Checklist]:
    """The versions of a checklist, the oldest first."""
    rows = db.session.execute(
        select(ChecklistVersion.id, ChecklistVersion.content)
        .where(ChecklistVersion.checklist_id == checklist_id)
        .order_by(ChecklistVersion.number)
    )
    return {version: parse_version(content) for version, content in rows}


def read_auditor_names(keys: Collection[str], *, active: bool = False) -> dict[str, str]:
    """The names of auditors by the text of their ids; if wished, only of those who may still sign in."""
    wanted = select(User.id, User.name).where(User.id.in_([UUID(key) for key in keys]))
    rows = db.session.execute(wanted.where(User.active) if active else wanted)
    return {str(auditor): name for auditor, name in rows}


def read_regions(company_id: UUID) -> dict[str, RegionShops]:
    """The regions of a company by the text of their ids, each with its shops by name."""
    rows = db.session.execute(
        select(Unit.id, Unit.path, Unit.kind, Unit.name)
        .where(Unit.company_id == company_id, Unit.closed_on.is_(None))
        .order_by(Unit.name, Unit.id)
    ).all()
    return {
        str(region): RegionShops(
            name,
            tuple(
                unit
                for unit, path, kind, _ in rows
                if kind == UnitKind.SHOP.value and path.startswith(region_path)
            ),
        )
        for region, region_path, region_kind, name in rows
        if region_kind == UnitKind.REGION.value
    }


def count_visits(scope: FairScope) -> int:
    """How many visits were sent in a scope, about employees or units."""
    return db.session.scalar(select(func.count()).select_from(Visit).where(*scope.sent())) or 0


def count_answers(scope: FairScope, versions: Mapping[UUID, Checklist]) -> list[AskedCount]:
    """Count what auditors were asked in a scope, by version, auditor and question.

    Each visit has a row for every question of its version, so only the few rows without an answer are read.
    """
    sent = db.session.execute(
        select(Visit.version_id, Visit.auditor_id, func.count())
        .where(*scope.sent())
        .group_by(Visit.version_id, Visit.auditor_id)
    )
    found = {
        (version, auditor, question.id): AskedCount(str(version), str(auditor), question.id, visits, 0)
        for version, auditor, visits in sent
        for question in versions[version].questions()
    }
    for version, auditor, question, state, answers in _read_unanswered(scope):
        count = found[UUID(version), UUID(auditor), question]
        if state == NOT_APPLICABLE:
            changed = replace(count, not_applicable=answers)
        else:
            changed = replace(count, asked=count.asked - answers)
        found[UUID(version), UUID(auditor), question] = changed
    return list(found.values())


def _read_unanswered(scope: FairScope) -> Iterable[tuple[str, str, str, str, int]]:
    """Version, auditor, question, state and number of the rows in which nothing was answered."""
    of_version, by_auditor = cast(Visit.version_id, String), cast(Visit.auditor_id, String)
    rows = db.session.execute(
        select(of_version, by_auditor, Answer.question, Answer.state, func.count())
        .join(Visit, Visit.id == Answer.visit_id)
        .where(*scope.sent(), Answer.state.not_in(ANSWERED))
        .group_by(of_version, by_auditor, Answer.question, Answer.state)
    )
    return [(version, auditor, question, state, count) for version, auditor, question, state, count in rows]


def count_corrections(scope: FairScope) -> dict[tuple[UUID, str], int]:
    """In how many visits of a scope the answer to a question of a version was corrected."""
    rows = db.session.execute(
        select(Visit.version_id, AnswerCorrection.question, func.count(Visit.id.distinct()))
        .join(Visit, Visit.id == AnswerCorrection.visit_id)
        .where(*scope.sent())
        .group_by(Visit.version_id, AnswerCorrection.question)
    )
    return {(version, question): visits for version, question, visits in rows}
