"""Who saw whom: every opening of a report is kept in a chain, and the employee sees who opened his."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import delete, select, text, update

from mystery.access.openings import find_broken_link
from mystery.database import db
from mystery.models import AccessEvent, User
from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]


def open_thrice(client_of: Browser, cast: Cast) -> str:
    """The manager reads the page, HR downloads the PDF, the employee reads the page."""
    visit = str(make_submitted_visit(cast))
    client_of("manager").get(f"/visits/{visit}")
    client_of("hr").get(f"/visits/{visit}/report.pdf")
    client_of("employee").get(f"/visits/{visit}")
    return visit


def test_it_writes_down_every_opening(client_of: Browser, cast: Cast) -> None:
    open_thrice(client_of, cast)
    events = db.session.execute(
        select(AccessEvent.reader_id, AccessEvent.kind).order_by(AccessEvent.id)
    ).all()
    users = cast.ours.users
    assert [tuple(event) for event in events] == [
        (users["manager"], "page"),
        (users["hr"], "pdf"),
        (users["employee"], "page"),
    ]
    assert find_broken_link() is None


def test_it_shows_the_employee_who_else_opened_his_report(client_of: Browser, cast: Cast) -> None:
    visit = open_thrice(client_of, cast)
    page = client_of("employee").get(f"/visits/{visit}").get_data(as_text=True)
    openings = page[page.index('id="openings"') :]
    assert "manager lavka" in openings
    assert "hr lavka" in openings
    assert "employee lavka" not in openings[: openings.index("</ul>")]


def test_it_does_not_show_the_openings_to_anybody_else(client_of: Browser, cast: Cast) -> None:
    visit = open_thrice(client_of, cast)
    assert 'id="openings"' not in client_of("manager").get(f"/visits/{visit}").get_data(as_text=True)


def test_it_writes_nothing_down_for_somebody_who_may_not_read(client_of: Browser, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    assert client_of("hr", foreign=True).get(f"/visits/{visit}").status_code == 404
    assert db.session.scalars(select(AccessEvent)).all() == []


def test_it_notices_an_event_that_was_taken_out_or_changed(client_of: Browser, cast: Cast) -> None:
    open_thrice(client_of, cast)
    # Somebody with the database file at hand can take its own rules away; the chain still tells.
    for rule in ("event_is_chained", "event_stays"):
        db.session.execute(text(f"DROP TRIGGER {rule}"))
    second = db.session.scalars(select(AccessEvent.id).order_by(AccessEvent.id)).all()[1]
    db.session.execute(update(AccessEvent).where(AccessEvent.id == second).values(content_digest="0" * 64))
    assert find_broken_link() == second
    db.session.execute(delete(AccessEvent).where(AccessEvent.id == second))
    assert find_broken_link() == second + 1


def test_it_keeps_the_chain_whole_when_a_reader_is_erased(client_of: Browser, cast: Cast) -> None:
    visit = open_thrice(client_of, cast)
    db.session.execute(update(AccessEvent).values(reader_id=None))
    db.session.commit()
    assert find_broken_link() is None
    page = client_of("employee").get(f"/visits/{visit}").get_data(as_text=True)
    assert db.session.get(User, cast.ours.users["manager"]) is not None
    assert "manager lavka" not in page
