"""The fixed cast of every test: one chain with all roles, and a foreign company with the same roles.

The chain "Лавка" has two regions (Север with shops N1 and N2, Юг with S1). The manager's grant is on
Север only; everybody else's is on the whole company. The employee Анна works in N1 and has an account;
Борис works in N2, Вера in S1. The foreign company "Чужие" mirrors it with one region and one shop.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from flask.testing import FlaskClient

from checklists.loading import checklist_to_json, read_checklist_file
from checklists.publishing import content_hash
from mystery.access.permissions import Role
from mystery.accounts.sessions import SESSION_KEY
from mystery.database import db
from mystery.models import (
    Assignment,
    ChecklistRecord,
    ChecklistVersion,
    Employee,
    Grant,
    Notice,
    Placement,
    Unit,
    UnitKind,
    User,
    UserSession,
)

WORKED_CHECKLIST = Path(__file__).parent / "checklists" / "worked" / "worked-visit.yaml"
PASSWORD = "a long pass phrase of the cast"


@dataclass
class Company:
    """The ids of one company's people and things; rows are loaded by id in the session at hand."""

    company: UUID
    units: dict[str, UUID] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    employees: dict[str, UUID] = field(default_factory=dict)
    version: UUID | None = None
    assignment: UUID | None = None


@dataclass
class Cast:
    """Our company and the foreign one; both have a user of every role, called after it."""

    ours: Company
    foreign: Company


def plant_cast(password_hash: str) -> Cast:
    """Put the cast into an empty database."""
    ours = plant_company("Лавка", "lavka", password_hash)
    foreign = plant_company("Чужие", "foreign", password_hash)
    db.session.commit()
    return Cast(ours, foreign)


def plant_company(name: str, mail: str, password_hash: str) -> Company:
    """One company: regions, shops, people of every role, a notice, a checklist, an assignment."""
    root = Unit.plant(name=name)
    company = Company(root.id, units={"company": root.id})
    units = {"company": root}
    for region, shops in {"Север": ("N1", "N2"), "Юг": ("S1",)}.items():
        units[region] = root.grow(kind=UnitKind.REGION, name=region)
        for shop in shops:
            units[shop] = units[region].grow(kind=UnitKind.SHOP, name=f"Магазин {shop}", code=shop)
    for unit in units.values():
        db.session.add(unit)
        db.session.flush()
    company.units = {key: unit.id for key, unit in units.items()}
    for role in Role:
        add_user(company, mail, role, units["Север"] if role is Role.MANAGER else root, password_hash)
    add_employee(company, "Анна", units["N1"], user_id=company.users["employee"])
    add_employee(company, "Борис", units["N2"])
    add_employee(company, "Вера", units["S1"])
    db.session.add(
        Notice(
            company_id=root.id, given_on=date(2026, 1, 15), text="Проверки идут весь год.", purpose="training"
        )
    )
    company.version = publish_worked_checklist(root)
    company.assignment = add_assignment(company, units["N1"])
    return company


def add_user(company: Company, mail: str, role: Role, unit: Unit, password_hash: str) -> None:
    """A user with one grant, called after his role."""
    user = User(email=f"{role.value}@{mail}.example", name=f"{role.value} {mail}", password=password_hash)
    db.session.add(user)
    db.session.flush()
    db.session.add(Grant(user_id=user.id, role=role.value, unit_id=unit.id))
    company.users[role.value] = user.id


def add_employee(company: Company, name: str, unit: Unit, *, user_id: UUID | None = None) -> None:
    """An employee placed in ``unit`` since he was hired."""
    employee = Employee(company_id=company.company, name=name, hired_on=date(2025, 3, 1), user_id=user_id)
    employee.placements.append(Placement(unit_id=unit.id, position="Продавец", since=date(2025, 3, 1)))
    db.session.add(employee)
    db.session.flush()
    company.employees[name] = employee.id


def publish_worked_checklist(root: Unit) -> UUID:
    """The worked checklist of scoring.md as version 1 of the company's "worked-visit"."""
    checklist, problems = read_checklist_file(WORKED_CHECKLIST)
    assert checklist is not None, [problem.message("en") for problem in problems]
    record = ChecklistRecord(company_id=root.id, slug=checklist.checklist)
    version = ChecklistVersion(
        checklist=record,
        number=1,
        content_hash=content_hash(checklist),
        content=checklist_to_json(checklist),
        title_ru=checklist.title.ru,
        title_en=checklist.title.en,
    )
    db.session.add(version)
    db.session.flush()
    return version.id


def add_assignment(company: Company, unit: Unit) -> UUID:
    """An open assignment of the company's auditor: the worked checklist, Анна, in ``unit``."""
    assert company.version is not None
    assignment = Assignment(
        version_id=company.version,
        unit_id=unit.id,
        employee_id=company.employees["Анна"],
        auditor_id=company.users["auditor"],
        window_start=date(2026, 1, 1),
        window_end=date(2027, 12, 31),
    )
    db.session.add(assignment)
    db.session.flush()
    return assignment.id


def sign_in(client: FlaskClient, user_id: UUID) -> None:
    """Sign a test client in as a user, past the password form (which has tests of its own)."""
    user = db.session.get_one(User, user_id)
    row = UserSession(user_id=user.id, device="Chrome, Android")
    db.session.add(row)
    db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = user.fs_uniquifier
        session[SESSION_KEY] = row.id.hex
        session.permanent = True
