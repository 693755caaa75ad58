"""The assignment page: when, where and in which role, and the one way in."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import func, select

from checklists.scenarios import load_scenarios
from mystery.access.scopes import Reach
from mystery.capture.actions import open_visit
from mystery.capture.own_visits import derive_visit_id
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, Employee, Placement, ScenarioRecord, Visit
from tests.capture.checklists import COMPLETE
from tests.capture.phone import FormReader, Phone, read_text
from tests.cast import Cast
from tests.factories import make_assignment

MADE = UUID("0b9f5a3c-6a4e-4d37-9c0a-0e3f5d1c2b4a")


def record_scenario(cast: Cast, name: str = "shop-purchase") -> UUID:
    """A scenario of the library, taken over by our company."""
    scenario = load_scenarios()[name]
    record = ScenarioRecord(
        company_id=cast.ours.company,
        slug=scenario.id,
        title_ru=scenario.title.ru,
        title_en=scenario.title.en,
        content=scenario.model_dump_json(by_alias=True),
    )
    db.session.add(record)
    db.session.commit()
    return record.id


def test_it_shows_the_legend_before_the_visit(cast: Cast, auditor: FlaskClient) -> None:
    scenario = load_scenarios()["shop-purchase"]
    assignment_id = make_assignment(
        cast, scenario=record_scenario(cast), briefing="Купите зарядку.\nЧек <b>сохраните</b>."
    )
    html = auditor.get(f"/capture/assignments/{assignment_id}").text
    page = read_text(html)
    for text in (scenario.legend, *scenario.steps, *scenario.ask):
        assert " ".join(text.en.split()) in page
    for text in scenario.expected:
        assert text.en not in page, "knowing what is expected would colour what is seen"
    assert "Чек &lt;b&gt;сохраните&lt;/b&gt;." in html
    assert "Анна" in page
    assert "9 questions" in page


def test_it_says_whom_to_meet_with_the_position_held_then(cast: Cast, auditor: FlaskClient) -> None:
    window = (date(2026, 12, 1), date(2026, 12, 9))
    anna = db.session.get_one(Employee, cast.ours.employees["Анна"])
    anna.placements[0].until = date(2026, 11, 30)
    anna.placements.append(
        Placement(unit_id=cast.ours.units["N1"], position="Старший продавец", since=date(2026, 12, 1))
    )
    db.session.commit()
    assignment_id = make_assignment(cast, window=window)
    assert "Анна, Старший продавец" in auditor.get(f"/capture/assignments/{assignment_id}").text
    assert "Анна, Старший продавец" in Phone(auditor, assignment_id).html


def test_it_has_the_legend_at_hand_while_filling_in(cast: Cast, auditor: FlaskClient) -> None:
    phone = Phone(auditor, make_assignment(cast, scenario=record_scenario(cast)))
    assert load_scenarios()["shop-purchase"].steps[0].en in read_text(phone.html)


def test_it_says_so_where_there_is_no_role(auditor: FlaskClient, task: UUID) -> None:
    assert "be an ordinary customer" in auditor.get(f"/capture/assignments/{task}").text


def test_it_begins_once_however_often_the_button_is_pressed(auditor: FlaskClient, task: UUID) -> None:
    addresses = {auditor.post(f"/capture/assignments/{task}/begin").location for _ in range(3)}
    assert len(addresses) == 1
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 1
    page = auditor.get(f"/capture/assignments/{task}").text
    assert addresses.pop() in page
    assert "Go on filling in" in page


def test_it_leads_to_what_was_sent_once_it_is(phone: Phone) -> None:
    phone.press("send", COMPLETE)
    assignment_id = db.session.get_one(Visit, phone.visit_id).assignment_id
    page = phone.browser.get(f"/capture/assignments/{assignment_id}").text
    assert f"/capture/{phone.visit_id}/sent" in page
    begun = phone.browser.post(f"/capture/assignments/{assignment_id}/begin")
    assert phone.browser.get(begun.location).location == f"/capture/{phone.visit_id}/sent"


def test_it_begins_nothing_on_a_cancelled_assignment(auditor: FlaskClient, task: UUID) -> None:
    db.session.get_one(Assignment, task).cancelled_at = now()
    db.session.commit()
    assert "Begin" not in auditor.get(f"/capture/assignments/{task}").text
    refused = auditor.post(f"/capture/assignments/{task}/begin")
    assert (refused.status_code, refused.location) == (303, f"/capture/assignments/{task}")
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 0


def test_it_lets_a_begun_visit_of_a_cancelled_assignment_be_sent(phone: Phone) -> None:
    assignment_id = db.session.get_one(Visit, phone.visit_id).assignment_id
    db.session.get_one(Assignment, assignment_id).cancelled_at = now()
    db.session.commit()
    assert "what you have can still be sent" in phone.reload()
    sent = phone.press("send", COMPLETE)
    assert "had been cancelled meanwhile. Your visit is kept" in phone.browser.get(sent.location).text


def test_it_opens_the_visit_under_the_id_that_every_device_derives(
    cast: Cast, auditor: FlaskClient, reach: Reach, task: UUID
) -> None:
    derived = derive_visit_id(task, cast.ours.users["auditor"])
    assert str(derived) in auditor.post(f"/capture/assignments/{task}/begin").location
    assert open_visit(reach, task) == derived


def test_it_keeps_the_id_of_a_visit_that_was_begun_before_ids_were_derived(
    cast: Cast, auditor: FlaskClient, reach: Reach, task: UUID
) -> None:
    assert open_visit(reach, task, MADE) == MADE
    assert open_visit(reach, task) == MADE
    derived = derive_visit_id(task, cast.ours.users["auditor"])
    page = auditor.get(f"/capture/{derived}/{cast.ours.version}")
    assert page.status_code == 200, "the derived address leads to the same visit"
    auditor.post(f"/capture/{derived}/{cast.ours.version}", data={"revision": "0", "a.name": "yes"})
    assert '"name":"yes"' in db.session.get_one(Visit, MADE, populate_existing=True).draft
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 1


def test_it_shows_the_page_before_anybody_has_begun_and_writes_nothing(
    cast: Cast, auditor: FlaskClient, task: UUID
) -> None:
    derived = derive_visit_id(task, cast.ours.users["auditor"])
    page = auditor.get(f"/capture/{derived}/{cast.ours.version}")
    assert page.status_code == 200
    assert page.headers["X-Page-Uid"] == cast.ours.users["auditor"].hex
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 0
    assert auditor.get(f"/capture/{derived}/{task}").status_code == 404, "another version"


def test_it_begins_with_the_first_saving_of_a_page_that_nobody_has_begun(
    cast: Cast, auditor: FlaskClient, task: UUID
) -> None:
    derived = derive_visit_id(task, cast.ours.users["auditor"])
    saved = auditor.post(
        f"/capture/{derived}/{cast.ours.version}", data={"revision": "0", "a.name": "yes", "action": "save"}
    )
    assert saved.status_code == 303
    assert db.session.get_one(Visit, derived).draft_revision == 1


def test_it_shows_no_page_of_somebody_elses_assignment(
    cast: Cast, auditor: FlaskClient, their_task: UUID
) -> None:
    for user in (cast.foreign.users["auditor"], cast.ours.users["auditor"]):
        derived = derive_visit_id(their_task, user)
        assert auditor.get(f"/capture/{derived}/{cast.foreign.version}").status_code == 404


def test_it_gives_a_blank_page_to_the_cache_whatever_was_entered(phone: Phone) -> None:
    phone.press("save", {**COMPLETE, "a.words": ["Секрет"]})
    blank = phone.browser.get(f"{phone.address}?blank=1").text
    assert "Секрет" not in blank
    assert FormReader(blank).values["revision"] == ["0"]
    assert FormReader(blank).values["v.day"] == [""], "no day is true on every day"
    phone.reload()
    phone.press("send", COMPLETE)
    assert phone.browser.get(f"{phone.address}?blank=1").status_code == 200
    assert phone.browser.get(phone.address).status_code == 303


def test_it_stays_on_the_version_it_was_begun_with(cast: Cast, auditor: FlaskClient) -> None:
    phone = Phone(auditor, make_assignment(cast))
    assert phone.address.endswith(str(cast.ours.version))


def test_it_says_when_a_visit_opens_above_the_way_in(cast: Cast, auditor: FlaskClient) -> None:
    early = make_assignment(cast, window=(date(2199, 12, 1), date(2199, 12, 9)))
    page = read_text(auditor.get(f"/capture/assignments/{early}").text)
    assert "The visit opens on 1 December 2199" in page
    assert page.index("The visit opens") < page.rindex("Begin")
    assert auditor.post(f"/capture/assignments/{early}/begin").status_code == 303


def test_it_says_nothing_of_opening_once_the_days_have_begun(auditor: FlaskClient, task: UUID) -> None:
    assert "The visit opens" not in auditor.get(f"/capture/assignments/{task}").text


def test_it_shows_the_window(cast: Cast, auditor: FlaskClient) -> None:
    assignment_id = make_assignment(cast, window=(date(2026, 11, 1), date(2026, 11, 14)))
    page = read_text(auditor.get(f"/capture/assignments/{assignment_id}").text)
    assert "1–14 November 2026 ▲ Overdue" in page
