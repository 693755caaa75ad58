"""The guide: what a phone is shown over plain HTTP, before it trusts us: the certificate and three steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from mystery.commands.phone.authority import Authority

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
CERTIFICATE_PATH = "/mystery.crt"
CERTIFICATE_TYPE = "application/x-x509-ca-cert"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


def make_guide(app: Flask, authority: Authority, address: str) -> Application:
    """The WSGI application of the guide to ``address``; of ``app`` it serves the assets only."""

    def guide(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path.startswith("/assets/"):
            return app.wsgi_app(environ, start_response)
        with app.request_context(environ):
            answer = choose_answer(path, authority, address)
            return answer(environ, start_response)

    return guide


def choose_answer(path: str, authority: Authority, address: str) -> AnyResponse:
    """The page, the certificate, or the way to the application for who opens anything else."""
    if path == CERTIFICATE_PATH:
        disposition = {"Content-Disposition": f"attachment; filename={CERTIFICATE_PATH[1:]}"}
        return Response(authority.download, mimetype=CERTIFICATE_TYPE, headers=disposition)
    if path == "/":
        page = render_template(
            "phone_trial/guide.html", address=address, authority=authority.name, certificate=CERTIFICATE_PATH
        )
        return Response(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})
    return redirect("/")
