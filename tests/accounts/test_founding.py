"""Founding: the first company and its administrator come by a one-time link, never by a default password."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from mystery.accounts.founding import FoundingError, create_company, create_user
from mystery.database import db
from mystery.models import Invitation, Unit, User
from tests.cast import Cast

ANSWERS = {
    "name": "Ольга Петрова",
    "language": "ru",
    "password": "seven green kettles",
    "password_again": "seven green kettles",
}


def read_path(link: str) -> str:
    """The path of a link on our own address."""
    found = re.fullmatch(r"http://127\.0\.0\.1:8000(/account/invitation/\S+)", link)
    assert found, link
    return found[1]


def test_it_founds_a_company_whose_first_administrator_signs_up_by_the_link(app: Flask) -> None:
    path = read_path(create_company("Новая сеть", administrator="Boss@New.Example"))
    client = app.test_client()
    assert client.post(path, data=ANSWERS).status_code == 303
    user = db.session.scalar(select(User).where(User.email == "boss@new.example"))
    assert user is not None
    (grant,) = user.grants
    assert (grant.role, grant.unit.name, grant.unit.kind) == ("administrator", "Новая сеть", "company")
    assert client.get("/account/people").status_code == 200
    assert app.test_client().get(path).status_code == 410


def test_it_makes_no_account_before_the_link_is_used(app: Flask, cast: Cast) -> None:
    before = db.session.scalar(select(func.count()).select_from(User))
    create_company("Новая сеть", administrator="boss@new.example")
    create_user("olga@lavka.example", name="Ольга", role="lead", unit=str(cast.ours.units["company"]))
    assert db.session.scalar(select(func.count()).select_from(User)) == before


@pytest.mark.parametrize("name_unit", [lambda cast: str(cast.ours.units["company"]), lambda cast: "Лавка"])
def test_it_offers_an_account_in_a_unit_named_by_id_or_name(
    app: Flask, cast: Cast, name_unit: object
) -> None:
    assert callable(name_unit)
    path = read_path(create_user("olga@lavka.example", name="Ольга", role="lead", unit=name_unit(cast)))
    assert app.test_client().post(path, data=ANSWERS).status_code == 303


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "olga"}, "not an e-mail address"),
        ({"role": "owner"}, "auditor, lead, manager, hr, administrator"),
        ({"role": "employee"}, "Invite employees from the pages"),
        ({"unit": "Нигде"}, "no unit"),
        ({"unit": "Север"}, "more than one unit"),
        ({"name": ""}, "1 to 120"),
        ({"language": "de"}, "one of: ru, en"),
        ({"name": "x" * 121}, "1 to 120"),
    ],
)
def test_it_says_how_to_mend_what_cannot_be_made(
    app: Flask, cast: Cast, changes: dict[str, str], words: str
) -> None:
    asked = {"name": "Ольга", "role": "lead", "unit": "Лавка", "language": "ru", **changes}
    with pytest.raises(FoundingError, match=words):
        create_user(asked.pop("email", "olga@lavka.example"), **asked)
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_it_does_not_found_a_company_twice(app: Flask, cast: Cast) -> None:
    with pytest.raises(FoundingError, match="already"):
        create_company(" лавка ", administrator="boss@new.example")
    with pytest.raises(FoundingError, match="time zone"):
        create_company("Новая сеть", administrator="boss@new.example", time_zone="Mars/Olympus")
    assert db.session.scalar(select(func.count()).select_from(Unit).where(Unit.parent_id.is_(None))) == 2
