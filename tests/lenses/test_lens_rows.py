"""The rows behind the lenses: tags belong to a version, and what was measured follows every change."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from checklists.loading import checklist_from_json, checklist_to_json
from mystery.access.scopes import load_reach
from mystery.database import db
from mystery.lenses.queries.unit_lenses import ReadLenses, read_lenses
from mystery.models import ChecklistVersion
from mystery.printouts.reported_visits import PeriodScope
from mystery.review.correcting import Change, Proposal, correct_answer
from tests.capture.checklists import publish
from tests.cast import Cast
from tests.lenses.tagged_visits import DAY, PublishedCalls, make_call, publish_calls


def publish_without_level(cast: Cast, calls: PublishedCalls, question_id: str) -> PublishedCalls:
    """The next version, in which a question has no level any more."""
    raw: dict[str, Any] = json.loads(checklist_to_json(calls.checklist))
    for section in raw["sections"]:
        for question in section["questions"]:
            if question["id"] == question_id:
                del question["level"]
    checklist = checklist_from_json(json.dumps(raw))
    return PublishedCalls(publish(cast, checklist, number=2), checklist)


def read(cast: Cast, calls: PublishedCalls) -> ReadLenses:
    """The lenses over all calls of the company, as HR reads them."""
    checklist = db.session.get_one(ChecklistVersion, calls.version_id).checklist_id
    scope = PeriodScope(checklist, None, None)
    found = read_lenses(load_reach(cast.ours.users["hr"]), cast.ours.company, scope)
    assert found is not None
    return found


def count_answers(found: ReadLenses, asked: str) -> dict[str, int]:
    """How many answers count for the question with this English text, by level."""
    return {each.level: each.answers for each in found.lenses.questions if asked in each.text.en}


def test_it_reads_each_visit_by_the_tags_of_its_own_version(cast: Cast) -> None:
    """LN-02: where the second version takes a level away, only the answers of the first one count."""
    first = publish_calls(cast)
    second = publish_without_level(cast, first, "transfers")
    asked = first.checklist.question("transfers").text.en
    for number in range(3):
        make_call(cast, first, day=DAY + timedelta(days=number), transfers=0)
        make_call(cast, second, day=DAY + timedelta(days=number), transfers=3)
    found = read(cast, first)
    assert count_answers(found, asked) == {"availability": 3}
    assert found.lenses.pyramid.visits == 6
    assert next(each.share for each in found.lenses.questions if asked in each.text.en) == 1
    # Effort is counted in both: its tag stayed.
    assert len(found.lenses.effort.costs[1].visits) == 6


def test_it_measures_anew_once_a_visit_comes_or_an_answer_is_corrected(cast: Cast) -> None:
    """What is kept in memory is never older than the data."""
    calls = publish_calls(cast)
    for number in range(3):
        make_call(cast, calls, day=DAY + timedelta(days=number), solved="settled")
    assert len(read(cast, calls).lenses.effort.first_contact) == 3
    late: UUID = make_call(cast, calls, day=DAY + timedelta(days=3), solved="left")
    effort = read(cast, calls).lenses.effort
    assert effort.never == (str(late),)
    proposal = Proposal("solved", "settled", "Аудитор нажал не ту кнопку и сообщил об этом.", seen=0)
    assert isinstance(correct_answer(load_reach(cast.ours.users["lead"]), late, proposal), Change)
    assert read(cast, calls).lenses.effort.never == ()
