"""What the first page lets a person do: choose the language of everything he reads."""

from __future__ import annotations

from mystery.access.scopes import NotYours, Reach
from mystery.database import db
from mystery.models import User
from mystery.web.locale import LANGUAGES


def change_language(reach: Reach, language: str) -> bool:
    """Keep the language of an account; False, and nothing changes, when there is no such language."""
    user = db.session.get(User, reach.user_id)
    if user is None:
        raise NotYours
    if language not in LANGUAGES:
        return False
    user.language = language
    db.session.commit()
    return True
