"""The lead's list says what needs him today; states are derived from what happened, never stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.access.scopes import Reach, load_reach
from mystery.clock import now, set_to
from mystery.database import db
from mystery.models import Assignment, Grant, Unit, Visit
from mystery.planning.queries import count_assignments
from tests.cast import Cast
from tests.factories import VISIT_DAY, make_assignment, make_submitted_visit
from tests.planning.desk import NOON, begin_visit, in_days, make_auditor, send_visit

Browser = Callable[..., FlaskClient]
ASSIGNMENT_LINK = re.compile(r'href="/assignments/([0-9a-f-]{36})"')
STATE = re.compile(r'class="state state-(\w+)"')


@pytest.fixture
def board(cast: Cast) -> dict[str, UUID]:
    """One assignment in every state, and nothing else of ours."""
    db.session.query(Assignment).filter_by(id=cast.ours.assignment).delete()
    windows = {
        "overdue": (-9, -1),
        "abandoned": (-9, -2),
        "soon": (-1, 3),
        "waiting": (0, 30),
        "started": (0, 20),
        "sent": (-30, -20),
        "cancelled": (0, 10),
    }
    made = {
        name: make_assignment(cast, window=(in_days(start), in_days(end)))
        for name, (start, end) in windows.items()
    }
    begin_visit(cast, made["abandoned"])
    begin_visit(cast, made["started"])
    send_visit(cast, made["sent"])
    db.session.get_one(Assignment, made["cancelled"]).cancelled_at = now()
    db.session.commit()
    return made


def list_shown(browser: FlaskClient, **filters: str) -> list[str]:
    """The ids on the page, in its order."""
    page = browser.get("/assignments/", query_string=filters)
    assert page.status_code == 200
    return ASSIGNMENT_LINK.findall(page.get_data(as_text=True))


def names_of(board: dict[str, UUID], ids: list[str]) -> list[str]:
    """What the ids are called on the board."""
    names = {str(assignment): name for name, assignment in board.items()}
    return [names[each] for each in ids]


def test_it_shows_what_is_late_first_and_what_is_settled_last(
    client_of: Browser, board: dict[str, UUID]
) -> None:
    shown = names_of(board, list_shown(client_of("lead")))
    assert shown == ["abandoned", "overdue", "started", "soon", "waiting", "sent", "cancelled"]


def test_it_derives_every_state_from_what_happened(client_of: Browser, board: dict[str, UUID]) -> None:
    page = client_of("lead").get("/assignments/").get_data(as_text=True)
    assert STATE.findall(page) == [
        "overdue",
        "overdue",
        "started",
        "waiting",
        "waiting",
        "sent",
        "cancelled",
    ]


def test_it_counts_what_needs_the_lead_today(cast: Cast, lead: Reach, board: dict[str, UUID]) -> None:
    counts = count_assignments(lead)
    assert (counts.overdue, counts.soon, counts.waiting, counts.started) == (2, 1, 2, 1)
    assert (counts.sent, counts.cancelled, counts.total) == (1, 1, 7)


def test_it_calls_a_sent_visit_sent_even_when_it_was_cancelled(
    cast: Cast, lead: Reach, board: dict[str, UUID]
) -> None:
    send_visit(cast, board["cancelled"])
    assert (count_assignments(lead).sent, count_assignments(lead).cancelled) == (2, 0)


def test_it_lets_the_last_day_pass_by_the_clock_of_the_unit(cast: Cast, lead: Reach) -> None:
    db.session.query(Assignment).delete()
    make_assignment(cast, unit="N1", window=(in_days(-5), in_days(0)))
    make_assignment(cast, unit="N2", employee="Борис", window=(in_days(-5), in_days(0)))
    db.session.get_one(Unit, cast.ours.units["N2"]).time_zone = "Asia/Vladivostok"
    db.session.commit()
    with set_to(NOON.replace(hour=15)):
        # 18:00 in Moscow, and one in the morning of the next day in Vladivostok.
        assert (count_assignments(lead).overdue, count_assignments(lead).soon) == (1, 1)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("overdue", ["abandoned", "overdue"]),
        ("soon", ["soon"]),
        ("open", ["abandoned", "overdue", "started", "soon", "waiting"]),
        ("waiting", ["soon", "waiting"]),
        ("started", ["started"]),
        ("sent", ["sent"]),
        ("cancelled", ["cancelled"]),
    ],
)
def test_it_narrows_to_a_state(
    client_of: Browser, board: dict[str, UUID], state: str, names: list[str]
) -> None:
    assert names_of(board, list_shown(client_of("lead"), state=state)) == names


def test_it_narrows_to_a_region_an_auditor_a_checklist_and_a_period(client_of: Browser, cast: Cast) -> None:
    db.session.query(Assignment).delete()
    north = make_assignment(cast, unit="N1", window=(date(2026, 11, 1), date(2026, 11, 30)))
    south = make_assignment(cast, unit="S1", employee="Вера", window=(date(2026, 12, 5), date(2026, 12, 20)))
    other = make_auditor(cast, "other")
    db.session.get_one(Assignment, south).auditor_id = other
    db.session.commit()
    lead = client_of("lead")
    checklist = re.search(r'<select[^>]*name="checklist".*?value="([0-9a-f-]{36})"', page_of(lead), re.DOTALL)
    assert checklist
    assert list_shown(lead, unit=str(cast.ours.units["Север"])) == [str(north)]
    assert list_shown(lead, unit=str(cast.ours.units["S1"])) == [str(south)]
    assert list_shown(lead, auditor=str(other)) == [str(south)]
    assert len(list_shown(lead, checklist=checklist.group(1))) == 2
    assert lead.get("/assignments/", query_string={"checklist": str(uuid4())}).status_code == 422
    assert list_shown(lead, since="2026-12-01") == [str(south)]
    assert list_shown(lead, until="2026-12-04") == [str(north)]
    assert len(list_shown(lead, since="2026-11-30", until="2026-12-05")) == 2


def page_of(browser: FlaskClient) -> str:
    """The list without filters."""
    return browser.get("/assignments/").get_data(as_text=True)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "lost"},
        {"unit": "nowhere"},
        {"auditor": "\0"},
        {"checklist": "' OR 1=1"},
        {"since": "tomorrow", "until": "9999999-01-01"},
    ],
)
def test_it_shows_nothing_that_was_not_asked_for(
    client_of: Browser, board: dict[str, UUID], nonsense: dict[str, str]
) -> None:
    page = client_of("lead").get("/assignments/", query_string=nonsense)
    assert page.status_code == 422
    assert not [each for each in board.values() if str(each) in page.get_data(as_text=True)]


@pytest.mark.parametrize("number", ["-1", "9" * 30])
def test_it_opens_a_page_that_is_there(client_of: Browser, board: dict[str, UUID], number: str) -> None:
    assert len(list_shown(client_of("lead"), page=number)) == len(board)


def test_it_shows_the_list_in_pages(client_of: Browser, cast: Cast) -> None:
    for _number in range(51):
        make_assignment(cast)
    first, second = list_shown(client_of("lead")), list_shown(client_of("lead"), page="2")
    assert (len(first), len(second)) == (50, 2)
    assert not set(first) & set(second)


def test_it_says_what_will_be_here_while_there_is_nothing(client_of: Browser, cast: Cast) -> None:
    db.session.query(Assignment).delete()
    db.session.commit()
    page = page_of(client_of("lead"))
    assert 'class="empty"' in page
    assert 'href="/assignments/new"' in page


def test_it_never_shows_one_company_the_assignments_of_another(
    client_of: Browser, cast: Cast, board: dict[str, UUID]
) -> None:
    assert list_shown(client_of("lead", foreign=True)) == [str(cast.foreign.assignment)]
    foreign_unit = str(cast.foreign.units["N1"])
    assert client_of("lead").get("/assignments/", query_string={"unit": foreign_unit}).status_code == 422


def test_it_shows_a_regional_lead_only_his_region(cast: Cast, board: dict[str, UUID]) -> None:
    grant = db.session.scalars(select(Grant).where(Grant.user_id == cast.ours.users["lead"])).one()
    grant.unit_id = cast.ours.units["Юг"]
    db.session.commit()
    assert count_assignments(load_reach(cast.ours.users["lead"])).total == 0


@pytest.mark.parametrize("role", ["manager", "hr", "employee", "administrator"])
def test_it_hides_who_audits_from_everybody_who_does_not_plan(
    client_of: Browser, cast: Cast, role: str
) -> None:
    for address in ("/assignments/", f"/assignments/{cast.ours.assignment}", "/assignments/new"):
        answer = client_of(role).get(address)
        assert answer.status_code == 403
        assert "auditor lavka" not in answer.get_data(as_text=True)


def test_it_says_on_the_page_of_an_assignment_that_the_visit_was_outside_the_window(
    client_of: Browser, cast: Cast
) -> None:
    """An early or late visit counts; whoever planned it learns of it there."""
    visit = db.session.get_one(Visit, make_submitted_visit(cast))
    assert visit.visited_at is not None
    page = f"/assignments/{visit.assignment_id}"
    said = "вне срока"
    assert said not in client_of("lead").get(page).get_data(as_text=True)
    visit.assignment.window_end = VISIT_DAY - timedelta(days=1)
    visit.assignment.window_start = VISIT_DAY - timedelta(days=7)
    db.session.commit()
    assert said in client_of("lead").get(page).get_data(as_text=True)
