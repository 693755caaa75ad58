"""A site with visits full of things to time, count and photograph, and a phone with a camera of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Geolocation, Page, expect

from checklists.definition import Checklist
from checklists.loading import read_checklist_file
from mystery.app import create_app
from mystery.capture.own_visits import derive_visit_id
from mystery.database import db
from mystery.models import CaptureSettings, User
from mystery.settings import read_settings
from tests.browser import CHROMIUM_FLAGS, PHONE, find_chromium, is_fault
from tests.capture.checklists import publish
from tests.cast import PASSWORD
from tests.factories import make_assignment
from tests.journeys.site import SECRET, Site, serve_site

Scheme = Literal["dark", "light"]
FAKE_DEVICES = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PLACE: Geolocation = {"latitude": 55.752221, "longitude": 37.615561, "accuracy": 13}
CONTENT = "Lists.store.read(document.body.dataset.visit).then((record) => record.content)"


def read_tapped() -> Checklist:
    """The checklist of these tests, under a name of its own each time."""
    checklist, problems = read_checklist_file(Path(__file__).parent / "tapped.yaml")
    assert checklist is not None, problems
    return checklist.model_copy(update={"checklist": f"tapped-{uuid4().hex[:8]}"})


def wait_until(page: Page, promise: str, *, seconds: float = 20) -> None:
    """Ask a page again and again until a promise says yes; Playwright takes the promise itself for a yes."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(promise):
        assert time.monotonic() < deadline, f"never came true: {promise}"
        page.wait_for_timeout(30)


@dataclass(frozen=True)
class Screen:
    """The screen of one visit in a browser, and where it is."""

    page: Page
    address: str

    def enter(self) -> None:
        """Tap the title twice, and wait until taps are kept."""
        self.page.locator("#title").tap()
        self.page.locator("#title").tap()
        expect(self.page.locator("#taps")).to_be_visible()
        expect(self.page.locator("[data-act=name]")).to_be_enabled()

    def reopen(self) -> None:
        """Load the page again, and enter."""
        self.page.reload()
        self.enter()

    def tap(self, name: str) -> None:
        """Tap a control, and wait until what it did is said to be saved."""
        line = self.page.locator("#kept")
        before = len(self.events())
        self.page.locator(name).tap()
        wait_until(self.page, f"{CONTENT}.then(({{ events }}) => events.length > {before})")
        expect(line).not_to_have_class("warn")

    def row(self, question: str) -> str:
        """What a line shows: its mark, its cue and its figure."""
        line = self.page.locator(f"[data-kind][data-question={question}]")
        return " ".join(part for part in line.inner_text().split() if part != "+1")

    def events(self) -> list[dict[str, Any]]:
        """Everything tapped, as it is kept on the phone."""
        content: dict[str, Any] = self.page.evaluate(CONTENT)
        return list(content["events"])


@pytest.fixture(scope="package")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for the tests of this folder."""
    with serve_site(tmp_path_factory.mktemp("notes")) as served:
        yield served


@pytest.fixture
def site(shared_site: Site) -> Site:
    """The site that ``open_page`` opens."""
    return shared_site


@pytest.fixture
def assign(site: Site) -> Callable[..., tuple[UUID, str]]:
    """``assign()`` gives our auditor a visit; ``recording=True`` allows voice and place meanwhile."""

    def give(*, recording: bool = False, language: str = "ru") -> tuple[UUID, str]:
        settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(site.folder)})
        with create_app(settings).app_context():
            version = publish(site.cast, read_tapped())
            task = make_assignment(site.cast, employee=None, version=version)
            company = site.cast.ours.company
            switched = CaptureSettings(company_id=company, voice_memos=recording, position_fix=recording)
            db.session.merge(switched)
            auditor = db.session.get_one(User, site.cast.ours.users["auditor"])
            auditor.language = language
            db.session.commit()
            visit = derive_visit_id(task, auditor.id)
            return visit, f"/capture/{visit}/{version}/notes"

    return give


@pytest.fixture(scope="package")
def camera_phone(chromium: Browser) -> Iterator[Browser]:
    """A Chromium whose camera and microphone are made up; the shared one has none."""
    flags = [*CHROMIUM_FLAGS, *FAKE_DEVICES]
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=flags)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def signed_in(camera_phone: Browser, shared_site: Site) -> Any:
    """What a browser keeps of somebody who signed in; the form has tests of its own."""
    with camera_phone.new_context(base_url=shared_site.address) as context:
        sign_in(context.new_page())
        return context.storage_state()


def sign_in(page: Page) -> None:
    """Sign in as the auditor."""
    page.goto("/sign-in")
    page.locator("input[name=email]").fill("auditor@lavka.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def watch(page: Page, errors: list[str]) -> None:
    """Collect what the console complains of.

    A network that is away is no fault of the page, and neither is the answer that a photo has still to come.
    """

    def hear(message: ConsoleMessage) -> None:
        is_expected = "net::ERR_" in message.text or "/photos/" in message.location.get("url", "")
        if is_fault(message) and not is_expected:
            errors.append(message.text)

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", hear)


@pytest.fixture
def open_screen(
    camera_phone: Browser, signed_in: Any, site: Site, assign: Callable[..., tuple[UUID, str]]
) -> Iterator[Callable[..., Screen]]:
    """``open_screen()`` is the screen of a new visit on a phone of its own; an error in its console fails."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_new(*, recording: bool = False, language: str = "ru", scheme: Scheme = "dark") -> Screen:
        context = camera_phone.new_context(
            base_url=site.address,
            storage_state=signed_in,
            color_scheme=scheme,
            geolocation=PLACE,
            permissions=["geolocation", "camera", "microphone"],
            **PHONE,
        )
        context.set_default_timeout(5_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, errors)
        _visit, address = assign(recording=recording, language=language)
        page.goto(address)
        return Screen(page, address)

    yield open_new
    for context in contexts:
        context.close()
    assert not errors, errors
