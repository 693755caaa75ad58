"""The bases of single visits as a comparison shows them: exact, where the model knows only doubles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from uuid import UUID

from sqlalchemy import String, cast, select

from checklists.localtext import Language
from checklists.scorecard import list_thresholds
from mystery.comparisons.queries import Staff
from mystery.database import db
from mystery.fair_models.spelling import spell
from mystery.models import Visit
from reports.headline import show_score
from reports.small_trends import free_of_noise


def read_exact_bases(staff: Staff, people: Collection[str]) -> dict[str, Fraction | None]:
    """The compared base of each visit about these people, in percent; None where nothing can be compared.

    Where versions differ it is the one on common standards (SC-20), which no visit keeps: then it is the
    model's own, freed of the noise of doubles.
    """
    known = {each.visit: each.base for person in people for each in staff.kept.by_employee.get(person, ())}
    own = {} if staff.kept.plan is None or staff.kept.plan.is_needed else _read_own(staff, people)
    return {
        visit: None if base is None else own.get(visit) or free_of_noise(base)
        for visit, base in known.items()
    }


def show_bases(staff: Staff, people: Collection[str], language: Language) -> Mapping[str, str]:
    """The same in words, never across a mark of the layout that is compared (SC-09); empty for none."""
    plan = staff.kept.plan
    if plan is None:
        return {}
    bases = read_exact_bases(staff, people)
    return {visit: show_score(plan.layout, base, language) for visit, base in bases.items()}


def list_marks(staff: Staff) -> tuple[Fraction, ...]:
    """The marks across which no compared base is shown: those of the newest version."""
    return list_thresholds(staff.kept.plan.layout) if staff.kept.plan else ()


def _read_own(staff: Staff, people: Collection[str]) -> dict[str, Fraction | None]:
    rows = db.session.execute(
        select(cast(Visit.id, String), Visit.base).where(
            *staff.kept.scope.conditions(), Visit.employee_id.in_([UUID(person) for person in people])
        )
    )
    return {spell(visit): base for visit, base in rows}
