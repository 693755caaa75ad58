"""HR compares staff in a real browser, with axe watching: a person, two people, hidden names, a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from mystery.app import create_app
from mystery.database import allow_writing, db
from mystery.settings import read_settings
from tests.barriers import list_barriers
from tests.browser import keep_picture
from tests.comparisons.team import visit_team
from tests.journeys.site import SECRET, Site, serve_site
from tests.journeys.test_main_journey import OVERFLOW, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose staff was visited often enough to be compared."""
    with serve_site(tmp_path_factory.mktemp("site")) as served:
        settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(served.folder)})
        with create_app(settings).app_context():
            allow_writing()
            visit_team(served.cast)
            db.session.remove()
            db.engine.dispose()
        yield served


def look_at(page: Page, name: str) -> None:
    """The page fits the screen and has no barrier; its picture is kept."""
    keep_picture(page, f"comparison-{name}")
    assert page.evaluate(OVERFLOW) <= 0, name
    assert list_barriers(page) == []


@pytest.mark.parametrize(("shape", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_it_leads_from_everybody_to_one_person_to_two_and_into_a_workbook(
    site: Site, open_page: OpenPage, shape: str, scheme: str
) -> None:
    page = open_page(shape, color_scheme=scheme)
    sign_in(page, "hr")
    page.goto("/comparison/")
    expect(page.locator("main .dot-band").first).to_be_visible()
    look_at(page, f"{shape}-staff")
    with page.expect_download() as download:
        page.locator("a[href*='.xlsx']").first.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert "Продавец 03" in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}

    page.locator("main a", has_text="Продавец 03").first.click()
    expect(page.locator("h1")).to_contain_text("Продавец 03")
    look_at(page, f"{shape}-person")

    page.locator("a[href*='/comparison/pair']").first.click()
    page.locator("select[name=other]").select_option(label="Продавец 06")
    page.locator("form.filters button[type=submit]").click()
    expect(page.locator(".person-sentence")).to_contain_text("Продавец 06")
    look_at(page, f"{shape}-pair")

    page.goto("/comparison/?names=hidden")
    expect(page.locator("main")).not_to_contain_text("Продавец 03")
    for address in ("standards", "trends"):
        page.goto(f"/comparison/{address}")
        look_at(page, f"{shape}-{address}")


def test_it_shows_another_choice_in_the_page_that_is_open(site: Site, open_page: OpenPage) -> None:
    """The address and the way back follow, and focus stays on what was chosen."""
    page = open_page("desk")
    sign_in(page, "hr")
    page.goto("/comparison/")
    page.evaluate("window.isSamePage = true")
    page.locator("details.figures-table > summary").click()
    page.locator("select[name=names]").focus()
    page.locator("select[name=names]").select_option("hidden")
    expect(page.locator("main")).not_to_contain_text("Продавец 03")
    assert "names=hidden" in page.url
    expect(page.locator("select[name=names]")).to_be_focused()
    expect(page.locator("details.figures-table")).to_have_attribute("open", "")
    page.go_back()
    expect(page.locator("main")).to_contain_text("Продавец 03")
    assert page.evaluate("window.isSamePage") is True
    page.locator("input[name=since]").fill("2020-02-01")
    page.locator("input[name=until]").fill("2020-01-01")
    page.locator("form.filters button[type=submit]").click()
    expect(page.locator(".invalid-feedback, .field-problem, [aria-invalid=true]").first).to_be_visible()
    assert page.locator("input[name=since]").input_value() == "2020-02-01"


def test_it_leaves_the_keyboard_on_the_button_that_was_pressed(site: Site, open_page: OpenPage) -> None:
    """After Enter on "Compare" the next Tab goes on from there, not from the head of the page."""
    page = open_page("desk")
    sign_in(page, "hr")
    page.goto("/comparison/")
    page.evaluate("window.isSamePage = true")
    page.locator("input[name=since]").fill("2020-01-01")
    button = page.locator("form.filters button[type=submit]")
    button.press("Enter")
    expect(page).to_have_url(re.compile("since=2020-01-01"))
    expect(button).to_be_focused()
    assert page.evaluate("window.isSamePage") is True


@pytest.mark.parametrize(
    ("role", "address"), [("lead", "/auditors"), ("hr", "/lenses/"), ("manager", "/method")]
)
def test_it_shows_the_pages_around_the_comparison_without_a_barrier(
    site: Site, open_page: OpenPage, role: str, address: str
) -> None:
    page = open_page("phone")
    sign_in(page, role)
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    menu = page.get_by_role("navigation", name="Главное меню")
    expect(menu).to_be_hidden()
    page.locator("#menu-switch").press("Space")
    expect(menu).to_be_visible()
    look_at(page, f"phone-{address.strip('/')}")
