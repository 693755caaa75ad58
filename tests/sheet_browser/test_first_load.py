"""The budget of capture.md as a browser meets it: sixty questions, and nothing kept from an earlier visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from checklists.loading import load_library_checklist
from tests.capture.test_page_weight import lengthen
from tests.journeys.site import Site
from tests.sheet_browser.sheet_page import assign, expect_kept

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sheet")]

# Page, style and script with their headers; the rest of the 30 KB is for what follows, and what is to come.
MOST_BYTES = 28 * 1024
MOST_REQUESTS = 6


@dataclass
class Traffic:
    """What has come over the wire: the packed bytes of each address, with the lines of their headers."""

    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Count from now on."""
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self.note_request)
        session.on("Network.loadingFinished", self.note_size)
        session.send("Network.enable")

    def note_request(self, event: dict[str, Any]) -> None:
        """A request is on its way."""
        if event["request"]["url"].startswith("http"):
            self.addresses[event["requestId"]] = event["request"]["url"]

    def note_size(self, event: dict[str, Any]) -> None:
        """An answer is here."""
        if event["requestId"] in self.addresses:
            self.sizes[self.addresses[event["requestId"]]] = int(event["encodedDataLength"])


@pytest.fixture(params=["en", "ru"])
def language(request: pytest.FixtureRequest, open_phone: Callable[..., Page]) -> Iterator[str]:
    """The language of the auditor, who reads Russian again afterwards."""
    page = open_phone()
    choose_language(page, request.param)
    yield request.param
    choose_language(page, "ru")


def choose_language(page: Page, language: str) -> None:
    """Let the auditor's pages speak another language."""
    form: dict[str, str | float | bool] = {"language": language, "back": "/capture"}
    page.request.post("/language", form=form, headers={"Sec-Fetch-Site": "same-origin"})


def test_it_loads_within_the_budget(open_phone: Callable[..., Page], site: Site, language: str) -> None:
    task = assign(site, lengthen(load_library_checklist("shop-visit"), 60))
    begun = open_phone(java_script_enabled=False)
    begun.goto(f"/capture/assignments/{task}")
    begun.locator("form button.main").click()
    begun.wait_for_url(lambda address: "/assignments/" not in address)
    traffic = Traffic()
    phone = open_phone()
    traffic.watch(phone)
    phone.goto(begun.url)
    expect_kept(phone)
    phone.wait_for_load_state("networkidle")
    assert phone.locator("html").get_attribute("lang") == language
    assert phone.locator(".q").count() == 60 + 2
    assert len(traffic.sizes) == len(traffic.addresses), "every answer is counted"
    assert len(traffic.addresses) <= MOST_REQUESTS, traffic.sizes
    # The key and all visits of a person are fetched once, with their list: they are not of this page.
    own = {address: size for address, size in traffic.sizes.items() if not address.endswith("/state")}
    assert len(own) == len(traffic.sizes) - 1
    assert sum(own.values()) <= MOST_BYTES, own
