"""The whole way without a network in Firefox and WebKit: ready, cut off, filled in, reloaded, sent once."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.capture.pictures import take_photo
from tests.other_browsers.driver import Driver
from tests.other_browsers.entrance import sign_in
from tests.other_browsers.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011  # The day on the clock of whoever runs this.
# The answers to the checklist of every kind: what is tapped, and what is typed or picked.
TAPPED = {"greeted": "yes", "mood": "4", "shelf": "full", "offers": "bag", "wow": "yes"}
WORDS = "Здравствуйте! Чем помочь?"
TYPED = {
    "[name='v.day']": YESTERDAY.isoformat(),
    "[name='v.clock']": "15:40",
    "[name='a.tenth'][inputmode]": "70",
    "[name='a.queue'][inputmode]": "2",
    "label:nth-of-type(1) > [name='a.wait'][inputmode]": "0",
    "label:nth-of-type(2) > [name='a.wait'][inputmode]": "45",
    "[name='a.came']": "14:05",
    "[name='a.bought']": YESTERDAY.isoformat(),
    "textarea[name='a.words']": WORDS,
}
IS_READY = """
  const line = document.querySelector(a + " [data-ready]");
  return line && line.textContent.startsWith("✓");
"""
SAYS = "return document.querySelector('#kept')?.textContent.includes(a);"
KEPT, WAITING = "●", "◐"
PHOTOS = "return document.querySelectorAll('figure').length === a;"
SLOW = 120.0


def box_of(question: str, value: str) -> str:
    """The box of one answer."""
    return f"input[name='a.{question}'][value='{value}']"


def answer(driver: Driver) -> None:
    """Answer everything, as a thumb would."""
    for selector, text in TYPED.items():
        driver.fill(selector, text)
    for question, value in TAPPED.items():
        driver.click(f"label:has(> {box_of(question, value)})")
    driver.wait(SAYS, KEPT)


def check_answers(driver: Driver) -> None:
    """Everything is still in its place."""
    for question, value in TAPPED.items():
        driver.wait("return document.querySelector(a)?.checked;", box_of(question, value))
    for selector, text in TYPED.items():
        assert driver.run("return document.querySelector(a).value;", selector) == text


def read_rows(server: Server, question: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the server's database holds."""
    connection = sqlite3.connect(server.folder / "mystery.db")
    try:
        return connection.execute(question, values).fetchall()
    finally:
        connection.close()


def test_it_keeps_a_whole_visit_without_a_network_and_sends_it_once(
    driver: Driver, server: Server, task: UUID, tmp_path: Path
) -> None:
    photo = tmp_path / "receipt.jpg"
    photo.write_bytes(take_photo())
    sign_in(driver, server)
    driver.open(f"{server.address}/capture")
    card = f"[data-assignment='{task}']"
    driver.wait(IS_READY, card, seconds=SLOW)
    page = driver.run("return { ...document.querySelector(a).dataset };", card)
    sheet = f"{server.address}/capture/{page['visit']}/{page['version']}"
    driver.hold(f"{server.address}/capture/icon-192.png")

    server.kill()
    driver.reopen()
    driver.open(f"{server.address}/capture")
    driver.wait_for(card)
    driver.open(sheet)
    driver.wait(SAYS, KEPT)
    answer(driver)
    driver.choose_file("#q-receipt [type=file]", photo)
    driver.wait(PHOTOS, 1)
    driver.wait(SAYS, KEPT)

    driver.reopen()
    driver.open(sheet)
    driver.wait(PHOTOS, 1)
    check_answers(driver)
    driver.click("button[name=action][value=send]")
    driver.wait(SAYS, WAITING)

    driver.reopen()
    server.start()
    driver.open(f"{server.address}/capture")
    driver.wait("return document.querySelector(a).innerText.includes('●');", card, seconds=SLOW)
    check_arrival(server, task, photo)


def check_arrival(server: Server, task: UUID, photo: Path) -> None:
    """The server holds exactly one visit, every answer, and the very photo."""
    visits = read_rows(server, "SELECT id, state FROM visit WHERE assignment_id = ?", task.hex)
    assert [state for _id, state in visits] == ["submitted"]
    visit = visits[0][0]
    given = dict(read_rows(server, "SELECT question, value FROM answer WHERE visit_id = ?", visit))
    assert set(TAPPED) < set(given)
    assert WORDS in given["words"]
    originals = read_rows(server, "SELECT original_sha256 FROM photo WHERE visit_id = ?", visit)
    assert originals == [(hashlib.sha256(photo.read_bytes()).hexdigest(),)]
