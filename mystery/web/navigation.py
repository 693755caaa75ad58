"""The menu: the pages a person may open, in the order of the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, open_flags
from mystery.database import db
from mystery.models import VisitFlag


@dataclass(frozen=True)
class MenuEntry:
    """One page of the menu: where it leads, what it is called, and who may open it (any of these).

    ``count`` tells how many things wait for the person there; entries without it never have any.
    """

    endpoint: str
    label: Any
    permissions: tuple[Permission, ...]
    count: Callable[[Reach], int] | None = None


def count_to_review(reach: Reach) -> int:
    """How many open flags wait for this person's decision; counted once a request."""
    if not reach.may(Permission.REVIEW_VISITS):
        return 0
    # The menu, the first page and the plans all say the same number.
    if "to_review" not in g or g.to_review[0] != reach.user_id:
        found = select(func.count()).select_from(VisitFlag).where(open_flags(reach))
        g.to_review = (reach.user_id, db.session.scalar(found) or 0)
    return int(g.to_review[1])


MENU = (
    MenuEntry("capture.list_assignments", _l("My visits"), (Permission.CAPTURE_VISITS,)),
    MenuEntry("visits.list_visits", _l("Visits"), (Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)),
    MenuEntry("period_reports.show_own", _l("My results"), (Permission.SEE_OWN_VISITS,)),
    MenuEntry("period_reports.show_unit", _l("Unit report"), (Permission.COMPARE_STAFF,)),
    MenuEntry("comparisons.compare_staff", _l("Comparison"), (Permission.COMPARE_STAFF,)),
    MenuEntry("trainings.list_trainings", _l("Trainings"), (Permission.COMPARE_STAFF,)),
    MenuEntry("quality_pay.list_own", _l("My quality pay"), (Permission.SEE_OWN_VISITS,)),
    MenuEntry("quality_pay.list_pay", _l("Quality pay"), (Permission.PAY_QUALITY,)),
    MenuEntry("planning.list_assignments", _l("Assignments"), (Permission.PLAN_VISITS,)),
    MenuEntry("review.list_open", _l("To review"), (Permission.REVIEW_VISITS,), count_to_review),
    MenuEntry("calibration.show_auditors", _l("Auditors"), (Permission.CALIBRATE_AUDITORS,)),
    MenuEntry("authoring.list_checklists", _l("Checklists"), (Permission.SEE_CHECKLISTS,)),
    MenuEntry("directory.list_units", _l("Units"), (Permission.SEE_DIRECTORY,)),
    MenuEntry("directory.list_employees", _l("Employees"), (Permission.SEE_DIRECTORY,)),
    MenuEntry("accounts.list_users", _l("People and roles"), (Permission.MANAGE_USERS,)),
)


def list_menu(reach: Reach) -> list[MenuEntry]:
    """The entries this person may open."""
    return [entry for entry in MENU if any(reach.may(permission) for permission in entry.permissions)]


def count_waiting(entries: Iterable[MenuEntry], reach: Reach) -> int:
    """How many things wait for this person on these pages."""
    return sum(entry.count(reach) for entry in entries if entry.count is not None)


def find_first_page(reach: Reach) -> MenuEntry | None:
    """Where a person begins: where something waits for him, else at the first page of his work."""
    menu = list_menu(reach)
    waiting = (entry for entry in menu if count_waiting([entry], reach))
    return next(waiting, menu[0] if menu else None)
