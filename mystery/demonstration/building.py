"""Building the demonstration: the stage, the year, and the sign-ins that are printed at the end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from mystery.access.permissions import Role
from mystery.database import db
from mystery.demonstration.bonus import pay_for_quality
from mystery.demonstration.button import count_buttons
from mystery.demonstration.chain import AUDITORS, MAIL_DOMAIN, MANAGERS, OFFICE, REGIONS, SEED, draw_staff
from mystery.demonstration.chance import make_chance
from mystery.demonstration.course import RECORDED_AGO, record_course
from mystery.demonstration.desk import fill_review_desk
from mystery.demonstration.office import correct_answers, set_company_look
from mystery.demonstration.staging import set_stage
from mystery.demonstration.year import leave_waiting, live_through
from mystery.models import Photo, Unit

SIGN_IN_FILE: Final = "demonstration-sign-in"


class DatabaseInUse(Exception):
    """The database holds a company already; the demonstration is only built into an empty one."""


@dataclass(frozen=True)
class Built:
    """What was built, in numbers."""

    staff: int
    visits: int
    photos: int


def is_empty() -> bool:
    """Whether no company is in the database yet."""
    return db.session.scalar(select(func.count()).select_from(Unit)) == 0


def build_demonstration(*, today: date, passphrase: str) -> Built:
    """Build the chain and its year into an empty database; raises DatabaseInUse for any other."""
    if not is_empty():
        raise DatabaseInUse
    random = make_chance(SEED)
    staff = draw_staff(random)
    stage = set_stage(random, today=today, passphrase=passphrase, staff=staff)
    visits = live_through(stage, random)
    leave_waiting(stage, random)
    set_company_look(stage)
    correct_answers(stage)
    count_buttons(stage)
    fill_review_desk(stage)
    record_course(stage.reaches[Role.HR], stage.company, stage.course, at=stage.moment(RECORDED_AGO))
    pay_for_quality(stage)
    photos = db.session.scalar(select(func.count()).select_from(Photo)) or 0
    return Built(len(staff), visits, photos)


def keep_passphrase(data_dir: Path) -> str:
    """The pass phrase of this installation's demonstration: drawn once, then read again."""
    path = data_dir / SIGN_IN_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"demo-{secrets.token_hex(5)}", encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def list_sign_ins() -> list[tuple[str, str, str]]:
    """(role, name, e-mail) of one person of each kind."""
    first_region = next(iter(REGIONS))
    office = [(role.value, *OFFICE[role]) for role in (Role.LEAD, Role.HR, Role.ADMINISTRATOR)]
    people = [
        ("auditor", AUDITORS[0][0], "auditor1"),
        *office[:1],
        (f"manager ({first_region})", MANAGERS[0], "manager1"),
        *office[1:2],
        ("employee", "", "employee1"),
        *office[2:],
    ]
    return [(role, name, f"{mailbox}@{MAIL_DOMAIN}") for role, name, mailbox in people]
