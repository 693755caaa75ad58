"""Signing what is printed with the company's certificate, where the settings name one.

A signature has a time, so the same report would have other bytes each time: a print is signed once, when it
is made, and kept. Which certificate signs is part of the name that a print is kept under.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from mystery.clock import now
from mystery.printouts.failures import PrintFailed
from mystery.settings import Settings, SettingsError, SigningSettings, current_settings
from reports.signing import (
    CertificateUnusable,
    CompanyCertificate,
    SigningUnavailable,
    TimeUnconfirmed,
    load_certificate,
    sign_pdf,
)


def init_signing(app: Flask) -> None:
    """Open the certificate once; raises SettingsError, so that nobody prints unsigned without knowing it."""
    settings = cast(Settings, app.config["MYSTERY"]).signing
    app.extensions["certificate"] = None if settings is None else _open_certificate(settings)


def sign_print(content: bytes) -> bytes:
    """The print with the company's signature, or as it is where nothing is signed here.

    Raises PrintFailed where a service has to confirm the time and does not: unsigned, or signed without what
    the company asks for, a report would be another one than everybody expects.
    """
    certificate, settings = _current_certificate(), current_settings().signing
    if certificate is None or settings is None:
        return content
    try:
        return sign_pdf(content, certificate, timestamps=settings.timestamps)
    except TimeUnconfirmed as error:
        raise PrintFailed(f"{settings.timestamps} did not confirm the time of signing") from error


def tell_certificate() -> str:
    """The fingerprint of the certificate that signs here; empty where nothing is signed."""
    certificate = _current_certificate()
    return "" if certificate is None else certificate.fingerprint


def _current_certificate() -> CompanyCertificate | None:
    return cast("CompanyCertificate | None", current_app.extensions["certificate"])


def _open_certificate(settings: SigningSettings) -> CompanyCertificate:
    try:
        passphrase = (
            settings.passphrase_file.read_bytes().rstrip(b"\r\n") if settings.passphrase_file else b""
        )
        return load_certificate(settings.certificate.read_bytes(), passphrase, now=now())
    except (CertificateUnusable, OSError) as error:
        raise SettingsError(f"MYSTERY_SIGNING_CERTIFICATE cannot sign: {error}.") from error
    except SigningUnavailable as error:
        raise SettingsError(f"MYSTERY_SIGNING_CERTIFICATE needs more packages: {error}.") from error
