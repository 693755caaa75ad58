"""The stage: a database with three auditors, checklists with versions, and assignments as they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

import flask_migrate
from flask import Flask
from flask_security import hash_password
from sqlalchemy import delete, select, update

from checklists.definition import Checklist, Question
from checklists.loading import checklist_to_json, load_library_checklist, read_checklist_file
from checklists.publishing import content_hash
from mystery.access.permissions import Role
from mystery.app import create_app
from mystery.clock import now
from mystery.database import db
from mystery.models import (
    Assignment,
    ChecklistRecord,
    ChecklistVersion,
    Grant,
    SignInAttempt,
    User,
    UserSession,
    Visit,
    VisitState,
)
from mystery.settings import read_settings
from tests.cast import PASSWORD, Cast, Company, plant_cast
from tests.journeys.site import SECRET
from tests.torture.schedule import MOST_VERSIONS, PEOPLE
from tests.torture.verdict import Planned

SHORT = Path(__file__).parent / "checklist.yaml"
LONG = ("shop-visit", "merchandising")
ADDRESSES = {
    "alpha": "auditor@lavka.example",
    "beta": "second@lavka.example",
    "gamma": "auditor@foreign.example",
}


def read_short_versions() -> dict[int, Checklist]:
    """The short checklist in all its versions; each asks one thing more than the one before."""
    checklist, problems = read_checklist_file(SHORT)
    assert checklist is not None, [problem.message("en") for problem in problems]
    versions = {1: checklist}
    for number in range(2, MOST_VERSIONS + 1):
        versions[number] = _grow(versions[number - 1], number)
    return versions


def read_long_checklists() -> dict[str, Checklist]:
    """Checklists of the library, by name."""
    return {name: load_library_checklist(name) for name in LONG}


def _grow(checklist: Checklist, number: int) -> Checklist:
    first, *others = checklist.sections
    like = first.questions[0]
    text = like.text.model_copy(update={"ru": f"Новое {number}?", "en": f"New {number}?"})
    question: Question = like.model_copy(update={"id": f"new-{number}", "text": text})
    section = first.model_copy(update={"questions": (*first.questions, question)})
    return checklist.model_copy(update={"sections": (section, *others)})


class Stage:
    """What the back office does while the phone is being tortured."""

    def __init__(self, folder: Path) -> None:
        settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(folder)})
        self.app: Flask = create_app(settings)
        self.people: dict[str, UUID] = {}
        self.assignments: dict[int, UUID] = {}
        self._versions: dict[tuple[UUID, str], UUID] = {}
        with self.open():
            flask_migrate.upgrade()
            self._cast: Cast = plant_cast(hash_password(PASSWORD))
            self._plant_people()

    @contextmanager
    def open(self) -> Iterator[None]:
        """The database, for as long as the block lasts."""
        with self.app.app_context():
            try:
                yield
            finally:
                db.session.remove()

    def assign(self, visit: int, person: str, name: str, checklist: Checklist) -> None:
        """Give a person the assignment of the visit number ``visit``, and publish its checklist first."""
        company = self._company_of(person)
        with self.open():
            assignment = Assignment(
                version_id=self._publish(company, name, checklist),
                unit_id=company.units["N1"],
                auditor_id=self.people[person],
                window_start=date(2026, 1, 1),
                window_end=date(2027, 12, 31),
                briefing=f"secret-{person}-{visit:04}",
            )
            db.session.add(assignment)
            db.session.commit()
            self.assignments[visit] = assignment.id

    def publish(self, person: str, name: str, checklist: Checklist) -> None:
        """Publish a checklist in the company of a person; once is enough."""
        with self.open():
            self._publish(self._company_of(person), name, checklist)
            db.session.commit()

    def list_missing(self, plan: list[Planned]) -> list[Planned]:
        """The visits that have not been sent, as the database has it."""
        with self.open():
            rows = db.session.execute(
                select(Visit.assignment_id).where(Visit.state != VisitState.DRAFT.value)
            )
            arrived = set(rows.scalars())
        return [planned for planned in plan if planned.assignment_id not in arrived]

    def version_of(self, visit: int) -> UUID:
        """The checklist version of a visit."""
        with self.open():
            return db.session.get_one(Assignment, self.assignments[visit]).version_id

    def end_sessions(self, person: str) -> None:
        """End every session of a person, as the list of sessions or a long absence does."""
        with self.open():
            db.session.execute(
                update(UserSession)
                .where(UserSession.user_id == self.people[person], UserSession.ended_at.is_(None))
                .values(ended_at=now())
            )
            db.session.commit()

    def forgive_attempts(self) -> None:
        """Forget failed sign-ins: a server that dies in the midst of one leaves it counted."""
        with self.open():
            db.session.execute(delete(SignInAttempt))
            db.session.commit()

    def _company_of(self, person: str) -> Company:
        return self._cast.foreign if person == "gamma" else self._cast.ours

    def _plant_people(self) -> None:
        ours = self._cast.ours
        first = db.session.get_one(User, ours.users["auditor"])
        second = User(email=ADDRESSES["beta"], name="second lavka", password=first.password)
        db.session.add(second)
        db.session.flush()
        db.session.add(Grant(user_id=second.id, role=Role.AUDITOR.value, unit_id=ours.company))
        db.session.commit()
        self.people = {
            "alpha": first.id,
            "beta": second.id,
            "gamma": self._cast.foreign.users["auditor"],
        }
        assert tuple(self.people) == PEOPLE
        # The assignments of the cast are nobody's here.
        db.session.execute(delete(Assignment))
        db.session.commit()

    def _publish(self, company: Company, name: str, checklist: Checklist) -> UUID:
        known = self._versions.get((company.company, name))
        if known is not None:
            return known
        slug, _at, number = name.partition("@")
        record = db.session.scalar(
            select(ChecklistRecord).where(
                ChecklistRecord.company_id == company.company, ChecklistRecord.slug == slug
            )
        ) or ChecklistRecord(company_id=company.company, slug=slug)
        version = ChecklistVersion(
            checklist=record,
            number=int(number or 1),
            content_hash=content_hash(checklist),
            content=checklist_to_json(checklist),
            title_ru=checklist.title.ru,
            title_en=checklist.title.en,
        )
        db.session.add(version)
        db.session.flush()
        self._versions[company.company, name] = version.id
        return version.id
