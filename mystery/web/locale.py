"""In which language and time zone a page speaks: the person's own, else what the browser asks for."""

from __future__ import annotations

from typing import Literal, cast

from flask import has_request_context, request
from flask_babel import get_locale
from flask_security import current_user

Language = Literal["ru", "en"]
LANGUAGES: dict[Language, str] = {"ru": "Русский", "en": "English"}
LANGUAGE_COOKIE = "language"


def choose_language() -> Language:
    """The signed-in person's language, else the language cookie, else the browser's, else Russian."""
    if not has_request_context():
        return "ru"
    if current_user and current_user.is_authenticated:
        return cast(Language, current_user.language)
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return cast(Language, request.accept_languages.best_match(list(LANGUAGES), "ru"))


def choose_time_zone() -> str | None:
    """The signed-in person's time zone; None falls back to the configured one."""
    if has_request_context() and current_user and current_user.is_authenticated:
        return cast(str, current_user.time_zone)
    return None


def current_language() -> Language:
    """The language this request is answered in."""
    return "en" if str(get_locale()).startswith("en") else "ru"


def choose_report_language() -> Language:
    """The language asked for in the address, else the page's."""
    asked = request.args.get("language")
    return asked if asked in LANGUAGES else current_language()
