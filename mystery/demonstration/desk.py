"""What the review desk of the demonstration finds: a visit with something missing, and one sent twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from checklists.definition import Checklist
from mystery.access.permissions import Role
from mystery.capture.actions import Submitted, add_photo, open_visit, submit_visit
from mystery.capture.phone.actions import Received, receive_report
from mystery.capture.phone.bodies import SentSheet
from mystery.capture.phone.senders import Sender
from mystery.clock import set_to
from mystery.database import db
from mystery.demonstration.chain import AUDITORS, SEED, TIME_ZONE
from mystery.demonstration.chance import make_chance
from mystery.demonstration.photos import draw_photo
from mystery.demonstration.staging import SCENARIOS, Stage
from mystery.demonstration.year import NAMESPACE, VISITS, Plan, fill_in, list_photographed, order_visit
from mystery.models import Visit
from mystery.planning.actions import assign_visit
from mystery.sheets.raw_sheet import read_raw

# Far enough from the visits of the year and from those that wait.
HELD_NUMBER: Final = VISITS + 1000
HELD_PERSON: Final = 20
HELD_CHECKLIST: Final = "shop-visit"
SENT_AFTER: Final = timedelta(hours=3)
# The visits of the year are counted from the latest back; this one is a few days old.
TWICE_NUMBER: Final = 9
AGAIN_AFTER: Final = timedelta(hours=2)


def fill_review_desk(stage: Stage) -> None:
    """Let one visit arrive incomplete, and another one a second time with another answer."""
    random = make_chance(f"{SEED} desk")
    hold_visit(stage, random)
    send_twice(stage)


def hold_visit(stage: Stage, random: Random) -> None:
    """A phone sends a visit in which one answer is open; it is held, as no report is ever refused."""
    plan = plan_held_visit(stage)
    version_id, checklist = stage.version_on(plan.checklist, stage.today)
    with set_to(plan.visited_at - timedelta(days=5)):
        assignment = assign_visit(stage.reaches[Role.LEAD], order_visit(stage, random, plan, version_id))
    reach, raw = stage.reaches[plan.auditor], fill_in(plan, checklist)
    with set_to(plan.visited_at):
        visit_id = open_visit(reach, assignment, uuid5(NAMESPACE, f"visit {plan.number}"))
        for question in list_photographed(random, checklist, raw):
            add_photo(reach, visit_id, question, draw_photo(random, about=question))
    leave_open(checklist, raw)
    with set_to(plan.visited_at + SENT_AFTER):
        sent = receive_report(Sender(reach), visit_id, write_sheet(version_id, assignment), raw)
    assert isinstance(sent, Received), f"the report was not taken: {sent}"
    assert sent.sent.held, "the report was complete"


def plan_held_visit(stage: Stage) -> Plan:
    """Yesterday afternoon, in another shop than those of the accounts."""
    person, employee_id = stage.staff[HELD_PERSON]
    auditor, severity = AUDITORS[HELD_PERSON % len(AUDITORS)]
    day = stage.today - timedelta(days=1)
    return Plan(
        number=HELD_NUMBER,
        person=person,
        employee_id=employee_id,
        auditor=auditor,
        severity=severity,
        checklist=HELD_CHECKLIST,
        scenario=SCENARIOS[HELD_CHECKLIST][0],
        visited_at=datetime.combine(day, time(16, 20), ZoneInfo(TIME_ZONE)),
    )


def leave_open(checklist: Checklist, raw: dict[str, Any]) -> None:
    """Take one plain answer out, as if it had been passed over on the phone."""
    needed = {each.show_if.question for each in checklist.questions() if each.show_if}
    plain = [
        each.id
        for each in checklist.questions()
        if each.kind == "yes_no" and each.id in raw["answers"] and not each.critical and not each.bonus
    ]
    passed_over = [question for question in plain if question not in needed][-1]
    del raw["answers"][passed_over]
    raw["comments"].pop(passed_over, None)


def write_sheet(version_id: UUID, assignment_id: UUID) -> SentSheet:
    """The frame in which a phone sends its answers; its photos have arrived before."""
    return SentSheet(
        version_id=version_id,
        assignment_id=assignment_id,
        fields=(),
        events=(),
        answered={},
        files=(),
        removed=frozenset(),
        at=None,
        revision=None,
        strict=False,
        writer="",
        turn=0,
    )


def send_twice(stage: Stage) -> None:
    """The auditor sends a visit again from another device, where one answer says something else."""
    visit_id = uuid5(NAMESPACE, f"visit {TWICE_NUMBER}")
    visit = db.session.get_one(Visit, visit_id)
    assert visit.submitted_at is not None, "every visit of the year is sent"
    raw = change_answer(read_raw(visit.raw_answers or "{}"))
    reach = next(each for each in stage.reaches.values() if each.user_id == visit.auditor_id)
    sent_at = visit.submitted_at + AGAIN_AFTER
    db.session.rollback()
    with set_to(sent_at):
        sent = submit_visit(reach, visit_id, raw)
    assert isinstance(sent, Submitted), f"the second sending was refused: {sent}"
    assert sent.differs, "both sendings say the same"


def change_answer(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same sheet, in which the first "no" is a "yes"."""
    first = next(question for question, answer in raw["answers"].items() if answer == "no")
    return {**raw, "answers": {**raw["answers"], first: "yes"}}
