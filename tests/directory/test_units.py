"""The tree of units: what it shows, and adding, changing, closing and reopening units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from mystery.access.permissions import Permission, Role
from mystery.access.scopes import NotYours
from mystery.database import db
from mystery.directory import actions, queries
from mystery.directory.actions import UnitDraft
from mystery.directory.faults import Reason
from mystery.models import Unit, User
from mystery.tables.faults import Fault
from tests.cast import Cast
from tests.directory.files import reach_of

Clients = Callable[..., FlaskClient]


def draft(name: str, code: str | None = None) -> UnitDraft:
    """A unit as a form has it."""
    return UnitDraft(name, code, "Невский, 1", "Europe/Samara")


def fresh_unit(unit_id: object) -> Unit:
    """The unit as the database has it now."""
    db.session.expire_all()
    return db.session.get_one(Unit, unit_id)


def test_it_shows_the_tree_in_order_with_staff_counted_upwards(cast: Cast) -> None:
    rows = queries.list_units(reach_of(cast.ours.company)).rows
    assert [(row.level, row.name, row.staff, row.staff_below) for row in rows] == [
        (0, "Лавка", 0, 3),
        (1, "Север", 0, 2),
        (2, "Магазин N1", 1, 1),
        (2, "Магазин N2", 1, 1),
        (1, "Юг", 0, 1),
        (2, "Магазин S1", 1, 1),
    ]


def test_it_sorts_shop_9_before_shop_10(cast: Cast) -> None:
    reach = reach_of(cast.ours.company)
    for number in (10, 9, 100):
        actions.add_unit(reach, cast.ours.units["Юг"], "shop", draft(f"Магазин {number}"))
    names = [row.name for row in queries.list_units(reach).rows]
    assert names[-4:] == ["Магазин 9", "Магазин 10", "Магазин 100", "Магазин S1"]


def test_it_begins_the_tree_where_the_reach_begins(cast: Cast) -> None:
    rows = queries.list_units(reach_of(cast.ours.units["Север"], Role.MANAGER)).rows
    assert [(row.level, row.name) for row in rows] == [(0, "Север"), (1, "Магазин N1"), (1, "Магазин N2")]


@pytest.mark.parametrize("text", ["магазин n1", "N1", "лавка 1", "%", "_", "\x00", "ё" * 5000, "=1+1"])
def test_it_searches_without_minding_case_and_never_breaks(client_of: Clients, text: str) -> None:
    page = client_of("administrator").get("/directory/units", query_string={"q": text, "page": "9" * 30})
    assert page.status_code == 200
    assert ("Магазин N1" in page.get_data(as_text=True)) == (text in ("магазин n1", "N1", "\x00"))


def test_it_adds_a_shop_below_a_region(client_of: Clients, cast: Cast) -> None:
    form = {"kind": "shop", "name": "  Магазин   N3 ", "code": "N3", "address": "", "time_zone": "Asia/Omsk"}
    answer = client_of("administrator").post(f"/directory/units/{cast.ours.units['Север']}/add", data=form)
    assert answer.status_code == 303
    added = db.session.query(Unit).filter_by(code="N3").one()
    assert (added.name, added.kind, added.time_zone) == ("Магазин N3", "shop", "Asia/Omsk")
    assert (added.parent_id, added.company_id) == (cast.ours.units["Север"], cast.ours.company)
    assert added.path == f"{fresh_unit(cast.ours.units['Север']).path}{added.id.hex}/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "д" * 121),
        ("name", "x" * 100_000),
        ("name", "a\x00b"),
        ("name", "abc\u202egnp"),
        ("code", "К" * 41),
        ("code", "N1"),
        ("address", "у" * 301),
        ("kind", "company"),
        ("kind", "palace"),
        ("time_zone", "Mars/Crater"),
        ("time_zone", ""),
    ],
)
def test_it_says_beside_the_field_what_to_mend_and_keeps_the_rest(
    client_of: Clients, cast: Cast, field: str, value: str
) -> None:
    form = {"kind": "region", "name": "Запад", "code": "W", "address": "Мост", "time_zone": "Asia/Omsk"}
    answer = client_of("administrator").post(
        f"/directory/units/{cast.ours.company}/add", data=form | {field: value}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in page
    kept = next(value for name, value in form.items() if name not in (field, "kind"))
    assert kept in page
    assert db.session.query(Unit).filter_by(code="W").count() == 0


def test_it_puts_nothing_below_a_shop_or_a_closed_unit(cast: Cast) -> None:
    reach = reach_of(cast.ours.company)
    below_shop = actions.add_unit(reach, cast.ours.units["N1"], "shop", draft("Киоск"))
    assert isinstance(below_shop, Fault)
    assert below_shop.reason is Reason.PARENT_IS_SHOP
    actions.close_unit(reach, cast.ours.units["S1"], date(2026, 1, 1))
    actions.close_unit(reach, cast.ours.units["Юг"], date(2026, 1, 1))
    below_closed = actions.add_unit(reach, cast.ours.units["Юг"], "shop", draft("Киоск"))
    assert isinstance(below_closed, Fault)
    assert below_closed.reason is Reason.PARENT_CLOSED


def test_it_changes_name_code_address_and_time_zone_and_nothing_else(client_of: Clients, cast: Cast) -> None:
    before = fresh_unit(cast.ours.units["N1"]).path
    form = {"name": "Новое имя", "code": "", "address": "Невский, 2", "time_zone": "Asia/Omsk"}
    planted = {
        "path": "/",
        "kind": "company",
        "company_id": str(cast.foreign.company),
        "parent_id": "",
        "id": "1",
    }
    answer = client_of("administrator").post(
        f"/directory/units/{cast.ours.units['N1']}/edit", data=form | planted
    )
    assert answer.status_code == 303
    unit = fresh_unit(cast.ours.units["N1"])
    assert (unit.name, unit.code, unit.address, unit.time_zone) == (
        "Новое имя",
        None,
        "Невский, 2",
        "Asia/Omsk",
    )
    assert (unit.path, unit.kind, unit.company_id) == (before, "shop", cast.ours.company)
    assert unit.parent_id == cast.ours.units["Север"]


def test_it_lets_two_companies_use_the_same_code(cast: Cast) -> None:
    reach = reach_of(cast.ours.company)
    assert not isinstance(actions.add_unit(reach, cast.ours.company, "shop", draft("Новый", "X1")), Fault)
    foreign = reach_of(cast.foreign.company)
    assert not isinstance(
        actions.add_unit(foreign, cast.foreign.company, "shop", draft("Новый", "X1")), Fault
    )
    taken = actions.add_unit(reach, cast.ours.company, "shop", draft("Другой", "X1"))
    assert isinstance(taken, Fault)
    assert (taken.reason, taken.field) == (Reason.CODE_TAKEN, "code")


def test_it_closes_and_reopens_a_unit(client_of: Clients, cast: Cast) -> None:
    browser, shop = client_of("administrator"), cast.ours.units["N1"]
    assert browser.post(f"/directory/units/{shop}/close", data={"closed_on": "2026-10-01"}).status_code == 303
    assert fresh_unit(shop).closed_on == date(2026, 10, 1)
    listed = browser.get("/directory/units").get_data(as_text=True)
    assert "Магазин N1" not in listed
    assert "Магазин N1" in browser.get("/directory/units?closed=y").get_data(as_text=True)
    offered = queries.list_unit_choices(reach_of(cast.ours.company), Permission.MANAGE_EMPLOYEES)
    assert shop not in {choice.id for choice in offered}
    assert browser.post(f"/directory/units/{shop}/reopen").status_code == 303
    assert fresh_unit(shop).closed_on is None


def test_it_reopens_a_unit_only_below_an_open_one(client_of: Clients, cast: Cast) -> None:
    reach, day = reach_of(cast.ours.company), date(2026, 1, 1)
    actions.close_unit(reach, cast.ours.units["S1"], day)
    actions.close_unit(reach, cast.ours.units["Юг"], day)
    page = client_of("administrator").post(
        f"/directory/units/{cast.ours.units['S1']}/reopen", follow_redirects=True
    )
    assert "notice-missed" in page.get_data(as_text=True)
    assert fresh_unit(cast.ours.units["S1"]).closed_on == day


@pytest.mark.parametrize("day", ["2099-01-01", "0001-01-01", "", "morgen", "9" * 40])
def test_it_refuses_a_closing_day_that_cannot_be(client_of: Clients, cast: Cast, day: str) -> None:
    shop = cast.ours.units["N1"]
    answer = client_of("administrator").post(f"/directory/units/{shop}/close", data={"closed_on": day})
    assert answer.status_code == 422
    assert 'id="closed_on-problem"' in answer.get_data(as_text=True)
    assert fresh_unit(shop).closed_on is None


def test_it_closes_neither_a_region_with_open_shops_nor_the_company(cast: Cast) -> None:
    reach, day = reach_of(cast.ours.company), date(2026, 1, 1)
    region = actions.close_unit(reach, cast.ours.units["Север"], day)
    company = actions.close_unit(reach, cast.ours.company, day)
    assert isinstance(region, Fault)
    assert isinstance(company, Fault)
    assert (region.reason, dict(region.details)) == (Reason.OPEN_UNITS_BELOW, {"count": 2})
    assert company.reason is Reason.COMPANY_STAYS


def test_it_lets_an_administrator_of_a_region_change_that_region_only(cast: Cast) -> None:
    reach = reach_of(cast.ours.units["Север"])
    assert actions.edit_unit(reach, cast.ours.units["N1"], draft("Мой")) == cast.ours.units["N1"]
    for unit in ("S1", "Юг", "company"):
        with pytest.raises(NotYours):
            actions.edit_unit(reach, cast.ours.units[unit], draft("Не мой"))


def test_it_offers_changes_only_to_those_who_may_make_them(client_of: Clients, cast: Cast) -> None:
    address = f"/directory/units/{cast.ours.units['Север']}"
    assert f"{address}/edit" in client_of("administrator").get(address).get_data(as_text=True)
    for role in ("lead", "manager", "hr"):
        page = client_of(role).get(address).get_data(as_text=True)
        assert "/edit" not in page
        assert "/close" not in page


def test_it_answers_404_for_what_does_not_exist(client_of: Clients, cast: Cast) -> None:
    browser = client_of("administrator")
    for address in (
        f"/directory/units/{cast.foreign.units['N1']}",
        "/directory/units/1",
        "/directory/units/x/edit",
    ):
        assert browser.get(address).status_code == 404


def test_it_speaks_english_to_those_who_chose_it(client_of: Clients, cast: Cast) -> None:
    db.session.get_one(User, cast.ours.users["administrator"]).language = "en"
    db.session.commit()
    page = client_of("administrator").get("/directory/units").get_data(as_text=True)
    assert "6 units" in page
