"""Checklists that capture is tested with, written as a programme lead would write them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from checklists.definition import Checklist
from checklists.loading import checklist_to_json, read_checklist, read_checklist_file
from checklists.publishing import content_hash
from mystery.database import db
from mystery.models import ChecklistRecord, ChecklistVersion
from tests.cast import Cast

HEAD = """
checklist: trial
title: {{ru: Проба, en: Trial}}
channel: {channel}
bands: [{{at: 0, id: any, label: {{ru: Любая, en: Any}}}}]
sections:
"""

EVERY_KIND = Path(__file__).parent / "every-kind.yaml"

COMPLETE: dict[str, list[str]] = {
    "v.day": ["2026-11-05"],
    "v.clock": ["14:30"],
    "a.greeted": ["yes"],
    "a.mood": ["4"],
    "a.tenth": ["70"],
    "a.shelf": ["full"],
    "a.offers": ["bag", "card"],
    "a.queue": ["2,5"],
    "a.wait": ["1", "30"],
    "c.wait": ["Долго искали ключ"],
    "a.came": ["14:05"],
    "a.bought": ["2026-11-05"],
    "a.words": ["Здравствуйте!\r\nЧем помочь?"],
    "a.receipt": ["n/a"],
}


def read_every_kind() -> Checklist:
    """The checklist of every kind."""
    checklist, problems = read_checklist_file(EVERY_KIND)
    assert checklist is not None, [problem.message("en") for problem in problems]
    return checklist


def read_long_list() -> Checklist:
    """Ten sections of four questions about goods, so that numbers have as many digits as they ever get."""
    question = "{{id: q-{0}-{1}, kind: yes_no, text: {{ru: Есть?, en: There?}}}}"
    sections = (
        f"  - id: s-{number}\n    title: {{ru: Полка, en: Shelf}}\n    questions: ["
        + ", ".join(question.format(number, place) for place in range(1, 5))
        + "]\n"
        for number in range(1, 11)
    )
    return read("".join(sections), channel="merchandising")


def read(sections: str, *, channel: str = "visit") -> Checklist:
    """A checklist of these sections."""
    checklist, problems = read_checklist(HEAD.format(channel=channel) + sections, name="trial")
    assert checklist is not None, [problem.message("en") for problem in problems]
    return checklist


def publish(cast: Cast, checklist: Checklist, *, number: int = 1) -> UUID:
    """Publish a checklist as this version of it in our company and return the version's id."""
    ours = {"company_id": cast.ours.company, "slug": checklist.checklist}
    record = db.session.scalars(select(ChecklistRecord).filter_by(**ours)).one_or_none()
    version = ChecklistVersion(
        checklist=record or ChecklistRecord(**ours),
        number=number,
        content_hash=content_hash(checklist),
        content=checklist_to_json(checklist),
        title_ru=checklist.title.ru,
        title_en=checklist.title.en,
    )
    db.session.add(version)
    db.session.commit()
    return version.id
