"""The verdict: an honest visit passes, and each way of losing something is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from mystery.access.scopes import load_reach
from mystery.capture.actions import Submitted, open_visit, submit_visit
from mystery.database import db
from mystery.models import Photo, Upload, UploadState, User, Visit, VisitFlag
from mystery.sheets.photo_desk import PreparedPhoto, desk
from mystery.storage import media_store
from tests.capture.checklists import publish
from tests.cast import Cast
from tests.factories import make_assignment
from tests.torture.ledger import Ledger, VisitLog
from tests.torture.pictures import draw_number
from tests.torture.stage import read_short_versions
from tests.torture.verdict import Planned, judge_notes, judge_visits

SHOWN = {
    "v.day": ["2026-11-05"],
    "v.clock": ["14:30"],
    "v.employee": ["unknown"],
    "v.note": ["badge mark-alpha-0003"],
    "a.greeted": ["yes"],
    "a.mood": ["4"],
    "a.shelf": ["full"],
    "a.offers": ["bag"],
    "a.queue": ["2,5"],
    "a.wait": ["1", "30"],
    "a.words": ["Слова mark-alpha-0003"],
}
RAW = {
    "visit": {"date": "2026-11-05T14:30", "employee": "unknown badge mark-alpha-0003"},
    "answers": {
        "greeted": "yes",
        "mood": 4,
        "shelf": "full",
        "offers": ["bag"],
        "queue": "2,5",
        "wait": 90,
        "words": "Слова mark-alpha-0003",
    },
    "comments": {},
}


@pytest.fixture
def ledger() -> Ledger:
    """One visit whose answers and photo were all acknowledged."""
    ledger = Ledger()
    for name in SHOWN:
        ledger.enter(3, SHOWN, name)
    ledger.acknowledge(3)
    content = draw_number(9)
    photo = ledger.choose_photo(3, "receipt", 9, content)
    photo.is_kept = True
    return ledger


@pytest.fixture
def plan(cast: Cast) -> dict[int, Planned]:
    """The same visit in the database, as it arrived."""
    checklist = read_short_versions()[1]
    assignment_id = make_assignment(cast, employee=None, version=publish(cast, checklist))
    auditor = cast.ours.users["auditor"]
    visit_id = open_visit(load_reach(auditor), assignment_id)
    _put_photo(visit_id, draw_number(9), number_sent=9)
    sent = submit_visit(load_reach(auditor), visit_id, RAW)
    assert isinstance(sent, Submitted), sent
    return {3: Planned(3, "alpha", auditor, assignment_id, checklist)}


def _put_photo(visit_id: UUID, chosen: bytes, *, number_sent: int) -> None:
    original = hashlib.sha256(chosen).hexdigest()
    prepared = desk.prepare(draw_number(number_sent))
    assert isinstance(prepared, PreparedPhoto)
    key = f"photos/{uuid4().hex}.jpg"
    media_store().put(key, prepared.content)
    photo = Photo(
        visit_id=visit_id,
        question="receipt",
        original_sha256=original,
        storage_key=key,
        width=prepared.width,
        height=prepared.height,
        byte_size=len(prepared.content),
    )
    db.session.add(photo)
    db.session.flush()
    upload = Upload(
        id=uuid4(),
        visit_id=visit_id,
        question="receipt",
        media_type="image/jpeg",
        byte_size=len(chosen),
        received=len(chosen),
        sha256=original,
        original_sha256=original,
        state=UploadState.KEPT.value,
        photo_id=photo.id,
    )
    db.session.add(upload)
    db.session.commit()


def judge(plan: dict[int, Planned], ledger: Ledger) -> list[str]:
    """What is wrong, as lines."""
    db.session.expire_all()
    return [failure.text for failure in judge_visits(plan, ledger)]


def test_it_has_nothing_to_say_of_a_visit_that_arrived_whole(
    plan: dict[int, Planned], ledger: Ledger
) -> None:
    assert judge(plan, ledger) == []


def _change_answer(name: str, value: object) -> Callable[[], object]:
    def change() -> object:
        visit = db.session.query(Visit).one()
        raw = json.loads(visit.raw_answers or "")
        raw["answers"][name] = value
        return db.session.execute(update(Visit).values(raw_answers=json.dumps(raw, ensure_ascii=False)))

    return change


def _give_away() -> None:
    lead = select(User.id).where(User.email == "lead@lavka.example").scalar_subquery()
    db.session.execute(update(Visit).values(auditor_id=lead))


def _repaint() -> None:
    photo = db.session.query(Photo).one()
    media_store().delete(photo.storage_key)
    prepared = desk.prepare(draw_number(10))
    assert isinstance(prepared, PreparedPhoto)
    media_store().put(photo.storage_key, prepared.content)


def _flag() -> None:
    db.session.add(VisitFlag(visit_id=db.session.query(Visit).one().id, kind="differs"))


def _take_guards_away() -> None:
    """Drop the rules of the database that would not let anybody harm a visit that was sent."""
    for name in db.session.scalars(db.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        db.session.execute(db.text(f'DROP TRIGGER "{name}"'))


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "arrived 0 times"),
        ([{"kind": "note", "value": "kept"}, {"kind": "note", "value": "kept"}], "arrived 2 times"),
        ([{"kind": "note", "value": "kept"}, {"kind": "note", "value": "else"}], "nobody wrote: 'else'"),
        ([{"kind": "note", "value": "kept"}, {"kind": "note", "value": "unsure"}], ""),
    ],
)
def test_it_counts_the_notes_that_arrived(events: list[dict[str, str]], words: str) -> None:
    log = VisitLog(notes={"kept": True, "unsure": False})
    said = list(judge_notes({"events": events}, log))
    assert [line for line in said if words not in line] == []
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda: db.session.execute(update(Visit).values(state="held")), "is held instead of submitted"),
        (_give_away, "belongs to somebody else"),
        (_change_answer("wait", 91), "a.wait arrived as 91, kept was ['90']"),
        (_change_answer("words", "mark-beta-0003"), "holds words of beta's visit 3"),
        (
            lambda: db.session.execute(update(Upload).values(state="receiving", photo_id=None)),
            "uploaded 0 times",
        ),
        (lambda: db.session.execute(update(Upload).values(photo_id=None)), ""),
        (lambda: db.session.execute(delete(Photo)), "is there 0 times"),
        (_repaint, "shows the picture 10"),
        (_flag, "is flagged differs"),
    ],
)
def test_it_finds_what_was_lost_or_changed(
    plan: dict[int, Planned], ledger: Ledger, harm: Callable[[], object], words: str
) -> None:
    _take_guards_away()
    harm()
    db.session.commit()
    said = judge(plan, ledger)
    assert any(words in line for line in said) if words else said == []


def test_it_misses_a_visit_that_never_came(plan: dict[int, Planned], ledger: Ledger, cast: Cast) -> None:
    other = Planned(4, "alpha", plan[3].user_id, make_assignment(cast), plan[3].checklist)
    assert judge({**plan, 4: other}, ledger) == ["0 visits of its assignment instead of one: []"]


def test_it_wonders_at_a_visit_that_nobody_planned(plan: dict[int, Planned], ledger: Ledger) -> None:
    (line,) = judge({}, ledger)
    assert "nobody planned" in line
