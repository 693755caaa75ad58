"""The fill-in page in a browser: how a thumb begins a visit, answers it, and what the phone keeps of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from playwright.sync_api import Page, expect

from checklists.definition import Checklist
from mystery.app import create_app
from mystery.settings import read_settings
from tests.capture.checklists import publish, read_every_kind
from tests.cast import PASSWORD
from tests.factories import make_assignment
from tests.journeys.site import SECRET, Site

TAPPED = {"greeted": "yes", "mood": "4", "shelf": "full", "offers": "bag", "receipt": "n/a"}
TYPED = {"tenth": "70", "queue": "2", "came": "14:05", "bought": "2026-11-05", "words": "Здравствуйте"}
KEPT, WAITING, TROUBLE = "●", "◐", "▲"
# What sends comes by the network when it is needed first; a test may need it sooner.
SEND_DRAFT = """() => Lists.loadMore().then(() => Lists.sender.sendNow(document.body.dataset.visit))"""


def assign(site: Site, checklist: Checklist | None = None) -> UUID:
    """Give the auditor a visit on a checklist, the one of every kind unless another is named."""
    settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(site.folder)})
    # Each test publishes under a name of its own, so that they do not depend on their order.
    own = (checklist or read_every_kind()).model_copy(update={"checklist": f"list-{uuid4().hex[:8]}"})
    with create_app(settings).app_context():
        return make_assignment(site.cast, employee=None, version=publish(site.cast, own))


def look_into(site: Site, read: Callable[[], Any]) -> Any:
    """What ``read`` finds in the database of the site."""
    settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(site.folder)})
    with create_app(settings).app_context():
        return read()


def sign_in(page: Page) -> None:
    """Sign in as the auditor."""
    page.goto("/sign-in")
    page.locator("input[name=email]").fill("auditor@lavka.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def begin(page: Page, assignment_id: UUID) -> None:
    """Begin the visit, and wait until the phone keeps what is entered."""
    page.goto(f"/capture/assignments/{assignment_id}")
    page.locator("form button.main").click()
    page.wait_for_url(lambda address: "/assignments/" not in address)
    expect_kept(page)


def keep_pages(page: Page) -> None:
    """Let the worker fetch the page of the visit for the time without a network; the list is shown then."""
    path = urlsplit(page.url).path
    page.goto("/capture")
    ready = "(path) => Lists.pages.isReady(document.body.dataset.uid, path)"
    wait_until(page, lambda: page.evaluate(ready, path))


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Ask again and again, up to ten seconds, while the page goes on."""
    for _attempt in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to that in time")


def tap(page: Page, question: str, value: str) -> None:
    """Tap an answer, where a thumb would: on its label."""
    page.locator(f"#q-{question} label:has(input[value='{value}'])").click()


def fill_in(page: Page) -> None:
    """Answer everything that is required in the checklist of every kind."""
    page.locator("[name='v.day']").fill("2026-11-05")
    page.locator("[name='v.clock']").fill("14:30")
    page.locator("[name='v.employee']").select_option("unknown")
    for question, value in TAPPED.items():
        tap(page, question, value)
    for question, typed in TYPED.items():
        page.locator(f"[name='a.{question}']").first.fill(typed)
    page.locator("#q-wait input[inputmode]").nth(1).fill("40")


def press_send(page: Page) -> None:
    """Press the button at the end."""
    page.locator("#finish button.main").click()


def expect_kept(page: Page) -> None:
    """Wait until the page says that everything is saved."""
    expect_line(page, KEPT, "kept")


def expect_line(page: Page, mark: str, word: str) -> None:
    """Wait until the status line says this word of the page, in whatever language."""
    expect(page.locator("#kept")).to_have_text(f"{mark} {read_words(page)[word]}")


def press_way(page: Page, word: str) -> None:
    """Press a button of the status line."""
    page.locator("#ways > *", has_text=read_words(page)[word]).click()


def read_words(page: Page) -> dict[str, str]:
    """The words that the page has brought for its script."""
    words: dict[str, str] = json.loads(page.locator("body").get_attribute("data-words") or "{}")
    return words


def read_record(page: Page) -> dict[str, Any]:
    """What the phone keeps of the visit."""
    record: dict[str, Any] = page.evaluate("Lists.store.read(document.body.dataset.visit)")
    return record


def read_form(page: Page) -> dict[str, list[str]]:
    """Everything the form holds, by name."""
    fields: dict[str, list[str]] = {}
    for name, value in page.evaluate("Lists.sheet.collect()"):
        fields.setdefault(name, []).append(value)
    return fields


def write_file(folder: Path, name: str, content: bytes) -> Path:
    """A file to be chosen."""
    path = folder / name
    path.write_bytes(content)
    return path
