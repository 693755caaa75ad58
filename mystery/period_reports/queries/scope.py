"""Which visits a report over a period is about: one checklist and some days, of what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from mystery.database import db
from mystery.models import ChecklistVersion, Visit
from mystery.printouts.period_visits import known_day
from reports.period_rows import Period


@dataclass(frozen=True)
class OfferedChecklist:
    """A checklist with visits to report on, under the titles of its newest version."""

    checklist_id: UUID
    title_ru: str
    title_en: str
    visits: int
    last_visit: date


@dataclass(frozen=True)
class PeriodScope:
    """One checklist and a period; None for an open end."""

    checklist_id: UUID
    since: date | None
    until: date | None

    @property
    def period(self) -> Period:
        """The days, as the report names them."""
        return Period(self.since, self.until)

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on Visit."""
        versions = select(ChecklistVersion.id).where(ChecklistVersion.checklist_id == self.checklist_id)
        found: list[ColumnElement[bool]] = [Visit.version_id.in_(versions)]
        if self.since:
            found.append(Visit.visited_on >= self.since)
        if self.until:
            found.append(Visit.visited_on <= self.until)
        return found


def list_offered(conditions: Sequence[ColumnElement[bool]]) -> list[OfferedChecklist]:
    """The checklists of the visits under ``conditions``, the most used first."""
    rows = db.session.execute(
        select(ChecklistVersion.checklist_id, func.count(Visit.id), func.max(Visit.visited_on))
        .join(Visit, Visit.version_id == ChecklistVersion.id)
        .where(*conditions)
        .group_by(ChecklistVersion.checklist_id)
    )
    used = {each: (visits, known_day(last)) for each, visits, last in rows}
    titles = db.session.execute(
        select(ChecklistVersion.checklist_id, ChecklistVersion.title_ru, ChecklistVersion.title_en)
        .where(ChecklistVersion.checklist_id.in_(used))
        .order_by(ChecklistVersion.number)
    )
    newest = {each: (ru, en) for each, ru, en in titles}
    offered = [OfferedChecklist(each, *newest[each], *counted) for each, counted in used.items()]
    return sorted(offered, key=lambda each: (-each.visits, each.title_ru, each.checklist_id))
