"""Logos that were tried on a specimen and never set: cleared away after a month."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select, union

from mystery.clock import now
from mystery.database import db, only_reading
from mystery.models import CompanyLook, CompanyLookChange
from mystery.storage import media_store

LOGOS: Final = "looks"
# Whoever tries a logo sets it the same day or asks the company first.
KEPT_FOR: Final = timedelta(days=30)


def sweep_tried_logos() -> None:
    """Delete logos that no company has or ever had on its reports, a month after they were handed in."""
    store, limit = media_store(), now() - KEPT_FOR
    old = {key for key, written in store.list_written(LOGOS) if written < limit}
    if not old:
        return
    with only_reading():
        # What a company had once can be set again.
        had = set(db.session.scalars(union(select(CompanyLook.logo_key), select(CompanyLookChange.logo_key))))
    for key in old - had:
        store.delete(key)
