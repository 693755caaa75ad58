"""A visit that was sent twice: the lead chooses which version counts, and both stay as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.capture.actions import Submitted, submit_visit
from mystery.clock import now
from mystery.database import db
from mystery.models import Answer, AnswerCorrection, DraftCopy, FlagKind, User, VisitFlag, VisitSection
from mystery.review.actions import FactsMissing, Outcome, reopen_flag, settle_flag
from mystery.review.choosing import choose_version
from mystery.review.versions import Bar, OtherVersion, read_other_version
from mystery.sheets.raw_sheet import read_raw, write_raw
from mystery.sheets.visit_facts import FactFault
from tests.cast import Cast
from tests.factories import make_submitted_visit, read_worked_answers
from tests.review.desk import (
    make_held_visit,
    make_twice_sent_visit,
    raise_flag,
    read_flag,
    read_visit,
    write_incomplete_sheet,
)

Browsers = Callable[..., FlaskClient]


@pytest.fixture
def lead(cast: Cast) -> Reach:
    """The reach of our lead, who reads English."""
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    db.session.commit()
    return load_reach(cast.ours.users["lead"])


def send_again(visit_id: UUID, raw: dict[str, Any]) -> UUID:
    """What becomes of a second sending: a kept copy and a flag; returns the flag."""
    content = write_raw(raw)
    digest = hashlib.sha256(content.encode()).hexdigest()
    db.session.add(DraftCopy(visit_id=visit_id, content=content, content_hash=digest))
    return raise_flag(visit_id, FlagKind.DIFFERS, {"copy": digest})


def see_other(lead: Reach, visit_id: UUID, flag_id: UUID | None = None) -> OtherVersion:
    """What the page of the choice shows."""
    other = read_other_version(lead, visit_id, flag_id or read_flag(visit_id, FlagKind.DIFFERS).id)
    assert other is not None
    return other


def choose(
    lead: Reach, visit_id: UUID, flag_id: UUID | None = None, given: dict[str, str] | None = None
) -> Outcome | FactsMissing:
    """Choose what the page shows."""
    other = see_other(lead, visit_id, flag_id)
    return choose_version(lead, visit_id, other.flag_id, digest=other.digest, given=given or {})


def read_numbers(visit_id: UUID) -> tuple[Any, ...]:
    """Everything that the score of a visit is made of."""
    visit = read_visit(visit_id)
    answers = select(Answer).where(Answer.visit_id == visit_id).order_by(Answer.position)
    sections = select(VisitSection).where(VisitSection.visit_id == visit_id).order_by(VisitSection.position)
    return (
        (visit.base, visit.final, visit.coverage, visit.band, visit.passed, visit.knocked_out),
        [(each.question, each.value, each.earned, each.comment) for each in db.session.scalars(answers)],
        [(each.section, each.earned, each.possible) for each in db.session.scalars(sections)],
    )


def test_it_lets_the_later_version_count_with_its_own_score(cast: Cast, lead: Reach) -> None:
    """SC-04: what counts is scored as if it had been sent first; a wait of one minute is worth all points."""
    visit_id = make_submitted_visit(cast)
    quick = read_worked_answers("V1")
    quick["answers"]["wait"] = 60
    send_again(visit_id, quick)
    sent, before = read_visit(visit_id).raw_answers, read_numbers(visit_id)
    other = see_other(lead, visit_id)
    assert choose(lead, visit_id) is Outcome.DONE
    visit = read_visit(visit_id)
    assert (visit.state, visit.raw_answers, visit.chosen_answers) == ("submitted", sent, other.content)
    after = read_numbers(visit_id)
    assert after != before
    assert [row[:2] for row in after[1] if row[0] == "wait"] == [("wait", "60")]
    assert visit.final == other.final
    assert other.final_now != other.final
    assert len(after[1]) == len(before[1]), "every question has its row once"
    flag = read_flag(visit_id, FlagKind.DIFFERS)
    assert (flag.decision, flag.settled_by_id) == ("other_taken", lead.user_id)


def test_it_comes_back_to_the_first_version_number_by_number(cast: Cast, lead: Reach) -> None:
    visit_id = make_twice_sent_visit(cast)
    before = read_numbers(visit_id)
    flag_id = read_flag(visit_id, FlagKind.DIFFERS).id
    choose(lead, visit_id)
    assert reopen_flag(lead, visit_id, flag_id) is Outcome.DONE
    assert read_visit(visit_id).chosen_answers is not None, "opening a question again changes nothing yet"
    assert see_other(lead, visit_id).is_first
    assert choose(lead, visit_id) is Outcome.DONE
    assert read_visit(visit_id).chosen_answers is None
    assert read_numbers(visit_id) == before
    assert read_flag(visit_id, FlagKind.DIFFERS).decision == "sent_kept"


def test_it_can_be_settled_as_it_stands_after_an_undo(cast: Cast, lead: Reach) -> None:
    visit_id = make_twice_sent_visit(cast)
    flag_id = read_flag(visit_id, FlagKind.DIFFERS).id
    choose(lead, visit_id)
    reopen_flag(lead, visit_id, flag_id)
    assert settle_flag(lead, visit_id, flag_id) is Outcome.DONE
    assert read_flag(visit_id, FlagKind.DIFFERS).decision == "other_taken"


def test_it_takes_the_facts_of_the_chosen_version(cast: Cast, lead: Reach) -> None:
    visit_id = make_submitted_visit(cast, employee=None, badge="Аня")
    other = read_worked_answers("V1")
    other["visit"] |= {"date": "2026-11-04T10:00", "employee": str(cast.ours.employees["Анна"])}
    send_again(visit_id, other)
    assert choose(lead, visit_id) is Outcome.DONE
    visit = read_visit(visit_id)
    assert (visit.employee_id, visit.employee_note) == (cast.ours.employees["Анна"], "")
    assert str(visit.visited_on) == "2026-11-04"


def test_it_takes_a_held_visit_by_the_version_that_was_mended(cast: Cast, lead: Reach) -> None:
    visit_id = make_held_visit(cast)
    sent = read_visit(visit_id).raw_answers
    send_again(visit_id, read_worked_answers("V1"))
    assert not see_other(lead, visit_id).refused.problems
    assert choose(lead, visit_id) is Outcome.DONE
    visit = read_visit(visit_id)
    assert (visit.state, visit.raw_answers) == ("submitted", sent)
    assert read_numbers(visit_id) == read_numbers(make_submitted_visit(cast))
    assert read_flag(visit_id).decision == "accepted"


def test_it_asks_for_the_facts_that_the_chosen_version_lacks(cast: Cast, lead: Reach) -> None:
    visit_id = make_held_visit(cast, write_incomplete_sheet(visit={}), employee=None)
    send_again(visit_id, {**read_worked_answers("V1"), "visit": {}})
    missing = choose(lead, visit_id)
    assert isinstance(missing, FactsMissing)
    assert set(missing.faults) == {FactFault.DATE_MISSING, FactFault.EMPLOYEE_MISSING}
    assert read_visit(visit_id).state == "held"
    given = {"date": "2026-11-05T12:15", "employee": str(cast.ours.employees["Анна"])}
    assert choose(lead, visit_id, given=given) is Outcome.DONE
    assert read_visit(visit_id).employee_id == cast.ours.employees["Анна"]


def test_it_chooses_for_a_visit_that_was_set_aside_and_leaves_it_there(cast: Cast, lead: Reach) -> None:
    visit_id = make_held_visit(cast)
    db.session.execute(text("UPDATE visit SET state = 'set_aside'"))
    db.session.commit()
    send_again(visit_id, read_worked_answers("V1"))
    assert choose(lead, visit_id) is Outcome.DONE
    visit = read_visit(visit_id)
    assert (visit.state, visit.final_percent is not None) == ("set_aside", True)


def test_it_changes_nothing_that_others_have_read(client_of: Browsers, cast: Cast, lead: Reach) -> None:
    visit_id = make_twice_sent_visit(cast)
    client_of("lead").get(f"/visits/{visit_id}")
    assert see_other(lead, visit_id).bar is None, "whoever decides may look first"
    client_of("employee").get(f"/visits/{visit_id}")
    assert see_other(lead, visit_id).bar is Bar.READ
    before = read_numbers(visit_id)
    assert choose(lead, visit_id) is Outcome.BARRED
    assert read_numbers(visit_id) == before
    db.session.execute(text("UPDATE access_event SET reader_id = NULL"))
    db.session.commit()
    assert see_other(lead, visit_id).bar is Bar.READ, "of an erased account nobody knows what it was"


def test_it_changes_nothing_under_corrections(cast: Cast, lead: Reach) -> None:
    visit_id = make_twice_sent_visit(cast)
    correction = {"question": "wait", "number": 1, "occasion": "review", "reason": "Описка."}
    db.session.add(AnswerCorrection(visit_id=visit_id, after="60", **correction))
    db.session.commit()
    assert choose(lead, visit_id) is Outcome.BARRED
    assert read_visit(visit_id).chosen_answers is None


def test_it_takes_no_stale_choice(cast: Cast, lead: Reach) -> None:
    """Two leads look at the same page: what the second one saw is not what is chosen now."""
    visit_id = make_twice_sent_visit(cast)
    seen = see_other(lead, visit_id)
    assert choose(lead, visit_id) is Outcome.DONE
    again = choose_version(lead, visit_id, seen.flag_id, digest=seen.digest, given={})
    assert again is Outcome.ALREADY
    reopen_flag(lead, visit_id, seen.flag_id)
    assert choose_version(lead, visit_id, seen.flag_id, digest=seen.digest, given={}) is Outcome.ALREADY
    assert read_visit(visit_id).chosen_answers == seen.content


def test_it_chooses_among_three(cast: Cast, lead: Reach) -> None:
    visit_id = make_twice_sent_visit(cast)
    second = read_flag(visit_id, FlagKind.DIFFERS).id
    third = read_worked_answers("V1")
    third["answers"]["wait"] = 10_000
    third_flag = send_again(visit_id, third)
    assert choose(lead, visit_id, second) is Outcome.DONE
    assert choose(lead, visit_id, third_flag) is Outcome.DONE
    chosen = read_raw(read_visit(visit_id).chosen_answers or "{}")
    assert chosen["answers"]["wait"] == 10_000
    assert db.session.scalars(select(VisitFlag.decision)).all() == ["other_taken"] * 2


@pytest.mark.parametrize("act", [read_other_version, choose])
def test_it_is_only_for_versions_and_only_for_ones_own(
    cast: Cast, lead: Reach, act: Callable[..., Any]
) -> None:
    visit_id, other = make_twice_sent_visit(cast), make_submitted_visit(cast)
    flag_id = read_flag(visit_id, FlagKind.DIFFERS).id
    clock = raise_flag(visit_id, FlagKind.CLOCK)
    lost = raise_flag(other, FlagKind.DIFFERS, {"copy": "0" * 64})
    foreign = load_reach(cast.foreign.users["lead"])
    manager = load_reach(cast.ours.users["manager"])
    for reach, asked, flag in (
        (lead, visit_id, clock),
        (lead, visit_id, uuid4()),
        (lead, other, flag_id),
        (lead, other, lost),
        (foreign, visit_id, flag_id),
        (manager, visit_id, flag_id),
    ):
        with pytest.raises(NotYours):
            act(reach, asked, flag)


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE visit SET chosen_answers = '{}'", "chosen_has_arrived"),
        ("UPDATE visit SET chosen_answers = '{\"answers\":{}}', final = '100/1'", "chosen_has_arrived"),
        ("UPDATE draft_copy SET content = '{}'", "copy_is_kept"),
        ("UPDATE draft_copy SET content_hash = ''", "copy_is_kept"),
    ],
)
def test_it_lets_nothing_count_that_never_arrived(cast: Cast, statement: str, rule: str) -> None:
    make_twice_sent_visit(cast)
    with pytest.raises(DatabaseError, match=rule):
        db.session.execute(text(statement))
    db.session.rollback()


def test_it_raises_nothing_when_the_chosen_version_is_sent_once_more(cast: Cast, lead: Reach) -> None:
    visit_id = make_twice_sent_visit(cast)
    choose(lead, visit_id)
    chosen = read_raw(read_visit(visit_id).chosen_answers or "{}")
    again = submit_visit(load_reach(cast.ours.users["auditor"]), visit_id, chosen, at=now())
    assert isinstance(again, Submitted)
    assert again.again
    assert len(db.session.scalars(select(VisitFlag)).all()) == 1


def test_it_shows_what_would_come_of_it_and_then_what_counts(
    client_of: Browsers, cast: Cast, lead: Reach
) -> None:
    visit_id, browser = make_submitted_visit(cast), client_of("lead")
    quick = read_worked_answers("V1")
    quick["answers"]["wait"], quick["comments"] = 60, {**quick["comments"], "wait": "Во второй раз иначе."}
    other = see_other(lead, visit_id, send_again(visit_id, quick))
    address = f"/review/{visit_id}/flags/{other.flag_id}/choose"
    assert address in browser.get(f"/review/{visit_id}").text
    page = browser.get(address).text
    for percent in (other.final, other.final_now):
        assert percent is not None
        assert f"<dd>{float(percent):.1f}</dd>" in page
    assert "Во второй раз иначе." in page
    done = browser.post(address, data={"version": other.digest})
    assert (done.status_code, done.location) == (303, f"/review/{visit_id}")
    shown = browser.get(f"/review/{visit_id}").text
    assert "The version you chose counts." in shown
    assert shown.index("Sent later") < shown.index("● counts", shown.index("Sent later"))
    report = client_of("manager").get(f"/visits/{visit_id}").text
    assert "Во второй раз иначе." in report
    assert client_of("manager").get(f"/visits/{visit_id}/report.pdf").status_code == 200


def test_it_says_why_nothing_can_be_chosen_any_more(client_of: Browsers, cast: Cast, lead: Reach) -> None:
    visit_id, browser = make_twice_sent_visit(cast), client_of("lead")
    other = see_other(lead, visit_id)
    address = f"/review/{visit_id}/flags/{other.flag_id}/choose"
    client_of("manager").get(f"/visits/{visit_id}")
    page = browser.get(address).text
    assert "has been read already" in page
    assert "<form" not in page[page.index("<main") : page.index("</main")]
    told = browser.post(address, data={"version": other.digest})
    assert "has been read already" in browser.get(told.location).text


def test_it_asks_beside_the_field_for_what_is_missing(client_of: Browsers, cast: Cast, lead: Reach) -> None:
    visit_id, browser = (
        make_held_visit(cast, write_incomplete_sheet(visit={}), employee=None),
        client_of("lead"),
    )
    send_again(visit_id, {**write_incomplete_sheet(visit={}), "comments": {"mood": "Иначе"}})
    other = see_other(lead, visit_id)
    address = f"/review/{visit_id}/flags/{other.flag_id}/choose"
    page = browser.get(address).text
    assert "What stays missing" in page
    assert 'name="day"' in page
    form = {"version": other.digest, "day": "2026-11-05", "clock": "", "employee": "unknown"}
    answer = browser.post(address, data=form)
    assert (answer.status_code, 'id="clock-problem"' in answer.text) == (422, True)
    assert browser.post(address, data={**form, "clock": "12:15"}).status_code == 303
    assert read_visit(visit_id).state == "submitted"
