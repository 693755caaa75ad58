"""The words for what went wrong with an account or an invitation: beside which field, and how to mend it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from mystery.accounts.actions import AccountProblem
from mystery.accounts.invitation_list import InvitationState
from mystery.accounts.invitations import InvitationProblem

ACCOUNT_PROBLEMS: dict[AccountProblem, tuple[str, Any]] = {
    AccountProblem.UNKNOWN_UNIT: ("unit", _l("Choose a unit from the list.")),
    AccountProblem.ALREADY_GRANTED: ("role", _l("This person has this role on this unit already.")),
    AccountProblem.NO_EMPLOYEE: (
        "role",
        _l("This account belongs to nobody on the staff list. Invite the person as an employee instead."),
    ),
    AccountProblem.LAST_ADMINISTRATOR: (
        "",
        _l("The company would be left without an administrator. Make somebody else administrator first."),
    ),
    AccountProblem.ONESELF: ("", _l("You cannot switch off your own account. Ask another administrator.")),
    AccountProblem.ROLES_ELSEWHERE: (
        "",
        _l("This account cannot be switched off from here. Withdraw its roles instead."),
    ),
}

INVITATION_PROBLEMS: dict[InvitationProblem, tuple[str, Any]] = {
    InvitationProblem.UNKNOWN_UNIT: ("unit", _l("Choose a unit from the list.")),
    InvitationProblem.EMPLOYEE_NEEDED: ("employee", _l("Choose who on the staff list this is.")),
    InvitationProblem.UNKNOWN_EMPLOYEE: ("employee", _l("Choose an employee of the same company.")),
    InvitationProblem.EMPLOYEE_HAS_ACCOUNT: ("employee", _l("This employee has an account already.")),
    InvitationProblem.ALREADY_INVITED: (
        "email",
        _l("This address is invited to this role on this unit already. Send that invitation again."),
    ),
    InvitationProblem.ALREADY_SETTLED: ("", _l("This invitation is settled already; make a new one.")),
    InvitationProblem.LINK_OVER: ("", _l("This link no longer works.")),
    InvitationProblem.ACCOUNT_EXISTS: ("", _l("This address has an account already. Sign in to accept.")),
}

INVITATION_STATES: dict[InvitationState, Any] = {
    InvitationState.OPEN: _l("waiting"),
    InvitationState.EXPIRED: _l("out of time"),
    InvitationState.ACCEPTED: _l("accepted"),
    InvitationState.WITHDRAWN: _l("withdrawn"),
}
