"""The desk shows what waits for a decision, the longest waiting first, and the menu says how much."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from mystery.access.permissions import Role
from mystery.access.scopes import load_reach
from mystery.database import db
from mystery.models import FlagKind, Grant
from mystery.review.actions import return_visit, settle_flag
from mystery.review.queries import DeskFilter, Shelf, count_desk, list_desk
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.review.desk import (
    ARRIVED,
    hold_visit,
    make_held_visit,
    make_twice_sent_visit,
    raise_flag,
    read_flag,
    write_incomplete_sheet,
)

Browsers = Callable[..., FlaskClient]


def list_linked(page: str) -> list[str]:
    """The visits that a page links to for review, in its order."""
    return re.findall(r'href="/review/([0-9a-f-]{36})"', page)


def test_it_says_what_will_be_here_while_nothing_ever_was(client_of: Browsers) -> None:
    page = client_of("lead").get("/review").get_data(as_text=True)
    assert 'class="empty"' in page
    assert "counts" not in page
    assert "menu-count" not in page


def test_it_lists_the_held_first_and_the_longest_waiting_on_top(client_of: Browsers, cast: Cast) -> None:
    late = make_held_visit(cast, arrived=ARRIVED + timedelta(days=1))
    early = make_held_visit(cast, unit="N2", employee="Борис")
    twice = make_twice_sent_visit(cast)
    page = client_of("lead").get("/review").get_data(as_text=True)
    assert list_linked(page) == [str(early), str(late), str(twice)]
    assert page.index("kind-incomplete") < page.index("kind-differs")


def test_it_names_place_employee_day_and_auditor(client_of: Browsers, cast: Cast) -> None:
    make_held_visit(cast)
    page = client_of("lead").get("/review").get_data(as_text=True)
    for text in ("Магазин N1", "Север", "Анна", "5 ноября 2026", "auditor lavka"):
        assert text in page


@pytest.mark.parametrize("day", ["", "2026-02-31T10:00", "вчера", None, 7, ["2026-11-05"]])
def test_it_lists_a_visit_whose_day_nobody_said(client_of: Browsers, cast: Cast, day: object) -> None:
    visit = make_held_visit(cast, {"visit": {"date": day}, "answers": {}, "comments": {}})
    assert list_linked(client_of("lead").get("/review").get_data(as_text=True)) == [str(visit)]


def test_it_counts_in_the_menu_what_waits_and_leads_there_first(client_of: Browsers, cast: Cast) -> None:
    lead = client_of("lead")
    assert lead.get("/").location == "/visits/"
    visit = make_held_visit(cast)
    raise_flag(visit, FlagKind.CLOCK, {"seconds": 4000})
    assert re.search(r'class="menu-count">2<', lead.get("/visits/").get_data(as_text=True))
    assert lead.get("/").location == "/review"
    assert ">2</b>" in lead.get("/assignments/").get_data(as_text=True)


@pytest.mark.parametrize("role", ["manager", "hr", "employee", "auditor", "administrator"])
def test_it_tells_nobody_else_that_something_waits(client_of: Browsers, cast: Cast, role: str) -> None:
    make_held_visit(cast)
    browser = client_of(role)
    page = browser.get(browser.get("/").location).get_data(as_text=True)
    assert "menu-count" not in page
    assert "/review" not in page


def test_it_shows_a_lead_of_a_region_only_that_region(client_of: Browsers, cast: Cast) -> None:
    north = make_held_visit(cast)
    south = make_held_visit(cast, unit="S1", employee="Вера")
    db.session.query(Grant).filter_by(user_id=cast.ours.users["lead"]).delete()
    grant = Grant(user_id=cast.ours.users["lead"], role=Role.LEAD.value, unit_id=cast.ours.units["Север"])
    db.session.add(grant)
    db.session.commit()
    lead = client_of("lead")
    assert list_linked(lead.get("/review").get_data(as_text=True)) == [str(north)]
    assert lead.get(f"/review/{north}").status_code == 200
    assert lead.get(f"/review/{south}").status_code == 404
    assert lead.post(f"/review/{south}/take").status_code == 404


def test_it_keeps_the_companies_apart(client_of: Browsers, cast: Cast) -> None:
    ours, theirs = make_held_visit(cast), make_held_visit(cast, foreign=True)
    assert list_linked(client_of("lead").get("/review").get_data(as_text=True)) == [str(ours)]
    foreign = client_of("lead", foreign=True)
    assert list_linked(foreign.get("/review").get_data(as_text=True)) == [str(theirs)]


def test_it_narrows_by_reason_unit_and_auditor(client_of: Browsers, cast: Cast) -> None:
    north, south = make_held_visit(cast), make_held_visit(cast, unit="S1", employee="Вера")
    twice = make_twice_sent_visit(cast)
    lead = client_of("lead")

    def ask(query: str) -> list[str]:
        return list_linked(lead.get(f"/review?{query}").get_data(as_text=True))

    assert ask("kind=differs") == [str(twice)]
    assert ask(f"unit={cast.ours.units['Юг']}") == [str(south)]
    assert set(ask(f"auditor={cast.ours.users['auditor']}")) == {str(north), str(south), str(twice)}
    assert lead.get(f"/review?auditor={cast.ours.users['hr']}").status_code == 422


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("kind=nonsense", 422),
        ("shelf=%00", 422),
        ("unit=x", 422),
        ("auditor=1&page=999999", 422),
        ("kind=" + "x" * 5000, 422),
        ("page=-1", 200),
    ],
)
def test_it_shows_nothing_that_was_not_asked_for(
    client_of: Browsers, cast: Cast, query: str, status: int
) -> None:
    visit = make_held_visit(cast)
    answer = client_of("lead").get(f"/review?{query}")
    assert answer.status_code == status
    assert (str(visit) in answer.get_data(as_text=True)) == (status == 200)


def test_it_turns_pages(cast: Cast, client_of: Browsers) -> None:
    visit = make_submitted_visit(cast)
    for number in range(53):
        raise_flag(visit, FlagKind.CLOCK, {"seconds": 1000 + number}, at=ARRIVED + timedelta(minutes=number))
    lead = client_of("lead")
    first = lead.get("/review").get_data(as_text=True)
    assert len(list_linked(first)) == 50
    assert "page=2" in first
    assert len(list_linked(lead.get("/review?page=2").get_data(as_text=True))) == 3


def test_it_shows_apart_what_is_with_auditors_and_what_is_settled(client_of: Browsers, cast: Cast) -> None:
    reach = load_reach(cast.ours.users["lead"])
    returned, seen = make_held_visit(cast), make_submitted_visit(cast)
    flag = raise_flag(seen, FlagKind.CLOCK, {"seconds": 4000})
    return_visit(reach, returned, "Добавьте время.")
    settle_flag(reach, seen, flag)
    counts = count_desk(reach)
    assert (counts.total_open, counts.returned, counts.settled) == (0, 1, 1)
    lead = client_of("lead")
    assert list_linked(lead.get("/review").get_data(as_text=True)) == []
    assert list_linked(lead.get("/review?shelf=returned").get_data(as_text=True)) == [str(returned)]
    settled = lead.get("/review?shelf=settled").get_data(as_text=True)
    assert list_linked(settled) == [str(seen)]
    assert "lead lavka" in settled


def test_it_lists_a_visit_returned_twice_once(cast: Cast) -> None:
    reach = load_reach(cast.ours.users["lead"])
    visit = make_held_visit(cast)
    return_visit(reach, visit, "Раз.")
    hold_visit(visit, write_incomplete_sheet())
    return_visit(reach, visit, "Два.")
    assert [line.visit_id for line in list_desk(reach, DeskFilter(shelf=Shelf.RETURNED), 1).rows] == [visit]


def test_it_hides_what_was_raised_about_a_visit_that_is_still_its_auditors(cast: Cast) -> None:
    """A photo may be found unreadable before the visit is sent; a draft belongs to its auditor alone."""
    reach = load_reach(cast.ours.users["lead"])
    visit = make_held_visit(cast)
    clock = raise_flag(visit, FlagKind.CLOCK, {"seconds": 4000})
    return_visit(reach, visit, "Добавьте время.")
    assert count_desk(reach).total_open == 0
    assert read_flag(visit, FlagKind.CLOCK).id == clock
    hold_visit(visit, write_incomplete_sheet())
    assert count_desk(reach).open[FlagKind.CLOCK] == 1
