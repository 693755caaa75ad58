"""Authentication: an address and a password against the accounts, throttled, one answer for all failures."""

from __future__ import annotations

from flask_security import hash_password
from sqlalchemy import select

from mystery.accounts.passwords import check_password, is_outdated
from mystery.database import db
from mystery.models import User
from mystery.settings import current_settings
from mystery.web.throttle import PASSWORD_CHANGE, SIGN_IN, Throttle


def authenticate(email: str, password: str, *, address: str) -> User | None:
    """The active user with this address and password, else None; raises TooManyAttempts.

    The password is checked outside any transaction: argon2 is slow on purpose, and would keep
    everybody else from writing for as long.
    """
    throttle = Throttle(current_settings().secret_key)
    attempt = throttle.count(SIGN_IN, account=email, address=address)
    known = db.session.execute(
        select(User.id, User.password, User.active).where(User.email == email)
    ).one_or_none()
    db.session.rollback()
    right = check_password(password, known.password if known else None)
    if known is None or not right or not known.active:
        return None
    newer = hash_password(password) if is_outdated(known.password) else None
    throttle.take_back(attempt)
    user = db.session.get_one(User, known.id)
    if not user.active or user.password != known.password:
        # Switched off, or given a new password, while argon2 was busy.
        db.session.rollback()
        return None
    if newer:
        user.password = newer
    db.session.commit()
    return user


def confirm_password(user_id: object, password: str, *, address: str) -> bool:
    """Whether somebody who is signed in still knows his password; raises TooManyAttempts."""
    throttle = Throttle(current_settings().secret_key)
    attempt = throttle.count(PASSWORD_CHANGE, account=str(user_id), address=address)
    password_hash = db.session.scalar(select(User.password).where(User.id == user_id))
    db.session.rollback()
    right = check_password(password, password_hash)
    if right:
        throttle.take_back(attempt)
        db.session.commit()
    return right
