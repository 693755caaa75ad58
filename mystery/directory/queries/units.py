"""Units: the tree of the reader's reach, one unit's page, and the units a form may offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.directory.queries.search import search_words
from mystery.directory.register import today_in
from mystery.directory.tree import trail_names, walk_tree
from mystery.models import Employee, Placement, Unit, UnitKind
from mystery.web.pagination import Page

# A tree is read as a whole, so its pages are longer than those of other lists.
UNITS_A_PAGE = 300


@dataclass(frozen=True)
class UnitRow:
    """A unit in the tree: ``level`` counts from 0, ``trail`` names what it belongs to, from the root.

    ``staff`` work in it today, ``staff_below`` in it and everything below.
    """

    id: UUID
    parent_id: UUID | None
    company_id: UUID
    path: str
    kind: UnitKind
    name: str
    code: str | None
    address: str
    time_zone: str
    closed_on: date | None
    level: int = 0
    trail: tuple[str, ...] = ()
    staff: int = 0
    staff_below: int = 0


@dataclass(frozen=True)
class UnitPage:
    """One unit with what lies directly below it, and what the reader may do with it."""

    unit: UnitRow
    below: tuple[UnitRow, ...]
    open_below: int
    today: date
    may_change: bool
    may_move: bool
    may_add_people: bool


@dataclass(frozen=True)
class UnitChoice:
    """A unit that a form offers."""

    id: UUID
    label: str


def list_units(reach: Reach, *, search: str = "", with_closed: bool = False, page: int = 1) -> Page[UnitRow]:
    """The tree of the reader's reach in its order; a search keeps the units in which every word stands."""
    rows = _read_tree(units_in_reach(reach, Permission.SEE_DIRECTORY))
    words = [word.casefold().replace("ё", "е") for word in search_words(search)]
    found = [row for row in rows if (with_closed or row.closed_on is None) and _matches(row, words)]
    page = min(page, max(1, -(-len(found) // UNITS_A_PAGE)))
    shown = found[(page - 1) * UNITS_A_PAGE : page * UNITS_A_PAGE]
    return Page(shown, page, len(found), UNITS_A_PAGE)


def show_unit(reach: Reach, unit_id: UUID, permission: Permission = Permission.SEE_DIRECTORY) -> UnitPage:
    """One unit on which the person holds ``permission``; raises NotYours."""
    path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id, units_in_reach(reach, permission)))
    if path is None:
        raise NotYours
    rows = _read_tree(Unit.path.startswith(path))
    unit = next(row for row in rows if row.id == unit_id)
    below = tuple(row for row in rows if row.parent_id == unit_id)
    may_change = _covers(reach, Permission.MANAGE_UNITS, path)
    return UnitPage(
        unit=replace(unit, trail=(*_trail_above(reach, unit), unit.name)),
        below=below,
        open_below=sum(1 for row in below if row.closed_on is None),
        today=today_in(unit.company_id),
        may_change=may_change,
        may_move=may_change and unit.kind is not UnitKind.COMPANY,
        may_add_people=_covers(reach, Permission.MANAGE_EMPLOYEES, path) and unit.closed_on is None,
    )


def list_unit_choices(
    reach: Reach, permission: Permission, *, company_id: UUID | None = None, with_closed: bool = False
) -> list[UnitChoice]:
    """Open units (or all) where the person holds ``permission``, of one company or of every one."""
    conditions = [units_in_reach(reach, permission)]
    if not with_closed:
        conditions.append(Unit.closed_on.is_(None))
    if company_id is not None:
        conditions.append(Unit.company_id == company_id)
    return _list_choices(conditions)


def list_parent_choices(reach: Reach, unit: UnitRow) -> list[UnitChoice]:
    """The units under which ``unit`` may be hung: open ones of its company, no shops, none below it."""
    return _list_choices(
        [
            units_in_reach(reach, Permission.MANAGE_UNITS),
            Unit.company_id == unit.company_id,
            Unit.closed_on.is_(None),
            Unit.kind != UnitKind.SHOP.value,
            ~Unit.path.startswith(unit.path),
        ]
    )


def _list_choices(conditions: Iterable[ColumnElement[bool]]) -> list[UnitChoice]:
    rows = _read_rows(*conditions)
    trails = trail_names(rows)
    return [UnitChoice(row.id, _label(row, trails[row.id])) for _level, row in walk_tree(rows)]


def _label(row: UnitRow, trail: Sequence[str]) -> str:
    """The unit's own name first, so that typing its first letters finds it in a list."""
    own = f"{row.name} · {row.code}" if row.code else row.name
    return f"{own} — {' › '.join(trail[:-1])}" if len(trail) > 1 else own


def _read_tree(condition: ColumnElement[bool]) -> list[UnitRow]:
    """Units in the order of the tree, with levels, trails and staff counts."""
    rows = _read_rows(condition)
    trails = trail_names(rows)
    staff = _count_staff(condition)
    below: defaultdict[UUID, int] = defaultdict(int)
    ordered = list(walk_tree(rows))
    for _level, row in reversed(ordered):
        below[row.id] += staff.get(row.id, 0)
        if row.parent_id is not None:
            below[row.parent_id] += below[row.id]
    return [
        replace(row, level=level, trail=trails[row.id], staff=staff.get(row.id, 0), staff_below=below[row.id])
        for level, row in ordered
    ]


def _read_rows(*conditions: ColumnElement[bool]) -> list[UnitRow]:
    columns = (
        *(Unit.id, Unit.parent_id, Unit.company_id, Unit.path, Unit.kind, Unit.name),
        *(Unit.code, Unit.address, Unit.time_zone, Unit.closed_on),
    )
    found = db.session.execute(select(*columns).where(*conditions))
    return [
        UnitRow(unit, parent, company, path, UnitKind(kind), *rest)
        for unit, parent, company, path, kind, *rest in found
    ]


def _count_staff(condition: ColumnElement[bool]) -> dict[UUID, int]:
    """How many people work in each unit today."""
    today = now().date()
    counted = (
        select(Placement.unit_id, func.count(Placement.employee_id.distinct()))
        .join(Unit, Unit.id == Placement.unit_id)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(condition, Placement.since <= today, or_(Placement.until.is_(None), Placement.until >= today))
        .where(or_(Employee.left_on.is_(None), Employee.left_on >= today))
        .group_by(Placement.unit_id)
    )
    return dict(db.session.execute(counted).all())


def _matches(row: UnitRow, words: Iterable[str]) -> bool:
    text = f"{row.name} {row.code or ''} {row.address}".casefold().replace("ё", "е")
    return all(word in text for word in words)


def _covers(reach: Reach, permission: Permission, path: str) -> bool:
    return any(path.startswith(above) for above in reach.paths(permission))


def _trail_above(reach: Reach, unit: UnitRow) -> tuple[str, ...]:
    """The names above a unit, as far up as the reader reaches."""
    above = [UUID(hex=part) for part in unit.path.strip("/").split("/")[:-1]]
    reached = units_in_reach(reach, Permission.SEE_DIRECTORY)
    names = dict(db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(above), reached)).all())
    return tuple(names[unit_id] for unit_id in above if unit_id in names)
