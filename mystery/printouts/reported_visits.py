"""Which visits a report over a period is about: one checklist and some days, of what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from checklists.localtext import Language
from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, units_in_reach
from mystery.database import db
from mystery.models import ChecklistVersion, Unit, Visit, VisitState
from mystery.printouts.period_visits import known_day
from reports.period_rows import Period

SUBMITTED = Visit.state == VisitState.SUBMITTED.value


@dataclass(frozen=True)
class OfferedChecklist:
    """A checklist with visits to report on, under the titles of its newest version."""

    checklist_id: UUID
    title_ru: str
    title_en: str
    visits: int
    last_visit: date

    def title_in(self, language: Language) -> str:
        """The title in a language."""
        return self.title_ru if language == "ru" else self.title_en


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

    def list_arguments(self) -> dict[str, str]:
        """The address of the same choice; an open end is written down too, else it became the last year."""
        return {
            "checklist": str(self.checklist_id),
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on Visit."""
        versions = select(ChecklistVersion.id).where(ChecklistVersion.checklist_id == self.checklist_id)
        found: list[ColumnElement[bool]] = [Visit.version_id.in_(versions)]
        if self.since:
            found.append(Visit.visited_on >= self.since)
        if self.until:
            found.append(Visit.visited_on <= self.until)
        return found


def list_unit_checklists(reach: Reach) -> list[OfferedChecklist]:
    """The checklists of the visits in the units whose staff this person compares, the most used first."""
    reached = select(Unit.id).where(units_in_reach(reach, Permission.COMPARE_STAFF))
    return list_offered([SUBMITTED, Visit.unit_id.in_(reached)])


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
