"""Security headers on every answer; requests refused that are too long or that another site sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request, session

from mystery.settings import current_settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # Bootstrap's style sheet carries its small icons as data: addresses.
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self), browsing-topics=()",
    # An address with an invitation in it, pasted somewhere public, must not end in a search engine.
    "X-Robots-Tag": "noindex, nofollow",
}
TWO_YEARS_IN_SECONDS = 2 * 365 * 24 * 3600
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static", "assets.show_asset"})


def init_headers(app: Flask) -> None:
    """Check where requests come from, and put our headers on every answer of ``app``."""
    app.before_request(refuse_foreign_origin)
    app.before_request(limit_plain_form)
    app.after_request(add_headers)


def refuse_foreign_origin() -> None:
    """Refuse an unsafe request that a page of another site made (cross-site request forgery).

    Browsers say it in Sec-Fetch-Site. An old one that does not sends the Origin or, older still, the
    Referer, whose host must be ours. Who sends none of them is refused as well: the pages of the phone
    carry no token, so this check is all that stands before them.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    if sender is None or _host_of(sender) not in _own_hosts():
        abort(403)


def limit_plain_form() -> None:
    """Hold a form without files to the size that a form with files may keep in memory.

    Werkzeug applies that limit, and the one on the number of fields, to forms with files only.
    """
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def add_headers(response: Response) -> Response:
    """Add the policy, and forbid every cache to keep a page that belongs to a person.

    Whose page it is, is read from the cookie alone: an answer that says "the database is away" must
    not ask the database who is reading it.
    """
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in STATIC_ENDPOINTS and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if _is_personal(response) else "no-cache"
    if current_settings().https:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS_IN_SECONDS}")
    return response


def _is_personal(response: Response) -> bool:
    # The form of a stranger carries a token of his own, so it is his page as well.
    return bool(session) or "Set-Cookie" in response.headers


def _own_hosts() -> set[str]:
    # Behind a proxy the host that people type may differ from the one that arrives here.
    return {request.host.lower(), urlsplit(current_settings().public_url).netloc.lower()}


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
