"""Drafts: the same list goes on on phone and computer, and a real clash keeps both sides."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from mystery.capture.own_visits import derive_visit_id
from mystery.database import db
from mystery.models import DraftCopy, FlagKind, Visit, VisitFlag
from tests.cast import Cast
from tests.phone.device import FIELDS, Device, change_fields, take_picture
from tests.phone.evidence import count_rows, load_visit

FIRST, LATER = "2026-11-05T15:00:00.000Z", "2026-11-05T15:10:00.000Z"
EVENTS = [{"id": "e1", "at": FIRST, "kind": "tally", "question": "queue", "value": 1}]


def test_it_tells_of_a_list_that_nobody_has_begun(device: Device) -> None:
    draft = device.read()
    assert (draft["state"], draft["revision"], draft["photos"], draft["events"]) == ("none", 0, [], [])
    assert draft["ticket"] == device.ticket
    assert all(value == "" for _name, value in draft["fields"])
    assert count_rows(Visit) == 0


def test_it_begins_with_the_first_draft_and_gives_back_what_was_entered(device: Device) -> None:
    answer = device.save(events=EVENTS, answered={"words": FIRST})
    assert answer.get_json() == {"state": "draft", "revision": 1}
    draft = device.read()
    assert (draft["state"], draft["revision"]) == ("draft", 1)
    assert (draft["events"], draft["answered"]) == (EVENTS, {"words": FIRST})
    given = {(name, value) for name, value in draft["fields"] if value}
    # A browser sends line ends as two characters; scripts see one.
    assert given == {(name, value.replace("\r\n", "\n")) for name, value in FIELDS}


def test_it_saves_again_from_where_it_was_and_the_same_again_is_no_change(device: Device) -> None:
    device.save()
    changed = change_fields(FIELDS, a__words="Ещё раз")
    assert device.save(changed, 1).get_json()["revision"] == 2
    assert device.save(changed, 1).get_json() == {"state": "draft", "revision": 2}
    assert count_rows(DraftCopy) == 0


def test_it_keeps_both_sides_of_a_clash_and_shows_the_other(device: Device) -> None:
    device.save(change_fields(FIELDS, a__words="На компьютере"), answered={"words": LATER}, events=EVENTS)
    answer = device.save(change_fields(FIELDS, a__words="На телефоне"), answered={"words": FIRST})
    assert (answer.status_code, answer.get_json()["error"]) == (409, "clash")
    theirs = answer.get_json()
    assert (theirs["revision"], theirs["answered"], theirs["events"]) == (1, {"words": LATER}, EVENTS)
    assert ["a.words", "На компьютере"] in theirs["fields"]
    kept = " ".join(db.session.scalars(select(DraftCopy.content)))
    assert "На компьютере" in kept
    assert "На телефоне" in kept
    assert "На компьютере" in load_visit(device.visit).draft


def test_it_is_no_clash_when_a_phone_never_heard_of_its_own_last_save(device: Device) -> None:
    """The reply was lost: the phone goes on from the older revision, and yet from this very draft.

    Its clock may have been set back in between: who wrote counts, not when.
    """
    device.save(FIELDS[:5], 0, answered={"mood": LATER}, writer="phone")
    for revision, words in ((2, "Дальше"), (3, "Ещё дальше")):
        later = change_fields(FIELDS[:5], a__words=words)
        answer = device.save(later, 0, answered={"mood": FIRST, "words": FIRST}, writer="phone")
        assert answer.get_json() == {"state": "draft", "revision": revision}
        assert words in load_visit(device.visit).draft
    assert count_rows(DraftCopy) == 2, "even so the earlier ones are kept"


def test_it_is_not_turned_back_by_an_earlier_save_that_the_network_delivers_late(device: Device) -> None:
    """A page was left while its save hung; the next page has saved more since."""
    later = change_fields(FIELDS, a__words="Второе слово")
    assert device.save(later, 0, writer="phone", turn=7).get_json()["revision"] == 1
    late = device.save(FIELDS[:5], 0, writer="phone", turn=3)
    assert late.get_json() == {"state": "draft", "revision": 0}, "it has to take over what came later"
    assert "Второе слово" in load_visit(device.visit).draft
    refused = device.report(FIELDS[:5], strict=True, writer="phone", turn=3)
    assert (refused.status_code, refused.get_json()["revision"]) == (422, 1)
    assert "Второе слово" in load_visit(device.visit).draft
    assert device.save(FIELDS[:5], 1, writer="phone", turn=8).get_json()["revision"] == 2


def test_it_hears_nothing_new_from_a_full_phone_that_has_posted_its_page_instead(device: Device) -> None:
    """The store kept an earlier state, which is sent when there is room again."""
    early = change_fields(FIELDS, a__words="")
    device.save(early, 0, writer="phone", turn=4)
    page = f"/capture/{device.visit}/{device.version}"
    entered = MultiDict((name, value) for name, value in FIELDS)
    origin = {"revision": "0", "writer": "phone", "turn": "6"}
    posted = device.browser.post(page, data=entered | origin | {"action": "save"})
    assert posted.status_code == 303, "it is no clash with itself"
    assert "turn" in load_visit(device.visit).draft
    sent = device.browser.post(page, data=entered | origin | {"action": "send"})
    assert (sent.status_code, sent.location) == (303, f"/capture/{device.visit}/sent")
    again = device.report(early, writer="phone", turn=4).get_json()
    assert (again["state"], again["differs"]) == ("submitted", False)
    assert count_rows(VisitFlag) == 0


def test_it_shows_the_reviewer_what_an_earlier_report_does_not_say(device: Device) -> None:
    """The report was taken back and mended on the phone, and yet arrived."""
    device.save(change_fields(FIELDS, a__words="Второе слово"), 0, writer="phone", turn=7)
    assert device.report(writer="phone", turn=3, revision=1).get_json()["state"] == "submitted"
    kept = " ".join(db.session.scalars(select(DraftCopy.content)))
    assert "Второе слово" in kept
    (flag,) = db.session.scalars(select(VisitFlag))
    assert flag.kind == FlagKind.DIFFERS.value


@pytest.mark.parametrize("other", ["phone", ""])
def test_it_is_a_clash_when_another_device_has_saved_since(device: Device, other: str) -> None:
    """Also when the second answer was given later: its phone knows nothing of the first."""
    device.save(
        change_fields(FIELDS, a__words="С ПК: Ольга"), 0, answered={"words": FIRST}, writer="computer"
    )
    mine = change_fields(FIELDS, a__words="С телефона: Инна")
    answer = device.save(mine, 0, answered={"words": LATER}, writer=other)
    assert answer.status_code == 409
    assert ["a.words", "С ПК: Ольга"] in answer.get_json()["fields"]
    assert "Ольга" in load_visit(device.visit).draft


def test_it_is_no_clash_when_two_devices_say_the_same(device: Device) -> None:
    device.save(FIELDS, 0, answered={"words": FIRST}, writer="computer")
    answer = device.save(FIELDS, 0, answered={"words": LATER}, writer="phone")
    assert answer.get_json() == {"state": "draft", "revision": 2}


def test_it_says_when_the_list_is_sent_already_and_keeps_the_draft_beside_it(device: Device) -> None:
    device.report()
    assert device.save(FIELDS[:5], 0).get_json() == {"state": "submitted"}
    assert count_rows(DraftCopy) == 1


def test_it_goes_on_on_a_computer_without_losing_what_the_phone_noted(device: Device) -> None:
    """The plain form knows nothing of moments: they stay beside what it saves."""
    device.save(FIELDS[:5], 0, answered={"mood": FIRST}, events=EVENTS)
    page = f"/capture/{device.visit}/{device.version}"
    saved = device.browser.post(page, data={"revision": "1", "c.wait": "Длинный рассказ", "action": "save"})
    assert (saved.status_code, saved.location) == (303, f"{page}?saved=1")
    draft = device.read()
    assert (draft["revision"], draft["answered"], draft["events"]) == (2, {"mood": FIRST}, EVENTS)
    assert ["c.wait", "Длинный рассказ"] in draft["fields"]


def test_it_shows_the_photos_of_phone_and_computer(device: Device) -> None:
    photo = take_picture()
    device.upload(photo)
    listed = device.read()["photos"]
    assert [(each["id"], each["question"], each["sha256"]) for each in listed] == [
        (str(photo.id), "shelf", photo.sha256)
    ]
    shown = device.browser.get(listed[0]["url"])
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")


def test_it_removes_a_photo_and_what_is_still_on_its_way(device: Device) -> None:
    photo, late = take_picture(1), take_picture(2)
    device.upload(photo)
    shown = device.read()["photos"][0]["url"]
    device.save(removed=[str(photo.id), str(late.id)])
    assert device.read()["photos"] == []
    assert device.browser.get(shown).status_code == 404
    for each in (photo, late):
        assert device.upload(each).headers["Upload-State"] == "removed"
    assert device.report(files=[photo, late], removed=[str(photo.id)]).status_code == 200


def test_it_tells_a_phone_that_a_photo_was_removed_on_the_computer(device: Device) -> None:
    photo = take_picture()
    device.upload(photo)
    page = f"/capture/{device.visit}/{device.version}"
    device.browser.post(page, data={"revision": "0", "action": f"remove:{photo.id}:q-shelf"})
    assert device.ask(photo).headers["Upload-State"] == "removed"
    assert device.report(files=[photo]).get_json()["photos"] == [
        {"id": str(photo.id), "sha256": photo.sha256}
    ], "the phone need not keep it"


def test_it_removes_a_photo_that_the_plain_form_had_added(device: Device) -> None:
    device.save()
    page = f"/capture/{device.visit}/{device.version}"
    data = {"revision": "1", "action": "save", "p.shelf": (take_picture().stream, "shelf.jpg")}
    device.browser.post(page, data=data, content_type="multipart/form-data").close()
    (listed,) = device.read()["photos"]
    device.save(revision=2, removed=[listed["id"]])
    assert device.read()["photos"] == []


def test_it_keeps_text_that_no_database_would_take(device: Device) -> None:
    words = "a\u0000b \ud83d c \U0001f600"
    body = json.dumps(device.make_body([["a.words", words]], revision=0))
    answer = device.browser.put(f"{device.address}/draft", data=body, content_type="application/json")
    assert answer.status_code == 200
    assert ["a.words", "a\ufffdb \ufffd c \U0001f600"] in device.read()["fields"]


def test_it_goes_by_the_derived_id_even_where_a_visit_has_another(cast: Cast, device: Device) -> None:
    db.session.add(
        Visit(
            assignment_id=device.assignment,
            version_id=device.version,
            unit_id=cast.ours.units["N1"],
            auditor_id=cast.ours.users["auditor"],
        )
    )
    db.session.commit()
    assert device.visit == derive_visit_id(device.assignment, cast.ours.users["auditor"])
    assert device.save().get_json()["revision"] == 1
    assert device.upload(take_picture()).headers["Upload-State"] == "kept"
    assert device.report(files=[], answered={}).get_json()["state"] == "submitted"
    assert count_rows(Visit) == 1
