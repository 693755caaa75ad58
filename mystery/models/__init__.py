"""The tables, one aggregate a file."""

from mystery.models.access_event import AccessEvent
from mystery.models.assignment import Assignment
from mystery.models.employee import Employee, Placement
from mystery.models.import_draft import ImportDraft
from mystery.models.programme import (
    ChecklistRecord,
    ChecklistVersion,
    Notice,
    Purpose,
    ScenarioRecord,
    parse_version,
)
from mystery.models.unit import Unit, UnitKind
from mystery.models.user import Grant, Invitation, SignInAttempt, User, UserSession
from mystery.models.visit import Answer, DraftCopy, Photo, Visit, VisitSection, VisitState

__all__ = [
    "AccessEvent",
    "Answer",
    "Assignment",
    "ChecklistRecord",
    "ChecklistVersion",
    "DraftCopy",
    "Employee",
    "Grant",
    "ImportDraft",
    "Invitation",
    "Notice",
    "Photo",
    "Placement",
    "Purpose",
    "ScenarioRecord",
    "SignInAttempt",
    "Unit",
    "UnitKind",
    "User",
    "UserSession",
    "Visit",
    "VisitSection",
    "VisitState",
    "parse_version",
]
