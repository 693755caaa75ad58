"""Unit: a node of the organisation tree (company, region, shop)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mystery.database import Base


class UnitKind(StrEnum):
    """What a unit is; a root is always a company."""

    COMPANY = "company"
    REGION = "region"
    SHOP = "shop"


class Unit(Base):
    """A company, region or shop; ``path`` lists the ids from the root, so a subtree is one prefix.

    The path is ``/company/region/shop/`` in hexadecimal ids: everything that begins with a unit's path is
    the unit itself or lies below it.
    """

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("kind IN ('company', 'region', 'shop')", name="kind_known"),
        CheckConstraint("(kind = 'company') = (parent_id IS NULL)", name="company_is_root"),
        UniqueConstraint("company_id", "code"),
        Index(None, "path"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    code: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(300), default="")
    time_zone: Mapped[str] = mapped_column(String(60), default="Europe/Moscow")
    closed_on: Mapped[date | None]

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id", foreign_keys=[parent_id])

    @classmethod
    def plant(cls, *, name: str, time_zone: str = "Europe/Moscow", code: str | None = None) -> Unit:
        """A new company: the root of its own tree."""
        own = uuid4()
        return cls(
            id=own,
            company_id=own,
            parent_id=None,
            path=f"/{own.hex}/",
            kind=UnitKind.COMPANY.value,
            name=name,
            code=code,
            time_zone=time_zone,
        )

    def grow(
        self, *, kind: UnitKind, name: str, code: str | None = None, time_zone: str | None = None
    ) -> Unit:
        """A new unit directly below this one; it takes this unit's time zone unless told otherwise."""
        own = uuid4()
        return Unit(
            id=own,
            company_id=self.company_id,
            parent_id=self.id,
            path=f"{self.path}{own.hex}/",
            kind=kind.value,
            name=name,
            code=code,
            time_zone=time_zone or self.time_zone,
        )
