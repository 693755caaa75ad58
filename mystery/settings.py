"""Typed settings, read once from the environment; a missing secret outside development stops the start."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from flask import current_app

Environment = Literal["development", "production"]

PREFIX = "MYSTERY_"
SHORTEST_SECRET = 32
SIGNED_IN_SECONDS_IDLE = 12 * 3600
# Somebody who can only capture sees little, and a report must not wait for a pass phrase in a shop.
SIGNED_IN_SECONDS_IDLE_CAPTURING = 14 * 24 * 3600
SIGNED_IN_SECONDS_ABSOLUTE = 30 * 24 * 3600


class SettingsError(Exception):
    """A setting is missing or cannot be understood; the message names it and says how to mend it."""


@dataclass(frozen=True)
class MailSettings:
    """Where mail goes; without a host, messages are printed to the log (development only)."""

    host: str | None
    port: int
    user: str | None
    # Secrets stay out of every printed form, so that no log and no message can show them by accident.
    password: str | None = field(repr=False)
    tls: bool
    sender: str


@dataclass(frozen=True)
class SigningSettings:
    """The company's certificate (PKCS#12), the file with its passphrase, and who confirms the time.

    Without a passphrase file the certificate has no passphrase. The address, of a service (RFC 3161), may be
    empty.
    """

    certificate: Path
    passphrase_file: Path | None
    timestamps: str


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    environment: Environment
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    data_dir: Path
    host: str
    port: int
    public_url: str
    https: bool
    trusted_proxies: int
    mail: MailSettings
    signing: SigningSettings | None = None
    session_idle_seconds: int = SIGNED_IN_SECONDS_IDLE
    session_idle_seconds_capturing: int = SIGNED_IN_SECONDS_IDLE_CAPTURING
    session_absolute_seconds: int = SIGNED_IN_SECONDS_ABSOLUTE

    @property
    def media_dir(self) -> Path:
        """The folder behind the local media store: photos and cached reports."""
        return self.data_dir / "media"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read settings from ``environ``; raises SettingsError naming the first setting that is wrong."""
    environment = _read_environment(environ)
    data_dir = Path(environ.get(f"{PREFIX}DATA_DIR", "var")).resolve()
    host = environ.get(f"{PREFIX}HOST", "127.0.0.1")
    port = _read_number(environ, "PORT", 8000, most=65535)
    public_url = environ.get(f"{PREFIX}PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
    return Settings(
        environment=environment,
        secret_key=_read_secret(environ, environment, data_dir),
        database_url=environ.get(f"{PREFIX}DATABASE_URL", f"sqlite:///{data_dir / 'mystery.db'}"),
        data_dir=data_dir,
        host=host,
        port=port,
        public_url=public_url,
        https=public_url.startswith("https://"),
        trusted_proxies=_read_number(environ, "TRUSTED_PROXIES", 0, most=5),
        mail=_read_mail(environ, environment),
        signing=_read_signing(environ),
    )


def current_settings() -> Settings:
    """The settings of the running application."""
    return cast(Settings, current_app.config["MYSTERY"])


def _read_environment(environ: Mapping[str, str]) -> Environment:
    value = environ.get(f"{PREFIX}ENV", "development")
    if value not in ("development", "production"):
        raise SettingsError(f"{PREFIX}ENV is {value!r}; write development or production.")
    return cast(Environment, value)


def _read_number(environ: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    text = environ.get(f"{PREFIX}{name}", str(default))
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise SettingsError(f"{PREFIX}{name} is {text!r}; write a whole number from 0 to {most}.")
    return int(text)


def _read_secret(environ: Mapping[str, str], environment: Environment, data_dir: Path) -> str:
    secret = environ.get(f"{PREFIX}SECRET_KEY", "")
    if len(secret) >= SHORTEST_SECRET:
        return secret
    if secret or environment == "production":
        raise SettingsError(
            f"{PREFIX}SECRET_KEY needs at least {SHORTEST_SECRET} characters; make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return _keep_development_secret(data_dir / "development-secret")


def _keep_development_secret(path: Path) -> str:
    # Development gets a random secret of its own, so that there is no default key to leak into production.
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _read_mail(environ: Mapping[str, str], environment: Environment) -> MailSettings:
    host = environ.get(f"{PREFIX}MAIL_HOST") or None
    if host is None and environment == "production":
        raise SettingsError(f"{PREFIX}MAIL_HOST is missing; name the SMTP server that sends invitations.")
    return MailSettings(
        host=host,
        port=_read_number(environ, "MAIL_PORT", 587, most=65535),
        user=environ.get(f"{PREFIX}MAIL_USER") or None,
        password=environ.get(f"{PREFIX}MAIL_PASSWORD") or None,
        tls=environ.get(f"{PREFIX}MAIL_TLS", "yes") != "no",
        sender=environ.get(f"{PREFIX}MAIL_SENDER", "mystery@localhost"),
    )


def _read_signing(environ: Mapping[str, str]) -> SigningSettings | None:
    certificate = environ.get(f"{PREFIX}SIGNING_CERTIFICATE", "")
    timestamps = _read_timestamps(environ, is_signing=bool(certificate))
    if not certificate:
        return None
    passphrase_file = environ.get(f"{PREFIX}SIGNING_PASSPHRASE_FILE", "")
    for name, path in (("SIGNING_CERTIFICATE", certificate), ("SIGNING_PASSPHRASE_FILE", passphrase_file)):
        if path and not Path(path).is_file():
            raise SettingsError(f"{PREFIX}{name} is {path!r}, and there is no such file.")
    return SigningSettings(
        certificate=Path(certificate),
        passphrase_file=Path(passphrase_file) if passphrase_file else None,
        timestamps=timestamps,
    )


def _read_timestamps(environ: Mapping[str, str], *, is_signing: bool) -> str:
    name = f"{PREFIX}SIGNING_TIMESTAMPS"
    address = environ.get(name, "").strip()
    if not address:
        return ""
    if not is_signing:
        raise SettingsError(f"{name} is {address!r}, but {PREFIX}SIGNING_CERTIFICATE names no certificate.")
    try:
        parts = urlsplit(address)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no number for a port, or half of an address in brackets
        is_address = False
    if not is_address or len(address.split()) > 1:
        raise SettingsError(f"{name} is {address!r}; write an address with http:// or https://.")
    return address
