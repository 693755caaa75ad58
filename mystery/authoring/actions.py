"""Authoring: publishing checklist versions, adding legends, recording the notice given to staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from checklists.definition import Checklist
from checklists.loading import checklist_to_json, load_library_checklist
from checklists.problems import Place, Problem, report_problem
from checklists.publishing import content_hash
from checklists.scenarios import Scenario, load_scenarios
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.authoring.notice_terms import NoticeFault, NoticeTerms, find_faults
from mystery.clock import now
from mystery.database import db
from mystery.models import ChecklistRecord, ChecklistVersion, Notice, ScenarioRecord, Unit

LONGEST_TITLE = 300


class Outcome(Enum):
    """What came of publishing."""

    PUBLISHED = auto()
    UNCHANGED = auto()
    OVERTAKEN = auto()
    REFUSED = auto()


@dataclass(frozen=True)
class Publication:
    """What came of publishing, and the version it is about.

    PUBLISHED: the new version. UNCHANGED: the version that says exactly this already. OVERTAKEN: the
    version that somebody else published meanwhile. REFUSED: none, ``problems`` say why.
    """

    outcome: Outcome
    version_id: UUID | None = None
    number: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class AddedScenario:
    """A legend of a company; ``new`` is False when it was there before."""

    id: UUID
    new: bool


@dataclass(frozen=True)
class RecordedNotice:
    """The notice that was recorded, or what is wrong with its terms."""

    id: UUID | None = None
    faults: tuple[NoticeFault, ...] = ()


def publish_version(
    reach: Reach,
    company_id: UUID,
    checklist: Checklist,
    *,
    after: int | None = None,
) -> Publication:
    """Freeze ``checklist`` as the next version of a company's checklist of that id.

    ``after`` is the number of the newest version the person has seen (0: none); when another has been
    published since, nothing happens.
    Raises NotYours where the person may not publish for the whole company.
    """
    _require_company(reach, company_id)
    publication = _publish(reach, company_id, checklist, after=after)
    db.session.commit()
    return publication


def adopt_library_checklist(reach: Reach, company_id: UUID, library_id: str) -> Publication:
    """Publish a checklist of the library and add the legends it is played with. Raises NotYours."""
    _require_company(reach, company_id)
    try:
        checklist = load_library_checklist(library_id)
    except KeyError:
        raise NotYours from None
    publication = _publish(reach, company_id, checklist, after=None)
    library = load_scenarios()
    for name in checklist.scenarios:
        if name in library:
            _add_scenario(company_id, library[name])
    db.session.commit()
    return publication


def add_scenario(reach: Reach, company_id: UUID, scenario: Scenario) -> AddedScenario:
    """Add a legend to a company; one that is there already stays as it is. Raises NotYours."""
    _require_company(reach, company_id)
    added = _add_scenario(company_id, scenario)
    db.session.commit()
    return added


def record_notice(reach: Reach, company_id: UUID, terms: NoticeTerms) -> RecordedNotice:
    """Record that staff were told about the programme; records are never changed. Raises NotYours."""
    _require_company(reach, company_id)
    company = db.session.get_one(Unit, company_id)
    faults = find_faults(terms, company.time_zone)
    if faults:
        return RecordedNotice(faults=faults)
    notice = Notice(
        company_id=company_id,
        given_on=terms.given_on,
        text=terms.text,
        purpose=terms.purpose,
        recorded_by_id=reach.user_id,
    )
    db.session.add(notice)
    db.session.commit()
    return RecordedNotice(notice.id)


def _require_company(reach: Reach, company_id: UUID) -> None:
    if company_id not in reach.whole_companies(Permission.PUBLISH_CHECKLISTS):
        raise NotYours


def find_title_problems(checklist: Checklist) -> tuple[Problem, ...]:
    """A title must fit the lists in which it stands."""
    too_long = max(len(checklist.title.ru), len(checklist.title.en)) > LONGEST_TITLE
    return (report_problem("text_too_long", Place(field="title"), limit=LONGEST_TITLE),) if too_long else ()


def _publish(reach: Reach, company_id: UUID, checklist: Checklist, *, after: int | None) -> Publication:
    problems = find_title_problems(checklist)
    if problems:
        return Publication(Outcome.REFUSED, problems=problems)
    versions = _read_versions(company_id, checklist)
    settled = _settle(versions, checklist, after)
    if settled is not None:
        return settled
    number = versions[-1].number + 1 if versions else 1
    try:
        with db.session.begin_nested():
            version = _write_version(reach, company_id, checklist, number=number)
    except IntegrityError:
        # Somebody published at the same moment and the unique constraint let one of us through.
        overtaken = _settle(_read_versions(company_id, checklist), checklist, after=0)
        if overtaken is None:
            raise
        return overtaken
    return Publication(Outcome.PUBLISHED, version.id, number)


def _read_versions(company_id: UUID, checklist: Checklist) -> Sequence[ChecklistVersion]:
    return db.session.scalars(
        select(ChecklistVersion)
        .join(ChecklistRecord)
        .where(ChecklistRecord.company_id == company_id, ChecklistRecord.slug == checklist.checklist)
        .order_by(ChecklistVersion.number)
    ).all()


def _settle(
    versions: Sequence[ChecklistVersion], checklist: Checklist, after: int | None
) -> Publication | None:
    """The version that makes publishing needless (the same text) or hasty (one the person has not seen)."""
    own_hash = content_hash(checklist)
    for version in versions:
        if version.content_hash == own_hash:
            return Publication(Outcome.UNCHANGED, version.id, version.number)
    newest = versions[-1] if versions else None
    if after is not None and newest is not None and newest.number != after:
        return Publication(Outcome.OVERTAKEN, newest.id, newest.number)
    return None


def _write_version(reach: Reach, company_id: UUID, checklist: Checklist, *, number: int) -> ChecklistVersion:
    record = db.session.scalar(
        select(ChecklistRecord).where(
            ChecklistRecord.company_id == company_id, ChecklistRecord.slug == checklist.checklist
        )
    )
    if record is None:
        record = ChecklistRecord(company_id=company_id, slug=checklist.checklist)
        db.session.add(record)
        db.session.flush()
    version = ChecklistVersion(
        checklist_id=record.id,
        number=number,
        content_hash=content_hash(checklist),
        content=checklist_to_json(checklist),
        title_ru=checklist.title.ru,
        title_en=checklist.title.en,
        published_at=now(),
        published_by_id=reach.user_id,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _add_scenario(company_id: UUID, scenario: Scenario) -> AddedScenario:
    known = select(ScenarioRecord.id).where(
        ScenarioRecord.company_id == company_id, ScenarioRecord.slug == scenario.id
    )
    existing = db.session.scalar(known)
    if existing is not None:
        return AddedScenario(existing, new=False)
    record = ScenarioRecord(
        company_id=company_id,
        slug=scenario.id,
        title_ru=scenario.title.ru,
        title_en=scenario.title.en,
        content=scenario.model_dump_json(by_alias=True),
    )
    try:
        with db.session.begin_nested():
            db.session.add(record)
    except IntegrityError:
        # Added by somebody else at the same moment: theirs is the same legend of the library.
        return AddedScenario(db.session.scalars(known).one(), new=False)
    return AddedScenario(record.id, new=True)
