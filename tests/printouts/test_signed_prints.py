"""Prints are signed once, with the certificate of the settings, and kept under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient

from mystery.models import Visit, VisitState
from mystery.printouts.period_prints import fetch_period_print, name_print
from mystery.printouts.printed_facts import read_printed_facts
from mystery.printouts.printing import fetch_print
from mystery.printouts.signing import init_signing
from mystery.settings import SettingsError, SigningSettings, current_settings, read_settings
from reports.period_print import write_employee_document
from reports.signatures import Seen, read_signatures
from tests.cast import Cast
from tests.certificates import COMPANY, PASSPHRASE, make_certificate
from tests.factories import make_submitted_visit
from tests.reports.period_samples import make_period, worked_visit
from tests.time_service import CONFIRMED, confirm_time, refuse_time, serve_times


def sign_with(app: Flask, settings: SigningSettings | None) -> None:
    """Let the application sign so from now on."""
    app.config["MYSTERY"] = replace(current_settings(), signing=settings)
    init_signing(app)


@pytest.fixture
def certificate(tmp_path: Path) -> SigningSettings:
    """The files that an installation names in its settings."""
    kept, phrase = tmp_path / "company.p12", tmp_path / "phrase"
    kept.write_bytes(make_certificate()[0])
    phrase.write_bytes(PASSPHRASE + b"\n")
    return SigningSettings(kept, phrase, "")


@pytest.fixture
def signing(app: Flask, certificate: SigningSettings) -> Iterator[SigningSettings]:
    """The application signs, until the test is over."""
    sign_with(app, certificate)
    yield certificate
    sign_with(app, None)


def test_it_signs_the_report_of_a_visit_once(cast: Cast, signing: SigningSettings) -> None:
    """A signature has a time; what is kept is served, so that the same report has the same bytes."""
    visit_id = make_submitted_visit(cast)
    facts = read_printed_facts(visit_id, Visit.state == VisitState.SUBMITTED.value)
    first = fetch_print(facts, "ru")
    (signature,) = read_signatures(first)
    assert (signature.seen, signature.signer) == (Seen.UNCHANGED, COMPANY)
    assert fetch_print(facts, "ru") == first
    sign_with(current_app._get_current_object(), None)  # type: ignore[attr-defined]
    unsigned = read_printed_facts(visit_id, Visit.state == VisitState.SUBMITTED.value)
    assert unsigned.digest != facts.digest, "another certificate, or none, prints anew"


def test_it_signs_reports_over_a_period(app: Flask, signing: SigningSettings) -> None:
    document = write_employee_document(make_period([worked_visit(1)]), "ru")
    name = name_print(document)
    first = fetch_period_print(document)
    assert [each.seen for each in read_signatures(first)] == [Seen.UNCHANGED]
    assert fetch_period_print(document) == first
    sign_with(app, None)
    assert name_print(document) != name


def test_it_does_not_start_with_a_certificate_that_cannot_sign(
    app: Flask, certificate: SigningSettings
) -> None:
    """Nobody prints unsigned reports without knowing it."""
    usual = current_settings()
    for wrong in (
        replace(certificate, passphrase_file=None),
        replace(certificate, certificate=Path(__file__)),
    ):
        app.config["MYSTERY"] = replace(usual, signing=wrong)
        with pytest.raises(SettingsError, match="MYSTERY_SIGNING_CERTIFICATE"):
            init_signing(app)
    app.config["MYSTERY"] = usual
    environ = {
        "MYSTERY_DATA_DIR": str(usual.data_dir),
        "MYSTERY_SIGNING_CERTIFICATE": str(certificate.certificate.with_name("gone")),
    }
    with pytest.raises(SettingsError, match="no such file"):
        read_settings(environ)


@pytest.mark.parametrize(
    "address", ["nonsense", "ftp://time.example.com", "https://", "http://time.example.com:x", "http://a b"]
)
def test_it_does_not_start_with_a_time_service_that_is_no_address(
    certificate: SigningSettings, address: str
) -> None:
    """Otherwise every print would fail later, in front of whoever wants a report."""
    environ = {
        "MYSTERY_DATA_DIR": str(certificate.certificate.parent),
        "MYSTERY_SIGNING_CERTIFICATE": str(certificate.certificate),
        "MYSTERY_SIGNING_TIMESTAMPS": address,
    }
    with pytest.raises(SettingsError, match="http:// or https://"):
        read_settings(environ)


def test_it_takes_the_address_of_a_time_service_beside_a_certificate_only(
    certificate: SigningSettings,
) -> None:
    """A time-stamp server alone signs nothing, and nobody should believe that it does."""
    service = "https://time.example.com:8443/tsa"
    environ = {
        "MYSTERY_DATA_DIR": str(certificate.certificate.parent),
        "MYSTERY_SIGNING_TIMESTAMPS": f" {service} ",
    }
    with pytest.raises(SettingsError, match="MYSTERY_SIGNING_CERTIFICATE names no certificate"):
        read_settings(environ)
    signing = read_settings({**environ, "MYSTERY_SIGNING_CERTIFICATE": str(certificate.certificate)}).signing
    assert signing is not None
    assert signing.timestamps == service


def test_a_report_waits_for_the_service_that_confirms_the_time(
    app: Flask, cast: Cast, client_of: Callable[..., FlaskClient], signing: SigningSettings
) -> None:
    """Nobody gets a report that is signed otherwise than the company wants, and nobody an error of ours."""
    address = f"/visits/{make_submitted_visit(cast)}/report.pdf"
    with serve_times(refuse_time) as service:
        sign_with(app, replace(signing, timestamps=service))
        refused = client_of("hr").get(address)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert "Отчёт сейчас не напечатать" in refused.text
    with serve_times(confirm_time) as service:
        sign_with(app, replace(signing, timestamps=service))
        printed = client_of("hr").get(address)
    assert printed.status_code == 200
    (signature,) = read_signatures(printed.data)
    assert signature.confirmed_at == CONFIRMED
