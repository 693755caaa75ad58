"""The menu: the pages a person may open, in the order of the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach


@dataclass(frozen=True)
class MenuEntry:
    """One page of the menu: where it leads, what it is called, and who may open it (any of these)."""

    endpoint: str
    label: Any
    permissions: tuple[Permission, ...]


MENU = (
    MenuEntry("capture.list_assignments", _l("My visits"), (Permission.CAPTURE_VISITS,)),
    MenuEntry("visits.list_visits", _l("Visits"), (Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)),
    MenuEntry("comparisons.compare_staff", _l("Comparison"), (Permission.COMPARE_STAFF,)),
    MenuEntry("planning.list_assignments", _l("Assignments"), (Permission.PLAN_VISITS,)),
    MenuEntry("authoring.list_checklists", _l("Checklists"), (Permission.SEE_CHECKLISTS,)),
    MenuEntry("directory.list_units", _l("Units"), (Permission.SEE_DIRECTORY,)),
    MenuEntry("directory.list_employees", _l("Employees"), (Permission.SEE_DIRECTORY,)),
    MenuEntry("accounts.list_users", _l("People and roles"), (Permission.MANAGE_USERS,)),
)


def list_menu(reach: Reach) -> list[MenuEntry]:
    """The entries this person may open."""
    return [entry for entry in MENU if any(reach.may(permission) for permission in entry.permissions)]
