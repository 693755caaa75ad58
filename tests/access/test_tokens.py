"""Every kind of token opens its own door only: once, in time, unaltered, for the person it was made for."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

import mystery
from mystery.access.permissions import Role
from mystery.clock import now
from mystery.database import db
from tests.access.token_kinds import TokenKind, list_token_kinds
from tests.cast import Cast

KINDS = list_token_kinds()
SIGNERS = frozenset(
    f"{kind}{what}"
    for what in ("Serializer", "Signer")
    for kind in ("", "Timed", "Timestamp", "URLSafe", "URLSafeTimed")
)
PERSONAL = [kind for kind in KINDS if not kind.bearer]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


def make_token(kind: TokenKind, cast: Cast) -> str:
    """A good token, with what it is about in the database."""
    token = kind.make(cast)
    db.session.commit()
    return token


@each_kind
def test_it_opens_its_own_door(kind: TokenKind, client: FlaskClient, cast: Cast) -> None:
    assert kind.accepted(kind.use(client, make_token(kind, cast)))


@each_kind
def test_it_opens_once_if_it_is_for_single_use(kind: TokenKind, app: Flask, cast: Cast) -> None:
    token = make_token(kind, cast)
    kind.use(app.test_client(), token)
    assert kind.accepted(kind.use(app.test_client(), token)) is not kind.single_use


@each_kind
def test_it_opens_no_other_door(kind: TokenKind, app: Flask, cast: Cast) -> None:
    token = make_token(kind, cast)
    for other in KINDS:
        if other.name != kind.name:
            make_token(other, cast)
            answer = other.use(app.test_client(), token)
            assert not other.accepted(answer), f"the token of {kind.name} was taken for {other.name}"
            assert answer.status_code < 500
    assert kind.accepted(kind.use(app.test_client(), token)), "and it is not used up by trying"


@each_kind
def test_it_opens_in_time_only(kind: TokenKind, client: FlaskClient, cast: Cast) -> None:
    token = make_token(kind, cast)
    with time_machine.travel(now() + kind.lifetime * 1.01):
        assert not kind.accepted(kind.use(client, token))


@each_kind
def test_it_opens_unaltered_only(kind: TokenKind, app: Flask, cast: Cast) -> None:
    token = make_token(kind, cast)
    middle = len(token) // 2
    other = "A" if token[middle] != "A" else "B"
    altered = {
        token[:-1],
        token + "A",
        token[:middle] + other + token[middle + 1 :],
        token.swapcase(),
        token.rpartition(".")[0],
        "." + token,
        "x",
    }
    for each in altered:
        answer = kind.use(app.test_client(), each)
        assert not kind.accepted(answer), f"an altered token was taken: {each}"
        assert answer.status_code < 500


@pytest.mark.parametrize("kind", PERSONAL, ids=[kind.name for kind in PERSONAL])
def test_it_opens_for_nobody_else_who_is_signed_in(
    kind: TokenKind, cast: Cast, client_of: Callable[..., FlaskClient]
) -> None:
    token = make_token(kind, cast)
    for foreign in (False, True):
        for role in Role:
            if foreign or role.value != kind.owner:
                answer = kind.use(client_of(role.value, foreign=foreign), token)
                assert not kind.accepted(answer), f"taken from {role.value}, foreign: {foreign}"


def test_it_lists_every_kind_that_opens_past_the_session() -> None:
    """Each of them only adds to what its owner has begun, and reads nothing."""
    assert {kind.name for kind in KINDS if kind.bearer} == {"ticket"}


def test_it_is_a_token_of_this_installation(app: Flask, cast: Cast) -> None:
    """The same thing signed with another secret is refused."""
    for kind in KINDS:
        own = app.config["MYSTERY"].secret_key, app.config["SECRET_KEY"]
        assert own[0] == own[1]
        token = make_token(kind, cast)
        head, _dot, _signature = token.rpartition(".")
        assert not kind.accepted(kind.use(app.test_client(), f"{head}.{'A' * 27}"))


def test_it_knows_every_module_that_signs() -> None:
    """A module that begins to sign tokens must register their kind, so that the tests above try them."""
    root = Path(str(mystery.__file__)).parent
    signing = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "itsdangerous"
        and SIGNERS & {alias.name for alias in node.names}
    }
    assert signing == {"accounts/tokens.py", "capture/phone/tickets.py"}, (
        "A module signs tokens: list their kind in tests/<capability>/tokens.py, then add the module here."
    )
    assert {"reset", "invitation", "ticket"} <= {kind.name for kind in KINDS}
