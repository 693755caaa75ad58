"""Invitations: one role on one unit, by a link that works once and tells nobody who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from mystery.access.permissions import Role
from mystery.access.scopes import load_reach
from mystery.accounts.acceptance import Newcomer, accept_as_newcomer
from mystery.accounts.invitations import InvitationProblem, Invitee, Offer, invite
from mystery.clock import now
from mystery.database import db
from mystery.mail import Mailer, MailError, Message
from mystery.models import Employee, Grant, Invitation, User
from tests.cast import PASSWORD, Cast

Letters = Callable[[], list[Message]]
Browser = Callable[..., FlaskClient]
NEWCOMER = "olga@lavka.example"
ANSWERS = {
    "name": "Ольга Петрова",
    "language": "ru",
    "password": "seven green kettles",
    "password_again": "seven green kettles",
}


def fill_in(cast: Cast, **changes: Any) -> dict[str, str]:
    """A filled-in invitation of a manager of Север."""
    fields = {
        "email": NEWCOMER,
        "name": "Ольга",
        "language": "ru",
        "role": "manager",
        "unit": str(cast.ours.units["Север"]),
        "employee": "",
    }
    return {**fields, **{name: str(value) for name, value in changes.items()}}


def send(client: FlaskClient, cast: Cast, **changes: Any) -> TestResponse:
    """Send an invitation as the administrator in ``client``."""
    return client.post("/account/invitations", data=fill_in(cast, **changes))


def read_link(letters: Letters) -> str:
    """The path of the link in the last letter."""
    found = re.search(r"http://127\.0\.0\.1:8000(/account/invitation/\S+)", letters()[-1].text)
    assert found, letters()[-1].text
    return found[1]


def read_user(email: str = NEWCOMER) -> User | None:
    """The user with this address."""
    return db.session.scalar(select(User).where(User.email == email))


def read_grants(user: User | None) -> set[tuple[str, UUID]]:
    """The roles of a user."""
    return {(grant.role, grant.unit_id) for grant in user.grants} if user else set()


@pytest.fixture
def inviter(client_of: Browser) -> FlaskClient:
    """The browser of our administrator."""
    return client_of("administrator")


def test_it_gives_an_invited_person_an_account_with_the_offered_role(
    inviter: FlaskClient, client: FlaskClient, cast: Cast, letters: Letters
) -> None:
    assert send(inviter, cast).status_code == 303
    link = read_link(letters)
    page = client.get(link)
    assert page.status_code == 200
    assert NEWCOMER in page.text
    answer = client.post(link, data=ANSWERS)
    assert (answer.status_code, answer.location) == (303, "/")
    user = read_user()
    assert user is not None
    assert user.name == "Ольга Петрова"
    assert read_grants(user) == {("manager", cast.ours.units["Север"])}
    assert client.get("/account/").status_code == 200, "and is signed in at once"


def test_it_writes_the_letter_in_the_chosen_language(
    inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    send(inviter, cast, language="en")
    (letter,) = letters()
    assert letter.recipient == NEWCOMER
    assert letter.subject == "Your access is ready"
    assert "Лавка (Север)" in letter.text
    assert '<html lang="en">' in letter.html


def test_it_prints_names_in_letters_as_text(inviter: FlaskClient, cast: Cast, letters: Letters) -> None:
    send(inviter, cast, name="<img src=x onerror=alert(1)> {{7*7}}")
    (letter,) = letters()
    assert "<img" not in letter.html
    assert "{{7*7}}" in letter.html


def test_it_changes_nothing_by_looking(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    """Mail programs open links to check them; that must not use them up."""
    send(inviter, cast)
    link = read_link(letters)
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert client.post(link, data=ANSWERS).status_code == 303


def test_it_lets_a_link_be_used_once(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    send(inviter, cast)
    link = read_link(letters)
    client.post(link, data=ANSWERS)
    fresh = client.application.test_client()
    assert fresh.get(link).status_code == 410
    assert (
        fresh.post(link, data={**ANSWERS, "password": "x" * 20, "password_again": "x" * 20}).status_code
        == 410
    )


def test_it_lets_one_of_many_in_who_use_a_link_at_once(app: Flask, cast: Cast) -> None:
    reach = load_reach(cast.ours.users["administrator"])
    offer = invite(reach, Invitee(NEWCOMER, "Ольга", "ru", Role.HR, cast.ours.units["Север"]))
    assert isinstance(offer, Offer)
    db.session.commit()

    def accept(number: int) -> UUID | InvitationProblem:
        with app.app_context():
            return accept_as_newcomer(offer.id, offer.expires_at, Newcomer(f"№ {number}", "ru", "hash"))

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(accept, range(24)))
    assert outcomes.count(InvitationProblem.LINK_OVER) == 23
    assert db.session.scalar(select(func.count()).select_from(User).where(User.email == NEWCOMER)) == 1


def test_it_closes_a_link_after_seven_days(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    send(inviter, cast)
    link = read_link(letters)
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        assert client.get(link).status_code == 410
        assert client.post(link, data=ANSWERS).status_code == 410
    assert read_user() is None


def test_it_closes_a_link_that_is_withdrawn(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    place = send(inviter, cast).location
    assert inviter.post(f"{place}/withdraw").status_code == 303
    assert client.post(read_link(letters), data=ANSWERS).status_code == 410


def test_it_sends_a_new_link_and_closes_the_old_one(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    place = send(inviter, cast).location
    old = read_link(letters)
    assert inviter.post(f"{place}/send").status_code == 303
    new = read_link(letters)
    assert client.get(old).status_code == 410
    assert client.post(new, data=ANSWERS).status_code == 303


def test_it_revives_an_invitation_whose_time_has_passed(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    place = send(inviter, cast).location
    db.session.execute(update(Invitation).values(expires_at=now() - timedelta(days=1)))
    assert inviter.post(f"{place}/send").status_code == 303
    assert client.post(read_link(letters), data=ANSWERS).status_code == 303


@pytest.mark.parametrize("settled", ["accepted_at", "withdrawn_at"])
def test_it_sends_nothing_for_an_invitation_that_is_settled(
    inviter: FlaskClient, cast: Cast, letters: Letters, settled: str
) -> None:
    place = send(inviter, cast).location
    db.session.execute(update(Invitation).values({settled: now()}))
    assert inviter.post(f"{place}/send").status_code == 303
    assert len(letters()) == 1


def test_it_closes_the_links_of_an_inviter_who_lost_his_role(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    """Somebody dismissed must not have left a door open for himself."""
    send(inviter, cast)
    link = read_link(letters)
    role = update(Grant).where(Grant.user_id == cast.ours.users["administrator"])
    db.session.execute(role.values(unit_id=cast.ours.units["Юг"]))
    assert client.get(link).status_code == 410
    assert client.post(link, data=ANSWERS).status_code == 410


@pytest.mark.parametrize("token", ["x", "x.y", "WyJhIiwxXQ.sig", "Ж", "%00", "x" * 5000])
def test_it_takes_no_made_up_link(client: FlaskClient, cast: Cast, token: str) -> None:
    assert client.get(f"/account/invitation/{token}").status_code == 410
    assert client.post(f"/account/invitation/{token}", data=ANSWERS).status_code == 410


# An address that has an account already


def test_it_tells_the_inviter_nothing_about_existing_accounts(
    inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    """The foreign company's auditor is nobody's business here: the same page, the same letter."""
    pages, texts = [], []
    for email in ("auditor@foreign.example", "nobody@foreign.example"):
        answer = send(inviter, cast, email=email)
        assert answer.status_code == 303
        page = inviter.get(answer.location).text.replace(email, "")
        pages.append(re.sub(r'[0-9a-f-]{36}|/account/invitation/[^<"]+|name="csrf_token" [^>]+', "", page))
        texts.append(re.sub(r"http\S+", "", letters()[-1].text))
    assert pages[0] == pages[1]
    assert texts[0] == texts[1]


def test_it_adds_the_role_after_the_owner_of_the_address_signed_in(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    send(inviter, cast, email="auditor@foreign.example", role="auditor")
    link = read_link(letters)
    assert "password_again" not in client.get(link).text
    assert client.post(link, data=ANSWERS).status_code == 403, "the mailbox alone is not the account"
    client.post("/sign-in", data={"email": "auditor@foreign.example", "password": PASSWORD, "next": link})
    assert client.post(link).status_code == 303
    assert read_grants(read_user("auditor@foreign.example")) == {
        ("auditor", cast.foreign.units["company"]),
        ("auditor", cast.ours.units["Север"]),
    }
    assert client.get(link).status_code == 410


def test_it_refuses_a_link_to_somebody_who_is_signed_in_with_another_address(
    client_of: Browser, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    send(inviter, cast)
    link = read_link(letters)
    other = client_of("lead")
    page = other.get(link)
    assert page.status_code == 403
    assert NEWCOMER not in page.text
    assert other.post(link, data=ANSWERS).status_code == 403
    assert read_user() is None


def test_it_leads_back_to_the_invitation_after_signing_out(
    client_of: Browser, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    send(inviter, cast)
    link = read_link(letters)
    other = client_of("lead")
    assert other.post("/sign-out", data={"next": link}).location == link
    assert other.get(link).status_code == 200


# Who may be invited as what, and where


def test_it_invites_within_the_inviters_subtree_only(
    inviter: FlaskClient, cast: Cast, letters: Letters, client_of: Browser
) -> None:
    regional = update(Grant).where(Grant.user_id == cast.ours.users["administrator"])
    db.session.execute(regional.values(unit_id=cast.ours.units["Север"]))
    for unit, status in (
        (cast.ours.units["N1"], 303),
        (cast.ours.units["Юг"], 422),
        (cast.ours.units["company"], 422),
        (cast.foreign.units["company"], 422),
    ):
        assert send(inviter, cast, unit=unit, email=f"{unit.hex}@lavka.example").status_code == status
    assert len(letters()) == 1


def test_it_links_an_invited_employee_to_the_staff_list(
    client: FlaskClient, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    boris = cast.ours.employees["Борис"]
    assert send(inviter, cast, role="employee", employee=boris).status_code == 303
    client.post(read_link(letters), data=ANSWERS)
    user = read_user()
    assert user is not None
    assert db.session.get_one(Employee, boris).user_id == user.id


@pytest.mark.parametrize(
    "pick",
    [
        lambda cast: "",
        lambda cast: "nonsense",
        lambda cast: cast.foreign.employees["Борис"],
        lambda cast: cast.ours.employees["Анна"],
        lambda cast: "00000000-0000-0000-0000-000000000000",
    ],
    ids=["nobody", "nonsense", "foreign", "has an account", "unknown"],
)
def test_it_needs_an_employee_of_ours_without_account_for_the_role_of_employee(
    inviter: FlaskClient, cast: Cast, letters: Letters, pick: Callable[[Cast], object]
) -> None:
    assert send(inviter, cast, role="employee", employee=pick(cast)).status_code == 422
    assert letters() == []


def test_it_does_not_take_an_employee_away_from_whoever_came_first(
    app: Flask, inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    links = []
    for email in ("first@lavka.example", "second@lavka.example"):
        send(inviter, cast, email=email, role="employee", employee=cast.ours.employees["Борис"])
        links.append(read_link(letters))
    assert app.test_client().post(links[0], data=ANSWERS).location == "/"
    assert app.test_client().post(links[1], data=ANSWERS).location == links[1]
    assert read_user("second@lavka.example") is None
    assert read_user("first@lavka.example") is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"email": ""},
        {"email": "olga"},
        {"email": "olga@lavka.example\nBcc: all@lavka.example"},
        {"email": "x" * 250 + "@lavka.example"},
        {"email": "ольга@lavka.example"},
        {"name": ""},
        {"name": "x" * 121},
        {"name": "Ольга\0"},
        {"language": "de"},
        {"role": "owner"},
        {"role": ""},
        {"unit": ""},
        {"unit": "nonsense"},
        {"unit": "00000000-0000-0000-0000-000000000000"},
    ],
    ids=lambda changes: next(iter(f"{name}={value[:12]!r}" for name, value in changes.items())),
)
def test_it_says_what_is_wrong_and_keeps_what_was_entered(
    inviter: FlaskClient, cast: Cast, letters: Letters, changes: dict[str, str]
) -> None:
    answer = send(inviter, cast, **changes)
    assert answer.status_code == 422
    assert "field-problem" in answer.text
    assert "name" in changes or 'value="Ольга"' in answer.text
    assert letters() == []


def test_it_does_not_make_the_same_invitation_twice(
    inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    assert [send(inviter, cast).status_code for _ in range(2)] == [303, 422]
    assert len(letters()) == 1


def test_it_begins_with_what_the_address_says(inviter: FlaskClient, cast: Cast) -> None:
    employee = str(cast.ours.employees["Борис"])
    page = inviter.get(f"/account/invitations/new?role=employee&employee={employee}&name=Борис").text
    assert f'<option selected value="{employee}">' in page
    assert 'value="Борис"' in page
    for nonsense in ("?employee=x", "?unit=%00", "?role=owner", "?csrf_token=x", "?language=de"):
        assert inviter.get(f"/account/invitations/new{nonsense}").status_code == 200


def test_it_lists_invitations_and_shows_their_state(
    inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    assert 'class="empty"' in inviter.get("/account/invitations").text
    place = send(inviter, cast).location
    assert place in inviter.get("/account/invitations").text
    assert f'action="{place}/withdraw"' in inviter.get(place).text
    inviter.post(f"{place}/withdraw")
    assert f'action="{place}/withdraw"' not in inviter.get(place).text


def test_it_shows_the_link_itself_while_letters_go_to_the_log(
    inviter: FlaskClient, cast: Cast, letters: Letters
) -> None:
    place = send(inviter, cast).location
    assert read_link(letters) in inviter.get(place).text


def test_it_hides_the_link_where_letters_are_really_sent(
    inviter: FlaskClient, cast: Cast, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = send(inviter, cast).location
    monkeypatch.setattr("mystery.mail.Mailer.prints_to_log", False)
    assert "/account/invitation/" not in inviter.get(place).text


def test_it_says_so_when_the_letter_could_not_be_sent(
    inviter: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Mailer, _message: Message) -> None:
        raise MailError("no route")

    monkeypatch.setattr(Mailer, "send", refuse)
    answer = send(inviter, cast)
    assert answer.status_code == 303
    assert "notice-missed" in inviter.get(answer.location).text
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 1
