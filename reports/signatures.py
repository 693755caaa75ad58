"""The signatures in a PDF: by whom, when, and whether the file is still as it was signed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pypdf import PdfReader

from reports.apart import run_apart

SIGNED: Final = "/Sig"

for _name in ("pyhanko", "pyhanko_certvalidator"):
    # They log with a stack trace whatever they do not trust, which is our answer and no failure.
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False


class Seen(StrEnum):
    """What can be said of a signature."""

    UNCHANGED = "unchanged"
    BROKEN = "broken"
    UNCHECKED = "unchecked"  # the packages that check are not installed


@dataclass(frozen=True)
class Signature:
    """One signature; `fingerprint` is SHA-256 of the certificate, `is_trusted` None where nobody asked.

    `signed_at` is the clock of who signed; `confirmed_at` that of a service, which calls itself
    `confirmed_by` and whose own certificate nobody here has asked for.
    """

    seen: Seen
    signer: str = ""
    fingerprint: str = ""
    signed_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    is_trusted: bool | None = None


def read_signatures(content: bytes, *, trusted: Sequence[bytes] = ()) -> tuple[Signature, ...]:
    """Read the signatures of a PDF, the last one at the end; none for a file without any.

    `trusted` holds certificates (PEM) that a signature has to come from. Raises ValueError for one that is
    none; whatever the PDF contains is a matter of the answer.
    """
    roots = [
        certificate.public_bytes(Encoding.DER)
        for each in trusted
        for certificate in load_pem_x509_certificates(each)
    ]
    if not _is_signed(content):
        return ()
    try:
        readers = import_module("pyhanko.pdf_utils.reader")
    except ImportError:
        return (Signature(Seen.UNCHECKED),)
    try:
        found = list(readers.PdfFileReader(BytesIO(content)).embedded_signatures)
        # Only the last one can stand for the whole file: the others were written before it was.
        return tuple(_check(each, roots, is_last=each is found[-1]) for each in found)
    except Exception:
        # What a forger may write into a file is endless, and none of it is a good signature.
        return (Signature(Seen.BROKEN),)


def _is_signed(content: bytes) -> bool:
    try:
        fields = PdfReader(BytesIO(content)).get_fields() or {}
    except Exception:
        return False
    return any(each.get("/FT") == SIGNED and each.get("/V") is not None for each in fields.values())


def _check(found: Any, roots: Sequence[bytes], *, is_last: bool) -> Signature:
    validation = import_module("pyhanko.sign.validation")
    certificates = import_module("asn1crypto.x509").Certificate
    context = import_module("pyhanko_certvalidator").ValidationContext(
        trust_roots=[certificates.load(root) for root in roots], allow_fetching=False
    )
    # Working out what was added later takes minutes on a large file, and nothing may be added to a report.
    status = run_apart(lambda: validation.validate_pdf_signature(found, context, skip_diff=True))
    whole = import_module("pyhanko.sign.validation.status").SignatureCoverageLevel.ENTIRE_FILE
    times = status.timestamp_validity
    is_sound = all(each.intact and each.valid for each in (status, times) if each is not None)
    is_whole = is_sound and (not is_last or status.coverage is whole)
    return Signature(
        seen=Seen.UNCHANGED if is_whole else Seen.BROKEN,
        signer=_name_subject(status.signing_cert),
        fingerprint=status.signing_cert.sha256.hex(),
        signed_at=status.signer_reported_dt,
        confirmed_at=None if times is None else times.timestamp,
        confirmed_by="" if times is None else _name_subject(times.signing_cert),
        is_trusted=bool(status.trusted) if roots else None,
    )


def _name_subject(certificate: Any) -> str:
    subject = certificate.subject.native
    return str(subject.get("common_name") or subject.get("organization_name") or "")
