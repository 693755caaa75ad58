"""People and roles: granted, withdrawn and switched off within one's subtree, and never down to nobody."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from mystery.access.permissions import Role
from mystery.access.scopes import load_reach
from mystery.accounts.actions import AccountProblem, withdraw_grant
from mystery.database import db
from mystery.models import Grant, User
from tests.cast import Cast, sign_in

Browser = Callable[..., FlaskClient]


def read_grants(user_id: UUID) -> dict[tuple[str, UUID], UUID]:
    """The roles of a user, with the ids of the grants."""
    rows = db.session.scalars(select(Grant).where(Grant.user_id == user_id))
    return {(grant.role, grant.unit_id): grant.id for grant in rows}


def add_grant(user_id: UUID, role: Role, unit_id: UUID) -> UUID:
    """One more role of a user."""
    grant = Grant(user_id=user_id, role=role.value, unit_id=unit_id)
    db.session.add(grant)
    db.session.commit()
    return grant.id


def confine_administrator(cast: Cast, unit: str) -> None:
    """Let our administrator be one of a region only."""
    grants = update(Grant).where(Grant.user_id == cast.ours.users["administrator"])
    db.session.execute(grants.values(unit_id=cast.ours.units[unit]))
    db.session.commit()


def test_it_lists_the_people_with_a_role_in_reach(client_of: Browser, cast: Cast) -> None:
    page = client_of("administrator").get("/account/people").text
    assert all(f"{role.value}@lavka.example" in page for role in Role)
    assert "foreign.example" not in page


def test_it_shows_the_administrator_of_a_region_its_people_only(client_of: Browser, cast: Cast) -> None:
    confine_administrator(cast, "Север")
    page = client_of("administrator").get("/account/people").text
    assert "manager@lavka.example" in page
    assert "lead@lavka.example" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=LEAD", {"lead"}),
        ("q=lavka+hr", {"hr"}),
        ("q=%25", set()),
        ("role=manager", {"manager"}),
        ("state=off", set()),
        ("state=on&role=hr", {"hr"}),
        ("role=nonsense&state=nonsense", set()),
        ("page=nonsense", {role.value for role in Role}),
        ("q=%00", {role.value for role in Role}),
    ],
)
def test_it_searches_and_narrows(client_of: Browser, cast: Cast, query: str, found: set[str]) -> None:
    page = client_of("administrator").get(f"/account/people?{query}").text
    assert {role.value for role in Role if f"{role.value}@lavka.example" in page} == found


def test_it_shows_only_the_roles_in_reach(client_of: Browser, cast: Cast) -> None:
    """Where else somebody works is his own affair."""
    add_grant(cast.ours.users["auditor"], Role.AUDITOR, cast.foreign.units["N2"])
    page = client_of("administrator").get(f"/account/people/{cast.ours.users['auditor']}").text
    assert page.count("/withdraw") == 1


def test_it_grants_a_role(client_of: Browser, cast: Cast) -> None:
    hr, unit = cast.ours.users["hr"], cast.ours.units["N1"]
    fields = {"role": "manager", "unit": str(unit)}
    client = client_of("administrator")
    assert client.post(f"/account/people/{hr}/roles", data=fields).status_code == 303
    assert ("manager", unit) in read_grants(hr)
    assert client.post(f"/account/people/{hr}/roles", data=fields).status_code == 422, "once is enough"


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "manager", "unit": ""},
        {"role": "manager", "unit": "nonsense"},
        {"role": "owner", "unit": "Север"},
        {"role": "", "unit": "Север"},
        {"role": "manager", "unit": "foreign"},
        {"role": "employee", "unit": "Север"},
    ],
)
def test_it_grants_nothing_that_is_not_on_offer(
    client_of: Browser, cast: Cast, fields: dict[str, str]
) -> None:
    units = {**cast.ours.units, "foreign": cast.foreign.units["N1"]}
    sent = {**fields, "unit": str(units.get(fields["unit"], fields["unit"]))}
    answer = client_of("administrator").post(f"/account/people/{cast.ours.users['hr']}/roles", data=sent)
    assert answer.status_code == 422
    assert len(read_grants(cast.ours.users["hr"])) == 1


def test_it_grants_nothing_outside_the_grantors_subtree(client_of: Browser, cast: Cast) -> None:
    """The administrator of a region cannot make anybody, himself least of all, one of the company."""
    confine_administrator(cast, "Север")
    client, oneself = client_of("administrator"), cast.ours.users["administrator"]
    for unit in ("company", "Юг", "S1"):
        fields = {"role": "administrator", "unit": str(cast.ours.units[unit])}
        assert client.post(f"/account/people/{oneself}/roles", data=fields).status_code == 422
    assert client.post(f"/account/people/{cast.ours.users['lead']}/roles", data=fields).status_code == 404


def test_it_withdraws_a_role_and_what_it_opened_is_closed_at_once(client_of: Browser, cast: Cast) -> None:
    person = cast.ours.users["hr"]
    grant = add_grant(person, Role.ADMINISTRATOR, cast.ours.units["N1"])
    hr, administrator = client_of("hr"), client_of("administrator")
    assert hr.get("/account/people").status_code == 200
    assert administrator.post(f"/account/people/{person}/roles/{grant}/withdraw").status_code == 303
    assert hr.get("/account/people").status_code == 403


def test_it_goes_back_to_the_list_when_nobody_is_left_to_show(client_of: Browser, cast: Cast) -> None:
    person = cast.ours.users["hr"]
    (grant,) = read_grants(person).values()
    answer = client_of("administrator").post(f"/account/people/{person}/roles/{grant}/withdraw")
    assert (answer.status_code, answer.location) == (303, "/account/people")


def test_it_does_not_withdraw_a_role_out_of_reach(client_of: Browser, cast: Cast) -> None:
    confine_administrator(cast, "Север")
    ((_key, grant),) = read_grants(cast.ours.users["hr"]).items()
    client = client_of("administrator")
    assert client.post(f"/account/people/{cast.ours.users['hr']}/roles/{grant}/withdraw").status_code == 404
    assert (
        client.post(f"/account/people/{cast.ours.users['manager']}/roles/{grant}/withdraw").status_code == 404
    )
    assert len(read_grants(cast.ours.users["hr"])) == 1


def test_it_never_leaves_a_company_without_administrator(client_of: Browser, cast: Cast) -> None:
    administrator = cast.ours.users["administrator"]
    client = client_of("administrator")
    (grant,) = read_grants(administrator).values()
    address = f"/account/people/{administrator}/roles/{grant}/withdraw"
    assert client.post(address).status_code == 303
    assert len(read_grants(administrator)) == 1
    add_grant(cast.ours.users["hr"], Role.ADMINISTRATOR, cast.ours.units["company"])
    db.session.execute(update(User).where(User.id == cast.ours.users["hr"]).values(active=False))
    client.post(address)
    assert len(read_grants(administrator)) == 1, "one who is switched off does not count"
    db.session.execute(update(User).where(User.id == cast.ours.users["hr"]).values(active=True))
    client.post(address)
    assert read_grants(administrator) == {}


def test_it_lets_one_of_two_administrators_withdraw_the_other(app: Flask, cast: Cast) -> None:
    first, second = cast.ours.users["administrator"], cast.ours.users["hr"]
    add_grant(second, Role.ADMINISTRATOR, cast.ours.units["company"])
    grants = {
        user: read_grants(user)[("administrator", cast.ours.units["company"])] for user in (first, second)
    }
    reaches = {user: load_reach(user) for user in (first, second)}
    db.session.commit()

    def withdraw(pair: tuple[UUID, UUID]) -> AccountProblem | None:
        doer, victim = pair
        with app.app_context():
            return withdraw_grant(reaches[doer], victim, grants[victim])

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(withdraw, [(first, second), (second, first)]))
    assert sorted(outcomes, key=str) == [AccountProblem.LAST_ADMINISTRATOR, None]


def test_it_switches_an_account_off_and_on_again(client_of: Browser, client: FlaskClient, cast: Cast) -> None:
    hr, address = client_of("hr"), f"/account/people/{cast.ours.users['hr']}"
    administrator = client_of("administrator")
    assert hr.get("/account/").status_code == 200
    assert administrator.post(f"{address}/switch-off").status_code == 303
    assert hr.get("/account/").status_code == 302, "what was open is closed at once"
    assert administrator.post(f"{address}/switch-on").status_code == 303
    assert hr.get("/account/").status_code == 302, "old sessions do not come back"
    sign_in(client, cast.ours.users["hr"])
    assert client.get("/account/").status_code == 200


def test_it_does_not_switch_off_oneself_nor_the_last_administrator(client_of: Browser, cast: Cast) -> None:
    administrator = cast.ours.users["administrator"]
    client_of("administrator").post(f"/account/people/{administrator}/switch-off")
    assert db.session.get_one(User, administrator).active
    # Somebody of the same reach tries it on the only one who is left.
    add_grant(cast.ours.users["hr"], Role.ADMINISTRATOR, cast.ours.units["company"])
    hr = client_of("hr")
    db.session.execute(update(User).where(User.id == cast.ours.users["hr"]).values(password=None))
    hr.post(f"/account/people/{administrator}/switch-off")
    db.session.expire_all()
    assert db.session.get_one(User, administrator).active


def test_it_does_not_switch_off_an_account_that_serves_others_too(client_of: Browser, cast: Cast) -> None:
    auditor = cast.ours.users["auditor"]
    add_grant(auditor, Role.AUDITOR, cast.foreign.units["company"])
    client_of("administrator").post(f"/account/people/{auditor}/switch-off")
    assert db.session.get_one(User, auditor).active


@pytest.mark.parametrize("tail", ["", "/roles", "/switch-off", "/switch-on"])
def test_it_finds_nobody_out_of_reach(client_of: Browser, cast: Cast, tail: str) -> None:
    client, method = client_of("administrator"), "POST" if tail else "GET"
    for user in (cast.foreign.users["hr"], UUID(int=0)):
        assert client.open(f"/account/people/{user}{tail}", method=method).status_code == 404
    assert client.open(f"/account/people/nonsense{tail}", method=method).status_code == 404


def test_it_turns_pages(client_of: Browser, cast: Cast) -> None:
    users = [User(email=f"user{number:03}@lavka.example", name=f"№ {number:03}") for number in range(60)]
    db.session.add_all(users)
    db.session.flush()
    unit = cast.ours.units["N1"]
    db.session.add_all(Grant(user_id=user.id, role="manager", unit_id=unit) for user in users)
    client = client_of("administrator")
    first, second = (client.get(f"/account/people?role=manager&page={page}").text for page in (1, 2))
    assert 'href="/account/people?page=2&amp;role=manager"' in first
    assert first.count("@lavka.example") == 50
    assert second.count("@lavka.example") == 11
