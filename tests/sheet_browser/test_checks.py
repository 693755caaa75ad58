"""A word beside what cannot be taken as it stands, once its field is left; nothing typed is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, Visit
from tests.journeys.site import Site
from tests.sheet_browser.sheet_page import (
    begin,
    expect_kept,
    expect_line,
    fill_in,
    look_into,
    press_send,
    read_form,
    read_words,
    tap,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sheet")]

LONG = "я" * 4001


@pytest.mark.parametrize("typed", [("-5", "abc"), ("99999", "99"), ("1,5", "")])
def test_it_says_how_to_write_a_duration_once_the_field_is_left(phone: Page, typed: tuple[str, str]) -> None:
    phone.evaluate("Lists.loadMore()")
    boxes = phone.locator("#q-wait input[inputmode]")
    for box, text in zip((boxes.nth(0), boxes.nth(1)), typed, strict=True):
        box.fill(text)
    boxes.nth(1).blur()
    expect(phone.locator("#q-wait .mend[role=alert]")).to_contain_text(read_words(phone)["duration"])
    expect_kept(phone)
    assert read_form(phone)["a.wait"] == list(typed)
    boxes.nth(0).fill("1")
    boxes.nth(1).fill("30")
    boxes.nth(1).blur()
    expect(phone.locator("#q-wait .mend")).to_have_count(0)


def test_it_says_what_was_typed_before_the_checks_had_come(phone: Page) -> None:
    """They come by the network a few seconds after the first thing that was entered."""
    phone.locator("[name='a.queue']").fill("many")
    phone.locator("[name='a.words']").focus()
    expect(phone.locator("#q-queue .mend")).to_contain_text(read_words(phone)["unread"], timeout=10_000)


def test_it_counts_a_long_comment_and_does_not_send_one_that_is_too_long(phone: Page) -> None:
    words = read_words(phone)
    fill_in(phone)
    phone.evaluate("Lists.loadMore()")
    tap(phone, "greeted", "no")
    comment = phone.locator("[name='c.greeted']")
    comment.fill(LONG[:3500])
    expect(phone.locator("#q-greeted .length")).to_have_count(0)
    comment.fill(LONG)
    expect(phone.locator("#q-greeted .length")).to_have_text("4001 / 4000")
    comment.blur()
    expect(phone.locator("#q-greeted .mend")).to_contain_text(words["too_long"])
    expect_kept(phone)
    phone.context.set_offline(True)
    press_send(phone)
    expect(phone.locator("#q-greeted")).to_be_focused()
    expect(phone.locator("#problems li")).to_have_count(1)
    assert read_form(phone)["c.greeted"] == [LONG]
    comment.fill(LONG[:4000])
    expect(phone.locator("#q-greeted .mend")).to_have_count(0)
    phone.context.set_offline(False)
    press_send(phone)
    expect(phone.locator("#sent")).to_be_visible()


def test_it_says_at_once_that_a_day_is_still_to_come(phone: Page) -> None:
    words = read_words(phone)
    fill_in(phone)
    phone.evaluate("Lists.loadMore()")
    day = phone.locator("[name='v.day']")
    day.fill((now() + timedelta(days=400)).date().isoformat())
    day.blur()
    expect(phone.locator("#when .mend")).to_contain_text(words["in_future"])
    expect(phone.locator("#outside")).to_be_hidden()
    phone.context.set_offline(True)
    press_send(phone)
    expect(phone.locator("#problems li")).to_have_count(1)
    day.fill("2026-11-05")
    expect(phone.locator("#when .mend")).to_have_count(0)
    phone.context.set_offline(False)


def move_window(site: Site, task: UUID, days: int) -> None:
    """Want the visit so many days from now, for a week."""

    def move() -> None:
        assignment = db.session.get_one(Assignment, task)
        assignment.window_start = now().date() + timedelta(days=days)
        assignment.window_end = assignment.window_start + timedelta(days=6)
        db.session.commit()

    look_into(site, move)


def test_it_warns_of_a_day_outside_the_window_and_sends_it_all_the_same(
    open_phone: Callable[..., Page], site: Site, task: UUID
) -> None:
    move_window(site, task, 2)
    phone = open_phone()
    begin(phone, task)
    expect(phone.locator("#outside")).to_be_hidden()
    phone.evaluate("Lists.loadMore()")
    fill_in(phone)
    today: Any = phone.evaluate("new Date().toLocaleDateString('sv')")
    phone.locator("[name='v.day']").fill(today)
    phone.locator("[name='v.clock']").fill("00:00")
    expect(phone.locator("#outside")).to_be_visible()
    expect(phone.locator("#when .mend")).to_have_count(0)
    expect_kept(phone)
    press_send(phone)
    expect(phone.locator("#sent")).to_be_visible()
    states = look_into(
        site, lambda: db.session.scalars(select(Visit.state).where(Visit.assignment_id == task)).all()
    )
    assert list(states) == ["submitted"]


def test_it_says_in_a_second_tab_where_the_work_is(phone: Page) -> None:
    phone.locator("[name='v.clock']").fill("14:30")
    expect_kept(phone)
    second = phone.context.new_page()
    second.goto(phone.url)
    expect_line(second, "▲", "away")
    second.close()
