"""The tables, one aggregate a file."""

from mystery.models.access_event import AccessEvent
from mystery.models.assignment import Assignment
from mystery.models.button_count import ButtonCount
from mystery.models.employee import Employee, Placement
from mystery.models.import_draft import ImportDraft
from mystery.models.job import Job, JobState
from mystery.models.printout import AnswerCorrection, CompanyLook, CompanyLookChange, ReportSeal
from mystery.models.programme import (
    CaptureSettings,
    ChecklistRecord,
    ChecklistVersion,
    Notice,
    Purpose,
    ScenarioRecord,
    parse_version,
)
from mystery.models.quality_pay import PayAgreement, SignedPay
from mystery.models.training import Training, TrainingPlace
from mystery.models.unit import Unit, UnitKind
from mystery.models.upload import Upload, UploadState
from mystery.models.user import Grant, Invitation, SignInAttempt, User, UserSession
from mystery.models.visit import Answer, DraftCopy, Photo, Recording, Visit, VisitSection, VisitState
from mystery.models.visit_flag import FlagKind, VisitFlag

__all__ = [
    "AccessEvent",
    "Answer",
    "AnswerCorrection",
    "Assignment",
    "ButtonCount",
    "CaptureSettings",
    "ChecklistRecord",
    "ChecklistVersion",
    "CompanyLook",
    "CompanyLookChange",
    "DraftCopy",
    "Employee",
    "FlagKind",
    "Grant",
    "ImportDraft",
    "Invitation",
    "Job",
    "JobState",
    "Notice",
    "PayAgreement",
    "Photo",
    "Placement",
    "Purpose",
    "Recording",
    "ReportSeal",
    "ScenarioRecord",
    "SignInAttempt",
    "SignedPay",
    "Training",
    "TrainingPlace",
    "Unit",
    "UnitKind",
    "Upload",
    "UploadState",
    "User",
    "UserSession",
    "Visit",
    "VisitFlag",
    "VisitSection",
    "VisitState",
    "parse_version",
]
