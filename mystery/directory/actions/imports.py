"""Importing units and employees: check a file and keep it, apply exactly what was checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from mystery.access.permissions import Permission, Role
from mystery.access.scopes import Reach, reach_company
from mystery.database import db
from mystery.directory.imports.drafts import read_directory
from mystery.directory.imports.plan import Action, Directory, Plan
from mystery.directory.imports.planning import plan_import, refuse_import
from mystery.directory.register import write_staff, write_units
from mystery.models import ImportDraft
from mystery.tables.drafts import check_file, is_over, load_draft, mark_applied, unpack_sheets
from mystery.tables.faults import Fault
from mystery.tables.reading import load_sheets, read_path


@dataclass(frozen=True)
class ImportOutcome:
    """What an import would do or did; ``applied`` only when it was asked for and nothing was wrong."""

    plan: Plan
    applied: bool = False


def check_import(reach: Reach, company_id: UUID, *, file_name: str, content: bytes) -> UUID | Fault:
    """Read an uploaded file and keep its rows for the dry run; raises NotYours for the company."""
    return check_file(reach, Permission.IMPORT_DIRECTORY, company_id, file_name=file_name, content=content)


def apply_import(reach: Reach, draft_id: UUID, *, digest: str) -> ImportOutcome | None:
    """Carry out a checked file if its plan still is the one with this ``digest``; raises NotYours.

    None says that there is nothing to apply any more: it was applied before, or its time is over.
    """
    draft = load_draft(reach, Permission.IMPORT_DIRECTORY, draft_id)
    if is_over(draft):
        return None
    company_id, sheets = draft.company_id, unpack_sheets(draft)
    directory = read_directory(reach, company_id)
    # Planning a long file takes seconds. Others may write meanwhile; what they changed is found below.
    db.session.rollback()
    plan = plan_import(sheets, directory)
    if plan.digest() != digest or not plan.applicable:
        return ImportOutcome(plan)
    draft = load_draft(reach, Permission.IMPORT_DIRECTORY, draft_id, lock=True)
    if is_over(draft):
        return None
    if read_directory(reach, company_id) != directory:
        return ImportOutcome(plan)
    return _apply(draft, plan, directory)


def import_directory(company_id: UUID, path: Path, *, apply: bool) -> ImportOutcome:
    """Check a file on disk against a company and, with ``apply``, carry it out; raises NotYours, OSError."""
    # Reading comes first: it may take seconds, in which no transaction shall be open.
    sheets = read_path(path)
    reach = reach_company(company_id, Role.ADMINISTRATOR)
    if isinstance(sheets, Fault):
        return ImportOutcome(refuse_import(sheets))
    directory = read_directory(reach, company_id)
    plan = plan_import(load_sheets(sheets), directory)
    if not apply or not plan.applicable:
        return ImportOutcome(plan)
    _carry_out(company_id, plan, directory)
    db.session.commit()
    return ImportOutcome(plan, applied=True)


def _apply(draft: ImportDraft, plan: Plan, directory: Directory) -> ImportOutcome:
    company_id = draft.company_id
    mark_applied(draft)
    try:
        _carry_out(company_id, plan, directory)
        db.session.commit()
    except IntegrityError:
        # Somebody took one of the codes in this very moment; the check will show it.
        db.session.rollback()
        return ImportOutcome(plan)
    return ImportOutcome(plan, applied=True)


def _carry_out(company_id: UUID, plan: Plan, directory: Directory) -> None:
    """Write what the plan changes: units first, since employees are placed in them."""
    units = [entry.after for entry in plan.units if entry.action is not Action.UNCHANGED]
    staff = [entry.after for entry in plan.employees if entry.action is not Action.UNCHANGED]
    if units:
        write_units(company_id, units)
    if staff:
        write_staff(company_id, staff, directory.staff)
