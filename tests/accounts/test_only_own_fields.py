"""Mass assignment: a form changes what it shows and nothing else, whatever else is posted to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.database import Base, db
from mystery.mail import Message
from mystery.models import Grant, Invitation, User, UserSession
from tests.cast import PASSWORD, Cast

Browser = Callable[..., FlaskClient]
Letters = Callable[[], list[Message]]
ANSWERS = {
    "name": "Ольга",
    "language": "ru",
    "password": "seven green kettles",
    "password_again": "seven green kettles",
}


def post_everything(client: FlaskClient, address: str, cast: Cast, **wanted: str) -> int:
    """Post a form with every column of every table beside what it asks for."""
    hostile = {
        "id": str(UUID(int=7)),
        "user_id": str(cast.foreign.users["administrator"]),
        "email": "thief@evil.example",
        "password": "thief thief thief",
        "active": "",
        "is_admin": "1",
        "roles": "administrator",
        "role": "administrator",
        "unit_id": str(cast.ours.units["company"]),
        "company_id": str(cast.foreign.company),
        "invited_by_id": str(cast.foreign.users["administrator"]),
    }
    columns = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    fields = {name: hostile.get(name, "2001-01-01 00:00:00") for name in columns} | hostile | wanted
    return client.post(address, data=fields).status_code


def read_row(model: type[Base], row_id: UUID) -> dict[str, Any]:
    """All columns of one row."""
    table = model.__table__
    row = db.session.execute(select(table).where(table.c.id == row_id)).one()
    return dict(row._mapping)


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The columns in which two states of a row differ."""
    return {name for name in before if before[name] != after[name]}


def test_it_changes_only_the_profile_by_the_profile_form(client_of: Browser, cast: Cast) -> None:
    user = cast.ours.users["auditor"]
    client = client_of("auditor")
    before, grants = read_row(User, user), read_all(Grant)
    wanted = {"name": "Ольга", "language": "en", "time_zone": "Asia/Omsk"}
    assert post_everything(client, "/account/", cast, **wanted) == 303
    assert changed(before, read_row(User, user)) == {"name", "language", "time_zone"}
    assert read_all(Grant) == grants


def test_it_changes_only_the_password_by_the_password_form(client_of: Browser, cast: Cast) -> None:
    user = cast.ours.users["auditor"]
    client = client_of("auditor")
    before = read_row(User, user)
    new = "seven green kettles"
    wanted = {"current_password": PASSWORD, "new_password": new, "new_password_again": new}
    assert post_everything(client, "/account/password", cast, **wanted) == 303
    assert changed(before, read_row(User, user)) == {"password", "fs_uniquifier"}


def test_it_changes_nothing_of_the_account_by_signing_in(client: FlaskClient, cast: Cast) -> None:
    user = cast.ours.users["auditor"]
    before = read_row(User, user)
    assert post_everything(client, "/sign-in", cast, email="auditor@lavka.example", password=PASSWORD) == 303
    assert read_row(User, user) == before
    (session,) = db.session.scalars(select(UserSession))
    assert session.user_id == user
    assert session.ended_at is None


def test_it_takes_only_the_offered_role_from_an_invitation(
    client_of: Browser, client: FlaskClient, cast: Cast, letters: Letters
) -> None:
    administrator = client_of("administrator")
    wanted = {
        "email": "olga@lavka.example",
        "name": "Ольга",
        "language": "ru",
        "role": "hr",
        "unit": str(cast.ours.units["N1"]),
    }
    assert post_everything(administrator, "/account/invitations", cast, **wanted) == 303
    (invitation,) = db.session.scalars(select(Invitation))
    assert invitation.invited_by_id == cast.ours.users["administrator"]
    assert (invitation.accepted_at, invitation.withdrawn_at) == (None, None)
    assert invitation.expires_at.year > 2001
    link = re.search(r"/account/invitation/\S+", letters()[-1].text)
    assert link
    assert post_everything(client, link[0], cast, **ANSWERS) == 303
    user = db.session.scalar(select(User).where(User.email == "olga@lavka.example"))
    assert user is not None
    assert user.active
    assert [(grant.role, grant.unit_id) for grant in user.grants] == [("hr", cast.ours.units["N1"])]


def test_it_grants_the_role_to_the_person_of_the_address_only(client_of: Browser, cast: Cast) -> None:
    person = cast.ours.users["hr"]
    before = read_all(User)
    wanted = {"role": "manager", "unit": str(cast.ours.units["N1"])}
    client = client_of("administrator")
    assert post_everything(client, f"/account/people/{person}/roles", cast, **wanted) == 303
    assert read_all(User) == before
    roles = {(grant.role, grant.unit_id) for grant in db.session.get_one(User, person).grants}
    assert roles == {("hr", cast.ours.units["company"]), ("manager", cast.ours.units["N1"])}


def read_all(model: type[Base]) -> list[tuple[Any, ...]]:
    """All rows of a table."""
    return sorted((tuple(row) for row in db.session.execute(select(model.__table__))), key=repr)
