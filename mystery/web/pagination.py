"""Lists in pages: which slice to read and the links around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select

from mystery.database import db

Row = TypeVar("Row")
ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows; ``number`` counts from 1, ``total`` is the rows of all pages."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int = ROWS_A_PAGE

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        return count_pages(self.total, self.size)


def asked_page() -> int:
    """The page number in the address; anything absurd counts as the first."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def cut_page(rows: Sequence[Row], number: int, *, size: int = ROWS_A_PAGE) -> Page[Row]:
    """One page of rows that are all at hand; the last one where there is none of this number."""
    number = min(number, count_pages(len(rows), size))
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)


def count_pages(total: int, size: int) -> int:
    """How many pages so many rows take; an empty list has one."""
    return max(1, -(-total // size))


def read_page(
    statement: Select[*tuple[Any, ...]],
    number: int,
    *,
    size: int = ROWS_A_PAGE,
    counted: Select[*tuple[Any, ...]] | None = None,
) -> Page[Any]:
    """Run ``statement`` for one page of rows and count them all.

    ``counted`` selects the same rows without what is only shown, where that spares the count its joins.
    """
    listed = (statement if counted is None else counted).order_by(None).subquery()
    total = db.session.scalar(select(func.count()).select_from(listed)) or 0
    number = min(number, count_pages(total, size))
    rows = db.session.execute(statement.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, total, size)
