"""Throttle: how often a stranger may try a password or a code, counted by all workers together.

An attempt is written down before the password is looked at, so that a hundred tries at once cannot
all find the count still low; one that succeeds is taken back. Subjects are kept as keyed digests:
the table tells nobody which accounts and addresses there are.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, func, select

from mystery.clock import now
from mystery.database import db
from mystery.models import SignInAttempt

KEPT_FOR = timedelta(days=1)
SWEPT_EVERY = 100


@dataclass(frozen=True)
class Limits:
    """How many attempts are let through within a time.

    ``account_here`` is of one account from one address, ``account`` of one account from everywhere (a
    guess spread over many machines), ``address`` of one address over all accounts (a whole office may
    sit behind it, so it is wide).
    """

    purpose: str
    within: timedelta
    account_here: int
    account: int
    address: int


SIGN_IN = Limits("sign-in", timedelta(minutes=15), account_here=6, account=30, address=60)
RESET = Limits("reset", timedelta(hours=1), account_here=5, account=10, address=30)
PASSWORD_CHANGE = Limits("password-change", timedelta(minutes=15), account_here=6, account=30, address=60)
# Codes of reports that nobody knows; a code that is known is taken back and may be looked up without end.
REPORT_CHECK = Limits("report-check", timedelta(minutes=15), account_here=30, account=30, address=30)


class TooManyAttempts(Exception):
    """The limit is reached; ``seconds`` is how long to wait until the next attempt is let through."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many attempts, wait {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Attempt:
    """An attempt that was counted; hand it back when it turned out to be rightful."""

    account_here: str
    account: str
    address_row: int


class Throttle:
    """Counts attempts in the database; ``key`` makes the digests unreadable to whoever reads the table."""

    def __init__(self, key: str) -> None:
        self._key = hmac.digest(key.encode(), b"mystery: attempts", hashlib.sha256)

    def count(self, limits: Limits, *, account: str, address: str) -> Attempt:
        """Write an attempt down in one short transaction; raises TooManyAttempts when it may not be made."""
        place = _widen(address)
        subjects = {
            self._digest(limits.purpose, "both", account, place): limits.account_here,
            self._digest(limits.purpose, "account", account): limits.account,
            self._digest(limits.purpose, "address", place): limits.address,
        }
        moment = now()
        for subject, most in subjects.items():
            self._refuse_when_full(subject, most, moment, limits.within)
        rows = [SignInAttempt(subject=subject, attempted_at=moment) for subject in subjects]
        db.session.add_all(rows)
        db.session.flush()
        if rows[0].id % SWEPT_EVERY == 0:
            db.session.execute(delete(SignInAttempt).where(SignInAttempt.attempted_at < moment - KEPT_FOR))
        attempt = Attempt(rows[0].subject, rows[1].subject, rows[2].id)
        db.session.commit()
        return attempt

    def take_back(self, attempt: Attempt) -> None:
        """Forget the attempts on an account whose owner came in; commits nothing.

        Other attempts from the same address still count, so that signing in to one's own account
        does not wipe away guesses at others.
        """
        subjects = (attempt.account_here, attempt.account)
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.subject.in_(subjects)))
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt.address_row))

    def forget_account(self, limits: Limits, account: str) -> None:
        """Let the owner of an account try again from wherever nobody else failed; commits nothing."""
        subject = self._digest(limits.purpose, "account", account)
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.subject == subject))

    def _digest(self, *parts: str) -> str:
        return hmac.new(self._key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()

    def _refuse_when_full(self, subject: str, most: int, moment: datetime, within: timedelta) -> None:
        count, oldest = db.session.execute(
            select(func.count(), func.min(SignInAttempt.attempted_at)).where(
                SignInAttempt.subject == subject, SignInAttempt.attempted_at > moment - within
            )
        ).one()
        if count >= most:
            db.session.rollback()
            raise TooManyAttempts(max(1, int((oldest + within - moment).total_seconds()) + 1))


def _widen(address: str) -> str:
    """An IPv6 subscriber owns a whole /64, so that is what counts as one address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)
