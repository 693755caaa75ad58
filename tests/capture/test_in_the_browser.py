"""The phone page in a real Chromium at 360x740: with its script, without it, and with large letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from checklists.loading import load_library_checklist
from mystery.app import create_app
from mystery.settings import read_settings
from tests.browser import keep_picture
from tests.capture.checklists import publish, read_every_kind, read_long_list
from tests.capture.pictures import take_photo
from tests.cast import PASSWORD
from tests.factories import make_assignment
from tests.journeys.site import SECRET, Site, serve_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

THUMB = 44
OWN = {"every-kind": read_every_kind, "long-list": read_long_list}
TOO_SMALL = """(least) => [...document.querySelectorAll("a, button, summary, select, textarea, input, label")]
  .filter((element) => !element.matches("[type=hidden], .first, .skip, label > input, label.under"))
  .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height && (box.width < least || box.height < least))
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
SWITCH = """(language) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/language" });
  for (const [name, value] of [["back", location.pathname], ["language", language]])
    form.append(Object.assign(document.createElement("input"), { name, value }));
  document.body.append(form);
  form.submit();
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for the tests of this file."""
    with serve_site(tmp_path_factory.mktemp("capture")) as served:
        yield served


@pytest.fixture
def site(shared_site: Site) -> Site:
    """The site that ``open_page`` opens."""
    return shared_site


@pytest.fixture
def assign(site: Site) -> Callable[..., UUID]:
    """``assign("shop-visit")`` gives our auditor a visit on a checklist of the library."""

    def give(name: str) -> UUID:
        settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(site.folder)})
        checklist = OWN[name]() if name in OWN else load_library_checklist(name)
        # Each test publishes under a name of its own, so that they do not depend on their order.
        checklist = checklist.model_copy(update={"checklist": f"{name}-{uuid4().hex[:8]}"})
        with create_app(settings).app_context():
            return make_assignment(site.cast, employee=None, version=publish(site.cast, checklist))

    return give


def begin(page: Page, assignment_id: UUID) -> None:
    """Sign in as the auditor, and begin the visit."""
    page.goto("/sign-in")
    page.locator("input[name=email]").fill("auditor@lavka.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    page.goto(f"/capture/assignments/{assignment_id}")
    page.locator("form button.main").click()
    expect(page.locator("#sheet")).to_be_visible()
    # Its style sheet may still be on its way.
    page.wait_for_load_state("load")


def tap(page: Page, question: str, value: str) -> None:
    """Tap an answer, where a thumb would: on its label."""
    page.locator(f"#q-{question} label:has(input[value='{value}'])").tap()


def test_it_shows_a_question_as_soon_as_its_condition_holds(
    open_page: Callable[..., Page], assign: Callable[..., UUID]
) -> None:
    page = open_page("phone")
    begin(page, assign("every-kind"))
    expect(page.locator(".count")).to_have_text("0 / 13")
    expect(page.locator("#q-why")).to_be_hidden()
    tap(page, "shelf", "empty")
    expect(page.locator("#q-why")).to_be_visible()
    expect(page.locator("#q-why .if")).to_be_hidden()
    expect(page.locator(".count")).to_have_text("1 / 14")
    page.locator("#q-why textarea").fill("Не завезли")
    expect(page.locator("#q-deeper")).to_be_visible()
    expect(page.locator(".count")).to_have_text("2 / 15")
    page.locator("#q-wait input[inputmode]").first.fill("2")
    expect(page.locator("#q-longer")).to_be_visible()
    tap(page, "shelf", "full")
    expect(page.locator("#q-why")).to_be_hidden()
    expect(page.locator("#q-deeper")).to_be_hidden()
    # What is hidden keeps its words, in case the thumb had slipped.
    tap(page, "shelf", "empty")
    expect(page.locator("#q-why textarea")).to_have_value("Не завезли")


def test_it_does_not_count_what_cannot_be_read(
    open_page: Callable[..., Page], assign: Callable[..., UUID]
) -> None:
    page = open_page("phone")
    begin(page, assign("every-kind"))
    expect(page.locator(".count")).to_have_text("0 / 13")
    for name, nonsense, sense in (("wait", "abc", "2"), ("queue", "many", "2,5"), ("tenth", "101", "100")):
        box = page.locator(f"[name='a.{name}'][inputmode]").first
        box.fill(nonsense)
        expect(page.locator(".count")).to_have_text("0 / 13")
        box.fill(sense)
        # Two minutes of waiting bring a question of their own.
        expect(page.locator(".count")).to_have_text("1 / 14" if name == "wait" else "1 / 13")
        box.fill("")


def test_it_spares_the_thumb_detours(open_page: Callable[..., Page], assign: Callable[..., UUID]) -> None:
    page = open_page("phone")
    begin(page, assign("every-kind"))
    comment = page.locator("#q-greeted textarea")
    expect(comment).to_be_hidden()
    tap(page, "greeted", "no")
    expect(comment).to_be_visible()
    expect(page.locator("#q-greeted .need")).to_be_visible()
    tap(page, "greeted", "no")
    expect(page.locator("#q-greeted input:checked")).to_have_count(1)
    tap(page, "wow", "yes")
    tap(page, "wow", "")
    expect(page.locator("#q-wow input:checked")).to_have_value("")
    tap(page, "offers", "bag")
    tap(page, "offers", "-none")
    expect(page.locator("#q-offers input:checked")).to_have_value("-none")
    tap(page, "offers", "card")
    expect(page.locator("#q-offers input:checked")).to_have_value("card")
    page.locator("#q-wait input[inputmode]").first.fill("1")
    tap(page, "wait", "n/a")
    page.locator("#q-wait input[inputmode]").first.fill("2")
    expect(page.locator("#q-wait [type=checkbox]")).not_to_be_checked()
    page.locator("#next").tap()
    expect(page.locator(page.url[page.url.index("#") :])).to_be_in_viewport()


def test_it_is_filled_in_and_sent_without_any_script(
    open_page: Callable[..., Page], assign: Callable[..., UUID], tmp_path: Path
) -> None:
    page = open_page("phone", java_script_enabled=False)
    begin(page, assign("every-kind"))
    expect(page.locator("#q-why .if")).to_be_visible()
    photo = tmp_path / "receipt.jpg"
    photo.write_bytes(take_photo(orientation=6))
    page.locator("[name='v.day']").fill("2026-11-05")
    page.locator("[name='v.clock']").fill("14:30")
    page.locator("[name='v.employee']").select_option("unknown")
    for question, value in {"greeted": "yes", "mood": "4", "shelf": "full", "offers": "bag"}.items():
        tap(page, question, value)
    page.locator("[name='p.receipt'][multiple]").set_input_files(photo)
    page.locator("#sheet > section button.go").nth(0).tap()
    expect(page.locator("#q-receipt img")).to_have_count(1)
    expect(page.locator("#q-greeted input[value=yes]")).to_be_checked()
    page.locator("#finish button.main").tap()
    expect(page.locator("#problems .jump a")).to_have_count(6)
    for question, words in {"tenth": "70", "queue": "2", "came": "14:05", "bought": "2026-11-05"}.items():
        page.locator(f"[name='a.{question}']").first.fill(words)
    page.locator("[name='a.words']").fill("Здравствуйте")
    page.locator("#q-wait input[inputmode]").nth(1).fill("40")
    page.locator("#finish button.main").tap()
    page.wait_for_url("**/sent")


@pytest.mark.parametrize(("name", "scheme"), [("shop-visit", "dark"), ("merchandising", "light")])
def test_it_fits_the_thumb_and_the_screen_even_with_large_letters(
    open_page: Callable[..., Page], assign: Callable[..., UUID], name: str, scheme: str
) -> None:
    page = open_page("phone", color_scheme=scheme)
    begin(page, assign(name))
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(TOO_SMALL, THUMB) == []
    dock = page.locator("#dock").bounding_box()
    assert dock is not None
    assert dock["height"] < 90, "progress, next and finish share one row"
    keep_picture(page, f"capture-{name}-{scheme}", whole=False)
    page.locator("#finish button.main").tap()
    expect(page.locator("#problems")).to_be_visible()
    # The answer's style sheet may still be on its way.
    page.wait_for_load_state("load")
    assert page.evaluate(TOO_SMALL, THUMB) == []
    keep_picture(page, f"capture-{name}-{scheme}-problems", whole=False)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(OVERFLOW) == 0
    dock = page.locator("#dock").bounding_box()
    assert dock is not None
    assert dock["height"] < 740 / 3
    keep_picture(page, f"capture-{name}-{scheme}-large", whole=False)


@pytest.mark.parametrize(("language", "words"), [("ru", "К вопросу 10.4"), ("en", "To question 10.4")])
def test_it_keeps_progress_next_and_finish_on_one_row_however_long_the_list(
    open_page: Callable[..., Page], assign: Callable[..., UUID], language: str, words: str
) -> None:
    page = open_page("phone")
    begin(page, assign("long-list"))
    page.evaluate(SWITCH, language)
    page.wait_for_url("**/capture/**")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("[name='v.clock']").fill("14:30")
    page.locator("[name='v.day']").fill("2026-11-05")
    all_but_the_last = "[...document.querySelectorAll('.q [value=yes]')].slice(0, -1)"
    page.evaluate(f"{all_but_the_last}.forEach((each) => each.click())")
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".count")).to_have_text("40 / 41")
    expect(page.locator("#next")).to_have_text(words)
    dock = page.locator("#dock").bounding_box()
    assert dock is not None
    assert dock["height"] < 90
    assert page.evaluate(TOO_SMALL, THUMB) == []
    assert page.evaluate(OVERFLOW) == 0
    keep_picture(page, f"capture-dock-{language}", whole=False)


@pytest.mark.parametrize("has_script", [True, False])
def test_it_asks_for_photos_in_the_language_of_the_page(
    open_page: Callable[..., Page], assign: Callable[..., UUID], tmp_path: Path, has_script: bool
) -> None:
    page = open_page("phone", java_script_enabled=has_script, color_scheme="dark")
    begin(page, assign("every-kind"))
    box = page.locator("[name='p.receipt'][multiple]")
    button = page.locator("label:has([name='p.receipt'][multiple]) .add")
    expect(page.locator("[name='p.receipt'][capture=environment]")).to_have_count(1)
    style = "(box, name) => getComputedStyle(box, name).display"
    if has_script:
        assert box.evaluate(style, "::file-selector-button") == "none"
        page.keyboard.press("Tab")
        box.focus()
        expect(box).to_be_focused()
        assert button.evaluate("(button) => getComputedStyle(button).outlineStyle") == "solid"
    photo = tmp_path / "receipt.jpg"
    photo.write_bytes(take_photo(orientation=6))
    box.set_input_files(photo)
    if has_script:
        expect(page.locator("#q-receipt figure img")).to_have_attribute("src", re.compile("^blob:"))
    button.scroll_into_view_if_needed()
    keep_picture(page, f"capture-photos-{'with' if has_script else 'without'}-script", whole=False)


def test_it_can_be_walked_with_a_keyboard(
    open_page: Callable[..., Page], assign: Callable[..., UUID]
) -> None:
    page = open_page("desk")
    begin(page, assign("every-kind"))
    page.locator("#q-greeted input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#q-greeted input[value=no]")).to_be_checked()
    outline = page.evaluate(
        "getComputedStyle(document.querySelector('#q-greeted input:checked + span')).outlineStyle"
    )
    assert outline == "solid"
    # Enter in a text box saves; it neither sends the visit nor removes a photo, nor leaves the page.
    page.locator("[name='a.queue']").fill("2")
    page.locator("[name='a.queue']").press("Enter")
    expect(page.locator("#kept")).to_contain_text("●")
    expect(page.locator("#problems")).to_have_count(0)
    expect(page.locator("[name='a.queue']")).to_have_value("2")
