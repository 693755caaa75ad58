"""A busy company: everything that the application can hold at least once, made by the actions people use."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from PIL import ExifTags, Image
from sqlalchemy import select, text, update

from checklists.loading import checklist_to_json, read_checklist_file
from checklists.publishing import content_hash
from checklists.scenarios import Scenario
from mystery.access.scopes import load_reach
from mystery.branding.actions import keep_logo, set_look
from mystery.branding.queries import Look
from mystery.capture.actions import PhotoKept, Submitted, add_photo, open_visit, save_draft, submit_visit
from mystery.clock import now, set_to
from mystery.database import Base, UtcDateTime, db
from mystery.directory.actions import check_import
from mystery.models import (
    Assignment,
    ChecklistRecord,
    ChecklistVersion,
    Employee,
    FlagKind,
    Invitation,
    ScenarioRecord,
    User,
    UserSession,
    VisitFlag,
)
from mystery.review.actions import Outcome, return_visit
from mystery.review.choosing import choose_version
from mystery.review.correcting import Change, Proposal, correct_answer
from mystery.review.versions import read_other_version
from mystery.sheets.raw_sheet import read_part
from tests.branding.logos import draw_logo
from tests.cast import Cast, Company
from tests.factories import MOSCOW, make_assignment
from tests.lenses.routes import a_count
from tests.quality_pay.payroll import agree, sign
from tests.review.desk import add_recording, add_unreadable_file, make_held_visit, raise_flag
from tests.trainings.courses import make_course

EVERY_KIND = Path(__file__).parent / "every-kind.yaml"
TODAY = datetime(2026, 11, 21, 9, 5, tzinfo=MOSCOW)
# Minutes that stand in nothing else, so that finding one anywhere means that it got out.
OPENED_AT, VISITED_AT, SENT_AT = time(14, 21), time(14, 37), time(18, 43)
CELL = "ячейка"
# Two employees of whom every cell is text that somebody typed; the first could be imported as it stands.
STAFF_FILE = f"""Table of staff;;;;;
Табельный номер;ФИО;Должность;Подразделение;Принят;{CELL}
{CELL} 1;{CELL} 2;{CELL} 3;N1;2026-01-10;
{CELL} 4;{CELL} 5;{CELL} 6;{CELL} 7;{CELL} 8;{CELL} 9
"""
# The auditor of the staged company: texts that stand nowhere else, down to what his camera writes.
AUDITOR_NAME = "Зюзя Тайновидцева"
AUDITOR_MAIL = "zyuzya.tainovidtseva@auditors.example"
AUDITOR_DEVICE = "Zyuziphone 7, ZyuOS"
CAMERA_TEXTS = ("Zyuzya Artist", "SN-ZYU-4711", "ZyuCam X9", "Zyuzya remark")
EVERY_ANSWER = {
    "greeted": "no",
    "mood": 2,
    "told": "none",
    "receipt": "no",
    "offered": ["card"],
    "wait": 90,
    "queue": "3",
    "served": "16:20",
    "printed": "2026-11-05",
    "words": "Спокойно.",
    "more": "Спасибо.",
}


@dataclass
class Stage:
    """The ids of what was put on the stage for our company."""

    version: UUID
    scenario: UUID
    submitted: list[UUID] = field(default_factory=list)
    draft: UUID | None = None


def stage_company(cast: Cast) -> Stage:
    """Fill our company: visits in every state, photos, legend, invitation, session, import, clash."""
    with set_to(TODAY):
        rename_auditor(cast)
        photo = take_photo()
        stage = Stage(publish_every_kind(cast.ours), add_played_scenario(cast.ours))
        for unit, employee, day in (
            ("N1", "Анна", date(2026, 11, 5)),
            ("N1", "Анна", date(2026, 11, 6)),
            ("N2", "Борис", date(2026, 11, 8)),
            ("N1", None, date(2026, 11, 9)),
        ):
            stage.submitted.append(submit_every_kind(cast, stage, unit, employee, day, photo))
        stage.draft = begin_draft(cast, stage, photo)
        add_review_cases(cast, stage)
        add_loose_ends(cast, stage)
        add_office_work(cast, stage)
    return stage


def add_office_work(cast: Cast, stage: Stage) -> None:
    """An answer in words that the lead corrected, and the company's own logo and colour."""
    lead = load_reach(cast.ours.users["lead"])
    proposal = Proposal("words", "Спокойно и вежливо.", "Так записано во время разговора.", seen=0)
    assert isinstance(correct_answer(lead, stage.submitted[0], proposal), Change)
    logo = keep_logo(lead, cast.ours.company, draw_logo())
    assert isinstance(logo, str)
    assert set_look(lead, cast.ours.company, Look(logo, "#2f4d8f"))


def stop_clocks() -> None:
    """Let everything so far have happened at one moment, so that no other minute is there by chance."""
    triggers = db.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _sql in triggers:
        db.session.execute(text(f'DROP TRIGGER "{name}"'))
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, UtcDateTime):
                db.session.execute(update(table).where(column.is_not(None)).values({column.name: TODAY}))
    for _name, sql in triggers:
        db.session.execute(text(sql))
    db.session.commit()


def publish_every_kind(company: Company) -> UUID:
    """The checklist with every kind of question, as a company's own."""
    checklist, problems = read_checklist_file(EVERY_KIND)
    assert checklist is not None, [problem.message("en") for problem in problems]
    version = ChecklistVersion(
        checklist=ChecklistRecord(company_id=company.company, slug=checklist.checklist),
        number=1,
        content_hash=content_hash(checklist),
        content=checklist_to_json(checklist),
        title_ru=checklist.title.ru,
        title_en=checklist.title.en,
        published_by_id=company.users["lead"],
    )
    db.session.add(version)
    db.session.commit()
    return version.id


def add_played_scenario(company: Company) -> UUID:
    """A legend of our own."""
    said = {"ru": "Текст.", "en": "A text."}
    scenario = Scenario.model_validate(
        {
            "scenario": "played",
            "title": said,
            "customer": "undecided",
            "legend": said,
            "steps": [said, said],
            "ask": [said],
            "expected": [said],
        }
    )
    record = ScenarioRecord(
        company_id=company.company,
        slug=scenario.id,
        title_ru=scenario.title.ru,
        title_en=scenario.title.en,
        content=scenario.model_dump_json(by_alias=True),
    )
    db.session.add(record)
    db.session.commit()
    return record.id


def submit_every_kind(
    cast: Cast, stage: Stage, unit: str, employee: str | None, day: date, photo: bytes
) -> UUID:
    """A visit of the auditor with every answer, a comment on each, and two photos."""
    assignment = make_assignment(
        cast,
        unit=unit,
        employee=employee,
        version=stage.version,
        scenario=stage.scenario,
        briefing="Войдите с улицы.",
    )
    reach = load_reach(cast.ours.users["auditor"])
    opened, sent_at = (datetime.combine(day, at, tzinfo=MOSCOW) for at in (OPENED_AT, SENT_AT))
    visit = open_visit(reach, assignment, at=opened)
    for question in ("greeted", "shelf"):
        assert isinstance(add_photo(reach, visit, question, photo, at=opened), PhotoKept)
    sent = submit_visit(reach, visit, write_raw_sheet(day, named=employee is not None), at=sent_at)
    assert isinstance(sent, Submitted), sent
    return visit


def write_raw_sheet(day: date, *, named: bool = True) -> dict[str, object]:
    """What a phone sends."""
    comments = {question: "Видел сам." for question in EVERY_ANSWER if question != "more"}
    # Who wrote it has no place in what a phone sends; one that says it all the same must not be heard.
    visit = {"date": f"{day.isoformat()}T{VISITED_AT:%H:%M}", "auditor": AUDITOR_NAME}
    if not named:
        visit["employee"] = "unknown Марина"
    return {"visit": visit, "answers": dict(EVERY_ANSWER), "comments": {**comments, "shelf": "Пусто."}}


def begin_draft(cast: Cast, stage: Stage, photo: bytes) -> UUID:
    """A visit that is being filled in, saved from two pages at once, so that a copy is kept aside."""
    assignment = make_assignment(
        cast, employee=None, version=stage.version, scenario=stage.scenario, briefing="Не спешите."
    )
    reach = load_reach(cast.ours.users["auditor"])
    visit = open_visit(reach, assignment)
    add_photo(reach, visit, "shelf", photo)
    raw = write_raw_sheet(date(2026, 11, 20), named=False)
    save_draft(reach, visit, raw, 0)
    save_draft(reach, visit, {**raw, "comments": {"mood": "Другая вкладка."}}, 0)
    return visit


def add_review_cases(cast: Cast, stage: Stage) -> None:
    """What the review desk is there for: held, returned, sent twice, set aside, a wrong clock, files."""
    lead, auditor = (load_reach(cast.ours.users[role]) for role in ("lead", "auditor"))
    events = [
        {"id": kind, "at": "2026-11-10T10:00:00Z", "kind": kind, "question": "mood", "value": f"Слово {kind}"}
        for kind in ("start", "name", "note", "tally", "end")
    ]
    held, returned = (
        make_held_visit(
            cast,
            {**write_raw_sheet(day, named=False), "answers": {"words": "Тихо."}, "events": events},
            employee=None,
            version=stage.version,
        )
        for day in (date(2026, 11, 10), date(2026, 11, 11))
    )
    return_visit(lead, returned, "Ответьте на остальные вопросы.")
    # The visit without a named employee is sent again, with other words in everything that is text.
    again = write_raw_sheet(date(2026, 11, 9), named=False)
    again["visit"] = {**read_part(again, "visit"), "employee": "unknown Мария"}
    submit_visit(auditor, stage.submitted[-1], again)
    choose_again(cast, stage.submitted[1], date(2026, 11, 6))
    for kind in (FlagKind.SET_ASIDE, FlagKind.CLOCK):
        raise_flag(stage.submitted[0], kind)
    add_unreadable_file(held)
    add_recording(held, "mood")


def choose_again(cast: Cast, visit: UUID, day: date) -> None:
    """Send a visit again with another answer, and let that version count."""
    lead, auditor = (load_reach(cast.ours.users[role]) for role in ("lead", "auditor"))
    again = write_raw_sheet(day)
    again["answers"] = {**read_part(again, "answers"), "mood": 4}
    submit_visit(auditor, visit, again)
    flag = db.session.scalars(select(VisitFlag.id).where(VisitFlag.visit_id == visit)).one()
    other = read_other_version(lead, visit, flag)
    assert other is not None
    assert choose_version(lead, visit, flag, digest=other.digest, given={}) is Outcome.DONE


def add_loose_ends(cast: Cast, stage: Stage) -> None:
    """Assignments not begun and cancelled, an invitation, sessions, an import, a training, pay, a count."""
    make_assignment(cast, version=stage.version, scenario=stage.scenario, briefing="Позвоните в дверь.")
    cancelled = make_assignment(cast, briefing="Отменено.")
    db.session.scalars(select(Assignment).where(Assignment.id == cancelled)).one().cancelled_at = now()
    ours = cast.ours
    db.session.add(
        Invitation(
            email="new@lavka.example",
            name="Новый",
            role="manager",
            unit_id=ours.units["N1"],
            invited_by_id=ours.users["administrator"],
            expires_at=TODAY + timedelta(days=7),
        )
    )
    db.session.commit()
    for user in ours.users.values():
        db.session.add(UserSession(user_id=user, device="Firefox, Linux"))
    for number, employee in enumerate(ours.employees.values()):
        db.session.get_one(Employee, employee).code = f"E{number}"
    # English texts are read as well.
    for role in ("auditor", "manager"):
        db.session.get_one(User, ours.users[role]).language = "en"
    db.session.commit()
    kept = check_import(
        load_reach(ours.users["hr"]), ours.company, file_name="staff.csv", content=STAFF_FILE.encode()
    )
    assert isinstance(kept, UUID), kept
    make_course(ours, "Анна", "Борис")
    a_count(cast)
    sign(ours, agree(ours))


def rename_auditor(cast: Cast) -> None:
    """Make the auditor of our company unmistakable."""
    auditor = db.session.get_one(User, cast.ours.users["auditor"])
    auditor.name, auditor.email = AUDITOR_NAME, f"{cast.ours.company.hex[:6]}.{AUDITOR_MAIL}"
    db.session.add(UserSession(user_id=auditor.id, device=AUDITOR_DEVICE))
    db.session.commit()


def take_photo() -> bytes:
    """A small JPEG as a phone sends it: with who took it, with what, where and when."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = CAMERA_TEXTS[0]
    exif[ExifTags.Base.BodySerialNumber] = CAMERA_TEXTS[1]
    exif[ExifTags.Base.Model] = CAMERA_TEXTS[2]
    exif[ExifTags.Base.DateTime] = f"2026:11:05 {VISITED_AT:%H:%M}:21"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (55.0, 45.0, 7.0)}
    )
    output = io.BytesIO()
    picture = Image.new("RGB", (64, 48), (120, 90, 60))
    picture.save(output, "JPEG", exif=exif, comment=CAMERA_TEXTS[3].encode())
    return output.getvalue()
