"""The permission matrix: every route for every role of our company and of a foreign one, and for strangers.

The table is data in tests/<capability>/routes.py; tests/access/matrix.py says how a row is read.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask, url_for
from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import TestResponse

from mystery.access.permissions import Role
from mystery.accounts.sessions import SESSION_KEY
from mystery.database import db
from mystery.models import User, UserSession
from tests.access.matrix import Route
from tests.access.url_map import list_answered, list_routes
from tests.cast import Cast

ROWS = list_routes()
FORBIDDEN = 403


@dataclass(frozen=True)
class Visitor:
    """Somebody who tries a route."""

    name: str
    role: str | None = None
    foreign: bool = False

    def expected(self, route: Route) -> int:
        """The status this visitor is to get."""
        if route.public is not None:
            return route.opens.get(self.role or "", route.public)
        if self.role is None and route.stranger is not None:
            return route.stranger
        if self.role is None:
            return 302 if route.method == "GET" else 401
        if self.role not in route.opens:
            return FORBIDDEN
        return route.foreign if self.foreign else route.opens[self.role]


VISITORS = (
    Visitor("a stranger"),
    *(Visitor(f"the foreign {role.value}", role.value, foreign=True) for role in Role),
    *(Visitor(f"our {role.value}", role.value) for role in Role),
)


@dataclass(frozen=True)
class Admission:
    """A database file in which everybody has a session already, and the cookies that name the sessions."""

    pristine: Path
    cookies: Mapping[UUID, str]


@pytest.fixture(scope="module")
def admission(stage: tuple[Flask, Path, Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> Admission:
    """Everybody of both companies signed in, once for all routes."""
    app, live, pristine, cast = stage
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    copy = tmp_path_factory.mktemp("admission") / "admission.db"
    with app.app_context():
        lay_file(pristine, live)
        rows = [
            UserSession(user_id=user) for user in (*cast.ours.users.values(), *cast.foreign.users.values())
        ]
        db.session.add_all(rows)
        db.session.commit()
        names = {
            row.user_id: (db.session.get_one(User, row.user_id).fs_uniquifier, row.id.hex) for row in rows
        }
        db.session.remove()
        db.engine.dispose()
    shutil.copy(live, copy)
    cookies = {
        user: str(signer.dumps({"_user_id": name, SESSION_KEY: session}))
        for user, (name, session) in names.items()
    }
    return Admission(copy, cookies)


def lay_file(source: Path, live: Path) -> None:
    """Put a database file in the place of the live one."""
    db.session.remove()
    db.engine.dispose()
    for leftover in live.parent.glob(f"{live.name}*"):
        leftover.unlink()
    shutil.copy(source, live)


class Playground:
    """The database of one route's walk, laid anew after every request that may have changed it."""

    def __init__(self, app: Flask, cast: Cast, live: Path, admission: Admission) -> None:
        self._app, self._cast = app, cast
        self._live, self._admission = live, admission
        self._address = ""

    def lay_out(self, route: Route) -> None:
        """Put the database back to its beginning, and make the object that the row is about."""
        lay_file(self._admission.pristine, self._live)
        with self._app.test_request_context():
            self._address = url_for(route.endpoint, **route.values(self._cast))
        db.session.commit()

    def try_route(self, route: Route, visitor: Visitor) -> TestResponse:
        """What this visitor gets at this route, for our company's object."""
        client = self._app.test_client()
        if visitor.role is not None:
            company = self._cast.foreign if visitor.foreign else self._cast.ours
            client.set_cookie("mystery", self._admission.cookies[company.users[visitor.role]])
        return client.open(
            self._address,
            method=route.method,
            headers=route.headers(self._cast),
            data=route.form(self._cast) if route.json is None else None,
            json=route.json(self._cast) if route.json is not None else None,
        )


@pytest.fixture
def playground(
    stage: tuple[Flask, Path, Path, Cast], app: Flask, cast: Cast, admission: Admission
) -> Playground:
    """A fresh database to walk in."""
    return Playground(app, cast, stage[1], admission)


def test_it_has_a_row_for_every_route(app: Flask) -> None:
    listed = {(route.endpoint, route.method) for _file, route in ROWS}
    missing = sorted(list_answered(app) - listed)
    assert not missing, "These routes are in no table. Add, with who may do what:\n" + "\n".join(
        f'  Route("{endpoint}", "{method}", opens={{…}}),  in tests/{endpoint.split(".")[0]}/routes.py'
        for endpoint, method in missing
    )


def test_it_has_no_row_without_a_route_and_none_twice(app: Flask) -> None:
    listed = [(route.endpoint, route.method) for _file, route in ROWS]
    gone = sorted(set(listed) - list_answered(app))
    assert not gone, f"these rows are of routes that do not exist: {gone}"
    twice = sorted({row for row in listed if listed.count(row) > 1})
    assert not twice, f"these routes have more than one row: {twice}"


def test_it_names_only_roles_that_there_are() -> None:
    roles = {role.value for role in Role}
    wrong = [
        (file, route.endpoint, set(route.opens) - roles) for file, route in ROWS if set(route.opens) - roles
    ]
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("file", "route"), ROWS, ids=[f"{route.method} {route.endpoint}" for _file, route in ROWS]
)
def test_it_answers_everybody_as_the_table_says(
    playground: Playground, app: Flask, file: str, route: Route
) -> None:
    if (route.endpoint, route.method) not in list_answered(app):
        pytest.fail(f"{file}: there is no such route")
    playground.lay_out(route)
    wrong = []
    for visitor in VISITORS:
        answer = playground.try_route(route, visitor)
        if answer.status_code != visitor.expected(route):
            wrong.append(f"{visitor.name}: {answer.status_code} instead of {visitor.expected(route)}")
        answer.close()
        if route.method != "GET" and answer.status_code < 400:
            playground.lay_out(route)
    assert not wrong, f"{route.method} {route.endpoint} (row in {file}):\n  " + "\n  ".join(wrong)
