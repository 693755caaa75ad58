"""The stage of the demonstration: units, people with roles, staff, the notice, checklists and legends."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_security import hash_password
from sqlalchemy import select

from checklists.definition import Checklist
from checklists.loading import load_library_checklist
from checklists.scenarios import load_scenarios
from mystery.access.permissions import Role
from mystery.access.scopes import Reach, load_reach
from mystery.accounts.acceptance import Newcomer, accept_as_newcomer
from mystery.accounts.invitations import Invitee, draft_invitation
from mystery.authoring.actions import add_scenario, publish_version, record_notice
from mystery.authoring.notice_terms import NoticeTerms
from mystery.clock import set_to
from mystery.database import db
from mystery.demonstration.chain import (
    AUDITORS,
    COMPANY,
    MAIL_DOMAIN,
    MANAGERS,
    OFFICE,
    REGIONS,
    TIME_ZONE,
    Person,
    list_shops,
    shop_code,
)
from mystery.demonstration.course import Course, plan_course
from mystery.demonstration.older_version import make_older_version
from mystery.directory.actions.imports import import_directory
from mystery.models import Employee, Unit

HIRED_AGO: Final = timedelta(days=900)
NOTICE_AGO: Final = timedelta(days=400)
NEW_VERSION_AGO: Final = timedelta(days=150)
NOTICE: Final = (
    "С этого дня в наши магазины приходят тайные покупатели. Они проверяют, соблюдаются ли стандарты "
    "обслуживания, а мы по итогам учим. Результат видите вы сами, ваш руководитель и отдел персонала. "
    "Общих рейтингов нет."
)
CHECKLISTS: Final = ("shop-visit", "phone-call", "difficult-customer")
SCENARIOS: Final = {
    "shop-visit": ("shop-purchase",),
    "phone-call": ("phone-enquiry",),
    "difficult-customer": (
        "undecided-customer",
        "know-it-all-customer",
        "rude-customer",
        "resentful-customer",
    ),
}


@dataclass
class Stage:
    """Everything the year of visits needs, by name."""

    company: UUID
    today: date
    passphrase_hash: str
    units: dict[str, UUID] = field(default_factory=dict)
    reaches: dict[Role | str, Reach] = field(default_factory=dict)
    staff: list[tuple[Person, UUID]] = field(default_factory=list)
    versions: dict[str, list[tuple[date, UUID, Checklist]]] = field(default_factory=dict)
    scenarios: dict[str, UUID] = field(default_factory=dict)
    course: Course = field(default_factory=Course)

    def version_on(self, name: str, day: date) -> tuple[UUID, Checklist]:
        """The version of a checklist that was the newest on ``day``."""
        _since, version_id, checklist = [each for each in self.versions[name] if each[0] <= day][-1]
        return version_id, checklist

    def moment(self, ago: timedelta) -> datetime:
        """Nine in the morning, so long ago."""
        return datetime.combine(self.today, time(9), ZoneInfo(TIME_ZONE)) - ago


def set_stage(random: Random, *, today: date, passphrase: str, staff: list[Person]) -> Stage:
    """Found the company and prepare everything up to the first visit."""
    company = Unit.plant(name=COMPANY, time_zone=TIME_ZONE)
    db.session.add(company)
    db.session.commit()
    stage = Stage(company.id, today, hash_password(passphrase))
    with set_to(stage.moment(NOTICE_AGO)):
        invite(stage, Role.ADMINISTRATOR, OFFICE[Role.ADMINISTRATOR], stage.company)
        import_staff(stage, random, staff)
        invite_everybody(stage)
        record_notice(
            stage.reaches[Role.LEAD],
            stage.company,
            NoticeTerms(given_on=(today - NOTICE_AGO), text=NOTICE, purpose="training"),
        )
        add_legends(stage)
    publish_checklists(stage)
    return stage


def import_staff(stage: Stage, random: Random, staff: list[Person]) -> None:
    """Import units and staff from two files, as one does from a spreadsheet."""
    regions = {region: f"R{number}" for number, region in enumerate(REGIONS, start=1)}
    units = [[code, region, "регион", ""] for region, code in regions.items()]
    units += [
        [shop_code(shop), f"Магазин «{shop}»", "магазин", regions[region]] for region, shop in list_shops()
    ]
    import_table(stage, ["Код", "Название", "Вид", "Входит в"], units)
    people = [
        [person.code, person.name, person.position, shop_code(person.shop), draw_hire_day(stage, random)]
        for person in staff
    ]
    import_table(stage, ["Табельный номер", "ФИО", "Должность", "Подразделение", "Принят"], people)
    stage.units = {code: each for code, each in db.session.execute(select(Unit.code, Unit.id)) if code}
    employees = {code: each for code, each in db.session.execute(select(Employee.code, Employee.id))}
    stage.staff = [(person, employees[person.code]) for person in staff]
    stage.course = plan_course((person.code for person in staff), stage.today)


def import_table(stage: Stage, headings: list[str], rows: list[list[str]]) -> None:
    """Write one table as CSV and import it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "import.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([headings, *rows])
        outcome = import_directory(stage.company, path, apply=True)
    assert outcome.applied, f"the import was refused: {outcome.plan.problems}"


def draw_hire_day(stage: Stage, random: Random) -> str:
    """A day between three years ago and the notice, as a spreadsheet writes it."""
    return (stage.today - HIRED_AGO + timedelta(days=random.randint(-300, 450))).isoformat()


def invite_everybody(stage: Stage) -> None:
    """Invite the office, the regional managers, the auditors and three of the staff, who all accept."""
    for role in (Role.LEAD, Role.HR):
        invite(stage, role, OFFICE[role], stage.company)
    for number, name in enumerate(MANAGERS, start=1):
        invite(stage, Role.MANAGER, (name, f"manager{number}"), stage.units[f"R{number}"])
    for number, (name, _severity) in enumerate(AUDITORS, start=1):
        invite(stage, Role.AUDITOR, (name, f"auditor{number}"), stage.company)
    for number, (person, employee_id) in enumerate(stage.staff[:3], start=1):
        unit = stage.units[shop_code(person.shop)]
        invite(stage, Role.EMPLOYEE, (person.name, f"employee{number}"), unit, employee_id=employee_id)


def invite(
    stage: Stage, role: Role, who: tuple[str, str], unit_id: UUID, *, employee_id: UUID | None = None
) -> None:
    """Invite somebody, who accepts and chooses the demonstration's pass phrase."""
    name, mailbox = who
    invitee = Invitee(f"{mailbox}@{MAIL_DOMAIN}", name, "ru", role, unit_id, employee_id)
    invitation = draft_invitation(invitee, db.session.get_one(Unit, unit_id))
    db.session.commit()
    newcomer = Newcomer(name=name, language="ru", password_hash=stage.passphrase_hash)
    user_id = accept_as_newcomer(invitation.id, invitation.expires_at, newcomer)
    assert isinstance(user_id, UUID), f"{name} could not accept: {user_id}"
    reach = load_reach(user_id)
    stage.reaches.setdefault(role, reach)
    stage.reaches[name] = reach
    db.session.rollback()


def add_legends(stage: Stage) -> None:
    """Take the legends of the library into the company."""
    library = load_scenarios()
    for name in {legend for legends in SCENARIOS.values() for legend in legends}:
        stage.scenarios[name] = add_scenario(stage.reaches[Role.LEAD], stage.company, library[name]).id


def publish_checklists(stage: Stage) -> None:
    """Publish three checklists; the shop visit first in an older version, then as it stands today."""
    for name in CHECKLISTS:
        checklist = load_library_checklist(name)
        if name == "shop-visit":
            publish(stage, make_older_version(checklist), NOTICE_AGO)
            publish(stage, checklist, NEW_VERSION_AGO)
        else:
            publish(stage, checklist, NOTICE_AGO)


def publish(stage: Stage, checklist: Checklist, ago: timedelta) -> None:
    """Publish one version at its moment."""
    with set_to(stage.moment(ago)):
        publication = publish_version(stage.reaches[Role.LEAD], stage.company, checklist)
    assert publication.version_id is not None, f"{checklist.checklist} was refused: {publication.problems}"
    since = (stage.today - ago, publication.version_id, checklist)
    stage.versions.setdefault(checklist.checklist, []).append(since)
