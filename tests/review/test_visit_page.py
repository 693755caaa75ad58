"""The page of one visit tells everything a reviewer needs, in words, and nothing that is not his to see."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from mystery.access.scopes import load_reach
from mystery.capture.actions import open_visit, save_draft
from mystery.database import db
from mystery.models import FlagKind, User, Visit
from mystery.review.actions import return_visit, take_visit
from tests.cast import Cast
from tests.factories import make_assignment
from tests.review.desk import (
    add_recording,
    add_unreadable_file,
    make_held_visit,
    make_twice_sent_visit,
    raise_flag,
    write_incomplete_sheet,
)

Browsers = Callable[..., FlaskClient]


@pytest.fixture
def lead(client_of: Browsers, cast: Cast) -> FlaskClient:
    """The browser of our lead, who reads English."""
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    db.session.commit()
    return client_of("lead")


def read_page(lead: FlaskClient, visit_id: object) -> str:
    """The page of a visit, without markup and runs of blanks."""
    answer = lead.get(f"/review/{visit_id}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.get_data(as_text=True)).split())


def make_event(kind: str, at: str = "2026-11-05T11:30:00.000Z", **more: str) -> dict[str, str]:
    """One event as a phone notes it."""
    return {"id": f"{kind} {at}", "at": at, "kind": kind, "question": "", "value": "", **more}


def test_it_shows_a_held_visit_with_answers_in_words_and_what_is_missing(
    lead: FlaskClient, cast: Cast
) -> None:
    raw = write_incomplete_sheet(comments={"features": "Показал одну модель."})
    visit = make_held_visit(cast, raw)
    page = read_page(lead, visit)
    for text in ("held: has no score yet", "Question 1.1 : Answer the question.", "Partly", "not applicable"):
        assert text in page
    assert "Показал одну модель." in page
    assert "Take as it is" in page
    assert 'href="#q-wait"' in lead.get(f"/review/{visit}").get_data(as_text=True)


@pytest.mark.parametrize(("days", "is_said"), [(-1, True), (0, False)])
def test_it_says_that_the_visit_was_made_outside_its_window(
    lead: FlaskClient, cast: Cast, days: int, is_said: bool
) -> None:
    """Early and late visits are taken; whoever reads them is told."""
    visit = make_held_visit(cast, write_incomplete_sheet())
    assignment = db.session.get_one(Visit, visit).assignment
    assignment.window_start = assignment.window_end = date(2026, 11, 5) - timedelta(days=days)
    db.session.commit()
    assert ("the visit was made outside it" in read_page(lead, visit)) is is_said


def test_it_names_the_auditor_and_whom_he_named(lead: FlaskClient, cast: Cast) -> None:
    raw = write_incomplete_sheet()
    raw["visit"]["employee"] = f"{cast.ours.employees['Анна']} Аня"
    page = read_page(lead, make_held_visit(cast, raw, employee=None))
    assert "auditor lavka" in page
    assert "Анна (on the badge: Аня)" in page


def test_it_does_not_name_an_employee_of_another_company(lead: FlaskClient, cast: Cast) -> None:
    raw = write_incomplete_sheet()
    raw["visit"]["employee"] = str(cast.foreign.employees["Анна"])
    page = read_page(lead, make_held_visit(cast, raw, employee=None))
    assert "somebody not on the list" in page


def test_it_tells_the_events_of_the_visit_in_their_order(lead: FlaskClient, cast: Cast) -> None:
    taken_back = make_event("tally", "2026-11-05T11:33:00.000Z", question="repeated")
    events = [
        make_event("end", "2026-11-05T11:45:00.000Z"),
        make_event("start", question="wait"),
        make_event("stop", "2026-11-05T11:34:00.000Z", question="wait"),
        make_event("name", "2026-11-05T11:36:00.000Z", value="Марина <b>"),
        taken_back,
        make_event("undo", "2026-11-05T11:33:05.000Z", value=taken_back["id"]),
    ]
    page = read_page(lead, make_held_visit(cast, write_incomplete_sheet(events=events)))
    told = page[page.index("During the visit") :]
    order = [
        told.index(text)
        for text in (
            "2:30 pm Timer started question 1.1",
            "2:33 pm Counted question 2.2 taken back",
            "2:34 pm Timer stopped",
            "2:36 pm Name heard: Марина &lt;b&gt;",
            "2:45 pm Visit ended",
        )
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    "events",
    [
        "x",
        7,
        None,
        {"at": 1},
        [None, 7, "x", [], {}],
        [make_event("start", "yesterday"), make_event("start", "2026-11-05T11:30:00")],
        [make_event("dance")],
        [make_event("start", "0001-01-01T00:00:00+14:00"), make_event("start", "9999-12-31T23:59:59-12:00")],
        [{**make_event("note"), "value": {"a": [1]}, "question": ["x"]}],
        [{**make_event("place"), "value": {"latitude": "x", "longitude": None}}],
    ],
)
def test_it_bears_whatever_a_phone_calls_events(lead: FlaskClient, cast: Cast, events: Any) -> None:
    read_page(lead, make_held_visit(cast, write_incomplete_sheet(events=events)))


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"visit": 7, "answers": [], "comments": "x"},
        {"visit": {"date": {}, "employee": []}, "answers": {"wait": {"a": 1}, "no-such": 1}, "comments": {}},
        {"visit": {}, "answers": {"features": ["4", "x"], "asked": 99, "wait": "x" * 5000}, "comments": {}},
        {"visit": {"employee": "unknown \x00\x07"}, "answers": {}, "comments": {"wait": "x" * 5000}},
    ],
)
def test_it_shows_a_held_visit_whatever_is_in_it(lead: FlaskClient, cast: Cast, raw: dict[str, Any]) -> None:
    visit = make_held_visit(cast, raw, employee=None)
    read_page(lead, visit)
    assert lead.get(f"/review/{visit}/take").status_code == 200
    assert lead.get(f"/review/{visit}/return").status_code == 200


def test_it_says_what_a_long_delay_means_and_marks_the_answer(lead: FlaskClient, cast: Cast) -> None:
    raw = write_incomplete_sheet()
    raw["answered"] = dict.fromkeys(raw["answers"], "2026-11-05T11:40:00.000Z")
    raw["answered"] |= {"asked": "2026-11-05T15:30:00.000Z", "wait": "2026-11-05T15:30:00.000Z"}
    visit = make_held_visit(cast, raw)
    page = read_page(lead, visit)
    assert (
        "1 answer was given more than two hours after the event, the longest delay is 4 h. Names, minutes and"
        " exact words fade within hours, so rely less on such answers."
    ) in page
    assert page.count("◐ 4 h after the event, from memory") == 1
    assert "10 min after the event" in page
    take_visit(load_reach(cast.ours.users["lead"]), visit, {})
    page = read_page(lead, visit)
    assert "the longest delay is 4 h" in page, "the same is told of the frozen answers"


def test_it_says_so_where_all_answers_are_fresh_and_nothing_where_no_phone_noted_it(
    lead: FlaskClient, cast: Cast
) -> None:
    raw = write_incomplete_sheet()
    assert "after the event" not in read_page(lead, make_held_visit(cast, raw))
    raw["answered"] = dict.fromkeys(raw["answers"], "2026-11-05T11:40:00.000Z")
    fresh = read_page(lead, make_held_visit(cast, raw))
    assert "All answers were given within two hours of the event" in fresh
    raw["visit"] = {}
    assert "after the event" not in read_page(lead, make_held_visit(cast, raw)), "nobody said when it was"


def test_it_tells_how_wrong_the_clock_was(lead: FlaskClient, cast: Cast) -> None:
    visit = make_held_visit(cast)
    db.session.execute(update(Visit).where(Visit.id == visit).values(clock_skew_seconds=-7500))
    raise_flag(visit, FlagKind.CLOCK, {"seconds": -7500})
    assert "The phone’s clock was 2 h 5 min behind when the visit was sent." in read_page(lead, visit)


def test_it_lays_two_contents_side_by_side_and_only_what_differs(lead: FlaskClient, cast: Cast) -> None:
    page = read_page(lead, make_twice_sent_visit(cast))
    sides = page[page.index("Sent first ● counts Sent later") : page.index("Keep the one sent first")]
    assert "How long did you wait to be addressed?" in sides
    assert "4:00" in sides
    assert "5:00" in sides
    assert "How carefully were you asked" not in sides


def test_it_offers_voice_memos_to_be_played_and_lost_files_to_be_saved(lead: FlaskClient, cast: Cast) -> None:
    visit = make_held_visit(cast)
    memo, answer = add_recording(visit), add_recording(visit, "features")
    file = add_unreadable_file(visit)
    page = lead.get(f"/review/{visit}").get_data(as_text=True)
    for recording in (memo, answer):
        assert f'src="/review/{visit}/recordings/{recording}"' in page
    assert f'href="/review/{visit}/files/{file}"' in page


def test_it_shows_nothing_of_a_draft(lead: FlaskClient, cast: Cast) -> None:
    reach = load_reach(cast.ours.users["auditor"])
    draft = open_visit(reach, make_assignment(cast))
    assert lead.get(f"/review/{draft}").status_code == 404


def test_it_shows_of_a_returned_visit_only_why(lead: FlaskClient, cast: Cast) -> None:
    """What the auditor writes now is his until he sends it again, photos and memos with it."""
    visit = make_held_visit(cast)
    memo = add_recording(visit)
    return_visit(load_reach(cast.ours.users["lead"]), visit, "Добавьте <i>время</i>.")
    revision = db.session.get_one(Visit, visit).draft_revision
    raw = write_incomplete_sheet(comments={"name": "Новое в черновике."})
    save_draft(load_reach(cast.ours.users["auditor"]), visit, raw, revision)
    page = lead.get(f"/review/{visit}").get_data(as_text=True)
    assert "Добавьте &lt;i&gt;время&lt;/i&gt;." in page
    assert "Новое в черновике." not in page
    assert "recordings" not in page
    assert lead.get(f"/review/{visit}/recordings/{memo}").status_code == 404
    assert lead.get(f"/review/{visit}/take").status_code == 303


def test_it_leads_from_the_assignment_to_its_held_visit_and_back(lead: FlaskClient, cast: Cast) -> None:
    visit = make_held_visit(cast)
    assignment = db.session.get_one(Visit, visit).assignment_id
    plan = lead.get(f"/assignments/{assignment}").get_data(as_text=True)
    assert f'href="/review/{visit}"' in plan
    assert f"/assignments/{assignment}/change" not in plan, "the visit has arrived"
    assert f'href="/assignments/{assignment}"' in lead.get(f"/review/{visit}").get_data(as_text=True)
    listed = lead.get("/assignments/?state=held").get_data(as_text=True)
    assert f'href="/assignments/{assignment}"' in listed
    assert lead.post(f"/assignments/{assignment}/cancel").status_code == 303
    assert "has been sent" in lead.get(f"/assignments/{assignment}").get_data(as_text=True)
