"""Payloads in a real browser: nothing that people wrote runs, and no page breaks its own policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Dialog, Page
from werkzeug.serving import make_server

from mystery.clock import set_to
from mystery.database import db
from tests.browser import SHAPES
from tests.cast import Cast, sign_in
from tests.security.payloads import Payloads
from tests.security.staging import TODAY, Stage, stage_company
from tests.security.taint import taint_database

pytestmark = pytest.mark.browser

# Every payload calls __hit; what the browser refuses to run for its policy is written down beside it.
LISTENER = """
window.hits = [];
window.__hit = () => window.hits.push("a payload ran");
window.alert = window.confirm = window.prompt = window.__hit;
document.addEventListener("securitypolicyviolation", (event) =>
  window.hits.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
POKE = """
for (const element of document.querySelectorAll("*")) {
  for (const kind of ["focus", "mouseover", "error", "load", "toggle"]) {
    element.dispatchEvent(new Event(kind));
  }
}
"""


@dataclass
class HostileSite:
    """A served company full of payloads."""

    address: str
    stage: Stage
    cookies: dict[str, str]


@pytest.fixture
def hostile_site(app: Flask, cast: Cast) -> Iterator[HostileSite]:
    """The application on a port of this machine, over a database in which every text is a payload."""
    with set_to(TODAY):
        stage = stage_company(cast)
        taint_database(Payloads())
    cookies = {role: make_cookie(app, cast.ours.users[role]) for role in cast.ours.users}
    # The test's own transaction would keep the server from writing down who opened a report.
    db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield HostileSite(f"http://127.0.0.1:{server.server_port}", stage, cookies)
    server.shutdown()
    thread.join()
    server.server_close()


def make_cookie(app: Flask, user: UUID) -> str:
    """The session cookie of somebody who has signed in."""
    client = app.test_client()
    sign_in(client, user)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.value


def list_hostile_pages(stage: Stage) -> list[tuple[str, str]]:
    """The pages on which most of what people write comes together, and who reads them."""
    visit = stage.submitted[0]
    return [
        ("employee", f"/visits/{visit}"),
        ("hr", "/comparison/"),
        ("hr", "/directory/employees"),
        ("administrator", "/account/people"),
        ("lead", "/assignments/"),
        ("lead", f"/checklists/versions/{stage.version}"),
        ("lead", f"/checklists/new?version={stage.version}"),
        ("auditor", f"/capture/{stage.draft}/{stage.version}"),
    ]


def open_page(context: BrowserContext, site: HostileSite, role: str, path: str) -> tuple[Page, list[str]]:
    """Open a page as somebody; returns it with what ran on it or was refused."""
    context.add_cookies([{"name": "mystery", "value": site.cookies[role], "url": site.address}])
    context.add_init_script(LISTENER)
    page = context.new_page()
    noises: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        noises.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: noises.append(f"error {error}"))
    page.on("console", lambda message: noises.append(message.text) if message.type == "error" else None)
    answer = page.goto(f"{site.address}{path}")
    assert answer is not None
    assert answer.status == 200, f"{role} {path}: {answer.status}"
    page.evaluate(POKE)
    noises += page.evaluate("window.hits")
    return page, noises


def test_it_runs_nothing_that_people_wrote(hostile_site: HostileSite, chromium: Browser) -> None:
    """The pages with most texts, on a phone where people read them on one, poked at every element."""
    heard = {}
    for role, path in list_hostile_pages(hostile_site.stage):
        shape = "phone" if role in ("employee", "auditor") else "desk"
        with chromium.new_context(**SHAPES[shape]) as context:
            page, noises = open_page(context, hostile_site, role, path)
            assert "{{7*7}}" in page.content(), f"{path} shows no payload, so it proves nothing"
            heard[path] = noises
    assert {path: noises for path, noises in heard.items() if noises} == {}


def test_it_would_notice_a_payload_that_runs(hostile_site: HostileSite, chromium: Browser) -> None:
    """The control: script put into the page by hand is refused by the policy, and this is heard."""
    with chromium.new_context() as context:
        page, _noises = open_page(context, hostile_site, "hr", "/visits/")
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=__hit()>')")
        page.evaluate("window.__hit()")
        page.wait_for_function("window.hits.length >= 2")
        heard = page.evaluate("window.hits")
    assert "a payload ran" in heard
    assert any(noise.startswith("policy: script-src") for noise in heard)
