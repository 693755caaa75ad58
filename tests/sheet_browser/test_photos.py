"""Photos: kept at once as they were chosen, made smaller afterwards, never called kept when they are not."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.capture.pictures import MAKER, ORIENTATION, draw, encode, take_photo
from tests.sheet_browser.sheet_page import (
    SEND_DRAFT,
    TROUBLE,
    WAITING,
    expect_kept,
    expect_line,
    fill_in,
    press_send,
    press_way,
    read_record,
    read_words,
    tap,
    wait_until,
    write_file,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sheet")]

SECONDS_FOR_A_LARGE_PHOTO = 1.5
LARGE = 5_000_000
BLOB = re.compile("^blob:")
READ_PHOTO = """async (id) => {
  const { bytes, sha256 } = await Lists.store.readPhoto(id);
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return { sha256, text: btoa(text) };
}"""
# A photo as the screen for the time of a visit takes it: no question is its own yet.
TAKE_ON_THE_SPOT = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
  const bytes = await (await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"))).arrayBuffer();
  const [id, type, sha256] = [crypto.randomUUID(), "image/jpeg", await Lists.store.hash(bytes)];
  const [size, at] = [bytes.byteLength, new Date().toISOString()];
  const photo = { id, question: "", sha256, original: sha256, size, type, at };
  const change = (content) => content.photos.push(photo);
  await Lists.store.write(document.body.dataset.visit, change, { photo: { id, bytes, type, sha256 } });
}"""
# Everything but photos goes on: they wait, or there is no room for them.
HOLD_PHOTOS = """() => {
  const { write } = Lists.store;
  const gate = new Promise((resolve) => { self.letThrough = resolve; });
  Lists.store.write = async (visit, change, options) => {
    if (options?.photo) await gate;
    return write(visit, change, options);
  };
}"""
FILL_PHONE = """() => {
  const { write } = Lists.store;
  self.makeRoom = () => { Lists.store.write = write; };
  Lists.store.write = async (visit, change, options) => {
    if (options?.photo) throw new DOMException("full", "QuotaExceededError");
    return write(visit, change, options);
  };
}"""
MEASURE = """() => {
  self.took = new Promise((resolve) => {
    let began = 0;
    const input = document.querySelector("[name='p.receipt'][multiple]");
    input.addEventListener("input", () => { began = performance.now(); }, { capture: true });
    const look = () => {
      if (began && document.querySelector("figure:not(.wait)")) resolve(performance.now() - began);
      else setTimeout(look, 5);
    };
    look();
  });
}"""


def choose(page: Page, *files: Path) -> None:
    """Choose pictures for the receipt."""
    page.locator("[name='p.receipt'][multiple]").set_input_files(list(files))


def read_photos(page: Page) -> list[dict[str, Any]]:
    """What the phone knows of its photos."""
    photos: list[dict[str, Any]] = read_record(page)["content"]["photos"]
    return photos


def read_bytes(page: Page, photo_id: str) -> bytes:
    """The bytes that the phone keeps and will send."""
    found = page.evaluate(READ_PHOTO, photo_id)
    content = base64.b64decode(found["text"])
    assert found["sha256"] == hashlib.sha256(content).hexdigest()
    return content


def wait_until_small(page: Page) -> dict[str, Any]:
    """The one photo, as soon as nothing more is done to it."""
    wait_until(page, lambda: [photo["raw"] for photo in read_photos(page)] == [False])
    return read_photos(page)[0]


def make_large_photo(size: int) -> bytes:
    """A photo of twelve megapixels that weighs so many bytes."""
    noise = Image.frombytes("RGB", (500, 375), os.urandom(500 * 375 * 3)).resize((4000, 3000))
    content = encode(noise, quality=90)
    return content + bytes(max(0, size - len(content)))


def test_it_makes_a_photo_small_upright_and_anonymous(phone: Page, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "SecretPhone of auditor 7", 6
    original = encode(draw(3000, 2000), exif=exif)
    choose(phone, write_file(tmp_path, "receipt.jpg", original))
    photo = wait_until_small(phone)
    assert (photo["original"], photo["question"]) == (hashlib.sha256(original).hexdigest(), "receipt")
    content = read_bytes(phone, photo["id"])
    assert (photo["sha256"], photo["size"]) == (hashlib.sha256(content).hexdigest(), len(content))
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1333, 2000))
        assert not picture.getexif()
    assert b"SecretPhone" not in content
    expect_kept(phone)
    expect(phone.locator("#done")).to_have_text("1")
    phone.reload()
    image = phone.locator("#q-receipt figure img")
    expect(image).to_have_attribute("src", BLOB)
    assert image.evaluate("(image) => image.decode().then(() => image.naturalHeight)") == 2000


def test_it_does_not_call_a_photo_saved_before_it_is(phone: Page, tmp_path: Path) -> None:
    phone.evaluate(HOLD_PHOTOS)
    choose(phone, write_file(tmp_path, "receipt.jpg", take_photo()))
    expect(phone.locator("#q-receipt figure.wait")).to_have_count(1)
    expect_line(phone, WAITING, "keeping")
    # What is typed meanwhile does not have to wait for the photo.
    phone.locator("[name='a.words']").fill("Быстрее фото")
    typed = ["a.words", "Быстрее фото"]
    wait_until(phone, lambda: typed in read_record(phone)["content"]["fields"])
    expect_line(phone, WAITING, "keeping")
    phone.evaluate("letThrough()")
    expect_kept(phone)
    expect(phone.locator("#q-receipt figure:not(.wait)")).to_have_count(1)


def test_it_says_that_the_phone_is_full_and_tries_again(phone: Page, tmp_path: Path) -> None:
    phone.evaluate(FILL_PHONE)
    choose(phone, write_file(tmp_path, "receipt.jpg", take_photo()))
    expect_line(phone, TROUBLE, "full")
    with phone.expect_download() as download:
        press_way(phone, "copy")
    assert download.value.suggested_filename
    phone.evaluate("makeRoom()")
    press_way(phone, "again")
    expect_kept(phone)
    assert len(read_photos(phone)) == 1


def test_it_removes_a_photo(phone: Page, tmp_path: Path) -> None:
    choose(
        phone,
        write_file(tmp_path, "1.jpg", take_photo()),
        write_file(tmp_path, "2.jpg", take_photo(orientation=6)),
    )
    expect(phone.locator("#q-receipt figure:not(.wait)")).to_have_count(2)
    phone.locator("#q-receipt figure button").first.click()
    expect(phone.locator("#q-receipt figure")).to_have_count(1)
    phone.locator("#q-receipt figure button").click()
    expect(phone.locator("#q-receipt figure")).to_have_count(0)
    expect_kept(phone)
    expect(phone.locator("#done")).to_have_text("0")
    phone.reload()
    expect_kept(phone)
    assert read_photos(phone) == []
    expect(phone.locator("#q-receipt figure")).to_have_count(0)


def test_it_keeps_a_picture_that_it_cannot_show(phone: Page, tmp_path: Path) -> None:
    heic = bytes(4) + b"ftypheic" + os.urandom(4000)
    choose(phone, write_file(tmp_path, "IMG_0042.heic", heic))
    expect(phone.locator("#q-receipt figure .warn")).to_have_text(read_words(phone)["unseen"])
    photo = wait_until_small(phone)
    assert read_bytes(phone, photo["id"]) == heic
    expect_kept(phone)
    phone.reload()
    expect(phone.locator("#q-receipt figure .warn")).to_have_text(read_words(phone)["unseen"])


def test_it_says_that_a_file_is_no_picture_before_and_after_it_was_sent(phone: Page, tmp_path: Path) -> None:
    """Where a photo is required, the server names the very reason beside the question."""
    fill_in(phone)
    tap(phone, "receipt", "n/a")
    choose(phone, write_file(tmp_path, "note.jpg", b"bread, milk, tea"))
    no_photo = read_words(phone)["no_photo"]
    expect(phone.locator("#q-receipt figure .warn")).to_have_text(no_photo)
    expect_kept(phone)
    press_send(phone)
    expect(phone.locator("#q-receipt .mend")).to_contain_text(no_photo)
    expect(phone.locator("#q-receipt .mend p")).to_have_count(2)


def test_it_asks_to_which_question_a_photo_of_the_visit_belongs(phone: Page) -> None:
    phone.evaluate(TAKE_ON_THE_SPOT)
    phone.reload()
    tray = phone.locator("#tray")
    expect(tray.locator("figure img")).to_have_attribute("src", BLOB)
    fill_in(phone)
    press_send(phone)
    expect(phone.locator("#problems")).to_contain_text(read_words(phone)["unplaced"])
    tray.locator("select").select_option("shelf")
    expect(tray).to_have_count(0)
    expect(phone.locator("#q-shelf figure img")).to_have_attribute("src", BLOB)
    expect_kept(phone)
    assert [photo["question"] for photo in read_photos(phone)] == ["shelf"]
    press_send(phone)
    expect(phone.locator("#sent")).to_contain_text(read_words(phone)["photos"].replace("#", "1"))
    phone.locator("#sent a").click()
    phone.wait_for_url("**/sent")


def test_it_places_a_photo_on_a_computer_that_the_phone_has_taken(
    phone: Page, open_phone: Callable[..., Page]
) -> None:
    phone.evaluate(TAKE_ON_THE_SPOT)
    fill_in(phone)
    expect_kept(phone)
    assert phone.evaluate(SEND_DRAFT)["state"] == "draft"
    desk = open_phone("desk")
    desk.goto(phone.url)
    expect(desk.locator("#tray figure img")).to_have_attribute("src", re.compile("^/capture/"))
    desk.locator("#tray select").select_option("shelf")
    expect(desk.locator("#tray")).to_have_count(0)
    expect_kept(desk)
    press_send(desk)
    expect(desk.locator("#sent")).to_contain_text(read_words(desk)["photos"].replace("#", "1"))
    desk.locator("#sent a").click()
    desk.wait_for_url("**/sent")


def test_it_keeps_five_megabytes_soon_on_a_slow_phone(phone: Page, tmp_path: Path) -> None:
    """The budget of capture.md, with the processor four times slower; the best of three counts."""
    large = write_file(tmp_path, "large.jpg", make_large_photo(LARGE))
    phone.context.new_cdp_session(phone).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    seconds: list[float] = []
    while len(seconds) < 3 and min(seconds, default=9) > SECONDS_FOR_A_LARGE_PHOTO:
        phone.evaluate(MEASURE)
        choose(phone, large)
        seconds.append(phone.evaluate("took") / 1000)
        expect_kept(phone)
        phone.locator("#q-receipt figure button").first.click()
        expect(phone.locator("#q-receipt figure")).to_have_count(0)
    assert min(seconds) <= SECONDS_FOR_A_LARGE_PHOTO, seconds
