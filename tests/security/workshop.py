"""Two busy companies, every form that our people are offered, and the way to send one and undo it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from werkzeug.test import TestResponse

from mystery.capture.own_visits import derive_visit_id
from mystery.database import db
from mystery.models import (
    Assignment,
    ButtonCount,
    ChecklistRecord,
    ChecklistVersion,
    Employee,
    Grant,
    ImportDraft,
    Invitation,
    Notice,
    Photo,
    Placement,
    ScenarioRecord,
    SignedPay,
    Training,
    Unit,
    UserSession,
    Visit,
    VisitFlag,
)
from tests.cast import sign_in
from tests.security.conftest import PlainSite, lay_database
from tests.security.form_filling import FilledForm, collect_forms, encode

# What the phone page keeps although it is wrong: nothing entered is ever lost; sending is what is refused.
KEPT_BY_CAPTURE = ("visit.draft", "visit.draft_revision", "draft_copy")


@dataclass
class Workshop:
    """Two busy companies, every form that our people are offered, and the way to send one and undo it."""

    site: PlainSite
    forms: list[FilledForm]
    own: dict[UUID, str]
    foreign: dict[str, UUID]

    def send(self, form: FilledForm) -> TestResponse:
        """Send a form as the person on whose page it stood."""
        browser = self.site.app.test_client()
        if form.reader in self.site.cast.ours.users:
            sign_in(browser, self.site.cast.ours.users[form.reader])
        answer = browser.post(
            form.address, data=encode(form), content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code < 500, f"{form.endpoint}: {answer.status_code}"
        return answer

    def undo(self) -> None:
        """Lay the database as it was."""
        lay_database(self.site.live, self.site.pristine)

    def foreign_like(self, own: str) -> UUID | None:
        """The other company's thing of the same kind."""
        return self.foreign.get(self.own.get(UUID(own), ""))


def open_workshop(site: PlainSite) -> Workshop:
    """The forms of the crawled pages, over the two companies; needs their database and its context."""
    own, foreign = list_own(site.cast.ours.company), list_own(site.cast.foreign.company)
    first = {kind: each for each, kind in reversed(foreign.items())}
    return Workshop(site, collect_forms(site.app, site.artefacts), own, first)


def list_own(company: UUID) -> dict[UUID, str]:
    """Everything of a company that has an id, with the name of its kind."""
    units = select(Unit.id).where(Unit.company_id == company)
    people = select(Grant.user_id).where(Grant.unit_id.in_(units))
    checklists = select(ChecklistRecord.id).where(ChecklistRecord.company_id == company)
    visits = select(Visit.id).where(Visit.unit_id.in_(units))
    kinds: dict[str, Select[UUID]] = {
        "unit": units.order_by(Unit.path),
        "user": people,
        "grant": select(Grant.id).where(Grant.unit_id.in_(units)),
        "session": select(UserSession.id).where(UserSession.user_id.in_(people)),
        "invitation": select(Invitation.id).where(Invitation.unit_id.in_(units)),
        "employee": select(Employee.id).where(Employee.company_id == company),
        "placement": select(Placement.id).where(Placement.unit_id.in_(units)),
        "checklist": checklists,
        "version": select(ChecklistVersion.id).where(ChecklistVersion.checklist_id.in_(checklists)),
        "scenario": select(ScenarioRecord.id).where(ScenarioRecord.company_id == company),
        "notice": select(Notice.id).where(Notice.company_id == company),
        "assignment": select(Assignment.id).where(Assignment.unit_id.in_(units)),
        "visit": visits,
        "photo": select(Photo.id).where(Photo.visit_id.in_(visits)),
        "flag": select(VisitFlag.id).where(VisitFlag.visit_id.in_(visits)),
        "count": select(ButtonCount.id).where(ButtonCount.unit_id.in_(units)),
        "training": select(Training.id).where(Training.unit_id.in_(units)),
        "signed": select(SignedPay.id).join(Employee).where(Employee.company_id == company),
        "import": select(ImportDraft.id).where(ImportDraft.company_id == company),
    }
    found: dict[UUID, str] = {}
    for kind, statement in kinds.items():
        found |= dict.fromkeys(db.session.scalars(statement), kind)
    # The address of a visit is known before anybody begins it.
    assignments = db.session.execute(
        select(Assignment.id, Assignment.auditor_id).where(Assignment.unit_id.in_(units))
    )
    foreseen = dict.fromkeys((derive_visit_id(each, auditor) for each, auditor in assignments), "visit")
    found = {**found, **{each: kind for each, kind in foreseen.items() if each not in found}}
    # The root is the unit of its own kind: a company is chosen where a company is asked for.
    return found | {company: "company"}


def what_stays(form: FilledForm) -> tuple[str, ...]:
    """What a form writes even when it is refused."""
    return KEPT_BY_CAPTURE if form.endpoint == "capture.save_visit" else ()
