"""Pictures, sound and place: one tap each, kept on the phone with its hash, and only what the lead allows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.capture.pictures import take_photo
from tests.notes.conftest import CONTENT, Screen, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BYTES = """(id) => Lists.store.readPhoto(id).then((photo) => photo && [...new Uint8Array(photo.bytes)])"""
NO_CAMERA = """() => { navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException("no", "NotAllowedError")); }"""
LEAVE = """() => { Object.defineProperty(document, "hidden", { configurable: true, value: true });
  document.dispatchEvent(new Event("visibilitychange")); delete document.hidden; }"""
IS_FILMING = "!!document.getElementById('view').srcObject?.active"


def files(screen: Screen) -> list[dict[str, Any]]:
    """What the draft says of its photos and memos."""
    found: list[dict[str, Any]] = screen.page.evaluate(CONTENT)["photos"]
    return found


def test_it_takes_a_photo_with_one_tap_and_keeps_it_with_its_hash(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    page = screen.page
    screen.enter()
    page.locator("[data-act=photo]").tap()
    expect(page.locator("#shoot")).to_be_visible()
    screen.tap("#shoot")
    page.locator("#about").select_option("shelf")
    screen.tap("#shoot")
    loose, bound = files(screen)
    assert (loose["question"], bound["question"], bound["type"]) == ("", "shelf", "image/jpeg")
    content = bytes(page.evaluate(BYTES, bound["id"]))
    assert content.startswith(b"\xff\xd8")
    assert hashlib.sha256(content).hexdigest() == bound["sha256"] == bound["original"]
    assert [(each["kind"], each["value"]) for each in screen.events()] == [
        ("photo", loose["id"]),
        ("photo", bound["id"]),
    ]
    assert page.evaluate(IS_FILMING)
    page.locator("[data-act=close]").tap()
    assert not page.evaluate(IS_FILMING)
    screen.tap("#undo")
    assert [each["id"] for each in files(screen)] == [loose["id"]]
    assert page.evaluate(BYTES, bound["id"]) is None


def test_it_stops_filming_when_the_page_is_left(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.enter()
    screen.page.locator("[data-act=photo]").tap()
    expect(screen.page.locator("#shoot")).to_be_visible()
    screen.page.evaluate(LEAVE)
    assert not screen.page.evaluate(IS_FILMING)


def test_it_takes_a_ready_picture_where_the_camera_stays_closed(
    open_screen: Callable[..., Screen], tmp_path: Path
) -> None:
    """It is turned upright, made small and freed of its metadata; the hash of the original is evidence."""
    screen = open_screen()
    screen.enter()
    screen.page.evaluate(NO_CAMERA)
    screen.page.locator("[data-act=photo]").tap()
    expect(screen.page.locator("#shoot")).to_be_hidden()
    original = take_photo(orientation=6)
    path = tmp_path / "receipt.jpg"
    path.write_bytes(original)
    screen.page.locator("#file").set_input_files(path)
    expect(screen.page.locator("#undo")).to_be_enabled()
    (photo,) = files(screen)
    assert photo["original"] == hashlib.sha256(original).hexdigest()
    content = bytes(screen.page.evaluate(BYTES, photo["id"]))
    assert b"Exif" not in content
    path.write_bytes(b"no picture at all")
    screen.page.locator("#file").set_input_files(path)
    expect(screen.page.locator("#kept")).to_have_class("warn")
    assert len(files(screen)) == 1


def test_it_keeps_a_memo_and_ends_it_when_the_page_is_left(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen(recording=True)
    page = screen.page
    screen.enter()
    memo = page.locator("#memo")
    memo.tap()
    expect(memo).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(300)
    screen.tap("#memo")
    expect(memo).to_have_attribute("aria-pressed", "false")
    memo.tap()
    expect(memo).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(300)
    page.evaluate(LEAVE)
    expect(memo).to_have_attribute("aria-pressed", "false")
    wait_until(page, f"{CONTENT}.then(({{ photos }}) => photos.length === 2)")
    first, second = files(screen)
    assert {first["type"], second["type"]} == {"audio/webm"}
    assert [each["value"] for each in screen.events()] == [first["id"], second["id"]]
    assert hashlib.sha256(bytes(page.evaluate(BYTES, first["id"]))).hexdigest() == first["sha256"]


def test_it_notes_the_place_once_and_coarsely(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen(recording=True)
    screen.enter()
    screen.tap("#place")
    (event,) = screen.events()
    assert (event["kind"], event["value"]) == (
        "place",
        {"latitude": 55.7522, "longitude": 37.6156, "accuracy": 20},
    )


def test_it_obeys_at_once_when_the_lead_switches_both_off_again(
    open_screen: Callable[..., Screen], assign: Callable[..., tuple[UUID, str]]
) -> None:
    """A page that the phone has kept since may still offer them; the server's word counts."""
    screen = open_screen(recording=True)
    page = screen.page
    kept = page.content()
    assign(recording=False)
    page.route(f"**{screen.address}", lambda route: route.fulfill(body=kept, content_type="text/html"))
    page.reload()
    expect(page.locator("#memo")).to_have_count(0)
    expect(page.locator("#place")).to_have_count(0)


def test_it_has_neither_where_the_lead_did_not_allow_it(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.enter()
    expect(screen.page.locator("#memo")).to_have_count(0)
    expect(screen.page.locator("#place")).to_have_count(0)
