"""Importing trainings: check a file and keep it, record exactly what was checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm.exc import StaleDataError

from mystery.access.permissions import Permission, Role
from mystery.access.scopes import Reach, reach_company
from mystery.database import db
from mystery.models import ImportDraft, Training, TrainingPlace
from mystery.tables.drafts import check_file, is_over, load_draft, mark_applied, unpack_sheets
from mystery.tables.faults import Fault
from mystery.tables.reading import load_sheets, read_path
from mystery.trainings.imports.plan import Action, Plan, PlannedTraining
from mystery.trainings.imports.planning import plan_import, refuse_import
from mystery.trainings.imports.roster import read_roster


@dataclass(frozen=True)
class ImportOutcome:
    """What an import would do or did; ``applied`` only when it was asked for and nothing was wrong."""

    plan: Plan
    applied: bool = False


def check_import(reach: Reach, company_id: UUID, *, file_name: str, content: bytes) -> UUID | Fault:
    """Read an uploaded file and keep its rows for the dry run; raises NotYours for the company."""
    return check_file(reach, Permission.COMPARE_STAFF, company_id, file_name=file_name, content=content)


def apply_import(reach: Reach, draft_id: UUID, *, digest: str) -> ImportOutcome | None:
    """Record a checked file if its plan still is the one with this ``digest``; raises NotYours.

    None says that there is nothing to record any more: it was before, or its time is over.
    """
    draft = load_draft(reach, Permission.COMPARE_STAFF, draft_id, lock=True)
    if is_over(draft):
        return None
    # Planning twenty thousand rows takes a fraction of a second, so the lock may be held meanwhile.
    plan = plan_import(unpack_sheets(draft), read_roster(reach, draft.company_id))
    if plan.digest() != digest or not plan.applicable:
        db.session.rollback()
        return ImportOutcome(plan)
    return _apply(reach, draft, plan)


def import_trainings(company_id: UUID, path: Path, *, apply: bool) -> ImportOutcome:
    """Check a file on disk against a company and, with ``apply``, record it; raises NotYours, OSError."""
    # Reading comes first: it may take seconds, in which no transaction shall be open.
    sheets = read_path(path)
    reach = reach_company(company_id, Role.HR)
    if isinstance(sheets, Fault):
        return ImportOutcome(refuse_import(sheets))
    plan = plan_import(load_sheets(sheets), read_roster(reach, company_id))
    if not apply or not plan.applicable:
        return ImportOutcome(plan)
    _record(plan, recorded_by=None)
    db.session.commit()
    return ImportOutcome(plan, applied=True)


def _apply(reach: Reach, draft: ImportDraft, plan: Plan) -> ImportOutcome:
    mark_applied(draft)
    try:
        _record(plan, recorded_by=reach.user_id)
        db.session.commit()
    except (IntegrityError, NoResultFound, StaleDataError):
        # Somebody removed one of the trainings in this very moment; the check will show it.
        db.session.rollback()
        return ImportOutcome(plan)
    return ImportOutcome(plan, applied=True)


def _record(plan: Plan, *, recorded_by: UUID | None) -> None:
    for planned in plan.trainings:
        if all(place.action is Action.UNCHANGED for place in planned.places):
            continue
        training = _load(planned, recorded_by)
        standing = {place.employee_id: place for place in training.people}
        for place in planned.places:
            if place.person.id in standing:
                standing[place.person.id].trained_on = place.after.trained_on
            else:
                training.people.append(
                    TrainingPlace(employee_id=place.person.id, trained_on=place.after.trained_on)
                )
    db.session.flush()


def _load(planned: PlannedTraining, recorded_by: UUID | None) -> Training:
    if planned.known is not None:
        return db.session.get_one(Training, planned.known)
    training = Training(title=planned.title, unit_id=planned.unit.id, recorded_by_id=recorded_by)
    db.session.add(training)
    return training
