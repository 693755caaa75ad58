"""Visits over a period with the value of each answer, and the versions they were walked on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, select

from checklists.definition import Checklist
from mystery.database import db
from mystery.models import Answer, ChecklistVersion, Unit, Visit, parse_version
from mystery.printouts.dossier import list_unit_names
from reports.period_rows import PeriodVisit

FINEST_SHARE = 10_000
ZERO = Fraction(0)


def read_period_visits(conditions: Sequence[ColumnElement[bool]]) -> tuple[PeriodVisit, ...]:
    """The visits under ``conditions`` by date, with the value of each scored answer."""
    rows = db.session.execute(
        select(
            Visit.id,
            Visit.visited_on,
            Visit.unit_id,
            ChecklistVersion.number,
            Visit.base,
            Visit.final,
            Visit.coverage,
        )
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*conditions)
        .order_by(Visit.visited_on, Visit.submitted_at, Visit.id)
    ).all()
    names = {unit: _name_unit(unit) for unit in {row[2] for row in rows}}
    visits = {
        visit: PeriodVisit(str(visit), known_day(day), names[unit], version, base, final, cover or ZERO, {})
        for visit, day, unit, version, base, final, cover in rows
    }
    shares, knock_outs = _read_answers(conditions)
    return tuple(
        replace(each, shares=shares[visit], knock_outs=tuple(knock_outs[visit]))
        for visit, each in visits.items()
    )


def read_versions(conditions: Sequence[ColumnElement[bool]]) -> dict[int, Checklist]:
    """The versions that the visits under ``conditions`` were walked on, by number."""
    walked = select(Visit.version_id).where(*conditions).distinct()
    rows = db.session.execute(
        select(ChecklistVersion.number, ChecklistVersion.content)
        .where(ChecklistVersion.id.in_(walked))
        .order_by(ChecklistVersion.number)
    )
    return {number: parse_version(content) for number, content in rows}


def read_walked(version_ids: Iterable[UUID]) -> dict[UUID, Checklist]:
    """These versions by id, read in one go however many visits were walked on each."""
    rows = db.session.execute(
        select(ChecklistVersion.id, ChecklistVersion.content).where(ChecklistVersion.id.in_(set(version_ids)))
    )
    return {version: parse_version(content) for version, content in rows}


def known_day(day: date | None) -> date:
    """The day of a submitted visit, which always has one."""
    assert day is not None, "a submitted visit has its day"
    return day


def _read_answers(
    conditions: Sequence[ColumnElement[bool]],
) -> tuple[dict[UUID, dict[str, Fraction]], dict[UUID, list[str]]]:
    """The value of each scored answer by visit and question, and the critical questions that decided."""
    rows = db.session.execute(
        select(
            Answer.visit_id, Answer.question, Answer.share, Answer.earned, Answer.possible, Answer.knocked_out
        )
        .join(Visit, Visit.id == Answer.visit_id)
        .where(Answer.state == "scored", *conditions)
        .order_by(Answer.visit_id, Answer.position)
    )
    shares: defaultdict[UUID, dict[str, Fraction]] = defaultdict(dict)
    knock_outs: defaultdict[UUID, list[str]] = defaultdict(list)
    for visit, question, share, earned, possible, knocked_out in rows:
        # A question without weight keeps its value only as a double.
        shares[visit][question] = (
            earned / possible if possible else Fraction(share or 0).limit_denominator(FINEST_SHARE)
        )
        if knocked_out:
            knock_outs[visit].append(question)
    return shares, knock_outs


def _name_unit(unit_id: UUID) -> str:
    names = list_unit_names(db.session.get_one(Unit, unit_id))
    return " / ".join(names[1:]) or names[0]
