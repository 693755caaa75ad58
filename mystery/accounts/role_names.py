"""What the roles are called, in the reader's language."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from mystery.access.permissions import Role

ROLE_NAMES = {
    Role.AUDITOR: _l("auditor"),
    Role.LEAD: _l("programme lead"),
    Role.MANAGER: _l("manager"),
    Role.HR: _l("HR"),
    Role.EMPLOYEE: _l("employee"),
    Role.ADMINISTRATOR: _l("administrator"),
}
ROLE_HINTS = {
    Role.AUDITOR: _l("sees own assignments and fills in checklists"),
    Role.LEAD: _l("publishes checklists, plans visits, sees results"),
    Role.MANAGER: _l("sees the visits and the staff of a unit"),
    Role.HR: _l("keeps the staff list, sees visits, compares"),
    Role.EMPLOYEE: _l("sees the visits about oneself"),
    Role.ADMINISTRATOR: _l("manages units, staff and accounts, does not see results"),
}


def name_role(role: Role) -> str:
    """A role in the reader's language."""
    return str(ROLE_NAMES[role])
