"""What authoring shows: a company's checklists, a version, the difference between two, a draft's effect."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from checklists.definition import Checklist
from checklists.localtext import Language
from checklists.publishing import (
    SectionChanges,
    are_comparable,
    common_standards,
    content_hash,
    describe_changes,
    group_changes,
)
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, list_whole_companies
from mystery.database import db
from mystery.models import ChecklistRecord, ChecklistVersion, Notice, Unit, User, parse_version


@dataclass(frozen=True)
class VersionRow:
    """One published version in a list."""

    id: UUID
    number: int
    title: str
    published_at: datetime
    published_by: str | None
    questions: int
    content_hash: str


@dataclass(frozen=True)
class ChecklistRow:
    """A checklist with its versions, the newest first."""

    id: UUID
    slug: str
    versions: tuple[VersionRow, ...]

    @property
    def newest(self) -> VersionRow:
        """The version that new assignments usually take."""
        return self.versions[0]


@dataclass(frozen=True)
class CompanyShelf:
    """The checklists of one company; ``told`` says that staff have been given notice."""

    id: UUID
    name: str
    told: bool
    may_publish: bool
    checklists: tuple[ChecklistRow, ...]


@dataclass(frozen=True)
class VersionPage:
    """Everything on the page of one version."""

    id: UUID
    company_id: UUID
    company: str
    checklist_id: UUID
    checklist: Checklist
    content: str
    row: VersionRow
    others: tuple[VersionRow, ...]
    may_publish: bool

    @property
    def is_newest(self) -> bool:
        """Whether no later version exists."""
        return all(other.number < self.row.number for other in self.others)


@dataclass(frozen=True)
class Comparison:
    """Two versions of a checklist side by side; with one version only, old and new are that one."""

    title: str
    versions: tuple[VersionRow, ...]
    old: VersionRow
    new: VersionRow
    changes: tuple[SectionChanges, ...]
    change_count: int
    comparable: bool
    shared_standards: int
    standards: int


@dataclass(frozen=True)
class Draft:
    """What publishing a checklist in a company would do.

    ``newest`` is the version it would follow, ``same_as`` the published version that says exactly this,
    and ``fingerprint`` names both the text and what it was compared with.
    """

    checklist: Checklist
    newest: VersionRow | None
    same_as: VersionRow | None
    changes: tuple[SectionChanges, ...]
    fingerprint: str

    @property
    def number(self) -> int:
        """The number it would be published under."""
        return 1 if self.newest is None else self.newest.number + 1


def list_checklists(reach: Reach, language: Language) -> tuple[CompanyShelf, ...]:
    """The checklists of every company somewhere in which the person may read them."""
    companies = db.session.execute(
        select(Unit.id, Unit.name)
        .where(Unit.id.in_(reach.companies(Permission.SEE_CHECKLISTS)))
        .order_by(Unit.name, Unit.id)
    ).all()
    told = set(db.session.scalars(select(Notice.company_id)))
    publishing = reach.whole_companies(Permission.PUBLISH_CHECKLISTS)
    return tuple(
        CompanyShelf(
            company, name, company in told, company in publishing, _list_company_checklists(company, language)
        )
        for company, name in companies
    )


def list_publishing_companies(reach: Reach) -> list[tuple[UUID, str]]:
    """The companies for which the person may publish. Raises NotYours when there is none."""
    companies = list_whole_companies(reach, Permission.PUBLISH_CHECKLISTS)
    if not companies:
        raise NotYours
    return companies


def load_version(reach: Reach, version_id: UUID, language: Language) -> VersionPage:
    """One version with its definition. Raises NotYours."""
    found = db.session.execute(
        select(ChecklistVersion, ChecklistRecord.company_id, Unit.name)
        .join(ChecklistRecord, ChecklistVersion.checklist_id == ChecklistRecord.id)
        .join(Unit, ChecklistRecord.company_id == Unit.id)
        .where(
            ChecklistVersion.id == version_id,
            ChecklistRecord.company_id.in_(reach.companies(Permission.SEE_CHECKLISTS)),
        )
    ).one_or_none()
    if found is None:
        raise NotYours
    version, company_id, company = found
    rows = _list_versions(version.checklist_id, language)
    return VersionPage(
        id=version.id,
        company_id=company_id,
        company=company,
        checklist_id=version.checklist_id,
        checklist=parse_version(version.content),
        content=version.content,
        row=next(row for row in rows if row.id == version.id),
        others=tuple(row for row in rows if row.id != version.id),
        may_publish=company_id in reach.whole_companies(Permission.PUBLISH_CHECKLISTS),
    )


def compare_versions(
    reach: Reach, checklist_id: UUID, *, old: int | None, new: int | None, language: Language
) -> Comparison:
    """The difference between two versions by number; unknown numbers mean the two newest. Raises NotYours."""
    owner = db.session.scalar(select(ChecklistRecord.company_id).where(ChecklistRecord.id == checklist_id))
    if owner is None or owner not in reach.companies(Permission.SEE_CHECKLISTS):
        raise NotYours
    rows = _list_versions(checklist_id, language)
    by_number = {row.number: row for row in rows}
    newer = by_number.get(new or 0, rows[0])
    before = [row for row in rows if row.number < newer.number]
    older = by_number.get(old or 0, before[0] if before else newer)
    first, second = _load_definition(older.id), _load_definition(newer.id)
    changes = describe_changes(first, second)
    return Comparison(
        title=newer.title,
        versions=rows,
        old=older,
        new=newer,
        changes=group_changes(changes, language),
        change_count=len(changes),
        comparable=are_comparable(first, second),
        shared_standards=len(common_standards(first, second)),
        standards=len(common_standards(second, second)),
    )


def weigh_draft(reach: Reach, company_id: UUID, checklist: Checklist, language: Language) -> Draft:
    """What publishing ``checklist`` would do. Raises NotYours where the person may not publish."""
    if company_id not in reach.whole_companies(Permission.PUBLISH_CHECKLISTS):
        raise NotYours
    record = db.session.scalar(
        select(ChecklistRecord.id).where(
            ChecklistRecord.company_id == company_id, ChecklistRecord.slug == checklist.checklist
        )
    )
    rows = _list_versions(record, language) if record is not None else ()
    newest = rows[0] if rows else None
    own_hash = content_hash(checklist)
    changes = describe_changes(_load_definition(newest.id), checklist) if newest is not None else []
    return Draft(
        checklist=checklist,
        newest=newest,
        same_as=next((row for row in rows if row.content_hash == own_hash), None),
        changes=group_changes(changes, language),
        fingerprint=f"{company_id}/{newest.number if newest else 0}/{own_hash}",
    )


def _list_company_checklists(company_id: UUID, language: Language) -> tuple[ChecklistRow, ...]:
    records = db.session.scalars(select(ChecklistRecord).where(ChecklistRecord.company_id == company_id))
    rows = (ChecklistRow(record.id, record.slug, _list_versions(record.id, language)) for record in records)
    return tuple(sorted((row for row in rows if row.versions), key=lambda row: row.newest.title.casefold()))


def _list_versions(checklist_id: UUID, language: Language) -> tuple[VersionRow, ...]:
    found = db.session.execute(
        select(ChecklistVersion, User.name)
        .outerjoin(User, ChecklistVersion.published_by_id == User.id)
        .where(ChecklistVersion.checklist_id == checklist_id)
        .order_by(ChecklistVersion.number.desc())
    )
    return tuple(
        VersionRow(
            version.id,
            version.number,
            version.title_ru if language == "ru" else version.title_en,
            version.published_at,
            publisher,
            _count_questions(version.content),
            version.content_hash,
        )
        for version, publisher in found
    )


def _load_definition(version_id: UUID) -> Checklist:
    content = db.session.scalar(select(ChecklistVersion.content).where(ChecklistVersion.id == version_id))
    assert content is not None, "the version was found just before"
    return parse_version(content)


def _count_questions(content: str) -> int:
    # A list needs no more than this number, and reading whole definitions would be a hundred times slower.
    return sum(len(section["questions"]) for section in json.loads(content)["sections"])
