"""When the visit was, and whom it was about."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from mystery.clock import now
from mystery.database import db
from mystery.models import Employee, Placement, Unit, Visit
from mystery.sheets.visit_facts import (
    FactFault,
    NamedEmployee,
    join_employee,
    join_moment,
    read_employee,
    read_moment,
    split_employee,
    split_moment,
)
from tests.capture.checklists import publish, read
from tests.capture.phone import Phone
from tests.cast import Cast
from tests.factories import make_assignment

SECTIONS = """
  - id: only
    title: {ru: Один, en: One}
    questions: [{id: name, kind: yes_no, text: {ru: Имя?, en: Name?}}]
"""
WHEN = {"v.day": ["2026-11-05"], "v.clock": ["14:30"], "a.name": ["yes"]}
TYPED = st.text(max_size=40).map(str.strip)


@pytest.fixture
def phone(cast: Cast, auditor: FlaskClient) -> Phone:
    """A phone on a small checklist, on an assignment that names nobody."""
    return Phone(auditor, make_assignment(cast, employee=None, version=publish(cast, read(SECTIONS))))


def load_visit(phone: Phone) -> Visit:
    """The phone's visit as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Visit, phone.visit_id)


def test_it_asks_whom_the_visit_was_about_among_the_staff_of_the_unit(cast: Cast, phone: Phone) -> None:
    assert "Анна, Продавец" in phone.beside("whom")
    assert "Борис" not in phone.beside("whom"), "he works elsewhere"
    assert phone.press("send", WHEN).status_code == 422
    assert "Choose who served you" in phone.beside("whom")
    anna = cast.ours.employees["Анна"]
    assert phone.press("send", {"v.employee": [str(anna)]}).status_code == 303
    assert load_visit(phone).employee_id == anna


def test_it_takes_a_name_from_the_badge_of_somebody_unknown(phone: Phone) -> None:
    assert phone.press("send", {**WHEN, "v.employee": ["unknown"], "v.note": ["Ольга"]}).status_code == 303
    visit = load_visit(phone)
    assert (visit.employee_id, visit.employee_note) == (None, "Ольга")


def test_it_needs_no_choice_where_a_name_was_written(phone: Phone) -> None:
    assert phone.press("send", {**WHEN, "v.note": ["Ольга"]}).status_code == 303
    assert load_visit(phone).employee_note == "Ольга"


def test_it_refuses_somebody_who_did_not_work_there_that_day(cast: Cast, phone: Phone) -> None:
    for stranger in (cast.ours.employees["Борис"], cast.foreign.employees["Анна"], cast.ours.company):
        assert phone.press("send", {**WHEN, "v.employee": [str(stranger)]}).status_code == 422
        assert "did not work here then" in phone.beside("whom")


def test_it_knows_who_worked_there_on_the_day_of_the_visit(cast: Cast, phone: Phone) -> None:
    """Вера helped out in N1 in October only."""
    vera = db.session.get_one(Employee, cast.ours.employees["Вера"])
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    vera.placements.append(Placement(unit_id=cast.ours.units["N1"], position="", since=first, until=last))
    db.session.commit()
    assert "Вера" in phone.reload(), "the visit may have been in October"
    chosen = {**WHEN, "v.employee": [str(cast.ours.employees["Вера"])]}
    assert phone.press("send", chosen).status_code == 422
    assert "did not work here then" in phone.beside("whom")
    assert phone.press("send", {"v.day": ["2026-10-31"]}).status_code == 303


@pytest.mark.parametrize(
    ("note", "words"),
    [("x" * 121, "Shorten the name"), ("x" * 100_000, "Shorten the name"), ("a\x00b", "control characters")],
)
def test_it_keeps_an_impossible_name_and_says_what_to_do(phone: Phone, note: str, words: str) -> None:
    refused = phone.press("send", {**WHEN, "v.employee": ["unknown"], "v.note": [note]})
    assert refused.status_code == 422
    assert words in phone.beside("whom")
    assert phone.values["v.note"] == [note]


@pytest.mark.parametrize("channel", ["merchandising", "competitor"])
def test_it_asks_for_nobody_where_nobody_is_assessed(cast: Cast, auditor: FlaskClient, channel: str) -> None:
    version = publish(cast, read(SECTIONS, channel=channel))
    phone = Phone(auditor, make_assignment(cast, employee=None, version=version))
    assert 'id="whom"' not in phone.html
    assert phone.press("send", WHEN).status_code == 303
    assert load_visit(phone).employee_id is None


def test_it_asks_for_nobody_where_the_assignment_names_somebody(cast: Cast, auditor: FlaskClient) -> None:
    phone = Phone(auditor, make_assignment(cast, version=publish(cast, read(SECTIONS))))
    assert 'id="whom"' not in phone.html
    swapped = {**WHEN, "v.employee": [str(cast.ours.employees["Борис"])]}
    assert phone.press("send", swapped).status_code == 303
    assert load_visit(phone).employee_id == cast.ours.employees["Анна"]


def test_it_takes_the_time_on_the_clock_of_the_unit(cast: Cast, phone: Phone) -> None:
    db.session.get_one(Unit, cast.ours.units["N1"]).time_zone = "Asia/Vladivostok"
    db.session.commit()
    early = {**WHEN, "v.clock": ["08:30"], "v.employee": ["unknown"]}
    assert phone.press("send", early).status_code == 303
    visit = load_visit(phone)
    assert visit.visited_at is not None
    assert visit.visited_at.isoformat() == "2026-11-04T22:30:00+00:00"
    assert visit.visited_on == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("day", "clock", "words"),
    [
        ("", "14:30", "Choose the day of the visit."),
        ("2026-11-05", "", "Choose the time of the visit"),
        ("2026-11-05", "half past two", "This is no date and time."),
        ("05.11.2026", "14:30", "This is no date and time."),
        ("2199-01-01", "14:30", "still to come"),
        ("2020-01-01", "14:30", "long before the visit was asked for"),
        ("<script>", "x" * 4000, "This is no date and time."),
    ],
)
def test_it_asks_for_a_possible_time(phone: Phone, day: str, clock: str, words: str) -> None:
    times = {"v.day": [day], "v.clock": [clock], "v.employee": ["unknown"], "a.name": ["yes"]}
    assert phone.press("send", times).status_code == 422
    assert words in phone.beside("when")
    assert phone.problems[0].startswith("Time of the visit")


@pytest.mark.parametrize(
    ("first", "last", "is_offered"),
    [(-1, 1, True), (0, 0, True), (-9, -1, False), (1, 9, False)],
    ids=["running", "today", "overdue", "to come"],
)
def test_it_offers_today_only_while_the_visit_is_wanted(
    cast: Cast, auditor: FlaskClient, first: int, last: int, is_offered: bool
) -> None:
    """A day that is filled in already is easily sent unread."""
    today = now().astimezone(ZoneInfo("Europe/Moscow")).date()
    window = (today + timedelta(days=first), today + timedelta(days=last))
    phone = Phone(auditor, make_assignment(cast, window=window))
    assert phone.values["v.day"] == [today.isoformat() if is_offered else ""]


@given(st.uuids() | st.just("unknown"), TYPED)
def test_it_reads_back_whom_it_wrote(choice: UUID | str, note: str) -> None:
    assert split_employee(join_employee(str(choice), note)) == (str(choice), note)


@given(TYPED.filter(lambda text: "T" not in text), TYPED)
def test_it_reads_back_the_moment_it_wrote(day: str, clock: str) -> None:
    assert split_moment(join_moment(day, clock)) == (day, clock)


@given(st.none() | st.text() | st.integers() | st.lists(st.text()))
def test_it_reads_any_nonsense_without_breaking(value: object) -> None:
    assert isinstance(read_employee(value), NamedEmployee | FactFault)
    assert not isinstance(read_moment(value, "Europe/Moscow"), NamedEmployee)
