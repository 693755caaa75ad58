"""What loyalty buttons counted in the shops of a unit, by month and by shop (LN-07)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.lenses.count_lines import Shop
from mystery.models import ButtonCount, Unit, UnitKind
from reports.lenses.loyalty_button import ButtonReading, read_button


@dataclass(frozen=True)
class Counted:
    """What was counted under a name: in a month, or in a shop; None where customers are not known of all.

    ``count_id`` names the one record behind it, None where there are several.
    """

    key: str
    presses: int
    dissatisfied: int
    customers: int | None
    count_id: UUID | None

    @property
    def response_rate(self) -> Fraction | None:
        """Presses of customers; None where nobody knows how many customers there were."""
        return Fraction(self.presses, self.customers) if self.customers else None


@dataclass(frozen=True)
class ButtonPage:
    """The buttons of a unit over some months: one reading, and the counts behind it, both by name."""

    reading: ButtonReading
    months: tuple[tuple[date, Counted], ...]
    shops: tuple[tuple[UUID, Counted], ...]


@dataclass(frozen=True)
class RecordedCount:
    """One record, to correct or to remove."""

    id: UUID
    unit_id: UUID
    unit: str
    month: date
    presses: int
    dissatisfied: int
    customers: int | None


def list_shops(reach: Reach) -> list[Shop]:
    """The shops whose staff this person compares, by name."""
    rows = db.session.execute(
        select(Unit.id, Unit.code, Unit.name).where(
            units_in_reach(reach, Permission.COMPARE_STAFF), Unit.kind == UnitKind.SHOP.value
        )
    )
    return sorted((Shop(*row) for row in rows), key=lambda shop: (shop.name, shop.code or ""))


def find_last_month(reach: Reach) -> date | None:
    """The latest month with a count in the person's units."""
    units = select(Unit.id).where(units_in_reach(reach, Permission.COMPARE_STAFF))
    return db.session.scalar(select(func.max(ButtonCount.month)).where(ButtonCount.unit_id.in_(units)))


def read_button_page(
    reach: Reach, unit_id: UUID, *, since: date | None, until: date | None
) -> ButtonPage | None:
    """The buttons of a unit in the months that begin within a period; None where nothing was counted."""
    path = db.session.scalar(
        select(Unit.path).where(Unit.id == unit_id, units_in_reach(reach, Permission.COMPARE_STAFF))
    )
    if path is None:
        return None
    statement = (
        select(ButtonCount, Unit.name)
        .join(Unit, Unit.id == ButtonCount.unit_id)
        .where(Unit.path.startswith(path))
        .order_by(ButtonCount.month, Unit.name, Unit.id)
    )
    if since:
        statement = statement.where(ButtonCount.month >= since.replace(day=1))
    if until:
        statement = statement.where(ButtonCount.month <= until)
    rows = [(count, name) for count, name in db.session.execute(statement)]
    return _add_up(rows) if rows else None


def load_count(reach: Reach, count_id: UUID) -> ButtonCount:
    """One record; raises NotYours outside the person's units."""
    count = db.session.scalar(
        select(ButtonCount)
        .join(Unit)
        .where(ButtonCount.id == count_id, units_in_reach(reach, Permission.COMPARE_STAFF))
    )
    if count is None:
        raise NotYours
    return count


def show_count(reach: Reach, count_id: UUID) -> RecordedCount:
    """One record as plain values; raises NotYours."""
    count = load_count(reach, count_id)
    return RecordedCount(
        count.id,
        count.unit_id,
        count.unit.name,
        count.month,
        count.presses,
        count.dissatisfied,
        count.customers,
    )


def today_in(reach: Reach) -> date:
    """Today where the person's first unit is."""
    zone = db.session.scalar(
        select(Unit.time_zone).where(units_in_reach(reach, Permission.COMPARE_STAFF)).order_by(Unit.path)
    )
    return now().astimezone(ZoneInfo(zone or "UTC")).date()


def _add_up(rows: Sequence[tuple[ButtonCount, str]]) -> ButtonPage:
    months: defaultdict[date, list[ButtonCount]] = defaultdict(list)
    shops: defaultdict[tuple[str, UUID], list[ButtonCount]] = defaultdict(list)
    for count, name in rows:
        months[count.month].append(count)
        shops[name, count.unit_id].append(count)
    whole = _sum("", [count for count, _name in rows])
    return ButtonPage(
        read_button(whole.presses, whole.dissatisfied, customers=whole.customers),
        tuple((month, _sum("", counts)) for month, counts in sorted(months.items())),
        tuple((unit, _sum(name, counts)) for (name, unit), counts in sorted(shops.items())),
    )


def _sum(key: str, counts: Sequence[ButtonCount]) -> Counted:
    known = [count.customers for count in counts if count.customers is not None]
    return Counted(
        key,
        sum(count.presses for count in counts),
        sum(count.dissatisfied for count in counts),
        sum(known) if len(known) == len(counts) else None,
        counts[0].id if len(counts) == 1 else None,
    )
