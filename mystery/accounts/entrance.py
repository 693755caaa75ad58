"""Entrance: what we add around Flask-Security's views of sign-in, sign-out and reset."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_security import current_user
from flask_security.recoverable import reset_password_token_status
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from mystery.accounts.letters import send_password_notice_later
from mystery.accounts.sessions import end_all_sessions
from mystery.errors import answer_refusal
from mystery.models import User
from mystery.settings import current_settings
from mystery.web.addresses import local_address
from mystery.web.throttle import SIGN_IN, Throttle, TooManyAttempts


def render_page(template: str, **context: Any) -> Any:
    """Render a page of Flask-Security; a form that was refused says so in its status as well."""
    form = next((value for name, value in context.items() if name.endswith("_form")), None)
    if request.method == "POST":
        if form is not None and not form.errors:
            return redirect(url_for("security.login"))
        return render_template(template, **context), 422
    return render_template(template, **context)


def check_entry() -> Response | None:
    """What the views of Flask-Security do not look at before they begin."""
    if request.blueprint != "security":
        return None
    if request.is_json:
        abort(415)
    if request.method == "GET" and _leads_elsewhere(request.args.get("next")):
        return redirect(request.path)
    if _leads_elsewhere(request.args.get("next")) or _leads_elsewhere(request.form.get("next")):
        abort(400)
    return refuse_reset_of_others()


def refuse_reset_of_others() -> Response | None:
    """Keep somebody who is signed in from using the reset link of another account."""
    if request.endpoint != "security.reset_password" or not current_user.is_authenticated:
        return None
    token = (request.view_args or {}).get("token", "")
    _expired, _invalid, owner = reset_password_token_status(token)  # type: ignore[no-untyped-call]  # Untyped there.
    if owner is None or owner.id == current_user.id:
        return None
    flash(_("This link belongs to another account. Sign out, then open it again."), "error")
    return redirect(url_for("accounts.show_account"))


def see_other(response: Any) -> Any:
    """Answer a form of Flask-Security with 303, as all our forms do."""
    if request.blueprint == "security" and request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    return response


def refuse_attempt(error: TooManyAttempts) -> Any:
    """Say when the next attempt is let through."""
    return answer_refusal(TooManyRequests(retry_after=error.seconds))


def finish_reset(_app: object, *, user: User, **_rest: object) -> None:
    """After a reset no session lives on, failed attempts no longer lock the owner out, a letter tells him."""
    end_all_sessions(user)
    Throttle(current_settings().secret_key).forget_account(SIGN_IN, user.email)
    send_password_notice_later(user)
    session.clear()


def _leads_elsewhere(address: str | None) -> bool:
    return bool(address) and local_address(address) is None
