"""An assignment changes while nobody has begun it; cancelling asks once and can be undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.database import db
from mystery.models import Assignment, Unit
from mystery.planning.actions import (
    Outcome,
    Planned,
    cancel_assignment,
    change_assignment,
    restore_assignment,
)
from mystery.planning.orders import OrderFault
from tests.cast import Cast
from tests.planning.desk import (
    TODAY,
    begin_visit,
    fill_form,
    find_employee,
    in_days,
    make_auditor,
    make_order,
    send_visit,
)

Browser = Callable[..., FlaskClient]


def ours(cast: Cast) -> Assignment:
    """The assignment of the cast, read anew."""
    db.session.expire_all()
    assert cast.ours.assignment is not None
    return db.session.get_one(Assignment, cast.ours.assignment)


def test_it_changes_auditor_and_window_while_nobody_has_begun(client_of: Browser, cast: Cast) -> None:
    other = make_auditor(cast, "other")
    form = fill_form(cast, auditor_0=str(other), employee_0="", window_end=in_days(9).isoformat())
    answer = client_of("lead").post(f"/assignments/{cast.ours.assignment}/change", data=form)
    assert answer.status_code == 303
    row = ours(cast)
    assert (row.auditor_id, row.employee_id) == (other, None)
    assert (row.window_start, row.window_end) == (TODAY, in_days(9))


def test_it_begins_the_form_with_what_was_agreed(client_of: Browser, cast: Cast) -> None:
    page = client_of("lead").get(f"/assignments/{cast.ours.assignment}/change").get_data(as_text=True)
    assert 'value="2026-01-01"' in page
    chosen = re.findall(r'<option selected value="([^"]+)"', page)
    assert chosen == [str(cast.ours.users["auditor"]), str(cast.ours.employees["Анна"])]


def test_it_keeps_those_already_chosen_in_the_lists_though_they_left(client_of: Browser, cast: Cast) -> None:
    anna = find_employee(cast, "Анна")
    anna.left_on = anna.placements[0].until = in_days(-1)
    db.session.commit()
    page = client_of("lead").get(f"/assignments/{cast.ours.assignment}/change").get_data(as_text=True)
    assert f'<option selected value="{cast.ours.employees["Анна"]}"' in page


def test_it_never_changes_unit_or_checklist(cast: Cast, lead: Reach) -> None:
    assert cast.ours.assignment is not None
    order = make_order(cast, unit_id=cast.ours.units["S1"], version_id=uuid4())
    assert change_assignment(lead, cast.ours.assignment, order) is Outcome.DONE
    row = ours(cast)
    assert (row.unit_id, row.version_id) == (cast.ours.units["N1"], cast.ours.version)


def test_it_refuses_a_change_that_would_be_refused_for_a_new_visit(cast: Cast, lead: Reach) -> None:
    assert cast.ours.assignment is not None
    refused = change_assignment(lead, cast.ours.assignment, make_order(cast, window_end=in_days(-1)))
    assert isinstance(refused, Planned)
    assert [problem.fault for problem in refused.problems] == [OrderFault.WINDOW_REVERSED]


def test_it_shows_problems_of_a_change_beside_the_field(client_of: Browser, cast: Cast) -> None:
    form = fill_form(cast, auditor_0=str(cast.foreign.users["auditor"]), briefing="Новое")
    answer = client_of("lead").post(f"/assignments/{cast.ours.assignment}/change", data=form)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'id="auditor_0-problem"' in page
    assert "Новое" in page


def test_it_no_longer_changes_what_the_auditor_has_begun(client_of: Browser, cast: Cast) -> None:
    assert cast.ours.assignment is not None
    begin_visit(cast, cast.ours.assignment)
    browser = client_of("lead")
    assert browser.get(f"/assignments/{cast.ours.assignment}/change").status_code == 303
    before = ours(cast).window_end
    answer = browser.post(f"/assignments/{cast.ours.assignment}/change", data=fill_form(cast))
    assert answer.status_code == 303
    assert ours(cast).window_end == before


@pytest.mark.parametrize("state", ["sent", "cancelled"])
def test_it_no_longer_changes_what_is_settled(cast: Cast, lead: Reach, state: str) -> None:
    assert cast.ours.assignment is not None
    if state == "sent":
        send_visit(cast, cast.ours.assignment)
    else:
        cancel_assignment(lead, cast.ours.assignment)
    outcome = change_assignment(lead, cast.ours.assignment, make_order(cast))
    assert outcome is (Outcome.SENT if state == "sent" else Outcome.CANCELLED)


def test_it_asks_once_before_cancelling_and_can_undo_it(client_of: Browser, cast: Cast) -> None:
    browser = client_of("lead")
    asked = browser.get(f"/assignments/{cast.ours.assignment}/cancel").get_data(as_text=True)
    assert "Магазин N1" in asked
    assert ours(cast).cancelled_at is None
    assert browser.post(f"/assignments/{cast.ours.assignment}/cancel").status_code == 303
    assert ours(cast).cancelled_at is not None
    page = browser.get(f"/assignments/{cast.ours.assignment}").get_data(as_text=True)
    assert f'action="/assignments/{cast.ours.assignment}/restore"' in page
    assert browser.post(f"/assignments/{cast.ours.assignment}/restore").status_code == 303
    assert ours(cast).cancelled_at is None


def test_it_keeps_the_moment_of_the_first_cancellation(cast: Cast, lead: Reach) -> None:
    assert cast.ours.assignment is not None
    cancel_assignment(lead, cast.ours.assignment)
    first = ours(cast).cancelled_at
    assert cancel_assignment(lead, cast.ours.assignment) is Outcome.DONE
    assert ours(cast).cancelled_at == first


def test_it_cancels_a_begun_visit_for_good(client_of: Browser, cast: Cast, lead: Reach) -> None:
    assert cast.ours.assignment is not None
    begin_visit(cast, cast.ours.assignment)
    asked = client_of("lead").get(f"/assignments/{cast.ours.assignment}/cancel").get_data(as_text=True)
    assert 'class="notice notice-missed"' in asked
    assert cancel_assignment(lead, cast.ours.assignment) is Outcome.DONE
    assert restore_assignment(lead, cast.ours.assignment) is Outcome.STARTED
    assert ours(cast).cancelled_at is not None


def test_it_does_not_cancel_what_was_sent(cast: Cast, lead: Reach) -> None:
    assert cast.ours.assignment is not None
    send_visit(cast, cast.ours.assignment)
    assert cancel_assignment(lead, cast.ours.assignment) is Outcome.SENT
    assert restore_assignment(lead, cast.ours.assignment) is Outcome.SENT
    assert ours(cast).cancelled_at is None


def test_it_leads_from_a_sent_assignment_to_its_visit(client_of: Browser, cast: Cast) -> None:
    assert cast.ours.assignment is not None
    visit = send_visit(cast, cast.ours.assignment)
    page = client_of("lead").get(f"/assignments/{cast.ours.assignment}").get_data(as_text=True)
    assert f'href="/visits/{visit}"' in page
    assert "/change" not in page
    assert "/cancel" not in page


def test_it_warns_about_what_has_gone_wrong_since_it_was_planned(client_of: Browser, cast: Cast) -> None:
    browser = client_of("lead")
    address = f"/assignments/{cast.ours.assignment}"
    assert "notice-missed" not in browser.get(address).get_data(as_text=True)
    db.session.get_one(Unit, cast.ours.units["N1"]).closed_on = TODAY
    anna = find_employee(cast, "Анна")
    anna.placements[0].until = anna.left_on = in_days(-400)
    db.session.commit()
    assert browser.get(address).get_data(as_text=True).count("notice-missed") == 2


@pytest.mark.parametrize("action", [cancel_assignment, restore_assignment])
def test_it_does_not_know_assignments_of_others(
    cast: Cast, action: Callable[[Reach, object], Outcome]
) -> None:
    foreign = load_reach(cast.foreign.users["lead"])
    manager = load_reach(cast.ours.users["manager"])
    for reach in (foreign, manager):
        with pytest.raises(NotYours):
            action(reach, cast.ours.assignment)
        db.session.rollback()


@pytest.mark.parametrize("page", ["", "/change", "/cancel"])
def test_it_answers_404_for_ids_that_are_nobodys_or_no_ids(client_of: Browser, page: str) -> None:
    for name in (str(uuid4()), "not-an-id", "%00", "1" * 300):
        assert client_of("lead").get(f"/assignments/{name}{page}").status_code == 404
