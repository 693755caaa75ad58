"""Recording what loyalty buttons counted, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import update

from mystery.access.scopes import NotYours, Reach
from mystery.clock import now
from mystery.database import db, insert_new
from mystery.lenses.count_lines import CountDraft, CountFault, check_count, read_counts
from mystery.lenses.queries.button_counts import list_shops, load_count, today_in
from mystery.models import ButtonCount
from mystery.tables.pasted_lines import LineProblem


def record_count(reach: Reach, draft: CountDraft) -> CountFault | None:
    """Record one count, in the place of an earlier one of the same shop and month; returns what is wrong.

    Raises NotYours for a shop outside the person's reach.
    """
    fault = check_count(draft, today_in(reach))
    if fault is not None:
        return fault
    if draft.unit_id not in {shop.id for shop in list_shops(reach)}:
        raise NotYours
    _write(reach, [draft])
    return None


def record_pasted(reach: Reach, text: str) -> int | list[LineProblem]:
    """Record every pasted line and return how many; or return everything that is wrong and record nothing."""
    found = read_counts(text, list_shops(reach), today=today_in(reach))
    drafts = [each for each in found if isinstance(each, CountDraft)]
    if len(drafts) < len(found):
        return [each for each in found if isinstance(each, LineProblem)]
    _write(reach, drafts)
    return len(drafts)


def remove_count(reach: Reach, count_id: UUID) -> UUID:
    """Remove one record and return its shop; raises NotYours."""
    count = load_count(reach, count_id)
    unit_id = count.unit_id
    db.session.delete(count)
    db.session.commit()
    return unit_id


def _write(reach: Reach, drafts: Iterable[CountDraft]) -> None:
    for draft in drafts:
        values = {
            "presses": draft.presses,
            "dissatisfied": draft.dissatisfied,
            "customers": draft.customers,
            "recorded_at": now(),
            "recorded_by_id": reach.user_id,
        }
        # The unique key decides whether a shop's month was recorded before, not a look beforehand.
        if not insert_new(ButtonCount, {"unit_id": draft.unit_id, "month": draft.month, **values}):
            db.session.execute(
                update(ButtonCount)
                .where(ButtonCount.unit_id == draft.unit_id, ButtonCount.month == draft.month)
                .values(**values)
            )
    db.session.commit()
