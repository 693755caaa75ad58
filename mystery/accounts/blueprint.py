"""The blueprint of accounts, and the two answers that all of its pages give."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from mystery.accounts.role_names import name_role
from mystery.web.forms import ConfirmForm

blueprint = Blueprint("accounts", __name__, url_prefix="/account")
Answer = str | Response | tuple[str, int]


@blueprint.context_processor
def offer_role_names() -> dict[str, object]:
    """What the pages of accounts call roles."""
    return {"name_role": name_role}


def refuse_stale_form() -> None:
    """Refuse a form of one button whose token is missing or of an ended session."""
    if not ConfirmForm().validate_on_submit():
        abort(400)


def answer_done(message: Any, endpoint: str, **values: Any) -> Response:
    """Say that something is done, on the page where it shows."""
    flash(str(message))
    return redirect(url_for(endpoint, **values), 303)


def answer_refused(message: Any, endpoint: str, **values: Any) -> Response:
    """Say why something cannot be done, on the page it was asked from."""
    flash(str(message), "error")
    return redirect(url_for(endpoint, **values), 303)
