"""The visits as consistency judges them: base score, knock-outs, anything above expectation (LN-01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select

from checklists.definition import Checklist
from mystery.database import db
from mystery.fair_models.spelling import spell
from mystery.lenses.queries.tagged_answers import VISIT_KEY, VersionTags, from_visits, is_tagged, tag_versions
from mystery.models import Answer, ChecklistVersion, Visit
from mystery.printouts.period_visits import known_day
from reports.consistency import JudgedVisit

BONUS = "bonus"


def read_judged_visits(
    own: Sequence[ColumnElement[bool]], versions: Mapping[int, Checklist]
) -> list[JudgedVisit]:
    """One row per visit under ``own``, judged by the version that it was walked on."""
    tags = tag_versions(versions, list_bonuses)
    surprising = _list_surprising(own, tags)
    rows = db.session.execute(
        select(
            VISIT_KEY,
            Visit.visited_on,
            Visit.base_percent,
            Visit.coverage_percent,
            Visit.knocked_out,
            ChecklistVersion.number,
        )
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*own)
    )
    return [
        JudgedVisit(
            visit=spell(visit),
            visited_on=known_day(day),
            base=base,
            coverage=(coverage or 0.0) / 100,
            knocked_out=bool(knocked_out),
            satisfactory=versions[number].scoring.satisfactory,
            wow=visit in surprising if BONUS in tags[number].values() else None,
        )
        for visit, day, base, coverage, knocked_out, number in rows
    ]


def list_bonuses(checklist: Checklist) -> dict[str, str]:
    """The questions that may earn a bonus."""
    return {question.id: BONUS for question in checklist.questions() if question.bonus}


def _list_surprising(own: Sequence[ColumnElement[bool]], tags: VersionTags) -> set[str]:
    """The visits in which a bonus was earned."""
    statement = from_visits(select(VISIT_KEY).select_from(Answer), own)
    return set(db.session.scalars(statement.where(Answer.share > 0, is_tagged(tags, BONUS))))
