"""The dossier of one submitted visit: everything its page and its PDF say, built from the frozen rows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from checklists.answers import AnswerSheet, VisitFacts, parse_sheet
from checklists.corrections import correct_answers, read_answer
from checklists.definition import Checklist
from checklists.localtext import LocalText
from checklists.scenarios import Scenario
from checklists.scoring import score_visit
from checklists.standards import Standard, load_standards
from mystery.access.scopes import NotYours, Reach, visits_in_reach
from mystery.database import db
from mystery.models import (
    CompanyLook,
    Employee,
    Notice,
    ScenarioRecord,
    Unit,
    Visit,
    VisitState,
    parse_version,
)
from mystery.printouts.earlier_means import read_earlier_means
from mystery.settings import current_settings
from reports.dates import name_part_of_day
from reports.rows import (
    CorrectionOccasion,
    PartOfDay,
    PlayedScenario,
    ReportCorrection,
    ReportLook,
    ReportPhoto,
    VisitReport,
)

REVISION_LENGTH = 12
PURPOSES = {
    "training": LocalText(
        ru="Цель программы — обучение. Отчёт не основание для взыскания.",
        en="The programme serves training. This report is not a ground for discipline.",
    ),
    "bonus": LocalText(
        ru="Цель программы — обучение и премия по согласованным правилам. Решение принимает человек.",
        en="The programme serves training and a bonus by agreed rules. A person decides.",
    ),
}


@dataclass(frozen=True)
class Dossier:
    """A visit as its readers see it; there is no auditor in it, and none can be reached from it."""

    visit_id: UUID
    company_id: UUID
    employee_id: UUID | None
    employee_user_id: UUID | None
    photo_ids: dict[str, UUID]
    report: VisitReport


def read_dossier(reach: Reach, visit_id: UUID) -> Dossier:
    """The dossier of a visit this person may read; raises NotYours for any other."""
    visit = _load_visit(visit_id, visits_in_reach(reach))
    return Dossier(
        visit_id=visit.id,
        company_id=visit.unit.company_id,
        employee_id=visit.employee_id,
        employee_user_id=visit.employee.user_id if visit.employee else None,
        photo_ids={photo.storage_key: photo.id for photo in visit.photos},
        report=build_report(visit),
    )


def read_report(visit_id: UUID) -> VisitReport:
    """What is printed of a submitted visit, with what only print has; raises NotYours."""
    visit = _load_visit(visit_id, Visit.state == VisitState.SUBMITTED.value)
    unit_means, programme_means = read_earlier_means(visit)
    return replace(
        build_report(visit),
        look=read_look(visit.unit.company_id),
        unit_means=unit_means,
        programme_means=programme_means,
        public_url=current_settings().public_url,
    )


def build_report(visit: Visit) -> VisitReport:
    """What the report of a submitted visit prints: the answers as sent, scored on their own version."""
    checklist = parse_version(visit.version.content)
    sheet = read_sheet(checklist, visit)
    assert visit.visited_on is not None, "a submitted visit has its day"
    placement = visit.employee.placement_on(visit.visited_on) if visit.employee else None
    names = list_unit_names(visit.unit)
    return VisitReport(
        company=names[0],
        unit=" / ".join(names[1:]) or names[0],
        # Without a known employee, the name on the badge is what the talk can begin with.
        employee=visit.employee.name if visit.employee else (visit.employee_note or None),
        position=(placement.position or None) if placement else None,
        checklist=checklist,
        version=visit.version.number,
        visited_on=visit.visited_on,
        part_of_day=tell_part_of_day(visit.visited_at, visit.unit.time_zone),
        scorecard=score_visit(checklist, sheet),
        sheet=sheet,
        photos=tuple(ReportPhoto(photo.storage_key, photo.question) for photo in visit.photos),
        standards=library_standards(),
        purpose=read_purpose(visit.unit.company_id, visit.visited_on),
        revision=hash_revision(visit),
        scenario=read_scenario(visit.assignment.scenario),
        corrections=list_corrections(checklist, visit),
    )


def _load_visit(visit_id: UUID, condition: ColumnElement[bool]) -> Visit:
    statement = (
        select(Visit)
        .where(Visit.id == visit_id, condition)
        .options(
            joinedload(Visit.unit),
            joinedload(Visit.version),
            joinedload(Visit.assignment),
            joinedload(Visit.employee).selectinload(Employee.placements),
            selectinload(Visit.photos),
            selectinload(Visit.corrections),
        )
    )
    visit = db.session.scalars(statement).unique().one_or_none()
    if visit is None:
        raise NotYours
    return visit


def read_sheet(checklist: Checklist, visit: Visit) -> AnswerSheet:
    """The typed answers that count, corrected ones among them, without any facts about who, where and when:
    those come from the rows.
    """
    replaced = ((each.question, each.after) for each in visit.corrections)
    sheet, _problems = parse_sheet(checklist, correct_answers(json.loads(visit.counted_answers), replaced))
    counts: dict[str, int] = {}
    for photo in visit.photos:
        counts[photo.question] = counts.get(photo.question, 0) + 1
    return replace(sheet, visit=VisitFacts(), photos=counts)


def list_corrections(checklist: Checklist, visit: Visit) -> tuple[ReportCorrection, ...]:
    """What was corrected, oldest first, on days of the unit's clock; who corrected it is not said."""
    zone = ZoneInfo(visit.unit.time_zone)
    corrections = []
    for each in visit.corrections:
        question = checklist.question(each.question)
        corrections.append(
            ReportCorrection(
                question=each.question,
                before=read_answer(question, each.before),
                after=read_answer(question, each.after),
                occasion=cast(CorrectionOccasion, each.occasion),
                reason=each.reason,
                on=each.corrected_at.astimezone(zone).date(),
            )
        )
    return tuple(corrections)


@cache
def library_standards() -> dict[str, Standard]:
    """The standards that checklists cite, by code and revision."""
    return load_standards()


def list_unit_names(unit: Unit) -> list[str]:
    """The names from the company down to ``unit``."""
    ids = [UUID(part) for part in unit.path.strip("/").split("/")]
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    names = dict(rows.all())
    return [names[each] for each in ids]


def tell_part_of_day(moment: datetime | None, time_zone: str) -> PartOfDay | None:
    """The part of the day on the unit's clock; a reader never learns the minute."""
    return None if moment is None else name_part_of_day(moment.astimezone(ZoneInfo(time_zone)).hour)


def read_scenario(record: ScenarioRecord | None) -> PlayedScenario | None:
    """The legend that was played, as the employee may read it: the role and what was expected."""
    if record is None:
        return None
    scenario = Scenario.model_validate_json(record.content)
    return PlayedScenario(
        title=LocalText(ru=record.title_ru, en=record.title_en),
        role=scenario.legend,
        expected=scenario.expected,
    )


def read_look(company_id: UUID) -> ReportLook:
    """The company's logo and colour, as far as it has chosen any."""
    look = db.session.get(CompanyLook, company_id)
    return ReportLook(look.logo_key, look.colour) if look else ReportLook()


def read_purpose(company_id: UUID, day: date) -> LocalText | None:
    """The purpose that staff had been told of on ``day``."""
    purpose = db.session.scalar(
        select(Notice.purpose)
        .where(Notice.company_id == company_id, Notice.given_on <= day)
        .order_by(Notice.given_on.desc(), Notice.recorded_at.desc())
        .limit(1)
    )
    return PURPOSES.get(purpose or "")


def hash_revision(visit: Visit) -> str:
    """A short hash of what was answered, about whom and on which version: it tells two printouts apart."""
    parts = (
        visit.id.hex,
        visit.version.content_hash,
        visit.counted_answers,
        visit.visited_on,
        visit.employee_id,
        *((each.question, each.after, each.reason) for each in visit.corrections),
    )
    digest = hashlib.sha256("\n".join(str(part) for part in parts).encode())
    return digest.hexdigest()[:REVISION_LENGTH]
