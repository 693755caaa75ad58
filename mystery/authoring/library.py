"""The library that comes with the product, as a company sees it: what is there, and what it uses already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import select

from checklists.definition import Checklist
from checklists.loading import list_library, load_library_checklist
from checklists.localtext import Language
from checklists.publishing import content_hash
from checklists.scenarios import Scenario, load_scenarios
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.database import db
from mystery.models import ChecklistRecord, ChecklistVersion, ScenarioRecord, Unit


@dataclass(frozen=True)
class Use:
    """What a company makes of a library checklist: nothing yet, the same text, or a text of its own."""

    company_id: UUID
    company: str
    newest_id: UUID | None
    newest: int
    same: int | None


@dataclass(frozen=True)
class LibraryRow:
    """A checklist of the library, what it is for, and what the person's companies make of it."""

    id: str
    checklist: Checklist
    questions: int
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class ScenarioRow:
    """A legend; ``record_id`` is None while no company of the person has it."""

    slug: str
    title: str
    customer: str
    company: str
    record_id: UUID | None


@dataclass(frozen=True)
class ScenarioPage:
    """One legend of a company, or of the library when it has no company."""

    scenario: Scenario
    company: str | None


@cache
def _read_library() -> dict[str, Checklist]:
    return {entry.id: load_library_checklist(entry.id) for entry in list_library()}


def list_library_rows(reach: Reach, language: Language) -> tuple[LibraryRow, ...]:
    """Every checklist of the library, by title."""
    rows = (_describe_entry(reach, entry, checklist) for entry, checklist in _read_library().items())
    return tuple(sorted(rows, key=lambda row: row.checklist.title.in_language(language).casefold()))


def load_library_row(reach: Reach, library_id: str) -> LibraryRow:
    """One checklist of the library. Raises NotYours for an unknown id."""
    checklist = _read_library().get(library_id)
    if checklist is None:
        raise NotYours
    return _describe_entry(reach, library_id, checklist)


def read_library_source(library_id: str) -> str | None:
    """The text of a library checklist as it was written, or None for an unknown id."""
    paths = {entry.id: entry.path for entry in list_library()}
    return paths[library_id].read_text(encoding="utf-8") if library_id in paths else None


def list_scenarios(reach: Reach, language: Language) -> tuple[ScenarioRow, ...]:
    """The legends of the companies for which the person plans or publishes."""
    found = db.session.execute(
        select(ScenarioRecord, Unit.name)
        .join(Unit, ScenarioRecord.company_id == Unit.id)
        .where(ScenarioRecord.company_id.in_(_scenario_companies(reach)))
    )
    rows = (
        _to_row(Scenario.model_validate_json(record.content), company, record.id, language)
        for record, company in found
    )
    return tuple(sorted(rows, key=lambda row: (row.company.casefold(), row.title.casefold())))


def list_library_scenarios(reach: Reach, language: Language) -> tuple[ScenarioRow, ...]:
    """The legends of the library that not all of the person's companies have."""
    companies = reach.whole_companies(Permission.PUBLISH_CHECKLISTS)
    owned = db.session.scalars(select(ScenarioRecord.slug).where(ScenarioRecord.company_id.in_(companies)))
    counts: dict[str, int] = {}
    for slug in owned:
        counts[slug] = counts.get(slug, 0) + 1
    rows = (
        _to_row(scenario, "", None, language)
        for scenario in load_scenarios().values()
        if counts.get(scenario.id, 0) < max(1, len(set(companies)))
    )
    return tuple(sorted(rows, key=lambda row: row.title.casefold()))


def load_scenario(reach: Reach, scenario_id: UUID) -> ScenarioPage:
    """One legend of a company. Raises NotYours."""
    found = db.session.execute(
        select(ScenarioRecord.content, Unit.name)
        .join(Unit, ScenarioRecord.company_id == Unit.id)
        .where(ScenarioRecord.id == scenario_id, ScenarioRecord.company_id.in_(_scenario_companies(reach)))
    ).one_or_none()
    if found is None:
        raise NotYours
    return ScenarioPage(Scenario.model_validate_json(found[0]), found[1])


def load_library_scenario(slug: str) -> ScenarioPage:
    """One legend of the library. Raises NotYours for an unknown id."""
    scenario = load_scenarios().get(slug)
    if scenario is None:
        raise NotYours
    return ScenarioPage(scenario, None)


def _scenario_companies(reach: Reach) -> set[UUID]:
    # Managers read checklists, yet not legends: who knows the legend recognises the auditor.
    return {*reach.companies(Permission.PLAN_VISITS), *reach.companies(Permission.PUBLISH_CHECKLISTS)}


def _describe_entry(reach: Reach, library_id: str, checklist: Checklist) -> LibraryRow:
    companies = reach.whole_companies(Permission.PUBLISH_CHECKLISTS)
    names = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(companies)).order_by(Unit.name))
    uses = tuple(_describe_use(company, name, checklist) for company, name in names)
    return LibraryRow(library_id, checklist, sum(1 for _ in checklist.questions()), uses)


def _describe_use(company_id: UUID, company: str, checklist: Checklist) -> Use:
    versions = db.session.execute(
        select(ChecklistVersion.id, ChecklistVersion.number, ChecklistVersion.content_hash)
        .join(ChecklistRecord)
        .where(ChecklistRecord.company_id == company_id, ChecklistRecord.slug == checklist.checklist)
        .order_by(ChecklistVersion.number.desc())
    ).all()
    own_hash = content_hash(checklist)
    same = next((number for _id, number, known in versions if known == own_hash), None)
    newest = versions[0] if versions else None
    return Use(company_id, company, newest[0] if newest else None, newest[1] if newest else 0, same)


def _to_row(scenario: Scenario, company: str, record_id: UUID | None, language: Language) -> ScenarioRow:
    return ScenarioRow(
        scenario.id, scenario.title.in_language(language), scenario.customer, company, record_id
    )
