"""The form of the token tests: each capability lists the kinds it signs in tests/<capability>/tokens.py.

A kind says how to make a good token, how to use one, and how to tell that it was accepted. The tests
try every kind's token at every other kind's door, twice, altered, late, and in another person's hands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import Cast

TESTS = Path(__file__).parent.parent


@dataclass(frozen=True)
class TokenKind:
    """One purpose for which links or tickets are signed.

    ``owner`` is the role of the person whose token ``make`` makes; None when he has no account yet.
    ``single_use`` says that a token accepted once is refused from then on. A ``bearer`` token counts for
    whoever brings it, past the session: on a phone that several people use, the session may be another's.
    """

    name: str
    make: Callable[[Cast], str]
    use: Callable[[FlaskClient, str], TestResponse]
    accepted: Callable[[TestResponse], bool]
    lifetime: timedelta
    owner: str | None = None
    single_use: bool = True
    bearer: bool = False


def list_token_kinds() -> list[TokenKind]:
    """The kinds of all capabilities."""
    kinds = []
    for path in sorted(TESTS.glob("*/tokens.py")):
        kinds += import_module(f"tests.{path.parent.name}.tokens").TOKENS
    return kinds
