"""Which visits one model is fitted to: a whole company's, on one checklist, over some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from mystery.models import ChecklistVersion, Unit, Visit, VisitState


@dataclass(frozen=True)
class FairScope:
    """A company, a checklist and a period; None for an open end.

    ``section`` names the section whose percent is compared, empty for the whole visit. There is no unit here:
    people are judged with all visits of the company behind them, whatever part of it is then shown.
    """

    company_id: UUID
    checklist_id: UUID
    since: date | None = None
    until: date | None = None
    section: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on Visit: sent, about an employee, of this company, checklist and period."""
        return [*self.sent(), Visit.employee_id.is_not(None)]

    def sent(self) -> list[ColumnElement[bool]]:
        """The conditions on Visit that it was sent in this scope, about an employee or a unit alone."""
        versions = select(ChecklistVersion.id).where(ChecklistVersion.checklist_id == self.checklist_id)
        units = select(Unit.id).where(Unit.company_id == self.company_id)
        found: list[ColumnElement[bool]] = [
            Visit.state == VisitState.SUBMITTED.value,
            Visit.version_id.in_(versions),
            Visit.unit_id.in_(units),
        ]
        if self.since:
            found.append(Visit.visited_on >= self.since)
        if self.until:
            found.append(Visit.visited_on <= self.until)
        return found
