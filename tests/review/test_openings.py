"""Who saw whom: reading a visit on the review desk stands in the same chain as opening its report."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.access.openings import find_broken_link
from mystery.access.scopes import load_reach
from mystery.database import db
from mystery.models import AccessEvent
from mystery.review.actions import return_visit, take_visit
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.review.desk import make_held_visit

Browsers = Callable[..., FlaskClient]


def list_events() -> list[tuple[UUID | None, UUID | None, UUID | None, str]]:
    """Visit, employee, reader and kind of every event, the oldest first."""
    rows = db.session.execute(
        select(
            AccessEvent.visit_id, AccessEvent.employee_id, AccessEvent.reader_id, AccessEvent.kind
        ).order_by(AccessEvent.id)
    )
    return [(visit, employee, reader, kind) for visit, employee, reader, kind in rows]


@pytest.mark.parametrize("page", ["", "/take", "/return"])
def test_it_writes_down_who_reads_a_held_visit(client_of: Browsers, cast: Cast, page: str) -> None:
    visit = make_held_visit(cast)
    assert client_of("lead").get(f"/review/{visit}{page}").status_code == 200
    assert list_events() == [(visit, cast.ours.employees["Анна"], cast.ours.users["lead"], "review")]
    assert db.session.scalars(select(AccessEvent.company_id)).one() == cast.ours.company


def test_it_is_one_chain_with_the_openings_of_the_report(client_of: Browsers, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    client_of("manager").get(f"/visits/{visit}")
    client_of("lead").get(f"/review/{visit}")
    client_of("hr").get(f"/visits/{visit}/report.pdf")
    assert [kind for *_rest, kind in list_events()] == ["page", "review", "pdf"]
    assert find_broken_link() is None


def test_it_shows_the_employee_that_a_reviewer_looked(client_of: Browsers, cast: Cast) -> None:
    visit = make_held_visit(cast)
    client_of("lead").get(f"/review/{visit}")
    take_visit(load_reach(cast.ours.users["lead"]), visit, {})
    page = client_of("employee").get(f"/visits/{visit}").get_data(as_text=True)
    assert "lead lavka" in page[page.index('id="openings"') :]


def test_it_writes_nothing_down_for_somebody_who_may_not_read(client_of: Browsers, cast: Cast) -> None:
    visit = make_held_visit(cast)
    assert client_of("manager").get(f"/review/{visit}").status_code == 403
    assert client_of("lead", foreign=True).get(f"/review/{visit}").status_code == 404
    assert list_events() == []


def test_it_writes_nothing_down_where_nobody_is_shown(client_of: Browsers, cast: Cast) -> None:
    """A visit that is with its auditor again says nothing of the employee here."""
    visit, lead = make_held_visit(cast), client_of("lead")
    return_visit(load_reach(cast.ours.users["lead"]), visit, "Добавьте время.")
    page = lead.get(f"/review/{visit}").get_data(as_text=True)
    assert "Анна" not in page
    lead.get("/review")
    assert list_events() == []


@pytest.mark.parametrize("page", ["take", "return"])
def test_it_writes_nothing_down_where_a_page_only_leads_on(
    client_of: Browsers, cast: Cast, page: str
) -> None:
    visit = make_submitted_visit(cast)
    assert client_of("lead").get(f"/review/{visit}/{page}").status_code == 303
    assert list_events() == []
