"""Signing a printed report with the company's certificate (PAdES), where the extra `signing` is installed.

A signature has a time and thus other bytes each time: a print is signed once and kept.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID

from reports.apart import run_apart

FIELD: Final = "Signature"
DIGEST: Final = "sha256"
VERSION: Final = "/1.7"
# As the README says it: every package by its hash.
INSTALL: Final = "pip install --require-hashes -r requirements/signing.lock"


class SigningUnavailable(RuntimeError):
    """The packages that sign are not installed."""


class CertificateUnusable(ValueError):
    """No PKCS#12 file with a key and its certificate, another passphrase, or not valid today."""


class TimeUnconfirmed(OSError):
    """The service that confirms the time did not answer, or not with a confirmation."""


@dataclass(frozen=True)
class CompanyCertificate:
    """A key with its certificate, as a PKCS#12 file; `name` is whose it is, `fingerprint` SHA-256 in hex."""

    content: bytes = field(repr=False)
    passphrase: bytes = field(repr=False)
    name: str
    fingerprint: str


def load_certificate(content: bytes, passphrase: bytes, *, now: datetime) -> CompanyCertificate:
    """Read a PKCS#12 file that can sign at `now`. Raises CertificateUnusable and SigningUnavailable."""
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(content, passphrase or None)
    except ValueError as error:
        raise CertificateUnusable("no PKCS#12 file, or another passphrase") from error
    if key is None or certificate is None:
        raise CertificateUnusable("no key or no certificate in it")
    if not certificate.not_valid_before_utc <= now.astimezone(UTC) <= certificate.not_valid_after_utc:
        raise CertificateUnusable(f"valid until {certificate.not_valid_after_utc:%Y-%m-%d}")
    _require("pyhanko.sign.signers")
    return CompanyCertificate(
        content, passphrase, _name_subject(certificate), certificate.fingerprint(hashes.SHA256()).hex()
    )


def sign_pdf(content: bytes, certificate: CompanyCertificate, *, timestamps: str = "") -> bytes:
    """Add a signature that nobody sees on the pages; what was there stays byte by byte in front of it.

    `timestamps` is the address of a service (RFC 3161) that confirms the time, if there is one. Raises
    TimeUnconfirmed when it does not, and SigningUnavailable.
    """
    fields = _require("pyhanko.sign.fields")
    signers = _require("pyhanko.sign.signers")
    writers = _require("pyhanko.pdf_utils.incremental_writer")
    # Neither hidden nor on the page: archives ask the one, files that can be read aloud the other.
    invisible = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=FIELD, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm=DIGEST
        ),
        signer=_open_signer(certificate.content, certificate.passphrase),
        timestamper=_require("pyhanko.sign.timestamps").HTTPTimeStamper(timestamps) if timestamps else None,
        new_field_spec=fields.SigFieldSpec(FIELD, invis_sig_settings=invisible),
    )
    writer = writers.IncrementalPdfFileWriter(BytesIO(content))
    _keep_version(writer)
    try:
        return bytes(run_apart(lambda: signer.sign_pdf(writer)).getvalue())
    except (OSError, ValueError, TypeError) as error:
        # Whatever answers in the service's place may send anything, and it is read where it is put in.
        raise (TimeUnconfirmed(str(error)) if timestamps else error) from error


def _keep_version(writer: Any) -> None:
    """Keep a file PDF 1.7, as archives are (ISO 19005-3): some keys would have it declared 2.0."""
    register = writer.register_extension

    def register_known(extension: Any) -> None:
        if extension.base_version == VERSION:
            register(extension)

    writer.ensure_output_version = lambda version: None
    writer.register_extension = register_known


@lru_cache(maxsize=4)
def _open_signer(content: bytes, passphrase: bytes) -> Any:
    simple = _require("pyhanko.sign.signers").SimpleSigner
    return simple.load_pkcs12_data(content, other_certs=[], passphrase=passphrase or None)


def _name_subject(certificate: Certificate) -> str:
    names = [
        *certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME),
        *certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME),
    ]
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _require(module: str) -> Any:
    """A module of the extra `signing`, which most installations do without."""
    try:
        return import_module(module)
    except ImportError as error:
        raise SigningUnavailable(INSTALL) from error
