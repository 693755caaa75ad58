"""What a printed report depends on, read at once: enough to find the kept print and name its file.

Building the whole report only to learn that it lies printed in the store would cost more than everything
else that a download does.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

import checklists
from checklists.localtext import Language
from mystery.access.scopes import NotYours
from mystery.database import db
from mystery.models import (
    AnswerCorrection,
    Assignment,
    ChecklistVersion,
    CompanyLook,
    Employee,
    FlagKind,
    Notice,
    Photo,
    Placement,
    ScenarioRecord,
    Unit,
    Visit,
    VisitFlag,
)
from mystery.printouts.signing import tell_certificate
from mystery.settings import current_settings
from reports.visit_report import TEMPLATE_VERSION

# A control character that no form lets through, so that two texts cannot be told from one by moving a letter.
BETWEEN: Final = "\x1f"
VISIT: Final = "visit"
# What a reviewer decides that makes a visit count, or count with other answers.
DECIDING_KINDS: Final = (FlagKind.INCOMPLETE.value, FlagKind.DIFFERS.value)


@dataclass(frozen=True)
class PrintedFacts:
    """A visit as far as a download needs it; ``digest`` changes with anything that its report prints."""

    visit_id: UUID
    company_id: UUID
    employee_id: UUID | None
    visited_on: date
    unit: str
    employee: str | None
    digest: str

    def key(self, language: Language) -> str:
        """Where the print in this language is kept; all prints of a visit lie under one folder."""
        return f"{print_folder(self.visit_id)}/{language}-{self.digest}.pdf"


def print_folder(visit_id: UUID) -> str:
    """The folder of the media store with the prints of a visit."""
    return f"reports/{visit_id.hex}"


def read_printed_facts(visit_id: UUID, condition: ColumnElement[bool]) -> PrintedFacts:
    """The facts of a submitted visit for which ``condition`` holds; raises NotYours for any other."""
    # Asked first, and of the visit alone: a statement that is the same for everybody is made ready once a
    # process, and this one is so long that making it ready takes four times as long as its answer.
    if db.session.scalar(select(Visit.id).where(Visit.id == visit_id, condition)) is None:
        raise NotYours
    row = db.session.execute(_select_facts(), {VISIT: visit_id}).one_or_none()
    if row is None:
        raise NotYours
    company_id, unit, employee, *_printed = row
    return PrintedFacts(
        visit_id=visit_id,
        company_id=company_id,
        employee_id=row.employee_id,
        visited_on=row.visited_on,
        unit=unit,
        employee=employee,
        digest=_digest((_hash_code(), current_settings().public_url, tell_certificate(), visit_id, *row)),
    )


def _digest(parts: tuple[object, ...]) -> str:
    return hashlib.sha256("\0".join(str(part) for part in parts).encode()).hexdigest()[:40]


@cache
def _hash_code() -> str:
    """Everything that makes a report of rows: a new version of any of it prints anew."""
    folders = (Path(checklists.__file__).parent, Path(__file__).parent)
    files = sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".yaml"}
    )
    return TEMPLATE_VERSION + hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


@cache
def _select_facts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Unit.company_id,
            Unit.name,
            func.coalesce(Employee.name, func.nullif(Visit.employee_note, "")),
            Visit.employee_id,
            Visit.visited_on,
            Visit.visited_at,
            Visit.submitted_at,
            func.coalesce(Visit.chosen_answers, Visit.raw_answers),
            Visit.final,
            Unit.path,
            Unit.time_zone,
            ChecklistVersion.number,
            ChecklistVersion.content_hash,
            ScenarioRecord.content,
            CompanyLook.logo_key,
            CompanyLook.colour,
            _select_unit_names(),
            _select_position(),
            _select_purpose(),
            _select_earlier(AnswerCorrection.corrected_at, AnswerCorrection),
            _select_earlier(VisitFlag.settled_at, VisitFlag, VisitFlag.kind.in_(DECIDING_KINDS)),
            _join_rows(
                Photo.storage_key, Photo.question, order=(Photo.created_at, Photo.id), of=Photo.visit_id
            ),
            _join_rows(
                AnswerCorrection.question,
                func.coalesce(AnswerCorrection.before, ""),
                func.coalesce(AnswerCorrection.after, ""),
                AnswerCorrection.occasion,
                AnswerCorrection.reason,
                cast(AnswerCorrection.corrected_at, String),
                order=(AnswerCorrection.question, AnswerCorrection.number),
                of=AnswerCorrection.visit_id,
            ),
        )
        .select_from(Visit)
        .join(Unit, Unit.id == Visit.unit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .join(Assignment, Assignment.id == Visit.assignment_id)
        .outerjoin(Employee, Employee.id == Visit.employee_id)
        .outerjoin(ScenarioRecord, ScenarioRecord.id == Assignment.scenario_id)
        .outerjoin(CompanyLook, CompanyLook.company_id == Unit.company_id)
        .where(Visit.id == bindparam(VISIT))
    )


def _select_unit_names() -> ScalarSelect[Any]:
    """The names from the company down to the unit of the visit."""
    above = aliased(Unit)
    is_above = func.substr(Unit.path, 1, func.length(above.path)) == above.path
    names = (
        select(above.name)
        .where(above.company_id == Unit.company_id, is_above)
        .order_by(func.length(above.path))
        .correlate(Unit)
        .subquery()
    )
    return select(func.aggregate_strings(names.c.name, BETWEEN)).scalar_subquery()


def _select_position() -> ScalarSelect[Any]:
    """What the employee was on the day of the visit."""
    on_the_day = and_(
        Placement.since <= Visit.visited_on,
        or_(Placement.until.is_(None), Placement.until >= Visit.visited_on),
    )
    return (
        select(Placement.position)
        .where(Placement.employee_id == Visit.employee_id, on_the_day)
        .order_by(Placement.since)
        .limit(1)
        .correlate(Visit)
        .scalar_subquery()
    )


def _select_purpose() -> ScalarSelect[Any]:
    """The purpose that staff had been told of on the day of the visit."""
    return (
        select(Notice.purpose)
        .where(Notice.company_id == Unit.company_id, Notice.given_on <= Visit.visited_on)
        .order_by(Notice.given_on.desc(), Notice.recorded_at.desc())
        .limit(1)
        .correlate(Unit, Visit)
        .scalar_subquery()
    )


def _select_earlier(moment: Any, owner: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    """How often, and when last, something changed the numbers of visits that were sent before this one.

    Their means stand beside its sections. A held visit that is taken later counts from when it was sent.
    """
    earlier = aliased(Visit)
    changed = cast(func.count(moment), String) + BETWEEN + func.coalesce(cast(func.max(moment), String), "")
    # Asked of each change, which are few; a join might begin with the visits, which are many and wide.
    is_earlier = (
        select(earlier.id)
        .where(
            earlier.id == owner.visit_id,
            earlier.version_id == Visit.version_id,
            earlier.submitted_at < Visit.submitted_at,
        )
        .correlate(owner, Visit)
        .exists()
    )
    return (
        select(changed).select_from(owner).where(is_earlier, *conditions).correlate(Visit).scalar_subquery()
    )


def _join_rows(*columns: ColumnElement[Any] | Any, order: tuple[Any, ...], of: Any) -> ScalarSelect[Any]:
    """The columns of all rows of the visit, as one text."""
    text = columns[0]
    for column in columns[1:]:
        text = text + BETWEEN + column
    rows = select(text.label("line")).where(of == Visit.id).order_by(*order).correlate(Visit).subquery()
    return select(func.aggregate_strings(rows.c.line, BETWEEN)).scalar_subquery()
