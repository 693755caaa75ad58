"""The emergency file that a real phone saves is the one that the server takes."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from mystery.database import db
from mystery.models import Visit
from tests.capture.pictures import take_photo
from tests.journeys.site import Site, serve_site
from tests.sheet_browser.sheet_page import (
    assign,
    begin,
    expect_kept,
    fill_in,
    look_into,
    sign_in,
    wait_until,
    write_file,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BUILD = """async () => {
  const blob = await Lists.rescue.build(document.body.dataset.visit, null);
  return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
}"""
COUNT = """async () => (await Lists.store.read(document.body.dataset.visit)).content.photos.length"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A real server with a real database."""
    with serve_site(tmp_path) as served:
        yield served


@pytest.fixture
def computer(chromium: Browser, site: Site) -> Iterator[Page]:
    """The auditor's computer, on which he is signed in as well."""
    context = chromium.new_context(base_url=site.address)
    page = context.new_page()
    sign_in(page)
    yield page
    context.close()


def read_visits(assignment_id: UUID) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """State, answers and photos of the visits of an assignment."""
    visits = db.session.query(Visit).filter_by(assignment_id=assignment_id)
    return [
        (
            visit.state,
            visit.raw_answers or "",
            [(each.question, each.original_sha256) for each in visit.photos],
        )
        for visit in visits
    ]


def test_it_takes_what_a_phone_without_a_network_has_saved(
    open_page: Any, site: Site, computer: Page, tmp_path: Path
) -> None:
    phone: Page = open_page("phone")
    sign_in(phone)
    task = assign(site)
    begin(phone, task)
    # The page fetches this with its first trouble, or the worker has it already.
    phone.add_script_tag(url=phone.locator("body").get_attribute("data-more"))
    phone.context.set_offline(True)
    fill_in(phone)
    photo = write_file(tmp_path, "shelf.jpg", take_photo())
    phone.locator("#q-shelf input[type=file]").first.set_input_files(photo)
    wait_until(phone, lambda: phone.evaluate(COUNT) == 1)
    expect_kept(phone)
    copy = write_file(tmp_path, "list-12345678.bin", base64.b64decode(phone.evaluate(BUILD)))
    for _time in range(2):
        computer.goto("/capture/rescue")
        computer.locator("input[type=file]").set_input_files(copy)
        computer.locator("form button.main").click()
        computer.wait_for_url("**/sent")
    ((state, answers, photos),) = look_into(site, lambda: read_visits(task))
    assert (state, [question for question, _digest in photos]) == ("submitted", ["shelf"])
    assert "Здравствуйте" in answers
