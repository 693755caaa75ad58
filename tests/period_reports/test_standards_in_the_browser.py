"""Tables of standards, as a browser lays them out: no surname and no code is broken in two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from mystery.database import db
from tests.browser import SHAPES, keep_picture
from tests.cast import Cast
from tests.comparisons.team import hire
from tests.factories import make_submitted_visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SURNAMES = ("Виноградов", "Александрова", "Преображенский", "Кузнецов", "Лебедева", "Мирошниченко", "Орлов")
ORIGIN = "http://unit.test"
FILES = re.compile(r'(?:href|src)="(/[^"]*static/[^"]*)"')
# Surnames that are laid out on more than one line though they are one word.
BROKEN_NAMES = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll(".heatmap thead th")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      for (const word of node.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) broken.push(word[0]);
      }
  }
  return broken;
}"""
# The questions of the cast have no codes: one has here, and it comes to stand anywhere in a line.
BROKEN_CODE = """() => {
  const code = document.querySelector("th .code");
  code.textContent = "NE-03";
  const before = document.createElement("span");
  before.style.display = "inline-block";
  code.before(before);
  let broken = 0;
  for (let width = 0; width < 400; width += 4) {
    before.style.width = `${width}px`;
    const range = document.createRange();
    range.selectNodeContents(code);
    if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) broken += 1;
  }
  before.remove();
  return broken;
}"""


@pytest.fixture
def staff(cast: Cast) -> None:
    """A shop with so many people that their columns stand close at the width of a desk."""
    for surname in SURNAMES:
        name = f"{surname} Константин"
        cast.ours.employees[name] = hire(cast.ours, name, "N1")
        db.session.commit()
        make_submitted_visit(cast, "V2", employee=name)


@pytest.fixture(params=sorted(SHAPES))
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A page of a desk or a phone."""
    shape: dict[str, Any] = SHAPES[str(request.param)]
    context = chromium.new_context(locale="ru-RU", base_url=ORIGIN, **shape)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_it_breaks_neither_a_surname_nor_the_code_of_a_standard(
    page: Page, client_of: Callable[..., FlaskClient], cast: Cast, staff: None
) -> None:
    open_address(page, client_of("hr"), f"/period-reports/unit?unit={cast.ours.units['N1']}")
    assert page.evaluate(BROKEN_NAMES) == []
    assert page.evaluate(BROKEN_CODE) == 0
    keep_picture(page, f"unit-staff-{page.viewport_size['width'] if page.viewport_size else 0}")


def test_it_breaks_no_code_in_the_report_on_one_of_them(
    page: Page, client_of: Callable[..., FlaskClient], cast: Cast, staff: None
) -> None:
    employee = cast.ours.employees[f"{SURNAMES[0]} Константин"]
    open_address(page, client_of("hr"), f"/period-reports/employees/{employee}")
    assert page.evaluate(BROKEN_CODE) == 0


def open_address(page: Page, browser: FlaskClient, address: str) -> None:
    """Open a page of the application as it is now, without a server."""
    answers = {}
    for each in (address, *FILES.findall(browser.get(address).text)):
        with browser.get(each) as given:
            answers[ORIGIN + each] = given.data, given.content_type

    def answer(route: Route) -> None:
        """Send what was asked for before; the database is of no use to the browser's own thread."""
        body, content_type = answers[route.request.url]
        route.fulfill(body=body, content_type=content_type)

    page.route("**/*", answer)
    page.goto(address)
