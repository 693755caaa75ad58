"""Keeping what was measured in this process until the data of the company change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from mystery.database import db
from mystery.fair_models.revision import read_revision
from mystery.printouts.reported_visits import PeriodScope

MOST_KEPT = 16
Measured = TypeVar("Measured")
Key = tuple[UUID, PeriodScope, str]


class Keeper(Generic[Measured]):
    """Keeps the latest results of each database; two who ask at once may both measure, and get the same."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: WeakKeyDictionary[object, OrderedDict[Key, Measured]] = WeakKeyDictionary()

    def find(
        self, company_id: UUID, unit_id: UUID, scope: PeriodScope, measure: Callable[[], Measured]
    ) -> Measured:
        """What was measured for a unit and scope at the present revision of the data, else measured now."""
        key = (unit_id, scope, read_revision(company_id))
        pool = db.engine.pool
        with self._lock:
            kept = self._kept.setdefault(pool, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        measured = measure()
        with self._lock:
            kept[key] = measured
            if len(kept) > MOST_KEPT:
                kept.popitem(last=False)
        return measured
