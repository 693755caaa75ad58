"""What a visitor sees when something is refused or breaks: a page with what to do, never a stack trace."""

from __future__ import annotations

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from mystery.access.scopes import NotYours
from mystery.database import db

log = structlog.get_logger(__name__)

MESSAGES = {
    400: (_l("The request was not understood"), _l("Go back, reload the page and try again.")),
    401: (_l("Please sign in"), _l("Your session has ended. Sign in again.")),
    403: (_l("This is not open to you"), _l("Your role does not include this page. Ask your administrator.")),
    404: (
        _l("Nothing here"),
        _l("The address is wrong, or the page is not yours. Start from the first page."),
    ),
    405: (_l("This address does not take that"), _l("Go back and use the buttons of the page.")),
    413: (_l("The file is too large"), _l("Choose a file of up to 12 MB.")),
    429: (_l("Too many attempts"), _l("Wait a few minutes, then try again.")),
    503: (
        _l("The report cannot be printed at the moment"),
        _l("Nothing is lost. Try again in a few minutes."),
    ),
    500: (_l("Something broke on our side"), _l("Nothing you saved is lost. Try again in a minute.")),
}

BARE_PAGE = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Сервер не отвечает</title></head><body>
<h1>Сервер сейчас не отвечает <span lang="en">The server does not answer now</span></h1>
<p>Сохранённое не пропало. Повторите через минуту.</p>
<p lang="en">Nothing you saved is lost. Try again in a minute.</p>
</body></html>
"""


def init_errors(app: Flask) -> None:
    """Answer refusals and failures of ``app`` with our own pages."""
    app.register_error_handler(HTTPException, answer_refusal)
    app.register_error_handler(NotYours, lambda _error: answer_with(404))
    app.register_error_handler(Exception, answer_failure)


def answer_refusal(error: HTTPException) -> Response:
    """Show a refusal that Flask or a view raised."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    response = answer_with(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def answer_failure(error: Exception) -> Response:
    """Log an unforeseen exception and show a page that tells nothing of it."""
    log.error("request failed", path=request.path, method=request.method, exc_info=error)
    db.session.rollback()
    try:
        return answer_with(500)
    except Exception as second:
        # Even the page of failures asks who is reading it, which needs the database.
        log.error("the page of failures failed", exc_info=second)
        return make_response(BARE_PAGE, 500)


def answer_with(code: int) -> Response:
    """The page for a status code."""
    title, cure = MESSAGES.get(code, MESSAGES[400])
    return make_response(render_template("error.html", title=title, cure=cure, code=code), code)
