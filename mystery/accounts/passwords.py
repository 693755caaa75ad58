"""Passwords: what makes one good enough, and checking one in a time that tells nothing of the account."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Any, cast

from flask import current_app
from flask_babel import gettext as _
from flask_security import PasswordUtil, Security, hash_password, verify_password

# OWASP's second recommended pair for argon2id: 19 MiB and two passes, about 22 ms on a small server.
ARGON2_MEMORY_KIB = 19 * 1024
ARGON2_PASSES = 2
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
FEWEST_DIFFERENT_CHARACTERS = 5
SHORTEST_TELLING_WORD = 4

# What people type when twelve characters are asked for; compared in lower case, without spaces.
WORN_OUT = frozenset(
    {
        "123456789012",
        "1234567890123",
        "12345678901234",
        "123456789101112",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "abcdefghijkl",
        "administrator",
        "changemechangeme",
        "iloveyou1234",
        "letmeinletmein",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "qazwsxedcrfv",
        "qwerty123456",
        "qwertyqwerty",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopas",
        "welcome12345",
        "администратор",
        "йцукенгшщзхъ",
        "йцукенйцукен",
        "любимыйпароль",
        "пароль123456",
        "парольпароль",
    }
)


class PassPhrases(PasswordUtil):
    """Flask-Security's rule on length, and two of ours: nothing worn out, nothing about oneself."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """The problems of a new password, or None, and the password as it is to be hashed."""
        problems, normal = super().validate(password, is_register, **kwargs)
        if not problems:
            user = kwargs.get("user")
            about = (user.email, user.name) if user is not None else (kwargs.get("email"), kwargs.get("name"))
            problems = _find_weakness(normal, " ".join(word for word in about if word))
        return problems or None, normal


def judge_password(password: str, *, email: str, name: str) -> tuple[list[str], str]:
    """The problems of a new password, in the reader's language, and the password as it is to be hashed."""
    problems, normal = _security().password_util.validate(password, True, email=email, name=name)
    return list(problems or []), normal


def check_password(password: str, password_hash: str | None) -> bool:
    """Whether ``password`` belongs to ``password_hash``; without one (nobody has it) False.

    One argon2 is computed in either case: how long the answer takes does not tell whether the
    account exists. A password longer than any we accept is cut, for the same reason.
    """
    nobody = _hash_of_nobody()
    normal = _security().password_util.normalize(password[: LONGEST_PASSWORD * 2])
    right = verify_password(normal, password_hash or nobody)
    return right and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with weaker settings than today's."""
    return bool(_security().pwd_context.needs_update(password_hash))


def _security() -> Security:
    return cast(Security, current_app.extensions["security"])


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    return hash_password(secrets.token_urlsafe())


def _find_weakness(password: str, about: str) -> list[str]:
    folded = "".join(password.lower().split())
    if folded in WORN_OUT or len(set(folded)) < FEWEST_DIFFERENT_CHARACTERS:
        return [
            _("Too many people would guess this one. Three or four unrelated words are easy to remember.")
        ]
    words = about.lower().replace("@", " ").replace(".", " ").split()
    rest = folded
    for word in words:
        if len(word) >= SHORTEST_TELLING_WORD:
            rest = rest.replace(word, "")
    if len(rest) < SHORTEST_PASSWORD // 2:
        return [_("This is your own name or address. Choose words that have nothing to do with you.")]
    return []
