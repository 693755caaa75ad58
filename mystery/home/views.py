"""Home: the first page, language choice and health."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse

from mystery.access.guards import current_reach, public
from mystery.home.actions import change_language
from mystery.settings import current_settings
from mystery.web.addresses import local_address
from mystery.web.locale import LANGUAGE_COOKIE, LANGUAGES
from mystery.web.navigation import find_first_page

blueprint = Blueprint("home", __name__)
YEAR_IN_SECONDS = 365 * 24 * 3600


@blueprint.get("/")
@public
def show_home() -> str | BaseResponse:
    """Take a person straight to what waits for him, or to his first page; strangers see what this is."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"))
    first = find_first_page(current_reach())
    if first is None:
        return render_template("home/nothing_granted.html")
    return redirect(url_for(first.endpoint))


@blueprint.post("/language")
@public
def choose_language() -> BaseResponse:
    """Change the language of the account, and of this browser for whoever signs in next; then go back."""
    response = make_response(
        redirect(local_address(request.form.get("back")) or url_for("home.show_home"), 303)
    )
    chosen = request.form.get("language", "")
    if current_user.is_authenticated:
        change_language(current_reach(), chosen)
    if chosen in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            chosen,
            max_age=YEAR_IN_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=current_settings().https,
        )
    return response


@blueprint.get("/health")
@public
def show_health() -> Response:
    """Say that the process answers."""
    return make_response({"status": "ok"})
