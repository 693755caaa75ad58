"""The emergency file: it arrives as if the phone had sent it, once, from its auditor's or the lead's page."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from mystery.access.scopes import Reach, load_reach
from mystery.capture.own_visits import derive_visit_id
from mystery.database import db
from mystery.models import Assignment, Photo, User, Visit, VisitState
from mystery.sheets.rescue import Rescued, RescueFault, accept_rescue
from tests.cast import Cast
from tests.phone.copies import make_copy, seal_copy
from tests.phone.device import FIELDS, Device, File, change_fields, take_picture
from tests.phone.evidence import list_flags, load_visit


@pytest.fixture
def owner(cast: Cast) -> UUID:
    """Whose phone it is."""
    return cast.ours.users["auditor"]


@pytest.fixture
def photos() -> list[File]:
    """Two photos of the shelf."""
    return [take_picture(number) for number in (1, 2)]


def test_it_takes_a_copy_with_its_photos(
    reach: Reach, owner: UUID, device: Device, photos: list[File]
) -> None:
    result = accept_rescue(reach, make_copy(device, owner, photos))
    assert result == Rescued(device.visit, "submitted", again=False, differs=False, missing=0)
    visit = load_visit(device.visit)
    assert visit.state == VisitState.SUBMITTED.value
    assert [photo.question for photo in visit.photos] == ["shelf", "shelf"]


def test_it_is_one_visit_whether_the_phone_or_the_file_comes_first(
    reach: Reach, owner: UUID, device: Device, photos: list[File]
) -> None:
    first = accept_rescue(reach, make_copy(device, owner, photos))
    second = accept_rescue(reach, make_copy(device, owner, photos))
    assert isinstance(first, Rescued)
    assert isinstance(second, Rescued)
    assert (first.again, second.again, second.differs) == (False, True, False)
    late = device.report(files=photos)
    assert late.get_json()["again"] is True
    assert {each["id"] for each in late.get_json()["photos"]} == {str(photo.id) for photo in photos}
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 1
    assert db.session.scalar(select(func.count()).select_from(Photo)) == 2


def test_it_goes_on_with_a_photo_that_was_half_sent(
    reach: Reach, owner: UUID, device: Device, photos: list[File]
) -> None:
    device.send_piece(photos[0], 0, photos[0].content[:1000])
    assert isinstance(accept_rescue(reach, make_copy(device, owner, photos)), Rescued)
    assert len(load_visit(device.visit).photos) == 2


def test_it_holds_a_copy_in_which_something_is_open(reach: Reach, owner: UUID, device: Device) -> None:
    result = accept_rescue(reach, make_copy(device, owner, fields=FIELDS[:4]))
    assert isinstance(result, Rescued)
    assert result.state == "held"


def test_it_takes_a_copy_without_a_photo_that_is_lost_and_says_so(
    reach: Reach, owner: UUID, device: Device, photos: list[File]
) -> None:
    """A photo that is nowhere must not keep the rest away; the reviewer is told."""
    content = {"fields": FIELDS, "photos": [photo.named for photo in photos]}
    result = accept_rescue(reach, seal_copy(device, owner, json.dumps(content).encode(), photos[:1]))
    assert isinstance(result, Rescued)
    assert (result.state, result.missing) == ("submitted", 1)
    lost = {"reason": "missing", "upload": str(photos[1].id)}
    assert ("unreadable_file", lost) in list_flags(device.visit)


def test_it_is_handed_in_by_the_lead_too(cast: Cast, owner: UUID, device: Device) -> None:
    copy = make_copy(device, owner)
    for role, foreign in (("manager", False), ("hr", False), ("lead", True), ("auditor", True)):
        company = cast.foreign if foreign else cast.ours
        assert accept_rescue(load_reach(company.users[role]), copy) is RescueFault.NOT_YOURS
    result = accept_rescue(load_reach(cast.ours.users["lead"]), copy)
    assert isinstance(result, Rescued)
    assert load_visit(device.visit).auditor_id == owner


def test_it_is_taken_although_the_assignment_has_moved_on(
    cast: Cast, reach: Reach, owner: UUID, device: Device
) -> None:
    db.session.get_one(Assignment, device.assignment).auditor_id = cast.ours.users["lead"]
    db.session.commit()
    assert isinstance(accept_rescue(reach, make_copy(device, owner)), Rescued)


def test_it_takes_no_assignment_that_was_never_the_auditors(
    cast: Cast, reach: Reach, owner: UUID, auditor: FlaskClient
) -> None:
    """Whoever knows his own key could seal a list of any assignment; he has no ticket for it."""
    theirs = cast.foreign.assignment
    assert theirs is not None
    assert cast.foreign.version is not None
    forged = Device(auditor, derive_visit_id(theirs, owner), cast.foreign.version, theirs)
    assert accept_rescue(reach, make_copy(forged, owner)) is RescueFault.NOT_YOURS
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 0


def test_it_opens_nothing_that_was_altered_or_sealed_by_somebody_else(
    cast: Cast, reach: Reach, owner: UUID, device: Device, photos: list[File]
) -> None:
    copy = make_copy(device, owner, photos)
    stranger = make_copy(device, cast.foreign.users["auditor"], head={"uid": owner.hex})
    swapped = make_copy(device, owner, head={"visit": str(UUID(int=1))})
    for bad in (copy[:-1] + bytes([copy[-1] ^ 1]), stranger, swapped):
        assert accept_rescue(reach, bad) is RescueFault.SEALED_ELSEWHERE
    assert accept_rescue(reach, copy[:-1]) is RescueFault.CUT_OFF
    assert accept_rescue(reach, copy + b"x") is RescueFault.CUT_OFF


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\n",
        b"{}\n",
        b"[]\n",
        b"null\n",
        b"[" * 100_000 + b"\n",
        b"\xff\xfe\n",
        b"x" * 2_000_000,
        json.dumps({"format": "lists-copy", "v": 1}).encode() + b"\n",
        json.dumps({"format": "lists-copy", "v": 2}).encode() + b"\n",
    ],
)
def test_it_takes_nothing_that_is_no_copy(reach: Reach, bad: bytes) -> None:
    assert accept_rescue(reach, bad) is RescueFault.NO_COPY


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("uid", "x"),
        ("visit", 5),
        ("assignment", None),
        ("iv", "AAAA"),
        ("iv", "ä"),
        ("iv", 3),
        ("length", -1),
        ("length", True),
        ("length", "7"),
        ("photos", {}),
        ("photos", [{}]),
        ("photos", [3]),
        ("version", "x"),
    ],
)
def test_it_names_a_first_line_that_makes_no_sense(
    reach: Reach, owner: UUID, device: Device, part: str, value: object
) -> None:
    assert accept_rescue(reach, make_copy(device, owner, head={part: value})) is RescueFault.NO_COPY


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), cut=st.integers(0, 700), letter=st.integers(0, 255))
def test_it_never_breaks_on_a_damaged_file(
    reach: Reach, owner: UUID, device: Device, content: bytes, cut: int, letter: int
) -> None:
    copy = bytearray(seal_copy(device, owner, content))
    copy[min(cut, len(copy) - 1)] = letter
    assert isinstance(accept_rescue(reach, bytes(copy)), (Rescued, RescueFault))


def test_it_is_handed_in_on_the_auditors_page(device: Device, owner: UUID, auditor: FlaskClient) -> None:
    def hand_in(content: bytes) -> tuple[int, str]:
        data = {"file": (io.BytesIO(content), "list-12345678.bin")}
        answer = auditor.post("/capture/rescue", data=data, content_type="multipart/form-data")
        answer.request.environ["wsgi.input"].close()
        return answer.status_code, answer.location or answer.text

    assert auditor.get("/capture/rescue").status_code == 200
    status, page = hand_in(b"")
    assert (status, "Choose the file first." in page) == (422, True)
    status, page = hand_in(b"a shopping list")
    assert (status, "This is no copy of a list." in page) == (422, True)
    assert hand_in(make_copy(device, owner)) == (303, f"/capture/{device.visit}/sent")
    assert "The list has arrived." in auditor.get(f"/capture/{device.visit}/sent").text
    assert "The list had arrived before." in auditor.get(hand_in(make_copy(device, owner))[1]).text


def test_it_keeps_a_copy_that_says_something_else_beside_the_visit(
    reach: Reach, owner: UUID, device: Device
) -> None:
    device.report()
    other = change_fields(FIELDS, a__words="Было иначе")
    result = accept_rescue(reach, make_copy(device, owner, fields=other))
    assert isinstance(result, Rescued)
    assert (result.again, result.differs) == (True, True)


def test_it_refuses_a_file_that_is_too_large(reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mystery.capture.phone.rescue.MOST_RESCUE_BYTES", 10)
    assert accept_rescue(reach, b"x" * 11) is RescueFault.TOO_LARGE


def test_it_is_open_to_a_person_who_was_switched_off_only_through_the_lead(
    cast: Cast, owner: UUID, device: Device, client_of: Callable[..., FlaskClient]
) -> None:
    db.session.get_one(User, owner).active = False
    db.session.commit()
    result = accept_rescue(load_reach(cast.ours.users["lead"]), make_copy(device, owner))
    assert isinstance(result, Rescued)
