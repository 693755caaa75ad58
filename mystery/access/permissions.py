"""What a person may do: one enum with a sentence each, and the one map from roles to permissions."""

from __future__ import annotations

from enum import Enum, StrEnum


class Role(StrEnum):
    """What a grant makes of a person on a unit and everything below it."""

    AUDITOR = "auditor"
    LEAD = "lead"
    MANAGER = "manager"
    HR = "hr"
    EMPLOYEE = "employee"
    ADMINISTRATOR = "administrator"


class Permission(Enum):
    """Something a person may do; the value is the sentence that says what."""

    USE_ACCOUNT = "See and change one's own account, language and sessions; everyone signed in may."
    MANAGE_UNITS = "Add, change and close regions and shops."
    SEE_DIRECTORY = "See the units and employees of one's subtree."
    MANAGE_EMPLOYEES = "Add employees, move them between units, and record when they leave."
    IMPORT_DIRECTORY = "Import units and employees from a file."
    MANAGE_USERS = "Invite people, grant and withdraw roles, switch accounts off."
    SEE_CHECKLISTS = "Read checklists and the difference between their versions."
    PUBLISH_CHECKLISTS = "Publish a checklist version and record the notice given to staff."
    PLAN_VISITS = "See all assignments of one's subtree, assign visits to auditors and cancel them."
    REVIEW_VISITS = "Look at visits of one's subtree, take, return or settle them, and correct answers."
    CAPTURE_VISITS = "See one's own assignments and fill in the checklist."
    SEE_VISITS = "See submitted visits of one's subtree, with scores and photos, and download reports."
    SEE_OWN_VISITS = "See the submitted visits about oneself and download their reports."
    COMPARE_STAFF = "Compare the staff of one's subtree across visits and export the comparison."
    PAY_QUALITY = "Agree the formula of a company's quality pay and sign what it gives."
    CALIBRATE_AUDITORS = "See how severe auditors are, how well they agree, and what to schedule."
    SET_LOOK = "Set the logo and the colour that a company's reports carry."
    SEE_ACCESS_EVENTS = "See who opened whose reports in one's subtree."


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AUDITOR: frozenset({Permission.CAPTURE_VISITS}),
    Role.LEAD: frozenset(
        {
            Permission.SEE_DIRECTORY,
            Permission.SEE_CHECKLISTS,
            Permission.PUBLISH_CHECKLISTS,
            Permission.PLAN_VISITS,
            Permission.REVIEW_VISITS,
            Permission.SEE_VISITS,
            Permission.CALIBRATE_AUDITORS,
            Permission.SET_LOOK,
        }
    ),
    Role.MANAGER: frozenset(
        {Permission.SEE_DIRECTORY, Permission.SEE_CHECKLISTS, Permission.SEE_VISITS, Permission.COMPARE_STAFF}
    ),
    Role.HR: frozenset(
        {
            Permission.SEE_DIRECTORY,
            Permission.MANAGE_EMPLOYEES,
            Permission.IMPORT_DIRECTORY,
            Permission.SEE_CHECKLISTS,
            Permission.SEE_VISITS,
            Permission.COMPARE_STAFF,
            Permission.PAY_QUALITY,
        }
    ),
    Role.EMPLOYEE: frozenset({Permission.SEE_OWN_VISITS}),
    # The administrator runs the installation and does not read people's results.
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_DIRECTORY,
            Permission.MANAGE_UNITS,
            Permission.MANAGE_EMPLOYEES,
            Permission.IMPORT_DIRECTORY,
            Permission.MANAGE_USERS,
            Permission.SEE_CHECKLISTS,
            Permission.SET_LOOK,
            Permission.SEE_ACCESS_EVENTS,
        }
    ),
}
