"""Questions are called on the phone what the report calls them."""

from __future__ import annotations

import json

from mystery.database import db
from mystery.models import Visit
from reports.visit_sections import build_visit_sections
from tests.capture.checklists import COMPLETE, read_every_kind
from tests.capture.phone import Phone
from tests.reports.samples import make_report


def test_it_numbers_questions_like_the_report(phone: Phone) -> None:
    """SC-02: a question that is not asked keeps its number, so that page and report speak of the same one."""
    assert phone.press("save", COMPLETE).status_code == 303
    phone.reload()
    db.session.rollback()
    db.session.expire_all()
    draft = json.loads(db.session.get_one(Visit, phone.visit_id).draft)
    printed = build_visit_sections(make_report(draft, checklist=read_every_kind()), "en")
    lines = [line for section in printed for line in section.questions]
    assert len(lines) == 13, "three questions were not asked"
    for line in lines:
        assert phone.beside(f"q-{line.id}").split()[0] == line.number


def test_it_leads_to_the_next_open_question_by_the_same_number(phone: Phone) -> None:
    phone.press("save", {**COMPLETE, "a.came": []})
    phone.reload()
    assert 'id="next" href="#q-came"' in phone.html
    assert "2.3" in phone.html.split('id="next"')[1].split("</a>")[0]
