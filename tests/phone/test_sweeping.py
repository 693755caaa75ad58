"""Sweeping: what no phone goes on with is cleared away, and nothing that may still come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from mystery.access.scopes import NotYours
from mystery.capture.phone.sweeping import Swept, sweep_unfinished
from mystery.cli import mystery
from mystery.clock import now
from mystery.database import db
from mystery.models import Upload
from mystery.storage import media_store
from tests.phone.device import FIELDS, Device, File, take_picture
from tests.phone.evidence import count_rows, list_flags, load_upload, load_visit

LATER = timedelta(days=31)
# Long after the window of the assignment (which ends with 2027) and the 60 days of its ticket.
TICKET_OVER = datetime(2028, 6, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_store(device: Device) -> None:
    """The media store is the same for all tests; what others left on its way is not ours to count."""
    media_store().delete_under("uploads")


def send_half(device: Device, number: int = 0) -> File:
    """A photo of which only the first bytes have arrived."""
    photo = take_picture(number)
    assert device.send_piece(photo, 0, photo.content[:500]).status_code == 204
    return photo


def list_keys() -> list[str]:
    """What lies in the media store of files on their way."""
    return [key for key, _at in media_store().list_written("uploads")]


def test_it_clears_away_what_was_cut_off_before_the_visit_was_sent(device: Device) -> None:
    photo = send_half(device)
    device.report()
    assert sweep_unfinished(at=now() + LATER) == Swept(1, 0)
    assert (list_keys(), count_rows(Upload)) == ([], 0)
    assert device.ask(photo).status_code == 404, "a phone that goes on begins anew"
    assert device.upload(photo).status_code == 204
    assert [kind for kind, _detail in list_flags(device.visit)] == ["unreadable_file"], "it came late"


@pytest.mark.parametrize("days", [0, 29])
def test_it_leaves_what_was_touched_within_thirty_days(device: Device, days: int) -> None:
    send_half(device)
    device.report()
    assert sweep_unfinished(at=now() + timedelta(days=days)) == Swept(0, 0)
    assert len(list_keys()) == 1


def test_it_goes_by_the_last_piece_and_not_by_the_first(device: Device) -> None:
    """A phone that sends a little every week is still sending."""
    photo = send_half(device)
    device.report()
    load_upload(photo.id).begun_at = now() - timedelta(days=90)
    db.session.commit()
    assert sweep_unfinished() == Swept(0, 0)


def test_it_leaves_a_visit_alone_that_may_still_come(device: Device) -> None:
    photo = send_half(device)
    assert sweep_unfinished(at=now() + LATER) == Swept(0, 0)
    assert device.upload(photo).status_code == 204
    assert device.report(files=[photo]).get_json()["state"] == "submitted"


def test_it_clears_away_a_visit_that_can_no_longer_come(device: Device) -> None:
    send_half(device)
    assert sweep_unfinished(at=TICKET_OVER) == Swept(1, 0)
    assert (list_keys(), load_visit(device.visit).state) == ([], "draft"), "the draft itself stays"


def test_it_leaves_a_returned_visit_alone(device: Device) -> None:
    send_half(device)
    device.report(FIELDS[:6])
    visit = load_visit(device.visit)
    visit.state, visit.raw_answers, visit.submitted_at = "draft", None, None
    visit.returned_reason = "Добавьте фото."
    db.session.commit()
    assert sweep_unfinished(at=now() + LATER) == Swept(0, 0)


def test_it_keeps_a_file_that_is_here_whole(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server was stopped between the last piece and the photo; nobody asked again."""
    photo = take_picture()
    with monkeypatch.context() as stopped:
        stopped.setattr("mystery.capture.phone.uploads.finish_upload", _stop)
        assert device.send_piece(photo, 0).status_code == 404, "cut off"
    assert sweep_unfinished(at=TICKET_OVER) == Swept(0, 1)
    assert [each.id for each in load_visit(device.visit).photos] == [photo.id]
    assert list_keys() == []


def test_it_clears_away_pieces_of_a_photo_that_is_kept_already(device: Device) -> None:
    photo = take_picture()
    device.upload(photo)
    media_store().put(f"uploads/{device.visit.hex}/{photo.id.hex}/0", b"left over")
    assert sweep_unfinished(at=now() + LATER) == Swept(1, 0)
    assert list_keys() == []
    assert len(load_visit(device.visit).photos) == 1


def test_it_never_touches_a_file_that_nobody_could_read(device: Device) -> None:
    junk = File(b"this is no picture at all", "shelf")
    device.upload(junk)
    device.report(files=[junk])
    before = list_keys()
    assert len(before) == 1
    assert sweep_unfinished(at=TICKET_OVER) == Swept(0, 0)
    assert list_keys() == before


def test_it_is_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYSTERY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MYSTERY_SECRET_KEY", "c" * 40)
    for command in (["db", "upgrade"], ["db", "sweep"]):
        result = CliRunner().invoke(mystery, command)
        assert result.exit_code == 0, result.output
    assert result.output == "0 unfinished files were cleared away, 0 whole ones are kept.\n"


def _stop(*_arguments: object) -> None:
    raise NotYours
