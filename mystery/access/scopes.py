"""Which rows a person may touch: a Reach is a person's grants, and every filter below starts from one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_, select

from mystery.access.permissions import PERMISSIONS, Permission, Role
from mystery.database import db
from mystery.models import (
    Assignment,
    Employee,
    Grant,
    Placement,
    Unit,
    User,
    Visit,
    VisitFlag,
    VisitState,
)


class NotYours(LookupError):
    """The object does not exist, or not for this person; the web answers 404 to both alike."""


@dataclass(frozen=True)
class ReachedUnit:
    """One grant: a role on a unit, with the path that its subtree shares."""

    role: Role
    unit_id: UUID
    company_id: UUID
    path: str


@dataclass(frozen=True)
class Reach:
    """Everything one person may do and where; plain data, made once a request."""

    user_id: UUID
    units: tuple[ReachedUnit, ...]

    def may(self, permission: Permission) -> bool:
        """Whether the person holds ``permission`` anywhere."""
        return permission is Permission.USE_ACCOUNT or any(
            permission in PERMISSIONS[unit.role] for unit in self.units
        )

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """The paths of the subtrees in which the person holds ``permission``."""
        return tuple(sorted({unit.path for unit in self.units if permission in PERMISSIONS[unit.role]}))

    def companies(self, permission: Permission) -> tuple[UUID, ...]:
        """The companies somewhere in which the person holds ``permission``."""
        return tuple({unit.company_id for unit in self.units if permission in PERMISSIONS[unit.role]})

    def whole_companies(self, permission: Permission) -> tuple[UUID, ...]:
        """The companies over the whole of which the person holds ``permission``."""
        return tuple(
            unit.company_id
            for unit in self.units
            if permission in PERMISSIONS[unit.role] and unit.unit_id == unit.company_id
        )

    def covers(self, permission: Permission, unit: Unit) -> bool:
        """Whether the person holds ``permission`` on ``unit``."""
        return any(unit.path.startswith(path) for path in self.paths(permission))


def load_reach(user_id: UUID) -> Reach:
    """Read the grants of a user."""
    rows = db.session.execute(_select_grants(), {"user": user_id})
    reached = (ReachedUnit(Role(role), unit, company, path) for role, unit, company, path in rows)
    return Reach(user_id, tuple(reached))


@cache
def _select_grants() -> Select[str, UUID, UUID, str]:
    """Every page asks this; made anew for each, it would take longer than its answer."""
    columns = Grant.role, Unit.id, Unit.company_id, Unit.path
    return select(*columns).join(Unit).where(Grant.user_id == bindparam("user"))


def reach_company(company_id: UUID, role: Role) -> Reach:
    """What a role may do in a whole company, for whoever runs commands on the server; raises NotYours."""
    company = db.session.scalar(select(Unit).where(Unit.id == company_id, Unit.parent_id.is_(None)))
    if company is None:
        raise NotYours
    # Nobody has the id of a company for his own.
    return Reach(company_id, (ReachedUnit(role, company_id, company_id, company.path),))


def units_in_reach(reach: Reach, permission: Permission) -> ColumnElement[bool]:
    """The condition on Unit that it lies in a subtree where the person holds ``permission``."""
    paths = reach.paths(permission)
    return or_(*(Unit.path.startswith(path) for path in paths)) if paths else false()


def grants_in_reach(reach: Reach) -> ColumnElement[bool]:
    """The condition on Grant that this person manages the users of its unit."""
    return Grant.unit_id.in_(select(Unit.id).where(units_in_reach(reach, Permission.MANAGE_USERS)))


def users_in_reach(reach: Reach) -> ColumnElement[bool]:
    """The condition on User that he holds a grant on a unit whose users this person manages."""
    return User.id.in_(select(Grant.user_id).where(grants_in_reach(reach)))


def employees_in_reach(reach: Reach, permission: Permission) -> ColumnElement[bool]:
    """The condition on Employee that he is, or was, placed in a unit of the person's subtrees.

    Somebody who holds the permission on a whole company also reaches its employees without a placement.
    """
    placed = Employee.id.in_(
        select(Placement.employee_id).join(Unit).where(units_in_reach(reach, permission))
    )
    return or_(placed, Employee.company_id.in_(reach.whole_companies(permission)))


def visits_in_reach(reach: Reach) -> ColumnElement[bool]:
    """The condition on Visit that the person may read it: submitted, and in scope or about himself."""
    in_subtree = Visit.unit_id.in_(select(Unit.id).where(units_in_reach(reach, Permission.SEE_VISITS)))
    about_self: ColumnElement[bool] = false()
    if reach.may(Permission.SEE_OWN_VISITS):
        about_self = Visit.employee_id.in_(select(Employee.id).where(Employee.user_id == reach.user_id))
    return and_(Visit.state == VisitState.SUBMITTED.value, or_(in_subtree, about_self))


def reviewed_visits(reach: Reach) -> ColumnElement[bool]:
    """The condition on Visit that it was sent, or held, or set aside, where this person reviews visits."""
    in_subtree = Visit.unit_id.in_(select(Unit.id).where(units_in_reach(reach, Permission.REVIEW_VISITS)))
    return and_(Visit.state != VisitState.DRAFT.value, in_subtree)


def open_flags(reach: Reach) -> ColumnElement[bool]:
    """The condition on VisitFlag that it waits for this person's decision.

    What was raised about a visit that is with its auditor again waits until the visit comes back.
    """
    return and_(
        VisitFlag.settled_at.is_(None), VisitFlag.visit_id.in_(select(Visit.id).where(reviewed_visits(reach)))
    )


def own_assignments(reach: Reach) -> ColumnElement[bool]:
    """The condition on Assignment that it was given to this auditor, in a unit he still may visit."""
    in_subtree = Assignment.unit_id.in_(
        select(Unit.id).where(units_in_reach(reach, Permission.CAPTURE_VISITS))
    )
    return and_(Assignment.auditor_id == reach.user_id, in_subtree)


def list_whole_companies(reach: Reach, permission: Permission) -> list[tuple[UUID, str]]:
    """The companies over the whole of which the person holds ``permission``, by name."""
    rows = db.session.execute(
        select(Unit.id, Unit.name)
        .where(Unit.id.in_(reach.whole_companies(permission)))
        .order_by(Unit.name, Unit.id)
    )
    return [(company, name) for company, name in rows]


def list_reached_units(reach: Reach, permission: Permission) -> list[tuple[UUID, str]]:
    """The units where the person holds ``permission`` in tree order: "Shop, Region", the unit itself first.

    A label that is cut short on a phone then still tells the unit.
    """
    rows = db.session.execute(select(Unit.id, Unit.name, Unit.path).where(units_in_reach(reach, permission)))
    units = [(unit_id, name, path) for unit_id, name, path in rows]
    names = {unit_id.hex: name for unit_id, name, _path in units}

    def trail(path: str) -> list[str]:
        return [names[part] for part in path.strip("/").split("/") if part in names]

    ordered = sorted((trail(path), unit_id) for unit_id, _name, path in units)
    # The company at the head of every trail says nothing while there is only one.
    spared = 1 if len(reach.companies(permission)) == 1 else 0
    return [(unit_id, ", ".join([way[-1], *reversed(way[spared:-1])])) for way, unit_id in ordered]
