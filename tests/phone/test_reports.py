"""The report: one visit, however often, from wherever and in whatever order it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, DraftCopy, Photo, Visit, VisitFlag, VisitState
from tests.capture.checklists import COMPLETE
from tests.cast import Cast
from tests.factories import make_assignment, make_submitted_visit
from tests.phone.device import FIELDS, Device, Fields, change_fields, take_picture
from tests.phone.evidence import count_rows, list_flags, load_visit

OTHER = change_fields(FIELDS, a__words="Было иначе")
NO_TIME = [entry for entry in FIELDS if not entry[0].startswith("v.")]


def return_visit(device: Device, reason: str = "Фото чека нет") -> None:
    """What the review desk does when it gives a held visit back."""
    visit = load_visit(device.visit)
    raised = update(VisitFlag).where(VisitFlag.visit_id == visit.id, VisitFlag.kind == "incomplete")
    db.session.execute(raised.values(settled_at=now(), decision="returned"))
    values = {"state": "draft", "raw_answers": None, "submitted_at": None, "returned_reason": reason}
    revision = {"draft": visit.raw_answers, "draft_revision": visit.draft_revision + 1}
    db.session.execute(update(Visit).where(Visit.id == visit.id).values(**values, **revision))
    db.session.commit()


def test_it_takes_a_visit_that_nobody_had_begun_here(device: Device) -> None:
    answer = device.report()
    assert answer.status_code == 200, answer.text
    assert answer.get_json() == {"state": "submitted", "again": False, "differs": False, "photos": []}
    visit = load_visit(device.visit)
    assert (visit.state, len(visit.answers)) == (VisitState.SUBMITTED.value, 16)
    assert {answer.question: answer.value for answer in visit.answers}["offers"] == '["bag","card"]'


def test_it_answers_a_second_report_the_same_and_changes_nothing(device: Device) -> None:
    first = device.report()
    before = load_visit(device.visit).submitted_at
    second = device.report()
    assert second.get_json() == {**first.get_json(), "again": True}
    assert load_visit(device.visit).submitted_at == before
    assert (count_rows(Visit), count_rows(DraftCopy), list_flags(device.visit)) == (1, 0, [])


def test_it_takes_the_plain_form_and_the_script_for_one_sender(device: Device) -> None:
    """The same answers, sent once as a page and once by the script, are one visit without a question."""
    page = f"/capture/{device.visit}/{device.version}"
    sent = device.browser.post(page, data={**COMPLETE, "revision": "0", "action": "send"})
    assert sent.location == f"/capture/{device.visit}/sent"
    answer = device.report(answered={"words": "2026-11-05T15:00:00.000Z"})
    assert (answer.get_json()["again"], answer.get_json()["differs"]) == (True, False)
    assert list_flags(device.visit) == []


def test_it_keeps_what_differs_beside_the_visit_and_tells_the_reviewer(device: Device) -> None:
    device.report()
    answer = device.report(OTHER).get_json()
    assert (answer["state"], answer["again"], answer["differs"]) == ("submitted", True, True)
    device.report(OTHER)
    copy = db.session.scalars(select(DraftCopy)).one()
    assert "Было иначе" in copy.content
    assert list_flags(device.visit) == [("differs", {"copy": copy.content_hash})]
    assert "Было иначе" not in (load_visit(device.visit).raw_answers or "")


@pytest.mark.parametrize(
    ("fields", "has_time"),
    [(FIELDS[:5], True), ([], False), (NO_TIME, False), (change_fields(FIELDS, a__queue="много"), True)],
)
def test_it_never_refuses_a_report_for_what_is_still_open(
    device: Device, fields: Fields, has_time: bool
) -> None:
    """Held as it was sent; of the facts nothing is made up."""
    answer = device.report(fields)
    assert (answer.status_code, answer.get_json()["state"]) == (200, "held")
    visit = load_visit(device.visit)
    assert (visit.state, visit.final, visit.answers) == ("held", None, [])
    assert (visit.visited_at is not None, visit.visited_on is not None) == (has_time, has_time)
    assert list_flags(device.visit) == [("incomplete", {"revision": 0})]
    assert device.report(fields).get_json() == {**answer.get_json(), "again": True}
    assert list_flags(device.visit) == [("incomplete", {"revision": 0})]


def test_it_tells_the_problems_to_whoever_is_still_there_and_keeps_the_draft(device: Device) -> None:
    answer = device.report(FIELDS[:5], strict=True)
    assert (answer.status_code, answer.get_json()["error"]) == (422, "problems")
    problems = answer.get_json()["problems"]
    assert {"anchor": "q-words", "number": "2.5", "text": "Answer the question."} in problems
    assert answer.get_json()["revision"] == 1
    draft = device.read()
    assert (draft["state"], draft["revision"]) == ("draft", 1)
    assert ["a.greeted", "yes"] in draft["fields"]
    assert device.report(strict=True, revision=1).get_json()["state"] == "submitted"
    assert list_flags(device.visit) == []


def test_it_says_why_a_file_was_no_photo_where_one_is_wanted(device: Device) -> None:
    """Beside the question stands what is wrong with the file, and not only that a photo is missing."""
    note = replace(take_picture(question="receipt"), content=b"bread, milk, tea")
    device.upload(note)
    fields = [entry for entry in FIELDS if entry[0] != "a.receipt"]
    answer = device.report(fields, files=[note], strict=True)
    assert answer.status_code == 422
    told = [each["text"] for each in answer.get_json()["problems"] if each["anchor"] == "q-receipt"]
    assert told[1:] == ["This is no photo. Choose a JPEG, PNG or WebP file."]
    # Where the question is answered otherwise, the file is for the reviewer to look at.
    assert device.report(files=[note], strict=True, revision=1).get_json()["state"] == "submitted"


def test_it_asks_before_a_refused_report_takes_the_place_of_another_draft(device: Device) -> None:
    """Somebody is there to choose. A ticket reads nothing, so what stands here is told with the draft."""
    device.save(change_fields(FIELDS, a__words="С компьютера"), 0, writer="computer")
    answer = device.report(FIELDS[:5], strict=True, writer="phone", revision=0)
    assert (answer.status_code, set(answer.get_json())) == (409, {"error", "text"})
    assert answer.get_json()["error"] == "clash"
    assert "С компьютера" in load_visit(device.visit).draft
    assert device.save(FIELDS[:5], 0, writer="phone").status_code == 409
    assert db.session.scalar(select(func.count()).select_from(DraftCopy)) == 2, "both are kept"
    # Whoever has chosen goes on from what he has seen.
    chosen = device.report(FIELDS[:5], strict=True, writer="phone", revision=1)
    assert (chosen.status_code, chosen.get_json()["revision"]) == (422, 2)


def test_it_takes_a_visit_that_came_back_mended(device: Device) -> None:
    device.report(FIELDS[:5])
    return_visit(device)
    draft = device.read()
    assert (draft["state"], draft["returned"]) == ("draft", "Фото чека нет")
    assert device.report().get_json() == {
        "state": "submitted", "again": False, "differs": False, "photos": [],
    }  # fmt: skip
    visit = load_visit(device.visit)
    assert (visit.state, visit.returned_reason, len(visit.answers)) == ("submitted", "", 16)


def test_it_flags_a_visit_that_came_back_half_mended_once_more(device: Device) -> None:
    device.report(FIELDS[:5])
    return_visit(device)
    assert device.report(FIELDS[:7]).get_json()["state"] == "held"
    flags = db.session.scalars(select(VisitFlag).where(VisitFlag.kind == "incomplete")).all()
    assert [flag.settled_at is None for flag in flags].count(True) == 1


def test_it_leaves_a_returned_visit_with_its_auditor_when_an_old_report_is_repeated(device: Device) -> None:
    """A phone that never heard that its report had arrived sends it once more after the return."""
    device.report(FIELDS[:5])
    return_visit(device)
    answer = device.report(FIELDS[:5]).get_json()
    assert (answer["state"], answer["again"]) == ("held", True)
    assert load_visit(device.visit).state == "draft"
    assert device.read()["returned"] == "Фото чека нет"


def test_it_names_the_photos_that_are_still_missing(device: Device) -> None:
    here, missing = take_picture(1), take_picture(2)
    device.upload(here)
    answer = device.report(files=[here, missing])
    assert (answer.status_code, answer.get_json()["missing"]) == (409, [str(missing.id)])
    assert load_visit(device.visit).state == "draft"
    device.upload(missing)
    assert len(device.report(files=[here, missing]).get_json()["photos"]) == 2


def test_it_counts_a_photo_whose_hash_is_another_as_missing(device: Device) -> None:
    photo, other = take_picture(1), take_picture(2)
    device.upload(photo)
    other.id = photo.id
    assert device.report(files=[other]).get_json()["missing"] == [str(photo.id)]


def test_it_names_only_hashes_that_were_verified(device: Device) -> None:
    photo = take_picture()
    device.upload(photo)
    named = [{**photo.named, "sha256": ""}]
    answer = device.browser.put(f"{device.address}/report", json=device.make_body(photos=named))
    assert answer.get_json()["photos"] == [{"id": str(photo.id), "sha256": photo.sha256}]


def test_it_sets_the_second_visit_of_an_assignment_aside(cast: Cast, device: Device) -> None:
    db.session.get_one(Assignment, device.assignment).auditor_id = cast.ours.users["lead"]
    db.session.commit()
    assignment = db.session.get_one(Assignment, device.assignment)
    other = Visit(
        assignment_id=assignment.id,
        version_id=device.version,
        unit_id=assignment.unit_id,
        auditor_id=cast.ours.users["lead"],
        state="submitted",
        submitted_at=now(),
        visited_at=now(),
        visited_on=now().date(),
        raw_answers="{}",
    )
    db.session.add(other)
    db.session.commit()
    assert device.report().get_json()["state"] == "set_aside"
    assert list_flags(device.visit) == [("set_aside", {})]


@pytest.mark.parametrize(("minutes", "flagged"), [(0, False), (14, False), (-16, True), (20_000, True)])
def test_it_notes_how_wrong_the_phones_clock_is(device: Device, minutes: int, flagged: bool) -> None:
    moment = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        device.report(at=(moment + timedelta(minutes=minutes)).isoformat())
    assert load_visit(device.visit).clock_skew_seconds == minutes * 60
    assert list_flags(device.visit) == ([("clock", {"seconds": minutes * 60})] if flagged else [])


@pytest.mark.parametrize("said", [None, "", "yesterday", 5, "2026-11-22T10:00", "0001-01-01T00:00:00+23:59"])
def test_it_asks_for_no_clock(device: Device, said: object) -> None:
    assert device.report(at=said).status_code == 200
    assert load_visit(device.visit).clock_skew_seconds is None


def test_it_keeps_a_draft_that_was_saved_from_elsewhere_and_says_more(device: Device) -> None:
    """A long comment typed on a computer must not vanish because the phone had not heard of it."""
    page = f"/capture/{device.visit}/{device.version}"
    device.browser.post(page, data={"revision": "0", "c.wait": "Длинный рассказ", "action": "save"})
    assert device.report(answered={"words": "2026-11-05T15:00:00.000Z"}).get_json()["state"] == "submitted"
    copy = db.session.scalars(select(DraftCopy)).one()
    assert "Длинный рассказ" in copy.content
    assert list_flags(device.visit) == [("differs", {"copy": copy.content_hash})]


def test_it_knows_its_own_earlier_draft(device: Device) -> None:
    device.save(FIELDS[:5])
    assert device.report(revision=1).get_json()["state"] == "submitted"
    assert list_flags(device.visit) == []


def test_it_takes_a_visit_whose_assignment_was_cancelled(device: Device) -> None:
    db.session.get_one(Assignment, device.assignment).cancelled_at = now()
    db.session.commit()
    assert device.report().get_json()["state"] == "submitted"


def test_it_takes_no_other_version_and_no_other_assignment(cast: Cast, device: Device) -> None:
    assert device.report(version=str(cast.ours.version)).status_code == 404
    assert device.report(version=str(device.visit)).status_code == 404
    device.ticket = ""
    assert device.report(assignment=str(make_assignment(cast))).status_code == 404
    assert device.report(visit=str(device.version)).status_code == 400


def test_it_shows_nobody_else_that_there_is_such_a_visit(cast: Cast, device: Device) -> None:
    foreign = make_submitted_visit(cast, foreign=True)
    theirs = Device(device.browser, foreign, device.version, device.assignment)
    unknown = Device(device.browser, device.version, device.version, device.assignment)
    for stranger in (theirs, unknown):
        for answer in (stranger.report(), stranger.save(), stranger.send_piece(take_picture(), 0)):
            assert (answer.status_code, answer.get_json()["error"]) == (404, "not_yours")
        assert stranger.browser.get(f"{stranger.address}/draft").status_code == 404
    assert count_rows(Photo) == 0


def test_it_shows_the_auditor_that_the_reviewer_is_looking(device: Device) -> None:
    device.report(NO_TIME)
    page = device.browser.get("/capture").text
    assert "Arrived, being looked at" in page
    sent = device.browser.get(f"/capture/{device.visit}/sent")
    assert (sent.status_code, "comes back to you" in sent.text) == (200, True)
    return_visit(device, "Какое время?")
    page = device.browser.get("/capture").text
    assert "Какое время?" in page
